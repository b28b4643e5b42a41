/* Older entries as lines. git_ledger_rollup_check.c reads them. */
#include "ledger/git_ledger_rollup.h"

#include "base/date.h"
#include "base/json_tree.h"
#include "base/json_write.h"
#include "base/limits.h"
#include "ledger/git_library.h"
#include "ledger/git_objects.h"
#include "ledger/percent.h"
#include "model/value_json.h"

/* What is worth a line in years. */
static const char *const keys[] = {"coverage.line",  "coverage.branch",   "tests.total",
                                   "tests.failed",   "tests.skipped",     "findings.total",
                                   "findings.error", "security.critical", "security.high"};

/* One day of one branch. */
struct day {
    uint32_t date;
    const struct name *branch;
    git_oid entry; /* whose snapshot the line tells of */
    int64_t time;
    struct buf ids;
};

/* ---- gathering ---- */

static struct day *day_of(struct vec *days, uint32_t date, const struct name *branch)
{
    for (size_t index = days->count; index > 0; index--) {
        struct day *day = vec_at(days, index - 1);
        if (day->date != date) {
            break;
        }
        if (day->branch == branch) {
            return day;
        }
    }
    struct day *day = vec_add(days);
    *day = (struct day){.date = date, .branch = branch};
    return day;
}

/* Days stand in the order in which they were recorded, never going back, although clocks do: not
 * behind those of an older roll-up either. */
static uint32_t next_date(const struct vec *days, uint32_t since, int64_t time)
{
    uint32_t date = date_of_seconds(time);
    uint32_t last =
        days->count > 0 ? ((const struct day *)vec_at(days, days->count - 1))->date : since;
    return date > last ? date : last;
}

/* Entries are known by the id that `record` has printed. */
static void take_entry(struct git_ledger *ledger, struct vec *days, uint32_t since,
                       const git_oid *id, const struct commit_text *commit,
                       const struct entry_text *entry)
{
    struct buf branch = {NULL, 0, 0};
    char hex[GIT_OID_HEXSZ + 1];
    git_oid_tostr(hex, sizeof(hex), id);
    percent_decode(&branch, entry->branch);
    struct day *day = day_of(days, next_date(days, since, commit->time),
                             names_add(ledger->names, buf_span(&branch)));
    bool late = entry->late.size > 0;
    buf_add_text(&day->ids, day->ids.size > 0 ? " " : "");
    buf_add(&day->ids, span_until(entry->was.size > 0 ? entry->was : span_of(hex), ROLLUP_ID_KEPT));
    if (!late || day->ids.size == ROLLUP_ID_KEPT) {
        git_oid_cpy(&day->entry, id);
        day->time = commit->time;
    }
    buf_release(&branch);
}

static enum err gather(struct git_ledger *ledger, const struct vec *chain, size_t from,
                       uint32_t since, struct vec *days, size_t *entries, struct diags *diags)
{
    enum err err = ERR_NONE;
    for (size_t index = chain->count; err == ERR_NONE && index > from; index--) {
        const git_oid *id = vec_at(chain, index - 1);
        git_odb_object *object = NULL;
        struct commit_text commit;
        struct entry_text entry;
        err = git_ledger_commit(ledger, id, &object, &commit, diags);
        if (err == ERR_NONE && entry_text_read(commit.message, &entry) == ENTRY_RECORD) {
            take_entry(ledger, days, since, id, &commit, &entry);
            (*entries)++;
        }
        git_odb_object_free(object);
    }
    return err;
}

/* ---- writing ---- */

static void write_metrics(struct json_writer *json, const struct snapshot *snapshot)
{
    json_write_key(json, "metrics");
    json_write_object(json, true);
    for (size_t index = 0; index < sizeof(keys) / sizeof(keys[0]); index++) {
        const struct name *key = names_add(snapshot->names, span_of(keys[index]));
        const struct metric *metric = snapshot_find(snapshot, key, NULL, NULL);
        if (metric != NULL && metric->state == STATE_OK) {
            json_write_key(json, keys[index]);
            value_write_json(json, &metric->value);
        }
    }
    json_write_object_end(json);
}

void git_ledger_rollup_write(struct buf *out, const struct rollup_line *line)
{
    struct json_writer json;
    struct buf date = {NULL, 0, 0};
    date_add(&date, line->date);
    json_writer_init(&json, out);
    json_write_object(&json, true);
    json_write_member_text(&json, "day", buf_span(&date));
    json_write_member_text(&json, "branch", name_span(line->branch));
    json_write_member_text(&json, "commit", name_span(line->snapshot->commit));
    json_write_member_text(&json, "tree", name_span(line->snapshot->tree));
    json_write_key(&json, "time");
    json_write_i64(&json, line->time);
    json_write_member_text(&json, "entries", line->ids);
    write_metrics(&json, line->snapshot);
    json_write_object_end(&json);
    buf_add_byte(out, '\n');
    buf_release(&date);
}

static enum err refuse_write(const struct git_ledger *ledger, struct diags *diags)
{
    return git_ledger_refuse(ledger, ERR_WRITE, DIAG_LEDGER_WRITE, git_library_said(), diags);
}

