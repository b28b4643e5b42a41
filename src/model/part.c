/* Facts that went through a sink once -> the report of a part. */
#include "model/part.h"

#include "base/limits.h"
#include "base/path.h"
#include "model/sink_coverage.h"

struct span part_usual_folder(struct span path)
{
    size_t slash = span_find_last(path, '/');
    bool inside = slash != SIZE_MAX && !path_is_absolute(path) && !path_escapes(path);
    return span_until(path, inside ? slash : 0);
}

static const struct name *folder_of(struct names *names, const struct part *part)
{
    struct span folder =
        part->folder != NULL ? name_span(part->folder) : part_usual_folder(name_span(part->path));
    return folder.size > 0 ? names_add(names, folder) : NULL;
}

void part_begin(struct sink *sink, const struct part *part)
{
    struct report *report = report_open(sink->names, name_span(part->path));
    *(struct report **)vec_add(&sink->report->parts) = report;
    report->folder = folder_of(sink->names, part);
    report->group = part->group;
    report->root = part->root;
    report->is_part = true;
    report->work_tree = part->work_tree;
    report->commit = part->commit;
    report->tree = part->tree;
    report->format = part->format != NULL ? name_text(part->format) : NULL;
    report->tool = part->tool;
    report->tool_version = part->tool_version;
    report->state = part->state;
    report->families = part->families;
    report->possible = part->possible;
    report->bytes = part->bytes;
    report->digest = part->digest;
    report->modified = part->modified;
    sink->whole = sink->report;
    sink->report = report;
}

void part_end(struct sink *sink)
{
    if (sink->whole == NULL) {
        return;
    }
    sink_coverage_keep(sink);
    sink->coverage = NULL;
    sink->rows = NULL;
    for (unsigned level = LEVEL_NONE; level <= LEVEL_ERROR; level++) {
        sink->details_of_level[level] = 0;
    }
    sink->report = sink->whole;
    sink->whole = NULL;
}

void part_diag(struct sink *sink, const struct diag *diag)
{
    struct diags *diags = &sink->report->diags;
    struct span text = name_span(diag->text);
    diags_add(diags, diag->code, sink->report->path, diag->line, diag->column, text);
    diags_repeat(diags, diag->code, diag->repeats);
}

bool part_coverage(struct sink *sink, enum coverage_text kind, struct span text,
                   struct coverage_room *room)
{
    return sink->rows == NULL || coverage_text_read(sink->rows, kind, text, room);
}

void part_cases(struct sink *sink, uint32_t outcome, uint64_t count)
{
    tests_count(&sink->report->tests, outcome, count);
    sink->report->families |= FAMILY_TESTS;
}

void part_test_totals(struct sink *sink, uint64_t suite_errors, struct decimal time)
{
    sink->report->tests.suite_errors = suite_errors;
    sink->report->tests.time = time;
    sink->report->families |= FAMILY_TESTS;
}

void part_test_detail(struct sink *sink, const struct test_detail *detail)
{
    struct vec *details = &sink->report->tests.details;
    if (details->count < LIMIT_DETAILS) {
        *(struct test_detail *)vec_add(details) = *detail;
    }
}

void part_finding(struct sink *sink, const struct finding_row *row)
{
    struct findings *findings = &sink->report->findings;
    *(struct finding_row *)vec_add(&findings->rows) = *row;
    findings->has_bands = findings->has_bands || row->band != BAND_NONE;
    sink->report->families |= FAMILY_FINDINGS;
}

void part_rule(struct sink *sink, const struct rule_row *row)
{
    *(struct rule_row *)vec_add(&sink->report->findings.rules) = *row;
}

void part_finding_detail(struct sink *sink, const struct finding_detail *detail)
{
    if (sink->details_of_level[detail->level]++ < LIMIT_DETAILS) {
        struct vec *details = &sink->report->findings.details;
        *(struct finding_detail *)vec_add(details) = *detail;
    }
}
