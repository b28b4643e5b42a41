/* Opening the user's repository and answering what the program asks about it.
 *
 * Only refs, objects and the index are read. HEAD's parents come from the raw commit, since a
 * shallow clone hides them everywhere else. Revision syntax is for words of the user alone: its
 * errors do not tell a missing object from a missing name. */
#include "ledger/git_repo.h"

#include "base/mem.h"
#include "ledger/git_library.h"
#include "ledger/git_objects.h"
#include "ledger/git_repo_inside.h"
#include "ledger/git_search.h"
#include "ledger/git_store.h"

#include <errno.h>
#include <git2/sys/repository.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADS         "refs/heads/"
#define REMOTE_HEAD   "refs/remotes/origin/HEAD"
#define REMOTE_PREFIX "refs/remotes/origin/"

static char *copy_text(const char *text)
{
    size_t size = strlen(text) + 1;
    return memcpy(mem_alloc(size), text, size);
}

static const struct name *name_of(const struct git_repo *repo, const char *text)
{
    return names_add(repo->names, span_of(text));
}

static enum err refuse_open(const char *path, struct names *names, struct diags *diags)
{
    const git_error *error = git_error_last();
    const char *said = git_library_said();
    enum diag_code code = DIAG_GIT_UNREADABLE;
    const char *hint = "";
    if (strstr(said, "extensions.objectformat") != NULL) {
        code = DIAG_GIT_UNSUPPORTED;
        hint = " (a repository with SHA-256 object ids)";
    } else if (strstr(said, "extensions.refstorage") != NULL) {
        code = DIAG_GIT_UNSUPPORTED;
        hint = " (a repository that keeps its refs in a reftable)";
    } else if (strstr(said, "unsupported") != NULL) {
        code = DIAG_GIT_UNSUPPORTED;
    } else if (error != NULL && error->klass == GIT_ERROR_CONFIG) {
        code = DIAG_GIT_CONFIG;
    }
    diags_add_format(diags, code, names_add(names, span_of(path)), 0, 0, "%s%s", said, hint);
    return ERR_UNUSABLE;
}

static enum err refuse(const struct git_repo *repo, enum diag_code code, const char *what,
                       struct diags *diags)
{
    diags_add_format(diags, code, name_of(repo, repo->common), 0, 0, "%s", what);
    return ERR_UNUSABLE;
}

/* Does the configuration name a remote that promised to deliver missing objects? */
static bool is_partial(const struct git_repo *repo)
{
    git_config *config = NULL;
    git_config_iterator *items = NULL;
    git_config_entry *item = NULL;
    bool partial = false;
    if (git_repository_config_snapshot(&config, repo->handle) == 0 &&
        git_config_iterator_new(&items, config) == 0) {
        while (!partial && git_config_next(&item, items) == 0) {
            struct span key = span_of(item->name); /* in lower case */
            partial = span_is(key, "extensions.partialclone") ||
                      (span_starts(key, "remote.") && span_ends(key, ".promisor"));
        }
    }
    git_config_iterator_free(items);
    git_config_free(config);
    return partial;
}

enum err git_repo_refuse(const struct git_repo *repo, enum err err, struct buf *why,
                         struct diags *diags)
{
    enum diag_code code = err == ERR_FORMAT ? DIAG_GIT_LIMIT : DIAG_GIT_DAMAGED;
    if (err == ERR_MISSING && is_partial(repo)) {
        code = DIAG_GIT_NOT_FETCHED;
    }
    return refuse(repo, code, buf_text(why), diags);
}

/* HEAD's commit id; *unborn when the branch has no commit yet. */
static enum err find_head(struct git_repo *repo, git_oid *id, bool *unborn, struct diags *diags)
{
    git_reference *head = NULL;
    *unborn = false;
    if (git_reference_lookup(&head, repo->handle, "HEAD") != 0) {
        return refuse(repo, DIAG_GIT_DAMAGED, git_library_said(), diags);
    }
    int error = 0;
    if (git_reference_type(head) == GIT_REFERENCE_SYMBOLIC) {
        const char *target = git_reference_symbolic_target(head);
        if (span_starts(span_of(target), HEADS)) {
            repo->branch = name_of(repo, target + sizeof(HEADS) - 1);
        }
        error = git_reference_name_to_id(id, repo->handle, target);
    } else {
        git_oid_cpy(id, git_reference_target(head));
    }
    git_reference_free(head);
    *unborn = error == GIT_ENOTFOUND;
    if (error != 0 && !*unborn) {
        return refuse(repo, DIAG_GIT_DAMAGED, git_library_said(), diags);
    }
    return ERR_NONE;
}

