/* SARIF: what counts alone do not show. Paths, messages, packages, results that wait, ceilings. */
#include "check.h"

#include "base/limits.h"
#include "collectors/collectors.h"
#include "collectors/sarif_uri.h"
#include "model/run.h"

/* ---- helpers ---- */

struct reading {
    struct run run;
    struct report *report;
};

static void read_text(struct reading *reading, struct span text)
{
    run_init(&reading->run);
    struct input *input = input_open_memory(text);
    reading->report = collectors_read(&reading->run.names, SPAN("x.sarif"), input,
                                      collectors_find(SPAN("sarif")));
    input_close(input);
}

static void end_reading(struct reading *reading)
{
    report_close(reading->report);
    run_release(&reading->run);
}

static void add_detail(struct buf *out, const struct finding_detail *detail)
{
    buf_add_format(out, "%s %s:%llu:%llu %s %s", name_text(detail->rule), name_text(detail->path),
                   (unsigned long long)detail->line, (unsigned long long)detail->column,
                   level_text(detail->level), name_text(detail->message));
    if (detail->package != NULL) {
        buf_add_format(out, " [%s %s -> %s]", name_text(detail->package),
                       name_text(detail->version), name_text(detail->fixed_version));
    }
    buf_add_byte(out, '\n');
}

/* The findings of a log with one run: its members, with ' for ". */
static void check_findings(const char *members, const char *wanted)
{
    struct reading reading;
    struct buf text = {.size = 0};
    struct buf out = {.size = 0};
    buf_add_format(&text, "{'version': '2.1.0', 'runs': [{%s}]}", members);
    for (size_t at = 0; at < text.size; at++) {
        text.data[at] = text.data[at] == '\'' ? '"' : text.data[at];
    }
    read_text(&reading, buf_span(&text));
    const struct vec *details = &reading.report->findings.details;
    for (size_t index = 0; index < details->count; index++) {
        add_detail(&out, vec_at(details, index));
    }
    for (size_t index = 0; index < reading.report->sources.count; index++) {
        const struct name *const *root = vec_at(&reading.report->sources, index);
        buf_add_format(&out, "root %s\n", name_text(*root));
    }
    check_text(&out, wanted);
    end_reading(&reading);
    buf_release(&text);
}

#define TOOL                                                                                       \
    "'tool': {'driver': {'name': 'T', 'rules': [{'id': 'A', 'messageStrings': "                    \
    "{'m': {'text': 'rule says {0}, {1} and {{0}}'}}}], "                                          \
    "'globalMessageStrings': {'g': {'text': 'all say {1}{0}{7}'}}}}"
#define AT(location)                                                                               \
    "'locations': [{'physicalLocation': {'artifactLocation': {" location "}, "                     \
    "'region': {'startLine': 3, 'startColumn': 5}}}]"

/* ---- places ---- */

