/* Results of a SARIF run -> findings: rule, level, band and path are settled (SARIF 2.1.0, 3.27.5
 * to 3.27.12).
 *
 * A level that is not written is that of the invocation, then that of the rule, then warning. Trivy
 * writes rules that are those of the last package only, so what its messages say of this very
 * finding is looked at, too. */
#include "collectors/sarif_findings.h"

#include "collectors/lint_rule.h"
#include "collectors/sarif_message.h"
#include "collectors/sarif_trivy.h"
#include "collectors/sarif_uri.h"

void sarif_findings_init(struct sarif_findings *findings, struct sink *sink,
                         struct sarif_tallies *tallies)
{
    *findings = (struct sarif_findings){.sink = sink, .tallies = tallies};
    sarif_rules_init(&findings->rules);
    sarif_places_init(&findings->places);
    sarif_invocations_init(&findings->invocations);
}

void sarif_findings_release(struct sarif_findings *findings)
{
    sarif_rules_release(&findings->rules);
    sarif_places_release(&findings->places);
    sarif_invocations_release(&findings->invocations);
    buf_release(&findings->path);
    buf_release(&findings->message);
}

static enum level level_of_result(struct sarif_findings *findings,
                                  const struct sarif_result *result, const struct sarif_rule *rule)
{
    if (result->has_level) {
        return result->level;
    }
    unsigned level = sarif_invocations_level(&findings->invocations, &findings->rules,
                                             result->invocation, rule, result->rule.id);
    if (level == SARIF_LEVEL_UNSET && rule != NULL) {
        level = rule->level;
    }
    return level == SARIF_LEVEL_UNSET ? LEVEL_WARNING : (enum level)level;
}

/* The rule's severity goes before the result's own, unless that is worse. Trivy's rules hold those
 * of the last package with that id: where the label of the result is another one, it counts. */
static enum band band_of_result(struct sarif_findings *findings, const struct sarif_result *result,
                                const struct sarif_rule *rule)
{
    unsigned label = findings->is_trivy ? result->label : 0;
    if (label == 0 && findings->is_trivy && rule != NULL) {
        label = rule->tag;
    }
    bool stated = rule != NULL && rule->has_severity;
    if (label > 0 && (!stated || (rule->tag > 0 && rule->tag != label))) {
        return (enum band)(label - 1);
    }
    if (!stated) {
        if (result->odd_severity) {
            sarif_tallies_count(findings->tallies, SARIF_ODD_SEVERITY, result->at);
        }
        return result->has_band ? result->band : BAND_NONE;
    }
    if (rule->odd_severity) {
        sarif_tallies_count(findings->tallies,
                            rule->band == BAND_NONE ? SARIF_ODD_SEVERITY : SARIF_SEVERITY_ABOVE,
                            result->at);
    }
    return result->has_band && result->band > rule->band ? result->band : (enum band)rule->band;
}

static const struct sarif_rule *rule_of(struct sarif_findings *findings,
                                        const struct sarif_result *result)
{
    enum sarif_match match = SARIF_MATCH_NONE;
    const struct sarif_rule *rule = sarif_rules_find(&findings->rules, &result->rule, &match);
    if (match == SARIF_MATCH_STALE) {
        sarif_tallies_count(findings->tallies, SARIF_INDEX_STALE, result->at);
    } else if (match == SARIF_MATCH_OUTSIDE) {
        sarif_tallies_count(findings->tallies, SARIF_INDEX_OUTSIDE, result->at);
    }
    if (result->rule.id.size == 0 && rule == NULL) {
        sarif_tallies_count(findings->tallies, SARIF_NO_RULE, result->at);
    }
    if (rule != NULL) {
        sarif_rules_use(&findings->rules, rule);
    }
    return rule;
}

