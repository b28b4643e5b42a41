/* XML bytes -> clean UTF-8 in pieces (XML 1.0, sections 2.2 and 4.3.3).
 *
 * The common case, ASCII without control characters, is tested sixteen bytes at a time and handed
 * out where it was read. Everything else is copied. */
#include "base/xml_bytes.h"

#include "base/bytes16.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* ---- the declared encoding ---- */

static struct span skip_blank(struct span text)
{
    while (text.size > 0 && strchr(" \t\r\n", text.data[0]) != NULL && text.data[0] != '\0') {
        text = span_from(text, 1);
    }
    return text;
}

/* The value of `encoding` in the XML declaration; empty if there is none. */
static struct span declared_encoding(struct span head)
{
    struct span none = {NULL, 0};
    size_t end = span_find_text(head, "?>");
    if (!span_starts(head, "<?xml") || end == SIZE_MAX) {
        return none;
    }
    struct span text = span_until(head, end);
    size_t at = span_find_text(text, "encoding");
    if (at == SIZE_MAX) {
        return none;
    }
    text = skip_blank(span_from(text, at + strlen("encoding")));
    if (!span_starts(text, "=")) {
        return none;
    }
    text = skip_blank(span_from(text, 1));
    if (text.size == 0 || (text.data[0] != '"' && text.data[0] != '\'')) {
        return none;
    }
    char quote = text.data[0];
    text = span_from(text, 1);
    size_t close = span_find(text, quote);
    return close == SIZE_MAX ? none : span_until(text, close);
}

static bool known_encoding(struct span name, enum xml_encoding *encoding)
{
    static const struct {
        const char *name;
        enum xml_encoding encoding;
    } names[] = {
        {"UTF-8", XML_UTF8},          {"UTF8", XML_UTF8},
        {"US-ASCII", XML_ASCII},      {"ASCII", XML_ASCII},
        {"ISO-8859-1", XML_LATIN1},   {"ISO8859-1", XML_LATIN1},
        {"ISO_8859-1", XML_LATIN1},   {"ISO8859_1", XML_LATIN1},
        {"LATIN1", XML_LATIN1},       {"windows-1252", XML_WINDOWS_1252},
        {"CP1252", XML_WINDOWS_1252},
    };
    for (size_t index = 0; index < sizeof(names) / sizeof(names[0]); index++) {
        if (span_is_caseless(name, names[index].name)) {
            *encoding = names[index].encoding;
            return true;
        }
    }
    return false;
}

static bool looks_like_utf16(struct span head)
{
    return head.size >= 4 &&
           (memcmp(head.data, "<\0?\0", 4) == 0 || memcmp(head.data, "\0<\0?", 4) == 0);
}

static void choose_encoding(struct xml_bytes *bytes)
{
    struct fault *fault = input_fault_slot(bytes->input);
    struct span head = input_head(bytes->input);
    struct span name = declared_encoding(head);
    if (looks_like_utf16(head)) {
        fault_set(fault, FAULT_ENCODING, 1, 1, "UTF-16 without a byte-order mark");
        return;
    }
    /* With a byte-order mark of UTF-16 the label says nothing new: the text is UTF-8 by now. */
    if (name.size == 0 || input_was_utf16(bytes->input) || known_encoding(name, &bytes->encoding)) {
        return;
    }
    uint64_t column = (uint64_t)(name.data - head.data) + 1;
    if (span_starts(name, "UTF-16") || span_starts(name, "utf-16")) {
        fault_set(fault, FAULT_ENCODING, 1, column, "labelled '%.*s', but the bytes are not UTF-16",
                  SPAN_ARG(span_until(name, 40)));
    } else {
        fault_set(fault, FAULT_ENCODING, 1, column, "the encoding '%.*s' is not read",
                  SPAN_ARG(span_until(name, 40)));
    }
}

void xml_bytes_open(struct xml_bytes *bytes, struct input *input)
{
    *bytes = (struct xml_bytes){.input = input, .replaced_at = SIZE_MAX};
    buf_init(&bytes->clean);
    choose_encoding(bytes);
}

void xml_bytes_release(struct xml_bytes *bytes)
{
    buf_release(&bytes->clean);
    free(bytes->raw);
}

/* ---- cleaning ---- */

static bool is_plain(unsigned char byte)
{
    return (byte >= 0x20 && byte < 0x80) || byte == '\n' || byte == '\t' || byte == '\r';
}

/* How many leading bytes are ASCII that XML allows. */
static size_t plain_size(struct span text)
{
    size_t at = 0;
    while (text.size - at >= 16 && bytes16_are_text(text.data + at)) {
        at += 16;
    }
    while (at < text.size && is_plain((unsigned char)text.data[at])) {
        at++;
    }
    return at;
}

/* How many bytes above 0x7F stand at the start. */
static size_t wide_size(struct span text)
{
    size_t at = 0;
    while (at < text.size && (unsigned char)text.data[at] >= 0x80) {
        at++;
    }
    return at;
}

/* Is this the beginning of a character of which the rest has not been read yet? */
static bool is_unfinished(struct span text)
{
    if (text.size == 0 || text.size > 3) {
        return false;
    }
    unsigned char first = (unsigned char)text.data[0];
    size_t needed = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    return first >= 0xC2 && first <= 0xF4 && text.size < needed;
}

