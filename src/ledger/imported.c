/* Names become keys, points become entries.
 *
 * A key of our own numbers is lower-case words joined by dots and does not begin like a metric that
 * is measured here. Other names are turned into such a key, always the same way, and every change
 * is kept to be told. Commits stand in the order of the checkout's first parents as far as it
 * reaches, whatever their clocks say; the others are ordered by time. */
#include "ledger/imported.h"

#include "base/hash.h"
#include "base/map.h"

#include <string.h>

enum { KEY_LONGEST = 100, HASH_DIGITS = 8, CHAIN_MOST = 100000 };

void imported_init(struct imported *imported, struct names *names)
{
    *imported = (struct imported){.names = names};
    vec_init(&imported->points, sizeof(struct imported_point));
    vec_init(&imported->entries, sizeof(struct imported_entry));
    vec_init(&imported->renames, sizeof(struct imported_rename));
    vec_init(&imported->trees, sizeof(const struct name *));
}

void imported_release(struct imported *imported)
{
    vec_release(&imported->points);
    vec_release(&imported->entries);
    vec_release(&imported->renames);
    vec_release(&imported->trees);
}

void imported_skip(struct imported *imported, const char *what, struct span where)
{
    if (imported->skipped++ == 0) {
        struct buf text = {NULL, 0, 0};
        buf_add_format(&text, "%s: '", what);
        buf_add(&text, span_until(where, 100));
        buf_add_byte(&text, '\'');
        imported->skipped_first = names_add(imported->names, buf_span(&text));
        buf_release(&text);
    }
}

/* ---- names ---- */

/* Lower-case letters, digits, `_`, `-` and single dots; nothing else, and no `-` at the end of a
 * part. */
static void add_clean(struct buf *out, struct span text)
{
    size_t start = out->size;
    for (size_t at = 0; at < text.size; at++) {
        char byte = text.data[at];
        char last = out->size > start ? out->data[out->size - 1] : '.';
        if (byte >= 'A' && byte <= 'Z') {
            byte = (char)(byte - 'A' + 'a');
        }
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
        if (plain) {
            buf_add_byte(out, byte);
        } else if (byte == '.' && last != '.') {
            out->size -= last == '-' ? 1 : 0;
            buf_add_byte(out, '.');
        } else if (byte != '.' && last != '-' && last != '.') {
            buf_add_byte(out, '-');
        }
    }
    while (out->size > start && strchr(".-", out->data[out->size - 1]) != NULL) {
        out->size--;
    }
}

/* Does it begin like a metric that is measured here? */
static bool poses(struct span key)
{
    struct span rest = key;
    enum family family;
    return metric_find(key) != NULL || family_of(span_cut(&rest, '.'), &family);
}

static bool usable(struct span key)
{
    return metric_key_valid(key) && span_find(key, '.') != SIZE_MAX && !poses(key);
}

static void add_hash(struct buf *key, struct span name)
{
    char digits[33];
    hash128_text(hash128(name), digits);
    key->size =
        key->size > KEY_LONGEST - HASH_DIGITS - 1 ? KEY_LONGEST - HASH_DIGITS - 1 : key->size;
    buf_add_format(key, "-%.*s", HASH_DIGITS, digits);
}

static void make_key(const struct imported *imported, struct span name, struct buf *key)
{
    buf_clear(key);
    add_clean(key, name);
    if (!usable(buf_span(key)) || key->size > KEY_LONGEST) {
        buf_clear(key);
        buf_add_format(key, "%s.", imported->prefix);
        add_clean(key, name);
        if (key->size > 0 && key->data[key->size - 1] == '.') {
            buf_add_text(key, "unnamed");
        }
    }
    if (key->size > KEY_LONGEST) {
        add_hash(key, name);
    }
}

static const struct imported_rename *find_rename(const struct imported *imported,
                                                 const struct name *from, const struct name *to)
{
    for (size_t index = 0; index < imported->renames.count; index++) {
        const struct imported_rename *rename = vec_at(&imported->renames, index);
        if ((from != NULL && rename->from == from) || (to != NULL && rename->to == to)) {
            return rename;
        }
    }
    return NULL;
}

/* The key of a name. Two names that would share one are told apart by a hash. */
static const struct name *key_of(struct imported *imported, struct span name, struct span labels)
{
    struct buf whole = {NULL, 0, 0};
    struct buf key = {NULL, 0, 0};
    buf_add(&whole, name);
    if (labels.size > 0) {
        buf_add_byte(&whole, '.');
        buf_add(&whole, labels);
    }
    const struct name *from = names_add(imported->names, buf_span(&whole));
    const struct imported_rename *known = find_rename(imported, from, NULL);
    if (known == NULL) {
        make_key(imported, buf_span(&whole), &key);
        const struct name *to = names_add(imported->names, buf_span(&key));
        if (find_rename(imported, NULL, to) != NULL) {
            add_hash(&key, buf_span(&whole));
        }
        struct imported_rename *made = vec_add(&imported->renames);
        made->from = from;
        made->to = names_add(imported->names, buf_span(&key));
        known = made;
    }
    buf_release(&whole);
    buf_release(&key);
    return known->to;
}

/* ---- points ---- */

