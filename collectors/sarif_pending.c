/* Results that wait -> rows with counts and a few samples -> the same results again. */
#include "collectors/sarif_pending.h"

#include "base/hash.h"
#include "base/limits.h"
#include "base/mem.h"

#include <stdlib.h>

/* What the results say about their rule, and about their file: few say anything new. */
struct pending_rule {
    const struct name *id, *guid, *component_name, *component_guid;
    int32_t index, component_index;
};

struct pending_place {
    const struct name *uri, *base;
    int32_t artifact;
};

/* What decides about rule, level, band and place of a result. There may be hundreds of
 * thousands. */
struct pending_row {
    uint64_t at;          /* line in the report of the first one */
    uint32_t rule, place; /* numbers */
    int32_t invocation;
    uint32_t count;        /* no report within LIMIT_INPUT_BYTES holds more results */
    uint32_t first_sample; /* + 1, 0 if none */
    uint8_t level;         /* enum level, or SARIF_LEVEL_UNSET */
    uint8_t band, label;
    bool passed : 1, has_band : 1, suppressed : 1, odd_severity : 1;
};

/* What only people want to know. */
struct pending_sample {
    struct span text, message_id, arguments;
    uint64_t at, line, column;
    uint32_t next; /* + 1 */
    uint32_t last; /* + 1; of the first sample of a row */
};

enum { FIRST_CAPACITY = 64 };

void sarif_pending_init(struct sarif_pending *pending)
{
    *pending = (struct sarif_pending){.kept = {0}};
    arena_init(&pending->arena);
    arena_init(&pending->text);
    names_init(&pending->names, &pending->text);
    vec_init(&pending->rules, sizeof(struct pending_rule));
    vec_init(&pending->places, sizeof(struct pending_place));
    vec_init(&pending->rows, sizeof(struct pending_row));
    vec_init(&pending->samples, sizeof(struct pending_sample));
}

void sarif_pending_release(struct sarif_pending *pending)
{
    map_release(&pending->rule_of_key);
    map_release(&pending->place_of_key);
    free(pending->slots);
    vec_release(&pending->samples);
    vec_release(&pending->rows);
    vec_release(&pending->places);
    vec_release(&pending->rules);
    names_release(&pending->names);
    arena_release(&pending->text);
    arena_release(&pending->arena);
}

/* ---- in ---- */

static const struct name *name_of(struct sarif_pending *pending, struct span text)
{
    return text.size > 0 ? names_add(&pending->names, text) : NULL;
}

/* The number of the item in `items` that has these parts; `item` is added when there is none. Names
 * are interned, so their addresses tell them apart. */
static uint32_t number_of(struct vec *items, struct map *item_of_key, const uint64_t *parts,
                          size_t part_count, const void *item)
{
    struct span bytes = span_make((const char *)parts, part_count * sizeof(*parts));
    uint64_t *slot = map_put(item_of_key, hash64(bytes, 0));
    if (*slot == 0) {
        memcpy(vec_add(items), item, items->item_size);
        *slot = items->count;
    }
    return (uint32_t)(*slot - 1);
}

static uint32_t rule_of(struct sarif_pending *pending, const struct sarif_reference *reference)
{
    const struct pending_rule rule = {.id = name_of(pending, reference->id),
                                      .guid = name_of(pending, reference->guid),
                                      .component_name = name_of(pending, reference->component_name),
                                      .component_guid = name_of(pending, reference->component_guid),
                                      .index = (int32_t)reference->index,
                                      .component_index = (int32_t)reference->component_index};
    const uint64_t parts[] = {map_key(rule.id), map_key(rule.guid), map_key(rule.component_name),
                              map_key(rule.component_guid),
                              (uint64_t)(uint32_t)rule.index << 32 |
                                  (uint32_t)rule.component_index};
    return number_of(&pending->rules, &pending->rule_of_key, parts, 5, &rule);
}

static uint32_t place_of(struct sarif_pending *pending, const struct sarif_result *result)
{
    const struct pending_place place = {.uri = name_of(pending, result->uri),
                                        .base = name_of(pending, result->base),
                                        .artifact = (int32_t)result->artifact};
    const uint64_t parts[] = {map_key(place.uri), map_key(place.base), (uint32_t)place.artifact};
    return number_of(&pending->places, &pending->place_of_key, parts, 3, &place);
}

static struct pending_row row_of(struct sarif_pending *pending, const struct sarif_result *result)
{
    return (struct pending_row){
        .at = result->at,
        .rule = rule_of(pending, &result->rule),
        .place = place_of(pending, result),
        .invocation = (int32_t)result->invocation,
        .level = (uint8_t)(result->has_level ? (unsigned)result->level : SARIF_LEVEL_UNSET),
        .band = (uint8_t)result->band,
        .label = result->label,
        .passed = result->passed,
        .has_band = result->has_band,
        .suppressed = result->suppressed,
        .odd_severity = result->odd_severity};
}

/* ---- the table of rows ---- */

/* What a row says besides rule and place. */
static uint64_t rest_of(const struct pending_row *row)
{
    return (uint64_t)(uint32_t)row->invocation << 32 | (uint64_t)row->level << 24 |
           (uint64_t)row->band << 16 | (uint64_t)row->label << 8 | (uint64_t)row->passed << 3 |
           (uint64_t)row->has_band << 2 | (uint64_t)row->suppressed << 1 | row->odd_severity;
}

static bool same_row(const struct pending_row *left, const struct pending_row *right)
{
    return left->rule == right->rule && left->place == right->place &&
           rest_of(left) == rest_of(right);
}

