/* The output of `npm audit --json` -> findings of vulnerable packages.
 *
 * Version 2 (npm 7 and later) lists packages; `via` holds the advisories as objects and, as texts,
 * the names of other packages through which the trouble comes: only the objects count, each
 * advisory once by its `source`. Version 1 (npm 6) lists the advisories themselves. An `error`
 * object or a `message` of the registry's client instead of a list means that the audit did not
 * take place. */
#include "collectors/collector.h"
#include "collectors/lint_finding.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/json_read.h"
#include "base/map.h"

struct audit {
    struct json_reader *json;
    struct sink *sink;
    struct map sources; /* hashes of the advisories counted */
    struct buf rule, title, package, severity, range, source;
    uint64_t line; /* of the advisory in the report */
    bool checked;
    bool listed; /* the list of what was found is there, perhaps empty */
};

static int npm_audit_probe(const struct head *head)
{
    bool second = head_has_key(head, "auditReportVersion") && head_has_key(head, "vulnerabilities");
    /* In a long report the first list hides the keys behind it. */
    bool actions = head_has_key(head, "actions");
    bool first =
        (head_has_key(head, "advisories") && (actions || head_has_key(head, "metadata"))) ||
        (actions && head_has_inner_key(head, "action") && head_has_inner_key(head, "resolves"));
    bool message = head_has_key(head, "message");
    bool error = head_has_key(head, "error") && head_has_inner_key(head, "summary") &&
                 (message || head_has_inner_key(head, "code"));
    bool request = message && head_has_key(head, "method") && head_has_key(head, "uri");
    bool known = first || second || error || request;
    return head->json_kind == '{' && known ? PROBE_SURE : PROBE_NO;
}

/* ---- an advisory ---- */

static void take_advisory(struct audit *audit)
{
    static const struct {
        const char *word;
        enum level level;
        enum band band;
    } severities[] = {{"critical", LEVEL_ERROR, BAND_CRITICAL},
                      {"high", LEVEL_ERROR, BAND_HIGH},
                      {"moderate", LEVEL_WARNING, BAND_MEDIUM},
                      {"low", LEVEL_NOTE, BAND_LOW},
                      {"info", LEVEL_NOTE, BAND_NONE}};
    uint64_t *counted = map_put(&audit->sources, hash64(buf_span(&audit->source), 0));
    if (audit->source.size > 0 && (*counted)++ > 0) {
        return;
    }
    struct finding_in finding = {.rule = buf_span(&audit->rule),
                                 .message = buf_span(&audit->title),
                                 .package = buf_span(&audit->package),
                                 .version = buf_span(&audit->range),
                                 .level = LEVEL_ERROR};
    bool known = false;
    for (size_t index = 0; index < sizeof(severities) / sizeof(severities[0]); index++) {
        if (span_is(buf_span(&audit->severity), severities[index].word)) {
            finding.level = severities[index].level;
            finding.band = severities[index].band;
            known = true;
        }
    }
    if (!known) {
        sink_note(audit->sink, DIAG_LINT_LEVEL, audit->line, span_make(NULL, 0));
        finding.band = BAND_CRITICAL;
    }
    lint_finding_take(audit->sink, &finding, audit->line);
}

static void keep(struct buf *buf, struct span text)
{
    buf_clear(buf);
    buf_add(buf, text);
}

/* `https://github.com/advisories/GHSA-xxxx` names the advisory better than npm's number does. */
static void keep_url(struct audit *audit, struct span url)
{
    size_t slash = span_find_last(url, '/');
    struct span last = slash == SIZE_MAX ? url : span_from(url, slash + 1);
    if (span_starts(last, "GHSA-") || span_starts(last, "CVE-")) {
        keep(&audit->rule, last);
    }
}

/* Takes the advisory object that comes next; in version 1 the names differ. */
static void read_advisory(struct audit *audit)
{
    struct json_reader *json = audit->json;
    struct buf *const all[] = {&audit->rule,     &audit->title, &audit->package,
                               &audit->severity, &audit->range, &audit->source};
    struct span key;
    struct span text;
    for (size_t index = 0; index < sizeof(all) / sizeof(all[0]); index++) {
        buf_clear(all[index]);
    }
    json_object(json);
    audit->line = json_line(json);
    while (json_key(json, &key)) {
        struct buf *to = NULL;
        bool url = span_is(key, "url");
        if (span_is(key, "source") || span_is(key, "id")) {
            to = &audit->source;
        } else if (span_is(key, "name") || span_is(key, "module_name")) {
            to = &audit->package;
        } else if (span_is(key, "title")) {
            to = &audit->title;
        } else if (span_is(key, "severity")) {
            to = &audit->severity;
        } else if (span_is(key, "range") || span_is(key, "vulnerable_versions")) {
            to = &audit->range;
        }
        enum json_token token = json_peek(json);
        if ((to == NULL && !url) || (token != JSON_STRING && token != JSON_NUMBER)) {
            json_skip(json);
            continue;
        }
        json_next(json);
        text = json_text(json);
        if (url) {
            keep_url(audit, text);
        } else {
            keep(to, text);
        }
    }
    if (audit->rule.size == 0) {
        keep(&audit->rule, buf_span(&audit->source));
    }
    if (!json_failed(json)) {
        take_advisory(audit);
    }
}

