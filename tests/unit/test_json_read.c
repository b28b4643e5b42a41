/* The strict JSON reader: grammar, texts, places, duplicates, limits, and windows that end
 * anywhere. */
#include "check.h"

#include "base/json_keys.h"
#include "base/json_read.h"
#include "base/json_stops.h"
#include "base/limits.h"

#include <stdlib.h>

enum { WINDOW = 128 * 1024 }; /* what the reader holds at first */

/* ---- helpers ---- */

static void add_token(struct buf *out, struct json_reader *json, enum json_token token)
{
    static const char marks[] = {
        [JSON_OBJECT] = '{', [JSON_OBJECT_END] = '}', [JSON_ARRAY] = '[',  [JSON_ARRAY_END] = ']',
        [JSON_KEY] = 'k',    [JSON_STRING] = 's',     [JSON_NUMBER] = 'n', [JSON_TRUE] = 't',
        [JSON_FALSE] = 'f',  [JSON_NULL] = '0',       [JSON_END] = '.',    [JSON_FAULT] = '!'};
    buf_add_byte(out, marks[token]);
    if (token == JSON_KEY || token == JSON_STRING || token == JSON_NUMBER) {
        buf_add(out, json_text(json));
        buf_add_byte(out, ' ');
    }
}

/* Every token of a text; the fault that ended it, if any. */
static struct fault read_tokens(struct span text, bool many, struct buf *out)
{
    struct input *input = input_open_memory(text);
    struct json_reader *json = json_reader_open(input, many);
    enum json_token token = JSON_NULL;
    while (token != JSON_END && token != JSON_FAULT) {
        token = json_next(json);
        add_token(out, json, token);
    }
    struct fault fault = *input_fault(input);
    assert_int_equal(token == JSON_FAULT, fault.kind != FAULT_NONE);
    assert_int_equal(json_failed(json), fault.kind != FAULT_NONE);
    assert_int_equal(json_next(json), token);
    json_reader_close(json);
    input_close(input);
    return fault;
}

/* The same without looking at the value. */
static struct fault skip_all(struct span text)
{
    struct input *input = input_open_memory(text);
    struct json_reader *json = json_reader_open(input, false);
    json_skip(json);
    json_next(json);
    struct fault fault = *input_fault(input);
    json_reader_close(json);
    input_close(input);
    return fault;
}

static void check_tokens(struct span text, const char *wanted)
{
    struct buf out = {.size = 0};
    struct fault fault = read_tokens(text, false, &out);
    assert_string_equal(fault.text, "");
    check_text(&out, wanted);
    fault = skip_all(text);
    assert_string_equal(fault.text, "");
}

static void check_refused(struct span text, enum fault_kind kind, uint64_t line, uint64_t column)
{
    struct buf out = {.size = 0};
    struct fault faults[] = {read_tokens(text, false, &out), skip_all(text)};
    buf_release(&out);
    for (size_t mode = 0; mode < 2; mode++) {
        assert_int_equal(faults[mode].kind, kind);
        assert_int_equal(faults[mode].line, line);
        assert_int_equal(faults[mode].column, column);
        assert_true(strlen(faults[mode].text) > 0);
    }
}

/* ---- the grammar ---- */

static void values_come_as_tokens(void **state)
{
    static const char *const cases[][2] = {
        {"{}", "{}."},
        {"[]", "[]."},
        {" \t\r\n[ ] \n", "[]."},
        {"null", "0."},
        {"true", "t."},
        {"false", "f."},
        {"\"\"", "s ."},
        {"0", "n0 ."},
        {"-0", "n-0 ."},
        {"-12", "n-12 ."},
        {"10", "n10 ."},
        {"1.5", "n1.5 ."},
        {"0.25", "n0.25 ."},
        {"1e5", "n1e5 ."},
        {"1E+5", "n1E+5 ."},
        {"1.0e-05", "n1.0e-05 ."},
        {"123456789012345678901234567890", "n123456789012345678901234567890 ."},
        {"1e999", "n1e999 ."},
        {"[1,2 , 3]", "[n1 n2 n3 ]."},
        {"[[],{},[[]]]", "[[]{}[[]]]."},
        {"{\"a\":1}", "{ka n1 }."},
        {"{\"a\" : 1 , \"b\":[true,false,null]}", "{ka n1 kb [tf0]}."},
        {"{\"\":{\"\":\"\"}}", "{k {k s }}."},
        {"{\"a\":{\"a\":{\"a\":0}}}", "{ka {ka {ka n0 }}}."},
        {"[{\"a\":1},{\"a\":2}]", "[{ka n1 }{ka n2 }]."},
        {"\"a/b\\/c\"", "sa/b/c ."},
        {"\"\\\"\\\\\\b\\f\\n\\r\\t\"", "s\"\\\b\f\n\r\t ."},
        {"\"\\u0041\\u00e9\\u20AC\"", "sA\xc3\xa9\xe2\x82\xac ."},
        {"\"\\ud83d\\ude00\"", "s\xf0\x9f\x98\x80 ."},
        {"\"\\uD800\\uDC00\\uDBFF\\uDFFF\"", "s\xf0\x90\x80\x80\xf4\x8f\xbf\xbf ."},
        {"\"\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xf0\x90\x80\x80\"",
         "s\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xf0\x90\x80\x80 ."},
        {"{\"k\\u0065y \xc3\xa9\":1}", "{kkey \xc3\xa9 n1 }."},
        {"\"a longer text, past the first word of the machine\\n and on\"",
         "sa longer text, past the first word of the machine\n and on ."},
    };
    (void)state;
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        check_tokens(span_of(cases[index][0]), cases[index][1]);
    }
}

