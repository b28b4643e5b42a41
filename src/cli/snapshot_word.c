/* Finding the snapshot that a word names. */
#include "cli/snapshot_word.h"

#include "cli/open_ledger.h"

#include "base/input.h"
#include "base/limits.h"

#include <string.h>
#include <unistd.h>

enum { SHORTEST_ID = 4 };

enum err snapshot_of_file(struct session *session, const char *path, struct snapshot *snapshot)
{
    struct buf text;
    char piece[16384];
    size_t got = 0;
    struct input *input = input_open_file(path);
    buf_init(&text);
    while (text.size <= LIMIT_SNAPSHOT_BYTES &&
           (got = input_read(input, piece, sizeof(piece))) > 0) {
        buf_add(&text, span_make(piece, got));
    }
    struct fault fault = *input_fault(input);
    if (text.size > LIMIT_SNAPSHOT_BYTES) {
        fault_set(&fault, FAULT_LIMIT, 0, 0, "larger than any snapshot may be");
    }
    enum err err = ERR_FORMAT;
    if (fault.kind == FAULT_NONE) {
        err = snapshot_read(snapshot, buf_span(&text), &fault);
    }
    if (err != ERR_NONE) {
        diags_add_format(&session->run.diags, DIAG_CLI_SNAPSHOT,
                         names_add(&session->run.names, span_of(path)), fault.line, fault.column,
                         "not a usable snapshot: %s", fault.text);
    }
    input_close(input);
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
        diags_add(diags, DIAG_CLI_NO_COMMIT, NULL, 0, 0, span_make(NULL, 0));
        return NULL;
    }
    if (session_policy(session) != ERR_NONE) {
        return NULL;
    }
    if (open_ledger(session, false, &ledger) == ERR_MISSING) {
        diags_add(diags, DIAG_CLI_NOT_FOUND, NULL, 0, 0,
                  SPAN("nothing was recorded in this repository yet; `tidegate record` does that"));
    }
    return ledger;
}

enum err snapshot_of_word(struct session *session, const char *word, struct snapshot *snapshot)
{
    if (access(word, F_OK) == 0) {
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
