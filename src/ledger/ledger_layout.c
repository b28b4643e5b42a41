/* File names, format.json, README.md and the summary line of the ledger, as text. */
#include "ledger/ledger_layout.h"

#include "base/json_tree.h"
#include "base/json_write.h"
#include "ledger/percent.h"

#define FORMAT_SCHEMA "tidegate/ledger/"
#define SERIES_ALL    "all.json"
#define SERIES_END    ".json"

enum { README_METRICS = 40, BRANCH_SHOWN = 80, COMMIT_SHOWN = 7 };

void layout_add_series(struct buf *out, const struct name *group)
{
    if (group == NULL) {
        buf_add_text(out, SERIES_ALL);
        return;
    }
    if (span_is(name_span(group), "all")) {
        buf_add_text(out, "%61ll");
    } else {
        percent_add_file_name(out, name_span(group));
    }
    buf_add_text(out, SERIES_END);
}

bool layout_series_group(struct names *names, struct span file, const struct name **group)
{
    struct buf text = {NULL, 0, 0};
    struct buf again = {NULL, 0, 0};
    bool known = span_is(file, SERIES_ALL);
    *group = NULL;
    if (!known && span_ends(file, SERIES_END)) {
        struct span base = span_until(file, file.size - (sizeof(SERIES_END) - 1));
        if (base.size > 0 && percent_decode(&text, base)) {
            *group = names_add(names, buf_span(&text));
            layout_add_series(&again, *group);
            known = span_equal(buf_span(&again), file);
        }
    }
    buf_release(&text);
    buf_release(&again);
    return known;
}

void layout_write_format(struct buf *out, struct span id, const char *program_version)
{
    struct json_writer json;
    json_writer_init(&json, out);
    json_write_object(&json, false);
    json_write_member_text(&json, "schema", SPAN(FORMAT_SCHEMA "1"));
    json_write_member_text(&json, "ledger", id);
    json_write_member_text(&json, "created_by", span_of(program_version));
    json_write_object_end(&json);
    buf_add_byte(out, '\n');
}

static enum err check_format(const struct json_node *root, struct names *names,
                             const struct name **id, struct fault *fault)
{
    struct span schema;
    struct span text;
    uint64_t version = 0;
    if (!json_node_text(json_node_get(root, "schema"), &schema) ||
        !span_starts(schema, FORMAT_SCHEMA) ||
        !span_to_u64(span_from(schema, sizeof(FORMAT_SCHEMA) - 1), &version) || version == 0) {
        fault_set(fault, FAULT_SYNTAX, 0, 0, "\"schema\" must be \"" FORMAT_SCHEMA "1\"");
        return ERR_FORMAT;
    }
    if (version > 1) {
        fault_set(fault, FAULT_SYNTAX, 0, 0,
                  "layout %.*s is newer than this program, which knows 1",
                  (int)(schema.size > 60 ? 60 : schema.size), schema.data);
        return ERR_UNUSABLE;
    }
    if (!json_node_text(json_node_get(root, "ledger"), &text) || text.size == 0) {
        fault_set(fault, FAULT_SYNTAX, 0, 0, "the ledger's id is missing");
        return ERR_FORMAT;
    }
    *id = names_add(names, text);
    return ERR_NONE;
}

enum err layout_read_format(struct names *names, struct span text, const struct name **id,
                            struct fault *fault)
{
    struct json_node *root = json_tree_open(text, fault);
    if (root == NULL) {
        return ERR_FORMAT;
    }
    enum err err = check_format(root, names, id, fault);
    json_tree_close(root);
    return err;
}

static void add_cell(struct buf *out, const struct name *name)
{
    buf_add_text(out, " | ");
    percent_add_plain(out, name_span(name));
}

static void add_metric_row(struct buf *out, const struct metric *metric)
{
    buf_add_text(out, "| ");
    percent_add_plain(out, name_span(metric->key));
    add_cell(out, metric->group);
    buf_add_text(out, " | ");
    if (state_has_value(metric->state)) {
        value_add_text(out, &metric->value);
    }
    buf_add_format(out, " | %s |\n", state_text(metric->state));
}

static void add_metric_table(struct buf *out, const struct snapshot *snapshot)
{
    size_t rows = 0;
    size_t others = 0;
    buf_add_text(out, "| metric | group | value | state |\n|---|---|---|---|\n");
    for (size_t index = 0; index < snapshot->metrics.count; index++) {
        const struct metric *metric = vec_at(&snapshot->metrics, index);
        if (metric->component != NULL || rows == README_METRICS) {
            others++;
            continue;
        }
        add_metric_row(out, metric);
        rows++;
    }
    if (others > 0) {
        buf_add_format(out, "\n%zu more in the files.\n", others);
    }
}

void layout_write_readme(struct buf *out, const struct snapshot *snapshot,
                         const struct name *branch, const struct vec *keys)
{
    buf_add_text(out,
                 "# Tidegate ledger\n\n"
                 "Written by `tidegate record`, one commit for each recorded snapshot. Do not edit "
                 "it by hand:\nchanges would be compared with as if they had been measured.\n\n"
                 "Newest entry: branch ");
    percent_add_plain(out, name_span(branch));
    buf_add_text(out, ", commit ");
    buf_add(out, name_span(snapshot->commit));
    buf_add_text(out, "\n\n");
    add_metric_table(out, snapshot);
    buf_add_text(out, "\nBranches:\n\n");
    for (size_t index = 0; index < keys->count; index++) {
        const struct name *const *key = vec_at(keys, index);
        struct buf branch_name = {NULL, 0, 0};
        if (percent_decode(&branch_name, name_span(*key))) {
            buf_add_text(out, "- ");
            percent_add_plain(out, buf_span(&branch_name));
            buf_add_byte(out, '\n');
        }
        buf_release(&branch_name);
    }
}

/* What a reader of the log wants to see first. */
static const char *const headline[] = {"coverage.line", "tests.total", "tests.failed",
                                       "findings.total"};

void layout_add_summary(struct buf *out, const struct snapshot *snapshot, const struct name *branch)
{
    struct span shown = span_until(name_span(branch), BRANCH_SHOWN);
    const char *separator = ":";
    buf_add_format(out, "record %.*s ", SPAN_ARG(shown));
    buf_add(out, span_until(name_span(snapshot->commit), COMMIT_SHOWN));
    for (size_t index = 0; index < sizeof(headline) / sizeof(headline[0]); index++) {
        const struct name *key = names_add(snapshot->names, span_of(headline[index]));
        const struct metric *metric = snapshot_find(snapshot, key, NULL, NULL);
        if (metric != NULL && state_has_value(metric->state)) {
            buf_add_format(out, "%s %s ", separator, headline[index]);
            value_add_text(out, &metric->value);
            separator = ",";
        }
    }
}
