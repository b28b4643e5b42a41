/* Foreign text made visible, inert, and fit for logs and JSON.
 *
 * The first pass shows what cannot be seen and cuts; the second breaks what a runner takes for a
 * command anywhere in a line: GitHub's old `##[command]`, Azure's `##vso[`, TeamCity's
 * `##teamcity[`, GitLab's section_start: and section_end:. Both are the same for every target.
 * GitHub's `::command` counts at the start of a line after Unicode white space, so only log text
 * must avoid it. Markdown goes on in escape_markdown.c. */
#include "render/escape_inner.h"

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
    if (step.character == '\n') {
        buf_add_text(out, "\\n");
    } else if (step.character == '\r') {
        buf_add_text(out, "\\r");
    } else if (step.character == '\t') {
        buf_add_text(out, "\\t");
    } else if (step.broken || step.character < 0x80) {
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

/* ---- commands that a runner finds anywhere in a line, so in every output that may reach a log
 * ---- */

/* How many bytes from `at` on a runner takes for the beginning of a command anywhere in a line;
 * 0 if it does not. The last of them is the one to change. The end of the text counts as `[`:
 * ours may follow. */
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

void escape_add_inert(struct buf *out, struct span text, size_t columns)
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

/* Is `at` the beginning of `::` where a line could begin? A colon at the end counts: ours may
 * follow. */
static bool colons_begin(struct span text, size_t at, bool word_begins)
{
    return word_begins && text.data[at] == ':' && (at + 1 == text.size || text.data[at + 1] == ':');
}

void escape_add_text(struct buf *out, struct span text, size_t columns)
{
    struct buf inert = {0};
    escape_add_inert(&inert, text, columns);
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
