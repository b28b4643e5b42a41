/* Carrying groups over from the last snapshot. */
#include "measure/carry.h"

#include <inttypes.h>

enum { DAY = 86400 };

static const struct report *report_at(const struct vec *reports, size_t index)
{
    return *(struct report *const *)vec_at(reports, index);
}

bool carry_has_fresh(const struct vec *reports)
{
    bool fresh = false;
    for (size_t index = 0; index < reports->count; index++) {
        fresh = fresh || report_at(reports, index)->state != STATE_MISSING;
    }
    return fresh;
}

/* ---- which groups ---- */

/* Are all reports of the group missing, and may all of them be? */
static bool may_carry(const struct vec *reports, const struct report_spec *const *specs,
                      const struct name *group)
{
    for (size_t index = 0; index < reports->count; index++) {
        const struct report_spec *spec = specs[index];
        if (report_at(reports, index)->group == group &&
            (report_at(reports, index)->state != STATE_MISSING || spec == NULL ||
             spec->max_age == 0)) {
            return false;
        }
    }
    return true;
}

static const struct snapshot_source *find_source(const struct snapshot *snapshot,
                                                 const struct name *group)
{
    for (size_t index = 0; index < snapshot->sources.count; index++) {
        const struct snapshot_source *source = vec_at(&snapshot->sources, index);
        if (source->group == group) {
            return source;
        }
    }
    return NULL;
}

static int64_t measured_at(const struct carry_from *from, const struct snapshot_source *source)
{
    return source->carried_from != NULL ? source->carried_time : from->time;
}

/* Is there something to carry, and is it young enough? */
static bool is_usable(const struct carry_from *from, const struct name *group, uint64_t max_age,
                      int64_t now, struct diags *diags)
{
    const struct snapshot_source *source = find_source(from->snapshot, group);
    if (source == NULL || from->time == 0 || now == 0) {
        diags_add_format(diags, DIAG_SERIES_UNKNOWN, NULL, 0, 0,
                         "this run has not measured the group %s, and %s", name_text(group),
                         from->why_nothing != NULL ? from->why_nothing
                                                   : "the ledger knows no values of it");
        return false;
    }
    int64_t age = now - measured_at(from, source);
    if (age > 0 && (uint64_t)age > max_age) {
        diags_add_format(diags, DIAG_SERIES_OLD, NULL, 0, 0,
                         "the last values of the group %s are %" PRId64
                         " days old, more than the %" PRIu64 " that `max_age` allows",
                         name_text(group), age / DAY, max_age / DAY);
        return false;
    }
    return true;
}

static bool is_among(const struct vec *groups, const struct name *group)
{
    for (size_t index = 0; index < groups->count; index++) {
        if (*(const struct name **)vec_at(groups, index) == group) {
            return true;
        }
    }
    return false;
}

/* The shortest max_age of the group's reports. */
static uint64_t age_allowed(const struct vec *reports, const struct report_spec *const *specs,
                            const struct name *group)
{
    uint64_t least = UINT64_MAX;
    for (size_t index = 0; index < reports->count; index++) {
        if (report_at(reports, index)->group == group && specs[index]->max_age < least) {
            least = specs[index]->max_age;
        }
    }
    return least;
}

/* Where the policy lets a report be missing nobody has said yet that it is. */
static void tell_part(const struct report *report, const struct report_spec *spec,
                      const struct vec *refused, struct diags *diags)
{
    if (report->state == STATE_MISSING && spec != NULL && spec->max_age > 0 &&
        !is_among(refused, report->group)) {
        diags_add_format(diags, DIAG_CLI_MISSING, report->path, 0, 0,
                         "no file matches, and the group %s is not carried, because other reports "
                         "of it are there",
                         name_text(report->group));
    }
}

void carry_take(struct vec *reports, const struct report_spec **specs,
                const struct carry_from *from, int64_t now, struct vec *groups, struct diags *diags)
{
    struct vec refused;
    size_t kept = 0;
    vec_init(&refused, sizeof(const struct name *));
    for (size_t index = 0; index < reports->count; index++) {
        const struct name *group = report_at(reports, index)->group;
        if (group != NULL && !is_among(groups, group) && !is_among(&refused, group) &&
            may_carry(reports, specs, group)) {
            bool usable = is_usable(from, group, age_allowed(reports, specs, group), now, diags);
            *(const struct name **)vec_add(usable ? groups : &refused) = group;
        }
    }
    for (size_t index = 0; index < reports->count; index++) {
        struct report *report = *(struct report **)vec_at(reports, index);
        if (is_among(groups, report->group)) {
            report_close(report);
            continue;
        }
        tell_part(report, specs[index], &refused, diags);
        *(struct report **)vec_at(reports, kept) = report;
        specs[kept++] = specs[index];
    }
    reports->count = kept;
    vec_release(&refused);
}

