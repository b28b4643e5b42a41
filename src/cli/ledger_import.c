/* tidegate ledger import: brings the series of another tool into the ledger.
 *
 * One entry for each commit. What tidegate has recorded itself is never touched: commits that have such an
 * entry, and those from the oldest of them on, stay as they are, so that no imported entry becomes what a change is
 * compared with. Commits that were imported before only gain the measures that they lack; importing twice adds
 * nothing. */
#include "cli/choose_baseline.h"
#include "cli/ledger_words.h"
#include "cli/open_ledger.h"
#include "cli/whole_file.h"

#include "base/date.h"
#include "base/limits.h"
#include "base/map.h"
#include "ledger/git_notes.h"
#include "ledger/imported.h"
#include "render/escape.h"

#include <inttypes.h>
#include <string.h>

enum { HISTORY_MOST = 100000, ORIGIN_LONGEST = 200, SHOWN_VALUES = 3, SHOWN_RENAMES = 20 };

/* One import on its way. */
struct import {
    struct session *session;
    const struct import_format *format;
    const struct name *branch;
    struct imported imported;
    struct buf origin;    /* "git-perf refs/notes/perf-v3" */
    struct vec snapshots; /* struct snapshot: what is new */
    struct vec wanted;    /* size_t: the entries of `imported` that they belong to */
    size_t there, later;  /* entries that are left out: recorded already, or after tidegate's own */
};

static void say(struct session *session, enum diag_code code, const char *file, const char *what)
{
    diags_add(&session->run.diags, code,
              file != NULL ? names_add(&session->run.names, span_of(file)) : NULL, 0, 0,
              span_of(what));
}

/* ---- reading ---- */

static void add_origin(struct import *import, const char *source)
{
    if (import->origin.size + strlen(source) < ORIGIN_LONGEST) {
        buf_add_format(&import->origin, "%s%s", import->origin.size > 0 ? " " : "", source);
    }
}

static void take_note(void *self, struct span commit, struct span text)
{
    struct import *import = self;
    struct names *names = &import->session->run.names;
    struct git_repo_fact fact;
    int64_t time = 0;
    if (git_repo_look(import->session->repo, names_add(names, commit), &fact)) {
        time = fact.time;
    }
    import->format->read(&import->imported, commit, time, text);
}

static enum err read_ref(struct import *import, const struct name *ref)
{
    struct diags *diags = &import->session->run.diags;
    enum err err = git_notes_each(import->session->repo, ref, take_note, import, diags);
    if (err == ERR_MISSING) {
        diags_add_format(diags, DIAG_CLI_NOT_FOUND, NULL, 0, 0,
                         "there is no ref %s here; `git fetch REMOTE '%s:%s'` brings notes",
                         name_text(ref), name_text(ref), name_text(ref));
    }
    add_origin(import, name_text(ref));
    return err;
}

/* The refs that are named, "perf-v3" for short, or all that this tool writes. */
static enum err read_notes(struct import *import, char **words, size_t count)
{
    struct names *names = &import->session->run.names;
    struct vec refs;
    enum err err = ERR_NONE;
    vec_init(&refs, sizeof(const struct name *));
    for (size_t index = 0; index < count; index++) {
        struct buf ref = {NULL, 0, 0};
        buf_add_format(&ref, "%s%s", strncmp(words[index], "refs/", 5) == 0 ? "" : "refs/notes/",
                       words[index]);
        *(const struct name **)vec_add(&refs) = names_add(names, buf_span(&ref));
        buf_release(&ref);
    }
    if (count == 0) {
        git_notes_refs(import->session->repo, import->format->refs, &refs);
    }
    if (refs.count == 0) {
        diags_add_format(&import->session->run.diags, DIAG_CLI_NOT_FOUND, NULL, 0, 0,
                         "there are no notes like %s here; fetch them first", import->format->refs);
        err = ERR_MISSING;
    }
    for (size_t index = 0; err == ERR_NONE && index < refs.count; index++) {
        err = read_ref(import, *(const struct name **)vec_at(&refs, index));
    }
    vec_release(&refs);
    return err;
}