static void uris_become_paths(void **state)
{
    static const struct {
        const char *uri, *path;
        enum sarif_oddity oddity;
    } cases[] = {
        {"", "", SARIF_PATH_PLAIN},
        {"src/a.c", "src/a.c", SARIF_PATH_PLAIN},
        {"a%20b/%C3%A9.c", "a b/\xc3\xa9.c", SARIF_PATH_PLAIN},
        {"100%.c", "100%.c", SARIF_PATH_PLAIN},
        {"a%zz%4", "a%zz%4", SARIF_PATH_PLAIN},
        {"a%2520b", "a%20b", SARIF_PATH_PLAIN},
        {"/abs/a.c", "/abs/a.c", SARIF_PATH_PLAIN},
        {"file:///abs/a%2Bb.c", "/abs/a+b.c", SARIF_PATH_PLAIN},
        {"FILE:///abs/a.c", "/abs/a.c", SARIF_PATH_PLAIN},
        {"file://localhost/abs/a.c", "/abs/a.c", SARIF_PATH_PLAIN},
        {"file:/abs/a.c", "/abs/a.c", SARIF_PATH_PLAIN},
        {"file:///C:/x/a.c", "C:/x/a.c", SARIF_PATH_PLAIN},
        {"file:///c%3A/x/a.c", "c:/x/a.c", SARIF_PATH_PLAIN},
        {"file://src/a.c", "src/a.c", SARIF_PATH_PLAIN},
        {"file://a", "a", SARIF_PATH_PLAIN},
        {"C:\\x\\a.c", "C:\\x\\a.c", SARIF_PATH_PLAIN},
        {"https://host/a%20b.c", "https://host/a%20b.c", SARIF_PATH_PLAIN},
        {"javascript:alert(1)", "javascript:alert(1)", SARIF_PATH_SCHEME},
        {"a b:c", "a b:c", SARIF_PATH_PLAIN},
        {"../a.c", "../a.c", SARIF_PATH_ESCAPES},
        {"a/../../b.c", "a/../../b.c", SARIF_PATH_ESCAPES},
        {"a/%2e%2e/%2E%2e/b.c", "a/../../b.c", SARIF_PATH_ESCAPES},
        {"1234567../../../a", "1234567../../../a", SARIF_PATH_ESCAPES},
        {"a/../b.c", "a/../b.c", SARIF_PATH_PLAIN},
        {"a..b/c...d", "a..b/c...d", SARIF_PATH_PLAIN},
        {"a%00b", "a%00b", SARIF_PATH_CONTROL},
        {"a%1fb%7F", "a%1fb%7F", SARIF_PATH_CONTROL},
        {"a\nb", "a\nb", SARIF_PATH_CONTROL},
    };
    struct buf out = {.size = 0};
    (void)state;
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        enum sarif_oddity oddity = SARIF_PATH_PLAIN;
        check_span(sarif_path_of(span_of(cases[index].uri), &out, &oddity), cases[index].path);
        assert_int_equal(oddity, cases[index].oddity);
    }
    buf_release(&out);
}

static void locations_are_uris_or_indexes(void **state)
{
    (void)state;
    check_findings(TOOL ", 'results': [{'ruleId': 'A', 'message': {'text': 't'}, " AT(
                       "'uri': 'a.c', 'index': 1") "}]",
                   "A a.c:3:5 warning t\n");
    static const char results[] = "'results': [{'ruleId': 'A', 'level': 'note', " AT(
        "'index': 1") "}, "
                      "{'ruleId': 'A', 'level': 'note', " AT("'index': 9") "}]";
    static const char artifacts[] =
        "'artifacts': [{'location': {'uri': 'x.c'}}, "
        "{'length': 3, 'location': {'uri': 'y%20.c', 'uriBaseId': 'R'}}]";
    struct buf members = {.size = 0};
    buf_add_format(&members, "%s, %s, %s", TOOL, results, artifacts);
    check_findings(buf_text(&members), "A y .c:3:5 note \nA :3:5 note \n");
    buf_clear(&members);
    buf_add_format(&members, "%s, %s, %s", TOOL, artifacts, results);
    check_findings(buf_text(&members), "A y .c:3:5 note \nA :3:5 note \n");
    buf_release(&members);
}

static void bases_that_were_used_are_roots(void **state)
{
    (void)state;
    static const char results[] = "'results': [{'level': 'note', " AT(
        "'uri': 'a.c', 'uriBaseId': 'SRC'") "}, "
                                            "{'level': 'note', " AT(
                                                "'uri': 'b.c', 'uriBaseId': "
                                                "'NONE'") "}, "
                                                          "{'level': "
                                                          "'note', " AT("'uri': 'c.c', "
                                                                        "'uriBaseId': "
                                                                        "'ROUND'") "}, "
                                                                                   "{'"
                                                                                   "level"
                                                                                   "': "
                                                                                   "'note"
                                                                                   "',"
                                                                                   " " AT("'"
                                                                                          "u"
                                                                                          "r"
                                                                                          "i"
                                                                                          "'"
                                                                                          ":"
                                                                                          " "
                                                                                          "'"
                                                                                          "d"
                                                                                          "."
                                                                                          "c"
                                                                                          "'"
                                                                                          ","
                                                                                          " "
                                                                                          "'"
                                                                                          "u"
                                                                                          "r"
                                                                                          "i"
                                                                                          "B"
                                                                                          "a"
                                                                                          "s"
                                                                                          "e"
                                                                                          "I"
                                                                                          "d"
                                                                                          "'"
                                                                                          ":"
                                                                                          " "
                                                                                          "'"
                                                                                          "L"
                                                                                          "O"
                                                                                          "S"
                                                                                          "T"
                                                                                          "'") "}]";
    static const char bases[] =
        "'originalUriBaseIds': {'ROOT': {'uri': 'file:///work/my%20repo/'}, "
        "'SRC': {'uri': 'src/', 'uriBaseId': 'ROOT'}, 'UNUSED': {'uri': 'u/'}, "
        "'ROUND': {'uri': 'r/', 'uriBaseId': 'ROUND'}, "
        "'LOST': {'uri': 'l/', 'uriBaseId': 'NOWHERE'}}";
    static const char wanted[] = " a.c:3:5 note \n b.c:3:5 note \n c.c:3:5 note \n d.c:3:5 note \n"
                                 "root /work/my repo/src/\n";
    struct buf members = {.size = 0};
    buf_add_format(&members, "%s, %s, %s", TOOL, results, bases);
    check_findings(buf_text(&members), wanted);
    buf_clear(&members);
    buf_add_format(&members, "%s, %s, %s", bases, results, TOOL);
    check_findings(buf_text(&members), wanted);
    buf_release(&members);
}

