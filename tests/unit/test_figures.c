/* Numbers for people: grouped, cut and never contradicting a comparison. */
#include "render/figures.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void expect(struct buf *out, const char *text)
{
    assert_string_equal(buf_text(out), text);
    buf_release(out);
}

static void counts_are_grouped(void **state)
{
    (void)state;
    static const struct {
        uint64_t count;
        const char *text;
    } cases[] = {{0, "0"},
                 {999, "999"},
                 {1000, "1,000"},
                 {8679, "8,679"},
                 {123456, "123,456"},
                 {1234567, "1,234,567"},
                 {UINT64_MAX, "18,446,744,073,709,551,615"}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buf out = {0};
        buf_add_grouped(&out, cases[i].count);
        expect(&out, cases[i].text);
    }
}

static void decimals_are_grouped_before_the_point(void **state)
{
    (void)state;
    static const struct {
        int64_t digits;
        uint8_t scale;
        const char *text;
    } cases[] = {{1250, 3, "1.250"},
                 {-1250, 0, "-1,250"},
                 {-125, 0, "-125"},
                 {-123456, 0, "-123,456"},
                 {1234567890, 4, "123,456.7890"},
                 {-5, 2, "-0.05"}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buf out = {0};
        decimal_add_grouped(&out, decimal_make(cases[i].digits, cases[i].scale));
        expect(&out, cases[i].text);
    }
}

static void values_show_what_is_behind(void **state)
{
    (void)state;
    struct value ratio = value_ratio(7301, 8679);
    struct value single = value_ratio(1, 1);
    struct value nothing = value_ratio(0, 0);
    struct value one = value_count(1);
    struct value two = value_count(2);
    struct value time = value_decimal(decimal_make(1250, 3));
    struct buf out = {0};
    figures_add_full(&out, &ratio, 2, SPAN("lines"));
    expect(&out, "84.12 % = 7,301 of 8,679 lines");
    figures_add_full(&out, &single, 2, SPAN("branches"));
    expect(&out, "100.00 % = 1 of 1 branch");
    figures_add_value(&out, &nothing, 2);
    expect(&out, "n/a");
    figures_add_full(&out, &one, 2, SPAN("tests"));
    expect(&out, "1 test");
    figures_add_full(&out, &two, 2, SPAN("tests"));
    expect(&out, "2 tests");
    figures_add_full(&out, &one, 2, SPAN("ms")); /* a user's unit is not English */
    expect(&out, "1 ms");
    figures_add_full(&out, &time, 2, SPAN("seconds"));
    expect(&out, "1.250 seconds");
    figures_add_full(&out, &time, 2, SPAN(""));
    expect(&out, "1.250");
}

static void change(struct value now, struct value base, unsigned places, const char *text)
{
    struct buf out = {0};
    figures_add_change(&out, &now, &base, places);
    expect(&out, text);
}

static void changes_of_ratios_are_rounded_down(void **state)
{
    (void)state;
    change(value_ratio(3, 4), value_ratio(1, 2), 2, "+25.00");
    change(value_ratio(1, 2), value_ratio(3, 4), 2, "-25.00");
    /* 26/8679 = 0.29957 points: a gain is not overstated, a loss not understated */
    change(value_ratio(7047, 8679), value_ratio(7021, 8679), 2, "+0.29");
    change(value_ratio(7021, 8679), value_ratio(7047, 8679), 2, "-0.30");
    change(value_ratio(7021, 8679), value_ratio(7047, 8679), 3, "-0.300");
    change(value_ratio(7021, 8679), value_ratio(7047, 8679), 4, "-0.2996");
    /* a loss of 0.1001 against a slack of 0.1 must not read as 0.10 */
    change(value_ratio(8999, 10000), value_ratio(90000999, 100000000), 2, "-0.02");
    change(value_ratio(899, 1000), value_ratio(9000001, 10000000), 2, "-0.11");
    change(value_ratio(0, 7), value_ratio(7, 7), 2, "-100.00");
    change(value_ratio(7, 7), value_ratio(0, 7), 2, "+100.00");
    change(value_ratio(1, 1000000), value_ratio(1, 1), 2, "-100.00");
}