struct refusal {
    const char *text;
    enum fault_kind kind;
    uint64_t line, column;
};

static void what_the_grammar_does_not_allow_is_refused_with_its_place(void **state)
{
    static const struct refusal cases[] = {
        {"[1,]", FAULT_SYNTAX, 1, 4},
        {"[,1]", FAULT_SYNTAX, 1, 2},
        {"[1 2]", FAULT_SYNTAX, 1, 4},
        {"[1}", FAULT_SYNTAX, 1, 3},
        {"{]", FAULT_SYNTAX, 1, 2},
        {"{\"a\":1,}", FAULT_SYNTAX, 1, 8},
        {"{\"a\":1 \"b\":2}", FAULT_SYNTAX, 1, 8},
        {"{\"a\" 1}", FAULT_SYNTAX, 1, 6},
        {"{\"a\":}", FAULT_SYNTAX, 1, 6},
        {"{\"a\"}", FAULT_SYNTAX, 1, 5},
        {"{a:1}", FAULT_SYNTAX, 1, 2},
        {"{'a':1}", FAULT_SYNTAX, 1, 2},
        {"{1:1}", FAULT_SYNTAX, 1, 2},
        {"{\n  \"a\": 1,\n  /* x */ \"b\": 2\n}", FAULT_SYNTAX, 3, 3},
        {"[ // x\n]", FAULT_SYNTAX, 1, 3},
        {"[# x\n]", FAULT_SYNTAX, 1, 2},
        {"[NaN]", FAULT_SYNTAX, 1, 2},
        {"[-Infinity]", FAULT_SYNTAX, 1, 3},
        {"[True]", FAULT_SYNTAX, 1, 2},
        {"[undefined]", FAULT_SYNTAX, 1, 2},
        {"[nul]", FAULT_SYNTAX, 1, 2},
        {"[nulls]", FAULT_SYNTAX, 1, 6},
        {"[truth]", FAULT_SYNTAX, 1, 2},
        {"[faLse]", FAULT_SYNTAX, 1, 2},
        {"[01]", FAULT_SYNTAX, 1, 2},
        {"[-01]", FAULT_SYNTAX, 1, 3},
        {"[1.]", FAULT_SYNTAX, 1, 4},
        {"[.5]", FAULT_SYNTAX, 1, 2},
        {"[+1]", FAULT_SYNTAX, 1, 2},
        {"[-]", FAULT_SYNTAX, 1, 3},
        {"[1e]", FAULT_SYNTAX, 1, 4},
        {"[1e+]", FAULT_SYNTAX, 1, 5},
        {"[1.5.5]", FAULT_SYNTAX, 1, 5},
        {"[0x10]", FAULT_SYNTAX, 1, 3},
        {"\"a\nb\"", FAULT_SYNTAX, 1, 3},
        {"\"a\tb\"", FAULT_SYNTAX, 1, 3},
        {"\"\\x41\"", FAULT_SYNTAX, 1, 2},
        {"\"\\u12g4\"", FAULT_SYNTAX, 1, 2},
        {"\"\\u\"", FAULT_SYNTAX, 1, 2},
        {"[1]]", FAULT_SYNTAX, 1, 4},
        {"{} x", FAULT_SYNTAX, 1, 4},
        {"{}\n{}", FAULT_SYNTAX, 2, 1},
        {"1 2", FAULT_SYNTAX, 1, 3},
        {"[\x0b]", FAULT_SYNTAX, 1, 2},
        {"\xc2\xa0[]", FAULT_SYNTAX, 1, 1},
        {"<!DOCTYPE html>", FAULT_SYNTAX, 1, 1},
        {"\"\\ud800\"", FAULT_ENCODING, 1, 2},
        {"\"\\udc00\"", FAULT_ENCODING, 1, 2},
        {"\"\\ud800\\u0041\"", FAULT_ENCODING, 1, 2},
        {"\"\\ud800\\ud800\"", FAULT_ENCODING, 1, 2},
        {"\"ab\xff\"", FAULT_ENCODING, 1, 4},
        {"\"\x80\"", FAULT_ENCODING, 1, 2},
        {"\"\xc0\xaf\"", FAULT_ENCODING, 1, 2},
        {"\"\xc3(\"", FAULT_ENCODING, 1, 2},
        {"\"\xe0\x9f\xbf\"", FAULT_ENCODING, 1, 2},
        {"\"\xe2\x82(\"", FAULT_ENCODING, 1, 2},
        {"\"\xed\xa0\x80\"", FAULT_ENCODING, 1, 2},
        {"\"\xf0\x8f\xbf\xbf\"", FAULT_ENCODING, 1, 2},
        {"\"\xf0\x90\x80(\"", FAULT_ENCODING, 1, 2},
        {"\"\xf4\x90\x80\x80\"", FAULT_ENCODING, 1, 2},
        {"\"\xf5\x80\x80\x80\"", FAULT_ENCODING, 1, 2},
        {"{\"\xff\":1}", FAULT_ENCODING, 1, 3},
        {"\"\\u0000\"", FAULT_CONTROL, 1, 2},
        {"{\"a\\u0000\":1}", FAULT_CONTROL, 1, 4},
    };
    (void)state;
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        check_refused(span_of(cases[index].text), cases[index].kind, cases[index].line,
                      cases[index].column);
    }
    check_refused(SPAN("\"a\0b\""), FAULT_CONTROL, 1, 3);
    check_refused(SPAN("[\0]"), FAULT_CONTROL, 1, 2);
    check_refused(SPAN("{\0}"), FAULT_CONTROL, 1, 2);
    check_refused(SPAN("[1\0]"), FAULT_CONTROL, 1, 3);
    check_refused(SPAN("\0\0\0\0"), FAULT_CONTROL, 1, 1);
    check_refused(SPAN("[\0]\0"), FAULT_ENCODING, 1, 1); /* two characters of UTF-16 */
    check_refused(SPAN("[]\0"), FAULT_SYNTAX, 1, 3);
}

