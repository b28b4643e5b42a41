/* Waivers put into policy files of many styles. What the file must be afterwards is written out by
 * hand. */
#include "check.h"

#include "gates/gates.h"
#include "policy/policy_edit.h"

static const char *const formats[] = {"junit", NULL};

#define HEAD "version: 1\ngates:\n  - tests.failed: {at_most: 0}\n"
#define NEW                                                                                        \
    "  - gate: tests.failed\n    reason: \"new: it\"\n    owner: \"@x\"\n    until: 2027-01-31\n"
#define OLD "  - gate: tests.failed\n    reason: old\n    owner: me\n    until: 2020-01-01\n"

struct desk {
    struct arena arena;
    struct names names;
    struct diags diags;
    struct waiver waiver;
    struct buf out;
};

static void desk_open(struct desk *desk)
{
    arena_init(&desk->arena);
    names_init(&desk->names, &desk->arena);
    diags_init(&desk->diags, &desk->names);
    buf_init(&desk->out);
    desk->waiver = (struct waiver){.gate = names_add(&desk->names, SPAN("tests.failed")),
                                   .reason = names_add(&desk->names, SPAN("new: it")),
                                   .owner = names_add(&desk->names, SPAN("@x")),
                                   .until = 20270131};
}

static void desk_close(struct desk *desk)
{
    buf_release(&desk->out);
    diags_release(&desk->diags);
    names_release(&desk->names);
    arena_release(&desk->arena);
}

static enum err desk_add(struct desk *desk, const char *text)
{
    const struct policy_vocabulary vocabulary = {rules_specs(), formats};
    return policy_edit_add_waiver(span_of(text), names_add(&desk->names, SPAN("p.yml")),
                                  &desk->waiver, &vocabulary, &desk->out, &desk->diags);
}

static void becomes(const char *before, const char *after)
{
    struct desk desk;
    desk_open(&desk);
    assert_int_equal(desk_add(&desk, before), ERR_NONE);
    assert_string_equal(buf_text(&desk.out), after);
    assert_int_equal(diags_count(&desk.diags), 0);
    desk_close(&desk);
}

static void refused(const char *before, enum err err, enum diag_code code)
{
    struct desk desk;
    desk_open(&desk);
    assert_int_equal(desk_add(&desk, before), err);
    assert_int_equal(diags_at(&desk.diags, 0)->code, code);
    desk_close(&desk);
}

static void a_section_is_made_at_the_end(void **state)
{
    (void)state;
    becomes(HEAD, HEAD "waivers:\n" NEW);
    becomes(HEAD "# the end\n\n", HEAD "# the end\n\nwaivers:\n" NEW);
    becomes("version: 1\ngates:\n- tests.failed: {at_most: 0}",
            "version: 1\ngates:\n- tests.failed: {at_most: 0}\nwaivers:\n- gate: tests.failed\n"
            "  reason: \"new: it\"\n  owner: \"@x\"\n  until: 2027-01-31");
    becomes("  version: 1\n  gates: [tests.failed: {at_most: 0}]\n",
            "  version: 1\n  gates: [tests.failed: {at_most: 0}]\n  waivers:\n    - gate: "
            "tests.failed\n      reason: \"new: it\"\n      owner: \"@x\"\n      until: "
            "2027-01-31\n");
}

static void line_ends_stay_what_they_are(void **state)
{
    (void)state;
    becomes("version: 1\r\ngates:\r\n  - tests.failed: {at_most: 0}\r\n",
            "version: 1\r\ngates:\r\n  - tests.failed: {at_most: 0}\r\nwaivers:\r\n  - gate: "
            "tests.failed\r\n    reason: \"new: it\"\r\n    owner: \"@x\"\r\n    until: "
            "2027-01-31\r\n");
}