static void no_change_reads_as_zero(void **state)
{
    (void)state;
    change(value_ratio(99999, 100000), value_ratio(1, 1), 2, "-0.001");
    change(value_ratio(999999, 1000000), value_ratio(999998, 1000000), 2, "+0.0001");
    change(value_ratio(1, 3), value_ratio(333333333, 1000000000), 2, "+0.00000003");
    change(value_ratio(UINT64_MAX - 1, UINT64_MAX), value_ratio(UINT64_MAX - 2, UINT64_MAX - 1), 2,
           "+0.0000000000000000000000000000000000002");
    change(value_ratio(1, 2), value_ratio(500, 1000), 2, "0");
    change(value_count(5), value_count(5), 2, "0");
}

static void changes_of_other_values_have_a_sign(void **state)
{
    (void)state;
    change(value_count(12345), value_count(1), 2, "+12,344");
    change(value_count(0), value_count(UINT64_MAX), 2, "-18,446,744,073,709,551,615");
    change(value_decimal(decimal_make(121250, 3)), value_decimal(decimal_make(92, 0)), 2,
           "+29.250");
    change(value_decimal(decimal_make(1, 0)), value_decimal(decimal_make(15, 1)), 2, "-0.5");
    change(value_ratio(1, 2), value_ratio(0, 0), 2, "n/a");
    change(value_ratio(1, 2), value_count(1), 2, "n/a");
}

static void places_tell_ratios_apart(void **state)
{
    (void)state;
    struct value left = value_ratio(999998, 1000000);
    struct value right = value_ratio(999997, 1000000);
    struct value far = value_ratio(1, 2);
    struct value close = value_ratio(UINT64_MAX - 1, UINT64_MAX);
    struct value closer = value_ratio(UINT64_MAX - 2, UINT64_MAX);
    struct value nothing = value_ratio(0, 0);
    struct value count = value_count(1);
    assert_int_equal(figures_places(&left, &right, 2), 4);
    assert_int_equal(figures_places(&left, &far, 2), 2);
    assert_int_equal(figures_places(&left, &far, 5), 5);
    assert_int_equal(figures_places(&left, &left, 2), 2);
    assert_int_equal(figures_places(&left, &nothing, 2), 2);
    assert_int_equal(figures_places(&count, &left, 2), 2);
    assert_int_equal(figures_places(&close, &closer, 2), 9);
    assert_int_equal(figures_places(&left, &far, 40), 9);
}

static void trends_follow_the_direction(void **state)
{
    (void)state;
    struct value few = value_count(1);
    struct value many = value_count(2);
    struct value ratio = value_ratio(1, 2);
    assert_int_equal(figures_trend(&many, &few, DIRECTION_UP), 1);
    assert_int_equal(figures_trend(&many, &few, DIRECTION_DOWN), -1);
    assert_int_equal(figures_trend(&few, &many, DIRECTION_DOWN), 1);
    assert_int_equal(figures_trend(&few, &few, DIRECTION_DOWN), 0);
    assert_int_equal(figures_trend(&many, &few, DIRECTION_NEUTRAL), 0);
    assert_int_equal(figures_trend(&ratio, &few, DIRECTION_UP), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_grouped),
        cmocka_unit_test(decimals_are_grouped_before_the_point),
        cmocka_unit_test(values_show_what_is_behind),
        cmocka_unit_test(changes_of_ratios_are_rounded_down),
        cmocka_unit_test(no_change_reads_as_zero),
        cmocka_unit_test(changes_of_other_values_have_a_sign),
        cmocka_unit_test(places_tell_ratios_apart),
        cmocka_unit_test(trends_follow_the_direction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
