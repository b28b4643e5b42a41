/* Lines of a log that say that something went wrong besides what the findings tell.
 *
 * A log that ends in a crash, or that a shell without the tool wrote, shows fewer findings than
 * there are. The lines are known by how they begin, at the start of the line and outside findings:
 * a message that speaks of a crash is none. */
#include "collectors/lint_failure.h"

#include "collectors/lint_char.h"
#include "collectors/lint_rule.h"

#include "base/path.h"

#include <string.h>

static bool holds(struct span text, const char *what)
{
    return span_find_text(text, what) != SIZE_MAX;
}

/* Tools that leave out a file tell it in a line that is no finding: pyflakes
 * `a.py: problem decoding source`, PMD `/src/A.java<tab>-<tab>ParseException: message`, RuboCop
 * `An error occurred while Style/X cop was inspecting a.rb:3:5.`. */
static bool is_unread_file(struct span text)
{
    struct span rest = text;
    struct span name = span_cut(&rest, ':');
    bool python = span_ends(name, ".py") && !has_blank(name);
    bool cop = span_starts(text, "An error occurred while ") && holds(text, " cop was inspecting ");
    size_t tab = span_find_text(text, "\t-\t");
    struct span file = span_until(text, tab == SIZE_MAX ? 0 : tab);
    bool pmd = span_find(file, '.') != SIZE_MAX && !has_blank(file);
    pmd = pmd || span_ends(text, " PMD processing errors:"); /* Maven */
    size_t blank = span_find(text, ' ');
    bool golangci = blank != SIZE_MAX && /* in the form `tab` */
                    span_starts(span_trim(span_from(text, blank)), "typecheck  ");
    return cop || pmd || golangci ||
           (python &&
            (span_is(rest, " problem decoding source") ||
             span_is(rest, " No such file or directory") || span_is(rest, " Permission denied")));
}

/* `sh: 1: flake8: not found`, `bash: line 1: flake8: command not found`,
 * `zsh: command not found: flake8`, `env: 'node': No such file or directory`,
 * `/usr/bin/python3: No module named flake8`. */
static bool is_missing_tool(struct span text)
{
    struct span rest = text;
    struct span name = span_cut(&rest, ':');
    if (name.size == 0 || has_blank(name) || char_at(rest, 0) != ' ') {
        return false;
    }
    struct span base = path_base(name);
    bool shell = span_ends(base, "sh");
    return span_ends(rest, ": command not found") || (shell && span_ends(rest, ": not found")) ||
           (shell && span_starts(rest, " command not found: ")) ||
           (span_is(base, "env") && span_ends(rest, ": No such file or directory")) ||
           (span_starts(base, "python") && span_starts(rest, " No module named "));
}

static bool is_crash(struct span text)
{
    static const char *const starts[] = {
        "Traceback (most recent call last)",
        "panic: ",
        "level=error msg=", /* golangci-lint */
        "ERRO ",
        "Oops! Something went wrong!", /* ESLint */
        "There was a critical error during execution of Flake8",
        "Error: Cannot find module ", /* Node */
        "<--- Last few GCs --->",
        "FATAL ERROR: ",
        "Fatal Python error: ",
        "PHP Fatal error: ",
        "Exception in thread \"", /* Java */
        "An exception has occurred in the compiler (",
        "com.puppycrawl.tools.checkstyle.api.CheckstyleException: ",
        "level=warning msg=\"[runner] Can't run linter ",
        "WARN [runner] Can't run linter ",
        "Could not read contents of `", /* SwiftLint */
        "Skipping input '",             /* cpplint */
        "warning: Failed to lint ",     /* Ruff */
        "warning: Encountered error: ",
        "scan-build: The analyzer encountered problems on ",
        "[tester]\tERROR\t", /* bandit */
        "[manager]\tERROR\t",
        "Golang errors in file: [", /* gosec */
        "Segmentation fault",
        "Bus error",
        "Illegal instruction",
        NULL};
    if (starts_any(text, starts) || span_is(text, "Killed")) {
        return true;
    }
    bool dumped = span_ends(text, "(core dumped)");
    bool panicked = span_starts(text, "thread '") && holds(text, "panicked at ");
    bool page = span_is_caseless(span_until(text, 14), "<!doctype html") ||
                span_is_caseless(span_until(text, 5), "<html");
    return dumped || panicked || page || is_missing_tool(text) || is_unread_file(text);
}

