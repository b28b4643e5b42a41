/* Finding the snapshot that a word names. */
#include "cli/snapshot_word.h"

#include "cli/open_ledger.h"
#include "cli/whole_file.h"

#include "base/limits.h"
#include "ledger/file_ledger.h"

#include <string.h>
#include <sys/stat.h>

enum { SHORTEST_ID = 4 };

enum err snapshot_of_file(struct session *session, const char *path, struct snapshot *snapshot)
{
    struct buf text = {NULL, 0, 0};
    struct fault fault = {.kind = FAULT_NONE};
    enum err err = whole_file_read(path, LIMIT_SNAPSHOT_BYTES, &text, &fault);
    if (err == ERR_NONE && file_ledger_likely(buf_span(&text))) {
        err = snapshot_read_from(snapshot, buf_span(&text), FILE_LEDGER_SCHEMA, &fault);
    } else if (err == ERR_NONE) {
        err = snapshot_read(snapshot, buf_span(&text), &fault);
    }
    if (err != ERR_NONE) {
        diags_add_format(&session->run.diags, DIAG_CLI_SNAPSHOT,
                         names_add(&session->run.names, span_of(path)), fault.line, fault.column,
                         "not a usable snapshot: %s", fault.text);
    }
    buf_release(&text);
    return err;
}

static bool begins_with(const struct name *name, const char *word)
{
    return name != NULL && strlen(word) >= SHORTEST_ID && span_starts(name_span(name), word);
}

const struct ledger_entry *snapshot_entry(const struct vec *entries, const char *word)
{
    for (size_t index = 0; index < entries->count; index++) {
        const struct ledger_entry *entry = vec_at(entries, index);
        if (word == NULL || begins_with(entry->id, word) || begins_with(entry->commit, word) ||
            span_is(name_span(entry->branch), word)) {
            return entry;
        }
    }
    return NULL;
}

struct git_ledger *snapshot_ledger(struct session *session)
{
    struct git_ledger *ledger = NULL;
    struct diags *diags = &session->run.diags;
    if (session_repo(session) != ERR_NONE) {
        return NULL;
    }
    if (session->repo == NULL) {
        diags_add(diags, DIAG_CLI_NO_COMMIT, NULL, 0, 0,
                  SPAN("there is no git repository here, and so no ledger"));
        return NULL;
    }
    if (session_policy(session) != ERR_NONE) {
        return NULL;
    }
    if (session->policy.ledger_file != NULL) {
        diags_add_format(diags, DIAG_LEDGER_FILE_HISTORY, session->policy.ledger_file, 0, 0,
                         "the baseline is this file, so there are no ledger entries");
    } else if (open_ledger(session, false, &ledger) == ERR_MISSING) {
        diags_add(diags, DIAG_LEDGER_NONE_YET, NULL, 0, 0,
                  name_span(ledger_none_text(session, &session->policy)));
    }
    return ledger;
}

enum exit_code snapshot_exit(const struct session *session)
{
    return session->policy_err != ERR_NONE ? EXIT_USAGE : EXIT_BASELINE;
}

bool snapshot_is_file(const char *word)
{
    struct stat status;
    return stat(word, &status) == 0 && !S_ISDIR(status.st_mode);
}

enum err snapshot_of_word(struct session *session, const char *word, struct snapshot *snapshot)
{
    if (snapshot_is_file(word)) {
        return snapshot_of_file(session, word, snapshot);
    }
    struct git_ledger *ledger = snapshot_ledger(session);
    struct vec entries;
    enum err err = ERR_MISSING;
    vec_init(&entries, sizeof(struct ledger_entry));
    if (ledger != NULL &&
        (err = git_ledger_list(ledger, 0, &entries, &session->run.diags)) == ERR_NONE) {
        const struct ledger_entry *entry = snapshot_entry(&entries, word);
        if (entry == NULL) {
            err = ERR_MISSING;
            diags_add_format(&session->run.diags, DIAG_CLI_NOT_FOUND, NULL, 0, 0,
                             "neither a file nor a ledger entry is called '%s'", word);
        } else {
            err = git_ledger_read(ledger, entry->id, entry->branch, snapshot, &session->run.diags);
        }
    }
    vec_release(&entries);
    git_ledger_close(ledger);
    return err;
}
