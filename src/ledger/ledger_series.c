/* Splitting a snapshot by group, so that a change of one group's numbers changes one file of the
 * ledger. */
#include "ledger/ledger_series.h"

#include "base/map.h"

static int order_names(const void *left, const void *right)
{
    return name_compare(*(const struct name *const *)left, *(const struct name *const *)right);
}

static const struct name *group_at(const struct vec *groups, size_t index)
{
    return *(const struct name *const *)vec_at(groups, index);
}

/* One empty series for each group, and where it stands. */
static void open_series(const struct snapshot *whole, struct vec *series, struct map *places)
{
    struct vec groups;
    vec_init(&groups, sizeof(const struct name *));
    for (size_t index = 0; index < whole->metrics.count; index++) {
        const struct metric *metric = vec_at(&whole->metrics, index);
        *(const struct name **)vec_add(&groups) = metric->group;
    }
    vec_sort(&groups, order_names);
    for (size_t index = 0; index < groups.count; index++) {
        const struct name *group = group_at(&groups, index);
        if (index == 0 || group != group_at(&groups, index - 1)) {
            *map_put(places, map_key(group)) = series->count;
            struct series *one = vec_add(series);
            one->group = group;
            snapshot_init(&one->part, whole->names);
            one->part.commit = whole->commit;
            one->part.tree = whole->tree;
        }
    }
    vec_release(&groups);
}

void series_split(const struct snapshot *whole, struct vec *series)
{
    struct map places;
    map_init(&places);
    open_series(whole, series, &places);
    for (size_t index = 0; index < whole->metrics.count; index++) {
        const struct metric *metric = vec_at(&whole->metrics, index);
        struct series *home = vec_at(series, *map_find(&places, map_key(metric->group)));
        *snapshot_add(&home->part) = *metric;
    }
    for (size_t index = 0; index < whole->sources.count; index++) {
        const struct snapshot_source *source = vec_at(&whole->sources, index);
        const uint64_t *place = map_find(&places, map_key(source->group));
        struct series *home = vec_at(series, place != NULL ? *place : 0);
        *(struct snapshot_source *)vec_add(&home->part.sources) = *source;
    }
    map_release(&places);
}

void series_release(struct vec *series)
{
    for (size_t index = 0; index < series->count; index++) {
        struct series *one = vec_at(series, index);
        snapshot_release(&one->part);
    }
    vec_release(series);
}

enum err series_add(struct snapshot *whole, const struct name *group, const struct snapshot *part,
                    struct fault *fault)
{
    bool first = whole->metrics.count == 0;
    if (!first && (part->commit != whole->commit || part->tree != whole->tree)) {
        fault_set(fault, FAULT_SYNTAX, 0, 0, "the series of one entry tell of different commits");
        return ERR_FORMAT;
    }
    whole->commit = part->commit;
    whole->tree = part->tree;
    for (size_t index = 0; index < part->metrics.count; index++) {
        const struct metric *metric = vec_at(&part->metrics, index);
        if (metric->group != group) {
            fault_set(fault, FAULT_SYNTAX, 0, 0, "metric %.100s of another group than its file",
                      name_text(metric->key));
            return ERR_FORMAT;
        }
        *snapshot_add(whole) = *metric;
    }
    for (size_t index = 0; index < part->sources.count; index++) {
        const struct snapshot_source *source = vec_at(&part->sources, index);
        *(struct snapshot_source *)vec_add(&whole->sources) = *source;
    }
    return ERR_NONE;
}