static enum err read_file(struct import *import, const char *path)
{
    struct buf text = {NULL, 0, 0};
    struct fault fault = {.kind = FAULT_NONE};
    enum err err = whole_file_read(path, LIMIT_GIT_OBJECT_BYTES, &text, &fault);
    if (err == ERR_NONE) {
        import->format->read(&import->imported, span_make(NULL, 0), 0, buf_span(&text));
        add_origin(import, path);
    } else {
        say(import->session, DIAG_CLI_IMPORT, path, fault.text);
    }
    buf_release(&text);
    return err;
}

/* The file as HEAD and the commits before it have it, wherever it changed. */
static enum err read_history(struct import *import, const char *path)
{
    struct session *session = import->session;
    struct vec chain;
    struct arena arenas[2];
    struct span newer = {NULL, 0};
    const struct name *newer_commit = NULL;
    enum err err = ERR_NONE;
    vec_init(&chain, sizeof(const struct name *));
    arena_init(&arenas[0]);
    arena_init(&arenas[1]);
    *(const struct name **)vec_add(&chain) = git_repo_commit(session->repo);
    git_repo_first_parents(session->repo, git_repo_commit(session->repo), HISTORY_MOST, &chain);
    for (size_t index = 0; err == ERR_NONE && index <= chain.count; index++) {
        const struct name *commit =
            index < chain.count ? *(const struct name **)vec_at(&chain, index) : NULL;
        struct span text = {NULL, 0};
        struct git_repo_fact fact;
        arena_reset(&arenas[index % 2]);
        if (commit != NULL && git_repo_look(session->repo, commit, &fact)) {
            err = git_repo_file(session->repo, commit, path, &arenas[index % 2], &text,
                                &session->run.diags);
            err = err == ERR_MISSING ? ERR_NONE : err;
        }
        if (newer.data != NULL && !span_equal(newer, text) &&
            git_repo_look(session->repo, newer_commit, &fact)) {
            import->format->read(&import->imported, name_span(newer_commit), fact.time, newer);
        }
        newer = text;
        newer_commit = commit;
    }
    add_origin(import, path);
    arena_release(&arenas[0]);
    arena_release(&arenas[1]);
    vec_release(&chain);
    return err;
}

