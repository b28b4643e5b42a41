/* Inert text to Markdown: code spans, and prose in which nothing is formatted, linked or mentioned.
 *
 * GitHub Flavored Markdown 0.29, and the references that GitHub and GitLab look for after
 * rendering, which no escape stops, only a code span. */
#include "render/escape_inner.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_alphanumeric(char byte)
{
    return is_digit(byte) || is_letter(byte);
}

static bool is_word(char byte)
{
    return is_alphanumeric(byte) || byte == '_';
}

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
    escape_add_inert(&inert, text, columns);
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

/* A word that would begin a heading, list, line or GitLab quick action at the start of a block,
 * up to `at`. */
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

/* The size of what stands between a backtick at `at` and the next one; 0 if it is no code. Both
 * stand where a word begins and ends, so that the code span never touches another one. */
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
    escape_add_inert(&inert, text, columns);
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
