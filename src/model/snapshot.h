/* A snapshot: all metrics of one commit, and where they come from.
 *
 * Its text form is JSON with one metric a line, sorted and versioned ("tidegate/snapshot/1"):
 * equal content gives equal bytes. */
#ifndef TIDEGATE_MODEL_SNAPSHOT_H
#define TIDEGATE_MODEL_SNAPSHOT_H

#include "base/err.h"
#include "base/fault.h"
#include "base/json_write.h"
#include "base/vec.h"
#include "model/metric.h"

/* The format of the text; the version follows. */
#define SNAPSHOT_SCHEMA "tidegate/snapshot/"

/* One report that went into it. */
struct snapshot_source {
    const struct name *path;
    const struct name *group;               /* NULL if none */
    const struct name *format;              /* NULL if not recognised */
    const struct name *tool, *tool_version; /* NULL if absent */
    enum state state;
    uint64_t bytes;
    const struct name *carried_from; /* commit of an earlier run that measured it; NULL: this one */
    int64_t carried_time;            /* of that commit, seconds since 1970 */
};

/* Order in snapshots: path, group, then all other fields, so that nothing is left to chance. */
int snapshot_source_compare(const struct snapshot_source *left,
                            const struct snapshot_source *right);

struct snapshot {
    struct names *names;       /* borrowed; all names live there */
    struct vec metrics;        /* struct metric, sorted by metric_compare, no two equal in labels */
    struct vec sources;        /* struct snapshot_source, sorted by path, then group */
    const struct name *commit; /* hexadecimal object id, NULL outside a repository */
    const struct name *tree;
};

void snapshot_init(struct snapshot *snapshot, struct names *names);
void snapshot_release(struct snapshot *snapshot);

/* A zeroed metric to fill in; call snapshot_sort when all are there. */
struct metric *snapshot_add(struct snapshot *snapshot);
void snapshot_sort(struct snapshot *snapshot);
/* The metric with these labels (NULL group or component: all), or NULL. Needs a sorted snapshot. */
const struct metric *snapshot_find(const struct snapshot *snapshot, const struct name *key,
                                   const struct name *group, const struct name *component);

/* 40 or 64 lower-case hexadecimal digits, not all zero (git's way of saying "none"). */
bool snapshot_id_valid(struct span id);

/* Appends the canonical text. Never fails; what it writes of a snapshot that breaks a rule (a
 * ratio of nothing in state ok, two equal metrics) is refused by snapshot_read. */
void snapshot_write(const struct snapshot *snapshot, struct buf *out);
/* The members "metrics" and "sources" of a document that holds more than a snapshot. `lean` leaves
 * out what is different in every run and says nothing about quality. */
void snapshot_write_members(const struct snapshot *snapshot, struct json_writer *json, bool lean);
/* Reads it back strictly: unknown version, bad key, covered above total, ratio of nothing in
 * state ok, duplicate metric, no metric at all, a commit that is no object id: refused with the
 * place in `fault`, which must be zeroed before. Unknown extra keys are ignored. The snapshot
 * must be initialised and empty; it stays empty on error. Returns ERR_NONE, ERR_FORMAT, or
 * ERR_UNUSABLE for a newer version. */
enum err snapshot_read(struct snapshot *snapshot, struct span text, struct fault *fault);
/* The same for such a document; `schema` is its name up to the version, "tidegate/snapshot/". */
enum err snapshot_read_from(struct snapshot *snapshot, struct span text, const char *schema,
                            struct fault *fault);

#endif
