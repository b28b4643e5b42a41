/* tidegate ledger import: brings the series of another tool into the ledger.
 *
 * One entry for each commit. What tidegate has recorded itself is never touched: commits that have
 * such an entry, and those from the oldest of them on, stay as they are, so that no imported entry
 * becomes what a change is compared with. Commits that were imported before only gain the measures
 * that they lack; importing twice adds nothing. */
#include "cli/choose_baseline.h"
#include "cli/ledger_import_parts.h"
#include "cli/ledger_words.h"
#include "cli/open_ledger.h"

#include "base/limits.h"
#include "base/map.h"

#include <string.h>

void import_say(struct session *session, enum diag_code code, const char *file, const char *what)
{
    diags_add(&session->run.diags, code,
              file != NULL ? names_add(&session->run.names, span_of(file)) : NULL, 0, 0,
              span_of(what));
}

/* ---- what is new ---- */

/* The ledger's entries of the branch, by the code's commit. */
struct known {
    struct vec entries;   /* struct ledger_entry, newest first */
    struct map by_commit; /* index + 1 of the newest */
    bool has_own;         /* tidegate has recorded here itself */
    int64_t own_since;    /* time of the oldest such commit */
};

static void note_own(struct import *import, struct known *known, const struct ledger_entry *entry)
{
    struct git_repo_fact fact;
    bool here = git_repo_look(import->session->repo, entry->commit, &fact);
    int64_t time = here ? fact.time : entry->time;
    known->own_since = known->has_own && known->own_since < time ? known->own_since : time;
    known->has_own = true;
}

static enum err list_known(struct import *import, struct git_ledger *ledger, struct known *known)
{
    vec_init(&known->entries, sizeof(struct ledger_entry));
    map_init(&known->by_commit);
    enum err err = ledger != NULL
                       ? git_ledger_list(ledger, 0, &known->entries, &import->session->run.diags)
                       : ERR_NONE;
    for (size_t index = known->entries.count; err == ERR_NONE && index > 0; index--) {
        const struct ledger_entry *entry = vec_at(&known->entries, index - 1);
        if (entry->branch == import->branch) {
            *map_put(&known->by_commit, map_key(entry->commit)) = index;
        }
        if (entry->branch == import->branch && entry->origin == NULL) {
            note_own(import, known, entry);
        }
    }
    return err;
}

static bool add_points(struct import *import, const struct imported_entry *entry,
                       struct snapshot *snapshot)
{
    bool added = false;
    size_t before = snapshot->metrics.count;
    for (size_t at = entry->first; at < entry->first + entry->count; at++) {
        const struct imported_point *point = vec_at(&import->imported.points, at);
        bool has = false;
        for (size_t index = 0; index < before && !has; index++) {
            has = ((const struct metric *)vec_at(&snapshot->metrics, index))->key == point->key;
        }
        if (!has && snapshot->metrics.count < LIMIT_SNAPSHOT_METRICS) {
            struct metric *metric = snapshot_add(snapshot);
            metric->key = point->key;
            metric->unit = point->unit;
            metric->value = value_decimal(point->value);
            metric->sources = 1;
            added = true;
        }
    }
    snapshot_sort(snapshot);
    return added;
}

static enum err consider(struct import *import, struct git_ledger *ledger, struct known *known,
                         size_t index)
{
    const struct imported_entry *entry = vec_at(&import->imported.entries, index);
    const uint64_t *place = map_find(&known->by_commit, map_key(entry->commit));
    const struct ledger_entry *there =
        place != NULL ? vec_at(&known->entries, (size_t)*place - 1) : NULL;
    struct snapshot snapshot;
    enum err err = ERR_NONE;
    if (there == NULL && known->has_own && entry->time >= known->own_since) {
        import->later++;
        return ERR_NONE;
    }
    snapshot_init(&snapshot, &import->session->run.names);
    if (there != NULL && there->origin != NULL) {
        err = git_ledger_read(ledger, there->id, there->branch, &snapshot,
                              &import->session->run.diags);
    }
    snapshot.commit = entry->commit;
    snapshot.tree = entry->tree;
    bool own = there != NULL && there->origin == NULL;
    if (err == ERR_NONE && !own && add_points(import, entry, &snapshot)) {
        *(struct snapshot *)vec_add(&import->snapshots) = snapshot;
        *(size_t *)vec_add(&import->wanted) = index;
    } else {
        import->there += err == ERR_NONE ? 1 : 0;
        snapshot_release(&snapshot);
    }
    return err;
}

static enum err find_new(struct import *import, struct git_ledger *ledger)
{
    struct known known = {.has_own = false};
    enum err err = list_known(import, ledger, &known);
    for (size_t index = 0; err == ERR_NONE && index < import->imported.entries.count; index++) {
        err = consider(import, ledger, &known, index);
    }
    map_release(&known.by_commit);
    vec_release(&known.entries);
    return err;
}

