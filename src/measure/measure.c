/* Reports -> snapshot, in five steps: which reports count (intake), where their paths belong
 * (places), how far each family is trusted (scopes), counting, and writing the metrics of every
 * cell. */
#include "measure/measure.h"

#include "base/limits.h"
#include "measure/from_numbers.h"
#include "measure/intake.h"
#include "measure/merge.h"
#include "measure/pattern_check.h"
#include "measure/scopes.h"

/* ---- one report ---- */

static void measure_coverage_alone(const struct report *report, struct metric_out *out)
{
    struct coverage_counts counts = {.files = 0};
    for (size_t at = 0; at < report->files.count; at++) {
        const struct file_coverage *file = vec_at(&report->files, at);
        coverage_counts_add_file(&counts, file->coverage);
    }
    coverage_metrics(&counts, false, out);
}

static void measure_findings_alone(const struct report *report, unsigned speaks,
                                   struct metric_out *out)
{
    struct finding_counts counts = {.suppressed = 0};
    for (size_t at = 0; at < report->findings.rows.count; at++) {
        finding_counts_add(&counts, vec_at(&report->findings.rows, at));
    }
    if ((speaks & FAMILY_FINDINGS) != 0) {
        struct rule_counts rules = {.seen = {NULL, 0, 0}};
        finding_metrics(&counts, out);
        rule_counts_add(&rules, &report->findings);
        rule_metrics(&rules, out);
        rule_counts_release(&rules);
    }
    if ((speaks & FAMILY_SECURITY) != 0) {
        security_metrics(&counts, out);
    }
}

void measure_report(const struct report *report, struct snapshot *out)
{
    if (report->state == STATE_DAMAGED || report->state == STATE_MISSING) {
        return;
    }
    /* An empty report has values here: zero is what it says. Whether that is trusted is the
     * policy's. */
    enum state state = report->state == STATE_EMPTY ? STATE_OK : report->state;
    struct metric_out labels = {.snapshot = out, .state = state, .sources = 1};
    unsigned speaks = report_speaks(report);
    if ((speaks & FAMILY_COVERAGE) != 0) {
        measure_coverage_alone(report, &labels);
    }
    if ((speaks & FAMILY_TESTS) != 0) {
        struct test_counts counts = {.total = 0};
        test_counts_add(&counts, &report->tests);
        test_metrics(&counts, &labels);
    }
    measure_findings_alone(report, speaks, &labels);
    number_metrics_alone(report, out);
    snapshot_sort(out);
}

/* ---- all reports ---- */

/* Tests and rules belong to no file. */
static void count_fileless(const struct source *source, struct group_scope *group)
{
    test_counts_add(&group->tests, &source->report->tests);
    rule_counts_add(&group->rules, &source->report->findings);
}

static void count_finding(const struct source *source, const struct finding_row *row, size_t place,
                          const struct scopes *scopes)
{
    size_t reach = scopes_reach(scopes, place);
    for (size_t step = 0; step < reach; step++) {
        if (!source->only_in_group) {
            finding_counts_add(&scopes_cell(scopes, 0, place, step)->findings, row);
        }
        if (source->group > 0) {
            finding_counts_add(&scopes_cell(scopes, source->group, place, step)->findings, row);
        }
    }
}

/* What `include` and `exclude` keep from counting. */
static void leave_out_coverage(struct place *place, struct measure_paths *paths)
{
    paths->files_left_out += place->coverage_left_out ? 0 : 1;
    place->coverage_left_out = true;
}

static void count_doubts(const struct source *source, const struct scopes *scopes)
{
    for (size_t at = 0; at + 1 < scopes->component_count; at++) {
        if (!places_in_doubt(scopes->places, at)) {
            continue;
        }
        if (!source->only_in_group) {
            scopes_doubt(scopes, 0, at);
        }
        if (source->group > 0) {
            scopes_doubt(scopes, source->group, at);
        }
    }
}

static void count_source(const struct source *source, struct scopes *scopes,
                         struct vec *contributions, struct measure_paths *paths)
{
    const struct report *report = source->report;
    const struct places *places = scopes->places;
    if (!source->only_in_group) {
        count_fileless(source, &scopes->groups[0]);
    }
    if (source->group > 0) {
        count_fileless(source, &scopes->groups[source->group]);
    }
    count_doubts(source, scopes);
    const struct name *last = NULL; /* most rows are of the file of the row before */
    size_t place = places_of(places, last);
    for (size_t at = 0; at < report->findings.rows.count; at++) {
        struct finding_row *row = vec_at(&report->findings.rows, at);
        place = row->path != last ? places_of(places, row->path) : place;
        last = row->path;
        row->left_out = ((const struct place *)vec_at(&places->list, place))->left_out;
        if (!row->left_out) {
            count_finding(source, row, place, scopes);
        } else if (!row->suppressed) {
            paths->findings_left_out += row->count;
        }
    }
    for (size_t at = 0; at < report->files.count; at++) {
        const struct file_coverage *file = vec_at(&report->files, at);
        place = places_of(places, file->path);
        if (!((const struct place *)vec_at(&places->list, place))->left_out) {
            *(struct contribution *)vec_add(contributions) =
                (struct contribution){place, source->group, file->coverage};
        } else {
            leave_out_coverage(vec_at(&places->list, place), paths);
        }
    }
}

