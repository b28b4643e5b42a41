/* Durations as writers print them. */
#include "check.h"

#include "base/seconds.h"

static void expect(const char *text, enum seconds_kind kind, int64_t digits, uint8_t scale)
{
    struct decimal seconds = {-1, 0};
    if (seconds_read(span_of(text), &seconds) != kind ||
        decimal_compare(seconds, decimal_make(digits, scale)) != 0) {
        print_message("%s\n", text);
        fail();
    }
}

static void plain_numbers(void **state)
{
    (void)state;
    expect("1.25", SECONDS_PLAIN, 125, 2);
    expect("0", SECONDS_PLAIN, 0, 0);
    expect(" 12 ", SECONDS_PLAIN, 12, 0);
    expect(".5", SECONDS_PLAIN, 5, 1);
    expect("5.", SECONDS_PLAIN, 5, 0);
    expect("2e-05", SECONDS_PLAIN, 2, 5);
    expect("0.0080000000000000071", SECONDS_PLAIN, 8, 3);
    expect("123456789.123456789", SECONDS_PLAIN, 123456789123456789, 9);
}

static void commas(void **state)
{
    (void)state;
    expect("1,234.5", SECONDS_COMMA, 12345, 1);
    expect("1,234", SECONDS_COMMA, 1234, 0);
    expect("12,345,678", SECONDS_COMMA, 12345678, 0);
    expect("0,125", SECONDS_COMMA, 125, 3);
    expect("0,5", SECONDS_COMMA, 5, 1);
    expect("12,5", SECONDS_COMMA, 125, 1);
    expect("1234,567", SECONDS_COMMA, 1234567, 3);
    expect("1,23,456", SECONDS_UNREADABLE, 0, 0);
    expect("1.5,5", SECONDS_UNREADABLE, 0, 0);
    expect(",", SECONDS_UNREADABLE, 0, 0);
    expect("1,", SECONDS_UNREADABLE, 0, 0);
}

static void no_numbers(void **state)
{
    (void)state;
    expect("", SECONDS_ABSENT, 0, 0);
    expect(" \n", SECONDS_ABSENT, 0, 0);
    expect("-1.5", SECONDS_NEGATIVE, 0, 0);
    expect("NaN", SECONDS_UNREADABLE, 0, 0);
    expect("0x10", SECONDS_UNREADABLE, 0, 0);
    expect("1e999", SECONDS_UNREADABLE, 0, 0);
    expect("5 s", SECONDS_UNREADABLE, 0, 0);
    expect("1.2.3", SECONDS_UNREADABLE, 0, 0);
    expect(".", SECONDS_UNREADABLE, 0, 0);
    expect("00000000000000000000000000000000000000000000000001", SECONDS_UNREADABLE, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_numbers),
        cmocka_unit_test(commas),
        cmocka_unit_test(no_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
