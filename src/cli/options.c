/* Option tables on top of getopt_long. */
#include "cli/options.h"

#include <getopt.h>
#include <string.h>

static const struct option_spec common[] = {
    {"config", 'c', "FILE", "read this policy file instead of .tidegate.yml"},
    {"quiet", 'q', NULL, "print nothing but errors; the exit code tells the verdict"},
    {"verbose", 'v', NULL, "show every rule, source and diagnostic in full"},
    {"help", 'h', NULL, "show this help"},
    {NULL, 0, NULL, NULL},
};

const struct option_spec *options_common(void)
{
    return common;
}

/* The tables of one command, in the form that getopt_long wants. */
struct table {
    const struct option_spec *rows[OPTIONS_MOST];
    struct option longs[OPTIONS_MOST + 1];
    char letters[2 * OPTIONS_MOST + 2];
    int count;
    size_t letter_count;
};

static void add_rows(struct table *table, const struct option_spec *specs)
{
    for (; specs->name != NULL && table->count < OPTIONS_MOST; specs++) {
        struct option *row = &table->longs[table->count];
        table->rows[table->count] = specs;
        row->name = specs->name;
        row->has_arg = specs->argument != NULL ? required_argument : no_argument;
        /* Long options are told apart by number, letters by themselves. */
        row->val = 256 + table->count++;
        if (specs->letter != 0) {
            table->letters[table->letter_count++] = specs->letter;
            if (specs->argument != NULL) {
                table->letters[table->letter_count++] = ':';
            }
        }
    }
}

static const struct option_spec *row_of(const struct table *table, int code)
{
    if (code >= 256) {
        return table->rows[code - 256];
    }
    for (int index = 0; index < table->count; index++) {
        if (table->rows[index]->letter == (char)code) {
            return table->rows[index];
        }
    }
    return NULL;
}

static void explain_mistake(struct buf *mistake, const struct table *table, int code, char **argv)
{
    const char *words[OPTIONS_MOST + 1] = {NULL};
    const char *word = argv[optind - 1];
    for (int index = 0; index < table->count; index++) {
        words[index] = table->rows[index]->name;
    }
    if (code == ':') {
        buf_add_format(mistake, "option '%s' needs a value", word);
        return;
    }
    if (optopt != 0 && optopt < 256 && strncmp(word, "--", 2) != 0) {
        buf_add_format(mistake, "unknown option '-%c'", optopt);
        return;
    }
    if (optopt >= 256) {
        buf_add_format(mistake, "option '--%s' takes no value", table->rows[optopt - 256]->name);
        return;
    }
    const char *near = options_nearest(word + strspn(word, "-"), words);
    buf_add_format(mistake, "unknown option '%s'", word);
    if (near != NULL) {
        buf_add_format(mistake, "; did you mean '--%s'?", near);
    }
}

enum err options_read(struct options *options, const struct option_spec *specs, int argc,
                      char **argv, struct buf *mistake)
{
    struct table table;
    memset(&table, 0, sizeof(table));
    memset(options, 0, sizeof(*options));
    table.letters[table.letter_count++] =
        ':'; /* silent, and tells a missing value from a bad name */
    add_rows(&table, specs);
    add_rows(&table, common);
    optind = 1;
    int code = 0;
    while ((code = getopt_long(argc, argv, table.letters, table.longs, NULL)) != -1) {
        const struct option_spec *row = code == '?' || code == ':' ? NULL : row_of(&table, code);
        if (row == NULL) {
            explain_mistake(mistake, &table, code, argv);
            return ERR_USAGE;
        }
        if (options->given_count == OPTIONS_GIVEN_MOST) {
            buf_add_text(mistake, "too many options");
            return ERR_USAGE;
        }
        options->given[options->given_count++] = (struct option_given){row, optarg};
    }
    options->words = argv + optind;
    options->word_count = (size_t)(argc - optind);
    return ERR_NONE;
}

const char *options_value_at(const struct options *options, const char *name, size_t index)
{
    for (size_t at = 0; at < options->given_count; at++) {
        if (strcmp(options->given[at].spec->name, name) == 0 && index-- == 0) {
            return options->given[at].value != NULL ? options->given[at].value : "";
        }
    }
    return NULL;
}

bool options_has(const struct options *options, const char *name)
{
    return options_value_at(options, name, 0) != NULL;
}

const char *options_value(const struct options *options, const char *name)
{
    const char *last = NULL;
    for (size_t index = 0;; index++) {
        const char *value = options_value_at(options, name, index);
        if (value == NULL) {
            return last;
        }
        last = value;
    }
}

void options_add_help(struct buf *out, const struct option_spec *specs)
{
    for (; specs->name != NULL; specs++) {
        size_t start = out->size;
        if (specs->letter != 0) {
            buf_add_format(out, "  -%c, ", specs->letter);
        } else {
            buf_add_text(out, "      ");
        }
        buf_add_format(out, "--%s", specs->name);
        if (specs->argument != NULL) {
            buf_add_format(out, " %s", specs->argument);
        }
        size_t width = out->size - start;
        buf_add_repeat(out, ' ', width < 26 ? 26 - width : 2);
        buf_add_format(out, "%s\n", specs->text);
    }
}

/* Damerau-Levenshtein distance with adjacent swaps, for words of up to 40 bytes. */
static size_t distance(const char *left, const char *right)
{
    enum { LONGEST = 40 };
    size_t rows[3][LONGEST + 1];
    size_t left_size = strlen(left);
    size_t right_size = strlen(right);
    if (left_size > LONGEST || right_size > LONGEST) {
        return LONGEST;
    }
    for (size_t at = 0; at <= right_size; at++) {
        rows[0][at] = at;
    }
    for (size_t one = 1; one <= left_size; one++) {
        size_t *now = rows[one % 3];
        const size_t *before = rows[(one + 2) % 3];
        now[0] = one;
        for (size_t two = 1; two <= right_size; two++) {
            size_t cost = left[one - 1] != right[two - 1];
            size_t best = before[two - 1] + cost;
            best = before[two] + 1 < best ? before[two] + 1 : best;
            best = now[two - 1] + 1 < best ? now[two - 1] + 1 : best;
            if (one > 1 && two > 1 && left[one - 1] == right[two - 2] &&
                left[one - 2] == right[two - 1]) {
                size_t swapped = rows[(one + 1) % 3][two - 2] + 1;
                best = swapped < best ? swapped : best;
            }
            now[two] = best;
        }
    }
    return rows[left_size % 3][right_size];
}

const char *options_nearest(const char *word, const char *const *words)
{
    const char *nearest = NULL;
    size_t best = strlen(word) / 3 + 2; /* farther words would only confuse */
    for (; *words != NULL; words++) {
        size_t away = distance(word, *words);
        if (away < best) {
            best = away;
            nearest = *words;
        }
    }
    return nearest;
}