void imported_add(struct imported *imported, const struct import_point *point)
{
    struct decimal value;
    if (!snapshot_id_valid(point->commit)) {
        imported_skip(imported, "no full commit id", point->commit);
    } else if (!decimal_parse(span_trim(point->value), &value, NULL)) {
        imported_skip(imported, "no number that can be kept", point->value);
    } else {
        struct imported_point *made = vec_add(&imported->points);
        made->commit = names_add(imported->names, point->commit);
        made->key = key_of(imported, point->name, point->labels);
        made->unit = point->unit.size > 0 ? names_add(imported->names, point->unit) : NULL;
        made->value = decimal_trim(value);
        made->time = point->time > 0 ? point->time : 0;
        if (snapshot_id_valid(point->tree)) {
            *(const struct name **)vec_add(&imported->trees) = made->commit;
            *(const struct name **)vec_add(&imported->trees) =
                names_add(imported->names, point->tree);
        }
    }
}

/* By commit, then key, then the one that counts first. */
static int order_points(const struct imported_point *one, const struct imported_point *two,
                        bool smallest)
{
    int order = name_compare(one->commit, two->commit);
    order = order != 0 ? order : name_compare(one->key, two->key);
    int by_value = decimal_compare(one->value, two->value);
    int by_time = one->time > two->time ? -1 : one->time < two->time;
    order = order != 0 ? order : smallest ? by_value : by_time;
    return order != 0 ? order : smallest ? by_time : by_value;
}

static int order_smallest(const void *left, const void *right)
{
    return order_points(left, right, true);
}

static int order_newest(const void *left, const void *right)
{
    return order_points(left, right, false);
}

static void drop_repeated(struct imported *imported)
{
    size_t kept = 0;
    for (size_t index = 0; index < imported->points.count; index++) {
        struct imported_point *point = vec_at(&imported->points, index);
        const struct imported_point *last = kept > 0 ? vec_at(&imported->points, kept - 1) : NULL;
        if (last != NULL && last->commit == point->commit && last->key == point->key) {
            imported->repeated++;
        } else {
            *(struct imported_point *)vec_at(&imported->points, kept++) = *point;
        }
    }
    imported->points.count = kept;
}

/* ---- entries ---- */

/* A commit that is not here has no tree that is known; then its own id stands there, which no tree
 * has. */
static const struct name *told_tree(const struct imported *imported, const struct name *commit)
{
    for (size_t index = 0; index < imported->trees.count; index += 2) {
        if (*(const struct name **)vec_at(&imported->trees, index) == commit) {
            return *(const struct name **)vec_at(&imported->trees, index + 1);
        }
    }
    return commit;
}

static void add_entry(struct imported *imported, struct git_repo *repo, size_t first, size_t count)
{
    struct imported_entry *entry = vec_add(&imported->entries);
    entry->commit = ((const struct imported_point *)vec_at(&imported->points, first))->commit;
    entry->first = first;
    entry->count = count;
    struct git_repo_fact fact;
    entry->known = git_repo_look(repo, entry->commit, &fact);
    entry->tree = entry->known ? fact.tree : told_tree(imported, entry->commit);
    entry->parent = entry->known ? fact.parent : NULL;
    for (size_t at = first; at < first + count; at++) {
        const struct imported_point *point = vec_at(&imported->points, at);
        entry->time = point->time > entry->time ? point->time : entry->time;
    }
    entry->time = entry->known ? fact.time : entry->time;
}

static int order_entries(const void *left, const void *right)
{
    const struct imported_entry *one = left;
    const struct imported_entry *two = right;
    if (one->time != two->time) {
        return one->time < two->time ? -1 : 1;
    }
    return name_compare(one->commit, two->commit);
}

static struct imported_entry *find_entry(const struct imported *imported, const struct map *places,
                                         const struct name *commit)
{
    const uint64_t *place = map_find(places, map_key(commit));
    return place != NULL ? vec_at(&imported->entries, (size_t)*place) : NULL;
}

/* Commits of HEAD's line, the oldest first: none is earlier than the one before it. */
static void mend_times(struct imported *imported, struct git_repo *repo)
{
    struct vec chain;
    struct map places;
    int64_t last = 0;
    vec_init(&chain, sizeof(const struct name *));
    map_init(&places);
    *(const struct name **)vec_add(&chain) = git_repo_commit(repo);
    git_repo_first_parents(repo, git_repo_commit(repo), CHAIN_MOST, &chain);
    for (size_t index = 0; index < imported->entries.count; index++) {
        const struct imported_entry *entry = vec_at(&imported->entries, index);
        *map_put(&places, map_key(entry->commit)) = index;
    }
    for (size_t index = chain.count; index > 0; index--) {
        struct imported_entry *entry =
            find_entry(imported, &places, *(const struct name **)vec_at(&chain, index - 1));
        if (entry != NULL) {
            entry->time = entry->time > last ? entry->time : last + 1;
            last = entry->time;
        }
    }
    map_release(&places);
    vec_release(&chain);
}

void imported_settle(struct imported *imported, struct git_repo *repo)
{
    vec_sort(&imported->points, imported->smallest ? order_smallest : order_newest);
    drop_repeated(imported);
    size_t first = 0;
    for (size_t index = 1; index <= imported->points.count; index++) {
        const struct imported_point *start = vec_at(&imported->points, first);
        const struct imported_point *point =
            index < imported->points.count ? vec_at(&imported->points, index) : NULL;
        if (point == NULL || point->commit != start->commit) {
            add_entry(imported, repo, first, index - first);
            first = index;
        }
    }
    mend_times(imported, repo);
    vec_sort(&imported->entries, order_entries);
}
