/* tidegate ledger compact: keep the newest entries, and of the older ones a line a day. */
#include "cli/ledger_words.h"
#include "cli/open_ledger.h"
#include "cli/snapshot_word.h"

#include "ledger/git_ledger_compact.h"

enum { KEEP_USUALLY = 2000, KEEP_MOST = 1000000 };

static enum err refuse(struct session *session, enum diag_code code, const char *what)
{
    diags_add(&session->run.diags, code, NULL, 0, 0, span_of(what));
    return ERR_USAGE;
}

static enum err take_keep(struct session *session, uint64_t *keep)
{
    const char *given = options_value(session->options, "keep");
    *keep = KEEP_USUALLY;
    if (session->options->word_count > 1) {
        return refuse(session, DIAG_CLI_USAGE, "compact takes no further words");
    }
    if (options_has(session->options, "offline")) {
        return refuse(session, DIAG_CLI_USAGE, "compact cannot work --offline");
    }
    if (given != NULL && (!span_to_u64(span_of(given), keep) || *keep == 0 || *keep > KEEP_MOST)) {
        return refuse(session, DIAG_CLI_USAGE, "--keep takes a whole number from 1 to 1000000");
    }
    return ERR_NONE;
}

/* Rewriting a branch that others read is never done by the way. */
static enum err need_consent(struct session *session)
{
    const struct name *remote = NULL;
    enum err err = ledger_remote(session, &remote);
    if (err == ERR_NONE && remote != NULL && !options_has(session->options, "push")) {
        diags_add_format(&session->run.diags, DIAG_CLI_PUSH, NULL, 0, 0,
                         "compact replaces the ledger's branch of '%s'", name_text(remote));
        err = ERR_USAGE;
    }
    return err;
}

static enum exit_code print_result(const struct session *session, const struct compacted *result)
{
    struct buf text;
    buf_init(&text);
    if (session->quiet) {
        return session_print(&text, EXIT_OPEN);
    }
    if (result->before == result->after) {
        buf_add_text(&text, "nothing to compact\n");
    } else {
        buf_add_format(
            &text, "compacted: %zu entries kept, %zu rolled up\nbefore    %s\nafter     %s\n",
            result->kept, result->rolled_up, name_text(result->before), name_text(result->after));
    }
    return session_print(&text, EXIT_OPEN);
}

static enum exit_code compact(struct session *session, struct git_ledger *ledger, size_t keep)
{
    struct compacted result;
    enum err err = git_ledger_compact(ledger, keep, session_now(), &result, &session->run.diags);
    session_complain(session);
    return err == ERR_NONE ? print_result(session, &result) : EXIT_PUBLISH;
}

enum exit_code ledger_compact(struct session *session)
{
    uint64_t keep = 0;
    if (take_keep(session, &keep) != ERR_NONE) {
        session_complain(session);
        return EXIT_USAGE;
    }
    struct git_ledger *ledger = snapshot_ledger(session);
    enum exit_code code = EXIT_BASELINE;
    if (ledger != NULL && need_consent(session) == ERR_NONE) {
        code = compact(session, ledger, (size_t)keep);
    } else {
        session_complain(session);
        code = ledger != NULL ? EXIT_USAGE : snapshot_exit(session);
    }
    git_ledger_close(ledger);
    return code;
}
