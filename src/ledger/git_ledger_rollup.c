/* Older entries as lines, and the check of such lines. */
#include "ledger/git_ledger_rollup.h"

#include "base/date.h"
#include "base/json_tree.h"
#include "base/json_write.h"
#include "base/limits.h"
#include "ledger/git_library.h"
#include "ledger/git_objects.h"
#include "ledger/percent.h"
#include "model/value_json.h"

#define ROLLUP_END ".jsonl"

enum { ID_KEPT = 12, YEAR_DIGITS = 4 };

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

/* Days stand in the order in which they were recorded, never going back, although clocks do. */
static uint32_t next_date(const struct vec *days, int64_t time)
{
    uint32_t date = date_of_seconds(time);
    uint32_t last = days->count > 0 ? ((const struct day *)vec_at(days, days->count - 1))->date : 0;
    return date > last ? date : last;
}

static void take_entry(struct git_ledger *ledger, struct vec *days, const git_oid *id,
                       const struct commit_text *commit, const struct entry_text *entry)
{
    struct buf branch = {NULL, 0, 0};
    char hex[GIT_OID_HEXSZ + 1];
    git_oid_tostr(hex, sizeof(hex), id);
    percent_decode(&branch, entry->branch);
    struct day *day =
        day_of(days, next_date(days, commit->time), names_add(ledger->names, buf_span(&branch)));
    bool late = entry->late.size > 0;
    buf_add_text(&day->ids, day->ids.size > 0 ? " " : "");
    buf_add(&day->ids, span_until(span_of(hex), ID_KEPT));
    if (!late || day->ids.size == ID_KEPT) {
        git_oid_cpy(&day->entry, id);
        day->time = commit->time;
    }
    buf_release(&branch);
}

