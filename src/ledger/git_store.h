/* The object database of a repository, safe against damaged loose objects.
 *
 * libgit2 1.5 never returns from a loose object that was cut short, and writes behind its memory
 * when a loose object's header gives a smaller size than its body has. A full disk or a killed
 * process leaves such files. Here loose objects are inflated by zlib under our own rules; packs,
 * and all writing, are left to libgit2. A small pack can hold an object that does not fit into
 * memory: whatever reads through this database, sizes are looked at before contents. */
#ifndef TIDEGATE_LEDGER_GIT_STORE_H
#define TIDEGATE_LEDGER_GIT_STORE_H

#include <git2.h>

/* What reading an object gives that is larger than LIMIT_GIT_OBJECT_BYTES. */
enum { GIT_STORE_TOO_LARGE = GIT_EUSER };

enum store_use {
    STORE_READ, /* with the alternates that the repository names */
    STORE_WRITE /* reads and writes, each object with an fsync; no alternates */
};

/* Sets libgit2's error and returns GIT_STORE_TOO_LARGE. */
int git_store_too_large(uint64_t bytes);

/* The database of `objects_folder`; release it with git_odb_free. Less than 0 and libgit2's
 * error on failure. */
int git_store_open(git_odb **database, const char *objects_folder, enum store_use use);

#endif
