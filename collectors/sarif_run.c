/* JSON of one SARIF run -> findings (SARIF 2.1.0, 3.14).
 *
 * The order of keys is free. A result whose rule, level and file can be settled goes to the sink at once;
 * the others wait for the end of the run (sarif_pending.h). */
#include "collectors/sarif_run.h"

#include "base/hash.h"
#include "collectors/sarif_invocations.h"
#include "collectors/sarif_message.h"
#include "collectors/sarif_pending.h"
#include "collectors/sarif_place.h"
#include "collectors/sarif_tool.h"
#include "collectors/sarif_trivy.h"

struct run {
    struct json_reader *json;
    struct sink *sink;
    struct sarif_tallies *tallies;
    struct sarif_rules rules;
    struct sarif_places places;
    struct sarif_invocations invocations;
    struct sarif_result_reader results;
    struct sarif_pending pending;
    struct buf path, message;
    uint64_t at; /* line in the report */
    bool tool_read, has_name, is_trivy;
    bool has_results; /* the list was read, be it empty */
    bool has_bands;   /* the tool states security severities */
    bool has_gone;    /* some result is gone, and nobody looks for its rule */
    bool incomplete;
};

/* ---- settling one result ---- */

static enum level level_of_result(struct run *run, const struct sarif_result *result,
                                  const struct sarif_rule *rule)
{
    if (result->has_level) {
        return result->level;
    }
    unsigned level = sarif_invocations_level(&run->invocations, &run->rules, result->invocation,
                                             rule, result->rule.id);
    if (level == SARIF_LEVEL_UNSET && rule != NULL) {
        level = rule->level;
    }
    return level == SARIF_LEVEL_UNSET ? LEVEL_WARNING : (enum level)level;
}

/* The rule's severity goes before the result's own. Trivy's rules hold those of the last package with
 * that id: where the label of the result is another one, the label counts. */
static enum band band_of_result(struct run *run, const struct sarif_result *result,
                                const struct sarif_rule *rule)
{
    unsigned label = run->is_trivy ? result->label : 0;
    if (label == 0 && run->is_trivy && rule != NULL) {
        label = rule->tag;
    }
    bool stated = rule != NULL && rule->has_severity;
    if (label > 0 && (!stated || (rule->tag > 0 && rule->tag != label))) {
        return (enum band)(label - 1);
    }
    if (!stated) {
        if (result->odd_severity) {
            sarif_count(run->tallies, SARIF_ODD_SEVERITY, result->at);
        }
        return result->has_band ? result->band : BAND_NONE;
    }
    if (rule->odd_severity) {
        sarif_count(run->tallies,
                    rule->band == BAND_NONE ? SARIF_ODD_SEVERITY : SARIF_SEVERITY_ABOVE,
                    result->at);
    }
    return (enum band)rule->band;
}

static const struct sarif_rule *rule_of(struct run *run, const struct sarif_result *result)
{
    enum sarif_match match = SARIF_MATCH_NONE;
    const struct sarif_rule *rule = sarif_rules_find(&run->rules, &result->rule, &match);
    if (match == SARIF_MATCH_STALE) {
        sarif_count(run->tallies, SARIF_INDEX_STALE, result->at);
    } else if (match == SARIF_MATCH_OUTSIDE) {
        sarif_count(run->tallies, SARIF_INDEX_OUTSIDE, result->at);
    }
    if (result->rule.id.size == 0 && rule == NULL) {
        sarif_count(run->tallies, SARIF_NO_RULE, result->at);
    }
    if (rule != NULL) {
        sarif_rules_use(&run->rules, rule);
    }
    return rule;
}

static void tell_odd_path(struct run *run, const struct sarif_result *result,
                          enum sarif_oddity oddity, struct span uri)
{
    static const char *const words[] = {
        [SARIF_PATH_SCHEME] = "is no file; it is kept as text and never used as a link",
        [SARIF_PATH_ESCAPES] = "leaves the folder that it is relative to",
        [SARIF_PATH_CONTROL] = "holds control characters"};
    struct buf text = {.size = 0};
    buf_add_format(&text, "the path \"%.*s\" %s", SPAN_ARG(span_until(uri, 200)), words[oddity]);
    sink_note(run->sink, DIAG_REPORT_PATH, result->at, buf_span(&text));
    buf_release(&text);
}

