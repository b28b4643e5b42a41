/* File names, format.json, README.md and the summary line of the ledger, as text. */
#include "ledger/ledger_layout.h"

#include "base/json_tree.h"
#include "base/json_write.h"
#include "ledger/percent.h"

#define FORMAT_SCHEMA "tidegate/ledger/"

enum { BRANCH_SHOWN = 80, COMMIT_SHOWN = 7 };

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

void layout_write_readme(struct buf *out, const struct vec *keys)
{
    buf_add_text(
        out, "# Tidegate ledger\n\n"
             "Written by `tidegate record`, one commit for each recorded snapshot. Do not edit "
             "it by hand:\nchanges would be compared with as if they had been measured.\n\n"
             "`git log` of this branch is the history; `tidegate ledger log` and `tidegate "
             "ledger show` read it.\nThe newest values of each branch are in its " LAYOUT_SNAPSHOT
             ", its bars in " LAYOUT_BARS ".\n\nBranches:\n\n");
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
