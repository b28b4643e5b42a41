/* The steps that make git use the merge driver, told or done. */
#include "cli/driver_setup.h"

#include "cli/whole_file.h"

#include "base/limits.h"
#include "ledger/git_program.h"

#include <errno.h>
#include <sys/stat.h>

#define ATTRIBUTES ".gitattributes"

enum { MILLISECONDS = 20000 };

static const char *const settings[][2] = {
    {"merge.tidegate.name", "baseline file of tidegate"},
    {"merge.tidegate.driver", "tidegate merge-driver %O %A %B %P"},
};

enum { SETTINGS = sizeof(settings) / sizeof(settings[0]) };

/* The policy's alphabet for this path needs no quotes here. */
static void add_line(const struct session *session, struct buf *out)
{
    const struct name *file = session->policy.ledger_file;
    buf_add_format(out, "/%s merge=tidegate", file != NULL ? name_text(file) : POLICY_LEDGER_FILE);
}

void driver_setup_explain(const struct session *session, struct buf *out)
{
    buf_add_text(out, "Put this line into " ATTRIBUTES " and commit it:\n\n    ");
    add_line(session, out);
    buf_add_text(out, "\n\nThen, once in each clone in which branches are merged:\n\n");
    for (size_t index = 0; index < SETTINGS; index++) {
        buf_add_format(out, "    git config %s \"%s\"\n", settings[index][0], settings[index][1]);
    }
    buf_add_text(out, "\n`tidegate merge-driver --install` does both in this clone.\n");
}

static bool has_line(struct span text, struct span wanted)
{
    while (text.size > 0) {
        if (span_equal(span_trim(span_cut(&text, '\n')), wanted)) {
            return true;
        }
    }
    return false;
}

static enum err add_attribute(struct session *session, struct buf *out)
{
    struct buf path = {NULL, 0, 0};
    struct buf text = {NULL, 0, 0};
    struct buf line = {NULL, 0, 0};
    struct fault fault = {.kind = FAULT_NONE};
    struct stat status;
    enum err err = ERR_NONE;
    buf_add_format(&path, "%s/" ATTRIBUTES, git_repo_root(session->repo));
    add_line(session, &line);
    if (lstat(buf_text(&path), &status) == 0 || errno != ENOENT) {
        err = whole_file_read(buf_text(&path), LIMIT_POLICY_BYTES, &text, &fault);
    }
    if (err != ERR_NONE) {
        diags_add(&session->run.diags, DIAG_INPUT_UNREADABLE,
                  names_add(&session->run.names, buf_span(&path)), 0, 0, span_of(fault.text));
    } else if (has_line(buf_span(&text), buf_span(&line))) {
        buf_add_text(out, ATTRIBUTES " has the line already\n");
    } else {
        bool open_end = text.size > 0 && text.data[text.size - 1] != '\n';
        buf_add_text(&text, open_end ? "\n" : "");
        buf_add(&text, buf_span(&line));
        buf_add_byte(&text, '\n');
        err = session_write(session, buf_text(&path), buf_span(&text));
        buf_add_text(out, "added a line to " ATTRIBUTES "; commit it\n");
    }
    buf_release(&path);
    buf_release(&text);
    buf_release(&line);
    return err;
}

static enum err set(struct session *session, const char *key, const char *value)
{
    const char *root = git_repo_root(session->repo);
    const struct git_program program = {.folder = root, .trusted = root};
    const char *const words[] = {"config", "--local", key, value, NULL};
    struct process_result result = {.exit_code = 0};
    struct buf said = {NULL, 0, 0};
    git_program_run(&program, words, MILLISECONDS, &result);
    bool done = result.end == PROCESS_EXITED && result.exit_code == 0;
    if (!done) {
        git_program_add_said(&program, &said, &result);
        diags_add_format(&session->run.diags, DIAG_CLI_WRITE, NULL, 0, 0,
                         "`git config %s` failed: %s", key, buf_text(&said));
    }
    buf_release(&said);
    process_result_release(&result);
    return done ? ERR_NONE : ERR_WRITE;
}

enum err driver_setup_install(struct session *session, struct buf *out)
{
    if (session->repo == NULL) {
        diags_add(&session->run.diags, DIAG_CLI_USAGE, NULL, 0, 0,
                  SPAN("--install works inside a git work tree"));
        return ERR_USAGE;
    }
    enum err err = add_attribute(session, out);
    for (size_t index = 0; err == ERR_NONE && index < SETTINGS; index++) {
        err = set(session, settings[index][0], settings[index][1]);
    }
    if (err == ERR_NONE) {
        buf_add_text(out, "this clone now merges the file by `tidegate merge-driver`\n");
    }
    return err;
}
