/* A snapshot taken apart into series, one for each group of reports, and put together again.
 *
 * A metric goes into the series of its group (NULL is a series too). A source goes with its
 * group, or into the first series when no metric bears its group. */
#ifndef TIDEGATE_LEDGER_LEDGER_SERIES_H
#define TIDEGATE_LEDGER_LEDGER_SERIES_H

#include "base/err.h"
#include "model/snapshot.h"

struct series {
    const struct name *group;
    struct snapshot part;
};

/* Adds one struct series for each group that has metrics: NULL first, then by bytes. `whole`
 * must be sorted and hold a metric. */
void series_split(const struct snapshot *whole, struct vec *series);
void series_release(struct vec *series);

/* Adds the series of `group`. ERR_FORMAT with a fault when it holds metrics of another group or
 * tells of another commit or tree than what was added before. Sort the whole when all are in. */
enum err series_add(struct snapshot *whole, const struct name *group, const struct snapshot *part,
                    struct fault *fault);

#endif