/* ---- taking over ---- */

static void tell(const struct carry_from *from, const struct snapshot_source *source,
                 struct diags *diags)
{
    diags_add_format(
        diags, DIAG_SERIES_CARRIED, NULL, 0, 0,
        "the group %s was not measured by this run; its values are those of commit %.10s",
        name_text(source->group),
        name_text(source->carried_from != NULL ? source->carried_from : from->snapshot->commit));
}

/* Adds the metrics and sources of these groups, and where they come from. */
static void add_groups(const struct vec *groups, const struct carry_from *from,
                       struct snapshot *now)
{
    for (size_t index = 0; index < from->snapshot->metrics.count; index++) {
        const struct metric *metric = vec_at(&from->snapshot->metrics, index);
        if (metric->group != NULL && is_among(groups, metric->group)) {
            *snapshot_add(now) = *metric;
        }
    }
    for (size_t index = 0; index < from->snapshot->sources.count; index++) {
        const struct snapshot_source *source = vec_at(&from->snapshot->sources, index);
        if (source->group == NULL || !is_among(groups, source->group)) {
            continue;
        }
        struct snapshot_source *carried = vec_add(&now->sources);
        *carried = *source;
        if (source->carried_from == NULL) {
            carried->carried_from = from->snapshot->commit;
            carried->carried_time = from->time;
        }
    }
    snapshot_sort(now);
}

void carry_add(const struct vec *groups, const struct carry_from *from, struct snapshot *now,
               struct diags *diags)
{
    add_groups(groups, from, now);
    for (size_t index = 0; index < from->snapshot->sources.count; index++) {
        const struct snapshot_source *source = vec_at(&from->snapshot->sources, index);
        if (source->group != NULL && is_among(groups, source->group) &&
            find_source(from->snapshot, source->group) == source) {
            tell(from, source, diags);
        }
    }
}

/* ---- groups of slow jobs ---- */

/* The groups that `late` has measured itself, at a later commit than `newest` did. */
static void find_fresher(const struct carry_from *newest, const struct carry_from *late,
                         struct vec *groups)
{
    for (size_t index = 0; index < late->snapshot->sources.count; index++) {
        const struct snapshot_source *source = vec_at(&late->snapshot->sources, index);
        const struct snapshot_source *known =
            source->group != NULL ? find_source(newest->snapshot, source->group) : NULL;
        if (known != NULL && source->carried_from == NULL && !is_among(groups, source->group) &&
            measured_at(newest, known) < late->time) {
            *(const struct name **)vec_add(groups) = source->group;
        }
    }
}

static void take_out(struct snapshot *snapshot, const struct vec *groups)
{
    size_t kept = 0;
    for (size_t index = 0; index < snapshot->metrics.count; index++) {
        const struct metric *metric = vec_at(&snapshot->metrics, index);
        if (metric->group == NULL || !is_among(groups, metric->group)) {
            *(struct metric *)vec_at(&snapshot->metrics, kept++) = *metric;
        }
    }
    snapshot->metrics.count = kept;
    kept = 0;
    for (size_t index = 0; index < snapshot->sources.count; index++) {
        const struct snapshot_source *source = vec_at(&snapshot->sources, index);
        if (source->group == NULL || !is_among(groups, source->group)) {
            *(struct snapshot_source *)vec_at(&snapshot->sources, kept++) = *source;
        }
    }
    snapshot->sources.count = kept;
}

void carry_freshen(struct snapshot *newest, int64_t time, const struct carry_from *late)
{
    struct vec groups;
    const struct carry_from now = {newest, time, NULL};
    vec_init(&groups, sizeof(const struct name *));
    find_fresher(&now, late, &groups);
    if (groups.count > 0) {
        take_out(newest, &groups);
        add_groups(&groups, late, newest);
    }
    vec_release(&groups);
}
