/* Contributions -> counts of each cell.
 *
 * A file is a union: a line is coverable if any report says so and ran if any report saw it run,
 * and the same goes for branches and functions. So the order of reports cannot matter, and no
 * report can take a missed line away. Only a file with several contributions is copied, one file
 * at a time. */
#include "measure/merge.h"

static int contribution_compare(const void *left, const void *right)
{
    const struct contribution *one = left;
    const struct contribution *two = right;
    if (one->place != two->place) {
        return one->place < two->place ? -1 : 1;
    }
    return (one->group > two->group) - (one->group < two->group);
}

static struct coverage_counts count_union(const struct contribution *first, size_t count)
{
    struct coverage_counts counts = {.files = 0};
    if (count == 1) {
        coverage_counts_add_file(&counts, first->coverage);
        return counts;
    }
    struct arena arena;
    arena_init(&arena);
    struct coverage *united = coverage_new(&arena);
    for (size_t at = 0; at < count; at++) {
        coverage_merge(united, first[at].coverage);
    }
    coverage_settle(united);
    coverage_counts_add_file(&counts, united);
    arena_release(&arena);
    return counts;
}

static void add_to_cells(const struct scopes *scopes, size_t group, size_t place,
                         const struct coverage_counts *counts)
{
    size_t reach = scopes_reach(scopes, place);
    for (size_t step = 0; step < reach; step++) {
        coverage_counts_add(&scopes_cell(scopes, group, place, step)->coverage, counts);
    }
}

/* How many contributions from `first` on are about one place, and of one group if `grouped`. */
static size_t run_size(const struct contribution *first, size_t rest, bool grouped)
{
    size_t size = 1;
    while (size < rest && first[size].place == first->place &&
           (!grouped || first[size].group == first->group)) {
        size++;
    }
    return size;
}

static void count_place(const struct scopes *scopes, const struct contribution *first, size_t count)
{
    const struct place *place = vec_at(&scopes->places->list, first->place);
    struct coverage_counts all = count_union(first, count);
    all.unresolved = place->match != PATH_RESOLVED;
    add_to_cells(scopes, 0, first->place, &all);
    for (size_t at = 0; at < count;) {
        size_t size = run_size(first + at, count - at, true);
        struct coverage_counts counts = size == count ? all : count_union(first + at, size);
        counts.unresolved = all.unresolved;
        if (first[at].group > 0) {
            add_to_cells(scopes, first[at].group, first->place, &counts);
        }
        at += size;
    }
}

void merge_count(struct vec *contributions, const struct scopes *scopes)
{
    vec_sort(contributions, contribution_compare);
    const struct contribution *rows = contributions->items;
    for (size_t at = 0; at < contributions->count;) {
        size_t size = run_size(rows + at, contributions->count - at, false);
        count_place(scopes, rows + at, size);
        at += size;
    }
}
