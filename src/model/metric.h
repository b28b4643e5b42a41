/* Metrics: the catalogue, and one value with its labels.
 *
 * A metric is known by its key. Keys of the catalogue are in metrics.def; any other well-formed
 * dotted key is a user's number, a decimal without a direction unless the policy gives one. A value
 * carries two labels: the group of reports it was computed from and the component (a set of files)
 * it covers; NULL means "all". */
#ifndef TIDEGATE_MODEL_METRIC_H
#define TIDEGATE_MODEL_METRIC_H

#include "base/decimal.h"
#include "base/name.h"
#include "base/ratio.h"
#include "model/state.h"

enum metric_id {
#define METRIC(id, key, kind, unit, direction, family, title) id,
#include "model/metrics.def"
#undef METRIC
    METRIC_COUNT
};

enum value_kind { VALUE_RATIO, VALUE_COUNT, VALUE_DECIMAL };
enum direction { DIRECTION_UP, DIRECTION_DOWN, DIRECTION_NEUTRAL }; /* which way is better */
/* Families of facts; a bit set says what a report holds. SECURITY comes with FINDINGS. */
enum family {
    FAMILY_COVERAGE = 1,
    FAMILY_TESTS = 2,
    FAMILY_FINDINGS = 4,
    FAMILY_SECURITY = 8,
    FAMILY_NUMBERS = 16
};
enum { FAMILY_BITS = 5 };

struct metric_kind {
    const char *key;
    enum value_kind kind;
    const char *unit; /* plural: "lines" */
    enum direction direction;
    enum family family;
    const char *title;
};

struct value {
    enum value_kind kind;
    struct ratio ratio;     /* VALUE_RATIO */
    uint64_t count;         /* VALUE_COUNT */
    struct decimal decimal; /* VALUE_DECIMAL */
};

struct metric {
    const struct name *key;
    const struct name *group;     /* NULL: all reports */
    const struct name *component; /* NULL: all files */
    const struct name *unit;      /* of a user's number; NULL takes the catalogue's */
    enum state state;
    struct value value; /* meaningful in states ok, partial and stale */
    uint32_t sources;   /* how many reports it was computed from */
};

const struct metric_kind *metric_kind(enum metric_id id);
/* The catalogue entry of a key, or NULL for a user's number. */
const struct metric_kind *metric_find(struct span key);
/* Letters a-z, digits, `_` and `-` in parts joined by dots, at most 100 bytes, starting with a
 * letter. */
bool metric_key_valid(struct span key);
const char *family_text(enum family family); /* "coverage", "tests", … */
bool family_of(struct span text, enum family *family);
const char *direction_text(enum direction direction); /* "higher", "lower", "neutral" */
const char *value_kind_text(enum value_kind kind);    /* "ratio", "count", "decimal" */

struct value value_ratio(uint64_t covered, uint64_t total);
struct value value_count(uint64_t count);
struct value value_decimal(struct decimal decimal);
/* <0, 0, >0 as numbers; both must be of one kind, and ratios must have totals above 0. */
int value_compare(const struct value *left, const struct value *right);
/* A ratio of nothing: there is no data behind it. */
bool value_is_void(const struct value *value);
/* For people: "84.12 %", "1,204", "1.250". */
void value_add_text(struct buf *out, const struct value *value);

/* Order in snapshots: key, group, component by bytes, NULL first. */
int metric_compare(const struct metric *left, const struct metric *right);

#endif
