/* `git config --list` -> the settings that fetching and pushing need.
 *
 * Only settings about the way to the server are taken over. Those that start programs for other
 * reasons (hooks, filters, file system monitors) or that change what a fetch stores stay behind.
 * Keys are listed by git with section and variable in lower case. */
#include "ledger/git_settings.h"

#include "base/limits.h"
#include "base/path.h"

#include <string.h>

enum { LISTING_MILLISECONDS = 20000 };

static const char *const sections[] = {"http.", "url.", "credential.", "protocol.", "ssh.", NULL};
static const char *const single[] = {"core.sshcommand", "core.askpass", "core.gitproxy", NULL};
static const char *const of_remote[] = {"url",        "pushurl",     "proxy", "proxyauthmethod",
                                        "uploadpack", "receivepack", "vcs",   NULL};

/* Ours come last, where they win: nothing but the ledger moves, and no hook runs. */
static const struct git_setting own[] = {
    {"core.hookspath", "/dev/null"},
    {"core.fsmonitor", "false"},
    {"fetch.fsckobjects", "true"},
    {"gc.auto", "0"}, /* git_ledger_tidy.c packs, and drops nothing */
    {"maintenance.auto", "false"},
    {"push.gpgsign", "false"},
    {"push.followtags", "false"},
    {"advice.pushupdaterejected", "true"},
};

void git_settings_init(struct git_settings *settings)
{
    *settings = (struct git_settings){.url = NULL};
    arena_init(&settings->arena);
    vec_init(&settings->list, sizeof(struct git_setting));
}

void git_settings_release(struct git_settings *settings)
{
    vec_release(&settings->list);
    arena_release(&settings->arena);
}

static bool is_one_of(struct span word, const char *const *words)
{
    while (*words != NULL && !span_is(word, *words)) {
        words++;
    }
    return *words != NULL;
}

/* The variable of `remote.<name>.<variable>`, empty when the key is another one. */
static struct span remote_variable(struct span key, struct span remote)
{
    static const char section[] = "remote.";
    struct span rest = span_from(key, sizeof(section) - 1);
    bool ours = span_starts(key, section) && rest.size > remote.size &&
                span_equal(span_until(rest, remote.size), remote) && rest.data[remote.size] == '.';
    return ours ? span_from(rest, remote.size + 1) : span_make(NULL, 0);
}

static bool is_wanted(struct span key, struct span remote)
{
    for (size_t index = 0; sections[index] != NULL; index++) {
        if (span_starts(key, sections[index])) {
            return true;
        }
    }
    return is_one_of(key, single) || is_one_of(remote_variable(key, remote), of_remote);
}

static void add(struct git_settings *settings, struct span key, struct span value)
{
    struct git_setting *setting = vec_add(&settings->list);
    setting->key = arena_text(&settings->arena, key);
    setting->value = arena_text(&settings->arena, value);
}

/* Takes the listing apart: key, line end, value, NUL; a key alone means "true". */
static bool take_listing(struct git_settings *settings, struct span listing, struct span remote)
{
    bool local = false;
    while (listing.size > 0) {
        struct span value = span_cut(&listing, '\0');
        bool bare = span_find(value, '\n') == SIZE_MAX;
        struct span key = span_cut(&value, '\n');
        local = local || span_is(key, "core.repositoryformatversion");
        if (is_wanted(key, remote)) {
            add(settings, key, bare ? span_of("true") : value);
        }
        if (span_is(remote_variable(key, remote), "url") && settings->url == NULL) {
            settings->url = arena_text(&settings->arena, value);
        }
    }
    for (size_t index = 0; index < sizeof(own) / sizeof(own[0]); index++) {
        add(settings, span_of(own[index].key), span_of(own[index].value));
    }
    return local;
}

static enum err refuse(enum diag_code code, struct buf *why, struct diags *diags)
{
    diags_add(diags, code, NULL, 0, 0, buf_span(why));
    buf_release(why);
    return ERR_UNUSABLE;
}

static enum err list(struct git_settings *settings, const struct git_program *program,
                     struct span remote, struct diags *diags)
{
    static const char *const words[] = {"config", "--includes", "--null", "--list", NULL};
    struct process_result result = {.end = PROCESS_EXITED};
    struct buf why = {NULL, 0, 0};
    enum err err = ERR_NONE;
    git_program_run(program, words, LISTING_MILLISECONDS, &result);
    if (result.end == PROCESS_NOT_FOUND) {
        buf_add_text(&why, "there is no program `git` in PATH");
        err = refuse(DIAG_LEDGER_NO_GIT, &why, diags);
    } else if (result.end != PROCESS_EXITED || result.exit_code != 0 || result.cut) {
        git_program_add_command(&why, words);
        buf_add_text(&why, " did not work: ");
        git_program_add_said(program, &why, &result);
        err = refuse(DIAG_LEDGER_SETTINGS, &why, diags);
    } else if (!take_listing(settings, buf_span(&result.output), remote)) {
        buf_add_format(
            &why,
            "git does not read the configuration of %s, probably because another user owns it",
            program->folder);
        err = refuse(DIAG_LEDGER_SETTINGS, &why, diags);
    }
    process_result_release(&result);
    if (err == ERR_NONE && settings->list.count > LIMIT_GIT_SETTINGS) {
        buf_add_format(&why, "there are %zu settings about the network", settings->list.count);
        err = refuse(DIAG_LEDGER_SETTINGS, &why, diags);
    }
    return err;
}

enum err git_settings_read(struct git_settings *settings, const char *root,
                           const struct name *remote, const char *workspace, struct diags *diags)
{
    struct span below;
    bool checked_out = workspace != NULL && (strcmp(root, workspace) == 0 ||
                                             path_below(span_of(root), span_of(workspace), &below));
    const struct git_program program = {
        .folder = root,
        .trusted = checked_out ? root : NULL,
    };
    enum err err = list(settings, &program, name_span(remote), diags);
    if (err == ERR_NONE && settings->url == NULL) {
        struct buf why = {NULL, 0, 0};
        buf_add_format(&why, "the remote '%s' has no address", name_text(remote));
        err = refuse(DIAG_LEDGER_SETTINGS, &why, diags);
    }
    return err;
}