static void the_new_one_stands_behind_the_others(void **state)
{
    (void)state;
    becomes(HEAD "waivers:\n" OLD, HEAD "waivers:\n" OLD NEW);
    becomes("version: 1\nwaivers: # of the team\n" OLD "  # below\n\n# gates\ngates:\n  - "
            "tests.failed: {at_most: 0}\n",
            "version: 1\nwaivers: # of the team\n" OLD NEW "  # below\n\n# gates\ngates:\n  - "
            "tests.failed: {at_most: 0}\n");
    becomes(HEAD "waivers:\n  -   gate: tests.failed\n      until: 2020-01-01\n      owner: me\n"
                 "      reason: |\n        two\n\n        # lines\n\ninclude: [a]\n",
            HEAD "waivers:\n  -   gate: tests.failed\n      until: 2020-01-01\n      owner: me\n"
                 "      reason: |\n        two\n\n        # lines\n  -   gate: tests.failed\n"
                 "      reason: \"new: it\"\n      owner: \"@x\"\n      until: 2027-01-31\n\n"
                 "include: [a]\n");
    becomes(HEAD "waivers:\n  - {gate: tests.failed, reason: old,\n     owner: me, until: "
                 "2020-01-01}\n",
            HEAD "waivers:\n  - {gate: tests.failed, reason: old,\n     owner: me, until: "
                 "2020-01-01}\n" NEW);
}

static void brackets_are_understood(void **state)
{
    (void)state;
    becomes(HEAD "waivers:  [ ] # none\ninclude: [a]\n",
            HEAD "waivers: # none\n" NEW "include: [a]\n");
    becomes(HEAD "waivers: [{gate: tests.failed, reason: old, owner: me, until: 2020-01-01}]\n",
            HEAD "waivers: [{ gate: tests.failed, reason: \"new: it\", owner: \"@x\", until: "
                 "2027-01-31 }, {gate: tests.failed, reason: old, owner: me, until: "
                 "2020-01-01}]\n");
}

static void what_is_not_understood_is_left_alone(void **state)
{
    (void)state;
    refused("{version: 1, gates: [{tests.failed: {at_most: 0}}]}\n", ERR_UNUSABLE,
            DIAG_POLICY_EDIT);
    refused("---\n" HEAD "...\n", ERR_UNUSABLE, DIAG_POLICY_EDIT);
    refused(HEAD "waivers:\n", ERR_UNUSABLE, DIAG_POLICY_EDIT);
    /* the kept line ends belong to the reason: nothing can be put behind it */
    refused(HEAD "waivers:\n  - gate: tests.failed\n    until: 2020-01-01\n    owner: me\n"
                 "    reason: |+\n      kept\n\n",
            ERR_UNUSABLE, DIAG_POLICY_EDIT);
    refused(HEAD "waivers: &a []\n", ERR_POLICY, DIAG_POLICY_ANCHOR);
    refused(HEAD "waivers: [\n", ERR_POLICY, DIAG_POLICY_SYNTAX);
    refused("", ERR_POLICY, DIAG_POLICY_EMPTY);
}

static void labels_are_checked_against_the_policy(void **state)
{
    struct desk desk;
    (void)state;
    desk_open(&desk);
    desk.waiver.gate = names_add(&desk.names, SPAN("tests.faild"));
    assert_int_equal(desk_add(&desk, HEAD), ERR_POLICY);
    assert_int_equal(diags_at(&desk.diags, 0)->code, DIAG_POLICY_WAIVER_MATCH);
    assert_null(diags_at(&desk.diags, 0)->file);
    desk_close(&desk);
}

/* Whatever stands in the words, they come back as they were. */
static void words_survive(void **state)
{
    static const char *const reasons[] = {
        "true", "12",         "a # b",        "it's \"so\" \\ odd",
        "- x",  "two\nlines", "\xE2\x80\xA8", "Gr\xC3\xBC\xC3\x9F!",
        "null", "{a: b}"};
    (void)state;
    for (size_t index = 0; index < sizeof(reasons) / sizeof(reasons[0]); index++) {
        struct desk desk;
        desk_open(&desk);
        desk.waiver.reason = names_add(&desk.names, span_of(reasons[index]));
        assert_int_equal(desk_add(&desk, HEAD), ERR_NONE); /* which has compared them */
        desk_close(&desk);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_section_is_made_at_the_end),
        cmocka_unit_test(line_ends_stay_what_they_are),
        cmocka_unit_test(the_new_one_stands_behind_the_others),
        cmocka_unit_test(brackets_are_understood),
        cmocka_unit_test(what_is_not_understood_is_left_alone),
        cmocka_unit_test(labels_are_checked_against_the_policy),
        cmocka_unit_test(words_survive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
