/* Foreign text to terminals, CI logs and Markdown, so that it stays text.
 *
 * Two passes: the first shows what cannot be seen and cuts, and is the same for every target; the second
 * escapes what the target would act upon. Log commands: GitHub's runner takes `::command` at the start of a
 * line after Unicode white space and `##[command]` anywhere; Azure `##vso[` and TeamCity `##teamcity[` likewise;
 * GitLab section_start: and section_end:. Markdown: GitHub Flavored Markdown 0.29, and the references that
 * GitHub and GitLab look for after rendering, which only a code span stops. */
#include "render/escape.h"

#include "base/utf8.h"

enum { MARKS_SHOWN = 4 };

struct range {
    uint32_t first, last;
};

/* Characters that show nothing or change the direction of others, beside C0, DEL and C1. */
static const struct range hidden[] = {
    {0x00AD, 0x00AD},   /* soft hyphen */
    {0x034F, 0x034F},   /* combining grapheme joiner */
    {0x061C, 0x061C},   /* Arabic letter mark */
    {0x115F, 0x1160},   /* Hangul fillers */
    {0x17B4, 0x17B5},   /* Khmer inherent vowels */
    {0x180B, 0x180F},   /* Mongolian selectors */
    {0x200B, 0x200F},   /* zero-width space and joiners, direction marks */
    {0x2028, 0x202E},   /* line and paragraph separator, embeddings and overrides */
    {0x2060, 0x206F},   /* word joiner, invisible operators, isolates */
    {0x2800, 0x2800},   /* Braille blank */
    {0x3164, 0x3164},   /* Hangul filler */
    {0xFEFF, 0xFEFF},   /* byte-order mark */
    {0xFFA0, 0xFFA0},   /* halfwidth Hangul filler */
    {0xFFF0, 0xFFFB},   /* interlinear annotation */
    {0xFFFE, 0xFFFF},   /* not characters */
    {0x1BCA0, 0x1BCA3}, /* shorthand format controls */
    {0x1D173, 0x1D17A}, /* musical format controls */
    {0xE0000, 0xE0FFF}, /* tags and further variation selectors */
};

static bool is_hidden(uint32_t character)
{
    if (character < 0x20 || (character >= 0x7F && character < 0xA0)) {
        return true;
    }
    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
        if (character >= hidden[i].first && character <= hidden[i].last) {
            return true;
        }
    }
    return false;
}