/* ---- the report ---- */

/* The advisories among `via`; texts are names of other packages. */
static void read_via(struct audit *audit)
{
    if (!json_array(audit->json)) {
        return;
    }
    while (json_item(audit->json)) {
        if (json_peek(audit->json) == JSON_OBJECT) {
            read_advisory(audit);
        } else {
            json_skip(audit->json);
        }
    }
}

/* Version 2: package -> {via: [...]}. */
static void read_vulnerabilities(struct audit *audit)
{
    struct span key;
    if (!json_object(audit->json)) {
        return;
    }
    while (json_key(audit->json, &key)) {
        if (!json_object(audit->json)) {
            continue;
        }
        while (json_key(audit->json, &key)) {
            if (span_is(key, "via")) {
                read_via(audit);
            } else {
                json_skip(audit->json);
            }
        }
    }
}

/* Version 1: number -> advisory. */
static void read_advisories(struct audit *audit)
{
    struct span key;
    if (!json_object(audit->json)) {
        return;
    }
    while (json_key(audit->json, &key)) {
        if (json_peek(audit->json) == JSON_OBJECT) {
            read_advisory(audit);
        } else {
            json_skip(audit->json);
        }
    }
}

/* How many packages were looked at: `dependencies.total`, or `totalDependencies` in version 1. */
static void read_metadata(struct audit *audit)
{
    struct span key;
    uint64_t total = 0;
    if (!json_object(audit->json)) {
        return;
    }
    while (json_key(audit->json, &key)) {
        if (span_is(key, "totalDependencies")) {
            audit->checked = (json_u64(audit->json, &total) && total > 0) || audit->checked;
        } else if (span_is(key, "dependencies") && json_peek(audit->json) == JSON_OBJECT) {
            json_object(audit->json);
            while (json_key(audit->json, &key)) {
                if (span_is(key, "total")) {
                    audit->checked = (json_u64(audit->json, &total) && total > 0) || audit->checked;
                } else {
                    json_skip(audit->json);
                }
            }
        } else {
            json_skip(audit->json);
        }
    }
}

static void read_report(struct audit *audit)
{
    struct span key;
    if (!json_object(audit->json)) {
        return;
    }
    while (json_key(audit->json, &key)) {
        audit->listed =
            audit->listed || span_is(key, "vulnerabilities") || span_is(key, "advisories");
        if (span_is(key, "vulnerabilities")) {
            read_vulnerabilities(audit);
        } else if (span_is(key, "advisories")) {
            read_advisories(audit);
        } else if (span_is(key, "metadata")) {
            read_metadata(audit);
        } else if (span_is(key, "error")) {
            sink_refuse(audit->sink, DIAG_LINT_NO_RUN, json_line(audit->json),
                        json_column(audit->json), span_make(NULL, 0));
            json_skip(audit->json);
        } else {
            json_skip(audit->json);
        }
    }
}

static void npm_audit_parse(struct input *in, struct sink *out)
{
    struct audit audit = {.json = json_reader_open(in, false), .sink = out};
    read_report(&audit);
    json_next(audit.json); /* nothing may follow */
    if (!audit.listed && !json_failed(audit.json)) {
        sink_refuse(out, DIAG_LINT_NO_RUN, 1, 1, SPAN("there is no list of vulnerabilities"));
    }
    sink_tool(out, SPAN("npm audit"), span_make(NULL, 0));
    sink_families(out, FAMILY_FINDINGS | FAMILY_SECURITY, audit.checked);
    json_reader_close(audit.json);
    map_release(&audit.sources);
    buf_release(&audit.rule);
    buf_release(&audit.title);
    buf_release(&audit.package);
    buf_release(&audit.severity);
    buf_release(&audit.range);
    buf_release(&audit.source);
}

const struct collector collector_npm_audit = {
    .name = "npm_audit",
    .title = "npm audit --json",
    .spec = "https://docs.npmjs.com/cli/commands/npm-audit",
    .tools = "npm audit (report versions 1 and 2), pnpm audit",
    .families = FAMILY_FINDINGS | FAMILY_SECURITY,
    .probe = npm_audit_probe,
    .parse = npm_audit_parse,
};
