/* The contest of one metric under one ratchet: what it is compared with, and who wins. */
#ifndef TIDEGATE_GATES_RATCHET_CONTEST_H
#define TIDEGATE_GATES_RATCHET_CONTEST_H

#include "gates/judge.h"

enum reference_kind { REFERENCE_BASE, REFERENCE_MEDIAN, REFERENCE_BAR };

/* Something that the value is compared with. */
struct reference {
    enum reference_kind kind;
    struct value value;
    struct decimal slack;      /* below it that is tolerated, at least 0 */
    const struct name *commit; /* REFERENCE_BAR: where it came from */
    size_t entries;            /* REFERENCE_MEDIAN: of how many */
};

/* One metric under one ratchet. At least one of the two references is there. */
struct contest {
    const struct rule *rule;
    const struct facts *facts;
    enum direction direction;
    uint64_t median; /* of so many of the branch's last entries; 0: not wanted */
    struct value now;
    bool has_base, has_bar;
    struct reference base, bar;
    const struct bar *branch_bar; /* that `bar` was made of */
};

/* Is the value worse than this reference, beyond its slack? */
bool contest_is_worse(const struct contest *contest, const struct value *now,
                      const struct reference *reference);
/* Is the value worse than the base at all? Asks for a base. */
bool contest_is_lowered(const struct contest *contest, const struct value *now);
/* Is the base what decides, with the bar as a guard at most? */
bool contest_by_base(const struct contest *contest);
/* Would this value be refused? */
bool contest_is_broken(const struct contest *contest, const struct value *now);
/* The base was beyond the bar already, and the value is not worse than it. Asks for a bar. */
bool contest_is_inherited(const struct contest *contest);

/* How many more must be covered for a ratio to pass. Covering everything always does. */
uint64_t contest_missing(const struct contest *contest);
/* The worst value that would pass; a percentage for ratios. */
struct value contest_limit(const struct contest *contest);
/* Places at which the percentages of now and the references look different. */
unsigned contest_places(const struct contest *contest);

#endif
