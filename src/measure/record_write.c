/* Members -> lines of JSON, one record each, counted and hashed on their way out.
 *
 * Text that JSON cannot hold, which is broken UTF-8 or a NUL, is written in hexadecimal under the
 * member's name with `_hex` behind it. */
#include "measure/record_write.h"

#include "base/hash.h"
#include "base/utf8.h"

void record_writer_init(struct record_writer *writer, struct partial_out out)
{
    *writer = (struct record_writer){.out = out};
    buf_init(&writer->line);
    buf_init(&writer->text);
}

void record_writer_release(struct record_writer *writer)
{
    buf_release(&writer->line);
    buf_release(&writer->text);
}

void record_line_begin(struct record_writer *writer)
{
    buf_clear(&writer->line);
    json_writer_init(&writer->json, &writer->line);
    json_write_object(&writer->json, true);
}

void record_begin(struct record_writer *writer, const char *kind)
{
    record_line_begin(writer);
    json_write_key(&writer->json, kind);
    json_write_object(&writer->json, true);
}

void record_line_end(struct record_writer *writer)
{
    json_write_object_end(&writer->json);
    buf_add_byte(&writer->line, '\n');
    struct span line = buf_span(&writer->line);
    writer->digest = hash64(line, writer->digest);
    writer->lines++;
    writer->out.write(writer->out.self, line);
}

void record_end(struct record_writer *writer)
{
    json_write_object_end(&writer->json);
    record_line_end(writer);
}

static bool json_can_hold(struct span text)
{
    return utf8_valid_size(text) == text.size && span_find(text, '\0') == SIZE_MAX;
}

void record_text(struct record_writer *writer, const char *key, struct span text)
{
    static const char digits[] = "0123456789abcdef";
    if (json_can_hold(text)) {
        json_write_member_text(&writer->json, key, text);
        return;
    }
    buf_clear(&writer->text);
    buf_add_format(&writer->text, "%s_hex", key);
    json_write_key_span(&writer->json, buf_span(&writer->text));
    buf_clear(&writer->text);
    for (size_t at = 0; at < text.size; at++) {
        buf_add_byte(&writer->text, digits[(unsigned char)text.data[at] >> 4]);
        buf_add_byte(&writer->text, digits[text.data[at] & 15]);
    }
    json_write_text(&writer->json, buf_span(&writer->text));
}

void record_name(struct record_writer *writer, const char *key, const struct name *name)
{
    if (name != NULL) {
        record_text(writer, key, name_span(name));
    }
}

void record_u64(struct record_writer *writer, const char *key, uint64_t value)
{
    if (value != 0) {
        json_write_member_u64(&writer->json, key, value);
    }
}

void record_words(struct record_writer *writer, const char *key, unsigned bits, unsigned count,
                  const char *(*word)(unsigned bit))
{
    if (bits == 0) {
        return;
    }
    json_write_key(&writer->json, key);
    json_write_array(&writer->json, true);
    for (unsigned index = 0; index < count; index++) {
        if ((bits >> index & 1) != 0) {
            json_write_text(&writer->json, span_of(word(1U << index)));
        }
    }
    json_write_array_end(&writer->json);
}
