/* Known lines that tell how a run went.
 *
 * Most tools print nothing at all when all is well, and nothing is no proof. A line counts as good
 * news only if it is written where the findings would have been: cpplint and cppcheck say "Done
 * processing" and "Checking" on standard output but write their findings to standard error, so
 * those lines prove nothing. */
#include "collectors/lint_summary.h"

#include "collectors/lint_char.h"

/* `Found 3 errors (3 fixed, 0 remaining).` */
static bool all_mended(struct span text)
{
    return span_starts(text, "Found ") && span_ends(text, " fixed, 0 remaining).");
}

static bool says_all_is_well(struct span text)
{
    static const char *const starts[] = {
        "Success: no issues found",             /* mypy */
        "All checks passed!",                   /* Ruff */
        "No issues identified.",                /* bandit */
        "0 issues",                             /* golangci-lint */
        "0 problems",                           /* ESLint and its likes */
        "0 errors, 0 warnings",                 /* pyright */
        "Found 0 errors",                       /* tsc */
        "Found 0 warnings and 0 errors",        /* oxlint */
        "Passed: 0 failure(s), 0 warn",         /* ansible-lint */
        "Total errors found: 0",                /* cpplint */
        "Your code has been rated at 10.00/10", /* pylint */
        "Done linting! Found 0 violations",     /* SwiftLint */
        "Summary: 0 error(s)",                  /* markdownlint-cli2 */
        "Summary: 0 issues in ",                /* the same from 0.23 on */
        "0 Warning(s)",                         /* MSBuild */
        "Finished `",                           /* cargo */
        "Finished dev [",
        "Finished release [",
        "\xE2\x9C\x94 No ESLint warnings or errors", /* next lint */
        "\xE2\x9C\x94 No problems found",            /* eslint-formatter-gitlab */
        "Audit done.",                               /* Checkstyle */
        "[OK] No errors",                            /* PHPStan */
        "No errors found!",                          /* Psalm */
        "No issues found!",                          /* dart, flutter */
        "No lint errors found!",                     /* kube-linter */
        "All matched files use Prettier code style!",
        "Total: 0 warnings / 0 errors in ", /* luacheck */
        "svelte-check found 0 errors and 0 warnings",
        "scan-build: No bugs found.",
        "Success! The configuration is valid.",                    /* Terraform */
        "No hints",                                                /* HLint */
        "\xE2\x9C\x94 0 errors, 0 warnings and 0 suggestions in ", /* Vale */
        NULL};
    bool inspected =
        !span_starts(text, "0 files ") && /* RuboCop's way to say that it saw nothing */
        span_ends(text, "no offenses detected");
    bool checked = span_starts(text, "Checked ") && is_digit(char_at(text, 8)) &&
                   char_at(text, 8) != '0' &&
                   (span_ends(text, " files") || span_ends(text, " file") || /* deno lint */
                    span_ends(text, "No fixes applied."));                   /* Biome */
    bool numbered = is_digit(char_at(text, 0)) && char_at(text, 0) != '0';
    bool formatted = numbered && (span_ends(text, " already formatted") ||       /* Ruff */
                                  span_ends(text, " would be left unchanged.")); /* Black */
    bool completed = numbered &&
                     span_find_text(text, " COMPLETED ") != SIZE_MAX && /* svelte-check */
                     span_find_text(text, " FILES 0 ERRORS 0 WARNINGS") != SIZE_MAX &&
                     span_find_text(text, " 0 FILES ") == SIZE_MAX;
    bool clojure = span_starts(text, "linting took ") && span_ends(text, "errors: 0, warnings: 0");
    bool remark = span_ends(text, ": no issues found");
    bool htmlhint = span_starts(text, "Scanned ") &&
                    span_find_text(text, " files, no errors found (") != SIZE_MAX;
    bool studio = span_is(text, "no problems"); /* eslint-formatter-visualstudio */
    return starts_any(text, starts) || inspected || remark || checked || formatted || completed ||
           clojure || htmlhint || studio || all_mended(text);
}

