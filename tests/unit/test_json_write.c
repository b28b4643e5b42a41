/* Writing JSON: layout, escapes, numbers; and every text comes back from the reader as it went
 * in. */
#include "check.h"

#include "base/json_read.h"
#include "base/json_write.h"

static void containers_are_laid_out_by_depth(void **state)
{
    struct buf out = {.size = 0};
    struct json_writer json;
    (void)state;
    json_writer_init(&json, &out);
    json_write_object(&json, false);
    json_write_member_text(&json, "name", SPAN("a"));
    json_write_key(&json, "list");
    json_write_array(&json, false);
    json_write_u64(&json, 1);
    json_write_object(&json, true);
    json_write_member_bool(&json, "x", true);
    json_write_key_span(&json, SPAN("deep"));
    json_write_array(&json, false);
    json_write_i64(&json, -2);
    json_write_array_end(&json);
    json_write_object_end(&json);
    json_write_array(&json, false);
    json_write_array_end(&json);
    json_write_array_end(&json);
    json_write_key(&json, "empty");
    json_write_object(&json, true);
    json_write_object_end(&json);
    json_write_member_u64(&json, "largest", UINT64_MAX);
    json_write_object_end(&json);
    check_text(&out, "{\n"
                     "  \"name\": \"a\",\n"
                     "  \"list\": [\n"
                     "    1,\n"
                     "    {\"x\": true, \"deep\": [-2]},\n"
                     "    []\n"
                     "  ],\n"
                     "  \"empty\": {},\n"
                     "  \"largest\": 18446744073709551615\n"
                     "}");
}

static void ratios_and_decimals_stay_exact(void **state)
{
    struct buf out = {.size = 0};
    struct json_writer json;
    (void)state;
    json_writer_init(&json, &out);
    json_write_array(&json, false);
    json_write_ratio(&json, (struct ratio){8, 10});
    json_write_decimal(&json, decimal_make(1250, 3));
    json_write_bool(&json, false);
    json_write_array_end(&json);
    check_text(&out, "[\n  {\"covered\": 8, \"total\": 10},\n  \"1.250\",\n  false\n]");
}

static void check_written(struct span text, const char *wanted)
{
    struct buf out = {.size = 0};
    struct json_writer json;
    json_writer_init(&json, &out);
    json_write_text(&json, text);
    check_text(&out, wanted);
}

static void what_acts_on_a_terminal_is_escaped(void **state)
{
    (void)state;
    check_written(SPAN(""), "\"\"");
    check_written(SPAN("plain /text/"), "\"plain /text/\"");
    check_written(SPAN("\"\\"), "\"\\\"\\\\\"");
    check_written(SPAN("\b\t\n\f\r"), "\"\\b\\t\\n\\f\\r\"");
    check_written(SPAN("\x01\x1b[31m\0"), "\"\\u0001\\u001b[31m\\u0000\"");
    check_written(SPAN("\x7f\xc2\x80\xc2\x9f\xc2\xa0"), "\"\\u007f\\u0080\\u009f\xc2\xa0\"");
    check_written(SPAN("\xe2\x80\xa8\xe2\x80\xa9"), "\"\\u2028\\u2029\"");
    check_written(SPAN("\xe2\x80\xae"
                       "abc\xe2\x80\x8e\xe2\x81\xa6\xe2\x81\xa9\xd8\x9c"),
                  "\"\\u202eabc\\u200e\\u2066\\u2069\\u061c\"");
    check_written(SPAN("a\xe2\x80\x8b\xe2\x80\x8d\xe2\x81\xa0\xef\xbb\xbf\xc2\xad"),
                  "\"a\\u200b\\u200d\\u2060\\ufeff\\u00ad\"");
    check_written(SPAN("\xc3\xa9\xf0\x9f\x98\x80"), "\"\xc3\xa9\xf0\x9f\x98\x80\"");
    check_written(SPAN("a\xff\xc3(\xe2\x82"),
                  "\"a\xef\xbf\xbd\xef\xbf\xbd(\xef\xbf\xbd\xef\xbf\xbd\"");
}

static void what_is_written_is_read_back(void **state)
{
    struct buf out = {.size = 0};
    struct buf text = {.size = 0};
    struct json_writer writer;
    (void)state;
    for (unsigned byte = 1; byte < 0x80; byte++) {
        buf_add_byte(&text, (char)byte);
    }
    buf_add_text(&text, "\xc2\x85\xe2\x80\xa8\xf4\x8f\xbf\xbf");
    json_writer_init(&writer, &out);
    json_write_text(&writer, buf_span(&text));
    struct input *input = input_open_memory(buf_span(&out));
    struct json_reader *reader = json_reader_open(input, false);
    struct span back;
    assert_true(json_string(reader, &back));
    assert_true(span_equal(back, buf_span(&text)));
    assert_int_equal(json_next(reader), JSON_END);
    json_reader_close(reader);
    input_close(input);
    buf_release(&out);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(containers_are_laid_out_by_depth),
        cmocka_unit_test(ratios_and_decimals_stay_exact),
        cmocka_unit_test(what_acts_on_a_terminal_is_escaped),
        cmocka_unit_test(what_is_written_is_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