static struct span path_of(struct run *run, const struct sarif_result *result)
{
    struct span uri = result->uri;
    struct span base = result->base;
    const struct sarif_artifact *artifact =
        uri.size == 0 ? sarif_places_artifact(&run->places, result->artifact) : NULL;
    if (artifact != NULL) {
        uri = artifact->uri;
        base = artifact->base;
    }
    enum sarif_oddity oddity = SARIF_PATH_PLAIN;
    struct span path = sarif_path_of(uri, &run->path, &oddity);
    if (base.size > 0 && uri.size > 0) {
        sarif_places_use(&run->places, base);
    }
    if (oddity != SARIF_PATH_PLAIN) {
        tell_odd_path(run, result, oddity, uri);
    }
    return path;
}

/* What is kept for display only. */
static void add_detail(struct run *run, const struct sarif_result *result,
                       const struct sarif_rule *rule, struct finding_in *finding)
{
    finding->line = result->line;
    finding->column = result->column;
    finding->message = sarif_message_text(&run->rules, rule, result, &run->message);
    if (run->is_trivy) {
        struct sarif_trivy facts = sarif_trivy_read(result->text, true);
        struct span title = facts.title.size == 0 && rule != NULL ? rule->title : facts.title;
        finding->package = facts.package;
        finding->version = facts.version;
        finding->fixed_version = facts.fixed_version;
        finding->message = title.size > 0 ? title : finding->message;
    }
}

static void give(void *self, const struct sarif_result *result, uint64_t repeats)
{
    struct run *run = self;
    if (run->is_trivy && result->passed) {
        return;
    }
    const struct sarif_rule *rule = rule_of(run, result);
    struct finding_in finding = {.rule = result->rule.id,
                                 .path = path_of(run, result),
                                 .level = level_of_result(run, result, rule),
                                 .band = band_of_result(run, result, rule),
                                 .suppressed = result->suppressed,
                                 .repeats = repeats};
    if (finding.rule.size == 0 && rule != NULL) {
        finding.rule = rule->id;
    }
    run->has_bands = run->has_bands || result->has_band;
    if (sink_keeps_detail(run->sink, finding.level)) {
        add_detail(run, result, rule, &finding);
    }
    sink_finding(run->sink, &finding);
}

/* ---- reading results ---- */

/* Is everything known that the result refers to? */
static bool is_ready(const struct run *run, const struct sarif_result *result)
{
    bool needs_artifacts = result->uri.size == 0 && result->artifact >= 0;
    return run->tool_read && (result->has_level || run->invocations.read) &&
           (!needs_artifacts || run->places.has_artifacts);
}

/* The end of a text and its size: enough to tell most paths and ids apart. */
static uint64_t end_of(struct span text)
{
    uint64_t word = 0;
    size_t size = text.size < sizeof(word) ? text.size : sizeof(word);
    if (size > 0) {
        memcpy(&word, text.data + text.size - size, size);
    }
    return word * 31 + text.size;
}

/* Was there one in this run that says the same of the same place, some hundreds of results back? Only a
 * remark depends on it. */
static void notice_repeated(struct run *run, const struct sarif_result *result)
{
    const uint64_t parts[] = {hash64(result->text, run->tallies->runs),
                              end_of(result->uri),
                              end_of(result->rule.id),
                              (uint64_t)result->rule.index << 32 | (uint32_t)result->artifact,
                              (uint64_t)result->invocation << 8 | (uint64_t)result->level,
                              result->line << 32 | result->column};
    uint64_t mark = 1;
    for (size_t part = 0; part < sizeof(parts) / sizeof(parts[0]); part++) {
        mark = (mark ^ parts[part]) * UINT64_C(0x9e3779b97f4a7c15);
        mark ^= mark >> 32;
    }
    uint64_t *recent = &run->tallies->recent[mark % SARIF_RECENT];
    if (*recent == mark) {
        sarif_count(run->tallies, SARIF_REPEATED, result->at);
    }
    *recent = mark;
}

static void count_if(struct run *run, bool met, enum sarif_tally tally,
                     const struct sarif_result *result)
{
    if (met) {
        sarif_count(run->tallies, tally, result->at);
    }
}

