/* JSON reports of linters -> findings, by the table of lint_json_tools.c.
 *
 * One pass in constant memory: the places that a tool's entry names are a tree of keys, everything
 * else is checked and skipped. Keys may come in any order: findings that come before their file's
 * path are held back until it is known. A finished report without a finding is clean, because a
 * tool that died writes none. */
#include "collectors/collectors.h"
#include "collectors/lint_json_common.h"
#include "collectors/lint_json_detect.h"
#include "collectors/lint_json_finding.h"
#include "collectors/lint_json_paths.h"
#include "collectors/lint_json_run.h"

#include "base/buf.h"
#include "base/json_read.h"

#include <string.h>

/* What a place may lead to besides the fields of a finding. */
enum part {
    PART_ITEMS = FIELD_COUNT,
    PART_FINDINGS,
    PART_HIDDEN,
    PART_TROUBLE,
    PART_ITEM_PATH,
    PART_COMMON_LEVEL,
    PART_RULES,
    PART_RUN /* and those behind it: enum json_run_part */
};

enum { HELD_MOST = 65536 };

struct json_lint {
    struct json_reader *json;
    struct sink *sink;
    const struct lint_json_tool *tool;
    struct json_paths document, item, finding;
    struct json_finding current;
    struct buf text; /* of the current finding and of those held */
    struct buf rule; /* a rule that is put together */
    struct buf path; /* of the current item */
    bool path_known;
    bool has_findings; /* the current item has its list of them, perhaps an empty one */
    unsigned shown;    /* bits of the fields that are for display only */
    unsigned needed;   /* bits of the fields without which a finding is not counted right */
    unsigned missing;  /* those that the current finding did not show yet */
    bool brief; /* the current finding's level is known, and no more of it are kept for display */
    struct vec held; /* struct json_finding: they wait for the path, or for their level */
    struct json_common common;
    struct json_run run;
    bool listed; /* the list of items was there, perhaps without an item */
};

static void take_finding(struct json_lint *lint, const struct json_finding *finding)
{
    enum json_taken taken = json_finding_take(finding, lint->tool, buf_span(&lint->text),
                                              buf_span(&lint->path), &lint->rule, lint->sink);
    lint->run.broken = lint->run.broken || taken == JSON_TAKEN_SUMMARY;
    lint->run.error = lint->run.error || taken == JSON_TAKEN_ERROR;
}

/* ---- the walk ---- */

static void walk_members(struct json_lint *lint, struct json_paths *paths, unsigned node);
static void read_items(struct json_lint *lint);
static void read_findings(struct json_lint *lint, bool hidden);

/* Keeps the scalar that was taken last, unless there is one already: the first counts. That a
 * finding is not suppressed in one way says nothing about the others. */
static void store(struct json_lint *lint, int field, enum json_token token)
{
    struct field_value *value = &lint->current.values[field];
    if (value->set || (field == FIELD_SUPPRESSED && token == JSON_FALSE)) {
        return;
    }
    value->set = true;
    value->token = (uint8_t)token;
    lint->missing &= ~(1U << field);
    struct span text = json_text(lint->json);
    if (token == JSON_STRING || token == JSON_NUMBER) {
        value->start = lint->text.size;
        value->size = (uint32_t)text.size;
        buf_add(&lint->text, text);
    }
    if (field == FIELD_LEVEL) {
        json_finding_set_level(&lint->current, text);
        lint->brief = !sink_keeps_detail(lint->sink, lint->current.level);
    }
}

/* Takes the value that comes next, of a place that has nothing below it. */
static void take_leaf(struct json_lint *lint, int field)
{
    if (lint->brief && (lint->shown >> field & 1) != 0) {
        json_skip(lint->json);
        return;
    }
    enum json_token token = json_next(lint->json);
    if (token == JSON_STRING || token == JSON_NUMBER || token == JSON_TRUE || token == JSON_FALSE) {
        store(lint, field, token);
    } else if (token == JSON_ARRAY) {
        while (json_item(lint->json)) {
            take_leaf(lint, field);
        }
    } else if (token == JSON_OBJECT) {
        json_leave(lint->json);
    }
}

static void take_part(struct json_lint *lint, const struct json_path_node *node)
{
    struct span text;
    switch (node->field) {
    case PART_ITEMS: read_items(lint); break;
    case PART_FINDINGS: read_findings(lint, false); break;
    case PART_HIDDEN: read_findings(lint, true); break;
    case PART_ITEM_PATH:
        if (json_string(lint->json, &text)) {
            buf_clear(&lint->path);
            buf_add(&lint->path, text);
            lint->path_known = true;
        }
        break;
    case PART_COMMON_LEVEL: json_common_read_level(&lint->common, lint->json, lint->sink); break;
    case PART_RULES: json_common_read_rules(&lint->common, lint->json); break;
    case PART_TROUBLE: json_run_take_trouble(lint->json, node->wanted, lint->sink); break;
    default:
        json_run_take(&lint->run, (enum json_run_part)(node->field - PART_RUN), node->wanted,
                      lint->json, lint->sink);
        break;
    }
}

