/* Lines of a roll-up, read strictly.
 *
 * A line must be, byte by byte, what would be written for what it says. What it says of entries
 * that are gone cannot be compared with them any more, but the newest values of each branch can:
 * the commit that the roll-up stands in still holds them. */
#include "ledger/git_ledger_rollup.h"

#include "base/date.h"
#include "ledger/git_objects.h"
#include "ledger/ledger_layout.h"
#include "ledger/percent.h"
#include "model/document.h"
#include "model/value_json.h"

enum { YEAR_DIGITS = 4, BITS_OF_DIGIT = 4 };

/* The newest values of a branch, of which some line must tell. */
struct newest {
    const struct name *branch;
    struct snapshot snapshot;
    bool told;
};

struct reading {
    const struct git_ledger *ledger;
    struct rollup_check *check;
    struct vec newest; /* struct newest */
    uint32_t year;     /* of the file */
    uint32_t last;     /* day of the line before */
    uint64_t line;     /* in the file */
};

/* One line, as it was read. */
struct draft {
    struct rollup_line line;
    struct snapshot snapshot;
    struct buf ids;
};

static bool wrong(struct reading *reading, const char *what)
{
    if (reading->check->fault.kind == FAULT_NONE) {
        fault_set(&reading->check->fault, FAULT_SYNTAX, reading->line, 1, "%s", what);
    }
    return false;
}

/* ---- one line ---- */

static void read_metrics(struct json_reader *json, struct snapshot *snapshot)
{
    struct span key;
    json_object(json);
    while (json_key(json, &key)) {
        struct metric *metric = snapshot_add(snapshot);
        metric->key = names_add(snapshot->names, key);
        value_read_json(json, &metric->value);
        if (value_broken_rule(name_span(metric->key), &metric->value, true) != NULL) {
            json_refuse(json, FAULT_SYNTAX, "a metric has a value that it cannot have");
        }
    }
    snapshot_sort(snapshot);
}

static void read_member(struct json_reader *json, struct span key, struct draft *draft)
{
    struct names *names = draft->snapshot.names;
    struct span text;
    uint64_t time = 0;
    if (span_is(key, "day")) {
        if (!json_string(json, &text) || !date_parse(text, &draft->line.date)) {
            json_refuse(json, FAULT_SYNTAX, "the day is no day");
        }
    } else if (span_is(key, "branch")) {
        document_read_name(json, names, &draft->line.branch, "the branch has no name");
    } else if (span_is(key, "commit")) {
        document_read_id(json, names, &draft->snapshot.commit);
    } else if (span_is(key, "tree")) {
        document_read_id(json, names, &draft->snapshot.tree);
    } else if (span_is(key, "time")) {
        value_read_integer(json, &time, VALUE_INTEGER_MOST);
        draft->line.time = (int64_t)time;
    } else if (span_is(key, "entries")) {
        if (json_string(json, &text)) {
            buf_add(&draft->ids, text);
        }
    } else if (span_is(key, "metrics")) {
        read_metrics(json, &draft->snapshot);
    } else {
        json_refuse(json, FAULT_SYNTAX, "a member that no line has");
    }
}

static bool read_line(struct reading *reading, struct span text, struct draft *draft)
{
    struct input *input = input_open_memory(text);
    struct json_reader *json = json_reader_open(input, false);
    struct span key;
    json_object(json);
    while (json_key(json, &key)) {
        read_member(json, key, draft);
    }
    json_next(json); /* the end */
    bool sound = !json_failed(json) || wrong(reading, input_fault(input)->text);
    draft->line.ids = buf_span(&draft->ids);
    draft->line.snapshot = &draft->snapshot;
    json_reader_close(json);
    input_close(input);
    return sound;
}

static bool is_rewritten_alike(const struct draft *draft, const struct snapshot *snapshot,
                               struct span text)
{
    struct buf again = {NULL, 0, 0};
    struct rollup_line line = draft->line;
    line.snapshot = snapshot;
    git_ledger_rollup_write(&again, &line);
    bool same = span_equal(buf_span(&again), text);
    buf_release(&again);
    return same;
}

/* Twelve digits as a number; false when they are none. */
static bool id_number(struct span id, uint64_t *number)
{
    *number = 0;
    for (size_t at = 0; at < id.size; at++) {
        char byte = id.data[at];
        unsigned digit = byte >= '0' && byte <= '9'   ? (unsigned)(byte - '0')
                         : byte >= 'a' && byte <= 'f' ? (unsigned)(byte - 'a') + 10
                                                      : 16;
        if (digit == 16) {
            return false;
        }
        *number = *number << BITS_OF_DIGIT | digit;
    }
    return id.size == ROLLUP_ID_KEPT;
}

static bool check_ids(struct reading *reading, struct span ids)
{
    struct rollup_check *check = reading->check;
    struct span anchor = span_until(span_of(check->anchor), ROLLUP_ID_KEPT);
    uint64_t number = 0;
    if (ids.size == 0) {
        return wrong(reading, "no entry is named");
    }
    while (ids.size > 0) {
        struct span id = span_cut(&ids, ' ');
        if (!id_number(id, &number)) {
            return wrong(reading, "the ids of the entries are not well formed");
        }
        if (map_find(&check->ids, number) != NULL) {
            return wrong(reading, "an entry is named for the second time");
        }
        *map_put(&check->ids, number) = 1;
        check->anchor_found = check->anchor_found ||
                              (anchor.size > 0 && span_equal(span_until(id, anchor.size), anchor));
    }
    return true;
}

