/* Copies among the files of one entry -> a missing report.
 *
 * A shard that was handed over twice, while another was lost, leaves as many files as there should
 * be. What is equal counts once in every metric, so without this nothing would tell that one is
 * missing. */
#include "cli/same_content.h"

#include "cli/find_reports.h"
#include "measure/intake.h"

static const struct report *report_of(const struct pipeline *pipeline,
                                      const struct found_report *found, size_t at)
{
    return *(struct report *const *)vec_at(&pipeline->reports, found->first + at);
}

/* Did both files, as they were read, tell the same and not nothing? */
static bool same_content(const struct pipeline *pipeline, const struct found_report *left,
                         const struct found_report *right)
{
    bool rows = false;
    if (left->count != right->count) {
        return false;
    }
    for (size_t at = 0; at < left->count; at++) {
        const struct report *one = report_of(pipeline, left, at);
        const struct report *two = report_of(pipeline, right, at);
        if (hash128_compare(one->digest, two->digest) != 0 || one->group != two->group ||
            report_has_rows(one) != report_has_rows(two)) {
            return false;
        }
        rows = rows || report_has_rows(one);
    }
    return rows;
}

/* The first file of the same entry with this content, or NULL. */
static const struct found_report *find_original(const struct pipeline *pipeline, size_t index)
{
    const struct found_report *copy = vec_at(&pipeline->found, index);
    for (size_t before = 0; before < index; before++) {
        const struct found_report *found = vec_at(&pipeline->found, before);
        if (found->spec == copy->spec && same_content(pipeline, found, copy)) {
            return found;
        }
    }
    return NULL;
}

/* Is there a file too few or too many among what was found from `first` up to `end`? */
static bool is_miscounted(const struct pipeline *pipeline, const struct report_spec *spec,
                          size_t first, size_t end)
{
    for (size_t index = first; index < end; index++) {
        const struct found_report *found = vec_at(&pipeline->found, index);
        if (found->spec == spec && (found->missing || found->surplus)) {
            return true;
        }
    }
    return false;
}

static void add_missing(struct pipeline *pipeline, const struct report_spec *spec)
{
    const struct found_report missing = {.path = spec->pattern, .spec = spec, .missing = true};
    *(struct found_report *)vec_add(&pipeline->found) = missing;
    pipeline_read(pipeline, &missing, NULL, "");
}

void same_content_check(struct pipeline *pipeline)
{
    size_t count = pipeline->found.count;
    for (size_t index = 0; index < count; index++) {
        const struct found_report *copy = vec_at(&pipeline->found, index);
        const struct report_spec *spec = copy->spec;
        if (spec == NULL || spec->expect == 0 || is_miscounted(pipeline, spec, 0, count)) {
            continue; /* a wrong number was said before */
        }
        const struct found_report *original = find_original(pipeline, index);
        if (original == NULL) {
            continue;
        }
        diags_add_format(
            pipeline->diags, DIAG_CLI_EXPECT, pipeline->policy->path, spec->line, spec->column,
            "%s has the same content as %s and counts once, %llu different files are "
            "expected",
            name_text(copy->path), name_text(original->path), (unsigned long long)spec->expect);
        if (!is_miscounted(pipeline, spec, count, pipeline->found.count)) {
            add_missing(pipeline, spec);
        }
    }
}
