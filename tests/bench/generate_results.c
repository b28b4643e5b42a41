/* Test results, and findings as SARIF, ESLint JSON and compiler text. */
#include "generate.h"

#include <inttypes.h>

/* ---- JUnit ---- */

enum { SUITE_TESTS = 50 };

static void write_outcome(struct maker *maker)
{
    uint32_t fate = below(maker, 100);
    struct draw drawn = draw(maker);
    if (fate < 3) {
        maker->totals.failed++;
        fprintf(maker->out,
                "<failure message=\"expected %" PRIu32 " &lt; %" PRIu32
                "\" type=\"AssertionError\">Traceback (most recent call last):\n"
                "  File \"test_%s.py\", line %" PRIu32 ", in test\n"
                "AssertionError: the %s &amp; the %s differ</failure>",
                drawn.number[0] % 100, drawn.number[1] % 100, drawn.word[0], drawn.number[2] % 900,
                drawn.word[1], drawn.word[2]);
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
                "<testcase classname=\"tests.%s.Test%" PRIu32 "\" name=\"test_%s_%s_%" PRIu32
                "\" time=\"%" PRIu32 ".%03" PRIu32 "\">",
                drawn.word[2], number / SUITE_TESTS, drawn.word[3], drawn.word[4], number,
                milliseconds / 1000, milliseconds % 1000);
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

/* ---- SARIF ---- */

static const char *const level_names[LEVELS] = {"error", "warning", "note"};

/* Rule `number` has this level and, two times in three, a security severity. */
static unsigned level_of_rule(uint32_t number)
{
    return number % 7 == 0 ? LEVEL_ERROR : number % 3 == 0 ? LEVEL_NOTE : LEVEL_WARNING;
}

static unsigned band_of_rule(uint32_t number)
{
    static const unsigned bands[] = {BAND_HIGH, BAND_MEDIUM, BANDS, BAND_CRITICAL, BAND_LOW, BANDS};
    return bands[number % 6];
}

static void write_rule(struct maker *maker, uint32_t number)
{
    static const char *const severities[BANDS] = {"9.8", "7.5", "5.0", "2.1"};
    struct draw drawn = draw(maker);
    fprintf(maker->out,
            "%s\n          {\"id\": \"TG%04" PRIu32 "\", \"name\": \"%s-%s\",\n"
            "           \"shortDescription\": {\"text\": \"the %s of the %s\"},\n"
            "           \"defaultConfiguration\": {\"level\": \"%s\"}",
            number > 0 ? "," : "", number, drawn.word[0], drawn.word[1], drawn.word[2],
            drawn.word[3], level_names[level_of_rule(number)]);
    if (band_of_rule(number) < BANDS) {
        fprintf(maker->out, ", \"properties\": {\"security-severity\": \"%s\"}",
                severities[band_of_rule(number)]);
    }
    fputc('}', maker->out);
}

static void count_result(struct totals *totals, unsigned level, unsigned band, bool suppressed)
{
    totals->suppressed += suppressed;
    totals->levels[level] += !suppressed;
    if (!suppressed && band < BANDS) {
        totals->bands[band]++;
    }
}

static void write_result(struct maker *maker, uint32_t rule, bool first)
{
    char path[128];
    struct draw drawn = draw(maker);
    bool own_level = chance(maker, 50);
    bool suppressed = chance(maker, 3);
    unsigned level = own_level ? drawn.number[0] % LEVELS : level_of_rule(rule);
    path_of(drawn.number[1] % 5000, path, sizeof(path));
    fprintf(maker->out, "%s\n        {\"ruleId\": \"TG%04" PRIu32 "\", \"ruleIndex\": %" PRIu32,
            first ? "" : ",", rule, rule);
    if (own_level) {
        fprintf(maker->out, ", \"level\": \"%s\"", level_names[level]);
    }
    fprintf(
        maker->out,
        ",\n         \"message\": {\"text\": \"the %s \\\"%s\\\" meets the %s\\nat the %s \\u2013 "
        "see the manual\"},\n         \"locations\": [{\"physicalLocation\": "
        "{\"artifactLocation\": {\"uri\": \"%s\"},\n          \"region\": {\"startLine\": %" PRIu32
        ", \"startColumn\": %" PRIu32 "}}}]",
        drawn.word[0], drawn.word[1], drawn.word[2], drawn.word[3], path,
        1 + drawn.number[2] % 2000, 1 + drawn.number[3] % 80);
    fputs(suppressed ? ",\n         \"suppressions\": [{\"kind\": \"inSource\"}]}" : "}",
          maker->out);
    count_result(&maker->totals, level, band_of_rule(rule), suppressed);
}

void make_sarif(struct maker *maker, uint32_t items)
{
    uint32_t rules = 20 + items / 50;
    fputs("{\n  \"version\": \"2.1.0\",\n  \"$schema\": "
          "\"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"runs\": [\n    {\n"
          "      \"tool\": {\"driver\": {\"name\": \"bench\", \"version\": \"1.0\",\n"
          "        \"rules\": [",
          maker->out);
    for (uint32_t number = 0; number < rules; number++) {
        write_rule(maker, number);
    }
    fputs("]}},\n      \"results\": [", maker->out);
    for (uint32_t number = 0; number < items; number++) {
        write_result(maker, below(maker, rules), number == 0);
    }
    fputs("]\n    }\n  ]\n}\n", maker->out);
}

/* ---- ESLint ---- */

static void write_message(struct maker *maker, bool first)
{
    struct draw drawn = draw(maker);
    bool error = chance(maker, 30);
    fprintf(maker->out,
            "%s{\"ruleId\":\"no-%s-%s\",\"severity\":%d,\"message\":\"'%s' is a %s, but never a "
            "%s.\",\"line\":%" PRIu32 ",\"column\":%" PRIu32
            ",\"nodeType\":\"Identifier\",\"messageId\":\"%s\"}",
            first ? "" : ",", drawn.word[0], drawn.word[1], error ? 2 : 1, drawn.word[2],
            drawn.word[3], drawn.word[4], 1 + drawn.number[0] % 900, 1 + drawn.number[1] % 100,
            drawn.word[5]);
    maker->totals.levels[error ? LEVEL_ERROR : LEVEL_WARNING]++;
}

void make_eslint(struct maker *maker, uint32_t items)
{
    uint32_t left = items;
    fputc('[', maker->out);
    for (uint32_t file = 0; left > 0; file++) {
        char path[128];
        struct draw drawn = draw(maker);
        uint32_t here = below(maker, 12);
        here = here < left ? here : left;
        path_of(file, path, sizeof(path));
        fprintf(maker->out, "%s{\"filePath\":\"/home/ci/work/%s\",\"messages\":[",
                file > 0 ? "," : "", path);
        for (uint32_t i = 0; i < here; i++) {
            write_message(maker, i == 0);
        }
        fprintf(maker->out,
                "],\"suppressedMessages\":[],\"errorCount\":0,\"warningCount\":0,"
                "\"source\":\"const %s = require('%s');\\n\\nmodule.exports = { %s };\\n\"}",
                drawn.word[0], drawn.word[1], drawn.word[0]);
        left -= here;
    }
    fputs("]\n", maker->out);
}

/* ---- compiler ---- */

static void write_diagnostic(struct maker *maker, const char *path)
{
    struct draw drawn = draw(maker);
    bool error = chance(maker, 2);
    uint32_t line = 1 + drawn.number[0] % 2000;
    fprintf(maker->out,
            "%s: In function '%s_%s':\n%s:%" PRIu32 ":%" PRIu32 ": %s: '%s' may be used as '%s'%s\n"
            "%5" PRIu32 " |     %s = %s(%s);\n      |     ^~~~~~\n",
            path, drawn.word[0], drawn.word[1], path, line, 1 + drawn.number[1] % 60,
            error ? "error" : "warning", drawn.word[2], drawn.word[3],
            error ? "" : " [-Wmaybe-uninitialized]", line, drawn.word[2], drawn.word[4],
            drawn.word[5]);
    if (drawn.number[2] % 100 < 15) {
        fprintf(maker->out, "%s:%" PRIu32 ":7: note: '%s' was declared here\n", path, line + 3,
                drawn.word[2]);
    }
    maker->totals.levels[error ? LEVEL_ERROR : LEVEL_WARNING]++;
}

void make_compiler(struct maker *maker, uint32_t items)
{
    char path[128];
    for (uint32_t number = 0; number < items; number++) {
        path_of(number / 9, path, sizeof(path));
        if (number % 9 == 0) {
            fprintf(maker->out, "[%" PRIu32 "/%" PRIu32 "] Building C object %s.o\n",
                    number / 9 + 1, items / 9 + 1, path);
        }
        write_diagnostic(maker, path);
    }
}