/* Puts the lines of one year behind those that the folder has. */
static enum err put_year(struct git_ledger *ledger, git_treebuilder *folder, uint32_t year,
                         struct buf *lines, struct diags *diags)
{
    struct buf name = {NULL, 0, 0};
    struct buf all = {NULL, 0, 0};
    git_odb_object *before = NULL;
    git_oid id;
    enum err err = ERR_NONE;
    buf_add_format(&name, "%04u" LAYOUT_ROLLUP_END, (unsigned)year);
    const git_tree_entry *entry = git_treebuilder_get(folder, buf_text(&name));
    if (entry != NULL) {
        err = git_ledger_file(ledger, entry, &before, diags);
    }
    if (err == ERR_NONE) {
        buf_add(&all, before != NULL ? git_objects_text(before) : span_make(NULL, 0));
        buf_add(&all, buf_span(lines));
        if (git_odb_write(&id, ledger->database, all.data, all.size, GIT_OBJECT_BLOB) != 0 ||
            git_treebuilder_insert(NULL, folder, buf_text(&name), &id, GIT_FILEMODE_BLOB) != 0) {
            err = refuse_write(ledger, diags);
        }
    }
    git_odb_object_free(before);
    buf_release(&all);
    buf_release(&name);
    buf_clear(lines);
    return err;
}

static enum err put_days(struct git_ledger *ledger, const struct vec *days, git_treebuilder *folder,
                         struct diags *diags)
{
    struct buf lines = {NULL, 0, 0};
    enum err err = ERR_NONE;
    for (size_t index = 0; err == ERR_NONE && index < days->count; index++) {
        const struct day *day = vec_at(days, index);
        const struct day *next = index + 1 < days->count ? vec_at(days, index + 1) : NULL;
        struct snapshot snapshot;
        snapshot_init(&snapshot, ledger->names);
        err = git_ledger_read_at(ledger, &day->entry, day->branch, &snapshot, diags);
        if (err == ERR_NONE) {
            const struct rollup_line line = {day->date, day->branch, day->time, buf_span(&day->ids),
                                             &snapshot};
            git_ledger_rollup_write(&lines, &line);
        }
        snapshot_release(&snapshot);
        uint32_t year = day->date / 10000;
        if (err == ERR_NONE && (next == NULL || next->date / 10000 != year)) {
            err = put_year(ledger, folder, year, &lines, diags);
        }
    }
    buf_release(&lines);
    return err;
}

/* The last day of an older roll-up; 0 if there is none, or if it is damaged, which verifying
 * tells. */
static enum err find_last_day(const struct git_ledger *ledger, const git_tree *folder,
                              uint32_t *day, struct diags *diags)
{
    size_t count = folder != NULL ? git_tree_entrycount(folder) : 0;
    git_odb_object *file = NULL;
    *day = 0;
    if (count == 0) {
        return ERR_NONE;
    }
    enum err err = git_ledger_file(ledger, git_tree_entry_byindex(folder, count - 1), &file, diags);
    if (err == ERR_NONE) {
        struct span text = span_trim(git_objects_text(file));
        size_t before = span_find_last(text, '\n');
        struct fault fault = {.kind = FAULT_NONE};
        struct json_node *root =
            json_tree_open(span_from(text, before == SIZE_MAX ? 0 : before + 1), &fault);
        struct span last;
        if (root != NULL && json_node_text(json_node_get(root, "day"), &last)) {
            date_parse(last, day);
        }
        json_tree_close(root);
    }
    git_odb_object_free(file);
    return err;
}

static enum err fill_folder(struct git_ledger *ledger, const struct vec *chain, size_t from,
                            const git_tree *before, struct rolled_up *result, struct diags *diags)
{
    git_treebuilder *folder = NULL;
    struct vec days;
    uint32_t since = 0;
    vec_init(&days, sizeof(struct day));
    enum err err = find_last_day(ledger, before, &since, diags);
    if (err == ERR_NONE) {
        err = gather(ledger, chain, from, since, &days, &result->entries, diags);
    }
    if (err == ERR_NONE && git_treebuilder_new(&folder, ledger->handle, before) != 0) {
        err = refuse_write(ledger, diags);
    }
    if (err == ERR_NONE) {
        err = put_days(ledger, &days, folder, diags);
    }
    if (err == ERR_NONE && git_treebuilder_write(&result->folder, folder) != 0) {
        err = refuse_write(ledger, diags);
    }
    git_treebuilder_free(folder);
    for (size_t index = 0; index < days.count; index++) {
        struct day *day = vec_at(&days, index);
        buf_release(&day->ids);
    }
    vec_release(&days);
    return err;
}

enum err git_ledger_roll_up(struct git_ledger *ledger, const struct vec *chain, size_t from,
                            struct rolled_up *result, struct diags *diags)
{
    git_tree *tree = NULL;
    git_tree *before = NULL;
    *result = (struct rolled_up){.entries = 0};
    enum err err = git_ledger_tree_of(ledger, vec_at(chain, 0), &tree, diags);
    if (err == ERR_NONE) {
        err = git_ledger_folder(ledger, tree, LAYOUT_ROLLUP, &before, diags);
    }
    if (err == ERR_NONE) {
        result->had_folder = before != NULL;
        if (before != NULL) {
            git_oid_cpy(&result->folder_before, git_tree_id(before));
        }
        err = fill_folder(ledger, chain, from, before, result, diags);
    }
    git_tree_free(before);
    git_tree_free(tree);
    return err;
}
