/* Tracked paths sorted from their ends, and a table from whole paths to places in that order.
 *
 * Quirk: a slash sorts before every other byte. Thus the paths with one tail form one block:
 * first the tail itself, then everything that has a slash before it, and only then longer last
 * parts. */
#include "measure/path_index.h"

#include "base/hash.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/mem.h"

#include <stdlib.h>

struct path_index {
    const struct name **sorted; /* from the end; see path_from_end_compare */
    size_t count;
    struct map first_of_hash; /* hash of a whole path -> place of the first such path + 1 */
    bool fold;
};

static unsigned char folded(char byte, bool fold)
{
    return (unsigned char)(fold && byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte);
}

/* Rank of a byte in the order from the end: a slash is the smallest. */
static unsigned rank(char byte, bool fold)
{
    return byte == '/' ? 0U : folded(byte, fold) + 1U;
}

static int from_end_compare(struct span left, struct span right, bool fold)
{
    size_t shorter = left.size < right.size ? left.size : right.size;
    for (size_t step = 1; step <= shorter; step++) {
        char one = left.data[left.size - step];
        char two = right.data[right.size - step];
        if (one != two && rank(one, fold) != rank(two, fold)) {
            return rank(one, fold) < rank(two, fold) ? -1 : 1;
        }
    }
    return left.size < right.size ? -1 : left.size > right.size;
}

static int name_from_end_compare(const void *left, const void *right)
{
    return from_end_compare(name_span(*(const struct name *const *)left),
                            name_span(*(const struct name *const *)right), false);
}

static int name_from_end_compare_folded(const void *left, const void *right)
{
    int order = from_end_compare(name_span(*(const struct name *const *)left),
                                 name_span(*(const struct name *const *)right), true);
    return order != 0 ? order : name_from_end_compare(left, right);
}

/* False when the path is longer than any real one and so cannot be in the index. */
static bool whole_hash(struct span path, bool fold, uint64_t *hash)
{
    char text[4096];
    if (path.size > sizeof(text)) {
        return false;
    }
    if (fold) {
        for (size_t at = 0; at < path.size; at++) {
            text[at] = (char)folded(path.data[at], true);
        }
        path.data = text;
    }
    *hash = hash64(path, 0);
    return true;
}

/* Equal names stand side by side; keeps one of each and returns how many are left. */
static size_t without_repeats(const struct name **sorted, size_t count)
{
    size_t kept = 0;
    for (size_t at = 0; at < count; at++) {
        if (kept == 0 || sorted[at] != sorted[kept - 1]) {
            sorted[kept++] = sorted[at];
        }
    }
    return kept;
}

struct path_index *path_index_open(const struct vec *tracked, bool fold)
{
    struct path_index *index = mem_alloc(sizeof(*index));
    index->fold = fold;
    index->count = tracked->count;
    index->sorted = mem_alloc(mem_product(tracked->count + 1, sizeof(const struct name *)));
    map_init(&index->first_of_hash);
    for (size_t at = 0; at < tracked->count; at++) {
        index->sorted[at] = *(const struct name *const *)vec_at(tracked, at);
    }
    qsort(index->sorted, index->count, sizeof(const struct name *),
          fold ? name_from_end_compare_folded : name_from_end_compare);
    index->count = without_repeats(index->sorted, index->count);
    for (size_t at = 0; at < index->count; at++) {
        uint64_t hash = 0;
        if (whole_hash(name_span(index->sorted[at]), fold, &hash)) {
            uint64_t *place = map_put(&index->first_of_hash, hash);
            *place = *place == 0 ? at + 1 : *place;
        }
    }
    return index;
}

void path_index_close(struct path_index *index)
{
    if (index != NULL) {
        map_release(&index->first_of_hash);
        free(index->sorted);
        free(index);
    }
}

static bool same_at(const struct path_index *index, size_t at, struct span path)
{
    return at < index->count &&
           from_end_compare(name_span(index->sorted[at]), path, index->fold) == 0;
}

struct path_hits path_index_whole(const struct path_index *index, struct span path)
{
    uint64_t hash = 0;
    const uint64_t *place =
        whole_hash(path, index->fold, &hash) ? map_find(&index->first_of_hash, hash) : NULL;
    if (place == NULL || !same_at(index, (size_t)*place - 1, path)) {
        return (struct path_hits){0, NULL};
    }
    size_t at = (size_t)*place - 1;
    return (struct path_hits){same_at(index, at + 1, path) ? 2 : 1, index->sorted[at]};
}

struct span path_common_tail(struct span left, struct span right, bool fold)
{
    size_t shorter = left.size < right.size ? left.size : right.size;
    size_t size = 0; /* bytes of whole parts that are equal so far */
    for (size_t step = 1; step <= shorter; step++) {
        char one = left.data[left.size - step];
        char two = right.data[right.size - step];
        if (folded(one, fold) != folded(two, fold)) {
            return span_from(left, left.size - size);
        }
        if (one == '/') {
            size = step - 1;
        }
    }
    bool left_ends = left.size == shorter || left.data[left.size - shorter - 1] == '/';
    bool right_ends = right.size == shorter || right.data[right.size - shorter - 1] == '/';
    return span_from(left, left.size - (left_ends && right_ends ? shorter : size));
}

/* The first place whose path is not before `path`. */
static size_t lower_bound(const struct path_index *index, struct span path)
{
    size_t low = 0;
    size_t high = index->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (from_end_compare(name_span(index->sorted[middle]), path, index->fold) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static size_t tail_size_at(const struct path_index *index, size_t at, struct span path)
{
    return at < index->count
               ? path_common_tail(path, name_span(index->sorted[at]), index->fold).size
               : 0;
}

struct path_hits path_index_tail(const struct path_index *index, struct span path,
                                 struct span *tail)
{
    size_t after = lower_bound(index, path);
    size_t best = tail_size_at(index, after, path);
    size_t at = after;
    if (after > 0 && tail_size_at(index, after - 1, path) > best) {
        at = after - 1;
        best = tail_size_at(index, at, path);
    }
    *tail = span_from(path, path.size - best);
    if (best == 0) {
        return (struct path_hits){0, NULL};
    }
    bool before = at > 0 && tail_size_at(index, at - 1, path) == best;
    bool behind = tail_size_at(index, at + 1, path) == best;
    return (struct path_hits){before || behind ? 2 : 1, index->sorted[at]};
}

void path_index_each(const struct path_index *index, struct span path,
                     void (*visit)(void *self, const struct name *found), void *self)
{
    size_t at = lower_bound(index, path);
    size_t best = tail_size_at(index, at, path);
    size_t before = at > 0 ? tail_size_at(index, at - 1, path) : 0;
    best = before > best ? before : best;
    while (best > 0 && at > 0 && tail_size_at(index, at - 1, path) == best) {
        at--;
    }
    for (; best > 0 && tail_size_at(index, at, path) == best; at++) {
        visit(self, index->sorted[at]);
    }
}
