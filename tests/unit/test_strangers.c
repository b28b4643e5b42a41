/* Which kind of report that is not read a document is: one for each row of JSON findings. */
#include "check.h"

#include "collectors/collectors.h"
#include "collectors/strangers.h"

static const struct stranger *stranger_of(const char *text)
{
    struct head head;
    head_read(&head, span_of(text), SPAN("report.json"));
    return collectors_detect(&head).score > PROBE_WEAK ? NULL : strangers_find(&head);
}

static void reports_of_findings_are_named(void **state)
{
    static const struct {
        const char *name, *text;
    } cases[] = {
        {"Checkov's JSON", "[{\"check_type\":\"terraform\",\"results\":{\"failed_checks\":[]}}]"},
        {"gitleaks' JSON", "[{\"Description\":\"d\",\"StartLine\":1,\"File\":\"a\",\"Tags\":[],"
                           "\"RuleID\":\"r\",\"Fingerprint\":\"f\"}]"},
        {"TruffleHog's JSON",
         "{\"SourceMetadata\":{\"Data\":{}},\"DetectorType\":1,\"DetectorName\":\"AWS\"}"},
        {"OSV-Scanner's JSON", "{\"results\":[{\"source\":{\"path\":\"x\"},\"packages\":[]}]}"},
        {"KICS' JSON", "{\"kics_version\":\"2\",\"files_scanned\":1,\"queries\":[]}"},
        {"tfsec's JSON",
         "{\"results\":[{\"rule_id\":\"A\",\"rule_provider\":\"aws\",\"location\":{}}]}"},
        {"Terrascan's JSON", "{\"results\":{\"violations\":[],\"scan_summary\":{}}}"},
        {"Snyk's JSON", "{\"vulnerabilities\":[{\"id\":\"S\",\"identifiers\":{\"CVE\":[]}}],\"ok\":"
                        "false,\"dependencyCount\":3}"},
        {"Brakeman's JSON", "{\"scan_info\":{\"app_path\":\"/a\"},\"warnings\":[],\"errors\":[]}"},
        {"zizmor's JSON",
         "[{\"ident\":\"a\",\"desc\":\"d\",\"determinations\":{},\"locations\":[]}]"},
        {"Dependency-Check's JSON",
         "{\"reportSchema\":\"1.1\",\"scanInfo\":{},\"projectInfo\":{},\"dependencies\":[]}"},
        {"govulncheck's JSON",
         "{\"config\":{\"protocol_version\":\"v1.0.0\"}}\n{\"progress\":{\"message\":\"m\"}}"},
        {"cargo-audit's JSON",
         "{\"database\":{},\"lockfile\":{},\"settings\":{},\"vulnerabilities\":{\"found\":false}}"},
        {"cargo-deny's JSON", "{\"fields\":{\"code\":\"B\",\"labels\":[],\"severity\":\"error\"},"
                              "\"type\":\"diagnostic\"}"},
        {"Safety's JSON", "{\"report_meta\":{},\"scanned_packages\":{},\"vulnerabilities\":[]}"},
        {"Scorecard's JSON",
         "{\"date\":\"d\",\"repo\":{},\"scorecard\":{},\"score\":5,\"checks\":[]}"},
        {"PMD's JSON",
         "{\"formatVersion\":0,\"pmdVersion\":\"7\",\"timestamp\":\"t\",\"files\":[]}"},
        {"Psalm's JSON",
         "[{\"severity\":\"error\",\"line_from\":3,\"type\":\"T\",\"error_level\":1}]"},
        {"TSLint's JSON",
         "[{\"endPosition\":{},\"failure\":\"f\",\"name\":\"a.ts\",\"ruleName\":\"r\"}]"},
        {"HTMLHint's JSON", "[{\"file\":\"a\",\"messages\":[{\"type\":\"error\",\"raw\":\"x\","
                            "\"evidence\":\"e\"}],\"time\":1}]"},
        {"Spectral's JSON", "[{\"code\":\"c\",\"path\":[\"info\"],\"message\":\"m\",\"severity\":1,"
                            "\"range\":{},\"source\":\"s\"}]"},
        {"Redocly's JSON", "{\"totals\":{\"errors\":0},\"version\":\"1\",\"problems\":[]}"},
        {"SQLFluff's JSON", "[{\"filepath\":\"a.sql\",\"violations\":[]}]"},
        {"cfn-lint's JSON",
         "[{\"Filename\":\"t.yaml\",\"Level\":\"Error\",\"Location\":{},\"Rule\":{\"Id\":\"E\"}}]"},
        {"Credo's JSON", "{\"issues\":[{\"category\":\"c\",\"check\":\"C\",\"filename\":\"a.ex\","
                         "\"trigger\":\"t\"}]}"},
        {"knip's JSON", "{\"issues\":[{\"file\":\"a.ts\",\"binaries\":[],\"devDependencies\":[],"
                        "\"files\":[{\"name\":\"a.ts\"}]}]}"},
        {"jscpd's JSON", "{\"statistics\":{\"detectionDate\":\"2026-11-21\",\"formats\":{}},"
                         "\"duplicates\":[]}"},
        {"revive's JSON", "[{\"Severity\":\"warning\",\"Failure\":\"f\",\"RuleName\":\"exported\","
                          "\"Category\":\"comments\"}]"},
        {"Reek's JSON",
         "[{\"context\":\"A#b\",\"lines\":[3],\"smell_type\":\"S\",\"source\":\"a.rb\"}]"},
        {"PSScriptAnalyzer's JSON",
         "[{\"RuleName\":\"R\",\"Severity\":1,\"ScriptName\":\"a.ps1\"}]"},
        {"Infer's JSON",
         "[{\"bug_type\":\"B\",\"qualifier\":\"q\",\"severity\":\"ERROR\",\"file\":\"a.c\"}]"},
    };
    (void)state;
    for (size_t at = 0; at < sizeof(cases) / sizeof(cases[0]); at++) {
        const struct stranger *stranger = stranger_of(cases[at].text);
        assert_string_equal(stranger != NULL ? stranger->name : cases[at].text, cases[at].name);
        assert_int_equal(stranger->families, FAMILY_FINDINGS);
    }
}

static void other_documents_are_not(void **state)
{
    static const char *const texts[] = {
        "{\"results\":[],\"total\":0}",
        "{\"type\":\"object\",\"fields\":{\"name\":1}}",
        "[{\"range\":{},\"severity\":1,\"code\":\"c\",\"message\":\"m\"}]",
        "{\"database\":{\"host\":\"h\"},\"config\":{\"port\":1}}",
    };
    (void)state;
    for (size_t at = 0; at < sizeof(texts) / sizeof(texts[0]); at++) {
        assert_null(stranger_of(texts[at]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_of_findings_are_named),
        cmocka_unit_test(other_documents_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