enum err git_repo_commit_at(const struct git_repo *repo, const git_oid *id, git_odb_object **object,
                            struct commit_text *commit, struct buf *why)
{
    enum err err = git_objects_read(repo->database, id, GIT_OBJECT_COMMIT, object, why);
    if (err == ERR_NONE && !commit_text_read(git_objects_text(*object), commit)) {
        buf_add_text(why, "the commit has no well-formed header");
        git_odb_object_free(*object);
        *object = NULL;
        err = ERR_UNUSABLE;
    }
    return err;
}

static enum err read_head(struct git_repo *repo, struct diags *diags)
{
    git_oid id;
    bool unborn;
    git_odb_object *object = NULL;
    struct commit_text commit;
    struct buf why = {NULL, 0, 0};
    struct span parent;
    enum err err = find_head(repo, &id, &unborn, diags);
    if (err != ERR_NONE || unborn) {
        return err;
    }
    err = git_repo_commit_at(repo, &id, &object, &commit, &why);
    if (err != ERR_NONE) {
        err = git_repo_refuse(repo, err, &why, diags);
        buf_release(&why);
        return err;
    }
    repo->commit = git_objects_name(repo->names, &id);
    repo->tree = names_add(repo->names, commit.tree);
    repo->time = commit.time;
    while (commit_text_parent(&commit.parents, &parent)) {
        *(const struct name **)vec_add(&repo->parents) = names_add(repo->names, parent);
    }
    git_odb_object_free(object);
    return ERR_NONE;
}

/* Our reader of objects instead of libgit2's, in the folder that all work trees share. */
static int use_store(struct git_repo *repo)
{
    struct buf objects = {NULL, 0, 0};
    buf_add_format(&objects, "%s/objects", repo->common);
    int error = git_store_open(&repo->database, buf_text(&objects), STORE_READ);
    buf_release(&objects);
    return error != 0 ? error : git_repository_set_odb(repo->handle, repo->database);
}

static bool find_shallow(const struct git_repo *repo)
{
    struct buf path = {NULL, 0, 0};
    struct stat status;
    buf_add_format(&path, "%s/shallow", repo->common);
    bool shallow = stat(buf_text(&path), &status) == 0 && status.st_size > 0;
    buf_release(&path);
    return shallow;
}

/* libgit2 takes what it may not read for what is not there: no repository, or one without a remote.
 */
static enum err refuse_hidden(const char *path, struct names *names, struct diags *diags)
{
    struct stat status;
    bool folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    if (access(path, folder ? X_OK : R_OK) == 0 || errno != EACCES) {
        return ERR_NONE;
    }
    diags_add_format(diags, DIAG_GIT_UNREADABLE, names_add(names, span_of(path)), 0, 0,
                     "cannot be read: %s", strerror(EACCES));
    return ERR_UNUSABLE;
}

static enum err refuse_hidden_settings(const struct git_repo *repo, struct diags *diags)
{
    struct buf path = {NULL, 0, 0};
    buf_add_format(&path, "%s/config", repo->common);
    enum err err = refuse_hidden(buf_text(&path), repo->names, diags);
    buf_release(&path);
    return err;
}

static enum err open_at(struct git_repo *repo, const char *path, const char *folder,
                        struct diags *diags)
{
    if (refuse_hidden(path, repo->names, diags) != ERR_NONE) {
        return ERR_UNUSABLE;
    }
    if (git_repository_open_ext(&repo->handle, path, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) != 0) {
        return refuse_open(path, repo->names, diags);
    }
    repo->root = copy_text(folder);
    repo->common = copy_text(git_repository_commondir(repo->handle));
    size_t size = strlen(repo->common);
    if (size > 1 && repo->common[size - 1] == '/') {
        repo->common[size - 1] = '\0';
    }
    repo->shallow = find_shallow(repo);
    if (refuse_hidden_settings(repo, diags) != ERR_NONE) {
        return ERR_UNUSABLE;
    }
    if (use_store(repo) != 0) {
        return refuse(repo, DIAG_GIT_UNREADABLE, git_library_said(), diags);
    }
    return read_head(repo, diags);
}

enum err git_repo_open(struct git_repo **repo, struct names *names, const char *folder,
                       struct diags *diags)
{
    struct buf git = {NULL, 0, 0};
    bool bare = false;
    enum err err = ERR_MISSING;
    *repo = NULL;
    char *start = realpath(folder, NULL);
    if (start == NULL && errno != ENOENT && errno != ENOTDIR) {
        diags_add_format(diags, DIAG_GIT_UNREADABLE, names_add(names, span_of(folder)), 0, 0,
                         "the folder cannot be entered: %s", strerror(errno));
        err = ERR_UNUSABLE;
    }
    bool found = start != NULL && git_search(start, &git, &bare);
    if (found && bare) {
        /* A change may have committed its files to a folder in which the job runs; so git's
         * safe.bareRepository. */
        diags_add(diags, DIAG_GIT_BARE, names_add(names, buf_span(&git)), 0, 0,
                  SPAN("a bare repository, which is not used"));
        err = ERR_UNUSABLE;
    } else if (found) {
        err = git_library_start(diags);
        if (err == ERR_NONE) {
            *repo = mem_alloc(sizeof(**repo));
            (*repo)->names = names;
            vec_init(&(*repo)->parents, sizeof(const struct name *));
            err = open_at(*repo, buf_text(&git), start, diags);
        }
    }
    if (err != ERR_NONE && *repo != NULL) {
        git_repo_close(*repo);
        *repo = NULL;
    }
    free(start);
    buf_release(&git);
    return err;
}