/* `collect2: error: ld returned 1`, `ld.lld: error: `, `flake8: error: `, and what linkers write
 * without the word. */
static bool is_program_error(struct span text)
{
    struct span rest = text;
    struct span name = span_cut(&rest, ':');
    if (name.size == 0 || has_blank(name) || char_at(rest, 0) != ' ') {
        return false;
    }
    bool linker = span_ends(name, "ld");
    return span_starts(rest, " error: ") || span_starts(rest, " fatal error: ") ||
           (linker && (holds(rest, "undefined reference to ") || holds(rest, " cannot find ") ||
                       span_starts(rest, " symbol(s) not found")));
}

/* `CSC : error CS5001: `, `EXEC : error : `, `NMAKE : fatal error U1077: `,
 * `cl : Command line error D8003 : `: a program in the place of a file. A sentence may say
 * ` : error `, too. */
static bool is_msbuild_error(struct span text)
{
    static const char *const marks[] = {" : error ", " : fatal error ", " : Command line error "};
    struct span rest = span_make(NULL, 0);
    for (size_t index = 0; rest.data == NULL && index < 3; index++) {
        size_t at = span_find_text(text, marks[index]);
        rest = at == SIZE_MAX ? rest : span_from(text, at + strlen(marks[index]));
    }
    size_t code = lint_code_size(rest);
    rest = span_from(rest, code > 0 && char_at(rest, code) == ' ' ? code + 1 : code);
    return char_at(rest, 0) == ':' && (code > 0 || char_at(rest, 1) == ' ');
}

static bool is_build_failure(struct span text)
{
    static const char *const starts[] = {"error: ", "CMake Error",
                                         "Undefined symbols for architecture ",
                                         "Error while processing ", /* clang-tidy */
                                         NULL};
    bool counted = is_digit(char_at(text, 0)) && char_at(text, 0) != '0' && /* clang */
                   (span_ends(text, " errors generated.") || span_ends(text, " error generated."));
    struct span reach = span_until(text, 512);
    bool visual = holds(reach, "error LNK") || is_msbuild_error(reach);
    bool make = span_ends(text, ".  Stop.") && holds(text, ": *** ");
    bool staticcheck = span_starts(text, "-: ") && span_ends(text, " (compile)");
    return starts_any(text, starts) || counted || visual || make || staticcheck ||
           is_program_error(text);
}

/* What runs several tools names the one that failed:
 *
 *     flake8.............Failed                       The command "flake8" exited with 1.
 *     (pre-commit)                                    (Travis)
 *     lint: exit 1 (0.20 seconds) /b> flake8 pid=7    'lint' errored after 3.2 s
 *     (tox)                                           (gulp)
 *     Script x handling the y event returned with error code 1 (Composer) */
static bool is_step_failure(struct span text)
{
    switch (char_at(text, 0)) {
    case 'T':
        return span_starts(text, "The command \"") && holds(text, "\" exited with ") &&
               !span_ends(text, " with 0.");
    case 'S': return holds(text, " event returned with error code ");
    case 'n': return span_starts(text, "nox > Session ") && span_ends(text, " failed.");
    case '\'': return holds(text, "' errored after ");
    default: break;
    }
    bool tox = holds(text, ": exit ") && holds(text, " seconds) ") && holds(text, " pid=") &&
               !holds(text, ": exit 0 ");
    return tox || span_ends(text, "...Failed");
}

