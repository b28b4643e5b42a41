/* What the first bytes of a report show to the probes. */
#include "check.h"

#include "collectors/collectors.h"

static struct head look(const char *text)
{
    struct head head;
    head_read(&head, span_of(text), SPAN("file"));
    return head;
}

static void the_root_of_xml_is_found(void **state)
{
    (void)state;
    struct head head =
        look("<?xml version='1.0'?>\n<!-- a <b> c -->\n<!DOCTYPE x [ <!ELEMENT y ANY> ]>\n"
             "<?pi <z>?><ns:root a=\"1>2\" b = '3'><!-- c --><child/></ns:root>");
    check_span(head.xml_root, "root");
    check_span(head.xml_child, "child");
    assert_true(head_has_attribute(&head, "a") && head_has_attribute(&head, "b"));
    assert_false(head_has_attribute(&head, "c"));
    head = look("<a/>");
    check_span(head.xml_root, "a");
    check_span(head.xml_child, "");
    head = look("<a></a>");
    check_span(head.xml_child, "");
    head = look("<!DOCTYPE x SYSTEM \"y\"><x xa='1'>");
    check_span(head.xml_root, "x");
    assert_false(head_has_attribute(&head, "a"));
    head = look("<![CDATA[ <a> ]]><b>");
    check_span(head.xml_root, "b");
    static const char *const cut[] = {"<",  "<!--",    "<?xml", "<a b=\"", "<!DOCTYPE x [",
                                      "<a", "text <a>"};
    for (size_t index = 0; index < sizeof(cut) / sizeof(cut[0]); index++) {
        head = look(cut[index]);
        assert_int_equal(head.json_kind, 0);
    }
}

static void the_keys_of_json_are_found(void **state)
{
    (void)state;
    struct head head = look(
        " { \"version\": \"2.1.0\", \"a\\\"b\": [ {\"x\": 1, \"y\": {\"z\": 2}}, {\"w\": 1} ], "
        "\"last\": true, \"deep\": {\"no\": 1} }");
    assert_int_equal(head.json_kind, '{');
    assert_true(head_has_key(&head, "version") && head_has_key(&head, "last"));
    assert_true(head_has_key(&head, "deep"));
    assert_false(head_has_key(&head, "x") || head_has_key(&head, "no"));
    assert_true(head_has_inner_key(&head, "x") && head_has_inner_key(&head, "y"));
    assert_false(head_has_inner_key(&head, "z") || head_has_inner_key(&head, "w"));
    head = look("[{\"file\": \"a\", \"line\": 1}, {\"other\": 2}]");
    assert_int_equal(head.json_kind, '[');
    assert_true(head_has_key(&head, "file") && head_has_key(&head, "line"));
    assert_false(head_has_key(&head, "other"));
    static const char *const cut[] = {"{",  "[",  "{\"a",    "{\"a\\", "[[[[",
                                      "{}", "[]", "{\"a\":", "}"};
    for (size_t index = 0; index < sizeof(cut) / sizeof(cut[0]); index++) {
        head = look(cut[index]);
        assert_true(head.json_key_count <= 1);
    }
}

static void deep_and_long_heads_are_bounded(void **state)
{
    struct buf text;
    struct head head;
    (void)state;
    buf_init(&text);
    buf_add_repeat(&text, '[', 10000);
    head_read(&head, buf_span(&text), SPAN("x"));
    assert_int_equal(head.json_key_count, 0);
    buf_clear(&text);
    buf_add_byte(&text, '{');
    for (unsigned key = 0; key < 100; key++) {
        buf_add_format(&text, "\"k%u\": 1,", key);
    }
    head_read(&head, buf_span(&text), SPAN("x"));
    assert_int_equal(head.json_key_count, HEAD_WORDS);
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_root_of_xml_is_found),
        cmocka_unit_test(the_keys_of_json_are_found),
        cmocka_unit_test(deep_and_long_heads_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