static enum err gather(struct git_ledger *ledger, const struct vec *chain, size_t from,
                       struct vec *days, size_t *entries, struct diags *diags)
{
    enum err err = ERR_NONE;
    for (size_t index = chain->count; err == ERR_NONE && index > from; index--) {
        const git_oid *id = vec_at(chain, index - 1);
        git_odb_object *object = NULL;
        struct commit_text commit;
        struct entry_text entry;
        err = git_ledger_commit(ledger, id, &object, &commit, diags);
        if (err == ERR_NONE && entry_text_read(commit.message, &entry) == ENTRY_RECORD) {
            take_entry(ledger, days, id, &commit, &entry);
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

static void write_line(struct buf *out, const struct day *day, const struct snapshot *snapshot)
{
    struct json_writer json;
    struct buf date = {NULL, 0, 0};
    date_add(&date, day->date);
    json_writer_init(&json, out);
    json_write_object(&json, true);
    json_write_member_text(&json, "day", buf_span(&date));
    json_write_member_text(&json, "branch", name_span(day->branch));
    json_write_member_text(&json, "commit", name_span(snapshot->commit));
    json_write_member_text(&json, "tree", name_span(snapshot->tree));
    json_write_key(&json, "time");
    json_write_i64(&json, day->time);
    json_write_member_text(&json, "entries", buf_span(&day->ids));
    write_metrics(&json, snapshot);
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
    buf_add_format(&name, "%04u" ROLLUP_END, (unsigned)year);
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
            write_line(&lines, day, &snapshot);
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

enum err git_ledger_roll_up(struct git_ledger *ledger, const struct vec *chain, size_t from,
                            git_oid *folder, size_t *entries, struct diags *diags)
{
    struct vec days;
    git_tree *tree = NULL;
    git_tree *before = NULL;
    git_treebuilder *builder = NULL;
    *entries = 0;
    vec_init(&days, sizeof(struct day));
    enum err err = gather(ledger, chain, from, &days, entries, diags);
    if (err == ERR_NONE) {
        err = git_ledger_tree_of(ledger, vec_at(chain, 0), &tree, diags);
    }
    if (err == ERR_NONE) {
        err = git_ledger_folder(ledger, tree, LAYOUT_ROLLUP, &before, diags);
    }
    if (err == ERR_NONE && git_treebuilder_new(&builder, ledger->handle, before) != 0) {
        err = refuse_write(ledger, diags);
    }
    if (err == ERR_NONE) {
        err = put_days(ledger, &days, builder, diags);
    }
    if (err == ERR_NONE && git_treebuilder_write(folder, builder) != 0) {
        err = refuse_write(ledger, diags);
    }
    git_treebuilder_free(builder);
    git_tree_free(before);
    git_tree_free(tree);
    for (size_t index = 0; index < days.count; index++) {
        struct day *day = vec_at(&days, index);
        buf_release(&day->ids);
    }
    vec_release(&days);
    return err;
}

/* ---- checking ---- */

struct check {
    const char *anchor;
    bool *found;
    size_t *entries;
    struct fault *fault;
    uint32_t year;
    uint64_t line;
};

static bool wrong(struct check *check, const char *what)
{
    fault_set(check->fault, FAULT_SYNTAX, check->line, 1, "%s", what);
    return false;
}

static bool check_ids(struct check *check, struct span ids)
{
    while (ids.size > 0) {
        struct span id = span_cut(&ids, ' ');
        struct span anchor = span_until(span_of(check->anchor), ID_KEPT);
        if (id.size != ID_KEPT) {
            return false;
        }
        (*check->entries)++;
        *check->found =
            *check->found || (anchor.size > 0 && span_equal(span_until(id, anchor.size), anchor));
    }
    return true;
}

static bool has_id(const struct json_node *root, const char *key)
{
    struct span id;
    return json_node_text(json_node_get(root, key), &id) && snapshot_id_valid(id);
}

static bool check_members(struct check *check, const struct json_node *root)
{
    struct span day;
    struct span ids;
    struct span branch;
    uint32_t date = 0;
    if (!json_node_text(json_node_get(root, "day"), &day) || !date_parse(day, &date) ||
        date / 10000 != check->year) {
        return wrong(check, "the day is missing or of another year");
    }
    if (!has_id(root, "commit") || !has_id(root, "tree") ||
        !json_node_text(json_node_get(root, "branch"), &branch) || branch.size == 0) {
        return wrong(check, "commit, tree or branch is missing or not well formed");
    }
    if (!json_node_text(json_node_get(root, "entries"), &ids) || ids.size == 0 ||
        !check_ids(check, ids)) {
        return wrong(check, "the ids of the entries are not well formed");
    }
    return json_node_get(root, "metrics") != NULL || wrong(check, "the metrics are missing");
}

static bool check_lines(struct check *check, struct span text)
{
    bool sound = text.size > 0 && span_ends(text, "\n");
    for (check->line = 1; sound && text.size > 0; check->line++) {
        struct json_node *root = json_tree_open(span_cut(&text, '\n'), check->fault);
        if (root == NULL) {
            check->fault->line = check->line;
            return false;
        }
        sound = check_members(check, root);
        json_tree_close(root);
    }
    return sound || (check->fault->kind == FAULT_NONE && wrong(check, "the file is empty or cut"));
}

enum err git_ledger_rollup_check(const struct git_ledger *ledger, const git_tree *folder,
                                 const char *anchor, size_t *entries, bool *found,
                                 struct fault *fault, struct diags *diags)
{
    struct check check = {.anchor = anchor, .found = found, .entries = entries, .fault = fault};
    enum err err = ERR_NONE;
    for (size_t index = 0; err == ERR_NONE && index < git_tree_entrycount(folder); index++) {
        const git_tree_entry *entry = git_tree_entry_byindex(folder, index);
        struct span name = span_of(git_tree_entry_name(entry));
        git_odb_object *object = NULL;
        uint64_t year = 0;
        if (!span_ends(name, ROLLUP_END) || name.size != YEAR_DIGITS + sizeof(ROLLUP_END) - 1 ||
            !span_to_u64(span_until(name, YEAR_DIGITS), &year)) {
            fault_set(fault, FAULT_SYNTAX, 0, 0, "a file that belongs to no year");
            return ERR_FORMAT;
        }
        check.year = (uint32_t)year;
        err = git_ledger_file(ledger, entry, &object, diags);
        if (err == ERR_NONE && !check_lines(&check, git_objects_text(object))) {
            err = ERR_FORMAT;
        }
        git_odb_object_free(object);
    }
    return err;
}
