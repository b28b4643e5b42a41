/* Findings as SARIF, ESLint JSON and compiler text. */
#include "generate.h"

#include <inttypes.h>

/* ---- SARIF: some 900 bytes for a result, as in real reports ---- */

enum { RULES_MOST = 400, FILES_WITH_RESULTS = 5000 };

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

static void write_location(struct maker *maker, const char *path, uint32_t line, uint32_t column)
{
    struct draw drawn = draw(maker);
    fprintf(
        maker->out,
        "\n          \"locations\": [\n            {\n              \"physicalLocation\": {\n"
        "                \"artifactLocation\": {\n                  \"uri\": \"%s\",\n"
        "                  \"uriBaseId\": \"%%SRCROOT%%\"\n                },\n"
        "                \"region\": {\n                  \"startLine\": %" PRIu32
        ",\n                  \"startColumn\": %" PRIu32
        ",\n                  \"endLine\": %" PRIu32 ",\n                  \"endColumn\": %" PRIu32
        ",\n                  \"snippet\": {\n                    \"text\": \"    %s = %s(%s, "
        "&%s->%s);\\n\"\n                  }\n                }\n              }\n            }\n"
        "          ],",
        path, line, column, line, column + 5, drawn.word[0], drawn.word[1], drawn.word[2],
        drawn.word[3], drawn.word[4]);
}

static void write_result(struct maker *maker, uint32_t rule, bool first)
{
    char path[128];
    struct draw drawn = draw(maker);
    bool own_level = chance(maker, 50);
    bool suppressed = chance(maker, 3);
    unsigned level = own_level ? drawn.number[0] % LEVELS : level_of_rule(rule);
    path_of(drawn.number[1] % FILES_WITH_RESULTS, path, sizeof(path));
    fprintf(maker->out,
            "%s\n        {\n          \"ruleId\": \"TG%04" PRIu32
            "\",\n          \"ruleIndex\": %" PRIu32 ",",
            first ? "" : ",", rule, rule);
    if (own_level) {
        fprintf(maker->out, "\n          \"level\": \"%s\",", level_names[level]);
    }
    fprintf(
        maker->out,
        "\n          \"message\": {\n            \"text\": \"the %s \\\"%s\\\" meets the %s\\nat "
        "the %s \\u2013 see the manual\"\n          },",
        drawn.word[0], drawn.word[1], drawn.word[2], drawn.word[3]);
    write_location(maker, path, 1 + drawn.number[2] % 2000, 1 + drawn.number[3] % 80);
    fprintf(maker->out,
            "\n          \"partialFingerprints\": {\n            \"primaryLocationLineHash\": "
            "\"%08" PRIx32 "%08" PRIx32 ":1\"\n          }%s\n        }",
            drawn.number[0], drawn.number[1],
            suppressed ? ",\n          \"suppressions\": [\n            {\n              "
                         "\"kind\": \"inSource\"\n            }\n          ]"
                       : "");
    count_result(&maker->totals, level, band_of_rule(rule), suppressed);
}

void make_sarif(struct maker *maker, uint32_t items)
{
    uint32_t rules = items / 50 < RULES_MOST ? 20 + items / 50 : RULES_MOST;
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
        write_result(maker, below(maker, 1 + below(maker, rules)), number == 0);
    }
    fputs("]\n    }\n  ]\n}\n", maker->out);
}

/* ---- ESLint: some 550 bytes for a message with its share of the source ---- */

enum { ESLINT_RULES = 64, MESSAGES_MOST = 12 };

