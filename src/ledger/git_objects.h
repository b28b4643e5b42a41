/* Reading git objects, and telling apart why one cannot be read. */
#ifndef TIDEGATE_LEDGER_GIT_OBJECTS_H
#define TIDEGATE_LEDGER_GIT_OBJECTS_H

#include "base/buf.h"
#include "base/err.h"
#include "base/name.h"

#include <git2.h>

/* Reads an object of this type, whole. The caller releases *object with git_odb_object_free.
 * ERR_MISSING: not in the database; ERR_FORMAT: larger than LIMIT_GIT_OBJECT_BYTES;
 * ERR_UNUSABLE: damaged, or of another type. On an error *why gets a sentence that names the
 * object, and *object is NULL. */
enum err git_objects_read(git_odb *database, const git_oid *id, git_object_t type,
                          git_odb_object **object, struct buf *why);
struct span git_objects_text(git_odb_object *object);

/* The same for a tree, with its entries parsed: release it with git_tree_free. */
enum err git_objects_tree(git_repository *repository, git_odb *database, const git_oid *id,
                          git_tree **tree, struct buf *why);

/* An id from 40 hexadecimal digits; false for anything else. */
bool git_objects_id(struct span hex, git_oid *id);
const struct name *git_objects_name(struct names *names, const git_oid *id);

#endif
