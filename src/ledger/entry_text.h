/* The message of a ledger commit: one line for people, then trailers, which are the ledger's
 * index. */
#ifndef TIDEGATE_LEDGER_ENTRY_TEXT_H
#define TIDEGATE_LEDGER_ENTRY_TEXT_H

#include "base/buf.h"
#include "base/span.h"

/* The parts of a message. When read they point into it, still percent-encoded. */
struct entry_text {
    struct span summary;
    struct span commit, tree, parent; /* object ids in hexadecimal; parent may be empty */
    struct span branch;
    struct span policy; /* blob id, may be empty */
    struct span run;    /* may be empty */
    struct span key;
    struct span time;   /* of the code commit, seconds since 1970; may be empty */
    struct span covers; /* ids between the former entry and this one, with blanks; may be empty */
    struct span since;  /* instead of many ids: where they begin; may be empty */
    struct span event;  /* ENTRY_REWRITTEN, or empty */
    struct span origin; /* what it was imported from; may be empty */
    struct span late;   /* not empty: a newer commit of the branch was recorded before */
    struct span was;    /* ids of this entry before the ledger was compacted; may be empty.
                           ENTRY_ROLLUP: of the commit whose state it is */
    struct span compacted; /* ENTRY_ROLLUP: id of the newest entry before that */
    /* ENTRY_ROLLUP: for each id of `was` the folder of the roll-up then, or `none`. */
    struct span rollups;
};

#define ENTRY_REWRITTEN "history-rewritten"

enum entry_kind {
    ENTRY_RECORD,  /* an entry */
    ENTRY_ROLLUP,  /* the first commit of a compacted ledger, which stands for all older entries */
    ENTRY_FOREIGN, /* a commit without any of our trailers: made by hand */
    ENTRY_DAMAGED  /* has our trailers, but one is missing, twice there or not well formed */
};

/* Appends the message; branch and run are encoded here. */
void entry_text_write(struct buf *out, const struct entry_text *entry);
/* The first line alone. */
void entry_text_add_summary(struct buf *out, struct span summary);
enum entry_kind entry_text_read(struct span message, struct entry_text *entry);

#endif