static void causes_are_named(void **state)
{
    static const struct {
        struct span text;
        const char *word;
    } cases[] = {{{"<html>", 6}, "error page"},
                 {{"[None]", 6}, "None"},
                 {{"{'a':1}", 7}, "single quotes"},
                 {{"[//\n]", 5}, "comment"},
                 {{"{\0\"\0a\0", 6}, "UTF-16"},
                 {{"\0{\0\"", 4}, "UTF-16"},
                 {{"[1]x", 4}, "behind the document: x"},
                 {{"{}\n3 issues:\n* a: 3\n", 20}, "behind the document: 3 issues:"},
                 {{"[1,]", 4}, "behind a comma"},
                 {{"{\"key\":1,\"key\":2}", 17}, "\"key\""}};
    (void)state;
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        struct fault fault = skip_all(cases[index].text);
        assert_non_null(strstr(fault.text, cases[index].word));
    }
}

/* ---- ends ---- */

static const char whole[] =
    "{\n  \"name\": \"caf\xc3\xa9 \\u00e9\\ud83d\\ude00\\n\",\n"
    "  \"list\": [1, -2.5e+3, true, false, null, {}],\r\n"
    "\t\"a key that is longer than thirty-one bytes\": [[\"\"], {\"x\": 0}]\n}";
static const char whole_tokens[] =
    "{kname scaf\xc3\xa9 \xc3\xa9\xf0\x9f\x98\x80\n klist [n1 n-2.5e+3 tf0{}]"
    "ka key that is longer than thirty-one bytes [[s ]{kx n0 }]}.";

static void every_cut_is_called_a_cut(void **state)
{
    (void)state;
    struct fault fault = skip_all(SPAN(""));
    assert_int_equal(fault.kind, FAULT_EMPTY);
    fault = skip_all(SPAN(" \n\t "));
    assert_int_equal(fault.kind, FAULT_EMPTY);
    for (size_t size = 1; size < sizeof(whole) - 1; size++) {
        struct buf out = {.size = 0};
        struct span cut = span_make(whole, size);
        fault = read_tokens(cut, false, &out);
        assert_int_equal(fault.kind, FAULT_TRUNCATED);
        fault = skip_all(cut);
        assert_int_equal(fault.kind, FAULT_TRUNCATED);
        buf_release(&out);
    }
    check_refused(SPAN("{\n\"a\": [1,\n"), FAULT_TRUNCATED, 3, 1);
    check_refused(SPAN("[\"\\ud83d"), FAULT_TRUNCATED, 1, 9);
    check_refused(SPAN("[1."), FAULT_TRUNCATED, 1, 4);
}

static void a_window_may_end_anywhere(void **state)
{
    (void)state;
    size_t size = sizeof(whole) - 1;
    char *padded = malloc(WINDOW + size);
    assert_non_null(padded);
    for (size_t before = 0; before <= size; before++) {
        size_t blanks = WINDOW - before;
        memset(padded, ' ', blanks);
        padded[0] = '\n';
        memcpy(padded + blanks, whole, size);
        check_tokens(span_make(padded, blanks + size), whole_tokens);
    }
    free(padded);
}

static void places_survive_the_move_of_the_window(void **state)
{
    (void)state;
    for (size_t before = 0; before < 12; before++) {
        struct buf text = {.size = 0};
        buf_add_text(&text, "[\n");
        buf_add_repeat(&text, ' ', WINDOW - before);
        buf_add_text(&text, "\"a\", x]");
        check_refused(buf_span(&text), FAULT_SYNTAX, 2, WINDOW - before + 6);
        buf_release(&text);
    }
}

