/* Reports as they arrive -> the sources that count, sorted, without repetitions, with their trust.
 *
 * A report that cannot be used spoils every family that it could have held: those of its format,
 * or, where the format is not known, all families that another report or a rule speaks of. So no
 * number gets better because a source fell out. */
#include "measure/intake.h"

#include <string.h>

/* ---- order ---- */

static int order_of(uint64_t left, uint64_t right)
{
    return (left > right) - (left < right);
}

static int text_compare(const char *left, const char *right)
{
    return span_compare(span_of(left), span_of(right));
}

static int place_in_policy_compare(const struct report_spec *left, const struct report_spec *right)
{
    if (left == NULL || right == NULL) {
        return order_of(left != NULL, right != NULL);
    }
    return left->line != right->line ? order_of(left->line, right->line)
                                     : order_of(left->column, right->column);
}

int report_compare(const struct report *left, const struct report *right)
{
    const int orders[] = {
        name_compare(left->path, right->path),
        name_compare(left->group, right->group),
        text_compare(left->format, right->format),
        order_of(left->state, right->state),
        hash128_compare(left->digest, right->digest),
        name_compare(left->root, right->root),
        name_compare(left->folder, right->folder),
        name_compare(left->work_tree, right->work_tree),
        order_of(left->bytes, right->bytes),
    };
    for (size_t at = 0; at < sizeof(orders) / sizeof(orders[0]); at++) {
        if (orders[at] != 0) {
            return orders[at];
        }
    }
    return 0;
}

static int source_compare(const void *left, const void *right)
{
    const struct source *one = left;
    const struct source *two = right;
    int order = report_compare(one->report, two->report);
    order = order != 0 ? order : name_compare(one->root, two->root);
    return order != 0 ? order : place_in_policy_compare(one->spec, two->spec);
}

static int name_pointer_compare(const void *left, const void *right)
{
    return name_compare(*(const struct name *const *)left, *(const struct name *const *)right);
}

/* ---- trust ---- */

static void set_state(struct source *source, struct diags *diags)
{
    struct report *report = source->report;
    enum trust trust = report_spec_trust(source->spec, report);
    report->accepted = report->state != STATE_OK && trust == TRUST_OK;
    source->state = trust == TRUST_BLOCK ? report->state : STATE_OK;
    if (trust == TRUST_WARN) {
        diags_add_format(diags, DIAG_MEASURE_TRUSTED, report->path, 0, 0,
                         "the report is %s and counts all the same, because the policy lets it",
                         state_text(report->state));
    }
}

/* ---- families ---- */

/* The family that a rule's metric belongs to: its first word says so, or it is a number. */
static unsigned family_of_rule(const struct rule *rule)
{
    struct span rest = name_span(rule->metric);
    enum family family = FAMILY_NUMBERS;
    family_of(span_cut(&rest, '.'), &family);
    return family;
}

/* What a report of unknown format may have held: whatever anybody in this run speaks of. */
static unsigned families_in_use(const struct vec *sources, const struct policy *policy)
{
    unsigned families = 0;
    for (size_t at = 0; at < sources->count; at++) {
        const struct source *source = vec_at(sources, at);
        families |= report_speaks(source->report) | source->report->possible;
    }
    for (size_t at = 0; policy != NULL && at < policy->rules.count; at++) {
        families |= family_of_rule(vec_at(&policy->rules, at));
    }
    return families;
}

unsigned report_speaks(const struct report *report)
{
    return report->families | (report->findings.has_bands ? FAMILY_SECURITY : 0U);
}

static void set_families(struct source *source, unsigned in_use)
{
    const struct report *report = source->report;
    source->speaks = report_speaks(report);
    source->touches = source->speaks | report->possible;
    if (report->state == STATE_OK) {
        source->touches = source->speaks;
    } else if (source->touches == 0 && source->state != STATE_OK) {
        source->touches = in_use;
    }
    /* What cannot be used is shown in all that it could have held, and so is a report without
     * content that the policy takes for a zero. */
    if (report->state != STATE_OK && !report_holds_facts(report)) {
        source->speaks = source->touches;
    }
}

/* ---- repetitions ---- */

bool report_has_rows(const struct report *report)
{
    return state_has_value(report->state) &&
           (report->files.count > 0 || report->tests.total > 0 || report->tests.suite_errors > 0 ||
            report->findings.rows.count > 0 || report->numbers.count > 0);
}

/* Reports of coverage alone may be merged any number of times. In two folders equal paths may be
 * two files. */
static uint64_t folder_that_counts(const struct report *report)
{
    bool coverage = report->tests.total == 0 && report->tests.suite_errors == 0 &&
                    report->findings.rows.count == 0 && report->numbers.count == 0;
    return coverage ? hash64(name_span(report->folder), 0) : 0;
}