static enum err read_sources(struct import *import)
{
    char **words = import->session->options->words + 2;
    size_t count = import->session->options->word_count - 2;
    enum err err = ERR_NONE;
    buf_add_text(&import->origin, import->format->name);
    if (import->format->refs != NULL) {
        err = read_notes(import, words, count);
    } else if (count == 0) {
        say(import->session, DIAG_CLI_USAGE, NULL, "name the file to import");
        err = ERR_USAGE;
    }
    for (size_t index = 0; import->format->refs == NULL && err == ERR_NONE && index < count;
         index++) {
        err = import->format->follows_history ? read_history(import, words[index])
                                              : read_file(import, words[index]);
    }
    if (err == ERR_NONE) {
        imported_settle(&import->imported, import->session->repo);
    }
    if (err == ERR_NONE && import->imported.entries.count == 0) {
        struct buf why = {NULL, 0, 0};
        const struct name *first = import->imported.skipped_first;
        buf_add_format(&why, "nothing in it can be imported%s%s", first != NULL ? ": " : "",
                       name_text(first));
        say(import->session, DIAG_CLI_IMPORT, count > 0 ? words[0] : NULL, buf_text(&why));
        buf_release(&why);
        err = ERR_FORMAT;
    }
    return err;
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

/* ---- telling ---- */

static void list_entries(const struct import *import, struct buf *out)
{
    for (size_t index = 0; index < import->snapshots.count; index++) {
        const struct snapshot *snapshot = vec_at(&import->snapshots, index);
        const struct imported_entry *entry =
            vec_at(&import->imported.entries, *(size_t *)vec_at(&import->wanted, index));
        uint32_t day = date_of_seconds(entry->time);
        if (day == 0) {
            buf_add_text(out, "unknown day");
        } else {
            date_add(out, day);
        }
        buf_add_format(out, "  %.10s%s ", name_text(entry->commit), entry->known ? " " : "?");
        size_t count = snapshot->metrics.count;
        for (size_t at = 0; at < count && at < SHOWN_VALUES; at++) {
            const struct metric *metric = vec_at(&snapshot->metrics, at);
            buf_add_format(out, "%s%s ", at > 0 ? ", " : "", name_text(metric->key));
            value_add_text(out, &metric->value);
            if (metric->unit != NULL) {
                buf_add_byte(out, ' ');
                escape_add_text(out, name_span(metric->unit), 0);
            }
        }
        if (count > SHOWN_VALUES) {
            buf_add_format(out, " and %zu more", count - SHOWN_VALUES);
        }
        buf_add_byte(out, '\n');
    }
}

static void list_renames(const struct imported *imported, struct buf *out)
{
    size_t shown = 0;
    for (size_t index = 0; index < imported->renames.count; index++) {
        const struct imported_rename *rename = vec_at(&imported->renames, index);
        if (rename->from != rename->to && shown++ < SHOWN_RENAMES) {
            buf_add_text(out, "note: '");
            escape_add_text(out, name_span(rename->from), 0);
            buf_add_format(out, "' is called %s here\n", name_text(rename->to));
        }
    }
    if (shown > SHOWN_RENAMES) {
        buf_add_format(out, "note: and %zu more names were changed\n", shown - SHOWN_RENAMES);
    }
}

static void list_rest(const struct import *import, struct buf *out)
{
    const struct imported *imported = &import->imported;
    if (imported->repeated > 0) {
        buf_add_format(out, "note: %zu repeated values were left out; the %s of a commit counts\n",
                       imported->repeated, imported->smallest ? "smallest" : "newest");
    }
    if (imported->skipped > 0) {
        buf_add_format(out, "note: %zu points cannot be used; the first: ", imported->skipped);
        escape_add_text(out, name_span(imported->skipped_first), 0);
        buf_add_byte(out, '\n');
    }
    if (import->there > 0) {
        buf_add_format(out, "note: %zu commits are in the ledger already\n", import->there);
    }
    if (import->later > 0) {
        buf_add_format(out,
                       "note: %zu commits are left out: from then on tidegate has recorded "
                       "itself\n",
                       import->later);
    }
}

static enum exit_code tell(struct import *import, size_t appended, bool dry)
{
    struct buf text = {NULL, 0, 0};
    if (dry) {
        list_entries(import, &text);
    }
    list_renames(&import->imported, &text);
    list_rest(import, &text);
    buf_add_text(&text, dry ? "would record " : "recorded ");
    buf_add_count(&text, dry ? import->snapshots.count : appended, "entry", "entries");
    buf_add_text(&text, " of ");
    escape_add_text(&text, name_span(import->branch), 0);
    buf_add_text(&text, " from ");
    escape_add_text(&text, buf_span(&import->origin), 0);
    buf_add_byte(&text, '\n');
    if (import->session->quiet) {
        buf_clear(&text);
    }
    return session_print(&text, EXIT_OPEN);
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
    return err == ERR_NONE ? tell(import, appended, dry) : code;
}

static enum exit_code import_all(struct import *import)
{
    struct session *session = import->session;
    const char *branch = options_value(session->options, "branch");
    enum err err = read_sources(import);
    if (err != ERR_NONE) {
        session_complain(session);
        return err == ERR_USAGE ? EXIT_USAGE : EXIT_REPORT;
    }
    import->branch = branch != NULL ? names_add(&session->run.names, span_of(branch))
                                    : choose_branch(session, NULL);
    if (import->branch == NULL) {
        say(session, DIAG_CLI_NO_BRANCH, NULL, "");
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
        say(session, DIAG_CLI_NO_COMMIT, NULL, "");
        ready = false;
    }
    ready = ready && session_policy(session) == ERR_NONE;
    if (ready && session->policy.ledger_file != NULL) {
        say(session, DIAG_LEDGER_FILE_HISTORY, name_text(session->policy.ledger_file), "");
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
