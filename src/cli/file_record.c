/* What was measured -> the baseline file in the work tree. Committing it is the author's business,
 * so nothing is pushed and the file is part of what is reviewed. */
#include "cli/file_record.h"

#include "cli/file_baseline.h"
#include "cli/lost_families.h"
#include "model/group_totals.h"
#include "render/compare.h"

static enum exit_code refuse(struct session *session, enum exit_code code)
{
    session_complain(session);
    return code;
}

/* Options of a ledger branch, and places without a work tree. */
static bool can_record(struct session *session)
{
    static const char *const words[] = {"push", "branch"};
    struct diags *diags = &session->run.diags;
    size_t before = diags->errors;
    for (size_t index = 0; index < sizeof(words) / sizeof(words[0]); index++) {
        if (options_has(session->options, words[index])) {
            diags_add_format(diags, DIAG_LEDGER_FILE_WORDS, NULL, 0, 0,
                             "--%s means nothing where the baseline is a file", words[index]);
        }
    }
    if (session->repo == NULL) {
        diags_add(diags, DIAG_CLI_NO_COMMIT, NULL, 0, 0,
                  SPAN("there is no work tree to write the baseline file into"));
    }
    return diags->errors == before;
}

static void tell_changes(const struct snapshot *before, const struct snapshot *after,
                         struct buf *out)
{
    const struct comparison comparison = {.base = before,
                                          .now = after,
                                          .base_label = "the file so far",
                                          .now_label = "measured",
                                          .colour = session_colour(),
                                          .width = session_width()};
    buf_add_byte(out, '\n');
    compare_text(&comparison, out);
}

/* The file as it is: what it holds, or nothing where it can be written again. */
static enum err read_former(struct session *session, struct file_ledger *file, bool *found)
{
    struct fault fault = {.kind = FAULT_NONE};
    enum err err = file_baseline_read(session, file, &fault);
    *found = err == ERR_NONE;
    if (err == ERR_UNUSABLE || err == ERR_READ) {
        return file_baseline_refuse(session, file_baseline_path(session), err, &fault);
    }
    if (err != ERR_NONE && err != ERR_MISSING && file_baseline_is_other(session)) {
        diags_add(&session->run.diags, DIAG_LEDGER_FILE_OTHER, file_baseline_path(session), 0, 0,
                  SPAN("this is no baseline file, so nothing is written over it"));
        return ERR_WRITE;
    }
    return ERR_NONE; /* none yet, damaged, or in conflict: recording mends that */
}

/* The bars that this work started from, moved by what was measured. Not those of the file as it is
 * now: recording again takes back what a mistaken recording has raised. */
static void move_bars(struct session *session, const struct snapshot *now, struct file_ledger *file)
{
    struct baseline start;
    baseline_init(&start, &session->run.names);
    file_baseline_start(session, &start);
    bool found = start.state == BASELINE_FOUND;
    const struct bars_change change = {.snapshot = now,
                                       .seed = found ? &start.snapshot : NULL,
                                       .policy = &session->policy,
                                       .today = session_today()};
    bars_release(&file->bars);
    file->bars = start.bars;
    bars_init(&start.bars, &session->run.names);
    if (found) {
        group_totals_retire_bars(&file->bars, &session->policy, &start.snapshot);
    }
    bars_update(&file->bars, &change);
    baseline_release(&start);
}

static enum exit_code write_file(struct session *session, const struct file_ledger *former,
                                 bool found, const struct file_ledger *file)
{
    const struct name *path = file_baseline_path(session);
    struct buf text = {NULL, 0, 0};
    struct buf old = {NULL, 0, 0};
    struct buf said = {NULL, 0, 0};
    file_ledger_write(file, &text);
    file_ledger_write(former, &old);
    bool same = found && span_equal(buf_span(&text), buf_span(&old));
    enum err err = ERR_NONE;
    if (same) {
        buf_add_format(&said, "%s holds these values already\n", name_text(path));
    } else {
        err = session_write(session, name_text(path), buf_span(&text));
        buf_add_format(&said, "recorded %zu metrics in %s; commit it with this change\n",
                       file->snapshot.metrics.count, name_text(path));
        if (found) {
            tell_changes(&former->snapshot, &file->snapshot, &said);
        }
    }
    buf_release(&text);
    buf_release(&old);
    if (err != ERR_NONE || session->quiet) {
        buf_clear(&said);
    }
    session_complain(session);
    return session_print(&said, err == ERR_NONE ? EXIT_OPEN : EXIT_PUBLISH);
}

enum exit_code file_record(struct session *session, const struct snapshot *now)
{
    struct file_ledger former;
    struct file_ledger file;
    bool found = false;
    enum exit_code code = EXIT_PUBLISH;
    if (!can_record(session)) {
        return refuse(session, EXIT_USAGE);
    }
    file_ledger_init(&former, &session->run.names);
    file_ledger_init(&file, &session->run.names);
    const char *const roots[] = {session->root, git_repo_root(session->repo), NULL};
    file_ledger_take(&file, now, &session->policy, roots);
    if (file.snapshot.metrics.count == 0) {
        diags_add(&session->run.diags, DIAG_LEDGER_FILE_EMPTY, NULL, 0, 0, span_make(NULL, 0));
        code = refuse(session, EXIT_PUBLISH);
    } else if (read_former(session, &former, &found) != ERR_NONE) {
        code = refuse(session, EXIT_PUBLISH);
    } else if (found &&
               lost_families_compare(session, &former.snapshot,
                                     name_span(file_baseline_path(session)), now) != ERR_NONE) {
        code = refuse(session, EXIT_REPORT);
    } else {
        move_bars(session, now, &file);
        code = write_file(session, &former, found, &file);
    }
    file_ledger_release(&former);
    file_ledger_release(&file);
    return code;
}
