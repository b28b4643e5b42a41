/* Pairs the metrics of two sorted snapshots in one walk, and says what became of each. */
#include "render/compare_rows.h"

#include "render/figures.h"
#include "render/metrics_json.h"

static void add_row(struct vec *rows, const struct metric *base, const struct metric *now)
{
    struct compare_row *row = vec_add(rows);
    row->base = base;
    row->now = now;
    row->has_base = base != NULL && metrics_json_has_value(base);
    row->has_now = now != NULL && metrics_json_has_value(now);
    row->changed = row->has_base != row->has_now || base == NULL || now == NULL;
    if (base != NULL && now != NULL && base->state != now->state) {
        row->changed = true;
    }
    if (row->has_base && row->has_now) {
        bool alike = base->value.kind == now->value.kind;
        const struct metric_kind *kind = metric_find(name_span(now->key));
        row->changed = row->changed || !alike || value_compare(&now->value, &base->value) != 0;
        row->trend = kind != NULL ? figures_trend(&now->value, &base->value, kind->direction) : 0;
    }
}

void compare_rows(const struct comparison *comparison, struct vec *rows)
{
    const struct vec *base = &comparison->base->metrics;
    const struct vec *now = &comparison->now->metrics;
    size_t left = 0;
    size_t right = 0;
    while (left < base->count || right < now->count) {
        const struct metric *one = left < base->count ? vec_at(base, left) : NULL;
        const struct metric *two = right < now->count ? vec_at(now, right) : NULL;
        int order = one == NULL ? 1 : two == NULL ? -1 : metric_compare(one, two);
        add_row(rows, order <= 0 ? one : NULL, order >= 0 ? two : NULL);
        left += order <= 0 ? 1 : 0;
        right += order >= 0 ? 1 : 0;
    }
}

const struct metric *compare_row_metric(const struct compare_row *row)
{
    return row->now != NULL ? row->now : row->base;
}

const char *compare_row_word(const struct compare_row *row)
{
    if (row->trend != 0) {
        return row->trend > 0 ? "better" : "worse";
    }
    if (row->base == NULL || row->now == NULL) {
        return row->now != NULL ? "new" : "gone";
    }
    if (row->changed && !(row->has_base && row->has_now)) {
        return row->has_now ? "measured" : "no data";
    }
    return row->changed ? "changed" : "same";
}

static unsigned places_of(const struct compare_row *row)
{
    return row->has_base && row->has_now
               ? figures_places(&row->base->value, &row->now->value, FIGURES_PLACES)
               : FIGURES_PLACES;
}

void compare_row_add_value(struct buf *out, const struct compare_row *row, bool now)
{
    const struct metric *metric = now ? row->now : row->base;
    if (now ? row->has_now : row->has_base) {
        figures_add_value(out, &metric->value, places_of(row));
        if (metric->state != STATE_OK) {
            buf_add_format(out, " (%s)", state_text(metric->state));
        }
    } else if (metric != NULL) {
        buf_add_text(out, metric->state == STATE_OK ? "n/a" : state_text(metric->state));
    }
}

void compare_row_add_change(struct buf *out, const struct compare_row *row)
{
    if (row->has_base && row->has_now) {
        figures_add_change(out, &row->now->value, &row->base->value, FIGURES_PLACES);
    }
}
