/* Paths of reports -> the path patterns that somebody who knows the build would write.
 *
 * A list of exact paths never reads the report of tomorrow's test class or module, and misses that
 * of a deleted one. So each file begins as an entry of its own, and entries are joined under a
 * wider pattern, in this order: names that begin alike (`TEST-*.xml`), all names of a folder
 * (`*.xml`), one folder of the path (`core`, `web` and more with the same tail). A wider pattern is
 * taken only if it matches, of all files there are, just those of its own entries; what it will
 * match later is then most probably of their kind. */
#include "cli/report_patterns.h"

#include "base/buf.h"
#include "base/glob.h"
#include "base/mem.h"
#include "base/path.h"

#include <stdlib.h>
#include <string.h>

enum {
    ALIKE_LEAST = 2, /* entries under one pattern that has more than an ending in common */
    BARE_LEAST = 3   /* files under `*.xml`; two may be there by chance */
};

struct choice {
    struct names *names;
    const struct vec *files;
    const struct vec *tree;
    struct vec entries; /* struct report_pattern; joined ones have no pattern */
    size_t *entry_of;   /* of each file; SIZE_MAX: of none */
    struct vec refused; /* const struct name *: patterns that match too much or too little */
};

static const struct found_file *file_at(const struct choice *choice, size_t index)
{
    return vec_at(choice->files, index);
}

/* Special characters of globs are escaped. */
static void add_literal(struct buf *out, struct span text)
{
    for (size_t at = 0; at < text.size; at++) {
        buf_add_text(out, strchr("*?[]{}\\", text.data[at]) != NULL ? "\\" : "");
        buf_add_byte(out, text.data[at]);
    }
}

static const struct name *take_name(struct choice *choice, struct buf *text)
{
    const struct name *name = names_add(choice->names, buf_span(text));
    buf_release(text);
    return name;
}

static void begin(struct choice *choice)
{
    choice->entry_of = mem_alloc(mem_product(choice->files->count + 1, sizeof(size_t)));
    for (size_t index = 0; index < choice->files->count; index++) {
        const struct found_file *file = file_at(choice, index);
        struct buf pattern = {NULL, 0, 0};
        choice->entry_of[index] = SIZE_MAX;
        if (file->format != NULL) {
            choice->entry_of[index] = choice->entries.count;
            add_literal(&pattern, name_span(file->path));
            *(struct report_pattern *)vec_add(&choice->entries) =
                (struct report_pattern){take_name(choice, &pattern), file->format, file->state, 1};
        }
    }
}

/* ---- joining ---- */

/* Among all files, does the pattern match none but reports of this format and what should be
 * some? */
static bool is_exact(const struct choice *choice, const struct name *pattern, const char *format)
{
    for (size_t index = 0; index < choice->tree->count; index++) {
        const struct name *path = *(const struct name **)vec_at(choice->tree, index);
        if (!glob_match(name_span(pattern), name_span(path))) {
            continue;
        }
        size_t at = 0;
        while (at < choice->files->count && file_at(choice, at)->path != path) {
            at++;
        }
        if (at == choice->files->count || (file_at(choice, at)->format != NULL &&
                                           strcmp(file_at(choice, at)->format, format) != 0)) {
            return false;
        }
    }
    return true;
}

/* Marks the entries that the pattern matches files of and counts them; 0 when it leaves out a file
 * of one, or their formats differ. */
static size_t cover(const struct choice *choice, const struct name *pattern, bool *covered,
                    const char **format)
{
    size_t count = 0;
    bool whole = true;
    size_t *matches = mem_alloc(mem_product(choice->entries.count + 1, sizeof(size_t)));
    for (size_t index = 0; index < choice->files->count; index++) {
        size_t entry = choice->entry_of[index];
        if (entry != SIZE_MAX &&
            glob_match(name_span(pattern), name_span(file_at(choice, index)->path))) {
            matches[entry]++;
        }
    }
    for (size_t index = 0; index < choice->entries.count; index++) {
        const struct report_pattern *entry = vec_at(&choice->entries, index);
        covered[index] = matches[index] > 0;
        if (covered[index]) {
            *format = count == 0 ? entry->format : *format;
            whole = whole && matches[index] == entry->files && strcmp(entry->format, *format) == 0;
            count++;
        }
    }
    free(matches);
    return whole ? count : 0;
}