/* Takes the value that comes next, which stands at `node` and may hold other places. */
static void take_tree(struct json_lint *lint, struct json_paths *paths, unsigned node)
{
    const struct json_path_node *at = &paths->nodes[node];
    if (at->field >= (int)FIELD_COUNT) {
        take_part(lint, at);
    } else if (json_peek(lint->json) == JSON_OBJECT) {
        json_object(lint->json);
        walk_members(lint, paths, node);
    } else if (json_peek(lint->json) == JSON_ARRAY) {
        json_array(lint->json);
        while (json_item(lint->json)) {
            take_tree(lint, paths, node);
        }
    } else if (at->field >= 0) {
        take_leaf(lint, at->field);
    } else {
        json_skip(lint->json);
    }
}

/* Takes what is left of the object that was entered, whose place is `node`. */
static void walk_members(struct json_lint *lint, struct json_paths *paths, unsigned node)
{
    struct span key;
    while (json_key(lint->json, &key)) {
        unsigned child = json_paths_child(paths, node, key, json_key_number(lint->json));
        const struct json_path_node *at = &paths->nodes[child];
        if (child == 0) {
            json_skip(lint->json);
        } else if (at->child != 0 || at->field >= (int)FIELD_COUNT) {
            take_tree(lint, paths, child);
        } else {
            take_leaf(lint, at->field);
        }
        if (lint->brief && lint->missing == 0 && node == 0 && paths == &lint->finding) {
            json_leave(lint->json); /* the rest is for display only */
            return;
        }
    }
}

static void walk_object(struct json_lint *lint, struct json_paths *paths)
{
    if (json_object(lint->json)) {
        walk_members(lint, paths, 0);
    }
}

static void read_finding(struct json_lint *lint, bool hidden)
{
    uint64_t line = json_line(lint->json);
    if (!json_object(lint->json)) {
        if (!json_failed(lint->json)) {
            sink_drop(lint->sink, DIAG_REPORT_VALUE, line,
                      SPAN("an entry that is no object was left out"));
        }
        return;
    }
    if (lint->held.count == 0) {
        buf_clear(&lint->text);
    }
    memset(&lint->current, 0, sizeof(lint->current));
    lint->current.line = json_line(lint->json);
    lint->brief = false;
    lint->missing = lint->needed;
    walk_members(lint, &lint->finding, 0);
    if (json_failed(lint->json)) {
        return;
    }
    lint->current.hidden = hidden;
    bool no_level =
        lint->current.values[FIELD_LEVEL].size == 0 &&
        !json_common_settle(&lint->common, lint->tool, &lint->current, buf_span(&lint->text));
    bool waits = no_level || (lint->tool->item_path != NULL && !lint->path_known);
    if (waits && lint->held.count < HELD_MOST) {
        *(struct json_finding *)vec_add(&lint->held) = lint->current;
        return;
    }
    if (no_level) {
        sink_drop(lint->sink, DIAG_REPORT_VALUE, line,
                  SPAN("the severities stand too far behind the findings: counted as warnings"));
    }
    take_finding(lint, &lint->current);
}

static void take_held(struct json_lint *lint)
{
    for (size_t index = 0; index < lint->held.count; index++) {
        struct json_finding *finding = vec_at(&lint->held, index);
        json_common_settle(&lint->common, lint->tool, finding, buf_span(&lint->text));
        take_finding(lint, finding);
    }
    vec_clear(&lint->held);
}

static void read_findings(struct json_lint *lint, bool hidden)
{
    if (json_array(lint->json)) {
        lint->has_findings = lint->has_findings || !hidden;
        while (json_item(lint->json)) {
            read_finding(lint, hidden);
        }
    }
}

static void read_item(struct json_lint *lint)
{
    if (lint->tool->findings == NULL) {
        read_finding(lint, false);
        return;
    }
    uint64_t line = json_line(lint->json);
    lint->has_findings = false;
    walk_object(lint, &lint->item);
    if (!lint->has_findings && !json_failed(lint->json)) {
        sink_drop(lint->sink, DIAG_REPORT_VALUE, line,
                  SPAN("an entry without a list of findings is not one of this linter"));
    }
    take_held(lint);
}

/* The list of items: an array, or an object by path. Tools written in Go write null for an empty
 * one. */
static void read_items(struct json_lint *lint)
{
    struct span key;
    enum json_token token = json_peek(lint->json);
    lint->listed = token == JSON_OBJECT || token == JSON_ARRAY || token == JSON_NULL;
    if (!lint->listed && token != JSON_FAULT) {
        sink_drop(lint->sink, DIAG_REPORT_VALUE, json_line(lint->json),
                  SPAN("the list of findings is not a list"));
    }
    if (token == JSON_OBJECT) {
        json_object(lint->json);
        while (json_key(lint->json, &key)) {
            buf_clear(&lint->path);
            buf_add(&lint->path, key);
            lint->path_known = true;
            read_item(lint);
        }
    } else if (json_array(lint->json)) {
        while (json_item(lint->json)) {
            buf_clear(&lint->path);
            lint->path_known = false;
            read_item(lint);
        }
    }
}

