/* One way to read an object, for the user's repository and for the ledger.
 *
 * libgit2 says "not found" for many things; here it is said only for an object that the database
 * does not hold, and the caller, who knows what should be there, decides what that means. Sizes
 * are read before contents, because a small pack can hold a blob that does not fit into memory. */
#include "ledger/git_objects.h"

#include "base/limits.h"
#include "ledger/git_library.h"

static enum err explain(const git_oid *id, git_object_t type, int error, struct buf *why)
{
    char hex[GIT_OID_HEXSZ + 1];
    git_oid_tostr(hex, sizeof(hex), id);
    if (error == GIT_ENOTFOUND) {
        buf_add_format(why, "the %s %s is not there", git_object_type2string(type), hex);
        return ERR_MISSING;
    }
    buf_add_format(why, "the %s %s cannot be read: %s", git_object_type2string(type), hex,
                   git_library_said());
    return ERR_UNUSABLE;
}

/* Looks at type and size without loading the body. */
static enum err check(git_odb *database, const git_oid *id, git_object_t type, struct buf *why)
{
    size_t size = 0;
    git_object_t found = GIT_OBJECT_INVALID;
    int error = git_odb_read_header(&size, &found, database, id);
    if (error != 0) {
        return explain(id, type, error, why);
    }
    char hex[GIT_OID_HEXSZ + 1];
    git_oid_tostr(hex, sizeof(hex), id);
    if (found != type) {
        buf_add_format(why, "%s is a %s where a %s should be", hex, git_object_type2string(found),
                       git_object_type2string(type));
        return ERR_UNUSABLE;
    }
    if (size > LIMIT_GIT_OBJECT_BYTES) {
        buf_add_format(why, "the %s %s has %zu bytes, more than LIMIT_GIT_OBJECT_BYTES allows",
                       git_object_type2string(type), hex, size);
        return ERR_FORMAT;
    }
    return ERR_NONE;
}

enum err git_objects_read(git_odb *database, const git_oid *id, git_object_t type,
                          git_odb_object **object, struct buf *why)
{
    *object = NULL;
    enum err err = check(database, id, type, why);
    if (err != ERR_NONE) {
        return err;
    }
    int error = git_odb_read(object, database, id);
    return error == 0 ? ERR_NONE : explain(id, type, error, why);
}

struct span git_objects_text(git_odb_object *object)
{
    return span_make(git_odb_object_data(object), git_odb_object_size(object));
}

enum err git_objects_tree(git_repository *repository, const git_oid *id, git_tree **tree,
                          struct buf *why)
{
    git_odb *database = NULL;
    *tree = NULL;
    int error = git_repository_odb(&database, repository);
    if (error != 0) {
        return explain(id, GIT_OBJECT_TREE, error, why);
    }
    enum err err = check(database, id, GIT_OBJECT_TREE, why);
    git_odb_free(database);
    if (err != ERR_NONE) {
        return err;
    }
    error = git_tree_lookup(tree, repository, id);
    return error == 0 ? ERR_NONE : explain(id, GIT_OBJECT_TREE, error, why);
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