static void long_texts_are_held_whole(void **state)
{
    struct buf text = {.size = 0};
    (void)state;
    buf_add_text(&text, "[\"");
    for (int part = 0; part < 50000; part++) {
        buf_add_text(&text, "0123456\\n");
    }
    buf_add_text(&text, "\", 1");
    buf_add_repeat(&text, '0', 300000);
    buf_add_text(&text, "]");
    struct input *input = input_open_memory(buf_span(&text));
    struct json_reader *json = json_reader_open(input, false);
    struct span value;
    assert_true(json_array(json) && json_item(json) && json_string(json, &value));
    assert_int_equal(value.size, 8 * 50000);
    assert_memory_equal(value.data + value.size - 8, "0123456\n", 8);
    assert_true(json_number(json, &value));
    assert_int_equal(value.size, 300001);
    assert_false(json_item(json));
    assert_int_equal(json_next(json), JSON_END);
    json_reader_close(json);
    input_close(input);
    buf_release(&text);
}

/* ---- ceilings ---- */

static void depth_has_a_ceiling(void **state)
{
    (void)state;
    size_t most = (size_t)LIMIT_JSON_DEPTH;
    struct buf text = {.size = 0};
    buf_add_repeat(&text, '[', most);
    buf_add_repeat(&text, ']', most);
    assert_int_equal(skip_all(buf_span(&text)).kind, FAULT_NONE);
    buf_clear(&text);
    buf_add_repeat(&text, '[', most + 1);
    check_refused(buf_span(&text), FAULT_LIMIT, 1, most + 1);
    buf_clear(&text);
    for (size_t level = 0; level <= most; level++) {
        buf_add_text(&text, "{\"a\":");
    }
    check_refused(buf_span(&text), FAULT_LIMIT, 1, most * 5 + 1);
    buf_release(&text);
}

static void a_text_that_is_wanted_has_a_ceiling(void **state)
{
    (void)state;
    struct buf text = {.size = 0};
    buf_add_text(&text, "\n \"");
    buf_add_repeat(&text, 'x', (size_t)LIMIT_JSON_STRING * 2);
    buf_add_byte(&text, '"');
    struct buf out = {.size = 0};
    struct fault fault = read_tokens(buf_span(&text), false, &out);
    assert_int_equal(fault.kind, FAULT_LIMIT);
    assert_int_equal(fault.line, 2);
    assert_int_equal(fault.column, 3);
    assert_int_equal(skip_all(buf_span(&text)).kind, FAULT_NONE);
    buf_release(&out);
    buf_release(&text);
}

/* ---- duplicate keys ---- */

static void a_key_stands_once_in_an_object(void **state)
{
    (void)state;
    check_refused(SPAN("{\"a\":1,\"a\":2}"), FAULT_DUPLICATE, 1, 8);
    check_refused(SPAN("{\"a\":1,\n\"b\":{\"a\":{}},\n \"a\":2}"), FAULT_DUPLICATE, 3, 2);
    check_refused(SPAN("{\"a\":1,\"\\u0061\":2}"), FAULT_DUPLICATE, 1, 8);
    check_refused(SPAN("{\"\\u0061\":1,\"a\":2}"), FAULT_DUPLICATE, 1, 13);
    check_refused(SPAN("{\"\":1,\"\":2}"), FAULT_DUPLICATE, 1, 7);
    check_refused(SPAN("{\"1\":1,\"2\":1,\"1\":2}"), FAULT_DUPLICATE, 1, 14);
    check_refused(SPAN("{\"\\\"\":1,\"\\u0022\":2}"), FAULT_DUPLICATE, 1, 9);
    check_refused(SPAN("[{\"a\":1,\"b\":2},{\"a\":1,\"b\":2,\"a\":3}]"), FAULT_DUPLICATE, 1, 29);
    check_tokens(SPAN("{\"a\":1,\"A\":2,\"a \":3,\"b\":{\"a\":4}}"),
                 "{ka n1 kA n2 ka  n3 kb {ka n4 }}.");
}

/* An object with this many keys, the last of which has the number `last`. */
static void add_many_keys(struct buf *text, const char *prefix, unsigned count, unsigned last)
{
    buf_add_byte(text, '{');
    for (unsigned number = 0; number < count; number++) {
        buf_add_format(text, "%s\"%s%u\":{\"x\":%u}", number > 0 ? "," : "", prefix,
                       number + 1 < count ? number : last, number);
    }
    buf_add_byte(text, '}');
}

static void many_keys_are_told_apart_too(void **state)
{
    /* Words of a format, and keys that come from data: numbers, and long names. */
    static const char *const prefixes[] = {"word", "", "src/some/where/in/a/deep/folder/file"};
    static const unsigned counts[] = {24, 25, 26, 255, 256, 300, 5000};
    (void)state;
    for (size_t prefix = 0; prefix < sizeof(prefixes) / sizeof(prefixes[0]); prefix++) {
        for (size_t count = 0; count < sizeof(counts) / sizeof(counts[0]); count++) {
            struct buf text = {.size = 0};
            unsigned keys = counts[count];
            add_many_keys(&text, prefixes[prefix], keys, keys - 1);
            assert_int_equal(skip_all(buf_span(&text)).kind, FAULT_NONE);
            buf_clear(&text);
            add_many_keys(&text, prefixes[prefix], keys, 0);
            assert_int_equal(skip_all(buf_span(&text)).kind, FAULT_DUPLICATE);
            buf_clear(&text);
            add_many_keys(&text, prefixes[prefix], keys, keys - 2);
            assert_int_equal(skip_all(buf_span(&text)).kind, FAULT_DUPLICATE);
            buf_release(&text);
        }
    }
}

