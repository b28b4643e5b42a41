/* Foreign text comes out visible and inert: each class of attack with a small string of its own. */
#include "base/utf8.h"
#include "render/escape.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

typedef void (*escape_function)(struct buf *out, struct span text, size_t columns);

static void code_line(struct buf *out, struct span text, size_t columns)
{
    escape_add_code(out, text, columns, ESCAPE_LINE);
}

static void code_cell(struct buf *out, struct span text, size_t columns)
{
    escape_add_code(out, text, columns, ESCAPE_CELL);
}

static void prose(struct buf *out, struct span text, size_t columns)
{
    escape_add_markdown(out, text, columns, ESCAPE_CELL);
}

static void prose_line(struct buf *out, struct span text, size_t columns)
{
    escape_add_markdown(out, text, columns, ESCAPE_LINE);
}

static void json(struct buf *out, struct span text, size_t columns)
{
    (void)columns;
    escape_add_json(out, text);
}

static void same(escape_function function, struct span text, size_t columns, const char *expected)
{
    struct buf out = {0};
    function(&out, text, columns);
    assert_string_equal(buf_text(&out), expected);
    buf_release(&out);
}

#define TEXT(input, expected)  same(escape_add_text, SPAN(input), 0, expected)
#define CODE(input, expected)  same(code_line, SPAN(input), 0, expected)
#define CELL(input, expected)  same(code_cell, SPAN(input), 0, expected)
#define PROSE(input, expected) same(prose, SPAN(input), 0, expected)
#define LINE(input, expected)  same(prose_line, SPAN(input), 0, expected)
#define JSON(input, expected)  same(json, SPAN(input), 0, expected)

static void plain_text_stays(void **state)
{
    (void)state;
    TEXT("math::sum adds 2 + 2 (slow) 100% C:\\src\\a.c",
         "math::sum adds 2 + 2 (slow) 100% C:\\src\\a.c");
    TEXT("f\xC3\xBCr \xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x8E\x89",
         "f\xC3\xBCr \xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x8E\x89");
    TEXT("%s%n %25", "%s%n %25");
    /* a heart in its coloured form: U+FE0F after a symbol belongs to it */
    TEXT("\xE2\x9D\xA4\xEF\xB8\x8F", "\xE2\x9D\xA4\xEF\xB8\x8F");
}

static void controls_are_shown(void **state)
{
    (void)state;
    TEXT("a\nb\rc\td", "a\\nb\\rc\\td");
    TEXT("\x1b[31mred\x07 \x7f", "\\x1b[31mred\\x07 \\x7f");
    TEXT("a\0b", "a\\x00b");
    TEXT("\x1f!~\x7f", "\\x1f!~\\x7f");
    TEXT("\xC2\x80-\xC2\x9F-\xC2\xA0-", "\\u0080-\\u009f-\xC2\xA0-");
    TEXT("\xC2\x9B[31m \xC2\x85", "\\u009b[31m \\u0085");
}

static void line_separators_are_shown(void **state)
{
    (void)state;
    TEXT("a\xE2\x80\xA8-\xE2\x80\xA9z", "a\\u2028-\\u2029z");
}

static void directions_are_shown(void **state)
{
    (void)state;
    TEXT("x\xE2\x80\xAEtxt.exe\xE2\x80\xAC", "x\\u202etxt.exe\\u202c");
    TEXT("\xE2\x81\xA6i\xE2\x81\xA9 \xD8\x9C \xE2\x80\x8E.", "\\u2066i\\u2069 \\u061c \\u200e.");
}

static void what_cannot_be_seen_is_shown(void **state)
{
    (void)state;
    TEXT("pa\xE2\x80\x8Bss\xEF\xBB\xBF", "pa\\u200bss\\ufeff");
    TEXT("so\xC2\xADup\xE3\x85\xA4", "so\\u00adup\\u3164");
    TEXT("\xF3\xA0\x81\xA1", "\\U000e0061");
    TEXT("a\xEF\xB8\x8F", "a\\ufe0f");
    TEXT("\xE2\x9D\xA4\xEF\xB8\x80", "\xE2\x9D\xA4\\ufe00");
}

static void broken_bytes_are_shown(void **state)
{
    (void)state;
    TEXT("a\xFF\xC3", "a\\xff\\xc3");
    TEXT("\xED\xA0\x80", "\\xed\\xa0\\x80"); /* a surrogate */
    TEXT("\xC0\xAF", "\\xc0\\xaf");          /* a slash in an overlong form */
}