static bool is_stop(struct span text)
{
    static const char *const starts[] = {"ninja: build stopped",
                                         "npm ERR! ",
                                         "npm error ",
                                         "error Command failed with exit code ",  /* yarn */
                                         "[ERROR] Failed to execute goal ",       /* Maven */
                                         "BUILD FAILED",                          /* Gradle, Ant */
                                         "Build FAILED.",                         /* MSBuild */
                                         "** BUILD FAILED **",                    /* xcodebuild */
                                         "ERROR: Build did NOT complete",         /* Bazel */
                                         "scons: building terminated because of", /* SCons */
                                         "##[error]Process completed with exit code ",
                                         "ERROR: Job failed: ",             /* GitLab */
                                         "##[error]Bash exited with code ", /* Azure */
                                         "##[error]PowerShell exited with code ",
                                         "##[error]The process '",
                                         "Exited with code exit status ",  /* CircleCI */
                                         "Finished: FAILURE",              /* Jenkins */
                                         "FAILED: Build did NOT complete", /* Bazel */
                                         "task: Failed to run task ",
                                         "lerna ERR! ",
                                         "rake aborted!",
                                         "Aborted due to warnings.", /* Grunt */
                                         "exit status ",             /* go run, go generate */
                                         NULL};
    struct span reach = span_until(text, 64);
    return starts_any(text, starts) || is_step_failure(text) ||
           (holds(reach, "make") && holds(reach, ": *** [")) || holds(reach, "ELIFECYCLE");
}

/* `TypeError: `, `NoFilesFoundError: `, `java.lang.IllegalStateException: `; no word of a place
 * before it. */
static bool names_exception(struct span text)
{
    struct span rest = text;
    struct span name = span_cut(&rest, ':');
    return char_at(rest, 0) == ' ' && !has_blank(name) &&
           (span_ends(name, "Error") || span_ends(name, "Exception"));
}

/* Said instead of a result, by tools that would print nothing if all were well. */
static bool is_refusal(struct span text)
{
    static const char *const starts[] = {"Error: ",
                                         "ERROR: ",
                                         "FATAL: ",
                                         "fatal: ",
                                         "usage: ",
                                         "Usage: ",
                                         "Invalid option ",
                                         "flag provided but not defined: ",
                                         "tsc: The TypeScript Compiler - ", /* finds no project */
                                         "go: go.mod file not found ",
                                         "go: cannot find ",
                                         "no required module provides package ",
                                         "Could not find config XML file ", /* Checkstyle */
                                         "Files to process must be specified",
                                         "mypy: can't read file ",
                                         "[Errno ",           /* yamllint and others in Python */
                                         "could not read \"", /* actionlint */
                                         "Unknown option",
                                         "Unrecognized option",
                                         "unrecognized option",
                                         "PHP Parse error: ",
                                         "Parse error: ",
                                         "pattern ./",
                                         "[error] ", /* sbt */
                                         "e: ",      /* Kotlin */
                                         NULL};
    bool pip = span_starts(text, "ERROR: pip's dependency resolver "); /* a warning in truth */
    bool go = span_starts(text, "stat ") && span_ends(text, ": directory not found");
    return (starts_any(text, starts) && !pip) || go || names_exception(text);
}

/* The first line of JSON or XML. */
static bool is_report(struct span text)
{
    static const char *const starts[] = {"{\"", "[{\"", "[]", "<?xml ", "<testsuite", NULL};
    return starts_any(text, starts);
}

bool lint_failure_unchecked(struct span message)
{
    return span_starts(message, "This file is not analyzed. Cppcheck failed ") ||
           span_starts(message, "Bailing out from checking ") ||
           span_starts(message, "invalid file ") || /* revive */
           span_starts(message, "Active checkers: There was critical errors ");
}

enum lint_failure lint_failure_read(struct span text)
{
    return is_crash(text)           ? LINT_FAILURE_CRASH
           : is_build_failure(text) ? LINT_FAILURE_BUILD
           : is_stop(text)          ? LINT_FAILURE_STOP
           : is_refusal(text)       ? LINT_FAILURE_REFUSAL
           : is_report(text)        ? LINT_FAILURE_REPORT
                                    : LINT_FAILURE_NONE;
}
