/* What people read about two policies: one line for all that is gone, different, left out or
 * excused anew. */
#include "check.h"

#include "gates/gates.h"
#include "policy/policy_difference.h"
#include "policy/policy_read.h"

static const char *const formats[] = {"junit", "lcov", NULL};

static const char before_text[] =
    "version: 1\n"
    "reports:\n"
    "  - {path: a.xml, group: unit, expect: 2, format: junit}\n"
    "  - {path: b.xml, group: e2e}\n"
    "components: {api: [src/api/**], web: [src/web/**]}\n"
    "include: [src/**]\n"
    "exclude: [gen/**]\n"
    "baseline: {branch: main, missing: fail}\n"
    "denominators: {may_shrink: 5}\n"
    "gates:\n"
    "  - coverage.line: {at_least: 80}\n"
    "  - coverage.line: {at_least: 90, severity: warn}\n"
    "  - coverage.line: {ratchet: true, slack: 0.5, component: api}\n"
    "  - tests.failed: {at_most: 0, group: unit}\n"
    "  - tests: {present: true, max_age: 2h}\n"
    "  - e2e: {present: true}\n"
    "waivers:\n"
    "  - {gate: coverage.line, reason: r, owner: me, until: 2027-01-31}\n";

static void compare(const char *after_text, const char *wanted)
{
    struct policy_vocabulary vocabulary = {rules_specs(), formats};
    struct arena arena;
    struct names names;
    struct diags diags;
    struct policy before;
    struct policy after;
    struct vec lines;
    struct buf said = {NULL, 0, 0};
    arena_init(&arena);
    names_init(&names, &arena);
    diags_init(&diags, &names);
    policy_init(&before);
    policy_init(&after);
    vec_init(&lines, sizeof(const struct name *));
    enum err err = policy_read(&before, &names, span_of(before_text), NULL, &vocabulary, &diags);
    if (err == ERR_NONE) {
        err = policy_read(&after, &names, span_of(after_text), NULL, &vocabulary, &diags);
    }
    if (err != ERR_NONE) {
        fail_msg("%s", name_text(diags_at(&diags, 0)->text));
    }
    policy_difference(&before, &after, &names, &lines);
    for (size_t index = 0; index < lines.count; index++) {
        buf_add(&said, name_span(*(const struct name *const *)vec_at(&lines, index)));
        buf_add_byte(&said, '\n');
    }
    check_text(&said, wanted);
    vec_release(&lines);
    policy_release(&after);
    policy_release(&before);
    diags_release(&diags);
    names_release(&names);
    arena_release(&arena);
}

static void test_equal(void **state)
{
    (void)state;
    compare(before_text, "");
}

static void test_everything(void **state)
{
    (void)state;
    compare("version: 1\n"
            "reports:\n"
            "  - {path: a.xml, group: unit, optional: true, empty: ok, partial: warn, root: sub}\n"
            "components: {api: [src/api/v2/**]}\n"
            "exclude: [gen/**, old/**]\n"
            "baseline: {branch: other}\n"
            "denominators: {may_shrink: 50, tests.total: 100}\n"
            "waiver_in_change: allow\n"
            "gates:\n"
            "  - coverage.line: {at_least: 60}\n"
            "  - coverage.line: {at_least: 90, severity: warn}\n"
            "  - coverage.line: {ratchet: true, slack: 2, component: api}\n"
            "  - tests.failed: {at_most: 0, group: unit, severity: info}\n"
            "  - tests: {present: true, max_age: 2h}\n"
            "  - findings.error: {at_most: 0}\n"
            "waivers:\n"
            "  - {gate: coverage.line, reason: longer, owner: me, until: 2027-02-28}\n"
            "  - {gate: tests.failed, group: unit, reason: flaky, owner: you, until: 2026-12-31}\n",
            "coverage.line: at_least was 80, is 60\n"
            "coverage.line (component api): slack was 0.5, is 2\n"
            "tests.failed (group unit): severity of the threshold rule was block, is info\n"
            "e2e: the present rule is gone (present true)\n"
            "the report a.xml: optional was false, is true\n"
            "the report a.xml: empty was block, is ok\n"
            "the report a.xml: partial was block, is warn\n"
            "the report a.xml: format was junit, is not set\n"
            "the report a.xml: root was not set, is sub\n"
            "the report a.xml: expect was 2, is 0\n"
            "reports: b.xml is no longer read (group e2e)\n"
            "exclude: old/** is new\n"
            "include: src/** is gone\n"
            "component api: src/api/** is gone\n"
            "component api: src/api/v2/** is new\n"
            "component web is gone\n"
            "baseline.branch was main, is other\n"
            "baseline.missing was fail, is warn\n"
            "denominators.may_shrink was 5, is 50\n"
            "denominators.tests.total was not set, is 100\n"
            "waiver_in_change was codeowners, is allow\n"
            "a new waiver for coverage.line by me until 2027-02-28: longer\n"
            "a new waiver for tests.failed (group unit) by you until 2026-12-31: flaky\n");
}

static void test_other_kinds(void **state)
{
    (void)state;
    compare("version: 1\n"
            "gates:\n"
            "  - tests: {present: true, max_age: 1d}\n"
            "  - coverage.line: {at_least: 80}\n"
            "  - coverage.line: {at_least: 90, severity: warn}\n",
            "coverage.line (component api): the ratchet rule is gone (ratchet true, slack 0.5)\n"
            "tests.failed (group unit): the threshold rule is gone (at_most 0)\n"
            "tests: max_age was 7200 seconds, is 86400 seconds\n"
            "e2e: the present rule is gone (present true)\n"
            "reports: none is listed any more, so none is missed\n"
            "exclude: gen/** is gone\n"
            "include: src/** is gone\n"
            "component api is gone\n"
            "component web is gone\n"
            "baseline.branch was main, is not set\n"
            "baseline.missing was fail, is warn\n"
            "denominators.may_shrink was 5, is not set\n");
}

static void test_groups_that_are_not_measured(void **state)
{
    (void)state;
    struct buf after = {NULL, 0, 0};
    struct span rest = span_of(before_text);
    struct span line = SPAN("  - {path: b.xml, group: e2e}\n");
    size_t at = span_find_text(rest, line.data);
    assert_true(at != SIZE_MAX);
    buf_add(&after, span_until(rest, at));
    buf_add_text(&after, "  - {path: b.xml, group: e2e, max_age: 14d}\n"
                         "retired: [{group: web, reason: merged into e2e}]\n");
    buf_add(&after, span_from(rest, at + line.size));
    compare(buf_text(&after),
            "the report b.xml: max_age in seconds was 0, is 1209600\n"
            "the group web is retired: merged into e2e\n"
            "totals are sums over the groups: what several groups measure counts as "
            "often\n");
    buf_release(&after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal),
        cmocka_unit_test(test_everything),
        cmocka_unit_test(test_other_kinds),
        cmocka_unit_test(test_groups_that_are_not_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
