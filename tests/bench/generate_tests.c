/* Test results as JUnit XML, some 175 bytes for a test, as in real reports. */
#include "generate.h"

#include <inttypes.h>

enum { SUITE_TESTS = 50 };

/* The stack of a failed test: a few frames with the line of each. */
static void write_frames(struct maker *maker)
{
    fputs("Traceback (most recent call last):\n", maker->out);
    for (uint32_t frames = 2 + below(maker, 8); frames > 0; frames--) {
        struct draw drawn = draw(maker);
        fprintf(maker->out,
                "  File &quot;/home/ci/work/src/%s/%s.py&quot;, line %" PRIu32 ", in %s\n"
                "    %s = %s(%s, %" PRIu32 ")\n",
                drawn.word[0], drawn.word[1], drawn.number[0] % 900, drawn.word[2], drawn.word[3],
                drawn.word[4], drawn.word[5], drawn.number[1] % 100);
    }
}

static void write_outcome(struct maker *maker)
{
    uint32_t fate = below(maker, 100);
    struct draw drawn = draw(maker);
    if (fate < 3) {
        maker->totals.failed++;
        fprintf(maker->out,
                "<failure message=\"expected %" PRIu32 " &lt; %" PRIu32
                "\" type=\"AssertionError\">",
                drawn.number[0] % 100, drawn.number[1] % 100);
        write_frames(maker);
        fprintf(maker->out, "AssertionError: the %s &amp; the %s differ</failure>", drawn.word[1],
                drawn.word[2]);
    } else if (fate < 4) {
        maker->totals.errors++;
        fputs("<error message=\"no such device\" type=\"OSError\"/>", maker->out);
    } else if (fate < 8) {
        maker->totals.skipped++;
        fputs("<skipped message=\"needs a network\"/>", maker->out);
    }
}

static void write_output(struct maker *maker)
{
    bool raw = chance(maker, 50);
    fputs(raw ? "<system-out><![CDATA[" : "<system-out>", maker->out);
    for (uint32_t lines = 1 + below(maker, 12); lines > 0; lines--) {
        struct draw drawn = draw(maker);
        fprintf(maker->out, "12:00:%02" PRIu32 " INFO %s: %s %s %s %" PRIu32 " of %" PRIu32 "\n",
                drawn.number[0] % 60, drawn.word[0], drawn.word[1], drawn.word[2], drawn.word[3],
                drawn.number[1] % 500, drawn.number[2] % 500);
    }
    fputs(raw ? "]]></system-out>" : "</system-out>", maker->out);
}

void make_junit(struct maker *maker, uint32_t items)
{
    fputs("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<testsuites>\n", maker->out);
    for (uint32_t number = 0; number < items; number++) {
        struct draw drawn = draw(maker);
        uint32_t milliseconds = drawn.number[0] % (drawn.number[1] % 4 == 0 ? 2000 : 20);
        if (number % SUITE_TESTS == 0) {
            fprintf(maker->out, "%s<testsuite name=\"%s.%s_%" PRIu32 "\">\n",
                    number > 0 ? "</testsuite>\n" : "", drawn.word[0], drawn.word[1],
                    number / SUITE_TESTS);
        }
        fprintf(maker->out,
                "  <testcase classname=\"tests.%s.test_%s.Test%" PRIu32
                "\" name=\"test_%s_%s_%" PRIu32 "\" time=\"%" PRIu32 ".%03" PRIu32 "\">",
                drawn.word[2], drawn.word[5], number / SUITE_TESTS, drawn.word[3], drawn.word[4],
                number, milliseconds / 1000, milliseconds % 1000);
        write_outcome(maker);
        if (chance(maker, 12)) {
            write_output(maker);
        }
        fputs("</testcase>\n", maker->out);
        maker->totals.milliseconds += milliseconds;
        maker->totals.tests++;
    }
    fprintf(maker->out, "%s</testsuites>\n", items > 0 ? "</testsuite>\n" : "");
}
