/* What the first bytes of a report show: XML root and child, JSON keys.
 *
 * A lenient look, not a parser: it stops at the first thing it does not understand. The collectors'
 * own strict readers decide later whether the document is well formed. */
#include "collectors/collectors.h"

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static struct span skip_blank(struct span text)
{
    while (text.size > 0 && is_blank(text.data[0])) {
        text = span_from(text, 1);
    }
    return text;
}

/* ---- XML ---- */

/* Behind the first occurrence of `mark`; empty if there is none. */
static struct span behind(struct span text, const char *mark)
{
    size_t at = span_find_text(text, mark);
    return at == SIZE_MAX ? span_make(NULL, 0) : span_from(text, at + span_of(mark).size);
}

/* A DOCTYPE may hold an internal subset with further `>`. */
static struct span behind_doctype(struct span text)
{
    size_t subset = span_find(text, '[');
    size_t end = span_find(text, '>');
    return subset != SIZE_MAX && subset < end ? behind(behind(text, "]"), ">") : behind(text, ">");
}

/* Moves to the next start tag: `text` begins behind its `<`. */
static struct span next_tag(struct span text)
{
    for (;;) {
        size_t at = span_find(text, '<');
        if (at == SIZE_MAX) {
            return span_make(NULL, 0);
        }
        text = span_from(text, at + 1);
        if (span_starts(text, "!--")) {
            text = behind(text, "-->");
        } else if (span_starts(text, "![CDATA[")) {
            text = behind(text, "]]>");
        } else if (span_starts(text, "!")) {
            text = behind_doctype(text);
        } else if (span_starts(text, "?")) {
            text = behind(text, "?>");
        } else {
            return text;
        }
    }
}

static struct span tag_name(struct span tag)
{
    size_t size = 0;
    while (size < tag.size && !is_blank(tag.data[size]) && tag.data[size] != '>' &&
           tag.data[size] != '/') {
        size++;
    }
    struct span name = span_until(tag, size);
    size_t colon = span_find(name, ':');
    return colon == SIZE_MAX ? name : span_from(name, colon + 1);
}

/* Where the tag ends: the first `>` outside quotes. */
static size_t tag_end(struct span tag)
{
    char quote = 0;
    for (size_t at = 0; at < tag.size; at++) {
        char byte = tag.data[at];
        if (quote != 0) {
            quote = byte == quote ? 0 : quote;
        } else if (byte == '"' || byte == '\'') {
            quote = byte;
        } else if (byte == '>') {
            return at;
        }
    }
    return tag.size;
}

static void read_xml(struct head *head, struct span text)
{
    struct span tag = next_tag(text);
    size_t end = tag_end(tag);
    head->xml_root = tag_name(tag);
    struct span inside = span_until(tag, end);
    while (inside.size > 0 && !is_blank(inside.data[0])) {
        inside = span_from(inside, 1);
    }
    head->xml_attributes = inside;
    if (end > 0 && end < tag.size && tag.data[end - 1] != '/') {
        struct span child = next_tag(span_from(tag, end + 1));
        head->xml_child = span_starts(child, "/") ? span_make(NULL, 0) : tag_name(child);
    }
}

/* ---- JSON ---- */

/* Behind the string that starts at the quote; *content is what stands between the quotes. */
static bool take_string(struct span *text, struct span *content)
{
    size_t at = 1;
    while (at < text->size && text->data[at] != '"') {
        at += text->data[at] == '\\' ? 2 : 1;
    }
    if (at >= text->size) {
        return false;
    }
    *content = span_make(text->data + 1, at - 1);
    *text = span_from(*text, at + 1);
    return true;
}

static void add_key(struct span *keys, size_t *count, struct span key)
{
    if (*count < HEAD_WORDS) {
        keys[(*count)++] = key;
    }
}

enum { JSON_HEAD_DEPTH = 64 };

/* Walks tokens and keeps the keys of the first object and of the first object one level below
 * it. */
static void read_json(struct head *head, struct span text)
{
    char open[JSON_HEAD_DEPTH] = {0};
    size_t depth = 0;
    size_t objects[2] = {0, 0};    /* depth of the outer and inner object whose keys are wanted */
    bool done[2] = {false, false}; /* left again */
    head->json_kind = text.data[0];
    while (text.size > 0) {
        char byte = text.data[0];
        struct span content;
        if (byte == '{' || byte == '[') {
            if (++depth >= JSON_HEAD_DEPTH) {
                return;
            }
            open[depth] = byte;
            if (byte == '{' && objects[0] == 0) {
                objects[0] = depth;
            } else if (byte == '{' && objects[1] == 0) {
                objects[1] = depth;
            }
            text = span_from(text, 1);
        } else if (byte == '}' || byte == ']') {
            done[0] = done[0] || depth == objects[0];
            done[1] = done[1] || depth == objects[1];
            if (depth == 0 || --depth == 0) {
                return;
            }
            text = span_from(text, 1);
        } else if (byte == '"') {
            if (!take_string(&text, &content)) {
                return;
            }
            text = skip_blank(text);
            bool key = span_starts(text, ":") && open[depth] == '{';
            if (key && depth == objects[0] && !done[0]) {
                add_key(head->json_keys, &head->json_key_count, content);
            } else if (key && depth == objects[1] && !done[1]) {
                add_key(head->json_inner_keys, &head->json_inner_key_count, content);
            }
        } else {
            text = span_from(text, 1);
        }
    }
}

void head_read(struct head *head, struct span bytes, struct span file_name)
{
    *head = (struct head){.bytes = bytes, .file_name = file_name};
    struct span text = skip_blank(bytes);
    if (span_starts(text, "<")) {
        read_xml(head, text);
    } else if (span_starts(text, "{") || span_starts(text, "[")) {
        read_json(head, text);
    }
}

static bool has_word(const struct span *words, size_t count, const char *word)
{
    for (size_t index = 0; index < count; index++) {
        if (span_is(words[index], word)) {
            return true;
        }
    }
    return false;
}

bool head_has_key(const struct head *head, const char *key)
{
    return has_word(head->json_keys, head->json_key_count, key);
}

bool head_has_inner_key(const struct head *head, const char *key)
{
    return has_word(head->json_inner_keys, head->json_inner_key_count, key);
}

bool head_has_attribute(const struct head *head, const char *name)
{
    struct span rest = head->xml_attributes;
    while (rest.size > 0) {
        size_t at = span_find_text(rest, name);
        if (at == SIZE_MAX) {
            return false;
        }
        struct span after = skip_blank(span_from(rest, at + span_of(name).size));
        if (at > 0 && is_blank(rest.data[at - 1]) && span_starts(after, "=")) {
            return true;
        }
        rest = span_from(rest, at + 1);
    }
    return false;
}