static void note_told(struct reading *reading, const struct draft *draft, struct span text)
{
    for (size_t index = 0; index < reading->newest.count; index++) {
        struct newest *newest = vec_at(&reading->newest, index);
        if (newest->branch == draft->line.branch &&
            newest->snapshot.commit == draft->snapshot.commit) {
            newest->told = newest->told || is_rewritten_alike(draft, &newest->snapshot, text);
        }
    }
}

static bool check_draft(struct reading *reading, const struct draft *draft, struct span text)
{
    uint32_t date = draft->line.date;
    if (date / 10000 != reading->year) {
        return wrong(reading, "the day is missing or of another year");
    }
    if (draft->line.branch == NULL || draft->snapshot.commit == NULL ||
        draft->snapshot.tree == NULL) {
        return wrong(reading, "commit, tree or branch is missing");
    }
    if (date < reading->last) {
        return wrong(reading, "the day lies before that of the line before");
    }
    if (date_of_seconds(draft->line.time) > date) {
        return wrong(reading, "the time lies behind the day");
    }
    reading->last = date;
    if (!check_ids(reading, draft->line.ids)) {
        return false;
    }
    note_told(reading, draft, text);
    return is_rewritten_alike(draft, &draft->snapshot, text) ||
           wrong(reading, "it differs from its own re-writing");
}

static bool check_lines(struct reading *reading, struct span text)
{
    bool sound = true;
    reading->line = 1;
    if (text.size == 0 || !span_ends(text, "\n")) {
        return wrong(reading, "the file is empty or cut");
    }
    for (; sound && text.size > 0; reading->line++) {
        struct span rest = text;
        struct draft draft = {.ids = {NULL, 0, 0}};
        snapshot_init(&draft.snapshot, reading->ledger->names);
        struct span line = span_cut(&text, '\n');
        sound = read_line(reading, line, &draft) &&
                check_draft(reading, &draft, span_until(rest, line.size + 1));
        buf_release(&draft.ids);
        snapshot_release(&draft.snapshot);
    }
    return sound;
}

/* ---- the state that the roll-up stands for ---- */

static enum err read_newest(struct reading *reading, struct diags *diags)
{
    const struct git_ledger *ledger = reading->ledger;
    git_tree *branches = NULL;
    enum err err =
        git_ledger_folder(ledger, reading->check->tree, LAYOUT_BRANCHES, &branches, diags);
    size_t count = branches != NULL ? git_tree_entrycount(branches) : 0;
    for (size_t index = 0; err == ERR_NONE && index < count; index++) {
        struct buf branch = {NULL, 0, 0};
        struct newest *newest = vec_add(&reading->newest);
        percent_decode(&branch,
                       span_of(git_tree_entry_name(git_tree_entry_byindex(branches, index))));
        newest->branch = names_add(ledger->names, buf_span(&branch));
        snapshot_init(&newest->snapshot, ledger->names);
        err = git_ledger_read_at(ledger, reading->check->commit, newest->branch, &newest->snapshot,
                                 diags);
        buf_release(&branch);
    }
    git_tree_free(branches);
    return err;
}

static enum err check_told(struct reading *reading)
{
    for (size_t index = 0; index < reading->newest.count; index++) {
        const struct newest *newest = vec_at(&reading->newest, index);
        if (!newest->told) {
            fault_set(&reading->check->fault, FAULT_SYNTAX, 0, 0,
                      "no line tells of the newest values of %.100s that it stands for",
                      name_text(newest->branch));
            return ERR_FORMAT;
        }
    }
    return ERR_NONE;
}

/* ---- all files ---- */

static enum err check_file(struct reading *reading, const git_tree_entry *entry,
                           struct diags *diags)
{
    struct span name = span_of(git_tree_entry_name(entry));
    git_odb_object *file = NULL;
    uint64_t year = 0;
    reading->line = 0;
    if (name.size != YEAR_DIGITS + sizeof(LAYOUT_ROLLUP_END) - 1 ||
        !span_ends(name, LAYOUT_ROLLUP_END) || !span_to_u64(span_until(name, YEAR_DIGITS), &year)) {
        wrong(reading, "a file that belongs to no year");
        return ERR_FORMAT;
    }
    reading->year = (uint32_t)year;
    enum err err = git_ledger_file(reading->ledger, entry, &file, diags);
    if (err == ERR_NONE && !check_lines(reading, git_objects_text(file))) {
        err = ERR_FORMAT;
    }
    git_odb_object_free(file);
    return err;
}

enum err git_ledger_rollup_check(const struct git_ledger *ledger, struct rollup_check *check,
                                 struct diags *diags)
{
    struct reading reading = {.ledger = ledger, .check = check};
    git_tree *folder = NULL;
    vec_init(&reading.newest, sizeof(struct newest));
    enum err err = git_ledger_folder(ledger, check->tree, LAYOUT_ROLLUP, &folder, diags);
    if (err == ERR_NONE && folder == NULL) {
        wrong(&reading, "there is none");
        err = ERR_FORMAT;
    }
    if (err == ERR_NONE) {
        err = read_newest(&reading, diags);
    }
    size_t count = folder != NULL ? git_tree_entrycount(folder) : 0;
    for (size_t index = 0; err == ERR_NONE && index < count; index++) {
        err = check_file(&reading, git_tree_entry_byindex(folder, index), diags);
    }
    err = err == ERR_NONE ? check_told(&reading) : err;
    for (size_t index = 0; index < reading.newest.count; index++) {
        struct newest *newest = vec_at(&reading.newest, index);
        snapshot_release(&newest->snapshot);
    }
    vec_release(&reading.newest);
    git_tree_free(folder);
    return err;
}
