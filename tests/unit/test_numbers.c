/* Exact numbers: decimals and ratios, at their edges. Expected values are computed by hand or with
 * Python's fractions, as noted. */
#include "check.h"

#include "base/decimal.h"
#include "base/ratio.h"

struct parse_case {
    const char *text;
    const char *wanted; /* NULL: refused */
    bool cut;
};

static void decimals_are_parsed_strictly(void **state)
{
    static const struct parse_case cases[] = {
        {"0", "0", false},
        {"12", "12", false},
        {"1.250", "1.250", false},
        {"-0.25", "-0.25", false},
        {"1e3", "1000", false},
        {"1.5E-3", "0.0015", false},
        {"1e+2", "100", false},
        {"0.1234567891", "0.123456789", true},
        {"0.1234567890", "0.123456789", false},
        {"9223372036854775807", "9223372036854775807", false},
        {"9223372036854775808", NULL, false},
        {"9223372036.854775807", "9223372036.854775807", false},
        {"92233720368.54775807", "92233720368.54775807", false},
        {"1e18", "1000000000000000000", false},
        {"1e19", NULL, false},
        {"1e999999999999", NULL, false},
        {"1e-999999999999", "0.000000000", true},
        {"0e5", "0", false},
        {"", NULL, false},
        {"-", NULL, false},
        {".5", NULL, false},
        {"5.", NULL, false},
        {"+5", NULL, false},
        {" 5", NULL, false},
        {"5 ", NULL, false},
        {"0x10", NULL, false},
        {"1e", NULL, false},
        {"1e+", NULL, false},
        {"NaN", NULL, false},
        {"Infinity", NULL, false},
        {"1,5", NULL, false},
        {"00000000000000000000000000000000000000001", "1", false},
    };
    (void)state;
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        struct decimal value = {0, 0};
        bool cut = false;
        bool taken = decimal_parse(span_of(cases[index].text), &value, &cut);
        if (taken != (cases[index].wanted != NULL)) {
            fail_msg("%s is %s", cases[index].text, taken ? "taken" : "refused");
        }
        if (taken) {
            struct buf text;
            buf_init(&text);
            decimal_add_text(&text, value);
            check_text(&text, cases[index].wanted);
            assert_int_equal(cut, cases[index].cut);
        }
    }
}

static struct decimal parsed(const char *text)
{
    struct decimal value = {0, 0};
    assert_true(decimal_parse(span_of(text), &value, NULL));
    return value;
}

static void decimals_compare_across_scales(void **state)
{
    (void)state;
    assert_int_equal(decimal_compare(parsed("1.5"), parsed("1.50")), 0);
    assert_true(decimal_compare(parsed("1.499999999"), parsed("1.5")) < 0);
    assert_true(decimal_compare(parsed("-1"), parsed("0.000000001")) < 0);
    assert_true(decimal_compare(parsed("9223372036854775807"), parsed("0.000000001")) > 0);
}

static void decimals_add_and_saturate(void **state)
{
    struct buf text;
    (void)state;
    buf_init(&text);
    decimal_add_text(&text, decimal_add(parsed("1.25"), parsed("0.005")));
    buf_add_byte(&text, ' ');
    decimal_add_text(&text, decimal_subtract(parsed("1"), parsed("1.5")));
    buf_add_byte(&text, ' ');
    decimal_add_text(&text, decimal_trim(parsed("2.500")));
    check_text(&text, "1.255 -0.5 2.5");
    struct decimal top = parsed("9223372036854775807");
    assert_int_equal(decimal_add(top, top).digits, INT64_MAX);
    assert_int_equal(decimal_subtract(decimal_make(INT64_MIN, 0), top).digits, INT64_MIN);
    text = (struct buf){NULL, 0, 0};
    decimal_add_text(&text, decimal_make(INT64_MIN, 0));
    check_text(&text, "-9223372036854775808");
}

static void ratios_compare_by_cross_multiplication(void **state)
{
    (void)state;
    assert_int_equal(ratio_compare((struct ratio){1, 3}, (struct ratio){2, 6}), 0);
    assert_true(ratio_compare((struct ratio){1, 3}, (struct ratio){333333333, 1000000000}) > 0);
    assert_true(ratio_compare((struct ratio){UINT64_MAX - 1, UINT64_MAX},
                              (struct ratio){UINT64_MAX - 2, UINT64_MAX - 1}) > 0);
}