/* ---- writing ---- */

static enum err append(struct import *import, struct git_ledger *ledger, size_t *appended)
{
    struct vec records;
    const struct name *origin = names_add(&import->session->run.names, buf_span(&import->origin));
    vec_init(&records, sizeof(struct ledger_record));
    for (size_t index = 0; index < import->snapshots.count; index++) {
        const struct imported_entry *entry =
            vec_at(&import->imported.entries, *(size_t *)vec_at(&import->wanted, index));
        struct ledger_record *record = vec_add(&records);
        *record = (struct ledger_record){.snapshot = vec_at(&import->snapshots, index),
                                         .branch = import->branch,
                                         .parent = entry->parent,
                                         .commit_time = entry->time,
                                         .origin = origin,
                                         .program_version = TIDEGATE_VERSION,
                                         .time = entry->time};
    }
    enum err err = git_ledger_append_all(ledger, records.items, records.count, appended,
                                         &import->session->run.diags);
    vec_release(&records);
    return err;
}

/* ---- the whole ---- */

static enum exit_code write_new(struct import *import)
{
    struct session *session = import->session;
    struct git_ledger *ledger = NULL;
    bool dry = options_has(session->options, "dry-run");
    size_t appended = 0;
    enum exit_code code = EXIT_BASELINE;
    if (!dry && !ledger_may_push(session)) {
        return EXIT_USAGE;
    }
    enum err err = open_ledger(session, !dry, &ledger);
    err = dry && err == ERR_MISSING ? ERR_NONE : err;
    if (err == ERR_NONE) {
        err = find_new(import, ledger);
    }
    if (err == ERR_NONE && !dry) {
        err = append(import, ledger, &appended);
        code = err != ERR_NONE ? EXIT_PUBLISH : code;
    }
    git_ledger_close(ledger);
    session_complain(session);
    return err == ERR_NONE ? import_tell(import, appended, dry) : code;
}

static enum exit_code import_all(struct import *import)
{
    struct session *session = import->session;
    const struct name *branch = session_branch_given(session);
    enum err err = import_read(import);
    if (err != ERR_NONE) {
        session_complain(session);
        return err == ERR_USAGE ? EXIT_USAGE : EXIT_REPORT;
    }
    import->branch = branch != NULL ? branch : choose_branch(session, NULL);
    if (import->branch == NULL) {
        import_say(session, DIAG_CLI_NO_BRANCH, NULL, "");
        session_complain(session);
        return EXIT_USAGE;
    }
    return write_new(import);
}

static const struct import_format *find_format(struct session *session)
{
    const char *word = session->options->word_count > 1 ? session->options->words[1] : "";
    struct buf why = {NULL, 0, 0};
    buf_add_text(&why, "say which tool to import from:");
    for (const struct import_format *format = import_formats(); format->name != NULL; format++) {
        if (strcmp(format->name, word) == 0) {
            buf_release(&why);
            return format;
        }
        buf_add_format(&why, "%s %s (%s)", format != import_formats() ? "," : "", format->name,
                       format->title);
    }
    diags_add(&session->run.diags, DIAG_CLI_USAGE, NULL, 0, 0, buf_span(&why));
    buf_release(&why);
    return NULL;
}

enum exit_code ledger_import(struct session *session)
{
    struct import import = {.session = session, .format = find_format(session)};
    bool ready = import.format != NULL && session_repo(session) == ERR_NONE;
    if (ready && (session->repo == NULL || git_repo_commit(session->repo) == NULL)) {
        import_say(session, DIAG_CLI_NO_COMMIT, NULL, "");
        ready = false;
    }
    ready = ready && session_policy(session) == ERR_NONE;
    if (ready && session->policy.ledger_file != NULL) {
        import_say(session, DIAG_LEDGER_FILE_HISTORY, name_text(session->policy.ledger_file), "");
        ready = false;
    }
    if (!ready) {
        session_complain(session);
        return EXIT_USAGE;
    }
    imported_init(&import.imported, &session->run.names);
    import.imported.prefix = import.format->prefix;
    import.imported.smallest = import.format->smallest;
    vec_init(&import.snapshots, sizeof(struct snapshot));
    vec_init(&import.wanted, sizeof(size_t));
    enum exit_code code = import_all(&import);
    for (size_t index = 0; index < import.snapshots.count; index++) {
        snapshot_release(vec_at(&import.snapshots, index));
    }
    vec_release(&import.snapshots);
    vec_release(&import.wanted);
    buf_release(&import.origin);
    imported_release(&import.imported);
    return code;
}
