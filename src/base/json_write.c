/* Calls in, JSON text out (RFC 8259): two blanks of indent a level, one line for flat containers.
 *
 * Everything that a terminal could take for an order, or that an eye could take for other text, is
 * written as a \u escape, so a JSON output may be printed as it is. */
#include "base/json_write.h"

#include "base/utf8.h"

#include <assert.h>

void json_writer_init(struct json_writer *writer, struct buf *out)
{
    *writer = (struct json_writer){.out = out};
}

static bool writer_is_flat(const struct json_writer *writer)
{
    return writer->flat_from != 0 && writer->depth >= writer->flat_from;
}

static void writer_break_line(struct json_writer *writer)
{
    buf_add_byte(writer->out, '\n');
    buf_add_repeat(writer->out, ' ', (size_t)writer->depth * 2);
}

/* What stands between the value or key that comes and what was written before it. */
static void writer_separate(struct json_writer *writer)
{
    if (writer->after_key) {
        writer->after_key = false;
        return;
    }
    bool filled = writer->filled[writer->depth];
    writer->filled[writer->depth] = true;
    if (filled && writer->depth > 0) {
        buf_add_byte(writer->out, ',');
    }
    if (writer_is_flat(writer)) {
        if (filled) {
            buf_add_byte(writer->out, ' ');
        }
    } else if (writer->depth > 0) {
        writer_break_line(writer);
    }
}

static void writer_open(struct json_writer *writer, char bracket, bool flat)
{
    assert(writer->depth < JSON_WRITE_DEPTH);
    writer_separate(writer);
    buf_add_byte(writer->out, bracket);
    writer->depth++;
    writer->filled[writer->depth] = false;
    if (flat && writer->flat_from == 0) {
        writer->flat_from = writer->depth;
    }
}

static void writer_close(struct json_writer *writer, char bracket)
{
    assert(writer->depth > 0 && !writer->after_key);
    bool flat = writer_is_flat(writer);
    bool filled = writer->filled[writer->depth];
    if (writer->flat_from == writer->depth) {
        writer->flat_from = 0;
    }
    writer->depth--;
    if (filled && !flat) {
        writer_break_line(writer);
    }
    buf_add_byte(writer->out, bracket);
}

void json_write_object(struct json_writer *writer, bool flat)
{
    writer_open(writer, '{', flat);
}

void json_write_object_end(struct json_writer *writer)
{
    writer_close(writer, '}');
}

void json_write_array(struct json_writer *writer, bool flat)
{
    writer_open(writer, '[', flat);
}

void json_write_array_end(struct json_writer *writer)
{
    writer_close(writer, ']');
}

/* Characters that would act instead of being shown: controls, line and paragraph separators, those
 * that change the direction of the text around them (Unicode, Bidi_Control), and those without a
 * width. */
static bool character_is_hidden(uint32_t character)
{
    return character < 0x20 || (character >= 0x7f && character <= 0x9f) || character == 0xad ||
           character == 0x061c || (character >= 0x200b && character <= 0x200f) ||
           (character >= 0x2028 && character <= 0x202e) ||
           (character >= 0x2060 && character <= 0x206f) || character == 0xfeff;
}

static void text_add_escape(struct buf *out, uint32_t character)
{
    static const char short_of[32] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    buf_add_byte(out, '\\');
    if (character < sizeof short_of && short_of[character] != 0) {
        buf_add_byte(out, short_of[character]);
        return;
    }
    static const char digits[] = "0123456789abcdef";
    buf_add_byte(out, 'u');
    for (int shift = 12; shift >= 0; shift -= 4) {
        buf_add_byte(out, digits[(character >> shift) & 15]);
    }
}

/* How many leading bytes can be written as they are: printable ASCII but for quote and
 * backslash. */
static size_t text_plain_size(struct span text)
{
    size_t size = 0;
    while (size < text.size) {
        unsigned char byte = (unsigned char)text.data[size];
        if (byte < 0x20 || byte >= 0x7f || byte == '"' || byte == '\\') {
            break;
        }
        size++;
    }
    return size;
}

/* One character that is not plain, or what is left of a broken one. Returns the bytes taken. */
static size_t text_add_character(struct buf *out, struct span text)
{
    unsigned char byte = (unsigned char)text.data[0];
    if (byte == '"' || byte == '\\') {
        buf_add_byte(out, '\\');
        buf_add_byte(out, text.data[0]);
        return 1;
    }
    if (utf8_valid_size(span_until(text, 4)) == 0) {
        utf8_add(out, 0xfffd);
        return 1;
    }
    size_t size = 0;
    uint32_t character = utf8_decode(text, &size);
    if (character_is_hidden(character)) {
        text_add_escape(out, character);
    } else {
        buf_add(out, span_until(text, size));
    }
    return size;
}

static void text_add_quoted(struct buf *out, struct span text)
{
    buf_add_byte(out, '"');
    while (text.size > 0) {
        size_t plain = text_plain_size(text);
        buf_add(out, span_until(text, plain));
        text = span_from(text, plain);
        if (text.size > 0) {
            text = span_from(text, text_add_character(out, text));
        }
    }
    buf_add_byte(out, '"');
}

void json_write_key_span(struct json_writer *writer, struct span key)
{
    writer_separate(writer);
    text_add_quoted(writer->out, key);
    buf_add_text(writer->out, ": ");
    writer->after_key = true;
}

void json_write_key(struct json_writer *writer, const char *key)
{
    json_write_key_span(writer, span_of(key));
}

void json_write_text(struct json_writer *writer, struct span text)
{
    writer_separate(writer);
    text_add_quoted(writer->out, text);
}

void json_write_u64(struct json_writer *writer, uint64_t value)
{
    writer_separate(writer);
    buf_add_u64(writer->out, value);
}

void json_write_i64(struct json_writer *writer, int64_t value)
{
    writer_separate(writer);
    buf_add_i64(writer->out, value);
}

void json_write_bool(struct json_writer *writer, bool value)
{
    writer_separate(writer);
    buf_add_text(writer->out, value ? "true" : "false");
}

void json_write_ratio(struct json_writer *writer, struct ratio ratio)
{
    json_write_object(writer, true);
    json_write_member_u64(writer, "covered", ratio.covered);
    json_write_member_u64(writer, "total", ratio.total);
    json_write_object_end(writer);
}

void json_write_decimal(struct json_writer *writer, struct decimal value)
{
    writer_separate(writer);
    buf_add_byte(writer->out, '"');
    decimal_add_text(writer->out, value);
    buf_add_byte(writer->out, '"');
}

void json_write_member_text(struct json_writer *writer, const char *key, struct span text)
{
    json_write_key(writer, key);
    json_write_text(writer, text);
}

void json_write_member_u64(struct json_writer *writer, const char *key, uint64_t value)
{
    json_write_key(writer, key);
    json_write_u64(writer, value);
}

void json_write_member_bool(struct json_writer *writer, const char *key, bool value)
{
    json_write_key(writer, key);
    json_write_bool(writer, value);
}