/* The slot of a row that is equal to `wanted`, or the free one where it belongs. */
static uint32_t *slot_of(const struct sarif_pending *pending, const struct pending_row *wanted)
{
    const uint64_t parts[] = {(uint64_t)wanted->rule << 32 | wanted->place, rest_of(wanted)};
    size_t at = (size_t)hash64(span_make((const char *)parts, sizeof(parts)), 0);
    for (;; at++) {
        uint32_t *slot = &pending->slots[at & (pending->capacity - 1)];
        if (*slot == 0 || same_row(vec_at(&pending->rows, *slot - 1), wanted)) {
            return slot;
        }
    }
}

/* Keeps the table at most half full when one row more comes. */
static void make_room(struct sarif_pending *pending)
{
    if ((pending->rows.count + 1) * 2 <= pending->capacity) {
        return;
    }
    pending->capacity = pending->capacity > 0 ? pending->capacity * 2 : FIRST_CAPACITY;
    free(pending->slots);
    pending->slots = mem_alloc(mem_product(pending->capacity, sizeof(*pending->slots)));
    for (size_t at = 0; at < pending->rows.count; at++) {
        *slot_of(pending, vec_at(&pending->rows, at)) = (uint32_t)at + 1;
    }
}

/* ---- samples ---- */

/* A result whose level is not written may turn out to have any. */
static bool wants_sample(const struct sarif_pending *pending, const struct pending_row *row)
{
    uint64_t most = row->level == SARIF_LEVEL_UNSET ? 4 * LIMIT_DETAILS : LIMIT_DETAILS;
    return pending->kept[row->level] < most;
}

static void add_sample(struct sarif_pending *pending, struct pending_row *row,
                       const struct sarif_result *result)
{
    struct pending_sample *sample = vec_add(&pending->samples);
    sample->text = arena_copy(&pending->arena, result->text);
    sample->message_id = arena_copy(&pending->arena, result->message_id);
    sample->arguments = arena_copy(&pending->arena, result->arguments);
    sample->at = result->at;
    sample->line = result->line;
    sample->column = result->column;
    uint32_t number = (uint32_t)pending->samples.count;
    if (row->first_sample == 0) {
        row->first_sample = number;
    } else {
        struct pending_sample *first = vec_at(&pending->samples, row->first_sample - 1);
        struct pending_sample *last = vec_at(&pending->samples, first->last - 1);
        last->next = number;
    }
    struct pending_sample *first = vec_at(&pending->samples, row->first_sample - 1);
    first->last = number;
    pending->kept[row->level]++;
}

void sarif_pending_add(struct sarif_pending *pending, const struct sarif_result *result)
{
    const struct pending_row wanted = row_of(pending, result);
    make_room(pending);
    uint32_t *slot = slot_of(pending, &wanted);
    if (*slot == 0) {
        *(struct pending_row *)vec_add(&pending->rows) = wanted;
        *slot = (uint32_t)pending->rows.count;
    }
    struct pending_row *row = vec_at(&pending->rows, (size_t)*slot - 1);
    row->count++;
    if (wants_sample(pending, row)) {
        add_sample(pending, row, result);
    }
}

/* ---- out ---- */

static struct sarif_result result_of(const struct sarif_pending *pending,
                                     const struct pending_row *row)
{
    const struct pending_rule *rule = vec_at(&pending->rules, row->rule);
    const struct pending_place *place = vec_at(&pending->places, row->place);
    bool has_level = row->level != SARIF_LEVEL_UNSET;
    return (struct sarif_result){.at = row->at,
                                 .rule = {.id = name_span(rule->id),
                                          .guid = name_span(rule->guid),
                                          .index = rule->index,
                                          .component_name = name_span(rule->component_name),
                                          .component_guid = name_span(rule->component_guid),
                                          .component_index = rule->component_index},
                                 .uri = name_span(place->uri),
                                 .base = name_span(place->base),
                                 .artifact = place->artifact,
                                 .invocation = row->invocation,
                                 .level = has_level ? (enum level)row->level : LEVEL_NONE,
                                 .has_level = has_level,
                                 .band = (enum band)row->band,
                                 .has_band = row->has_band,
                                 .odd_severity = row->odd_severity,
                                 .label = row->label,
                                 .passed = row->passed,
                                 .suppressed = row->suppressed};
}

/* Fills in what only this one of a row's results had. */
static void add_sample_of(struct sarif_result *result, const struct pending_sample *sample)
{
    result->at = sample->at;
    result->text = sample->text;
    result->message_id = sample->message_id;
    result->arguments = sample->arguments;
    result->line = sample->line;
    result->column = sample->column;
}

void sarif_pending_each(const struct sarif_pending *pending,
                        void (*take)(void *self, const struct sarif_result *result,
                                     uint64_t repeats),
                        void *self)
{
    for (size_t at = 0; at < pending->rows.count; at++) {
        const struct pending_row *row = vec_at(&pending->rows, at);
        struct sarif_result result = result_of(pending, row);
        uint64_t left = row->count;
        uint32_t number = row->first_sample;
        while (left > 0) {
            uint64_t repeats = left - 1;
            if (number != 0) {
                const struct pending_sample *sample = vec_at(&pending->samples, number - 1);
                add_sample_of(&result, sample);
                number = sample->next;
                repeats = number != 0 ? 0 : repeats; /* the last sample stands for the rest */
            }
            take(self, &result, repeats);
            left -= 1 + repeats;
        }
    }
}
