/* The metric catalogue, and values that compare exactly. */
#include "model/metric.h"

static const struct metric_kind catalogue[] = {
#define METRIC(id, key, kind, unit, direction, family, title)                                      \
    {key, VALUE_##kind, unit, DIRECTION_##direction, FAMILY_##family, title},
#include "model/metrics.def"
#undef METRIC
};

enum { KEY_LONGEST = 100 };

const struct metric_kind *metric_kind(enum metric_id id)
{
    return &catalogue[id];
}

const struct metric_kind *metric_find(struct span key)
{
    for (size_t id = 0; id < METRIC_COUNT; id++) {
        if (span_is(key, catalogue[id].key)) {
            return &catalogue[id];
        }
    }
    return NULL;
}

bool metric_key_valid(struct span key)
{
    bool part_starts = true;
    if (key.size == 0 || key.size > KEY_LONGEST) {
        return false;
    }
    for (size_t at = 0; at < key.size; at++) {
        char byte = key.data[at];
        bool letter = byte >= 'a' && byte <= 'z';
        bool inner = (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
        if (byte == '.' && !part_starts) {
            part_starts = true;
        } else if (letter || (inner && !(part_starts && at == 0))) {
            part_starts = false;
        } else {
            return false;
        }
    }
    return !part_starts;
}

static const char *const family_words[FAMILY_BITS] = {"coverage", "tests", "findings", "security",
                                                      "numbers"};

const char *family_text(enum family family)
{
    return family_words[__builtin_ctz((unsigned)family)];
}

bool family_of(struct span text, enum family *family)
{
    for (unsigned bit = 0; bit < FAMILY_BITS; bit++) {
        if (span_is(text, family_words[bit])) {
            *family = (enum family)(1U << bit);
            return true;
        }
    }
    return false;
}

const char *direction_text(enum direction direction)
{
    static const char *const texts[] = {"higher", "lower", "neutral"};
    return texts[direction];
}

const char *value_kind_text(enum value_kind kind)
{
    static const char *const texts[] = {"ratio", "count", "decimal"};
    return texts[kind];
}

struct value value_ratio(uint64_t covered, uint64_t total)
{
    return (struct value){.kind = VALUE_RATIO, .ratio = {covered, total}};
}

struct value value_count(uint64_t count)
{
    return (struct value){.kind = VALUE_COUNT, .count = count};
}

struct value value_decimal(struct decimal decimal)
{
    return (struct value){.kind = VALUE_DECIMAL, .decimal = decimal};
}

int value_compare(const struct value *left, const struct value *right)
{
    switch (left->kind) {
    case VALUE_RATIO: return ratio_compare(left->ratio, right->ratio);
    case VALUE_DECIMAL: return decimal_compare(left->decimal, right->decimal);
    case VALUE_COUNT: break;
    }
    return left->count < right->count ? -1 : left->count > right->count;
}

bool value_is_void(const struct value *value)
{
    return value->kind == VALUE_RATIO && value->ratio.total == 0;
}

void value_add_text(struct buf *out, const struct value *value)
{
    switch (value->kind) {
    case VALUE_RATIO:
        ratio_add_percent(out, value->ratio, 2);
        if (value->ratio.total > 0) {
            buf_add_text(out, " %");
        }
        break;
    case VALUE_COUNT: buf_add_grouped(out, value->count); break;
    case VALUE_DECIMAL: decimal_add_grouped(out, value->decimal); break;
    }
}

int metric_compare(const struct metric *left, const struct metric *right)
{
    int order = name_compare(left->key, right->key);
    if (order == 0) {
        order = name_compare(left->group, right->group);
    }
    return order != 0 ? order : name_compare(left->component, right->component);
}
