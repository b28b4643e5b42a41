/* Text: spans, paths, globs, UTF-8, names, buffers. */
#include "check.h"

#include "base/glob.h"
#include "base/name.h"
#include "base/path.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static void spans_cut_search_and_compare(void **state)
{
    struct span rest = SPAN("a,b,,c");
    (void)state;
    check_span(span_cut(&rest, ','), "a");
    check_span(span_cut(&rest, ','), "b");
    check_span(span_cut(&rest, ','), "");
    check_span(span_cut(&rest, ','), "c");
    check_span(span_cut(&rest, ','), "");
    check_span(span_trim(SPAN(" \t x y \r\n")), "x y");
    assert_int_equal(span_find_text(SPAN("abcabd"), "abd"), 3);
    assert_int_equal(span_find_text(SPAN("ab"), "abc"), SIZE_MAX);
    assert_int_equal(span_find_text(SPAN("aab"), "ab"), 1);
    assert_int_equal(span_find_text(SPAN("x"), ""), 0);
    assert_int_equal(span_find_last(SPAN("a/b/c"), '/'), 3);
    assert_int_equal(span_find_last(SPAN("abc"), '/'), SIZE_MAX);
    assert_int_equal(span_find(span_make(NULL, 0), 'x'), SIZE_MAX);
    assert_true(span_compare(SPAN("a"), SPAN("ab")) < 0);
    assert_true(span_compare(SPAN("\xC3"), SPAN("z")) > 0);
    assert_int_equal(span_compare(SPAN("a"), SPAN("a")), 0);
    assert_true(span_is_caseless(SPAN("TrUe"), "true") && !span_is_caseless(SPAN("tru"), "true"));
    assert_true(span_starts(SPAN("abc"), "ab") && !span_starts(SPAN("a"), "ab"));
    assert_true(span_ends(SPAN("abc"), "bc") && !span_ends(SPAN("c"), "bc"));
    assert_int_equal(span_from(SPAN("abc"), 7).size, 0);
}

/* The text number `number` over three letters, of which one counts as rare. */
static void spell(char *text, size_t size, unsigned number)
{
    for (size_t at = 0; at < size; at++, number /= 3) {
        text[at] = " a:"[number % 3];
    }
    text[size] = '\0';
}

static void texts_are_found_where_the_c_library_finds_them(void **state)
{
    static const unsigned count[] = {1, 3, 9, 27, 81, 243, 729};
    char text[8];
    char wanted[4];
    (void)state;
    for (size_t size = 0; size <= 6; size++) {
        for (size_t length = 1; length <= 3; length++) {
            for (unsigned pair = 0; pair < count[size] * count[length]; pair++) {
                spell(text, size, pair % count[size]);
                spell(wanted, length, pair / count[size]);
                const char *found = strstr(text, wanted);
                size_t place = found != NULL ? (size_t)(found - text) : SIZE_MAX;
                assert_int_equal(span_find_text(span_of(text), wanted), place);
            }
        }
    }
}

static void whole_numbers_are_digits_and_nothing_else(void **state)
{
    uint64_t value = 7;
    int64_t whole = 7;
    (void)state;
    assert_true(span_to_u64(SPAN("18446744073709551615"), &value) && value == UINT64_MAX);
    assert_true(span_to_u64(SPAN("18446744073709551616"), &value) && value == UINT64_MAX);
    assert_true(span_to_u64(SPAN("99999999999999999999999"), &value) && value == UINT64_MAX);
    assert_true(span_to_u64(SPAN("007"), &value) && value == 7);
    static const char *const bad[] = {"", "-1", "+1", " 1", "1 ", "0x1", "1e3", "1.0", "\xD9\xA1"};
    for (size_t index = 0; index < sizeof(bad) / sizeof(bad[0]); index++) {
        assert_false(span_to_u64(span_of(bad[index]), &value));
    }
    assert_int_equal(value, 7);
    assert_true(span_to_i64(SPAN("-12"), &whole) && whole == -12);
    assert_true(span_to_i64(SPAN("-99999999999999999999"), &whole) && whole == INT64_MIN);
    assert_true(span_to_i64(SPAN("99999999999999999999"), &whole) && whole == INT64_MAX);
    assert_false(span_to_i64(SPAN("--1"), &whole));
}

