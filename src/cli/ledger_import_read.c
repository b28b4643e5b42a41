/* The sources of an import: files, refs with notes, or all versions of a file in the history of the
 * branch. */
#include "cli/ledger_import_parts.h"
#include "cli/whole_file.h"

#include "base/limits.h"
#include "ledger/git_notes.h"

#include <string.h>

enum { HISTORY_MOST = 100000, ORIGIN_LONGEST = 200 };

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
        import_say(import->session, DIAG_CLI_IMPORT, path, fault.text);
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

enum err import_read(struct import *import)
{
    char **words = import->session->options->words + 2;
    size_t count = import->session->options->word_count - 2;
    enum err err = ERR_NONE;
    buf_add_text(&import->origin, import->format->name);
    if (import->format->refs != NULL) {
        err = read_notes(import, words, count);
    } else if (count == 0) {
        import_say(import->session, DIAG_CLI_USAGE, NULL, "name the file to import");
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
        import_say(import->session, DIAG_CLI_IMPORT, count > 0 ? words[0] : NULL, buf_text(&why));
        buf_release(&why);
        err = ERR_FORMAT;
    }
    return err;
}
