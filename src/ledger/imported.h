/* Points of another tool's series on their way into the ledger: one value of one measure at one
 * commit. Readers add them; imported_settle makes entries of them.
 *
 * Life cycle: imported_init, a reader of import_formats, imported_settle, imported_release. */
#ifndef TIDEGATE_LEDGER_IMPORTED_H
#define TIDEGATE_LEDGER_IMPORTED_H

#include "base/vec.h"
#include "ledger/git_repo.h"
#include "model/snapshot.h"

/* What a reader found, as it was written. */
struct import_point {
    struct span commit; /* full id; others are skipped */
    struct span tree;   /* full id, or empty */
    struct span name;   /* of the measure, any text */
    struct span labels; /* tells series of one name apart, any text; may be empty */
    struct span unit;   /* may be empty */
    struct span value;  /* a number */
    int64_t time;       /* seconds since 1970; 0: unknown */
};

struct imported_point {
    const struct name *commit, *key, *unit; /* unit NULL: none */
    struct decimal value;
    int64_t time;
};

/* One commit with everything that was measured at it. */
struct imported_entry {
    const struct name *commit, *tree, *parent; /* parent NULL: unknown */
    bool known;                                /* the commit is in this repository */
    int64_t time;        /* seconds since 1970, never before an older commit's */
    size_t first, count; /* of its points */
};

struct imported_rename {
    const struct name *from, *to;
};

struct imported {
    struct names *names; /* borrowed */
    const char *prefix;  /* of keys that need one: "perf" */
    bool smallest;       /* of several values at one commit the smallest counts, else the newest */
    struct vec points;   /* struct imported_point */
    struct vec entries;  /* struct imported_entry, the oldest first */
    struct vec renames;  /* struct imported_rename: every name that could not stay as it was */
    struct vec trees; /* const struct name *: commit and tree in turn, as the source tells them */
    size_t skipped;   /* points or lines that cannot be used */
    const struct name *skipped_first; /* what was wrong with the first of them */
    size_t repeated;                  /* values that gave way to another of the same commit */
};

void imported_init(struct imported *imported, struct names *names);
void imported_release(struct imported *imported);
/* Takes a point, or counts it as skipped. */
void imported_add(struct imported *imported, const struct import_point *point);
void imported_skip(struct imported *imported, const char *what, struct span where);
/* Sorts points into entries, in the order of the commits as far as `repo` knows them, else of
 * time. */
void imported_settle(struct imported *imported, struct git_repo *repo);

/* ---- the formats ---- */

struct import_format {
    const char *name; /* "git-perf" */
    const char *title;
    const char *prefix;   /* of keys */
    const char *refs;     /* pattern of the notes that hold it; NULL: it is a file */
    bool follows_history; /* the file holds one state; its history in git holds the others */
    bool smallest;        /* as in struct imported */
    /* Reads a note of `commit`, or a file; `commit` is empty for a file that names its commits. */
    void (*read)(struct imported *imported, struct span commit, int64_t time, struct span text);
};

/* Ends with a NULL name. */
const struct import_format *import_formats(void);

void import_git_perf(struct imported *imported, struct span commit, int64_t time, struct span text);
void import_git_ratchet(struct imported *imported, struct span commit, int64_t time,
                        struct span text);
void import_betterer(struct imported *imported, struct span commit, int64_t time, struct span text);
void import_gh_benchmark(struct imported *imported, struct span commit, int64_t time,
                         struct span text);

#endif
