/* SARIF 2.1.0 -> findings: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 *
 * A log is a list of runs (sarif_run.c). Earlier versions use other names for the same things and
 * are refused. A log without runs, and a run without results, say that nothing was measured, not
 * that nothing was found; an empty list of results says the latter. */
#include "base/json_read.h"
#include "base/mem.h"
#include "collectors/collector.h"
#include "collectors/sarif_run.h"

#include <stdlib.h>

struct log {
    struct json_reader *json;
    struct sink *sink;
    struct sarif_tallies *tallies;
    bool has_version, has_runs;
};

static void read_version(struct log *log)
{
    enum json_token token = json_peek(log->json);
    struct span version = json_text(log->json);
    log->has_version = true;
    if (token == JSON_FAULT || (token == JSON_STRING && span_is(version, "2.1.0"))) {
        json_skip(log->json);
        return;
    }
    struct buf text = {.size = 0};
    if (token == JSON_STRING) {
        buf_add_format(&text, "SARIF version \"%.*s\"; only 2.1.0 is read",
                       SPAN_ARG(span_until(version, 60)));
    } else {
        buf_add_text(&text, "the version is not a text; only \"2.1.0\" is read");
    }
    sink_refuse(log->sink, DIAG_FORMAT_VERSION, json_line(log->json), json_column(log->json),
                buf_span(&text));
    buf_release(&text);
}

static void read_runs(struct log *log)
{
    bool some = false;
    bool is_list = json_peek(log->json) == JSON_ARRAY;
    bool is_null = json_peek(log->json) == JSON_NULL;
    uint64_t line = json_line(log->json);
    log->has_runs = true;
    if (json_array(log->json)) {
        while (json_item(log->json) && !log->sink->refused) {
            some = true;
            sarif_run_read(log->json, log->sink, log->tallies);
        }
    }
    if (!some && !json_failed(log->json)) {
        /* An empty list is an empty report. Null says that the tool was asked and got none
         * (3.13.4). */
        (is_list ? sink_note : sink_drop)(log->sink, DIAG_REPORT_NOTHING, line,
                                          is_list || is_null
                                              ? SPAN("a log without runs: no tool ran")
                                              : SPAN("\"runs\" is not a list"));
    }
}

/* Results in the document but outside its runs (3.13.4): nobody writes them, so nobody reads
 * them. */
static void read_inline_properties(struct log *log)
{
    bool some = false;
    json_peek(log->json);
    uint64_t line = json_line(log->json);
    if (json_array(log->json)) {
        while (json_item(log->json)) {
            some = true;
            json_skip(log->json);
        }
    }
    if (some) {
        sink_drop(log->sink, DIAG_SARIF_EXTERNAL, line, span_make(NULL, 0));
    }
}

static void read_members(struct log *log)
{
    struct span key;
    while (!log->sink->refused && json_key(log->json, &key)) {
        if (span_is(key, "version")) {
            read_version(log);
        } else if (span_is(key, "runs")) {
            read_runs(log);
        } else if (span_is(key, "inlineExternalProperties")) {
            read_inline_properties(log);
        } else {
            json_skip(log->json);
        }
    }
}

/* The document was read to its end: is it a log at all? */
static void judge(struct log *log)
{
    if (!log->has_version && !log->has_runs) {
        sink_refuse(log->sink, DIAG_FORMAT_WRONG, 1, 1,
                    SPAN("a JSON object with neither \"version\" nor \"runs\" is no SARIF log"));
    } else if (!log->has_version) {
        sink_refuse(log->sink, DIAG_FORMAT_VERSION, 1, 1,
                    SPAN("the log does not say its version; only 2.1.0 is read"));
    } else if (!log->has_runs) {
        sink_drop(log->sink, DIAG_REPORT_NOTHING, 1, SPAN("a log without runs: no tool ran"));
    }
    sarif_tallies_tell(log->tallies, log->sink);
    sink_families(log->sink, FAMILY_FINDINGS, false);
}

static void parse(struct input *input, struct sink *sink)
{
    struct log log = {.json = json_reader_open(input, false),
                      .sink = sink,
                      .tallies = mem_alloc(sizeof(*log.tallies))};
    enum json_token root = json_peek(log.json);
    if (root == JSON_OBJECT) {
        (void)json_next(log.json);
        read_members(&log);
    } else if (root != JSON_FAULT) {
        sink_refuse(sink, DIAG_FORMAT_WRONG, json_line(log.json), json_column(log.json),
                    SPAN("a SARIF log is a JSON object"));
    }
    if (!sink->refused && json_next(log.json) == JSON_END) {
        judge(&log);
    }
    free(log.tallies);
    json_reader_close(log.json);
}

static int probe(const struct head *head)
{
    if (head->json_kind != '{') {
        return PROBE_NO;
    }
    bool runs = head_has_key(head, "runs");
    bool says_so =
        head_has_key(head, "$schema") && span_find_text(head->bytes, "sarif") != SIZE_MAX;
    if (runs && (head_has_key(head, "version") || says_so || head_has_inner_key(head, "tool"))) {
        return PROBE_SURE;
    }
    return says_so || (runs && head_has_inner_key(head, "results")) ? PROBE_LIKELY : PROBE_NO;
}

const struct collector collector_sarif = {
    .name = "sarif",
    .title = "SARIF 2.1.0",
    .spec = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html",
    .tools = "CodeQL, Semgrep, Trivy, Grype, ESLint, Ruff, Bandit, gosec, Checkov, gitleaks, "
             "golangci-lint, Scorecard, Snyk, clang-tidy, GCC, MSVC and most other analysers",
    .families = FAMILY_FINDINGS | FAMILY_SECURITY,
    .probe = probe,
    .parse = parse,
};
