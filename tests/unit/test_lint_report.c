/* What a linter's report says of a finding: path, place, severity, rule and message, one report of
 * each kind. */
#include "check.h"

#include "collectors/collectors.h"
#include "model/run.h"

struct sample {
    const char *report, *path;
    uint64_t line, column;
    enum level level;
    const char *rule, *message, *package, *version, *fixed;
    enum band band;
};

static const struct sample samples[] = {
    {"[{\"filePath\":\"/b/"
     "a.js\",\"messages\":[{\"ruleId\":\"semi\",\"severity\":1,\"message\":\"m\",\"line\":3,"
     "\"column\":4}]}]",
     "/b/a.js", 3, 4, LEVEL_WARNING, "semi", "m", "", "", "", BAND_NONE},
    {"{\"results\":[{\"filePath\":\"a.js\",\"messages\":[{\"severity\":2,\"message\":\"m\","
     "\"line\":3,\"column\":4,\"ruleId\":\"x\"}]}],\"metadata\":{}}",
     "a.js", 3, 4, LEVEL_ERROR, "x", "m", "", "", "", BAND_NONE},
    {"[{\"warnings\":[{\"line\":1,\"column\":2,\"rule\":\"r\",\"severity\":\"warning\",\"text\":"
     "\"t\"}],\"source\":\"a.css\"}]",
     "a.css", 1, 2, LEVEL_WARNING, "r", "t", "", "", "", BAND_NONE},
    {"{\"metadata\":{},\"files\":[{\"offenses\":[{\"severity\":\"refactor\",\"message\":\"m\","
     "\"cop_name\":\"A/"
     "B\",\"location\":{\"start_line\":5,\"start_column\":6}}],\"path\":\"a.rb\"}],\"summary\":{}}",
     "a.rb", 5, 6, LEVEL_NOTE, "A/B", "m", "", "", "", BAND_NONE},
    {"[{\"type\":\"refactor\",\"path\":\"a.py\",\"line\":7,\"column\":8,\"symbol\":\"s\","
     "\"message\":\"m\",\"message-id\":\"R0903\"}]",
     "a.py", 7, 8, LEVEL_NOTE, "R0903", "m", "", "", "", BAND_NONE},
    {"{\"messages\":[{\"type\":\"fatal\",\"path\":\"a.py\",\"line\":7,\"column\":8,\"symbol\":"
     "\"s\",\"message\":\"m\",\"messageId\":\"F0202\"}],\"statistics\":{}}",
     "a.py", 7, 8, LEVEL_ERROR, "F0202", "m", "", "", "", BAND_NONE},
    {"{\"file\":\"a.py\",\"line\":3,\"column\":4,\"message\":\"m\",\"hint\":null,\"code\":"
     "\"misc\"}",
     "a.py", 3, 4, LEVEL_ERROR, "misc", "m", "", "", "", BAND_NONE},
    {"[{\"code\":\"F401\",\"message\":\"m\",\"filename\":\"/b/"
     "a.py\",\"location\":{\"row\":3,\"column\":4}}]",
     "/b/a.py", 3, 4, LEVEL_WARNING, "F401", "m", "", "", "", BAND_NONE},
    {"[{\"file\":\"a.sh\",\"line\":3,\"endLine\":3,\"column\":4,\"level\":\"style\",\"code\":2086,"
     "\"message\":\"m\"}]",
     "a.sh", 3, 4, LEVEL_NOTE, "SC2086", "m", "", "", "", BAND_NONE},
    {"[{\"line\":3,\"code\":\"DL3008\",\"message\":\"m\",\"column\":4,\"file\":\"Dockerfile\","
     "\"level\":\"warning\"}]",
     "Dockerfile", 3, 4, LEVEL_WARNING, "DL3008", "m", "", "", "", BAND_NONE},
    {"{\"Issues\":[{\"FromLinter\":\"staticcheck\",\"Text\":\"SA1019: "
     "m\",\"Severity\":\"info\",\"Pos\":{\"Filename\":\"a.go\",\"Line\":3,\"Column\":4}}]}",
     "a.go", 3, 4, LEVEL_NOTE, "SA1019", "SA1019: m", "", "", "", BAND_NONE},
    {"{\"Issues\":[{\"FromLinter\":\"govet\",\"Text\":\"m\",\"Pos\":{\"Filename\":\"a.go\","
     "\"Line\":3,\"Column\":4}}],\"Report\":{}}",
     "a.go", 3, 4, LEVEL_WARNING, "govet", "m", "", "", "", BAND_NONE},
    {"{\"Golang "
     "errors\":{},\"Issues\":[{\"severity\":\"MEDIUM\",\"rule_id\":\"G104\",\"details\":\"d\","
     "\"file\":\"/b/a.go\",\"line\":\"12-14\",\"column\":\"2\"}],\"Stats\":{}}",
     "/b/a.go", 12, 2, LEVEL_WARNING, "G104", "d", "", "", "", BAND_NONE},
    {"{\"code\":\"SA4006\",\"severity\":\"error\",\"location\":{\"file\":\"/b/"
     "a.go\",\"line\":3,\"column\":4},\"end\":{},\"message\":\"m\"}",
     "/b/a.go", 3, 4, LEVEL_ERROR, "SA4006", "m", "", "", "", BAND_NONE},
    {"[{\"character\":4,\"file\":\"A.swift\",\"line\":3,\"reason\":\"m\",\"rule_id\":\"r\","
     "\"severity\":\"Error\"}]",
     "A.swift", 3, 4, LEVEL_ERROR, "r", "m", "", "", "", BAND_NONE},
    {"{\"diagnostics\":[{\"message\":\"m\",\"code\":\"eslint(x)\",\"severity\":\"warning\","
     "\"filename\":\"a.js\",\"labels\":[{\"span\":{\"line\":3,\"column\":4}},{\"span\":{\"line\":9,"
     "\"column\":9}}]}],\"number_of_files\":1}",
     "a.js", 3, 4, LEVEL_WARNING, "eslint(x)", "m", "", "", "", BAND_NONE},
    {"{\"summary\":{},\"diagnostics\":[{\"category\":\"lint/"
     "x\",\"severity\":\"information\",\"description\":\"m\",\"location\":{\"path\":{\"file\":\"a."
     "js\"}}}],\"command\":\"lint\"}",
     "a.js", 0, 0, LEVEL_NOTE, "lint/x", "m", "", "", "", BAND_NONE},
    {"{\"version\":1,\"diagnostics\":[{\"range\":{\"start\":{\"line\":3,\"col\":4}},\"filename\":"
     "\"a.ts\",\"message\":\"m\",\"code\":\"no-empty\"}],\"errors\":[]}",
     "a.ts", 3, 4, LEVEL_WARNING, "no-empty", "m", "", "", "", BAND_NONE},
    {"{\"generalDiagnostics\":[{\"file\":\"a.py\",\"severity\":\"information\",\"message\":\"m\","
     "\"range\":{\"start\":{\"line\":2,\"character\":3}},\"rule\":\"reportX\"}],\"summary\":{}}",
     "a.py", 3, 4, LEVEL_NOTE, "reportX", "m", "", "", "", BAND_NONE},
    {"{\"results\":[{\"check_id\":\"a.b\",\"path\":\"a.py\",\"start\":{\"line\":3,\"col\":4},"
     "\"extra\":{\"message\":\"m\",\"severity\":\"INFO\"}}],\"errors\":[],\"paths\":{}}",
     "a.py", 3, 4, LEVEL_NOTE, "a.b", "m", "", "", "", BAND_NONE},
    {"{\"errors\":[],\"generated_at\":\"t\",\"metrics\":{},\"results\":[{\"filename\":\"a.py\","
     "\"issue_severity\":\"LOW\",\"issue_text\":\"m\",\"line_number\":3,\"col_offset\":4,\"test_"
     "id\":\"B101\"}]}",
     "a.py", 3, 4, LEVEL_NOTE, "B101", "m", "", "", "", BAND_NONE},
    {"[{\"kind\":\"warning\",\"message\":\"m\",\"option\":\"-Wx\",\"locations\":[{\"caret\":{"
     "\"file\":\"a.c\",\"line\":3,\"column\":4}}]}]",
     "a.c", 3, 4, LEVEL_WARNING, "-Wx", "m", "", "", "", BAND_NONE},
    {"{\"reason\":\"compiler-message\",\"package_id\":\"p\",\"message\":{\"message\":\"m\","
     "\"code\":{\"code\":\"dead_code\"},\"level\":\"warning\",\"spans\":[{\"file_name\":\"a.rs\","
     "\"line_start\":3,\"column_start\":4}]}}",
     "a.rs", 3, 4, LEVEL_WARNING, "dead_code", "m", "", "", "", BAND_NONE},
    {"{\"message\":\"m\",\"code\":{\"code\":\"E1\"},\"level\":\"error\",\"spans\":[{\"file_name\":"
     "\"a.rs\",\"line_start\":3,\"column_start\":4}],\"children\":[]}",
     "a.rs", 3, 4, LEVEL_ERROR, "E1", "m", "", "", "", BAND_NONE},
    {"[{\"check_name\":\"c\",\"description\":\"m\",\"fingerprint\":\"f\",\"severity\":\"info\","
     "\"location\":{\"path\":\"a.rb\",\"positions\":{\"begin\":{\"line\":3,\"column\":4}}}}]",
     "a.rb", 3, 4, LEVEL_NOTE, "c", "m", "", "", "", BAND_NONE},
    {"{\"version\":\"15\",\"vulnerabilities\":[{\"name\":\"m\",\"severity\":\"High\",\"location\":{"
     "\"file\":\"lock\",\"dependency\":{\"package\":{\"name\":\"p\"},\"version\":\"1\"}},"
     "\"identifiers\":[{\"name\":\"CVE-1\"},{\"name\":\"CWE-2\"}]}]}",
     "lock", 0, 0, LEVEL_ERROR, "CVE-1", "m", "p", "1", "", BAND_HIGH},
    {"{\"totals\":{\"errors\":0,\"file_errors\":1},\"files\":{\"/b/"
     "a.php\":{\"errors\":1,\"messages\":[{\"message\":\"m\",\"line\":3,\"identifier\":\"x.y\"}]}},"
     "\"errors\":[]}",
     "/b/a.php", 3, 0, LEVEL_ERROR, "x.y", "m", "", "", "", BAND_NONE},
    {"{\"totals\":{\"errors\":0,\"warnings\":1},\"files\":{\"/b/"
     "a.php\":{\"messages\":[{\"message\":\"m\",\"source\":\"S.T\",\"type\":\"WARNING\",\"line\":3,"
     "\"column\":4}]}}}",
     "/b/a.php", 3, 4, LEVEL_WARNING, "S.T", "m", "", "", "", BAND_NONE},
    {"[{\"file\":\"a.kt\",\"errors\":[{\"line\":3,\"column\":4,\"message\":\"m\",\"rule\":\"r\"}]}"
     "]",
     "a.kt", 3, 4, LEVEL_ERROR, "r", "m", "", "", "", BAND_NONE},
    {"{\"issues\":[{\"rule\":{\"name\":\"r\",\"severity\":\"notice\"},\"message\":\"m\",\"range\":{"
     "\"filename\":\"a.tf\",\"start\":{\"line\":3,\"column\":4}}}],\"errors\":[]}",
     "a.tf", 3, 4, LEVEL_NOTE, "r", "m", "", "", "", BAND_NONE},
    {"[{\"message\":\"m\",\"filepath\":\"ci.yml\",\"line\":3,\"column\":4,\"kind\":\"k\"}]",
     "ci.yml", 3, 4, LEVEL_ERROR, "k", "m", "", "", "", BAND_NONE},
    {"[{\"fileName\":\"R.md\",\"lineNumber\":3,\"ruleNames\":[\"MD041\",\"first\"],"
     "\"ruleDescription\":\"m\"}]",
     "R.md", 3, 0, LEVEL_WARNING, "MD041", "m", "", "", "", BAND_NONE},
    {"{\"diagnostics\":[{\"message\":\"m\",\"location\":{\"path\":\"a.c\",\"range\":{\"start\":{"
     "\"line\":3,\"column\":4}}},\"severity\":\"ERROR\",\"code\":{\"value\":\"c\"}}],\"source\":{"
     "\"name\":\"s\"}}",
     "a.c", 3, 4, LEVEL_ERROR, "c", "m", "", "", "", BAND_NONE},
    {"{\"issues\":[{\"engineId\":\"e\",\"ruleId\":\"r\",\"severity\":\"MAJOR\",\"primaryLocation\":"
     "{\"message\":\"m\",\"filePath\":\"a.c\",\"textRange\":{\"startLine\":3}}}]}",
     "a.c", 3, 0, LEVEL_WARNING, "r", "m", "", "", "", BAND_NONE},
    {"<checkstyle><file name=\"a.sh\"><error line=\"3\" column=\"4\" severity=\"info\" message=\"m "
     "&amp; n\" source=\"ShellCheck.SC2086\"/></file></checkstyle>",
     "a.sh", 3, 4, LEVEL_NOTE, "SC2086", "m & n", "", "", "", BAND_NONE},
    {"<checkstyle><file name=\"a.js\"><error line=\"3\" column=\"4\" severity=\"error\" "
     "message=\"m\" source=\"eslint.rules.semi\"/></file></checkstyle>",
     "a.js", 3, 4, LEVEL_ERROR, "semi", "m", "", "", "", BAND_NONE},
    {"<results version=\"2\"><errors><error id=\"x\" severity=\"style\" msg=\"m\"><location "
     "file=\"a.c\" line=\"3\" column=\"4\"/><location file=\"b.c\" "
     "line=\"9\"/></error></errors></results>",
     "a.c", 3, 4, LEVEL_WARNING, "x", "m", "", "", "", BAND_NONE},
    {"<results><error file=\"a.c\" line=\"3\" id=\"x\" severity=\"error\" msg=\"m\"/></results>",
     "a.c", 3, 0, LEVEL_ERROR, "x", "m", "", "", "", BAND_NONE},
    {"<pmd><file name=\"A.java\"><violation beginline=\"3\" begincolumn=\"4\" rule=\"R\" "
     "priority=\"2\">\nm\n</violation></file></pmd>",
     "A.java", 3, 4, LEVEL_ERROR, "R", "m", "", "", "", BAND_NONE},
    {"<pmd-cpd><duplication lines=\"9\"><file path=\"a.c\" line=\"3\" column=\"4\"/><file "
     "path=\"b.c\" line=\"9\"/><codefragment>int x;</codefragment></duplication></pmd-cpd>",
     "a.c", 3, 4, LEVEL_WARNING, "", "", "", "", "", BAND_NONE},
    {"<BugCollection><BugInstance type=\"NP\" "
     "priority=\"1\"><ShortMessage>s</ShortMessage><LongMessage>m</LongMessage><Class><SourceLine "
     "start=\"1\" sourcepath=\"p/A.java\"/></Class><SourceLine start=\"3\" "
     "sourcepath=\"p/B.java\"/><SourceLine start=\"9\" "
     "sourcepath=\"p/C.java\"/></BugInstance></BugCollection>",
     "p/B.java", 3, 0, LEVEL_ERROR, "NP", "m", "", "", "", BAND_NONE},
    {"<BugCollection><file classname=\"p.A\"><BugInstance type=\"NP\" priority=\"Low\" "
     "message=\"m\" lineNumber=\"3\"/></file></BugCollection>",
     "p.A", 3, 0, LEVEL_NOTE, "NP", "m", "", "", "", BAND_NONE},
    {"<jslint><file name=\"a.js\"><issue line=\"3\" char=\"4\" reason=\"m\"/></file></jslint>",
     "a.js", 3, 4, LEVEL_WARNING, "", "m", "", "", "", BAND_NONE},
    {"<lint><file name=\"a.css\"><issue line=\"3\" char=\"4\" severity=\"error\" "
     "reason=\"m\"/></file></lint>",
     "a.css", 3, 4, LEVEL_ERROR, "", "m", "", "", "", BAND_NONE},
    {"<csslint><file name=\"a.css\"><issue line=\"3\" char=\"4\" severity=\"warning\" reason=\"m\" "
     "rule=\"r\"/></file></csslint>",
     "a.css", 3, 4, LEVEL_WARNING, "r", "m", "", "", "", BAND_NONE},
    {"<issues format=\"6\" by=\"lint\"><issue id=\"I\" severity=\"Warning\" "
     "message=\"m\"><location file=\"A.java\" line=\"3\" column=\"4\"/></issue></issues>",
     "A.java", 3, 4, LEVEL_WARNING, "I", "m", "", "", "", BAND_NONE},
    {"<phpcs><file name=\"a.php\"><warning line=\"3\" column=\"4\" "
     "source=\"S\">m</warning></file></phpcs>",
     "a.php", 3, 4, LEVEL_WARNING, "S", "m", "", "", "", BAND_NONE},
    {"# p\n{\"p\":{\"printf\":[{\"posn\":\"/b/a.go:3:4\",\"message\":\"m\"}]}}", "/b/a.go", 3, 4,
     LEVEL_WARNING, "printf", "m", "", "", "", BAND_NONE},
    {"{\"auditReportVersion\":2,\"vulnerabilities\":{\"x\":{\"via\":[\"y\",{\"source\":9,\"name\":"
     "\"p\",\"title\":\"m\",\"url\":\"https://github.com/advisories/"
     "GHSA-1\",\"severity\":\"moderate\",\"range\":\"<2\"}]}}}",
     "", 0, 0, LEVEL_WARNING, "GHSA-1", "m", "p", "<2", "", BAND_MEDIUM},
    {"{\"advisories\":{\"7\":{\"id\":7,\"module_name\":\"p\",\"severity\":\"critical\",\"title\":"
     "\"m\",\"vulnerable_versions\":\"<2\"}},\"metadata\":{}}",
     "", 0, 0, LEVEL_ERROR, "7", "m", "p", "<2", "", BAND_CRITICAL},
    {"{\"dependencies\":[{\"name\":\"p\",\"version\":\"1\",\"vulns\":[{\"id\":\"PYSEC-1\",\"fix_"
     "versions\":[\"2\",\"3\"],\"description\":\"m\"}]}],\"fixes\":[]}",
     "", 0, 0, LEVEL_ERROR, "PYSEC-1", "m", "p", "1", "2", BAND_NONE},
    {"src/a.js\n  3:4  error  m  semi\n", "src/a.js", 3, 4, LEVEL_ERROR, "semi", "m", "", "", "",
     BAND_NONE},
    {"ci.yaml\n  3:4       warning  m  (truthy)\n", "ci.yaml", 3, 4, LEVEL_WARNING, "truthy",
     "m  (truthy)", "", "", "", BAND_NONE},
    {"a.py:\n  3:4 F401 [*] m\n", "a.py", 3, 4, LEVEL_WARNING, "F401", "[*] m", "", "", "",
     BAND_NONE},
    {"\nIn t.sh line 3:\nif x\n   ^-- SC2086 (info): m\n", "t.sh", 3, 0, LEVEL_NOTE, "SC2086", "m",
     "", "", "", BAND_NONE},
    {"************* Module tide.gate\nC: 3, 4: m (invalid-name)\n", "tide.gate", 3, 4, LEVEL_NOTE,
     "invalid-name", "m (invalid-name)", "", "", "", BAND_NONE},
    {"== a.rb ==\nW:  3:  4: Lint/X: m\n", "a.rb", 3, 4, LEVEL_WARNING, "Lint/X", "Lint/X: m", "",
     "", "", BAND_NONE},
    {"warning: m\n  --> src/a.rs:3:4\n", "src/a.rs", 3, 4, LEVEL_WARNING, "", "m", "", "", "",
     BAND_NONE},
    {"F401 [*] m\n --> a.py:3:4\n", "a.py", 3, 4, LEVEL_WARNING, "F401", "[*] m", "", "", "",
     BAND_NONE},
    {"  x eslint(no-var): m\n   ,-[a.js:3:4]\n", "a.js", 3, 4, LEVEL_ERROR, "eslint(no-var)",
     "eslint(no-var): m", "", "", "", BAND_NONE},
    {"no-changed-when: m\nplay.yml:3 Task/Handler: x\n", "play.yml", 3, 0, LEVEL_WARNING,
     "no-changed-when", "m", "", "", "", BAND_NONE},
    {">> Issue: [B101:assert_used] m\n   Severity: Low   Confidence: High\n   Location: a.py:3:4\n",
     "a.py", 3, 4, LEVEL_NOTE, "B101", "m", "", "", "", BAND_NONE},
    {"error: m [clang-diagnostic-error]\nnext\n", "", 0, 0, LEVEL_ERROR, "clang-diagnostic-error",
     "m [clang-diagnostic-error]", "", "", "", BAND_NONE},
};

static void every_kind_of_report_is_understood(void **state)
{
    (void)state;
    for (size_t index = 0; index < sizeof(samples) / sizeof(samples[0]); index++) {
        const struct sample *sample = &samples[index];
        struct run run;
        run_init(&run);
        struct input *input = input_open_memory(span_of(sample->report));
        struct report *report = collectors_read(&run.names, SPAN("report"), input, NULL);
        print_message("%s\n", sample->report);
        assert_int_equal(report->state, STATE_OK);
        assert_int_equal(report->findings.details.count, 1);
        const struct finding_detail *detail = vec_at(&report->findings.details, 0);
        assert_string_equal(name_text(detail->path), sample->path);
        assert_true(detail->line == sample->line && detail->column == sample->column);
        assert_int_equal(detail->level, sample->level);
        assert_string_equal(name_text(detail->rule), sample->rule);
        assert_string_equal(name_text(detail->message), sample->message);
        assert_string_equal(name_text(detail->package), sample->package);
        assert_string_equal(name_text(detail->version), sample->version);
        assert_string_equal(name_text(detail->fixed_version), sample->fixed);
        assert_int_equal(detail->band, sample->band);
        report_close(report);
        input_close(input);
        run_release(&run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_report_is_understood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
