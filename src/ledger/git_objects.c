/* One way to read an object, for the user's repository and for the ledger.
 *
 * libgit2 says "not found" for many things; here it is said only for an object that the database
 * does not hold, and the caller, who knows what should be there, decides what that means. */
#include "ledger/git_objects.h"

#include "ledger/git_library.h"
#include "ledger/git_store.h"

/* Says what is wrong with `id`; `found` is the type that it has, or GIT_OBJECT_INVALID. */
static enum err explain(const git_oid *id, git_object_t type, git_object_t found, int error,
                        struct buf *why)
{
    char hex[GIT_OID_HEXSZ + 1];
    git_oid_tostr(hex, sizeof(hex), id);
    if (found != GIT_OBJECT_INVALID) {
        buf_add_format(why, "%s is a %s where a %s should be", hex, git_object_type2string(found),
                       git_object_type2string(type));
        return ERR_UNUSABLE;
    }
    if (error == GIT_ENOTFOUND) {
        buf_add_format(why, "the %s %s is not there", git_object_type2string(type), hex);
        return ERR_MISSING;
    }
    buf_add_format(why, "the %s %s cannot be read: %s", git_object_type2string(type), hex,
                   git_library_said());
    return error == GIT_STORE_TOO_LARGE ? ERR_FORMAT : ERR_UNUSABLE;
}

enum err git_objects_read(git_odb *database, const git_oid *id, git_object_t type,
                          git_odb_object **object, struct buf *why)
{
    *object = NULL;
    int error = git_odb_read(object, database, id);
    if (error != 0) {
        return explain(id, type, GIT_OBJECT_INVALID, error, why);
    }
    git_object_t found = git_odb_object_type(*object);
    if (found != type) {
        git_odb_object_free(*object);
        *object = NULL;
        return explain(id, type, found, 0, why);
    }
    return ERR_NONE;
}

struct span git_objects_text(git_odb_object *object)
{
    return span_make(git_odb_object_data(object), git_odb_object_size(object));
}

enum err git_objects_tree(git_repository *repository, git_odb *database, const git_oid *id,
                          git_tree **tree, struct buf *why)
{
    size_t size = 0;
    git_object_t found = GIT_OBJECT_INVALID;
    *tree = NULL;
    int error = git_tree_lookup(tree, repository, id);
    if (error == 0) {
        return ERR_NONE;
    }
    /* libgit2 says "not found" also for an object of another type */
    if (error == GIT_ENOTFOUND &&
        (git_odb_read_header(&size, &found, database, id) != 0 || found == GIT_OBJECT_TREE)) {
        found = GIT_OBJECT_INVALID;
    }
    return explain(id, GIT_OBJECT_TREE, found, error, why);
}

bool git_objects_id(struct span hex, git_oid *id)
{
    return hex.size == GIT_OID_HEXSZ && git_oid_fromstrn(id, hex.data, hex.size) == 0;
}

const struct name *git_objects_name(struct names *names, const git_oid *id)
{
    char hex[GIT_OID_HEXSZ + 1];
    git_oid_tostr(hex, sizeof(hex), id);
    return names_add(names, span_of(hex));
}