/* The same keys in another order, and others between: what is foreseen must not matter. */
static void keys_that_come_out_of_order_are_read_all_the_same(void **state)
{
    (void)state;
    check_tokens(SPAN("[{\"ab\":1,\"cd\":2},{\"cd\":3,\"ab\":4},{\"abc\":5,\"a\":6,\"ab\":7},"
                      "{\"ab\":8,\"cd\":9}]"),
                 "[{kab n1 kcd n2 }{kcd n3 kab n4 }{kabc n5 ka n6 kab n7 }{kab n8 kcd n9 }].");
    check_tokens(
        SPAN("[{\"exactly7\":1},{\"exactly78\":1},{\"exactly7\" :1},{\"exactly7\\u0038\":1}]"),
        "[{kexactly7 n1 }{kexactly78 n1 }{kexactly7 n1 }{kexactly78 n1 }].");
}

/* Escapes anywhere in the pieces of 64 bytes in which texts are walked, and one fault that must be
 * found. */
static void escapes_are_found_wherever_they_stand(void **state)
{
    static const char *const pieces[][2] = {
        {"\\\\", "\\"}, {"\\\"", "\""},           {"\\n", "\n"}, {"\\u00e9", "\xc3\xa9"},
        {"\\t", "\t"},  {"\xc3\xa9", "\xc3\xa9"}, {"n", "n"},    {"plain text ", "plain text "},
        {"x", "x"}};
    static const char *const faults[] = {"\\x", "\\\x01", "\x01", "\\u12", "\\\xc3", "\xff"};
    struct buf text = {.size = 0};
    struct buf wanted = {.size = 0};
    uint64_t random = 11;
    (void)state;
    for (unsigned round = 0; round < 3000; round++) {
        buf_clear(&text);
        buf_clear(&wanted);
        buf_add_byte(&text, '"');
        buf_add_byte(&wanted, 's');
        while (text.size < round % 211) {
            random = random * 6364136223846793005U + 1442695040888963407U;
            size_t piece =
                (random >> 40) % (round % 2 == 0 ? 4 : sizeof(pieces) / sizeof(pieces[0]));
            buf_add_text(&text, pieces[piece][0]);
            buf_add_text(&wanted, pieces[piece][1]);
        }
        size_t column = text.size + 1;
        const char *fault = faults[round % (sizeof(faults) / sizeof(faults[0]))];
        buf_add_text(&text, "\"");
        buf_add_text(&wanted, " .");
        check_tokens(buf_span(&text), buf_text(&wanted));
        text.size--;
        buf_add_text(&text, fault);
        buf_add_text(&text, "\", and some more text behind it, \\ n");
        struct buf out = {.size = 0};
        struct fault found[] = {read_tokens(buf_span(&text), false, &out),
                                skip_all(buf_span(&text))};
        buf_release(&out);
        for (size_t mode = 0; mode < 2; mode++) {
            assert_int_equal(found[mode].kind, *fault == '\xff' ? FAULT_ENCODING : FAULT_SYNTAX);
            assert_int_equal(found[mode].column, column);
        }
    }
    buf_release(&text);
    buf_release(&wanted);
}

/* Adds white space: mostly as documents have it, `depth` levels deep, sometimes any. */
static void add_blanks(struct buf *text, bool feed, unsigned depth, uint64_t *random)
{
    static const char *const odd[] = {"", " ", "  ", "\n", "\t", "\r\n  ", "\n\n    ", " \n "};
    *random = *random * 6364136223846793005U + 1442695040888963407U;
    if ((*random >> 40) % 16 == 0) {
        buf_add_text(text, odd[(*random >> 50) % (sizeof(odd) / sizeof(odd[0]))]);
    } else if (feed) {
        unsigned unit = (*random >> 44) % 64 == 0 ? 9 : 2;
        buf_add_byte(text, '\n');
        buf_add_repeat(text, ' ', (size_t)unit * depth);
    }
}

/* Adds `count` objects: {"s":"text","n":12,"o":{"n":3}}. */
static void add_blank_document(struct buf *text, unsigned count, bool feed, uint64_t *random)
{
    static const struct {
        const char *token;
        bool feed; /* before it */
        unsigned depth;
    } tokens[] = {{"{", true, 1},     {"\"s\"", true, 2}, {":", false, 0}, {"\"text\"", false, 0},
                  {",", false, 0},    {"\"n\"", true, 2}, {":", false, 0}, {"12", false, 0},
                  {",", false, 0},    {"\"o\"", true, 2}, {":", false, 0}, {"{", false, 0},
                  {"\"n\"", true, 3}, {":", false, 0},    {"3", false, 0}, {"}", true, 2},
                  {"}", true, 1}};
    buf_add_byte(text, '[');
    for (unsigned item = 0; item < count; item++) {
        buf_add_text(text, item > 0 ? "," : "");
        for (size_t at = 0; at < sizeof(tokens) / sizeof(tokens[0]); at++) {
            add_blanks(text, feed && tokens[at].feed, tokens[at].depth, random);
            buf_add_text(text, tokens[at].token);
        }
    }
    add_blanks(text, feed, 0, random);
}

