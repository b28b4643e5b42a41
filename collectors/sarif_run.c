/* JSON of one SARIF run -> findings (SARIF 2.1.0, 3.14).
 *
 * The order of keys is free. A result whose rule, level and file can be settled goes to the sink at
 * once; the others wait for the end of the run (sarif_pending.h). */
#include "collectors/sarif_run.h"

#include "collectors/sarif_findings.h"
#include "collectors/sarif_pending.h"
#include "collectors/sarif_tool.h"
#include "collectors/sarif_trivy.h"

struct run {
    struct json_reader *json;
    struct sink *sink;
    struct sarif_findings findings;
    struct sarif_result_reader results;
    struct sarif_pending pending;
    uint64_t at; /* line in the report */
    bool tool_read, has_name;
    bool results_given;
    bool has_results; /* the list was read, be it empty */
    bool has_gone;    /* some result is gone, and nobody looks for its rule */
    bool incomplete;
};

/* ---- reading results ---- */

/* Is everything known that the result refers to? */
static bool is_ready(const struct run *run, const struct sarif_result *result)
{
    bool needs_artifacts = result->uri.size == 0 && result->artifact >= 0;
    return run->tool_read && (result->has_level || run->findings.invocations.read) &&
           (!needs_artifacts || run->findings.places.has_artifacts);
}

static void take_result(struct run *run, struct sarif_result *result)
{
    if (result->gone) {
        run->has_gone = true;
        return;
    }
    if (result->kind != SARIF_KIND_FAIL) {
        if (result->kind == SARIF_KIND_OPEN) {
            sarif_tallies_count(run->findings.tallies, SARIF_OPEN, result->at);
        }
        if (result->has_level && result->level != LEVEL_NONE) {
            sarif_tallies_count(run->findings.tallies, SARIF_CONTRADICTION, result->at);
        }
        return;
    }
    sarif_tallies_look(run->findings.tallies, result);
    if (!run->tool_read || run->findings.is_trivy) {
        struct sarif_trivy facts = sarif_trivy_read(result->text, false);
        result->label = facts.label;
        result->passed = facts.passed;
    }
    if (is_ready(run, result)) {
        sarif_findings_add(&run->findings, result, 0);
    } else {
        sarif_pending_add(&run->pending, result);
    }
}

static void read_results(struct run *run)
{
    struct json_reader *json = run->json;
    bool is_list = json_peek(json) == JSON_ARRAY;
    bool is_null = json_peek(json) == JSON_NULL;
    uint64_t line = json_line(json);
    if (!is_list && !is_null) {
        sink_drop(run->sink, DIAG_REPORT_VALUE, line, SPAN("\"results\" is not a list"));
    }
    run->results_given = true;
    run->has_results = is_list;
    if (!json_array(json)) {
        return;
    }
    while (json_item(json) && !run->sink->refused) {
        struct sarif_result *result = sarif_result_read(&run->results, json);
        if (result == NULL) {
            sink_drop(run->sink, DIAG_REPORT_VALUE, run->results.result.at,
                      SPAN("a result that is not an object"));
        } else if (!json_failed(json)) {
            take_result(run, result);
        }
    }
}

/* ---- the other members ---- */

/* Does a value hold anything: an object, or a list with an item? */
static bool holds_something(struct json_reader *json)
{
    if (json_peek(json) == JSON_OBJECT) {
        json_skip(json);
        return true;
    }
    bool something = false;
    if (!json_array(json)) {
        return false;
    }
    while (json_item(json)) {
        something = true;
        json_skip(json);
    }
    return something;
}

/* Parts of a run may be kept in other files (3.14.2). They are not opened; those that could change
 * what was found make the run incomplete. */
static void read_external(struct run *run)
{
    struct span key;
    if (!json_object(run->json)) {
        return;
    }
    while (json_key(run->json, &key)) {
        uint64_t line = json_line(run->json);
        bool matters = span_is(key, "results") || span_is(key, "invocations") ||
                       span_is(key, "driver") || span_is(key, "extensions") ||
                       span_is(key, "artifacts");
        if (!matters) {
            json_skip(run->json);
        } else if (holds_something(run->json)) {
            sink_drop(run->sink, DIAG_SARIF_EXTERNAL, line, span_make(NULL, 0));
            run->incomplete = true;
        }
    }
}