/* ---- messages ---- */

static void messages_are_looked_up_and_filled(void **state)
{
    static const char *const cases[][2] = {
        {"'text': 'as it is {0}'", "as it is {0}"},
        {"'text': 'with {0}', 'arguments': ['x']", "with x"},
        {"'id': 'm', 'arguments': ['x', 'y']", "rule says x, y and {0}"},
        {"'id': 'm', 'arguments': ['x']", "rule says x, {1} and {0}"},
        {"'id': 'g', 'arguments': ['x', 'y']", "all say yx{7}"},
        {"'id': 'unknown'", "unknown"},
        {"'markdown': '**m**'", ""},
    };
    (void)state;
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        struct buf members = {.size = 0};
        struct buf wanted = {.size = 0};
        const char *message = cases[index][0];
        buf_add_format(&wanted, "A :0:0 note %s\n", cases[index][1]);
        buf_add_format(&members,
                       "%s, 'results': [{'ruleId': 'A', 'level': 'note', 'message': {%s}}]", TOOL,
                       message);
        check_findings(buf_text(&members), buf_text(&wanted));
        buf_clear(&members);
        buf_add_format(&members,
                       "'results': [{'ruleId': 'A', 'level': 'note', 'message': {%s}}], %s",
                       message, TOOL);
        check_findings(buf_text(&members), buf_text(&wanted));
        buf_release(&members);
        buf_release(&wanted);
    }
}

static void trivy_tells_packages_and_titles(void **state)
{
    (void)state;
    check_findings(
        "'tool': {'driver': {'name': 'Trivy', 'rules': [{'id': 'CVE-1', 'shortDescription': "
        "{'text': 'left: overflow'}}]}}, 'results': ["
        "{'ruleId': 'CVE-1', 'level': 'error', 'message': {'text': 'Package: left\\n"
        "Installed Version: 1.0\\nVulnerability CVE-1\\nSeverity: HIGH\\nFixed Version: \\nLink: "
        "x'}},"
        "{'ruleId': 'CVE-2', 'level': 'error', 'message': {'text': 'Package: right\\n"
        "Installed Version: 2.0\\nVulnerability CVE-2\\nSeverity: LOW\\nFixed Version: 2.1\\nLink: "
        "x'}},"
        "{'ruleId': 'DS-1', 'level': 'error', 'message': {'text': 'Artifact: Dockerfile\\nType: "
        "dockerfile\\n"
        "Vulnerability DS-1\\nSeverity: HIGH\\nMessage: Specify a user\\nLink: x'}},"
        "{'ruleId': 'key', 'level': 'error', 'message': {'text': 'Artifact: a.sh\\nType: \\n"
        "Secret AWS key\\nSeverity: HIGH\\nMatch: key=****'}},"
        "{'ruleId': 'l:GPL', 'level': 'error', 'message': {'text': 'Artifact: p.json\\n"
        "License GPL\\nPkgName: l\\n Classification: restricted\\n Path: '}}]",
        "CVE-1 :0:0 error left: overflow [left 1.0 -> ]\n"
        "CVE-2 :0:0 error Package: right [right 2.0 -> 2.1]\n"
        "DS-1 :0:0 error Specify a user\n"
        "key :0:0 error Secret AWS key\n"
        "l:GPL :0:0 error License GPL [l  -> ]\n");
}