static void paths_are_cleaned_as_text(void **state)
{
    static const char *const cases[][2] = {
        {"a/b.c", "a/b.c"},
        {"./a//b/./c", "a/b/c"},
        {"a/../b", "b"},
        {"../a", "../a"},
        {"a/../../b", "../b"},
        {"/a/../../b", "/b"},
        {"a\\b\\c.c", "a/b/c.c"},
        {"C:\\x\\..\\y", "C:/y"},
        {"c:rel", "c:rel"},
        {"", ""},
        {".", ""},
        {"/", "/"},
        {"a/", "a"},
        {"a/b/../..", ""},
        {"../..", "../.."},
        {"/home/runner/work/one/two.c", "/home/runner/work/one/two.c"},
        {"//home/runner/work/one/two.c", "/home/runner/work/one/two.c"},
        {"0123456789abcde/./x", "0123456789abcde/x"},
        {"0123456789abcdef//x", "0123456789abcdef/x"},
        {"0123456789abcde//x", "0123456789abcde/x"},
        {"0123456789abcde/../x", "x"},
        {"0123456789abcdef0123456789\\x", "0123456789abcdef0123456789/x"},
        {"0123456789abcdef/.x/a", "0123456789abcdef/.x/a"},
        {"0123456789abcdef/", "0123456789abcdef"},
        {"C:./0123456789abcdef", "C:0123456789abcdef"},
    };
    struct arena arena;
    (void)state;
    arena_init(&arena);
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        check_span(path_clean(&arena, span_of(cases[index][0])), cases[index][1]);
    }
    check_span(path_join(&arena, SPAN("a"), SPAN("b")), "a/b");
    check_span(path_join(&arena, SPAN("a/"), SPAN("b")), "a/b");
    check_span(path_join(&arena, SPAN("a"), SPAN("/b")), "/b");
    check_span(path_join(&arena, SPAN(""), SPAN("b")), "b");
    arena_release(&arena);
}

static void paths_have_parts(void **state)
{
    struct span rest = SPAN("");
    (void)state;
    check_span(path_base(SPAN("a/b.c")), "b.c");
    check_span(path_base(SPAN("b.c")), "b.c");
    assert_true(path_is_absolute(SPAN("/a")) && path_is_absolute(SPAN("C:\\a")));
    assert_true(path_is_absolute(SPAN("\\\\host\\x")));
    assert_false(path_is_absolute(SPAN("C:a")) || path_is_absolute(SPAN("a/b")) ||
                 path_is_absolute(SPAN("")));
    assert_true(path_escapes(SPAN("..")) && path_escapes(SPAN("../x")));
    assert_false(path_escapes(SPAN("..x/y")) || path_escapes(SPAN("a/..")));
    assert_true(path_below(SPAN("/a/b/c"), SPAN("/a"), &rest));
    check_span(rest, "b/c");
    assert_true(path_below(SPAN("/a/b"), SPAN("/a/"), &rest));
    assert_false(path_below(SPAN("/ab"), SPAN("/a"), &rest));
    assert_false(path_below(SPAN("/a"), SPAN("/a"), &rest));
}

static void globs_match_as_documented(void **state)
{
    static const struct {
        const char *pattern, *path;
        bool wanted;
    } cases[] = {
        {"a.c", "a.c", true},
        {"a.c", "b/a.c", false},
        {"*.c", "a.c", true},
        {"*.c", "b/a.c", false},
        {"**/*.c", "a.c", true},
        {"**/*.c", "x/y/a.c", true},
        {"src/**", "src/a.c", true},
        {"src/**", "src/x/a.c", true},
        {"src/**", "src", false},
        {"src/", "src/x/a.c", true},
        {"src/**/a.c", "src/a.c", true},
        {"src/**/a.c", "src/x/y/a.c", true},
        {"src/**/a.c", "src/x/y/b.c", false},
        {"**", "anything/at/all", true},
        {"a**b", "axxb", true},
        {"a**b", "ax/xb", false},
        {"**/x/**/y", "1/x/2/3/y", true},
        {"**/x/**/y", "x/y", true},
        {"?.c", "a.c", true},
        {"?.c", "/.c", false},
        {"[a-c].c", "b.c", true},
        {"[!a-c].c", "b.c", false},
        {"[!a-c].c", "d.c", true},
        {"[]].c", "].c", true},
        {"{a,b}.c", "b.c", true},
        {"{a,b}.c", "c.c", false},
        {"x{,y}.c", "x.c", true},
        {"{a,{b,c}/d}.c", "c/d.c", true},
        {"src/{a,b}/**/*.{c,h}", "src/b/1/2/x.h", true},
        {"\\*.c", "*.c", true},
        {"\\*.c", "a.c", false},
        {"./src/*.c", "src/a.c", true},
        {"a*b*c", "aXXbYYc", true},
        {"a*b*c", "aXXbYY", false},
        {"", "", true},
    };
    (void)state;
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        if (glob_match(span_of(cases[index].pattern), span_of(cases[index].path)) !=
            cases[index].wanted) {
            fail_msg("'%s' against '%s'", cases[index].pattern, cases[index].path);
        }
    }
}

static void hostile_globs_end(void **state)
{
    struct buf path;
    struct buf pattern;
    (void)state;
    buf_init(&path);
    buf_init(&pattern);
    buf_add_repeat(&path, 'a', 4000);
    for (unsigned index = 0; index < 30; index++) {
        buf_add_text(&pattern, "*a");
    }
    buf_add_text(&pattern, "b");
    assert_false(glob_match(buf_span(&pattern), buf_span(&path)));
    buf_clear(&pattern);
    for (unsigned index = 0; index < 40; index++) {
        buf_add_text(&pattern, "{a,aa}");
    }
    assert_false(glob_match(buf_span(&pattern), buf_span(&path)));
    buf_release(&path);
    buf_release(&pattern);
}