/* Reads such an object and says whether it was complete. */
static bool read_blank_object(struct json_reader *json, bool skipping)
{
    struct span key, text;
    unsigned seen = 0;
    uint64_t number = 0;
    assert_true(json_object(json));
    while (json_key(json, &key)) {
        if (skipping) {
            json_skip(json);
        } else if (span_is(key, "s")) {
            seen += json_string(json, &text) && span_is(text, "text");
        } else if (span_is(key, "n")) {
            seen += json_u64(json, &number) && number == 12;
        } else {
            assert_true(span_is(key, "o") && json_object(json));
            seen += json_key(json, &key) && json_u64(json, &number) && number == 3;
            json_leave(json);
        }
    }
    return skipping || seen == 3;
}

/* Blanks as usual, and others between: what is foreseen must not matter, and lines are counted. */
static void blanks_of_any_kind_are_skipped(void **state)
{
    struct buf text = {.size = 0};
    uint64_t random = 3;
    (void)state;
    for (unsigned round = 0; round < 400; round++) {
        buf_clear(&text);
        add_blank_document(&text, 12, round % 4 != 0, &random);
        buf_add_byte(&text, '?');
        size_t lines = 1;
        size_t column = 0;
        for (size_t at = 0; at < text.size; at++) {
            lines += text.data[at] == '\n';
            column = text.data[at] == '\n' ? 0 : column + 1;
        }
        struct input *input = input_open_memory(buf_span(&text));
        struct json_reader *json = json_reader_open(input, false);
        unsigned objects = 0;
        assert_true(json_array(json));
        while (json_item(json)) {
            assert_true(read_blank_object(json, round % 2 != 0));
            objects++;
        }
        assert_int_equal(objects, 12);
        assert_int_equal(input_fault(input)->kind, FAULT_SYNTAX);
        assert_int_equal(input_fault(input)->line, lines);
        assert_int_equal(input_fault(input)->column, column);
        json_reader_close(json);
        input_close(input);
        check_refused(buf_span(&text), FAULT_SYNTAX, lines, column);
    }
    buf_release(&text);
}

/* Adds an object whose members are objects of the same few keys, down to `depth`; true if a key
 * stands twice in one. */
static bool add_random_object(struct buf *text, unsigned depth, uint64_t *random)
{
    static const char *const keys[] = {"a", "b", "id", "a name that is too long to be foreseen"};
    bool twice = false;
    unsigned taken = 0;
    buf_add_byte(text, '{');
    for (unsigned member = 0; member < 3; member++) {
        *random = *random * 6364136223846793005U + 1442695040888963407U;
        unsigned key = (unsigned)(*random >> 40) % 16;
        key = (*random >> 33) % 256 == 0 ? key % 4 : member; /* mostly once, in the same order */
        twice = twice || (taken >> key & 1) != 0;
        taken |= 1U << key;
        buf_add_format(text, "%s\"%s\":", member > 0 ? "," : "", keys[key]);
        if (depth > 0) {
            bool listed = (*random >> 50) % 4 == 0;
            buf_add_text(text, listed ? "[" : "");
            twice = add_random_object(text, depth - 1, random) || twice;
            buf_add_text(text, listed ? "]" : "");
        } else {
            buf_add_byte(text, '1');
        }
    }
    buf_add_byte(text, '}');
    return twice;
}

static void keys_of_one_name_at_many_depths_are_kept_apart(void **state)
{
    struct buf text = {.size = 0};
    struct buf tokens = {.size = 0};
    uint64_t random = 7;
    unsigned refused = 0;
    (void)state;
    check_refused(SPAN("{\"a\":1,\"b\":{\"a\":{\"a\":1}},\"a\":2}"), FAULT_DUPLICATE, 1, 26);
    for (unsigned round = 0; round < 500; round++) {
        buf_clear(&text);
        buf_add_byte(&text, '[');
        bool twice = false;
        for (unsigned item = 0; item < 4; item++) {
            buf_add_text(&text, item > 0 ? "," : "");
            twice = add_random_object(&text, 3, &random) || twice;
        }
        buf_add_byte(&text, ']');
        refused += twice;
        assert_int_equal(skip_all(buf_span(&text)).kind, twice ? FAULT_DUPLICATE : FAULT_NONE);
        buf_clear(&tokens);
        assert_int_equal(read_tokens(buf_span(&text), false, &tokens).kind,
                         twice ? FAULT_DUPLICATE : FAULT_NONE);
    }
    assert_in_range(refused, 50, 450);
    buf_release(&tokens);
    buf_release(&text);
}

static void keys_of_open_objects_have_a_ceiling(void **state)
{
    struct json_keys keys;
    (void)state;
    json_keys_init(&keys);
    json_keys_open(&keys);
    char text[16] = "0";
    for (uint64_t number = 0; number <= LIMIT_JSON_KEYS; number++) {
        memcpy(text + 1, &number, sizeof(number));
        enum json_keys_answer answer = json_keys_add(&keys, span_make(text, 9));
        if (answer != (number < LIMIT_JSON_KEYS ? JSON_KEYS_NEW : JSON_KEYS_TOO_MANY)) {
            fail_msg("key %llu: answer %d", (unsigned long long)number, (int)answer);
        }
    }
    json_keys_close(&keys);
    json_keys_open(&keys);
    assert_int_equal(json_keys_add(&keys, span_make(text, 9)), JSON_KEYS_NEW);
    json_keys_release(&keys);
}

