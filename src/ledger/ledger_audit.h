/* What verifying a ledger has found. */
#ifndef TIDEGATE_LEDGER_LEDGER_AUDIT_H
#define TIDEGATE_LEDGER_LEDGER_AUDIT_H

#include "base/vec.h"
#include "model/diag.h"

struct ledger_finding {
    enum diag_code code;
    const struct name *entry;  /* ledger commit; NULL if none */
    const struct name *branch; /* of the code; NULL if none */
    const struct name *metric; /* "coverage.line (unit)"; NULL if none */
    const struct name *text;   /* what exactly */
};

struct ledger_audit {
    struct names *names;     /* borrowed */
    struct vec findings;     /* struct ledger_finding, oldest entry first, gaps last */
    const struct name *id;   /* of the ledger */
    const struct name *tip;  /* newest commit */
    const struct name *root; /* oldest commit that was checked */
    size_t entries;          /* that were checked */
    size_t replayed;         /* of these, whose bars were moved again and compared */
    size_t rolled_up;        /* older entries that only the roll-up tells of */
    bool whole;              /* down to the first entry, or to the roll-up */
    bool compacted;          /* it begins with a roll-up */
    size_t errors, warnings;
    bool unreadable; /* some entry could not be read */
};

void ledger_audit_init(struct ledger_audit *audit, struct names *names);
void ledger_audit_release(struct ledger_audit *audit);

/* Where a finding belongs; each part may be NULL. */
struct audit_place {
    const struct name *entry, *branch, *metric;
};

/* Adds a finding; an empty text gives the title of the code. */
void ledger_audit_add(struct ledger_audit *audit, enum diag_code code,
                      const struct audit_place *place, struct span text);
void ledger_audit_add_format(struct ledger_audit *audit, enum diag_code code,
                             const struct audit_place *place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
