/* Rows of key and value -> one metric for each key under each label.
 *
 * A number has no known way of adding up (a bundle's size could be summed, a score could not),
 * so two reports of one group must not disagree about it. */
#include "measure/from_numbers.h"

#include "base/mem.h"

#include <stdlib.h>

struct number_use {
    const struct number_row *row;
    const struct report *report;
    size_t group;    /* whose metric this use goes into; 0 is all */
    size_t reported; /* the report's own group; 0 if none */
};

static int use_compare(const void *left, const void *right)
{
    const struct number_use *one = left;
    const struct number_use *two = right;
    if (one->group != two->group) {
        return one->group < two->group ? -1 : 1;
    }
    int order = name_compare(one->row->key, two->row->key);
    order = order != 0 ? order : decimal_compare(one->row->value, two->row->value);
    order = order != 0 ? order : (int)one->row->value.scale - (int)two->row->value.scale;
    order = order != 0 ? order : name_compare(two->row->unit, one->row->unit);
    return order != 0 ? order : name_compare(one->report->path, two->report->path);
}

/* A number must not pose as a metric that is counted here. */
static bool key_usable(const struct name *key)
{
    return metric_key_valid(name_span(key)) && metric_find(name_span(key)) == NULL;
}

static void collect(const struct report *report, size_t group, bool only_in_group, struct vec *uses)
{
    for (size_t at = 0; at < report->numbers.count; at++) {
        const struct number_row *row = vec_at(&report->numbers, at);
        if (!key_usable(row->key)) {
            continue;
        }
        if (!only_in_group) {
            *(struct number_use *)vec_add(uses) = (struct number_use){row, report, 0, group};
        }
        if (group > 0) {
            *(struct number_use *)vec_add(uses) = (struct number_use){row, report, group, group};
        }
    }
}

static void say_bad_keys(const struct report *report, struct diags *diags)
{
    for (size_t at = 0; at < report->numbers.count; at++) {
        const struct number_row *row = vec_at(&report->numbers, at);
        if (!key_usable(row->key)) {
            diags_add_format(diags, DIAG_MEASURE_NUMBER_KEY, report->path, 0, 0,
                             "'%s' cannot be the key of a number", name_text(row->key));
        }
    }
}

/* How many uses from `first` on share group and key. */
static size_t run_size(const struct number_use *first, size_t rest)
{
    size_t size = 1;
    while (size < rest && first[size].group == first->group &&
           first[size].row->key == first->row->key) {
        size++;
    }
    return size;
}

/* Sorted by value, so a run agrees when its ends do. */
static bool agrees(const struct number_use *first, size_t count)
{
    return decimal_compare(first->row->value, first[count - 1].row->value) == 0;
}

/* Uses of the total that differ only because groups do: then each group has its own value, and
 * the total has none. `of_group` is room for one pointer for each group. */
static bool differs_by_group(const struct number_use *first, size_t count,
                             const struct number_row **of_group, size_t group_count)
{
    for (size_t group = 0; group < group_count; group++) {
        of_group[group] = NULL;
    }
    for (size_t at = 0; at < count; at++) {
        const struct number_row **known = &of_group[first[at].reported];
        if (first[at].reported == 0 ||
            (*known != NULL && decimal_compare((*known)->value, first[at].row->value) != 0)) {
            return false;
        }
        *known = first[at].row;
    }
    return true;
}

static void say_conflict(const struct number_use *first, size_t count, bool by_group,
                         struct diags *diags)
{
    const struct number_use *last = first + count - 1;
    struct buf text;
    buf_init(&text);
    buf_add_format(&text, "'%s' is ", name_text(first->row->key));
    decimal_add_text(&text, first->row->value);
    buf_add_text(&text, " here and ");
    decimal_add_text(&text, last->row->value);
    buf_add_format(&text, " in %s", name_text(last->report->path));
    diags_add(diags, by_group ? DIAG_MEASURE_NUMBER_GROUPS : DIAG_MEASURE_NUMBER_CONFLICT,
              first->report->path, 0, 0, buf_span(&text));
    buf_release(&text);
}

static void write_run(const struct number_use *first, size_t count, struct metric_out *out)
{
    out->state = agrees(first, count) ? out->state : STATE_DAMAGED;
    out->sources = 0;
    for (size_t at = 0; at < count; at++) {
        out->sources += at == 0 || first[at].report != first[at - 1].report;
    }
    metric_out_number(out, first->row->key, first->row->unit, first->row->value);
}

static void collect_all(const struct scopes *scopes, struct vec *uses, struct diags *diags)
{
    for (size_t at = 0; at < scopes->intake->sources.count; at++) {
        const struct source *source = vec_at(&scopes->intake->sources, at);
        say_bad_keys(source->report, diags);
        collect(source->report, source->group, source->only_in_group, uses);
    }
    vec_sort(uses, use_compare);
}

void number_metrics(const struct scopes *scopes, struct snapshot *out, struct diags *diags)
{
    struct vec uses;
    vec_init(&uses, sizeof(struct number_use));
    collect_all(scopes, &uses, diags);
    const struct number_row **of_group =
        mem_alloc(mem_product(scopes->group_count, sizeof(const struct number_row *)));
    const struct number_use *rows = uses.items;
    for (size_t at = 0; at < uses.count;) {
        size_t size = run_size(rows + at, uses.count - at);
        const struct group_scope *group = &scopes->groups[rows[at].group];
        bool left_out = false;
        if (rows[at].group == 0 && !agrees(rows + at, size)) {
            left_out = differs_by_group(rows + at, size, of_group, scopes->group_count);
            say_conflict(rows + at, size, left_out, diags);
        }
        struct metric_out labels = {.snapshot = out,
                                    .group = group->group,
                                    .state = group->states[family_index(FAMILY_NUMBERS)]};
        if (!left_out) {
            write_run(rows + at, size, &labels);
        }
        at += size;
    }
    free(of_group);
    vec_release(&uses);
}

void number_metrics_alone(const struct report *report, struct snapshot *out)
{
    struct vec uses;
    vec_init(&uses, sizeof(struct number_use));
    collect(report, 0, false, &uses);
    vec_sort(&uses, use_compare);
    const struct number_use *rows = uses.items;
    struct metric_out labels = {.snapshot = out, .state = report->state};
    for (size_t at = 0; at < uses.count;) {
        size_t size = run_size(rows + at, uses.count - at);
        if (agrees(rows + at, size)) {
            write_run(rows + at, size, &labels);
        }
        at += size;
    }
    vec_release(&uses);
}
