/* Empty reports of classes whose tests stand in the report of another class -> whole ones.
 *
 * Surefire and Failsafe 3 have a file for each class that JUnit began. With @Nested classes they
 * write the tests of all into one of these files, and a class that an assumption stopped has none
 * at all, so files without a test are as usual as others. A folder of nothing else is that of a run
 * in which no test ran. */
#include "cli/bare_classes.h"

#include "base/path.h"
#include "model/report.h"

static struct span folder_of(const struct report *report)
{
    struct span path = name_span(report->path);
    return span_until(path, path.size - path_base(path).size);
}

static bool has_tests_beside(const struct vec *reports, const struct report *bare)
{
    for (size_t index = 0; index < reports->count; index++) {
        const struct report *report = *(struct report *const *)vec_at(reports, index);
        if (report->of_one_class && report->tests.total > 0 && report->group == bare->group &&
            span_equal(folder_of(report), folder_of(bare))) {
            return true;
        }
    }
    return false;
}

void bare_classes_settle(const struct vec *reports)
{
    for (size_t index = 0; index < reports->count; index++) {
        struct report *report = *(struct report *const *)vec_at(reports, index);
        if (report->of_one_class && report->state == STATE_EMPTY &&
            has_tests_beside(reports, report)) {
            report->state = STATE_OK;
            diags_forget(&report->diags, DIAG_REPORT_NOTHING);
        }
    }
}
