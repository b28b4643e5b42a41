/* Small trusted documents: exact look-up, exact integers, and nothing that the strict reader
 * refuses. */
#include "check.h"

#include "base/json_tree.h"

static const char text[] =
    "{\"a\": {\"b\": [1, \"x\", true, null, -3, 2.5]}, \"A\": false,\n"
    " \"large\": 9007199254740993, \"larger\": 18446744073709551614,\n"
    " \"too large\": 18446744073709551616, \"empty\": {}, \"e\\u0301\": \"\"}";

static void members_are_found_by_their_exact_key(void **state)
{
    struct fault fault = {.kind = FAULT_NONE};
    struct span value;
    uint64_t number = 0;
    bool flag = true;
    (void)state;
    struct json_node *root = json_tree_open(span_of(text), &fault);
    assert_non_null(root);
    assert_true(json_node_is_object(root) && !json_node_is_array(root));
    assert_true(json_node_bool(json_node_get(root, "A"), &flag) && !flag);
    assert_null(json_node_get(root, "Empty"));
    assert_null(json_node_get(json_node_get(root, "none"), "a"));
    assert_true(json_node_text(json_node_get(root, "e\xcc\x81"), &value) && value.size == 0);
    assert_true(json_node_u64(json_node_get(root, "large"), &number));
    assert_true(number == UINT64_C(9007199254740993));
    assert_true(json_node_u64(json_node_get(root, "larger"), &number));
    assert_true(number == UINT64_MAX - 1);
    assert_false(json_node_u64(json_node_get(root, "too large"), &number));
    assert_null(json_node_first(json_node_get(root, "empty")));
    assert_string_equal(json_node_key(json_node_first(root)), "a");
    assert_string_equal(json_node_key(json_node_next(json_node_first(root))), "A");
    assert_string_equal(json_node_key(NULL), "");
    json_tree_close(root);
}

static void items_come_in_order_and_have_types(void **state)
{
    struct fault fault = {.kind = FAULT_NONE};
    struct span value;
    uint64_t number = 0;
    bool flag = false;
    (void)state;
    struct json_node *root = json_tree_open(span_of(text), &fault);
    const struct json_node *list = json_node_get(json_node_get(root, "a"), "b");
    assert_true(json_node_is_array(list) && !json_node_is_object(list));
    assert_null(json_node_get(list, "0"));
    const struct json_node *item = json_node_first(list);
    assert_string_equal(json_node_key(item), "");
    assert_true(json_node_u64(item, &number) && number == 1);
    assert_false(json_node_text(item, &value) || json_node_bool(item, &flag));
    item = json_node_next(item);
    assert_true(json_node_text(item, &value) && span_is(value, "x"));
    assert_false(json_node_u64(item, &number));
    assert_null(json_node_first(item));
    item = json_node_next(item);
    assert_true(json_node_bool(item, &flag) && flag);
    item = json_node_next(item); /* null */
    assert_false(json_node_bool(item, &flag) || json_node_u64(item, &number));
    item = json_node_next(item); /* -3 */
    assert_false(json_node_u64(item, &number));
    item = json_node_next(item); /* 2.5 */
    assert_false(json_node_u64(item, &number));
    assert_null(json_node_next(item));
    assert_null(json_node_next(NULL));
    json_tree_close(root);
}

static void roots_may_be_of_any_type(void **state)
{
    struct fault fault = {.kind = FAULT_NONE};
    uint64_t number = 0;
    (void)state;
    struct json_node *root = json_tree_open(SPAN(" 7 "), &fault);
    assert_true(json_node_u64(root, &number) && number == 7);
    json_tree_close(root);
    root = json_tree_open(SPAN("[]"), &fault);
    assert_true(json_node_is_array(root));
    json_tree_close(root);
    json_tree_close(NULL);
}

static void what_is_not_strict_is_refused(void **state)
{
    static const struct {
        const char *document;
        enum fault_kind kind;
    } cases[] = {{"", FAULT_EMPTY},
                 {"{\"a\":1,\"a\":2}", FAULT_DUPLICATE},
                 {"{\"a\":[{\"b\":\"c\"", FAULT_TRUNCATED},
                 {"{} {}", FAULT_SYNTAX},
                 {"[01]", FAULT_SYNTAX},
                 {"[\"\\u0000\"]", FAULT_CONTROL},
                 {"[\"\xff\"]", FAULT_ENCODING}};
    (void)state;
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        struct fault fault = {.kind = FAULT_NONE};
        assert_null(json_tree_open(span_of(cases[index].document), &fault));
        assert_int_equal(fault.kind, cases[index].kind);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_found_by_their_exact_key),
        cmocka_unit_test(items_come_in_order_and_have_types),
        cmocka_unit_test(roots_may_be_of_any_type),
        cmocka_unit_test(what_is_not_strict_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