static void marks_do_not_pile_up(void **state)
{
    (void)state;
    TEXT("e\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x85\xCC\x86z",
         "e\xCC\x81\xCC\x82\xCC\x83\xCC\x84\\u0305\\u0306z");
}

static void blank_text_is_quoted(void **state)
{
    (void)state;
    TEXT("", "\"\"");
    TEXT("   ", "\"   \"");
    TEXT("a ", "\"a \"");
    TEXT("\xE3\x80\x80x", "\"\xE3\x80\x80x\"");
}

static void runner_commands_are_broken(void **state)
{
    (void)state;
    TEXT("::error file=x::forged", "\\x3a:error file=x::forged");
    TEXT("a ::stop-commands::t", "a \\x3a:stop-commands::t"); /* a wrapped line could begin there */
    TEXT("\xC2\xA0::error::f", "\"\xC2\xA0\\x3a:error::f\"");
    TEXT("x\xE3\x80\x80::add-mask::a", "x\xE3\x80\x80\\x3a:add-mask::a");
    TEXT("a\n::error::f", "a\\n::error::f");
    TEXT(":", "\\x3a"); /* a path; ours would add ":12" */
    TEXT("a :b", "a :b");
}

static void commands_inside_a_line_are_broken(void **state)
{
    (void)state;
    TEXT("text ##[error]f", "text #\\x23[error]f");
    TEXT("###[x]", "##\\x23[x]");
    TEXT("##vso[task.setvariable]", "#\\x23vso[task.setvariable]");
    TEXT("##teamcity[x", "#\\x23teamcity[x");
    TEXT("ends in ##", "ends in #\\x23"); /* a bracket of ours could follow */
    TEXT("## heading [x]", "## heading [x]");
    TEXT("section_start:1:x\r", "section_start\\x3a1:x\\r");
    TEXT("a section_end:1:x", "a section_end\\x3a1:x");
}

static void long_text_is_cut_between_characters(void **state)
{
    (void)state;
    same(escape_add_text, SPAN("abcdefgh"), 8, "abcdefgh");
    same(escape_add_text, SPAN("abcdefghi"), 8, "abcde...");
    same(escape_add_text, SPAN("\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE6\x97\xA5"), 7,
         "\xE6\x97\xA5\xE6\x9C\xAC...");                            /* two columns each */
    same(escape_add_text, SPAN("ab\x1b\x1b\x1b"), 9, "ab\\x1b..."); /* never inside \x1b */
    same(escape_add_text, SPAN("abcdefgh "), 6, "\"abc...\"");
    same(escape_add_text, SPAN(" abc"), 2, "\"...\"");
}

static void code_spans_hold_anything(void **state)
{
    (void)state;
    CODE("plain", "`plain`");
    CODE("a`b", "``a`b``");
    CODE("```\n# big```", "```` ```\\n# big``` ````");
    CODE("`", "`` ` ``");
    CODE("a | b", "`a | b`");
    CELL("a | b", "`a \\| b`");
    CELL("a\\|b", "`a\\\\|b`");
    CODE("@octocat #1 **x** [l](http://e.invalid)", "`@octocat #1 **x** [l](http://e.invalid)`");
    CODE("<!-- tidegate:comment -->", "`\\x3c!-- tidegate:comment -->`");
    CODE("", "`\"\"`");
    CODE("##[error]x", "`#\\x23[error]x`"); /* a page may be printed in a log */
    PROSE("##[error]x", "#\\\\x23\\[error\\]x");
}

static void prose_loses_formatting(void **state)
{
    (void)state;
    PROSE("12 of 15 lines (80.00 %), 0.5 more", "12 of 15 lines (80.00 %), 0.5 more");
    PROSE("a | **b** `c ~d~", "a &#124; \\*\\*b\\*\\* \\`c `~d~`");
    PROSE("[t] (u) \\x a ~ b", "\\[t\\] (u) \\\\x a \\~ b");
    PROSE("snake_case_name _x_ __init__", "snake_case_name \\_x\\_ \\_\\_init\\_\\_");
    PROSE("</details><img src=x>", "&lt;/details&gt;&lt;img src=x&gt;");
    PROSE("a & b", "a &amp; b");
}

