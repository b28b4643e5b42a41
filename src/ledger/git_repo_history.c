/* Looking back from a commit, as far as the checkout reaches.
 *
 * Commits are read by id and parents are taken from their raw headers, so that a shallow checkout
 * answers as far as it can instead of not at all. */
#include "ledger/git_objects.h"
#include "ledger/git_repo_inside.h"

#include <string.h>

void git_repo_first_parents(struct git_repo *repo, const struct name *commit, size_t most,
                            struct vec *commits)
{
    git_oid id;
    bool more = git_objects_id(name_span(commit), &id);
    for (size_t steps = 0; more && steps < most; steps++) {
        git_odb_object *object = NULL;
        struct commit_text text;
        struct buf why = {NULL, 0, 0};
        struct span parent;
        more = git_repo_commit_at(repo, &id, &object, &text, &why) == ERR_NONE;
        if (more) {
            more = commit_text_parent(&text.parents, &parent) && git_objects_id(parent, &id);
            if (more) {
                *(const struct name **)vec_add(commits) = names_add(repo->names, parent);
            }
            git_odb_object_free(object);
        }
        buf_release(&why);
    }
}

bool git_repo_look(const struct git_repo *repo, const struct name *commit,
                   struct git_repo_fact *fact)
{
    git_oid id;
    git_odb_object *object = NULL;
    struct commit_text text;
    struct buf why = {NULL, 0, 0};
    struct span parent = {NULL, 0};
    bool found = git_objects_id(name_span(commit), &id) &&
                 git_repo_commit_at(repo, &id, &object, &text, &why) == ERR_NONE;
    *fact = (struct git_repo_fact){.tree = NULL};
    if (found) {
        fact->tree = names_add(repo->names, text.tree);
        fact->time = text.time;
        if (commit_text_parent(&text.parents, &parent)) {
            fact->parent = names_add(repo->names, parent);
        }
        git_odb_object_free(object);
    }
    buf_release(&why);
    return found;
}

/* The commit of a ref, false when there is none. */
static bool ref_commit(const struct git_repo *repo, const char *prefix, const struct name *name,
                       git_oid *id)
{
    struct buf ref = {NULL, 0, 0};
    buf_add_format(&ref, "%s%s", prefix, name_text(name));
    bool found = git_reference_name_to_id(id, repo->handle, buf_text(&ref)) == 0;
    buf_release(&ref);
    return found;
}

const struct name *git_repo_remote_tip(const struct git_repo *repo, const struct name *remote,
                                       const struct name *branch)
{
    struct buf prefix = {NULL, 0, 0};
    git_oid id;
    buf_add_format(&prefix, "refs/remotes/%s/", name_text(remote));
    bool found = ref_commit(repo, buf_text(&prefix), branch, &id);
    buf_release(&prefix);
    return found ? git_objects_name(repo->names, &id) : NULL;
}

const struct name *git_repo_branched_from(struct git_repo *repo, const struct name *remote,
                                          const struct name *branch)
{
    struct buf prefix = {NULL, 0, 0};
    git_oid head;
    git_oid other;
    git_oid base;
    buf_add_format(&prefix, "refs/remotes/%s/", name_text(remote));
    bool known = git_objects_id(name_span(repo->commit), &head) && branch != NULL &&
                 ((remote != NULL && ref_commit(repo, buf_text(&prefix), branch, &other)) ||
                  ref_commit(repo, "refs/heads/", branch, &other));
    buf_release(&prefix);
    return known && git_merge_base(&base, repo->handle, &head, &other) == 0
               ? git_objects_name(repo->names, &base)
               : NULL;
}

const struct name *git_repo_reverted(struct git_repo *repo)
{
    static const char words[] = "This reverts commit ";
    git_oid id;
    git_odb_object *object = NULL;
    struct commit_text text;
    struct buf why = {NULL, 0, 0};
    const struct name *reverted = NULL;
    if (git_objects_id(name_span(repo->commit), &id) &&
        git_repo_commit_at(repo, &id, &object, &text, &why) == ERR_NONE) {
        struct span message = text.message;
        while (message.size > 0 && reverted == NULL) {
            struct span line = span_cut(&message, '\n');
            struct span hex = span_until(span_from(line, sizeof(words) - 1), GIT_OID_HEXSZ);
            if (span_starts(line, words) && git_objects_id(hex, &id)) {
                reverted = git_objects_name(repo->names, &id);
            }
        }
        git_odb_object_free(object);
    }
    buf_release(&why);
    return reverted;
}
