/* tidegate merge-driver: what git runs to merge two versions of the baseline file
 * (gitattributes(5), "Defining a custom merge driver"). git asks with %O %A %B and takes the result
 * from %A; any exit code but 0 is a conflict to it. */
#include "cli/command.h"
#include "cli/driver_setup.h"
#include "cli/session.h"
#include "cli/whole_file.h"

#include "base/limits.h"
#include "ledger/file_ledger.h"

enum { BASE, OURS, THEIRS, SIDES };

/* The three versions, and what they are called in messages. */
struct merge {
    struct session *session;
    const struct name *path; /* in the repository; NULL if git did not say */
    struct buf texts[SIDES];
    struct file_ledger files[SIDES];
    struct file_ledger merged;
};

static const char *const side_words[SIDES] = {"the common ancestor's version", "our version",
                                              "their version"};

/* Reads one version. The common ancestor's is empty when both branches made the file. */
static bool read_side(struct merge *merge, int side)
{
    struct session *session = merge->session;
    struct fault fault = {.kind = FAULT_NONE};
    enum err err = whole_file_read(session->options->words[side], LIMIT_SNAPSHOT_BYTES,
                                   &merge->texts[side], &fault);
    bool none = err == ERR_NONE && side == BASE && merge->texts[side].size == 0;
    if (err == ERR_NONE && !none) {
        err = file_ledger_read(&merge->files[side], buf_span(&merge->texts[side]), &fault);
    }
    if (err != ERR_NONE) {
        diags_add_format(&session->run.diags,
                         err == ERR_UNUSABLE ? DIAG_LEDGER_NEWER : DIAG_LEDGER_FILE, merge->path,
                         fault.line, fault.column, "%s cannot be read: %s", side_words[side],
                         fault.text);
    }
    return err == ERR_NONE;
}

static bool join(struct merge *merge)
{
    struct fault fault = {.kind = FAULT_NONE};
    bool sound = true;
    for (int side = BASE; side < SIDES; side++) {
        sound = read_side(merge, side) && sound;
    }
    if (sound && !file_ledger_merge(&merge->files[BASE], &merge->files[OURS], &merge->files[THEIRS],
                                    &merge->merged, &fault)) {
        diags_add_format(&merge->session->run.diags, DIAG_LEDGER_FILE_CONFLICT, merge->path, 0, 0,
                         "the two versions cannot be merged: %s", fault.text);
        sound = false;
    }
    return sound;
}

/* Both versions between git's marks: whoever commits that by mistake has a file that nobody reads
 * as a baseline. */
static void write_conflict(const struct merge *merge, struct buf *out)
{
    buf_add_text(out, "<<<<<<< ours\n");
    buf_add(out, buf_span(&merge->texts[OURS]));
    buf_add_text(out, "=======\n");
    buf_add(out, buf_span(&merge->texts[THEIRS]));
    buf_add_text(out, ">>>>>>> theirs\n");
}

static enum exit_code merge_files(struct session *session)
{
    struct merge merge = {.session = session};
    struct buf text = {NULL, 0, 0};
    char **words = session->options->words;
    if (session->options->word_count > SIDES) {
        merge.path = names_add(&session->run.names, span_of(words[SIDES]));
    }
    file_ledger_init(&merge.merged, &session->run.names);
    for (int side = BASE; side < SIDES; side++) {
        file_ledger_init(&merge.files[side], &session->run.names);
    }
    bool joined = join(&merge);
    if (joined) {
        file_ledger_write(&merge.merged, &text);
    } else {
        write_conflict(&merge, &text);
    }
    bool written = session_write(session, words[OURS], buf_span(&text)) == ERR_NONE;
    session_complain(session);
    for (int side = BASE; side < SIDES; side++) {
        file_ledger_release(&merge.files[side]);
        buf_release(&merge.texts[side]);
    }
    file_ledger_release(&merge.merged);
    buf_release(&text);
    return joined && written ? EXIT_OPEN : EXIT_CLOSED;
}

static enum exit_code set_up(struct session *session)
{
    struct buf said = {NULL, 0, 0};
    enum exit_code code = EXIT_OPEN;
    if (session_repo(session) != ERR_NONE || session_policy(session) != ERR_NONE) {
        code = EXIT_USAGE;
    } else if (!options_has(session->options, "install")) {
        driver_setup_explain(session, &said);
    } else {
        enum err err = driver_setup_install(session, &said);
        code = err == ERR_NONE ? EXIT_OPEN : err == ERR_USAGE ? EXIT_USAGE : EXIT_PUBLISH;
    }
    session_complain(session);
    return session_print(&said, code);
}

static enum exit_code run(const struct options *options)
{
    struct session session;
    enum exit_code code = EXIT_USAGE;
    bool install = options_has(options, "install");
    session_open(&session, options);
    if (options->word_count == 0) {
        code = set_up(&session);
    } else if (!install && (options->word_count == SIDES || options->word_count == SIDES + 1)) {
        code = merge_files(&session);
    } else {
        diags_add(&session.run.diags, DIAG_CLI_USAGE, NULL, 0, 0,
                  SPAN("say `tidegate merge-driver BASE OURS THEIRS [PATH]`, or nothing but "
                       "--install"));
        session_complain(&session);
    }
    session_close(&session);
    return code;
}

static const struct option_spec options[] = {
    {"install", 0, NULL, "add the line to .gitattributes and the settings to this clone"},
    {NULL, 0, NULL, NULL},
};

const struct command command_merge_driver = {
    .name = "merge-driver",
    .words = "[BASE OURS THEIRS [PATH]]",
    .summary = "merge two versions of the baseline file, for git",
    .text =
        "Adds up what both sides changed since BASE and writes the result to OURS. Without words "
        "it\n"
        "tells how to make git use it. Exit code 0: merged; any other: git shows a conflict.",
    .examples = "  tidegate merge-driver --install\n",
    .options = options,
    .run = run,
};