/* What people want to read about: where it is in the repository, and whether it counts. */
static void settle_details(const struct vec *details, const struct places *places)
{
    for (size_t at = 0; at < details->count; at++) {
        struct finding_detail *detail = vec_at(details, at);
        size_t number = places_of(places, detail->path);
        const struct place *place = vec_at(&places->list, number);
        bool found = number > 0 && place->match == PATH_RESOLVED;
        detail->file = found ? place->path : NULL;
        detail->left_out = place->left_out;
    }
}

static void add_snapshot_source(const struct report *report, struct snapshot *out)
{
    struct snapshot_source *source = vec_add(&out->sources);
    source->path = report->path;
    source->group = report->group;
    source->format = report->format != NULL ? names_add(out->names, span_of(report->format)) : NULL;
    source->tool = report->tool;
    source->tool_version = report->tool_version;
    source->state = report->state;
    source->bytes = report->bytes;
}

void measure_reports(const struct vec *reports, const struct report_spec *const *specs,
                     const struct policy *policy, struct repo_paths *paths, struct snapshot *out,
                     struct measure_paths *path_result, struct diags *diags)
{
    struct intake intake;
    struct places places;
    struct scopes scopes;
    struct vec contributions;
    *path_result = (struct measure_paths){.resolved = 0};
    intake_open(&intake, reports, specs, policy, diags);
    places_open(&places, paths, policy);
    scopes_open(&scopes, &intake, &places);
    vec_init(&contributions, sizeof(struct contribution));
    for (size_t at = 0; at < intake.sources.count; at++) {
        const struct source *source = vec_at(&intake.sources, at);
        places_read(&places, source->report, source->root, diags);
        count_source(source, &scopes, &contributions, path_result);
        settle_details(&source->report->findings.details, &places);
        add_snapshot_source(source->report, out);
    }
    merge_count(&contributions, &scopes);
    scopes_write(&scopes, out);
    number_metrics(&scopes, out, diags);
    snapshot_sort(out);
    if (out->metrics.count > LIMIT_SNAPSHOT_METRICS) {
        diags_add_format(diags, DIAG_MEASURE_METRICS, policy->path, 0, 0,
                         "%zu metrics, but a snapshot holds %llu", out->metrics.count,
                         (unsigned long long)LIMIT_SNAPSHOT_METRICS);
    }
    pattern_check(&places, diags);
    places_sum_up(&places, path_result);
    vec_release(&contributions);
    scopes_close(&scopes);
    places_close(&places);
    intake_close(&intake);
}

const struct name *measure_paths_text(const struct measure_paths *paths, struct names *names)
{
    struct buf text;
    uint64_t lost = paths->unresolved + paths->ambiguous;
    if (lost == 0) {
        return NULL;
    }
    buf_init(&text);
    buf_add_format(&text, "%llu of %llu report paths match no single file of the repository:",
                   (unsigned long long)lost, (unsigned long long)lost + paths->resolved);
    for (size_t index = 0; index < paths->examples.count && index < 3; index++) {
        const struct measure_path *example = vec_at(&paths->examples, index);
        buf_add_format(&text, "%s %s%s", index > 0 ? "," : "", name_text(example->path),
                       example->ambiguous ? " (several candidates)" : "");
    }
    buf_add_text(&text, paths->examples.count > 3 ? ", ..." : "");
    const struct name *sentence = names_add(names, buf_span(&text));
    buf_release(&text);
    return sentence;
}

const struct name *measure_left_out_text(const struct measure_paths *paths,
                                         const struct policy *policy, struct names *names)
{
    struct buf text;
    if (paths->findings_left_out + paths->files_left_out == 0) {
        return NULL;
    }
    buf_init(&text);
    if (paths->findings_left_out > 0) {
        buf_add_count(&text, paths->findings_left_out, "finding", "findings");
    }
    if (paths->files_left_out > 0) {
        buf_add_text(&text, text.size > 0 ? " and coverage of " : "coverage of ");
        buf_add_count(&text, paths->files_left_out, "file", "files");
    }
    buf_add_format(&text, ", by %s in the policy",
                   policy->exclude.count == 0   ? "`include`"
                   : policy->include.count == 0 ? "`exclude`"
                                                : "`include` and `exclude`");
    const struct name *sentence = names_add(names, buf_span(&text));
    buf_release(&text);
    return sentence;
}

void measure_paths_release(struct measure_paths *paths)
{
    vec_release(&paths->examples);
}