static void prose_keeps_code(void **state)
{
    (void)state;
    PROSE("set `empty: ok` (`a|b`), `@x`.", "set `empty: ok` (`a\\|b`), `@x`.");
    PROSE("`a`", "`a`");
    PROSE("a`b` ` c` `d ` `` ``e``", "a\\`b\\` \\` c\\` \\`d \\` \\`\\` \\`\\`e\\`\\`");
    PROSE("`a`\\x`!b @x(`c`", "`` `a`\\x`!b `` `` @x(`c` ``");
    PROSE("$`x`$ `y", "\\$\\`x\\`\\$ \\`y");
}

static void prose_begins_no_block(void **state)
{
    (void)state;
    LINE("## big", "\\## big");
    LINE("- item", "\\- item");
    LINE("---", "\\---");
    LINE("===", "\\===");
    LINE("+ item", "\\+ item");
    LINE("/approve", "\\/approve");
    LINE("12. item", "12\\. item");
    LINE("3) item", "3\\) item");
    LINE("* item", "\\* item");
    LINE("3.5 items - b / c # 1", "3.5 items - b / c # 1");
    LINE("-0.30 of +2", "-0.30 of +2");
    PROSE("- item", "- item"); /* a cell is no block */
}

static void prose_mentions_nobody(void **state)
{
    (void)state;
    PROSE("ping @octocat now", "ping `@octocat` now");
    PROSE("fixes #1, (org/repo#2).", "fixes `#1`, (`org/repo#2`).");
    PROSE("GH-2 gh-3 high-4", "`GH-2` `gh-3` high-4");
    PROSE("see !7 ~bug %12 $3 &4", "see `!7` `~bug` `%12` `$3` `&4`");
    PROSE("a1b2c3d and 1234567 and deadbeef", "`a1b2c3d` and 1234567 and deadbeef");
    PROSE("HTTPS://e.invalid www.e.invalid WWW.e.invalid",
          "`HTTPS://e.invalid` `www.e.invalid` `WWW.e.invalid`");
    PROSE("a:+1:b ns::name", "`a:+1:b` ns::name");
    PROSE("@a|b", "`@a\\|b`");
}

static void json_documents_stay_equal(void **state)
{
    (void)state;
    JSON("{\"a\": \"##[error]x\"}", "{\"a\": \"#\\u0023[error]x\"}");
    JSON("{\"a\": \"section_start:1\", \"s\": 2}", "{\"a\": \"section_start\\u003a1\", \"s\": 2}");
    JSON("{\"a##b\": \"c##\"}", "{\"a##b\": \"c##\"}");
    JSON("", "");
}

/* Whatever the bytes are, the result is valid UTF-8 on one line without control characters. */
static void no_bytes_get_through(void **state)
{
    (void)state;
    static const escape_function all[] = {escape_add_text, code_line, code_cell, prose};
    static const char alphabet[] = "#:[@`|\\ \n\x1b\xE2\x80\x8B\xAE\xC2\x9B\xF0\xFF<a1";
    uint32_t random = 1;
    for (unsigned round = 0; round < 40000; round++) {
        char bytes[12];
        for (size_t i = 0; i < sizeof(bytes); i++) {
            random = random * 1664525u + 1013904223u;
            bytes[i] = alphabet[(random >> 16) % (sizeof(alphabet) - 1)];
        }
        struct buf out = {0};
        all[round % 4](&out, span_make(bytes, sizeof(bytes)), round % 3 * 10);
        assert_int_equal(utf8_valid_size(buf_span(&out)), out.size);
        for (size_t i = 0; i < out.size; i++) {
            assert_true((unsigned char)out.data[i] >= 0x20 && out.data[i] != 0x7F);
        }
        assert_null(strstr(buf_text(&out), "##["));
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_stays),
        cmocka_unit_test(controls_are_shown),
        cmocka_unit_test(line_separators_are_shown),
        cmocka_unit_test(directions_are_shown),
        cmocka_unit_test(what_cannot_be_seen_is_shown),
        cmocka_unit_test(broken_bytes_are_shown),
        cmocka_unit_test(marks_do_not_pile_up),
        cmocka_unit_test(blank_text_is_quoted),
        cmocka_unit_test(runner_commands_are_broken),
        cmocka_unit_test(commands_inside_a_line_are_broken),
        cmocka_unit_test(long_text_is_cut_between_characters),
        cmocka_unit_test(code_spans_hold_anything),
        cmocka_unit_test(prose_loses_formatting),
        cmocka_unit_test(prose_keeps_code),
        cmocka_unit_test(prose_begins_no_block),
        cmocka_unit_test(prose_mentions_nobody),
        cmocka_unit_test(json_documents_stay_equal),
        cmocka_unit_test(no_bytes_get_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
