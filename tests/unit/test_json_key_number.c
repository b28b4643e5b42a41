/* Equal keys have equal numbers, different ones have not. */
#include "check.h"

#include "base/json_read.h"

static void numbers_stand_for_keys(void **state)
{
    static const char document[] =
        "[{\"line\":1,\"column\":2,\"line2\":3},{\"column\":1,\"line\":2,\"a\\u0062\":0},"
        "{\"a key that is much too long to be given a number of its own\":1,\"ab\":{\"line\":1}}]";
    struct input *input = input_open_memory(span_of(document));
    struct json_reader *json = json_reader_open(input, false);
    unsigned numbers[8];
    size_t count = 0;
    struct span key;
    (void)state;
    assert_true(json_array(json));
    while (json_item(json)) {
        assert_true(json_object(json));
        while (json_key(json, &key)) {
            numbers[count++] = json_key_number(json);
            json_skip(json);
        }
    }
    assert_false(json_failed(json));
    assert_int_equal(count, 8); /* line column line2, column line ab, long ab */
    assert_true(numbers[0] != 0 && numbers[1] != 0 && numbers[2] != 0);
    assert_true(numbers[0] != numbers[1] && numbers[0] != numbers[2] && numbers[1] != numbers[2]);
    assert_int_equal(numbers[3], numbers[1]);
    assert_int_equal(numbers[4], numbers[0]);
    assert_int_equal(numbers[6], 0);
    assert_int_equal(numbers[5], numbers[7]);
    json_reader_close(json);
    input_close(input);
}

/* More different keys than there are numbers: the late ones have none, the early ones keep
 * theirs. */
static void numbers_run_out(void **state)
{
    struct buf text;
    (void)state;
    buf_init(&text);
    buf_add_text(&text, "[{\"first\":0");
    for (unsigned number = 0; number < 400; number++) {
        buf_add_format(&text, ",\"key%u\":0", number);
    }
    buf_add_text(&text, "},{\"key399\":0,\"first\":0,\"key0\":0}]");
    struct input *input = input_open_memory(buf_span(&text));
    struct json_reader *json = json_reader_open(input, false);
    unsigned first = 0;
    unsigned last = 0;
    struct span key;
    assert_true(json_array(json));
    while (json_item(json)) {
        assert_true(json_object(json));
        while (json_key(json, &key)) {
            unsigned number = json_key_number(json);
            assert_true(number < 256);
            if (span_is(key, "first")) {
                assert_true(first == 0 || first == number);
                assert_true(number != 0);
                first = number;
            }
            last = span_is(key, "key399") ? number : last;
            assert_true(!span_is(key, "key0") || (number != 0 && number != first));
            json_skip(json);
        }
    }
    assert_false(json_failed(json));
    assert_int_equal(last, 0);
    json_reader_close(json);
    input_close(input);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_stand_for_keys),
        cmocka_unit_test(numbers_run_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