/* U+FFFE and U+FFFF are well-formed UTF-8, but no characters of XML. */
static bool is_noncharacter(struct span text)
{
    return span_starts(text, "\xEF\xBF\xBE") || span_starts(text, "\xEF\xBF\xBF");
}

/* How many leading bytes of UTF-8 above 0x7F are characters of XML. */
static size_t allowed_size(struct span text)
{
    size_t valid = utf8_valid_size(text);
    for (size_t at = 0; at + 2 < valid; at++) {
        if (text.data[at] == '\xEF' && is_noncharacter(span_from(text, at))) {
            return at;
        }
    }
    return valid;
}

/* How many leading bytes may be handed out as they are. */
static size_t clean_size(const struct xml_bytes *bytes, struct span text)
{
    size_t at = 0;
    for (;;) {
        at += plain_size(span_from(text, at));
        struct span rest = span_from(text, at);
        size_t wide = wide_size(rest);
        if (wide == 0 || bytes->encoding != XML_UTF8) {
            return at;
        }
        size_t valid = allowed_size(span_until(rest, wide));
        at += valid;
        if (valid < wide) {
            return at;
        }
    }
}

static void replace(struct xml_bytes *bytes)
{
    buf_add_text(&bytes->clean, XML_REPLACEMENT);
    bytes->replaced++;
    if (bytes->replaced_at == SIZE_MAX) {
        bytes->replaced_at = bytes->clean.size;
    }
}

/* The characters of windows-1252 that differ from ISO-8859-1; the five holes stay as they are. */
static uint32_t windows_1252(unsigned char byte)
{
    static const uint16_t characters[32] = {
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};
    return byte < 0xA0 ? characters[byte - 0x80] : byte;
}

/* Takes the character at the start of `text`, which is not plain, and returns its size in bytes. 0:
 * it is no character, or not yet a whole one. */
static size_t take_odd(struct xml_bytes *bytes, struct span text)
{
    unsigned char byte = (unsigned char)text.data[0];
    if (byte < 0x20) {
        replace(bytes);
        return 1;
    }
    if (bytes->encoding == XML_UTF8 && is_noncharacter(text)) {
        replace(bytes);
        return 3;
    }
    switch (bytes->encoding) {
    case XML_LATIN1: utf8_add(&bytes->clean, byte); return 1;
    case XML_WINDOWS_1252: utf8_add(&bytes->clean, windows_1252(byte)); return 1;
    case XML_ASCII: bytes->broken = "a byte above 127 in text that is labelled US-ASCII"; return 0;
    case XML_UTF8: break;
    }
    if (!is_unfinished(text)) {
        bytes->broken = "bytes that are not UTF-8";
    }
    return 0;
}

/* Copies `text` into `clean`, odd characters replaced or decoded. Returns how much of it was
 * taken. */
static size_t copy_clean(struct xml_bytes *bytes, struct span text)
{
    size_t at = 0;
    buf_clear(&bytes->clean);
    while (at < text.size) {
        size_t clean = clean_size(bytes, span_from(text, at));
        buf_add(&bytes->clean, span_until(span_from(text, at), clean));
        at += clean;
        size_t odd = at < text.size ? take_odd(bytes, span_from(text, at)) : 0;
        if (odd == 0) {
            break;
        }
        at += odd;
    }
    return at;
}

/* Fills `raw` up to `size` bytes, behind what the last piece left. Returns how many are there. */
static size_t fill(struct xml_bytes *bytes, size_t size)
{
    if (bytes->capacity < size) {
        bytes->raw = mem_resize(bytes->raw, size);
        bytes->capacity = size;
    }
    memmove(bytes->raw, bytes->raw + bytes->carried_at, bytes->carried);
    size_t filled = bytes->carried;
    size_t got = 0;
    while (filled < size &&
           (got = input_read(bytes->input, bytes->raw + filled, size - filled)) > 0) {
        filled += got;
    }
    return filled;
}

bool xml_bytes_next(struct xml_bytes *bytes, size_t size)
{
    if (bytes->broken != NULL || input_fault(bytes->input)->kind != FAULT_NONE) {
        return false;
    }
    size_t filled = fill(bytes, size);
    bool more = filled > bytes->carried;
    if (filled == 0 || input_fault(bytes->input)->kind != FAULT_NONE) {
        return false;
    }
    struct span text = span_make(bytes->raw, filled);
    bytes->replaced_at = SIZE_MAX;
    size_t taken = clean_size(bytes, text);
    bytes->piece = span_until(text, taken);
    /* The rest of a character may still be unread; anything else that is odd needs the copy. */
    if (taken < filled && !(bytes->encoding == XML_UTF8 && is_unfinished(span_from(text, taken)))) {
        taken = copy_clean(bytes, text);
        bytes->piece = buf_span(&bytes->clean);
    }
    bytes->carried = filled - taken;
    bytes->carried_at = taken;
    if (!more && bytes->carried > 0 && bytes->broken == NULL) {
        bytes->broken = "the last character is cut off";
    }
    return true;
}
