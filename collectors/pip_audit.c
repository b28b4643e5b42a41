/* The output of `pip-audit -f json` -> findings of vulnerable packages.
 *
 * `dependencies` (in early versions the document itself) lists packages with their `vulns`; a
 * package with `skip_reason` was not looked at, so the run is incomplete. There is no severity at
 * all: a known vulnerability counts as an error, in no severity band. */
#include "collectors/collector.h"
#include "collectors/lint_finding.h"

#include "base/buf.h"
#include "base/json_read.h"
#include "base/vec.h"

/* Pieces of audit.text. */
struct vulnerability {
    size_t id, id_size, fixed, fixed_size, message, message_size;
    uint64_t line;
};

struct audit {
    struct json_reader *json;
    struct sink *sink;
    struct buf name, version;
    struct buf text;
    struct vec found; /* struct vulnerability of the current package, whose name may come later */
    uint64_t checked; /* packages */
};

static int pip_audit_probe(const struct head *head)
{
    bool package = head_has_inner_key(head, "vulns") || head_has_inner_key(head, "skip_reason");
    bool object = head->json_kind == '{' && head_has_key(head, "dependencies") &&
                  (package || head_has_key(head, "fixes"));
    bool list = head->json_kind == '[' && head_has_key(head, "name") && head_has_key(head, "vulns");
    return object || list ? PROBE_SURE : PROBE_NO;
}

static void keep(struct audit *audit, size_t *start, size_t *size, struct span text)
{
    *start = audit->text.size;
    *size = text.size;
    buf_add(&audit->text, text);
}

/* The first of the versions without the vulnerability. */
static void read_fixes(struct audit *audit, struct vulnerability *found)
{
    struct span text;
    if (!json_array(audit->json)) {
        return;
    }
    while (json_item(audit->json)) {
        if (json_string(audit->json, &text) && found->fixed_size == 0) {
            keep(audit, &found->fixed, &found->fixed_size, text);
        }
    }
}

static void read_vulnerability(struct audit *audit)
{
    struct json_reader *json = audit->json;
    struct vulnerability found = {0};
    struct span key;
    struct span text;
    if (!json_object(json)) {
        return;
    }
    found.line = json_line(json);
    while (json_key(json, &key)) {
        bool id = span_is(key, "id");
        if (span_is(key, "fix_versions")) {
            read_fixes(audit, &found);
        } else if (!id && !span_is(key, "description")) {
            json_skip(json);
        } else if (json_string(json, &text)) {
            keep(audit, id ? &found.id : &found.message, id ? &found.id_size : &found.message_size,
                 text);
        }
    }
    *(struct vulnerability *)vec_add(&audit->found) = found;
}

static void take_package(struct audit *audit)
{
    struct span text = buf_span(&audit->text);
    for (size_t index = 0; index < audit->found.count; index++) {
        const struct vulnerability *found = vec_at(&audit->found, index);
        struct finding_in finding = {
            .rule = span_until(span_from(text, found->id), found->id_size),
            .message = span_until(span_from(text, found->message), found->message_size),
            .package = buf_span(&audit->name),
            .version = buf_span(&audit->version),
            .fixed_version = span_until(span_from(text, found->fixed), found->fixed_size),
            .level = LEVEL_ERROR};
        lint_finding_take(audit->sink, &finding, found->line);
    }
}

static void read_package(struct audit *audit)
{
    struct json_reader *json = audit->json;
    struct span key;
    struct span text;
    buf_clear(&audit->name);
    buf_clear(&audit->version);
    buf_clear(&audit->text);
    vec_clear(&audit->found);
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        struct buf *to = span_is(key, "name")      ? &audit->name
                         : span_is(key, "version") ? &audit->version
                                                   : NULL;
        if (to != NULL) {
            if (json_string(json, &text)) {
                buf_clear(to);
                buf_add(to, text);
            }
        } else if (span_is(key, "vulns")) {
            audit->checked++;
            if (json_array(json)) {
                while (json_item(json)) {
                    read_vulnerability(audit);
                }
            }
        } else if (span_is(key, "skip_reason")) {
            sink_drop(audit->sink, DIAG_REPORT_TOOL_FAILED, json_line(json),
                      SPAN("a package was skipped: whether it is vulnerable is unknown"));
            json_skip(json);
        } else {
            json_skip(json);
        }
    }
    take_package(audit);
}

static void read_packages(struct audit *audit)
{
    if (json_array(audit->json)) {
        while (json_item(audit->json)) {
            read_package(audit);
        }
    }
}

static void pip_audit_parse(struct input *in, struct sink *out)
{
    struct audit audit = {.json = json_reader_open(in, false), .sink = out};
    struct span key;
    vec_init(&audit.found, sizeof(struct vulnerability));
    if (json_peek(audit.json) == JSON_OBJECT) {
        json_object(audit.json);
        while (json_key(audit.json, &key)) {
            if (span_is(key, "dependencies")) {
                read_packages(&audit);
            } else {
                json_skip(audit.json);
            }
        }
    } else {
        read_packages(&audit);
    }
    json_next(audit.json); /* nothing may follow */
    sink_tool(out, SPAN("pip-audit"), span_make(NULL, 0));
    sink_families(out, FAMILY_FINDINGS | FAMILY_SECURITY, audit.checked > 0);
    json_reader_close(audit.json);
    buf_release(&audit.name);
    buf_release(&audit.version);
    buf_release(&audit.text);
    vec_release(&audit.found);
}

const struct collector collector_pip_audit = {
    .name = "pip_audit",
    .title = "pip-audit -f json",
    .spec = "https://github.com/pypa/pip-audit, README",
    .tools = "pip-audit",
    .families = FAMILY_FINDINGS | FAMILY_SECURITY,
    .probe = pip_audit_probe,
    .parse = pip_audit_parse,
};
