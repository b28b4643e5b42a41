/* Results that wait -> rows with counts and a few samples -> the same results again. */
#include "collectors/sarif_pending.h"

#include "base/hash.h"
#include "base/limits.h"

/* What decides about rule, level, band and place of a result. */
struct pending_row {
    const struct name *id, *guid, *component_name, *component_guid, *uri, *base;
    int32_t index, component_index, artifact, invocation;
    uint64_t at; /* line in the report of the first one */
    uint64_t count;
    uint32_t first_sample, last_sample; /* + 1, 0 if none */
    uint8_t level;                      /* enum level, or SARIF_LEVEL_UNSET */
    uint8_t band, label;
    bool passed, has_band, suppressed, odd_severity;
};

/* What only people want to know. */
struct pending_sample {
    struct span text, message_id, arguments;
    uint64_t at, line, column;
    uint32_t next; /* + 1 */
};

void sarif_pending_init(struct sarif_pending *pending)
{
    *pending = (struct sarif_pending){.kept = {0}};
    arena_init(&pending->arena);
    arena_init(&pending->text);
    names_init(&pending->names, &pending->text);
    vec_init(&pending->rows, sizeof(struct pending_row));
    vec_init(&pending->samples, sizeof(struct pending_sample));
}

void sarif_pending_release(struct sarif_pending *pending)
{
    map_release(&pending->row_of_key);
    vec_release(&pending->samples);
    vec_release(&pending->rows);
    names_release(&pending->names);
    arena_release(&pending->text);
    arena_release(&pending->arena);
}

/* ---- in ---- */

static const struct name *name_of(struct sarif_pending *pending, struct span text)
{
    return text.size > 0 ? names_add(&pending->names, text) : NULL;
}

static struct pending_row row_of(struct sarif_pending *pending, const struct sarif_result *result)
{
    const struct sarif_reference *rule = &result->rule;
    return (struct pending_row){
        .id = name_of(pending, rule->id),
        .guid = name_of(pending, rule->guid),
        .component_name = name_of(pending, rule->component_name),
        .component_guid = name_of(pending, rule->component_guid),
        .uri = name_of(pending, result->uri),
        .base = name_of(pending, result->base),
        .index = (int32_t)rule->index,
        .component_index = (int32_t)rule->component_index,
        .artifact = (int32_t)result->artifact,
        .invocation = (int32_t)result->invocation,
        .level = (uint8_t)(result->has_level ? (unsigned)result->level : SARIF_LEVEL_UNSET),
        .band = (uint8_t)result->band,
        .label = result->label,
        .passed = result->passed,
        .has_band = result->has_band,
        .suppressed = result->suppressed,
        .odd_severity = result->odd_severity};
}

/* Names are interned, so their addresses tell them apart. */
static uint64_t key_of(const struct pending_row *row)
{
    uint64_t flags = row->level | (uint64_t)row->band << 8 | (uint64_t)row->label << 16 |
                     (uint64_t)row->passed << 24 | (uint64_t)row->has_band << 25 |
                     (uint64_t)row->suppressed << 26 | (uint64_t)row->odd_severity << 27;
    const uint64_t parts[] = {map_key(row->id),
                              map_key(row->guid),
                              map_key(row->component_name),
                              map_key(row->component_guid),
                              map_key(row->uri),
                              map_key(row->base),
                              (uint64_t)(uint32_t)row->index << 32 | (uint32_t)row->artifact,
                              (uint64_t)(uint32_t)row->component_index << 32 |
                                  (uint32_t)row->invocation,
                              flags};
    return hash64(span_make((const char *)parts, sizeof(parts)), 0);
}

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
        struct pending_sample *last = vec_at(&pending->samples, row->last_sample - 1);
        last->next = number;
    }
    row->last_sample = number;
    pending->kept[row->level]++;
}

void sarif_pending_add(struct sarif_pending *pending, const struct sarif_result *result)
{
    struct pending_row wanted = row_of(pending, result);
    uint64_t *slot = map_put(&pending->row_of_key, key_of(&wanted));
    if (*slot == 0) {
        wanted.at = result->at;
        *(struct pending_row *)vec_add(&pending->rows) = wanted;
        *slot = pending->rows.count;
    }
    struct pending_row *row = vec_at(&pending->rows, (size_t)*slot - 1);
    row->count++;
    if (wants_sample(pending, row)) {
        add_sample(pending, row, result);
    }
}

/* ---- out ---- */

static struct sarif_result result_of(const struct pending_row *row)
{
    return (struct sarif_result){.at = row->at,
                                 .rule = {.id = name_span(row->id),
                                          .guid = name_span(row->guid),
                                          .index = row->index,
                                          .component_name = name_span(row->component_name),
                                          .component_guid = name_span(row->component_guid),
                                          .component_index = row->component_index},
                                 .uri = name_span(row->uri),
                                 .base = name_span(row->base),
                                 .artifact = row->artifact,
                                 .invocation = row->invocation,
                                 .level = row->level == SARIF_LEVEL_UNSET ? LEVEL_NONE
                                                                          : (enum level)row->level,
                                 .has_level = row->level != SARIF_LEVEL_UNSET,
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
        struct sarif_result result = result_of(row);
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