static bool is_blank(uint32_t character)
{
    return character == ' ' || character == 0xA0 || character == 0x1680 ||
           (character >= 0x2000 && character <= 0x200A) || character == 0x202F ||
           character == 0x205F || character == 0x3000;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_alphanumeric(char byte)
{
    return is_digit(byte) || is_letter(byte);
}

static bool is_word(char byte)
{
    return is_alphanumeric(byte) || byte == '_';
}

/* The byte at `at`, or NUL outside. Visible text holds no NUL. */
static char byte_at(struct span text, size_t at)
{
    return at < text.size ? text.data[at] : '\0';
}

/* ---- first pass: everything can be seen ---- */

/* One character of foreign text. */
struct step {
    uint32_t character;
    size_t size;
    bool broken;
};

static struct step next_step(struct span rest)
{
    struct step step = {0, 1, false};
    step.broken = utf8_valid_size(span_until(rest, 4)) == 0;
    step.character = step.broken ? (unsigned char)rest.data[0] : utf8_decode(rest, &step.size);
    return step;
}

static void add_hidden(struct buf *out, struct step step)
{
    if (step.broken) {
        buf_add_format(out, "\\x%02x", step.character);
    } else if (step.character == '\n') {
        buf_add_text(out, "\\n");
    } else if (step.character == '\r') {
        buf_add_text(out, "\\r");
    } else if (step.character == '\t') {
        buf_add_text(out, "\\t");
    } else if (step.character < 0x80) {
        buf_add_format(out, "\\x%02x", step.character);
    } else if (step.character < 0x10000) {
        buf_add_format(out, "\\u%04x", step.character);
    } else {
        buf_add_format(out, "\\U%08x", step.character);
    }
}

/* What the first pass knows of the characters before. */
struct seen {
    uint32_t previous;
    unsigned marks; /* characters without width in a row */
};

static void add_character(struct buf *out, struct span rest, struct step step, struct seen *seen)
{
    struct span bytes = span_until(rest, step.size);
    /* U+FE0E and U+FE0F choose between text and picture after a symbol; elsewhere they hide. */
    bool selector = step.character >= 0xFE00 && step.character <= 0xFE0F;
    bool hide = step.broken || is_hidden(step.character) ||
                (selector && (step.character < 0xFE0E || seen->previous < 0x80));
    seen->marks = !hide && utf8_width(bytes) == 0 ? seen->marks + 1 : 0;
    seen->previous = step.character;
    if (hide || seen->marks > MARKS_SHOWN) {
        add_hidden(out, step);
    } else {
        buf_add(out, bytes);
    }
}

static bool needs_quotes(struct span text)
{
    if (text.size == 0) {
        return true;
    }
    struct step first = next_step(text);
    size_t last = text.size - 1;
    while (last > 0 && text.size - last < 4 && ((unsigned char)text.data[last] & 0xC0) == 0x80) {
        last--;
    }
    struct step final = next_step(span_from(text, last));
    return (!first.broken && is_blank(first.character)) ||
           (!final.broken && is_blank(final.character));
}

static void add_visible(struct buf *out, struct span text, size_t columns)
{
    static const size_t mark_width = 3; /* of "..." */
    bool quotes = needs_quotes(text);
    struct seen seen = {0, 0};
    size_t width = 0;
    buf_add_text(out, quotes ? "\"" : "");
    size_t fits = out->size; /* where to cut so that the mark still fits */
    while (text.size > 0) {
        struct step step = next_step(text);
        size_t before = out->size;
        add_character(out, text, step, &seen);
        width += utf8_width(span_make(out->data + before, out->size - before));
        if (columns > 0 && width > columns) {
            out->size = fits;
            buf_add_text(out, "...");
            break;
        }
        if (width + mark_width <= columns) {
            fits = out->size;
        }
        text = span_from(text, step.size);
    }
    buf_add_text(out, quotes ? "\"" : "");
}

/* ---- commands that a runner finds anywhere in a line, so in every output that may reach a log ---- */

/* How many bytes from `at` on a runner takes for the beginning of a command anywhere in a line; 0 if it does
 * not. The last of them is the one to change. The end of the text counts as `[`: ours may follow. */
static size_t command_size(struct span text, size_t at)
{
    struct span rest = span_from(text, at);
    if (span_starts(rest, "##")) {
        size_t end = 2;
        while (is_letter(byte_at(rest, end))) {
            end++;
        }
        return end == rest.size || rest.data[end] == '[' ? 2 : 0;
    }
    if (span_starts(rest, "section_start:")) {
        return sizeof("section_start:") - 1;
    }
    return span_starts(rest, "section_end:") ? sizeof("section_end:") - 1 : 0;
}

/* Visible text without such commands. */
static void add_inert(struct buf *out, struct span text, size_t columns)
{
    struct buf visible = {0};
    size_t from = 0;
    add_visible(&visible, text, columns);
    struct span rest = buf_span(&visible);
    for (size_t at = 0; at < rest.size;) {
        size_t command = command_size(rest, at);
        if (command > 0) {
            buf_add(out, span_until(span_from(rest, from), at + command - 1 - from));
            buf_add_format(out, "\\x%02x", (unsigned)rest.data[at + command - 1]);
            from = at + command;
        }
        at += command > 0 ? command : 1;
    }
    buf_add(out, span_from(rest, from));
    buf_release(&visible);
}

/* ---- second pass: logs ---- */

/* Is `at` the beginning of `::` where a line could begin? A colon at the end counts: ours may follow. */
static bool colons_begin(struct span text, size_t at, bool word_begins)
{
    return word_begins && text.data[at] == ':' && (at + 1 == text.size || text.data[at + 1] == ':');
}

void escape_add_text(struct buf *out, struct span text, size_t columns)
{
    struct buf inert = {0};
    add_inert(&inert, text, columns);
    struct span rest = buf_span(&inert);
    bool word_begins = true;
    for (size_t at = 0; at < rest.size;) {
        struct step step = next_step(span_from(rest, at));
        if (colons_begin(rest, at, word_begins)) {
            buf_add_text(out, "\\x3a");
        } else {
            buf_add(out, span_until(span_from(rest, at), step.size));
        }
        at += step.size;
        word_begins = is_blank(step.character);
    }
    buf_release(&inert);
}

void escape_add_json(struct buf *out, struct span json)
{
    size_t from = 0;
    for (size_t at = 0; at < json.size;) {
        size_t command = json.data[at] == '#' || json.data[at] == 's' ? command_size(json, at) : 0;
        if (command == 0) {
            at++;
            continue;
        }
        at += command;
        buf_add(out, span_until(span_from(json, from), at - 1 - from));
        buf_add_format(out, "\\u%04x", (unsigned)json.data[at - 1]);
        from = at;
    }
    buf_add(out, span_from(json, from));
}

/* ---- second pass: Markdown ---- */

static size_t longest_run(struct span text, char byte)
{
    size_t longest = 0;
    size_t run = 0;
    for (size_t i = 0; i < text.size; i++) {
        run = text.data[i] == byte ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

/* `text` is inert already. */
static void add_code(struct buf *out, struct span text, enum escape_place place)
{
    size_t fence = longest_run(text, '`') + 1;
    bool pad = byte_at(text, 0) == '`' || byte_at(text, text.size - 1) == '`';
    buf_add_repeat(out, '`', fence);
    buf_add_text(out, pad ? " " : "");
    for (size_t at = 0; at < text.size; at++) {
        if (text.data[at] == '|' && place == ESCAPE_CELL) {
            buf_add_text(out, "\\|"); /* GFM unescapes it before it looks for code spans */
        } else if (span_starts(span_from(text, at), "<!--")) {
            buf_add_text(out, "\\x3c"); /* so that nobody forges our hidden marker */
        } else {
            buf_add_byte(out, text.data[at]);
        }
    }
    buf_add_text(out, pad ? " " : "");
    buf_add_repeat(out, '`', fence);
}

void escape_add_code(struct buf *out, struct span text, size_t columns, enum escape_place place)
{
    struct buf inert = {0};
    add_inert(&inert, text, columns);
    add_code(out, buf_span(&inert), place);
    buf_release(&inert);
}

/* Seven or more hexadecimal digits with a letter and a digit among them: a commit. */
static bool commit_at(struct span word, size_t at)
{
    size_t end = at;
    bool letter = false;
    bool digit = false;
    while (is_digit(byte_at(word, end)) ||
           (byte_at(word, end) >= 'a' && byte_at(word, end) <= 'f')) {
        digit = digit || is_digit(word.data[end]);
        letter = letter || !is_digit(word.data[end]);
        end++;
    }
    return end - at >= 7 && letter && digit && !is_word(byte_at(word, end));
}

/* `:name:` from `at` on: an emoji. */
static bool emoji_at(struct span word, size_t at)
{
    size_t end = at + 1;
    while (is_word(byte_at(word, end)) || byte_at(word, end) == '+' || byte_at(word, end) == '-') {
        end++;
    }
    return byte_at(word, at) == ':' && end > at + 1 && byte_at(word, end) == ':';
}

static bool sign_at(struct span word, size_t at)
{
    static const char signs[] =
        "#!~%$&^"; /* issue, merge request, label, milestone, snippet, epic */
    for (const char *sign = signs; *sign != '\0'; sign++) {
        if (word.data[at] == *sign) {
            char next = byte_at(word, at + 1);
            return is_word(next) || next == '"' || (unsigned char)next >= 0x80;
        }
    }
    return false;
}

/* Would a forge make a mention, reference, link or emoji of a part of this word? */
static bool is_live(struct span word)
{
    for (size_t at = 0; at < word.size; at++) {
        struct span rest = span_from(word, at);
        bool begins = at == 0 || !is_word(word.data[at - 1]);
        if (word.data[at] == '@' || sign_at(word, at) || emoji_at(word, at)) {
            return true;
        }
        if (span_starts(rest, "://") || span_is_caseless(span_until(rest, 4), "www.") ||
            span_is_caseless(span_until(rest, 7), "mailto:")) {
            return true;
        }
        if (begins && (commit_at(word, at) || (span_is_caseless(span_until(rest, 3), "gh-") &&
                                               is_digit(byte_at(rest, 3))))) {
            return true;
        }
    }
    return false;
}

static void add_prose_byte(struct buf *out, struct span word, size_t at)
{
    char byte = word.data[at];
    bool inside =
        at > 0 && is_alphanumeric(word.data[at - 1]) && is_alphanumeric(byte_at(word, at + 1));
    switch (byte) {
    case '<': buf_add_text(out, "&lt;"); break;
    case '>': buf_add_text(out, "&gt;"); break;
    case '&': buf_add_text(out, "&amp;"); break;
    case '|': buf_add_text(out, "&#124;"); break;
    case '_':
        buf_add_text(out, inside ? "_" : "\\_"); /* never emphasis inside a word */
        break;
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '~':
    case '$':
        buf_add_byte(out, '\\');
        buf_add_byte(out, byte);
        break;
    default: buf_add_byte(out, byte); break;
    }
}

/* A word that would begin a heading, list, line or GitLab quick action at the start of a block, up to `at`. */
static bool begins_block(struct span word, size_t at)
{
    size_t digits = 0;
    if (word.data[0] == '/') {
        return at == 0;
    }
    if (longest_run(word, '#') == word.size || longest_run(word, '-') == word.size ||
        longest_run(word, '=') == word.size || span_is(word, "+")) {
        return at == 0;
    }
    while (is_digit(byte_at(word, digits))) {
        digits++;
    }
    bool ends = word.data[word.size - 1] == '.' || word.data[word.size - 1] == ')';
    return ends && digits + 1 == word.size && at == digits;
}

/* Punctuation around a word that stays outside of its code span. */
static struct span core_of(struct span word)
{
    while (word.size > 1 && word.data[0] == '(') {
        word = span_from(word, 1);
    }
    while (word.size > 1 && span_find(SPAN(",.;:)"), word.data[word.size - 1]) < 5) {
        word.size--;
    }
    return word;
}

static void add_prose_word(struct buf *out, struct span word, bool first, enum escape_place place)
{
    if (is_live(word)) {
        struct span core = core_of(word);
        size_t lead = (size_t)(core.data - word.data);
        buf_add(out, span_until(word, lead));
        add_code(out, core, place);
        buf_add(out, span_from(word, lead + core.size));
        return;
    }
    for (size_t at = 0; at < word.size; at++) {
        bool block = first && place == ESCAPE_LINE && begins_block(word, at);
        buf_add_text(out, block ? "\\" : "");
        add_prose_byte(out, word, at);
    }
}

static void add_prose(struct buf *out, struct span text, bool first, enum escape_place place)
{
    while (text.size > 0) {
        size_t space = span_find(text, ' ');
        struct span word = span_until(text, space);
        if (word.size > 0) {
            add_prose_word(out, word, first, place);
        }
        buf_add_text(out, space < text.size ? " " : "");
        text = span_from(text, space < text.size ? space + 1 : text.size);
        first = false;
    }
}

/* The size of what stands between a backtick at `at` and the next one; 0 if it is no code. Both stand where a word
 * begins and ends, so that the code span never touches another one. */
static size_t quoted_code(struct span text, size_t at)
{
    size_t before = at > 0 && text.data[at - 1] == '(' ? at - 1 : at;
    struct span rest = span_from(text, at + 1);
    size_t size = span_find(rest, '`');
    if ((before > 0 && text.data[before - 1] != ' ') || size == 0 || size >= rest.size) {
        return 0;
    }
    size_t after = size + 1;
    while (after < rest.size && span_find(SPAN(",.;:)"), rest.data[after]) < 5) {
        after++;
    }
    bool ends = after == rest.size || rest.data[after] == ' ';
    return ends && rest.data[0] != ' ' && rest.data[size - 1] != ' ' ? size : 0;
}

void escape_add_markdown(struct buf *out, struct span text, size_t columns, enum escape_place place)
{
    struct buf inert = {0};
    add_inert(&inert, text, columns);
    struct span rest = buf_span(&inert);
    size_t from = 0; /* prose that is not written yet */
    for (size_t at = 0; at < rest.size; at++) {
        size_t code = rest.data[at] == '`' ? quoted_code(rest, at) : 0;
        if (code > 0) {
            add_prose(out, span_from(span_until(rest, at), from), from == 0, place);
            add_code(out, span_until(span_from(rest, at + 1), code), place);
            at += code + 1;
            from = at + 1;
        }
    }
    add_prose(out, span_from(rest, from), from == 0, place);
    buf_release(&inert);
}