void git_repo_close(struct git_repo *repo)
{
    if (repo == NULL) {
        return;
    }
    git_odb_free(repo->database);
    git_repository_free(repo->handle);
    vec_release(&repo->parents);
    free(repo->root);
    free(repo->common);
    free(repo);
    git_library_stop();
}

const char *git_repo_root(const struct git_repo *repo)
{
    return repo->root;
}

const char *git_repo_common_dir(const struct git_repo *repo)
{
    return repo->common;
}

const struct name *git_repo_commit(const struct git_repo *repo)
{
    return repo->commit;
}

const struct name *git_repo_tree(const struct git_repo *repo)
{
    return repo->tree;
}

const struct name *git_repo_branch(const struct git_repo *repo)
{
    return repo->branch;
}

int64_t git_repo_commit_time(const struct git_repo *repo)
{
    return repo->time;
}

const struct vec *git_repo_parents(const struct git_repo *repo)
{
    return &repo->parents;
}

bool git_repo_is_shallow(const struct git_repo *repo)
{
    return repo->shallow;
}

const struct name *git_repo_tree_of(struct git_repo *repo, const struct name *commit)
{
    git_oid id;
    git_odb_object *object = NULL;
    struct commit_text text;
    struct buf why = {NULL, 0, 0};
    const struct name *tree = NULL;
    if (git_objects_id(name_span(commit), &id) &&
        git_repo_commit_at(repo, &id, &object, &text, &why) == ERR_NONE) {
        tree = names_add(repo->names, text.tree);
        git_odb_object_free(object);
    }
    buf_release(&why);
    return tree;
}

/* The commit whose id begins so. libgit2's own database looks it up: ours finds whole ids only. */
static const struct name *commit_that_begins(const struct git_repo *repo, const char *digits)
{
    struct buf objects = {NULL, 0, 0};
    git_odb *database = NULL;
    git_oid start;
    git_oid id;
    struct git_repo_fact fact;
    size_t size = strlen(digits);
    buf_add_format(&objects, "%s/objects", repo->common);
    bool found = size < GIT_OID_HEXSZ && git_oid_fromstrn(&start, digits, size) == 0 &&
                 git_odb_open(&database, buf_text(&objects)) == 0 &&
                 git_odb_exists_prefix(&id, database, &start, size) == 0;
    git_odb_free(database);
    buf_release(&objects);
    const struct name *commit = found ? git_objects_name(repo->names, &id) : NULL;
    return found && git_repo_look(repo, commit, &fact) ? commit : NULL;
}

const struct name *git_repo_commit_named(const struct git_repo *repo, const char *word)
{
    git_object *object = NULL;
    git_object *commit = NULL;
    const struct name *id = NULL;
    if (git_revparse_single(&object, repo->handle, word) == 0 &&
        git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0) {
        char digits[GIT_OID_HEXSZ + 1];
        id = name_of(repo, git_oid_tostr(digits, sizeof(digits), git_object_id(commit)));
    }
    git_object_free(commit);
    git_object_free(object);
    return id != NULL ? id : commit_that_begins(repo, word);
}

const struct name *git_repo_default_branch(const struct git_repo *repo)
{
    git_reference *head = NULL;
    const struct name *branch = NULL;
    if (git_reference_lookup(&head, repo->handle, REMOTE_HEAD) == 0 &&
        git_reference_type(head) == GIT_REFERENCE_SYMBOLIC) {
        const char *target = git_reference_symbolic_target(head);
        if (span_starts(span_of(target), REMOTE_PREFIX)) {
            branch = name_of(repo, target + sizeof(REMOTE_PREFIX) - 1);
        }
    }
    git_reference_free(head);
    return branch;
}

static int order_names(const void *left, const void *right)
{
    return name_compare(*(const struct name *const *)left, *(const struct name *const *)right);
}

void git_repo_remotes(const struct git_repo *repo, struct vec *remotes)
{
    git_strarray list = {NULL, 0};
    if (git_remote_list(&list, repo->handle) == 0) {
        for (size_t index = 0; index < list.count; index++) {
            *(const struct name **)vec_add(remotes) = name_of(repo, list.strings[index]);
        }
        git_strarray_dispose(&list);
    }
    vec_sort(remotes, order_names);
}