/* Puts the covered entries into the first of them. */
static void join(struct choice *choice, const struct name *pattern, const bool *covered)
{
    size_t first = 0;
    while (!covered[first]) {
        first++;
    }
    struct report_pattern *into = vec_at(&choice->entries, first);
    into->pattern = pattern;
    for (size_t index = first + 1; index < choice->entries.count; index++) {
        struct report_pattern *entry = vec_at(&choice->entries, index);
        if (covered[index]) {
            into->files += entry->files;
            into->state = state_worse(into->state, entry->state);
            entry->pattern = NULL;
            entry->files = 0;
        }
    }
    for (size_t index = 0; index < choice->files->count; index++) {
        size_t entry = choice->entry_of[index];
        choice->entry_of[index] = entry != SIZE_MAX && covered[entry] ? first : entry;
    }
}

static bool was_refused(const struct choice *choice, const struct name *pattern)
{
    for (size_t index = 0; index < choice->refused.count; index++) {
        if (*(const struct name **)vec_at(&choice->refused, index) == pattern) {
            return true;
        }
    }
    return false;
}

/* Joins the entries that the pattern covers, if they are `least` or more and it matches nothing
 * else. */
static void try_join(struct choice *choice, const struct name *pattern, size_t least)
{
    const char *format = NULL;
    if (pattern == NULL || was_refused(choice, pattern)) {
        return;
    }
    bool *covered = mem_alloc(choice->entries.count + 1);
    size_t count = cover(choice, pattern, covered, &format);
    if (count >= least && is_exact(choice, pattern, format)) {
        join(choice, pattern, covered);
    } else {
        *(const struct name **)vec_add(&choice->refused) = pattern;
    }
    free(covered);
}

/* ---- names in one folder ---- */

