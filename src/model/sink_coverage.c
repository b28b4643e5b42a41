/* The coverage side of the sink: lines, branches and functions -> the rows of the file that they
 * belong to.
 *
 * Rows gather in one place that is used again for each file, and move to the file, exactly sized,
 * when the next one begins. A file that comes twice keeps both, because its rows are a union. */
#include "model/sink_coverage.h"

#include "base/limits.h"
#include "model/kept_text.h"

static bool has_source_root(const struct report *report, const struct name *root)
{
    for (size_t index = 0; index < report->sources.count; index++) {
        if (*(const struct name *const *)vec_at(&report->sources, index) == root) {
            return true;
        }
    }
    return false;
}

void sink_source_root(struct sink *sink, struct span path)
{
    const struct name *root = kept_text_add_path(sink->names, path);
    if (sink->refused || root == NULL || has_source_root(sink->report, root)) {
        return;
    }
    if (sink->report->sources.count == LIMIT_SOURCE_ROOTS) {
        sink_refuse(sink, DIAG_INPUT_LIMIT, 0, 0, SPAN("too many source roots"));
        return;
    }
    *(const struct name **)vec_add(&sink->report->sources) = root;
}

const struct coverage *sink_rows(struct sink *sink)
{
    coverage_settle(sink->gathered);
    return sink->gathered;
}

void sink_coverage_keep(struct sink *sink)
{
    if (sink->coverage != NULL) {
        coverage_merge(sink->coverage, sink_rows(sink));
        coverage_clear(sink->gathered);
    }
}

void sink_file(struct sink *sink, struct span path)
{
    struct report *report = sink->report;
    if (sink->refused) {
        return;
    }
    report->families |= FAMILY_COVERAGE;
    const struct name *name = kept_text_add_distinct_path(sink->names, path);
    uint64_t *slot = map_put(&report->file_of_path, map_key(name));
    if (*slot == 0) {
        struct file_coverage *file = vec_add(&report->files);
        file->path = name;
        file->coverage = coverage_new(&report->arena);
        *slot = report->files.count;
    }
    struct file_coverage *file = vec_at(&report->files, (size_t)*slot - 1);
    sink_coverage_keep(sink);
    sink->coverage = file->coverage;
    sink->rows = sink->gathered;
}

void sink_rows_add(struct sink *sink, const struct coverage *rows)
{
    if (sink->rows != NULL) {
        coverage_merge(sink->rows, rows);
    }
}

struct ratio sink_lines(struct sink *sink)
{
    struct ratio lines = {0, 0};
    sink_coverage_keep(sink);
    for (size_t index = 0; index < sink->report->files.count; index++) {
        const struct file_coverage *file = vec_at(&sink->report->files, index);
        coverage_settle(file->coverage);
        struct ratio more = coverage_lines(file->coverage);
        lines.covered += more.covered;
        lines.total += more.total;
    }
    return lines;
}

bool sink_branch_named(struct sink *sink, uint64_t line, struct span id, uint64_t taken)
{
    if (line > LIMIT_LINE_NUMBER) {
        return false;
    }
    if (sink->rows != NULL) {
        coverage_add_branch_named(sink->rows, (uint32_t)line, id, taken > 0);
    }
    return true;
}

bool sink_branches(struct sink *sink, uint64_t line, uint64_t taken, uint64_t total)
{
    if (line > LIMIT_LINE_NUMBER || taken > total || total > UINT32_MAX) {
        return false;
    }
    if (sink->rows != NULL) {
        coverage_add_branches(sink->rows, (uint32_t)line, (uint32_t)taken, (uint32_t)total);
    }
    return true;
}

void sink_function(struct sink *sink, struct span id, uint64_t hits)
{
    if (sink->rows != NULL) {
        coverage_add_function(sink->rows, id, hits > 0);
    }
}