static void globs_are_checked(void **state)
{
    static const char *const good[] = {"a", "**/*.{c,h}", "[a-z]", "[]]", "\\["};
    static const char *const bad[] = {"", "a\\", "[a", "{a", "a}", "[]"};
    (void)state;
    for (size_t index = 0; index < sizeof(good) / sizeof(good[0]); index++) {
        assert_null(glob_check(span_of(good[index])));
    }
    for (size_t index = 0; index < sizeof(bad) / sizeof(bad[0]); index++) {
        assert_non_null(glob_check(span_of(bad[index])));
    }
    check_span(glob_root(SPAN("a/b/*.c")), "a/b");
    check_span(glob_root(SPAN("*.c")), "");
    check_span(glob_root(SPAN("a/b.c")), "a");
    assert_true(glob_is_plain(SPAN("a/b.c")) && !glob_is_plain(SPAN("a/?.c")));
}

static void utf8_is_checked_and_repaired(void **state)
{
    struct buf text;
    size_t size = 0;
    (void)state;
    assert_int_equal(utf8_valid_size(SPAN("a\xC3\xA9z")), 4);
    assert_int_equal(utf8_valid_size(SPAN("a\xC0\xAF")), 1);        /* overlong */
    assert_int_equal(utf8_valid_size(SPAN("\xED\xA0\x80")), 0);     /* surrogate */
    assert_int_equal(utf8_valid_size(SPAN("\xF4\x90\x80\x80")), 0); /* above U+10FFFF */
    assert_int_equal(utf8_valid_size(SPAN("ok\xE2\x82")), 2);       /* cut */
    buf_init(&text);
    assert_int_equal(utf8_add_repaired(&text, SPAN("a\xFF\xE9z")), 2);
    check_text(&text, "a\xEF\xBF\xBD\xEF\xBF\xBDz");
    assert_int_equal(utf8_decode(SPAN("\xE2\x82\xAC"), &size), 0x20AC);
    assert_int_equal(size, 3);
    assert_int_equal(utf8_decode(SPAN("\xFF"), &size), 0xFFFD);
    assert_int_equal(size, 1);
    assert_int_equal(utf8_width(SPAN("a\xC3\xA9")), 2);
    assert_int_equal(utf8_width(SPAN("\xE6\xBC\xA2")), 2); /* a wide character */
    assert_int_equal(utf8_width(SPAN("e\xCC\x81")), 1);    /* a combining mark */
    assert_int_equal(utf8_width(SPAN("\x1B\x07")), 2);
}

static void names_are_equal_when_their_text_is(void **state)
{
    struct arena arena;
    struct names names;
    char text[32];
    (void)state;
    arena_init(&arena);
    names_init(&names, &arena);
    const struct name *first = names_add(&names, SPAN("x"));
    for (unsigned index = 0; index < 5000; index++) {
        struct buf buf;
        buf_init(&buf);
        buf_add_u64(&buf, index);
        memcpy(text, buf_text(&buf), buf.size + 1);
        buf_release(&buf);
        const struct name *name = names_add(&names, span_of(text));
        assert_ptr_equal(name, names_add(&names, span_of(text)));
        assert_string_equal(name_text(name), text);
    }
    assert_ptr_equal(first, names_add(&names, SPAN("x")));
    assert_int_equal(names.count, 5001);
    assert_true(name_compare(NULL, first) < 0 && name_compare(first, NULL) > 0);
    assert_int_equal(name_compare(first, first), 0);
    assert_true(name_compare(names_add(&names, SPAN("a")), names_add(&names, SPAN("b"))) < 0);
    assert_string_equal(name_text(NULL), "");
    names_release(&names);
    arena_release(&arena);
}

static void bufs_grow_and_format(void **state)
{
    struct buf text;
    (void)state;
    buf_init(&text);
    buf_add_i64(&text, INT64_MIN);
    buf_add_byte(&text, ' ');
    buf_add_u64(&text, UINT64_MAX);
    buf_add_format(&text, " %s %d", "x", 5);
    buf_add_repeat(&text, '-', 3);
    check_text(&text, "-9223372036854775808 18446744073709551615 x 5---");
    buf_add_repeat(&text, 'y', 100000);
    assert_int_equal(text.size, 100000);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_cut_search_and_compare),
        cmocka_unit_test(texts_are_found_where_the_c_library_finds_them),
        cmocka_unit_test(whole_numbers_are_digits_and_nothing_else),
        cmocka_unit_test(paths_are_cleaned_as_text),
        cmocka_unit_test(paths_have_parts),
        cmocka_unit_test(globs_match_as_documented),
        cmocka_unit_test(hostile_globs_end),
        cmocka_unit_test(globs_are_checked),
        cmocka_unit_test(utf8_is_checked_and_repaired),
        cmocka_unit_test(names_are_equal_when_their_text_is),
        cmocka_unit_test(bufs_grow_and_format),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
