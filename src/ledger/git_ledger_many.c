/* Recording many entries at once, for what is brought in from elsewhere.
 *
 * Every entry is built on the one before it and the branch of the private repository moves along,
 * so that each is ordered and read back like any other. At a remote the whole row is pushed in the
 * end; when that fails, the private branch goes back to where it stood, so that nothing is left
 * that the remote does not have. */
#include "ledger/git_ledger_build.h"
#include "ledger/git_ledger_tidy.h"
#include "ledger/git_library.h"
#include "ledger/git_objects.h"

enum { TIDY_EACH = 2000 /* entries: packing takes longer, the more there is */ };

/* Moves the private repository's branch, or its copy of the remote's, from the tip to the new
 * entry. */
static enum err advance(const struct appending *add)
{
    static const git_oid none; /* all zero: it must not exist yet */
    git_reference *reference = NULL;
    int error =
        git_reference_create_matching(&reference, add->ledger->handle, name_text(add->ledger->ref),
                                      &add->commit, 1, add->has_tip ? &add->tip : &none, NULL);
    git_reference_free(reference);
    if (error == GIT_EMODIFIED || error == GIT_EEXISTS || error == GIT_ELOCKED) {
        return git_ledger_refuse(add->ledger, ERR_CONFLICT, DIAG_LEDGER_BUSY, "", add->diags);
    }
    return error == 0 ? ERR_NONE : git_ledger_refuse_write(add, "the branch cannot be moved");
}

static enum err append_one(struct git_ledger *ledger, const struct ledger_record *record,
                           git_oid *commit, struct diags *diags)
{
    struct appending add = {.ledger = ledger, .record = record, .diags = diags};
    enum err err = git_ledger_prepare(&add);
    if (err == ERR_NONE) {
        err = git_ledger_try(&add);
    }
    if (err == ERR_NONE) {
        err = advance(&add);
        git_oid_cpy(commit, &add.commit);
    }
    git_ledger_appending_release(&add);
    return err;
}

/* Where it stood before, or nowhere. */
static void go_back(const struct git_ledger *ledger, const git_oid *tip, bool had_tip)
{
    git_reference *reference = NULL;
    if (had_tip) {
        git_reference_create(&reference, ledger->handle, name_text(ledger->ref), tip, 1, NULL);
        git_reference_free(reference);
    } else {
        git_reference_remove(ledger->handle, name_text(ledger->ref));
    }
}

static enum err push_all(struct git_ledger *ledger, const git_oid *commit, struct diags *diags)
{
    char hex[GIT_OID_HEXSZ + 1];
    struct buf why = {NULL, 0, 0};
    enum err err = ERR_NONE;
    git_oid_tostr(hex, sizeof(hex), commit);
    enum server_answer answer =
        git_server_push(ledger->server, hex, git_ledger_time_left(ledger), &why);
    if (answer != SERVER_DONE) {
        err = git_server_refuse(ledger->server, answer, &why, diags);
    }
    buf_release(&why);
    return err;
}

enum err git_ledger_append_all(struct git_ledger *ledger, const struct ledger_record *records,
                               size_t count, size_t *appended, struct diags *diags)
{
    git_oid before;
    git_oid commit;
    bool had_tip = false;
    *appended = 0;
    enum err err = git_ledger_tip(ledger, &before, &had_tip, diags);
    while (err == ERR_NONE && *appended < count) {
        err = append_one(ledger, &records[*appended], &commit, diags);
        *appended += err == ERR_NONE ? 1 : 0;
        if (*appended % TIDY_EACH == 0) {
            git_ledger_tidy(ledger);
        }
    }
    if (ledger->server != NULL && err == ERR_NONE && count > 0) {
        err = push_all(ledger, &commit, diags);
    }
    if (ledger->server != NULL && err != ERR_NONE) {
        go_back(ledger, &before, had_tip);
        *appended = 0;
    }
    git_ledger_tidy(ledger);
    return err;
}