static void the_tool_is_named(void **state)
{
    struct reading reading;
    (void)state;
    read_text(&reading,
              SPAN("{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"One\","
                   "\"semanticVersion\":\"1.2.3\",\"version\":\"v1\"}},\"results\":[]},"
                   "{\"tool\":{\"driver\":{\"name\":\"Two\"}},\"results\":[]}]}"));
    assert_string_equal(name_text(reading.report->tool), "One");
    assert_string_equal(name_text(reading.report->tool_version), "v1");
    assert_int_equal(reading.report->state, STATE_OK);
    end_reading(&reading);
}

/* ---- results that wait ---- */

/* Many results before their tool: each row is counted, and as many are shown as else. */
static void results_may_wait_in_any_number(void **state)
{
    enum { COUNT = 3000, RULES = 3 };
    struct reading reading;
    struct buf text = {.size = 0};
    (void)state;
    buf_add_text(&text, "{\"runs\":[{\"results\":[");
    for (int number = 0; number < COUNT; number++) {
        buf_add_format(&text, "%s{\"ruleId\":\"R%d\",\"message\":{\"text\":\"m%d\"}}",
                       number > 0 ? "," : "", number % RULES, number);
    }
    buf_add_text(&text,
                 "],\"tool\":{\"driver\":{\"name\":\"T\",\"rules\":[{\"id\":\"R0\","
                 "\"defaultConfiguration\":{\"level\":\"error\"}}]}}}],\"version\":\"2.1.0\"}");
    read_text(&reading, buf_span(&text));
    const struct findings *findings = &reading.report->findings;
    assert_int_equal(reading.report->state, STATE_OK);
    assert_int_equal(findings->rows.count, RULES);
    for (size_t index = 0; index < RULES; index++) {
        const struct finding_row *row = vec_at(&findings->rows, index);
        assert_int_equal(row->count, COUNT / RULES);
        assert_int_equal(row->level,
                         span_is(name_span(row->rule), "R0") ? LEVEL_ERROR : LEVEL_WARNING);
    }
    assert_int_equal(findings->details.count, 2 * LIMIT_DETAILS);
    for (size_t index = 0; index < findings->details.count; index++) {
        const struct finding_detail *detail = vec_at(&findings->details, index);
        assert_true(span_starts(name_span(detail->message), "m"));
    }
    end_reading(&reading);
    buf_release(&text);
}

/* Every rule in every file, with each of the members that keep results apart, twice. */
static void results_that_wait_stay_apart(void **state)
{
    enum { RULES = 30, FILES = 20, KINDS = 4 };
    static const char *const kinds[KINDS] = {"", ",\"suppressions\":[{\"kind\":\"external\"}]",
                                             ",\"level\":\"note\"",
                                             ",\"properties\":{\"security-severity\":\"9.8\"}"};
    struct reading reading;
    struct buf text = {.size = 0};
    (void)state;
    buf_add_text(&text, "{\"version\":\"2.1.0\",\"runs\":[{\"results\":[");
    for (int number = 0; number < 2 * RULES * FILES * KINDS; number++) {
        buf_add_format(&text,
                       "%s{\"ruleId\":\"R%d\",\"message\":{\"text\":\"m\"},\"locations\":[{"
                       "\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"f%d.c\"}}}]%s}",
                       number > 0 ? "," : "", number / KINDS % RULES,
                       number / KINDS / RULES % FILES, kinds[number % KINDS]);
    }
    buf_add_text(&text, "],\"tool\":{\"driver\":{\"name\":\"T\"}}}]}");
    read_text(&reading, buf_span(&text));
    const struct vec *rows = &reading.report->findings.rows;
    assert_int_equal(reading.report->state, STATE_OK);
    assert_int_equal(rows->count, RULES * FILES * KINDS);
    size_t kept[KINDS] = {0};
    for (size_t index = 0; index < rows->count; index++) {
        const struct finding_row *row = vec_at(rows, index);
        bool note = row->level == LEVEL_NOTE;
        bool critical = row->band == BAND_CRITICAL;
        assert_int_equal(row->count, 2);
        kept[row->suppressed ? 1 : note ? 2 : critical ? 3 : 0]++;
    }
    for (size_t kind = 0; kind < KINDS; kind++) {
        assert_int_equal(kept[kind], RULES * FILES);
    }
    end_reading(&reading);
    buf_release(&text);
}