/* ---- several documents ---- */

static void documents_may_follow_each_other_when_asked_for(void **state)
{
    (void)state;
    struct buf out = {.size = 0};
    struct fault fault = read_tokens(SPAN("{\"a\":1}\n{\"a\":2}\n\n [] 3\n"), true, &out);
    assert_int_equal(fault.kind, FAULT_NONE);
    check_text(&out, "{ka n1 }{ka n2 }[]n3 .");
    fault = read_tokens(SPAN("{}\n{}{}"), true, &out);
    assert_int_equal(fault.kind, FAULT_SYNTAX);
    assert_int_equal(fault.line, 2);
    assert_int_equal(fault.column, 3);
    check_text(&out, "{}{}!");
    fault = read_tokens(SPAN("{}\n{\"a\":"), true, &out);
    assert_int_equal(fault.kind, FAULT_TRUNCATED);
    check_text(&out, "{}{ka !");
    fault = read_tokens(SPAN("\n"), true, &out);
    assert_int_equal(fault.kind, FAULT_EMPTY);
    buf_release(&out);
}

/* Code Climate puts a NUL behind each; a file that a crash filled up with zeros has more. */
static void documents_may_end_with_one_nul(void **state)
{
    (void)state;
    struct buf out = {.size = 0};
    struct fault fault = read_tokens(SPAN("{\"a\":1}\0{}\0\n[]\n\0"), true, &out);
    assert_string_equal(fault.text, "");
    buf_release(&out);
    fault = read_tokens(SPAN("{}\0\0"), true, &out);
    assert_int_equal(fault.kind, FAULT_CONTROL);
    assert_int_equal(fault.column, 4);
    buf_release(&out);
    fault = read_tokens(SPAN("\0{}"), true, &out);
    assert_int_equal(fault.kind, FAULT_CONTROL);
    buf_release(&out);
    fault = read_tokens(SPAN("{}\0"), false, &out);
    assert_int_equal(fault.kind, FAULT_SYNTAX);
    buf_release(&out);
}

/* ---- helpers for callers ---- */

struct opened {
    struct input *input;
    struct json_reader *json;
};

static struct opened open_text(const char *text)
{
    struct opened opened = {.input = input_open_memory(span_of(text))};
    opened.json = json_reader_open(opened.input, false);
    return opened;
}

static void close_text(struct opened *opened)
{
    json_reader_close(opened->json);
    input_close(opened->input);
}

static void helpers_take_one_value_of_any_type(void **state)
{
    (void)state;
    struct opened opened = open_text("[{\"a\":[1]},\"s\",7,-7,1.5,true,[2],null,8]");
    struct json_reader *json = opened.json;
    struct span text = {NULL, 0};
    uint64_t number = 0;
    bool flag = false;
    assert_true(json_array(json));
    assert_false(json_string(json, &text)); /* the object */
    assert_false(json_object(json));        /* "s" */
    assert_false(json_array(json));         /* 7 */
    assert_false(json_u64(json, &number));  /* -7 */
    assert_false(json_u64(json, &number));  /* 1.5 */
    assert_false(json_number(json, &text)); /* true */
    assert_false(json_bool(json, &flag));   /* [2] */
    assert_false(json_bool(json, &flag));   /* null */
    assert_true(json_item(json));
    assert_true(json_u64(json, &number) && number == 8);
    assert_false(json_item(json));
    assert_int_equal(json_next(json), JSON_END);
    assert_false(json_failed(json));
    close_text(&opened);
}

static void a_token_can_be_looked_at_before_it_is_taken(void **state)
{
    (void)state;
    struct opened opened = open_text("{\"a\":[{\"b\":1},2],\n \"c\":\"d\"}");
    struct json_reader *json = opened.json;
    struct span key;
    assert_int_equal(json_peek(json), JSON_OBJECT);
    assert_int_equal(json_peek(json), JSON_OBJECT);
    assert_true(json_object(json) && json_key(json, &key) && span_is(key, "a"));
    assert_int_equal(json_peek(json), JSON_ARRAY);
    json_skip(json);
    assert_int_equal(json_peek(json), JSON_KEY);
    assert_true(json_key(json, &key) && span_is(key, "c"));
    assert_int_equal(json_line(json), 2);
    assert_int_equal(json_column(json), 2);
    assert_int_equal(json_peek(json), JSON_STRING);
    assert_int_equal(json_column(json), 6);
    bool flag = false;
    assert_false(json_bool(json, &flag));
    assert_false(json_key(json, &key));
    assert_int_equal(json_peek(json), JSON_END);
    assert_int_equal(json_next(json), JSON_END);
    close_text(&opened);
}

