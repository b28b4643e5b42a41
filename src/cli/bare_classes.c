/* Empty reports of classes whose tests stand in the report of another class -> whole ones.
 *
 * Surefire and Failsafe 3 have a file for each class that JUnit began. With @Nested classes they
 * write the tests of all into one of these files, and a class that an assumption stopped has none
 * at all, so files without a test are as usual as others. A folder of nothing else is that of a run
 * in which no test ran. */
#include "cli/bare_classes.h"

#include "base/hash.h"
#include "base/map.h"
#include "base/path.h"
#include "model/report.h"

/* Equal for reports of one folder and group. */
static uint64_t place_of(const struct report *report)
{
    struct span path = name_span(report->path);
    struct span folder = span_until(path, path.size - path_base(path).size);
    return hash64(folder, map_key(report->group));
}

void bare_classes_settle(const struct vec *reports)
{
    struct map tested;
    map_init(&tested);
    for (size_t index = 0; index < reports->count; index++) {
        const struct report *report = *(struct report *const *)vec_at(reports, index);
        if (report->of_one_class && report->tests.total > 0) {
            *map_put(&tested, place_of(report)) = 1;
        }
    }
    for (size_t index = 0; index < reports->count && tested.count > 0; index++) {
        struct report *report = *(struct report *const *)vec_at(reports, index);
        if (report->of_one_class && report->state == STATE_EMPTY &&
            map_find(&tested, place_of(report)) != NULL) {
            report->state = STATE_OK;
            diags_forget(&report->diags, DIAG_REPORT_NOTHING);
        }
    }
    map_release(&tested);
}