/* A few rules make most of the messages. Returns whether it is an error. */
static bool write_message(struct maker *maker, bool first)
{
    struct draw drawn = draw(maker);
    bool error = chance(maker, 30);
    uint32_t rule = below(maker, 1 + below(maker, ESLINT_RULES));
    uint32_t line = 1 + drawn.number[0] % 900;
    uint32_t column = 1 + drawn.number[1] % 100;
    fprintf(maker->out,
            "%s{\"ruleId\":\"no-%s-%" PRIu32
            "\",\"severity\":%d,\"message\":\"'%s' is a %s, but never "
            "a \\\"%s\\\".\",\"line\":%" PRIu32 ",\"column\":%" PRIu32
            ",\"nodeType\":\"Identifier\",\"messageId\":\"%s\",\"endLine\":%" PRIu32
            ",\"endColumn\":%" PRIu32 "}",
            first ? "" : ",", level_names[rule % LEVELS], rule, error ? 2 : 1, drawn.word[2],
            drawn.word[3], drawn.word[4], line, column, drawn.word[5], line, column + 6);
    maker->totals.levels[error ? LEVEL_ERROR : LEVEL_WARNING]++;
    return error;
}

/* ESLint repeats the text of each file that it has something to say about. */
static void write_source_text(struct maker *maker)
{
    fputs(",\"source\":\"", maker->out);
    for (uint32_t lines = 10 + below(maker, 50); lines > 0; lines--) {
        struct draw drawn = draw(maker);
        fprintf(maker->out, "  const %s = await %s.%s('%s', \\\"%s\\\");\\n", drawn.word[0],
                drawn.word[1], drawn.word[2], drawn.word[3], drawn.word[4]);
    }
    fputc('"', maker->out);
}

void make_eslint(struct maker *maker, uint32_t items)
{
    uint32_t left = items;
    fputc('[', maker->out);
    for (uint32_t file = 0; left > 0; file++) {
        char path[128];
        uint32_t here = below(maker, MESSAGES_MOST);
        here = here < left ? here : left;
        path_of(file, path, sizeof(path));
        fprintf(maker->out, "%s{\"filePath\":\"/home/ci/work/%s\",\"messages\":[",
                file > 0 ? "," : "", path);
        uint32_t errors = 0;
        for (uint32_t i = 0; i < here; i++) {
            errors += write_message(maker, i == 0);
        }
        fprintf(maker->out,
                "],\"suppressedMessages\":[],\"errorCount\":%" PRIu32 ",\"fatalErrorCount\":0,"
                "\"warningCount\":%" PRIu32 ",\"fixableErrorCount\":0,\"fixableWarningCount\":0",
                errors, here - errors);
        if (here > 0) {
            write_source_text(maker);
        }
        fputs(",\"usedDeprecatedRules\":[]}", maker->out);
        left -= here;
    }
    fputs("]\n", maker->out);
}

/* ---- compiler: some 240 bytes for a diagnostic, as in real logs ---- */

enum { DIAGNOSTICS_OF_FILE = 9, DIAGNOSTICS_OF_FUNCTION = 3 };

/* gcc names the function once, before the first diagnostic in it. */
static void write_diagnostic(struct maker *maker, const char *path, bool new_function)
{
    struct draw drawn = draw(maker);
    bool error = chance(maker, 2);
    uint32_t line = 1 + drawn.number[0] % 2000;
    if (new_function) {
        fprintf(maker->out, "%s: In function '%s_%s':\n", path, drawn.word[0], drawn.word[1]);
    }
    fprintf(maker->out,
            "%s:%" PRIu32 ":%" PRIu32 ": %s: '%s' may be used as '%s' in this function%s\n"
            "%5" PRIu32 " |     %s = %s_%s(%s, &%s->%s);\n      |     ^~~~~~\n",
            path, line, 1 + drawn.number[1] % 60, error ? "error" : "warning", drawn.word[2],
            drawn.word[3], error ? "" : " [-Wmaybe-uninitialized]", line, drawn.word[2],
            drawn.word[4], drawn.word[5], drawn.word[6], drawn.word[7], drawn.word[0]);
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
        path_of(number / DIAGNOSTICS_OF_FILE, path, sizeof(path));
        if (number % DIAGNOSTICS_OF_FILE == 0) {
            fprintf(
                maker->out,
                "cc -DHAVE_CONFIG_H -I. -I.. -Iinclude -Wall -Wextra -O2 -g -MT %s.o -MD -MP -MF "
                "%s.d -c -o %s.o %s\n",
                path, path, path, path);
        }
        write_diagnostic(maker, path, number % DIAGNOSTICS_OF_FUNCTION == 0);
    }
}