/* ---- ceilings ---- */

/* `item` with the number in the place of each #. */
static void add_item(struct buf *text, const char *item, uint64_t number)
{
    for (; *item != '\0'; item++) {
        if (*item == '#') {
            buf_add_u64(text, number);
        } else {
            buf_add_byte(text, *item);
        }
    }
}

static void check_ceiling(const char *before, const char *item, uint64_t count, const char *after,
                          const char *code)
{
    struct reading reading;
    struct buf text = {.size = 0};
    buf_add_text(&text, "{\"version\":\"2.1.0\",\"runs\":[{");
    buf_add_text(&text, before);
    for (uint64_t number = 0; number < count; number++) {
        buf_add_text(&text, number > 0 ? "," : "");
        add_item(&text, item, number);
    }
    buf_add_text(&text, after);
    buf_add_text(&text, "}]}");
    read_text(&reading, buf_span(&text));
    const struct diags *diags = &reading.report->diags;
    const char *have = diags_count(diags) > 0 ? diag_kind(diags_at(diags, 0)->code)->code : "";
    assert_string_equal(have, code);
    end_reading(&reading);
    buf_release(&text);
}

#define DRIVER "\"tool\":{\"driver\":{\"name\":\"T\","
static void lists_have_ceilings(void **state)
{
    static const char numbered[] = "\"x#\":{}";
    (void)state;
    check_ceiling(DRIVER "\"rules\":[", "{}", LIMIT_SARIF_RULES, "]}},\"results\":[]", "");
    check_ceiling(DRIVER "\"rules\":[", "{}", LIMIT_SARIF_RULES + 1, "]}},\"results\":[]",
                  "input/limit");
    check_ceiling(DRIVER "\"globalMessageStrings\":{", numbered, LIMIT_SARIF_RULES + 1,
                  "}}},\"results\":[]", "input/limit");
    check_ceiling("\"artifacts\":[", "{}", LIMIT_SARIF_ARTIFACTS + 1, "]", "input/limit");
    check_ceiling("\"tool\":{\"extensions\":[", "{}", 1001,
                  "],\"driver\":{\"name\":\"T\"}},\"results\":[]", "input/limit");
    check_ceiling("\"originalUriBaseIds\":{", numbered, 5000,
                  "}," DRIVER "\"x\":0}},\"results\":[]", "");
    check_ceiling("\"invocations\":[{\"executionSuccessful\":true,\"ruleConfigurationOverrides\":[",
                  "{\"configuration\":{\"level\":\"note\"}}", LIMIT_SARIF_RULES + 1, "]}]",
                  "input/limit");
}

/* However many harmless notifications come first. */
static void a_late_error_notification_is_seen(void **state)
{
    (void)state;
    check_ceiling(DRIVER
                  "\"x\":0}},\"results\":[],\"invocations\":[{\"toolExecutionNotifications\":[",
                  "{}", 500, ",{\"level\":\"error\"}]}]", "report/tool-failed");
    check_ceiling(DRIVER
                  "\"x\":0}},\"results\":[],\"invocations\":[{\"toolExecutionNotifications\":[",
                  "{}", 500, "]}]", "");
}

/* However long it is: a value that is no text must not be taken for a member more. */
static void odd_values_of_suppressions_may_be_long(void **state)
{
    (void)state;
    for (uint64_t count = 1; count < 1000000; count *= 6) {
        check_ceiling(DRIVER
                      "\"x\":0}},\"results\":[{\"ruleId\":\"A\",\"message\":{\"text\":\"m\"},"
                      "\"suppressions\":[{\"kind\":[",
                      "0", count, "],\"status\":\"accepted\"}]}]", "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(uris_become_paths),
        cmocka_unit_test(locations_are_uris_or_indexes),
        cmocka_unit_test(bases_that_were_used_are_roots),
        cmocka_unit_test(messages_are_looked_up_and_filled),
        cmocka_unit_test(trivy_tells_packages_and_titles),
        cmocka_unit_test(the_tool_is_named),
        cmocka_unit_test(results_may_wait_in_any_number),
        cmocka_unit_test(results_that_wait_stay_apart),
        cmocka_unit_test(lists_have_ceilings),
        cmocka_unit_test(a_late_error_notification_is_seen),
        cmocka_unit_test(odd_values_of_suppressions_may_be_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