static void read_document(struct json_lint *lint)
{
    if (json_peek(lint->json) == JSON_OBJECT && lint->tool->items == NULL) {
        read_item(lint);
    } else if (json_peek(lint->json) == JSON_OBJECT) {
        walk_object(lint, &lint->document);
        take_held(lint);
    } else {
        read_items(lint);
    }
}

/* ---- detection ---- */

static int lint_json_probe(const struct head *head)
{
    bool empty;
    if (lint_json_tool_of(head, &empty) != NULL) {
        return PROBE_LIKELY;
    }
    return empty ? PROBE_WEAK : PROBE_NO;
}

/* ---- the report ---- */

static void plan(struct json_lint *lint)
{
    const struct lint_json_tool *tool = lint->tool;
    struct json_paths *whole = tool->items != NULL ? &lint->document : &lint->finding;
    json_paths_init(&lint->document);
    json_paths_init(&lint->item);
    json_paths_init(&lint->finding);
    for (int field = 0; field < (int)FIELD_COUNT; field++) {
        json_paths_add(&lint->finding, tool->fields[field], field);
        bool message = field == FIELD_MESSAGE && !tool->code_in_message && !tool->place_needed;
        bool shown = message || field == FIELD_LINE || field == FIELD_COLUMN;
        lint->shown |= shown ? 1U << field : 0;
        /* A fatal error has no rule, so it is not left before it is seen. */
        bool needed = tool->fields[field] != NULL && !shown && field != FIELD_FATAL;
        lint->needed |= needed ? 1U << field : 0;
    }
    json_paths_add(&lint->document, tool->items, PART_ITEMS);
    json_paths_add(&lint->item, tool->findings, PART_FINDINGS);
    json_paths_add(&lint->item, tool->hidden, PART_HIDDEN);
    json_paths_add(&lint->item, tool->trouble, PART_TROUBLE);
    json_paths_add(&lint->item, tool->item_path, PART_ITEM_PATH);
    json_paths_add(whole, tool->common_level, PART_COMMON_LEVEL);
    json_paths_add(whole, tool->rules, PART_RULES);
    json_run_plan(&lint->run, whole, PART_RUN);
}

static void read_report(struct json_lint *lint, struct input *in)
{
    lint->json = json_reader_open(in, lint->tool->several);
    vec_init(&lint->held, sizeof(struct json_finding));
    json_run_init(&lint->run, lint->tool);
    plan(lint);
    sink_tool(lint->sink, span_of(lint->tool->name), span_make(NULL, 0));
    do {
        read_document(lint);
    } while (!json_failed(lint->json) && json_peek(lint->json) != JSON_END);
    if (!json_failed(lint->json)) {
        json_run_tell(&lint->run, lint->sink);
    }
    /* A finished list without an entry is what most linters write when they are content; a tool
     * that died writes none, or half of one. Lines have no end, so they need a better sign. */
    bool clean = (lint->run.checked || lint->listed) && !json_run_is_idle(&lint->run);
    unsigned families = lint->tool->security ? FAMILY_FINDINGS | FAMILY_SECURITY : FAMILY_FINDINGS;
    sink_families(lint->sink, families, clean);
    json_reader_close(lint->json);
    vec_release(&lint->held);
    json_common_release(&lint->common);
    buf_release(&lint->text);
    buf_release(&lint->rule);
    buf_release(&lint->path);
}

static void lint_json_parse(struct input *in, struct sink *out)
{
    static const struct lint_json_tool no_tool = {.name = "a linter", .several = true};
    struct head head;
    bool empty = false;
    head_read(&head, input_head(in), span_make(NULL, 0));
    struct json_lint lint = {.sink = out, .tool = lint_json_tool_of(&head, &empty)};
    if (lint.tool == NULL && !empty) {
        sink_refuse(out, DIAG_FORMAT_WRONG, 1, 1,
                    SPAN("the keys are not those of a linter's JSON report that is known"));
        return;
    }
    if (lint.tool == NULL) {
        lint.tool = &no_tool;
    }
    read_report(&lint, in);
}

const struct collector collector_lint_json = {
    .name = "lint_json",
    .title = "JSON of linters",
    .spec = "each tool's manual",
    .tools = "ESLint (json, json-with-metadata), stylelint, oxlint, Biome, deno lint, dart "
             "analyze, pylint (json, json2), mypy, pyright, Ruff (json, json-lines), bandit, "
             "Semgrep, shellcheck (json, json1), hadolint, golangci-lint, gosec, staticcheck, "
             "RuboCop, SwiftLint, gcc, clippy, cargo, rustc, PHPStan, PHP_CodeSniffer, ktlint, "
             "TFLint, actionlint, markdownlint, Code Quality (GitLab, Code Climate), GitLab "
             "security reports, Reviewdog (rdjson, rdjsonl), Sonar's generic issues",
    .families = FAMILY_FINDINGS | FAMILY_SECURITY,
    .probe = lint_json_probe,
    .parse = lint_json_parse,
};