/* The tool had nothing to look at, and may say all the same that all is well. */
static bool says_no_files(struct span text)
{
    static const char *const starts[] = {"warning: No Python files found", /* Ruff */
                                         "No files found to lint.",        /* oxlint */
                                         "Linting: 0 file(s)",             /* markdownlint-cli2 */
                                         "Linting: 0 files",               /* the same */
                                         "Scanned 0 files, ",              /* HTMLHint */
                                         "No source files found",          /* pyright */
                                         "Success: no issues found in 0 ", /* mypy */
                                         "[error] No files matching the pattern", /* Prettier */
                                         NULL};
    return starts_any(text, starts) || span_is(text, "Total lines of code: 0") || /* bandit */
           span_ends(text, " in 0 files.") ||                                     /* SwiftLint */
           (span_starts(text, "Total: ") && span_ends(text, " in 0 files")) ||    /* luacheck */
           (span_starts(text, "Finished in ") && span_find_text(text, " on 0 files ") != SIZE_MAX);
}

/* `3 problems`, `Found 2 errors in 1 file`: a count above zero. */
static bool counts_problems(struct span text)
{
    static const char *const words[] = {"error",     "warning",    "problem", "issue",
                                        "violation", "diagnostic", "info",    "Warning(s)",
                                        "Error(s)",  NULL};
    static const char *const starts[] = {"Checkstyle ends with ",
                                         "would reformat ",          /* Black */
                                         "Would reformat: ",         /* Ruff */
                                         "[warn] Code style issues", /* Prettier */
                                         "Diff in ",                 /* rustfmt */
                                         NULL};
    if (starts_any(text, starts)) {
        return true;
    }
    struct span count = span_starts(text, "Found ") ? span_from(text, 6) : text;
    if (!is_digit(char_at(count, 0)) || char_at(count, 0) == '0' || all_mended(text)) {
        return false;
    }
    span_cut(&count, ' ');
    return starts_any(count, words) || span_find_text(count, " would be reformatted") != SIZE_MAX;
}

/* clang counts what it generated, and clang-tidy what of it was not shown: all of it is good
 * news. */
static bool reads_clang(struct lint_summary *summary, struct span text)
{
    uint64_t count = 0;
    struct span rest = span_starts(text, "Suppressed ") ? span_from(text, 11) : text;
    if (!span_to_u64(span_cut(&rest, ' '), &count)) {
        return false;
    }
    if (span_starts(text, "Suppressed ") && span_starts(rest, "warnings (")) {
        summary->suppressed += count;
        return true;
    }
    if (span_is(rest, "warnings generated.") || span_is(rest, "warning generated.")) {
        summary->generated += count;
        return true;
    }
    return false;
}

/* javac shows 100 warnings of a kind, unless -Xmaxwarns allows more, and then says that there are
 * others. */
static bool shows_part(struct span text)
{
    bool sentence = span_ends(text, "."); /* few other lines are, and a search costs more */
    return span_starts(text, "only showing the first ") ||
           (sentence && (span_ends(text, " has additional unchecked or unsafe operations.") ||
                         span_find_text(text, " has additional uses ") != SIZE_MAX ||
                         span_find_text(text, "Some input files additionally use ") != SIZE_MAX));
}

bool lint_summary_read(struct lint_summary *summary, struct span text)
{
    if (!reads_clang(summary, text)) {
        summary->good = summary->good || says_all_is_well(text);
        summary->bad = summary->bad || counts_problems(text);
        summary->idle = summary->idle || says_no_files(text);
    }
    bool skipped = span_starts(text, "Files skipped (") && !span_starts(text, "Files skipped (0)");
    bool absent =
        span_ends(text, ": does not exist (No such file or directory)") || /* shellcheck */
        span_is(text, "error No such file or folder");                     /* remark */
    return skipped || absent || shows_part(text) ||
           span_ends(text, "(errors prevented further checking)"); /* bandit, mypy */
}

bool lint_summary_knows(struct span text)
{
    struct lint_summary scratch = {0};
    return reads_clang(&scratch, text) || says_all_is_well(text);
}

bool lint_summary_counted(const struct lint_summary *summary)
{
    return summary->bad || summary->generated > summary->suppressed;
}

bool lint_summary_clean(const struct lint_summary *summary)
{
    bool hidden = summary->generated > 0 && summary->generated == summary->suppressed;
    return (summary->good || hidden) && !lint_summary_counted(summary) && !summary->idle;
}
