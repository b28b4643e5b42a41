/* A report's life: opened empty, filled by the sink, rolled back when damaged, closed. */
#include "model/report.h"

#include "base/mem.h"

#include <stdlib.h>

static void init_rows(struct report *report)
{
    arena_init(&report->arena);
    vec_init(&report->sources, sizeof(const struct name *));
    vec_init(&report->files, sizeof(struct file_coverage));
    map_init(&report->file_of_path);
    report->tests = (struct tests){.total = 0};
    vec_init(&report->tests.rows, sizeof(struct test_row));
    vec_init(&report->tests.details, sizeof(struct test_detail));
    report->findings = (struct findings){.has_bands = false};
    vec_init(&report->findings.rows, sizeof(struct finding_row));
    vec_init(&report->findings.details, sizeof(struct finding_detail));
    vec_init(&report->numbers, sizeof(struct number_row));
}

static void release_rows(struct report *report)
{
    arena_release(&report->arena);
    vec_release(&report->sources);
    vec_release(&report->files);
    map_release(&report->file_of_path);
    vec_release(&report->tests.rows);
    vec_release(&report->tests.details);
    vec_release(&report->findings.rows);
    vec_release(&report->findings.details);
    vec_release(&report->numbers);
}

struct report *report_open(struct names *names, struct span path)
{
    struct report *report = mem_alloc(sizeof(*report));
    init_rows(report);
    report->path = names_add(names, path);
    diags_init(&report->diags, names);
    return report;
}

void report_close(struct report *report)
{
    release_rows(report);
    diags_release(&report->diags);
    free(report);
}

void report_roll_back(struct report *report)
{
    release_rows(report);
    init_rows(report);
}

const char *level_text(enum level level)
{
    static const char *const texts[] = {"none", "note", "warning", "error"};
    return texts[level];
}

const char *band_text(enum band band)
{
    static const char *const texts[] = {"none", "low", "medium", "high", "critical"};
    return texts[band];
}
