/* What no format recognises -> the kind of report that it is, if it is a common one. */
#include "collectors/strangers.h"

#define DOTNET "`dotnet test --logger junit` with the package JunitXml.TestLogger writes JUnit"
#define COVERLET                                                                                   \
    "Coverlet's `--collect \"XPlat Code Coverage\"` writes Cobertura, and ReportGenerator "        \
    "converts to it"
#define ISTANBUL                                                                                   \
    "the reporters `lcov` and `cobertura` of Istanbul, Jest, Vitest, nyc and c8 are read"

static const struct stranger all[] = {
    {.name = "a JaCoCo report",
     .instead = "ReportGenerator and cover2cover.py convert it to Cobertura",
     .families = FAMILY_COVERAGE,
     .root = "report",
     .marks = {"sessioninfo", "package", "group"}},
    {.name = "a Clover report",
     .instead = ISTANBUL "; PHPUnit writes `--coverage-cobertura`",
     .families = FAMILY_COVERAGE,
     .root = "coverage",
     .marks = {"project"}},
    {.name = "Sonar's generic coverage",
     .instead = "most tools that write it also write LCOV or Cobertura",
     .families = FAMILY_COVERAGE,
     .root = "coverage",
     .marks = {"file"}},
    {.name = "a Robot Framework result",
     .instead = "`robot --xunit FILE` writes JUnit",
     .families = FAMILY_TESTS,
     .root = "robot"},
    {.name = "a Visual Studio test result (TRX)",
     .instead = DOTNET,
     .families = FAMILY_TESTS,
     .root = "TestRun"},
    {.name = "an NUnit report", .instead = DOTNET, .families = FAMILY_TESTS, .root = "test-run"},
    {.name = "an NUnit 2 report",
     .instead = DOTNET,
     .families = FAMILY_TESTS,
     .root = "test-results"},
    {.name = "an xUnit.net report",
     .instead = DOTNET,
     .families = FAMILY_TESTS,
     .root = "assemblies"},
    {.name = "an OpenCover report",
     .instead = COVERLET,
     .families = FAMILY_COVERAGE,
     .root = "CoverageSession"},
    {.name = "coverage.py's JSON",
     .instead = "`coverage xml` and `coverage lcov` are read",
     .families = FAMILY_COVERAGE,
     .key = "meta",
     .other = "files"},
    {.name = "Istanbul's JSON",
     .instead = ISTANBUL,
     .families = FAMILY_COVERAGE,
     .other = "statementMap"},
    {.name = "Jest's or Vitest's JSON",
     .instead = "jest-junit and Vitest's reporter `junit` are read",
     .families = FAMILY_TESTS,
     .key = "numTotalTests"},
    {.name = "the JSON of `go test`",
     .instead = "`gotestsum --junitfile FILE` writes JUnit",
     .families = FAMILY_TESTS,
     .key = "Time",
     .other = "Action"},
    {.name = "the JSON of `go test`", /* of a package that could not be built */
     .instead = "`gotestsum --junitfile FILE` writes JUnit",
     .families = FAMILY_TESTS,
     .key = "ImportPath",
     .other = "Action"},
    {.name = "llvm-cov's JSON",
     .instead = "`llvm-cov export --format=lcov` and `cargo llvm-cov --lcov` are read",
     .families = FAMILY_COVERAGE,
     .key = "data",
     .other = "files"},
    {.name = "gcovr's JSON",
     .instead = "`gcovr --cobertura FILE` is read",
     .families = FAMILY_COVERAGE,
     .key = "files",
     .other = "functions"},
    {.name = "Mocha's JSON",
     .instead = "mocha-junit-reporter writes JUnit",
     .families = FAMILY_TESTS,
     .key = "stats",
     .other = "passes"},
    {.name = "Playwright's JSON",
     .instead = "its reporter `junit` is read",
     .families = FAMILY_TESTS,
     .key = "config",
     .other = "suites"},
    {.name = "Trivy's JSON",
     .instead = "`trivy --format sarif` is read",
     .families = FAMILY_FINDINGS,
     .key = "SchemaVersion",
     .other = "Results"},
    {.name = "Grype's JSON",
     .instead = "`grype --output sarif` is read",
     .families = FAMILY_FINDINGS,
     .key = "matches",
     .other = "source"},
    {.name = "a Go cover profile",
     .instead = "gcov2lcov converts it to LCOV, and gocover-cobertura to Cobertura",
     .families = FAMILY_COVERAGE,
     .begin = "mode: "},
    {.name = "TAP",
     .instead = "most test runners also write JUnit",
     .families = FAMILY_TESTS,
     .begin = "TAP version "},
};

static bool has_key(const struct head *head, const char *key)
{
    return key == NULL || head_has_key(head, key) || head_has_inner_key(head, key);
}

static bool has_mark(const struct stranger *stranger, struct span child)
{
    bool has = stranger->marks[0] == NULL;
    for (size_t index = 0; !has && index < MARKS_MOST && stranger->marks[index] != NULL; index++) {
        has = span_is(child, stranger->marks[index]);
    }
    return has;
}

static bool is_this(const struct stranger *stranger, const struct head *head)
{
    if (stranger->root != NULL) {
        return span_is(head->xml_root, stranger->root) && has_mark(stranger, head->xml_child);
    }
    if (stranger->begin != NULL) {
        return span_starts(head->bytes, stranger->begin);
    }
    return head->json_key_count > 0 && has_key(head, stranger->key) &&
           has_key(head, stranger->other);
}

const struct stranger *strangers_find(const struct head *head)
{
    for (size_t index = 0; index < sizeof(all) / sizeof(all[0]); index++) {
        if (is_this(&all[index], head)) {
            return &all[index];
        }
    }
    return NULL;
}
