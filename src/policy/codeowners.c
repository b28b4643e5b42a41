/* CODEOWNERS -> the owners of one path.
 *
 * As GitHub and GitLab document it: each line is a pattern and its owners, `#` begins a comment,
 * the last line that fits counts alone, and one without owners takes them away. Patterns are those
 * of .gitignore: with a slash in front or inside they start at the top, otherwise at any folder; a
 * folder means everything below it, but `docs/` + `*` does not reach into its folders; `{`, `[` and
 * `!` have no meaning. In GitLab's sections ([Name], with owners for lines that name none) the last
 * fitting line of each section counts, and those of optional sections (^[Name]) ask for nobody's
 * approval. */
#include "policy/codeowners.h"

#include "base/glob.h"

/* What the lines of one section have said so far. */
struct section {
    bool optional;
    struct span owners; /* for lines without any */
    struct span found;  /* of the last line that fits */
};

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* The next word, in which a backslash keeps a blank; empty at the end of the line. */
static struct span next_word(struct span *rest)
{
    size_t start = 0;
    while (start < rest->size && is_blank(rest->data[start])) {
        start++;
    }
    size_t end = start;
    while (end < rest->size && !is_blank(rest->data[end])) {
        end += rest->data[end] == '\\' && end + 1 < rest->size ? 2 : 1;
    }
    struct span word = span_until(span_from(*rest, start), end - start);
    *rest = span_from(*rest, end);
    return word;
}

/* The pattern as src/base/glob.h reads it: the marks that mean nothing here are taken as they
 * are. */
static void add_pattern(struct buf *out, struct span pattern)
{
    size_t slash = span_find(span_until(pattern, pattern.size - 1), '/');
    if (span_starts(pattern, "/")) {
        pattern = span_from(pattern, 1);
    } else if (slash == SIZE_MAX) {
        buf_add_text(out, "**/");
    }
    for (size_t at = 0; at < pattern.size; at++) {
        char byte = pattern.data[at];
        if (byte == '{' || byte == '}' || byte == '[' || byte == ']') {
            buf_add_byte(out, '\\');
        }
        buf_add_byte(out, byte);
    }
}

static bool fits(struct span pattern, struct span path)
{
    struct buf glob = {NULL, 0, 0};
    add_pattern(&glob, pattern);
    bool found = glob_check(buf_span(&glob)) == NULL && glob_match(buf_span(&glob), path);
    if (!found && !span_ends(pattern, "/*") && !span_ends(pattern, "/")) {
        buf_add_text(&glob, "/**");
        found = glob_check(buf_span(&glob)) == NULL && glob_match(buf_span(&glob), path);
    }
    buf_release(&glob);
    return found;
}

/* Is it @name, @org/team, @@role or an address? */
static bool is_owner(struct span word)
{
    size_t at = span_find(word, '@');
    return at != SIZE_MAX && at + 1 < word.size;
}

static bool has_owner(struct span words)
{
    for (struct span word = next_word(&words); word.size > 0 && word.data[0] != '#';
         word = next_word(&words)) {
        if (is_owner(word)) {
            return true;
        }
    }
    return false;
}

/* Adds those that are not there yet. */
static void add_owners(struct buf *out, size_t start, struct span words)
{
    for (struct span word = next_word(&words); word.size > 0 && word.data[0] != '#';
         word = next_word(&words)) {
        struct span added = span_from(buf_span(out), start);
        bool repeated = false;
        while (added.size > 0) {
            struct span owner = span_trim(span_cut(&added, ','));
            repeated = repeated || span_equal(owner, word);
        }
        if (is_owner(word) && !repeated) {
            buf_add_text(out, out->size > start ? ", " : "");
            buf_add(out, word);
        }
    }
}

static void end_section(const struct section *section, struct buf *owners, size_t start)
{
    if (!section->optional) {
        add_owners(owners, start, section->found);
    }
}

/* `[Name][2] @owner` begins a section. */
static bool read_section(struct span line, struct section *section)
{
    bool optional = span_starts(line, "^[");
    size_t close = span_find(line, ']');
    if ((!optional && !span_starts(line, "[")) || close == SIZE_MAX) {
        return false;
    }
    struct span rest = span_from(line, close + 1);
    if (span_starts(rest, "[")) {
        size_t end = span_find(rest, ']');
        rest = end != SIZE_MAX ? span_from(rest, end + 1) : span_make(NULL, 0);
    }
    *section = (struct section){.optional = optional, .owners = rest};
    return true;
}

static void read_entry(struct span line, struct span path, struct section *section)
{
    struct span rest = line;
    struct span pattern = next_word(&rest);
    bool taken_out = span_starts(pattern, "!"); /* nobody's, in GitLab's reading; closed in any */
    pattern = span_from(pattern, taken_out ? 1 : 0);
    if (pattern.size == 0 || !fits(pattern, path)) {
        return;
    }
    if (taken_out) {
        section->found = span_make(NULL, 0);
    } else {
        section->found = has_owner(rest) ? rest : section->owners;
    }
}

bool codeowners_find(struct span text, struct span path, struct buf *owners)
{
    struct section section = {.optional = false};
    size_t start = owners->size;
    while (text.size > 0) {
        struct section next;
        struct span line = span_trim(span_cut(&text, '\n'));
        if (line.size == 0 || line.data[0] == '#') {
            continue;
        }
        if (read_section(line, &next)) {
            end_section(&section, owners, start);
            section = next;
        } else {
            read_entry(line, path, &section);
        }
    }
    end_section(&section, owners, start);
    return owners->size > start;
}