static void tally_oddities(struct run *run, const struct sarif_result *result)
{
    count_if(run, result->odd_kind, SARIF_ODD_KIND, result);
    count_if(run, result->odd_level, SARIF_ODD_LEVEL, result);
    count_if(run, result->odd_suppression, SARIF_ODD_SUPPRESSION, result);
    count_if(run, result->odd_line, SARIF_ODD_LINE, result);
    count_if(run, result->suppressed && result->in_source, SARIF_SUPPRESSED_IN_SOURCE, result);
    count_if(run, result->text.size == 0 && result->message_id.size == 0, SARIF_NO_MESSAGE, result);
}

static void take_result(struct run *run, struct sarif_result *result)
{
    if (result->gone) {
        run->has_gone = true;
        return;
    }
    if (result->kind != SARIF_KIND_FAIL) {
        if (result->kind == SARIF_KIND_OPEN) {
            sarif_count(run->tallies, SARIF_OPEN, result->at);
        }
        if (result->has_level && result->level != LEVEL_NONE) {
            sarif_count(run->tallies, SARIF_CONTRADICTION, result->at);
        }
        return;
    }
    tally_oddities(run, result);
    notice_repeated(run, result);
    if (!run->tool_read || run->is_trivy) {
        struct sarif_trivy facts = sarif_trivy_read(result->text, false);
        result->label = facts.label;
        result->passed = facts.passed;
    }
    if (is_ready(run, result)) {
        give(run, result, 0);
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

/* Parts of a run may be kept in other files (3.14.2). They are not opened; those that could change what
 * was found make the run incomplete. */
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
    run->has_name = sarif_tool_read(&run->rules, run->json);
    run->tool_read = true;
    run->is_trivy = sarif_trivy_is_tool(run->rules.tool_name);
    sink_tool(run->sink, run->rules.tool_name, run->rules.tool_version);
    if (run->rules.number_line > 0) {
        sarif_count(run->tallies, SARIF_SEVERITY_IS_NUMBER, run->rules.number_line);
    }
    if (run->rules.link_line > 0) {
        sarif_count(run->tallies, SARIF_ODD_LINK, run->rules.link_line);
    }
}

static void read_member(struct run *run, struct span key)
{
    if (span_is(key, "tool")) {
        read_tool(run);
    } else if (span_is(key, "results")) {
        read_results(run);
    } else if (span_is(key, "invocations")) {
        sarif_invocations_read(&run->invocations, run->json);
    } else if (span_is(key, "artifacts")) {
        sarif_places_read_artifacts(&run->places, run->json);
    } else if (span_is(key, "originalUriBaseIds")) {
        sarif_places_read_bases(&run->places, run->json);
    } else if (span_is(key, "externalPropertyFileReferences")) {
        read_external(run);
    } else {
        json_skip(run->json);
    }
}

/* ---- the end of a run ---- */

/* Trivy and Grype give every finding a severity, so a clean run of theirs says that there is none. */
static bool states_bands(const struct run *run)
{
    return run->has_bands || run->rules.has_severity || run->is_trivy ||
           span_is_caseless(run->rules.tool_name, "grype");
}

static void finish(struct run *run)
{
    struct sink *sink = run->sink;
    sarif_pending_each(&run->pending, give, run);
    if (!run->has_name) {
        sink_note(sink, DIAG_REPORT_NO_NAME, run->at, SPAN("a run without the name of its tool"));
    }
    bool failed = sarif_invocations_tell(&run->invocations, &run->rules, sink);
    if (!run->has_results) {
        sink_drop(sink, DIAG_SARIF_NO_RESULTS, run->at, span_make(NULL, 0));
    }
    if (run->has_results && !run->has_gone && !run->is_trivy) {
        sarif_rules_give(&run->rules, sink);
    }
    sarif_places_tell_roots(&run->places, sink);
    unsigned families = FAMILY_FINDINGS | (states_bands(run) ? FAMILY_SECURITY : 0U);
    sink_families(sink, families, run->has_results && !failed && !run->incomplete);
}

void sarif_run_read(struct json_reader *json, struct sink *sink, struct sarif_tallies *tallies)
{
    struct run run = {.json = json, .sink = sink, .tallies = tallies};
    sarif_rules_init(&run.rules);
    sarif_places_init(&run.places);
    sarif_invocations_init(&run.invocations);
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
    sarif_rules_release(&run.rules);
    sarif_places_release(&run.places);
    sarif_invocations_release(&run.invocations);
    sarif_pending_release(&run.pending);
    sarif_result_release(&run.results);
    buf_release(&run.path);
    buf_release(&run.message);
}