static void tell_odd_path(struct sarif_findings *findings, const struct sarif_result *result,
                          enum sarif_oddity oddity, struct span uri)
{
    static const char *const words[] = {
        [SARIF_PATH_SCHEME] = "is no file; it is kept as text and never used as a link",
        [SARIF_PATH_ESCAPES] = "leaves the folder that it is relative to",
        [SARIF_PATH_CONTROL] = "holds control characters"};
    struct buf text = {.size = 0};
    buf_add_format(&text, "the path \"%.*s\" %s", SPAN_ARG(span_until(uri, 200)), words[oddity]);
    sink_note(findings->sink, DIAG_REPORT_PATH, result->at, buf_span(&text));
    buf_release(&text);
}

static struct span path_of(struct sarif_findings *findings, const struct sarif_result *result)
{
    struct span uri = result->uri;
    struct span base = result->base;
    const struct sarif_artifact *artifact =
        uri.size == 0 ? sarif_places_artifact(&findings->places, result->artifact) : NULL;
    if (artifact != NULL) {
        uri = artifact->uri;
        base = artifact->base;
    }
    enum sarif_oddity oddity = SARIF_PATH_PLAIN;
    struct span path = sarif_path_of(uri, &findings->path, &oddity);
    if (base.size > 0 && uri.size > 0) {
        sarif_places_use(&findings->places, base);
    }
    if (oddity != SARIF_PATH_PLAIN) {
        tell_odd_path(findings, result, oddity, uri);
    }
    return path;
}

/* What is kept for display only. */
static void add_detail(struct sarif_findings *findings, const struct sarif_result *result,
                       const struct sarif_rule *rule, struct finding_in *finding)
{
    finding->line = result->line;
    finding->column = result->column;
    finding->message = sarif_message_text(&findings->rules, rule, result, &findings->message);
    if (findings->is_trivy) {
        struct sarif_trivy facts = sarif_trivy_read(result->text, true);
        struct span title = facts.title.size == 0 && rule != NULL ? rule->title : facts.title;
        finding->package = facts.package;
        finding->version = facts.version;
        finding->fixed_version = facts.fixed_version;
        finding->message = title.size > 0 ? title : finding->message;
    }
}

/* Results that say that a tool could not look at something: by tool and rule, or any rule of a run
 * that holds nothing else. TFLint has a second run for errors of its own. */
static bool tells_of_gap(const struct sarif_findings *findings, struct span rule)
{
    static const struct {
        const char *tool, *rule;
    } gaps[] = {{"Staticcheck", LINT_RULE_COMPILE},
                {"golangci-lint", LINT_RULE_TYPECHECK},
                {"revive", ""}, /* a file that cannot be parsed breaks no rule */
                {"tflint-errors", NULL}};
    bool found = false;
    for (size_t at = 0; !found && at < sizeof(gaps) / sizeof(gaps[0]); at++) {
        found = span_is(findings->rules.tool_name, gaps[at].tool) &&
                (gaps[at].rule == NULL || span_is(rule, gaps[at].rule));
    }
    return found;
}

void sarif_findings_add(void *self, const struct sarif_result *result, uint64_t repeats)
{
    struct sarif_findings *findings = self;
    if (findings->is_trivy && result->passed) {
        return;
    }
    const struct sarif_rule *rule = rule_of(findings, result);
    struct finding_in finding = {.rule = result->rule.id,
                                 .path = path_of(findings, result),
                                 .level = level_of_result(findings, result, rule),
                                 .band = band_of_result(findings, result, rule),
                                 .suppressed = result->suppressed,
                                 .repeats = repeats};
    if (finding.rule.size == 0 && rule != NULL) {
        finding.rule = rule->id;
    }
    findings->has_bands = findings->has_bands || result->has_band;
    if (findings->not_checked == 0 && tells_of_gap(findings, finding.rule)) {
        findings->not_checked = result->at;
    }
    if (sink_keeps_detail(findings->sink, finding.level)) {
        add_detail(findings, result, rule, &finding);
    }
    sink_finding(findings->sink, &finding);
}