/* Equal for equal content under one label, whatever `label` stands for. */
static uint64_t content_key(const struct source *source, const struct name *label, uint64_t kind)
{
    const uint64_t parts[] = {kind,
                              map_key(label),
                              map_key(source->root),
                              folder_that_counts(source->report),
                              source->report->digest.high,
                              source->report->digest.low,
                              hash64(span_of(source->report->format), 0)};
    return hash64(span_make((const char *)parts, sizeof(parts)), 0);
}

static void say_repeated(const struct report *report, const struct report *first,
                         struct diags *diags)
{
    if (report->path == first->path) {
        diags_add_format(diags, DIAG_MEASURE_REPEATED, report->path, 0, 0,
                         report->is_part ? "two partial snapshots hold it: it counts once"
                                         : "the file was named twice: it counts once");
    } else {
        diags_add_format(diags, DIAG_MEASURE_REPEATED, report->path, 0, 0,
                         "the same content as in %s: it counts once", name_text(first->path));
    }
}

/* Keeps the first of equal reports in a group; marks those whose file counts in another group
 * already. */
static void drop_repeated(struct vec *sources, struct diags *diags)
{
    enum { SAME_GROUP = 1, SAME_FILE };
    struct map seen;
    map_init(&seen);
    size_t kept = 0;
    for (size_t at = 0; at < sources->count; at++) {
        struct source source = *(const struct source *)vec_at(sources, at);
        if (report_has_rows(source.report)) {
            uint64_t key = content_key(&source, source.report->group, SAME_GROUP);
            uint64_t *first = map_put(&seen, key);
            if (*first != 0) {
                struct source *same = vec_at(sources, (size_t)*first - 1);
                same->state = state_worse(same->state, source.state);
                say_repeated(source.report, same->report, diags);
                source.report->repeated = true;
                continue;
            }
            *first = kept + 1;
            uint64_t *file = map_put(&seen, content_key(&source, source.report->path, SAME_FILE));
            source.only_in_group = *file != 0;
            source.report->repeated = source.only_in_group;
            *file = 1;
        }
        *(struct source *)vec_at(sources, kept++) = source;
    }
    sources->count = kept;
    map_release(&seen);
}

/* ---- groups ---- */

static void find_groups(struct intake *intake)
{
    struct vec *groups = &intake->groups;
    struct map place_of_group;
    map_init(&place_of_group);
    for (size_t at = 0; at < intake->sources.count; at++) {
        const struct source *source = vec_at(&intake->sources, at);
        const struct name *group = source->report->group;
        if (group != NULL && map_find(&place_of_group, map_key(group)) == NULL) {
            map_put(&place_of_group, map_key(group));
            *(const struct name **)vec_add(groups) = group;
        }
    }
    vec_sort(groups, name_pointer_compare);
    for (size_t at = 0; at < groups->count; at++) {
        *map_put(&place_of_group, map_key(*(const struct name **)vec_at(groups, at))) = at + 1;
    }
    for (size_t at = 0; at < intake->sources.count; at++) {
        struct source *source = vec_at(&intake->sources, at);
        const uint64_t *place = map_find(&place_of_group, map_key(source->report->group));
        source->group = place != NULL ? (size_t)*place : 0;
    }
    map_release(&place_of_group);
}

void intake_open(struct intake *intake, const struct vec *reports,
                 const struct report_spec *const *specs, const struct policy *policy,
                 struct diags *diags)
{
    vec_init(&intake->sources, sizeof(struct source));
    vec_init(&intake->groups, sizeof(const struct name *));
    for (size_t at = 0; at < reports->count; at++) {
        struct report *report = *(struct report *const *)vec_at(reports, at);
        const struct report_spec *spec = specs != NULL ? specs[at] : NULL;
        struct source *source = vec_add(&intake->sources);
        report->repeated = false;
        source->report = report;
        source->spec = spec;
        source->root = report->root != NULL || spec == NULL ? report->root : spec->root;
    }
    vec_sort(&intake->sources, source_compare);
    unsigned in_use = families_in_use(&intake->sources, policy);
    for (size_t at = 0; at < intake->sources.count; at++) {
        set_state(vec_at(&intake->sources, at), diags);
    }
    drop_repeated(&intake->sources, diags);
    for (size_t at = 0; at < intake->sources.count; at++) {
        set_families(vec_at(&intake->sources, at), in_use);
    }
    find_groups(intake);
}

void intake_close(struct intake *intake)
{
    vec_release(&intake->sources);
    vec_release(&intake->groups);
}