/* Where the ending begins: `.xml`, `.xml.gz`. */
static size_t ending_at(struct span base)
{
    size_t dot = span_find_last(base, '.');
    if (dot != SIZE_MAX && dot > 0 && span_is(span_from(base, dot), ".gz")) {
        size_t inner = span_find_last(span_until(base, dot), '.');
        dot = inner != SIZE_MAX && inner > 0 ? inner : dot;
    }
    return dot != SIZE_MAX ? dot : base.size;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* What names of one kind begin with: `TEST-`, `shard_`, `lcov.`, the `part` of `part7`. Empty:
 * nothing. The dots of `org.example.FirstTest` tell a package, which is not what all classes begin
 * with, and what GitLab reads begins with `gl-` whatever it is. */
static struct span stem_of(struct span base)
{
    struct span name = span_until(base, ending_at(base));
    if (span_starts(name, "gl-")) {
        return span_until(name, 0);
    }
    for (size_t at = 1; at < name.size; at++) {
        char byte = name.data[at];
        if (byte == '-' || byte == '_') {
            return span_until(name, at + 1);
        }
        if (byte == '.') {
            bool package = span_find(span_from(name, at + 1), '.') != SIZE_MAX;
            return span_until(name, package ? 0 : at + 1);
        }
    }
    size_t size = name.size;
    while (size > 0 && is_digit(name.data[size - 1])) {
        size--;
    }
    return span_until(name, size < name.size ? size : 0);
}

/* "folder/stem*ending" for the file; NULL for none. */
static const struct name *widened(struct choice *choice, struct span path, struct span stem)
{
    struct span base = path_base(path);
    struct span ending = span_from(base, ending_at(base));
    struct span folder = span_until(path, path.size - base.size);
    struct buf pattern = {NULL, 0, 0};
    if (ending.size == 0 || (stem.size == 0 && folder.size == 0)) {
        return NULL; /* `*.xml` at the top would say nothing */
    }
    add_literal(&pattern, folder);
    add_literal(&pattern, stem);
    buf_add_byte(&pattern, '*');
    add_literal(&pattern, ending);
    return take_name(choice, &pattern);
}

/* Is the file still listed by its own path? */
static bool is_alone(const struct choice *choice, size_t index)
{
    size_t entry = choice->entry_of[index];
    return entry != SIZE_MAX &&
           ((struct report_pattern *)vec_at(&choice->entries, entry))->files == 1;
}

static void join_alike(struct choice *choice)
{
    for (size_t index = 0; index < choice->files->count; index++) {
        const struct found_file *file = file_at(choice, index);
        struct span path = name_span(file->path);
        struct span stem = stem_of(path_base(path));
        /* A test runner for Java writes one such file for each class: one today, two tomorrow. */
        bool per_class = span_is(stem, "TEST-") && span_ends(path, ".xml");
        if (stem.size > 0 && is_alone(choice, index)) {
            try_join(choice, widened(choice, path, stem), per_class ? 1 : ALIKE_LEAST);
        }
    }
}

/* Test classes and shards come and go under any name; but the name of another report tells which
 * tool or suite it is of, and that it is gone tomorrow must be noticed. */
static void join_folders(struct choice *choice)
{
    for (size_t index = 0; index < choice->files->count; index++) {
        const struct found_file *file = file_at(choice, index);
        if (!is_alone(choice, index)) {
            continue;
        }
        bool shards = strcmp(file->format, "partial") == 0;
        if (shards || strcmp(file->format, "junit") == 0) {
            try_join(choice, widened(choice, name_span(file->path), span_make(NULL, 0)),
                     shards ? ALIKE_LEAST : BARE_LEAST);
        }
    }
}

/* ---- modules ---- */

/* The pattern with `*` for its part number `part`; NULL if no folder stands behind that part. */
static const struct name *starred(struct choice *choice, struct span pattern, size_t part)
{
    struct buf text = {NULL, 0, 0};
    struct span rest = pattern;
    for (size_t at = 0; at < part && rest.size > 0; at++) {
        (void)span_cut(&rest, '/');
    }
    struct span before = span_until(pattern, pattern.size - rest.size);
    struct span folder = span_cut(&rest, '/');
    if (span_find(rest, '/') == SIZE_MAX || span_is(folder, "*")) {
        return NULL;
    }
    buf_add(&text, before);
    buf_add_text(&text, "*/");
    buf_add(&text, rest);
    return take_name(choice, &text);
}

static int compare_names(const void *left, const void *right)
{
    return name_compare(*(const struct name *const *)left, *(const struct name *const *)right);
}

/* All patterns with one star more, sorted: one that stands there twice fits two entries. */
static void list_starred(struct choice *choice, struct vec *wider)
{
    vec_clear(wider);
    for (size_t index = 0; index < choice->entries.count; index++) {
        const struct report_pattern *entry = vec_at(&choice->entries, index);
        const struct name *pattern = entry->pattern;
        size_t slashes = 0;
        for (size_t at = 0; pattern != NULL && at < pattern->size; at++) {
            slashes += pattern->text[at] == '/' ? 1 : 0;
        }
        for (size_t part = 0; part < slashes; part++) {
            const struct name *one = starred(choice, name_span(pattern), part);
            if (one != NULL && !was_refused(choice, one)) {
                *(const struct name **)vec_add(wider) = one;
            }
        }
    }
    vec_sort(wider, compare_names);
}

/* The one that fits most entries, at least two; NULL if there is none. */
static const struct name *most_frequent(const struct vec *sorted)
{
    const struct name *best = NULL;
    size_t most = 1;
    size_t run = 0;
    for (size_t index = 0; index < sorted->count; index++) {
        const struct name *name = *(const struct name **)vec_at(sorted, index);
        bool same = index > 0 && *(const struct name **)vec_at(sorted, index - 1) == name;
        run = same ? run + 1 : 1;
        if (run > most) {
            most = run;
            best = name;
        }
    }
    return best;
}

static void join_modules(struct choice *choice)
{
    struct vec wider; /* const struct name * */
    const struct name *best;
    vec_init(&wider, sizeof(const struct name *));
    list_starred(choice, &wider);
    while ((best = most_frequent(&wider)) != NULL) {
        try_join(choice, best, ALIKE_LEAST);
        list_starred(choice, &wider);
    }
    vec_release(&wider);
}

/* ---- the whole ---- */

void report_patterns_choose(struct names *names, const struct vec *files, const struct vec *tree,
                            struct vec *patterns)
{
    struct choice choice = {.names = names, .files = files, .tree = tree};
    vec_init(&choice.entries, sizeof(struct report_pattern));
    vec_init(&choice.refused, sizeof(const struct name *));
    begin(&choice);
    join_alike(&choice);
    join_folders(&choice);
    join_modules(&choice);
    for (size_t index = 0; index < choice.entries.count; index++) {
        const struct report_pattern *entry = vec_at(&choice.entries, index);
        if (entry->pattern != NULL) {
            *(struct report_pattern *)vec_add(patterns) = *entry;
        }
    }
    vec_release(&choice.entries);
    vec_release(&choice.refused);
    free(choice.entry_of);
}
