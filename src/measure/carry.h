/* Groups of reports that this run did not measure, taken over from the last recorded snapshot.
 *
 * A monorepo's pipeline runs only what a change touches. A group whose reports have a `max_age` in
 * the policy may then go by its last recorded values, until they are older than that. Only whole
 * groups are carried: when one report of a group is there, the others must be, too. Age counts from
 * the commit that was measured to the commit under test, so that no clock takes part. */
#ifndef TIDEGATE_MEASURE_CARRY_H
#define TIDEGATE_MEASURE_CARRY_H

#include "model/diag.h"
#include "model/policy.h"
#include "model/report.h"
#include "model/snapshot.h"

/* What was recorded last. */
struct carry_from {
    const struct snapshot *snapshot;
    int64_t time; /* of its commit, seconds since 1970; 0 if unknown: then nothing is carried */
    const char *why_nothing; /* what it is, when the snapshot stands for nothing; else NULL */
};

/* Is there a report that is not missing? A run that measured nothing has nothing to add to. */
bool carry_has_fresh(const struct vec *reports);

/* Takes the missing reports of groups that can be carried off `reports` and `specs` and adds the
 * groups (const struct name *) to `groups`. `now` is the time of the commit under test. Each
 * group that could be carried but is too old, or was never recorded, stays missing, with a
 * diagnostic; so does a report whose group is there in part. */
void carry_take(struct vec *reports, const struct report_spec **specs,
                const struct carry_from *from, int64_t now, struct vec *groups,
                struct diags *diags);

/* Takes over the groups that another entry has measured at a later commit than that from which
 * `newest` has them. A job that is slower than the others is recorded late each time, behind the
 * entries of newer commits. Totals stay as they are. */
void carry_freshen(struct snapshot *newest, int64_t time, const struct carry_from *late);

/* Adds the metrics and sources of these groups to a snapshot that was just measured. */
void carry_add(const struct vec *groups, const struct carry_from *from, struct snapshot *now,
               struct diags *diags);

#endif
