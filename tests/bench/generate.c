/* generate FORMAT ITEMS SEED [FUNCTIONS]: writes a report to standard output and what it holds,
 * as JSON in the words of `tidegate collect --json`, to standard error.
 *
 * It is written in the pieces of 4 KiB that the C library makes, as most tools do: how a file was
 * written decides how the system keeps it in memory, and how long reading takes. */
#include "generate.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The finaliser of SplitMix64: good enough for lengths and outcomes, and the same everywhere. */
static uint64_t mix(uint64_t value)
{
    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

uint32_t below(struct maker *maker, uint32_t limit)
{
    maker->state += UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)((mix(maker->state) >> 32) * limit >> 32);
}

bool chance(struct maker *maker, uint32_t percent)
{
    return below(maker, 100) < percent;
}

static const char *const words[] = {
    "anchor", "basin",  "buoy",    "canal", "channel", "current", "delta",   "dock",
    "ebb",    "eddy",   "estuary", "ferry", "flood",   "gate",    "harbour", "keel",
    "lagoon", "ledger", "levee",   "lock",  "marsh",   "mooring", "pier",    "pilot",
    "quay",   "reef",   "shoal",   "silt",  "sluice",  "sound",   "tide",    "weir"};
enum { WORDS = sizeof(words) / sizeof(words[0]) };

struct draw draw(struct maker *maker)
{
    struct draw drawn;
    uint64_t bits = (uint64_t)below(maker, UINT32_MAX) << 32 | below(maker, UINT32_MAX);
    for (unsigned i = 0; i < 8; i++) {
        drawn.word[i] = words[bits % WORDS];
        bits /= WORDS;
    }
    for (unsigned i = 0; i < 4; i++) {
        drawn.number[i] = below(maker, UINT32_MAX);
    }
    return drawn;
}

void path_of(uint32_t number, char *path, size_t size)
{
    uint64_t bits = mix(number + 1);
    snprintf(path, size, "src/%s/%s_%s_%" PRIu32 ".c", words[bits % WORDS],
             words[bits / 64 % WORDS], words[bits / 4096 % WORDS], number);
}

/* ---- what was written ---- */

static const char *separator = "";

static void print_pair(const char *key, struct pair pair)
{
    if (pair.total > 0) {
        fprintf(stderr, "%s\"%s\": {\"covered\": %" PRIu64 ", \"total\": %" PRIu64 "}", separator,
                key, pair.covered, pair.total);
        separator = ", ";
    }
}

static void print_count(const char *key, uint64_t count)
{
    fprintf(stderr, "%s\"%s\": %" PRIu64, separator, key, count);
    separator = ", ";
}

static void print_tests(const struct totals *totals)
{
    print_count("tests.total", totals->tests);
    print_count("tests.failed", totals->failed);
    print_count("tests.errors", totals->errors);
    print_count("tests.skipped", totals->skipped);
    fprintf(stderr, "%s\"tests.time\": \"%" PRIu64 ".%03" PRIu64 "\"", separator,
            totals->milliseconds / 1000, totals->milliseconds % 1000);
}

static void print_findings(const struct totals *totals)
{
    static const char *const levels[] = {"findings.error", "findings.warning", "findings.note"};
    static const char *const bands[] = {"security.critical", "security.high", "security.medium",
                                        "security.low"};
    uint64_t all = 0;
    bool has_bands = false;
    for (unsigned level = 0; level < LEVELS; level++) {
        print_count(levels[level], totals->levels[level]);
        all += totals->levels[level];
    }
    for (unsigned band = 0; band < BANDS; band++) {
        has_bands = has_bands || totals->bands[band] > 0;
    }
    for (unsigned band = 0; band < BANDS && has_bands; band++) {
        print_count(bands[band], totals->bands[band]);
    }
    print_count("findings.total", all);
    print_count("findings.suppressed", totals->suppressed);
}

static void print_totals(const struct totals *totals)
{
    fputc('{', stderr);
    if (totals->files > 0) {
        print_pair("coverage.line", totals->lines);
        print_pair("coverage.branch", totals->branches);
        print_pair("coverage.function", totals->functions);
        print_count("coverage.files", totals->files);
    } else if (totals->tests > 0) {
        print_tests(totals);
    } else {
        print_findings(totals);
    }
    fputs("}\n", stderr);
}

/* ---- formats ---- */

static const struct {
    const char *name;
    void (*make)(struct maker *, uint32_t);
} formats[] = {{"lcov", make_lcov},   {"cobertura", make_cobertura}, {"junit", make_junit},
               {"sarif", make_sarif}, {"eslint", make_eslint},       {"compiler", make_compiler}};
enum { FORMATS = sizeof(formats) / sizeof(formats[0]) };

int main(int count, char **arguments)
{
    for (unsigned i = 0; (count == 4 || count == 5) && i < FORMATS; i++) {
        if (strcmp(arguments[1], formats[i].name) == 0) {
            struct maker maker = {.state = strtoull(arguments[3], NULL, 10), .out = stdout};
            uint64_t functions = count == 5 ? strtoull(arguments[4], NULL, 10) : FUNCTIONS_MOST;
            maker.functions = functions < FUNCTIONS_MOST ? (uint32_t)functions : FUNCTIONS_MOST;
            formats[i].make(&maker, (uint32_t)strtoul(arguments[2], NULL, 10));
            print_totals(&maker.totals);
            return fflush(stdout) == 0 ? 0 : 1;
        }
    }
    fprintf(stderr, "usage: generate FORMAT ITEMS SEED [FUNCTIONS], where FORMAT is one of");
    for (unsigned i = 0; i < FORMATS; i++) {
        fprintf(stderr, " %s", formats[i].name);
    }
    fputc('\n', stderr);
    return 2;
}