static void read_tool(struct run *run)
{
    run->has_name = sarif_tool_read(&run->findings.rules, run->json);
    run->tool_read = true;
    run->findings.is_trivy = sarif_trivy_is_tool(run->findings.rules.tool_name);
    sink_tool(run->sink, run->findings.rules.tool_name, run->findings.rules.tool_version);
    if (run->findings.rules.number_line > 0) {
        sarif_tallies_count(run->findings.tallies, SARIF_SEVERITY_IS_NUMBER,
                            run->findings.rules.number_line);
    }
    if (run->findings.rules.link_line > 0) {
        sarif_tallies_count(run->findings.tallies, SARIF_ODD_LINK, run->findings.rules.link_line);
    }
}

static void read_member(struct run *run, struct span key)
{
    if (span_is(key, "tool")) {
        read_tool(run);
    } else if (span_is(key, "results")) {
        read_results(run);
    } else if (span_is(key, "invocations")) {
        sarif_invocations_read(&run->findings.invocations, run->json);
    } else if (span_is(key, "artifacts")) {
        sarif_places_read_artifacts(&run->findings.places, run->json);
    } else if (span_is(key, "originalUriBaseIds")) {
        sarif_places_read_bases(&run->findings.places, run->json);
    } else if (span_is(key, "externalPropertyFileReferences")) {
        read_external(run);
    } else {
        json_skip(run->json);
    }
}

/* ---- the end of a run ---- */

/* Two tools leave the list out when it would be empty. Both write all of the report at their end,
 * and results of their own say what they could not look at. */
static bool leaves_out_empty(const struct run *run)
{
    return span_is(run->findings.rules.tool_name, "Staticcheck") ||
           span_is(run->findings.rules.tool_name, "revive");
}

/* Trivy and Grype give every finding a severity, so a clean run of theirs says that there is
 * none. */
static bool states_bands(const struct run *run)
{
    return run->findings.has_bands || run->findings.rules.has_severity || run->findings.is_trivy ||
           span_is_caseless(run->findings.rules.tool_name, "grype");
}

static void finish(struct run *run)
{
    struct sink *sink = run->sink;
    sarif_pending_each(&run->pending, sarif_findings_add, &run->findings);
    if (!run->has_name) {
        sink_note(sink, DIAG_REPORT_NO_NAME, run->at, SPAN("a run without the name of its tool"));
    }
    bool failed = sarif_invocations_tell(&run->findings.invocations, &run->findings.rules, sink);
    if (run->findings.not_checked > 0) {
        sink_drop(sink, DIAG_REPORT_TOOL_FAILED, run->findings.not_checked,
                  SPAN("a result says that a part could not be checked: its findings are missing"));
        failed = true;
    }
    run->has_results = run->has_results || (!run->results_given && leaves_out_empty(run));
    if (!run->has_results) {
        sink_drop(sink, DIAG_SARIF_NO_RESULTS, run->at, span_make(NULL, 0));
    }
    if (run->has_results && !run->has_gone && !run->findings.is_trivy) {
        sarif_rules_give(&run->findings.rules, sink);
    }
    sarif_places_tell_roots(&run->findings.places, sink);
    unsigned families = FAMILY_FINDINGS | (states_bands(run) ? FAMILY_SECURITY : 0U);
    sink_families(sink, families, run->has_results && !failed && !run->incomplete);
}

void sarif_run_read(struct json_reader *json, struct sink *sink, struct sarif_tallies *tallies)
{
    struct run run = {.json = json, .sink = sink};
    sarif_findings_init(&run.findings, sink, tallies);
    sarif_pending_init(&run.pending);
    json_peek(json);
    run.at = json_line(json);
    tallies->runs++;
    struct span key;
    if (json_object(json)) {
        while (json_key(json, &key) && !sink->refused) {
            read_member(&run, key);
        }
        if (!json_failed(json)) {
            finish(&run);
        }
    } else if (!json_failed(json)) {
        sink_drop(sink, DIAG_REPORT_VALUE, run.at, SPAN("a run that is not an object"));
    }
    sarif_findings_release(&run.findings);
    sarif_pending_release(&run.pending);
    sarif_result_release(&run.results);
}