static void a_caller_can_refuse_what_the_grammar_allows(void **state)
{
    (void)state;
    struct opened opened = open_text("{\n \"a\": 7, \"b\": 8}");
    struct json_reader *json = opened.json;
    struct span key;
    uint64_t number = 0;
    assert_true(json_object(json) && json_key(json, &key) && json_u64(json, &number));
    json_refuse(json, FAULT_LIMIT, "seven is too many");
    assert_true(json_failed(json));
    assert_false(json_key(json, &key));
    assert_false(json_item(json));
    assert_false(json_object(json));
    json_skip(json);
    assert_int_equal(json_next(json), JSON_FAULT);
    const struct fault *fault = input_fault(opened.input);
    assert_int_equal(fault->kind, FAULT_LIMIT);
    assert_int_equal(fault->line, 2);
    assert_int_equal(fault->column, 7);
    assert_string_equal(fault->text, "seven is too many");
    close_text(&opened);
}

static void a_fault_of_the_input_is_not_called_a_cut(void **state)
{
    static const char cut_gzip[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x8b\x8e";
    (void)state;
    struct fault fault = skip_all(span_make(cut_gzip, sizeof(cut_gzip) - 1));
    assert_int_equal(fault.kind, FAULT_COMPRESSED);
}

/* ---- words of bytes ---- */

static void stops_are_found_in_every_byte(void **state)
{
    (void)state;
    uint64_t random = 88172645463325252U;
    for (int round = 0; round < 2000; round++) {
        _Alignas(16) char bytes[64];
        uint64_t wanted = 0;
        uint64_t blanks = 0;
        for (size_t index = 0; index < sizeof(bytes); index++) {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            static const char often[] = {' ', 'a', '"', '\\', '\x1f', '\x20', '\x7f', '\x80'};
            bytes[index] = (random >> 40) % 2 == 0 ? (char)(random >> 20)
                                                   : often[(random >> 30) % sizeof(often)];
            unsigned char byte = (unsigned char)bytes[index];
            bool stop = byte == '"' || byte == '\\' || byte < 0x20 || byte >= 0x80;
            wanted |= (uint64_t)stop << index;
            blanks |= (uint64_t)(byte == ' ' && index < 32) << index;
        }
        assert_true(json_stops_64(bytes) == wanted);
        assert_true(json_stops_portable(bytes) == (wanted & UINT32_MAX));
        assert_true(json_blanks_32(bytes) == blanks);
        uint64_t differences = UINT64_MAX << 32;
        for (unsigned index = 0; index < 32; index++) {
            differences |= (uint64_t)(bytes[index] != bytes[index + 32]) << index;
        }
        assert_true(json_differences_32(bytes, bytes + 32) == differences);
        assert_true(json_differences_portable(bytes, bytes + 32) == differences);
        assert_true(json_blanks_portable(bytes) == blanks);
    }
    for (size_t size = 0; size <= 40; size++) {
        char line[40 + 32];
        size_t most = size < 8 ? size : 8;
        memset(line, 'x', sizeof(line));
        memset(line, '0' + (int)(size % 10), size);
        assert_int_equal(json_digits_8(line), most);
        line[most] = '/' + (char)(size % 2 * 11); /* the neighbours of the digits */
        assert_int_equal(json_digits_8(line), most);
    }
}

static void numbers_are_read_from_few_digits(void **state)
{
    (void)state;
    for (uint64_t number = 0; number <= 99999999; number = number * 3 + 1) {
        struct buf text = {.size = 0};
        buf_add_u64(&text, number);
        size_t size = text.size;
        buf_add_text(&text, ",\"98765");
        assert_true(json_digits_value(buf_text(&text), size) == number);
        buf_release(&text);
    }
    assert_true(json_digits_value("00000007", 8) == 7);
    assert_true(json_digits_value("99999999", 8) == 99999999);
    assert_true(json_digits_value("10203040", 8) == 10203040);
    assert_true(json_digits_value("10203040", 5) == 10203);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_as_tokens),
        cmocka_unit_test(what_the_grammar_does_not_allow_is_refused_with_its_place),
        cmocka_unit_test(causes_are_named),
        cmocka_unit_test(every_cut_is_called_a_cut),
        cmocka_unit_test(a_window_may_end_anywhere),
        cmocka_unit_test(places_survive_the_move_of_the_window),
        cmocka_unit_test(long_texts_are_held_whole),
        cmocka_unit_test(depth_has_a_ceiling),
        cmocka_unit_test(a_text_that_is_wanted_has_a_ceiling),
        cmocka_unit_test(a_key_stands_once_in_an_object),
        cmocka_unit_test(many_keys_are_told_apart_too),
        cmocka_unit_test(keys_that_come_out_of_order_are_read_all_the_same),
        cmocka_unit_test(escapes_are_found_wherever_they_stand),
        cmocka_unit_test(blanks_of_any_kind_are_skipped),
        cmocka_unit_test(keys_of_one_name_at_many_depths_are_kept_apart),
        cmocka_unit_test(keys_of_open_objects_have_a_ceiling),
        cmocka_unit_test(documents_may_follow_each_other_when_asked_for),
        cmocka_unit_test(documents_may_end_with_one_nul),
        cmocka_unit_test(helpers_take_one_value_of_any_type),
        cmocka_unit_test(a_token_can_be_looked_at_before_it_is_taken),
        cmocka_unit_test(a_caller_can_refuse_what_the_grammar_allows),
        cmocka_unit_test(a_fault_of_the_input_is_not_called_a_cut),
        cmocka_unit_test(stops_are_found_in_every_byte),
        cmocka_unit_test(numbers_are_read_from_few_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