static void ratios_meet_percentages_exactly(void **state)
{
    (void)state;
    assert_true(ratio_compare_percent((struct ratio){2, 3}, parsed("66.666666666")) > 0);
    assert_true(ratio_compare_percent((struct ratio){2, 3}, parsed("66.666666667")) < 0);
    assert_int_equal(ratio_compare_percent((struct ratio){7, 10}, parsed("70")), 0);
    assert_int_equal(ratio_compare_percent((struct ratio){7, 10}, parsed("70.0")), 0);
    assert_true(ratio_compare_percent((struct ratio){0, 5}, parsed("-1")) > 0);
    assert_true(ratio_compare_percent((struct ratio){5, 5}, parsed("101")) < 0);
    assert_int_equal(ratio_compare_percent((struct ratio){UINT64_MAX, UINT64_MAX}, parsed("100")),
                     0);
    assert_true(ratio_compare_percent((struct ratio){UINT64_MAX - 1, UINT64_MAX}, parsed("100")) <
                0);
}

static void ratios_compare_with_a_shift(void **state)
{
    struct ratio half = {1, 2};
    (void)state;
    /* 50 % against 50.1 % - 0.1 points, and one billionth to either side. */
    assert_int_equal(ratio_compare_shifted(half, (struct ratio){501, 1000}, parsed("-0.1")), 0);
    assert_true(ratio_compare_shifted(half, (struct ratio){501, 1000}, parsed("-0.099999999")) < 0);
    assert_true(ratio_compare_shifted(half, (struct ratio){501, 1000}, parsed("-0.100000001")) > 0);
    assert_int_equal(ratio_compare_shifted(half, half, parsed("0")), 0);
    assert_true(ratio_compare_shifted(half, half, parsed("0.000000001")) < 0);
    assert_true(ratio_compare_shifted(half, half, parsed("-0.000000001")) > 0);
    assert_int_equal(ratio_compare_shifted((struct ratio){3, 4}, half, parsed("25")), 0);
    assert_true(ratio_compare_shifted((struct ratio){3, 4}, half, parsed("-5")) > 0);
    assert_true(ratio_compare_shifted(half, (struct ratio){3, 4}, parsed("5")) < 0);
    /* Totals near 2^64: (2^64-2)/(2^64-1) is below 1 by 5.4e-18 points. */
    struct ratio nearly = {UINT64_MAX - 1, UINT64_MAX};
    struct ratio full = {UINT64_MAX, UINT64_MAX};
    assert_true(ratio_compare_shifted(nearly, full, parsed("0")) < 0);
    assert_true(ratio_compare_shifted(nearly, full, parsed("-0.000000001")) > 0);
}

static void needed_counts_are_the_smallest_that_reach_the_bar(void **state)
{
    (void)state;
    assert_int_equal(ratio_needed(10, parsed("70")), 7);
    assert_int_equal(ratio_needed(10, parsed("70.1")), 8);
    assert_int_equal(ratio_needed(3, parsed("66.666666667")), 3);
    assert_int_equal(ratio_needed(3, parsed("66.666666666")), 2);
    assert_int_equal(ratio_needed(0, parsed("50")), 0);
    assert_int_equal(ratio_needed(10, parsed("-3")), 0);
    assert_int_equal(ratio_needed(10, parsed("110")), 11);
    for (uint64_t total = 1; total < 60; total++) {
        for (int64_t tenths = 1; tenths <= 1000; tenths += 7) {
            struct decimal percent = decimal_make(tenths, 1);
            uint64_t needed = ratio_needed(total, percent);
            assert_true(ratio_compare_percent((struct ratio){needed, total}, percent) >= 0);
            assert_true(needed == 0 ||
                        ratio_compare_percent((struct ratio){needed - 1, total}, percent) < 0);
        }
    }
}

static void percentages_are_cut_never_rounded_up(void **state)
{
    struct buf text;
    (void)state;
    buf_init(&text);
    ratio_add_percent(&text, (struct ratio){9999999, 10000000}, 2);
    buf_add_byte(&text, ' ');
    ratio_add_percent(&text, (struct ratio){1, 1}, 2);
    buf_add_byte(&text, ' ');
    ratio_add_percent(&text, (struct ratio){0, 0}, 2);
    buf_add_byte(&text, ' ');
    ratio_add_percent(&text, (struct ratio){2, 3}, 0);
    buf_add_byte(&text, ' ');
    ratio_add_percent(&text, (struct ratio){2, 3}, 12);
    check_text(&text, "99.99 100.00 n/a 66 66.666666666");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_are_parsed_strictly),
        cmocka_unit_test(decimals_compare_across_scales),
        cmocka_unit_test(decimals_add_and_saturate),
        cmocka_unit_test(ratios_compare_by_cross_multiplication),
        cmocka_unit_test(ratios_meet_percentages_exactly),
        cmocka_unit_test(ratios_compare_with_a_shift),
        cmocka_unit_test(needed_counts_are_the_smallest_that_reach_the_bar),
        cmocka_unit_test(percentages_are_cut_never_rounded_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
