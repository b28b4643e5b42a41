/* tidegate init: find reports in the work tree and write a commented .tidegate.yml for them. */
#include "cli/command.h"
#include "cli/find_reports.h"
#include "cli/session.h"

#include "collectors/collectors.h"
#include "base/path.h"
#include "base/utf8.h"

#include <string.h>
#include <sys/stat.h>

/* YAML single quotes hold anything but line breaks and other control characters. */
static bool can_quote(struct span path)
{
    for (size_t at = 0; at < path.size; at++) {
        if ((unsigned char)path.data[at] < 0x20 || path.data[at] == 0x7f) {
            return false;
        }
    }
    return utf8_valid_size(path) == path.size;
}

static void add_quoted(struct buf *out, struct span text)
{
    buf_add_byte(out, '\'');
    for (size_t at = 0; at < text.size; at++) {
        buf_add_text(out, text.data[at] == '\'' ? "'" : "");
        buf_add_byte(out, text.data[at]);
    }
    buf_add_byte(out, '\'');
}

/* A found path as a pattern: special characters of globs are escaped. */
static void add_pattern(struct buf *out, struct span path)
{
    struct buf pattern;
    buf_init(&pattern);
    for (size_t at = 0; at < path.size; at++) {
        if (strchr("*?[]{}\\", path.data[at]) != NULL) {
            buf_add_byte(&pattern, '\\');
        }
        buf_add_byte(&pattern, path.data[at]);
    }
    add_quoted(out, buf_span(&pattern));
    buf_release(&pattern);
}

/* What was found, family by family. */
struct findings_of_search {
    struct buf reports; /* lines of YAML */
    unsigned families;
    bool bands;
    size_t count;
};

static void add_report(struct session *session, const struct found_report *found,
                       struct findings_of_search *search)
{
    struct input *input = input_open_file(name_text(found->path));
    struct report *report =
        collectors_read(&session->run.names, name_span(found->path), input, NULL);
    struct span below = name_span(found->path);
    struct span rest;
    input_close(input);
    if (path_below(below, span_of(session->root), &rest)) {
        below = rest;
    }
    if (report->format != NULL && can_quote(below)) {
        buf_add_text(&search->reports, "  - path: ");
        add_pattern(&search->reports, below);
        buf_add_format(&search->reports, "\n    format: %s", report->format);
        if (report->state != STATE_OK) {
            buf_add_format(&search->reports, "   # %s when this was written",
                           state_text(report->state));
        }
        buf_add_byte(&search->reports, '\n');
        search->families |= report->families;
        search->bands = search->bands || report->findings.has_bands ||
                        (report->families & FAMILY_SECURITY) != 0;
        search->count++;
    }
    report_close(report);
}

static void add_gates(struct buf *out, const struct findings_of_search *search)
{
    buf_add_text(
        out, "\n# What must hold. `ratchet: true` means: never worse than the baseline.\ngates:\n");
    if (search->families & FAMILY_TESTS) {
        buf_add_text(out, "  - tests: { present: true }          # the tests must have run\n"
                          "  - tests.failed: { at_most: 0 }\n"
                          "  - tests.errors: { at_most: 0 }\n");
    }
    if (search->families & FAMILY_COVERAGE) {
        buf_add_text(
            out,
            "  - coverage.line: { ratchet: true }    # add `at_least: 70` for a floor,\n"
            "                                        # `slack: 0.1` for points of tolerance\n");
    }
    if (search->families & FAMILY_FINDINGS) {
        buf_add_text(out, "  - findings.error: { ratchet: true }\n"
                          "  - findings.warning: { ratchet: true, severity: warn }\n");
    }
    if (search->bands) {
        buf_add_text(out, "  - security.critical: { at_most: 0 }\n"
                          "  - security.high: { ratchet: true }\n");
    }
}

static void add_policy(struct buf *out, const struct findings_of_search *search)
{
    buf_add_text(
        out,
        "# The quality gate of this repository. Every word is checked: a typing "
        "error is an error.\n"
        "# `tidegate schema` prints a JSON Schema for completion in editors.\n"
        "version: 1\n\n"
        "# Reports to read. Globs are allowed (`**` crosses folders). A report that is missing, "
        "empty or\n# damaged blocks the gate. `format` may be left out: the content decides then.\n"
        "reports:\n");
    buf_add(out, buf_span(&search->reports));
    add_gates(out, search);
    buf_add_text(out, "\n# Parts of the repository with rules of their own:\n"
                      "# components:\n"
                      "#   api: [src/api/**]\n"
                      "# gates may then say `coverage.line: { component: api, at_least: 90 }`.\n"
                      "\n# Paths that do not count:\n"
                      "# exclude: [\"**/generated/**\"]\n"
                      "\n# An accepted exception, with an end:\n"
                      "# waivers:\n"
                      "#   - gate: coverage.line\n"
                      "#     reason: generated parser, replaced next quarter\n"
                      "#     owner: \"@team\"\n"
                      "#     until: 2027-01-31\n");
}

static enum exit_code write_policy(struct session *session, const struct buf *policy)
{
    struct buf path;
    struct buf said;
    struct stat status;
    const char *given = options_value(session->options, "out");
    enum err err = ERR_NONE;
    buf_init(&path);
    buf_init(&said);
    buf_add_format(&path, "%s/.tidegate.yml", session->root);
    const char *file = given != NULL ? given : buf_text(&path);
    file = strncmp(file, "./", 2) == 0 ? file + 2 : file;
    if (lstat(file, &status) == 0 && !options_has(session->options, "force")) {
        diags_add(&session->run.diags, DIAG_CLI_EXISTS,
                  names_add(&session->run.names, span_of(file)), 0, 0, span_make(NULL, 0));
        err = ERR_USAGE;
    } else {
        err = session_write(session, file, buf_span(policy));
        buf_add_format(
            &said,
            "wrote %s\nNext: read it and run `tidegate check`; let CI run `tidegate record` on the "
            "protected branch.\n",
            file);
    }
    session_complain(session);
    buf_release(&path);
    if (err != ERR_NONE) {
        buf_release(&said);
        return err == ERR_USAGE ? EXIT_USAGE : EXIT_PUBLISH;
    }
    if (session->quiet) {
        buf_clear(&said);
    }
    return session_print(&said, EXIT_OPEN);
}

static enum exit_code init(struct session *session)
{
    struct findings_of_search search = {.families = 0};
    struct vec found;
    struct buf policy;
    enum exit_code code = EXIT_REPORT;
    vec_init(&found, sizeof(struct found_report));
    buf_init(&search.reports);
    buf_init(&policy);
    find_usual_reports(&session->run.names, session->root, &found, &session->run.diags);
    for (size_t index = 0; index < found.count; index++) {
        add_report(session, vec_at(&found, index), &search);
    }
    if (search.count == 0) {
        diags_add(&session->run.diags, DIAG_CLI_NO_REPORTS, NULL, 0, 0, span_make(NULL, 0));
        session_complain(session);
    } else {
        add_policy(&policy, &search);
        code = write_policy(session, &policy);
    }
    buf_release(&policy);
    buf_release(&search.reports);
    vec_release(&found);
    return code;
}

static enum exit_code run(const struct options *options)
{
    struct session session;
    enum exit_code code = EXIT_USAGE;
    session_open(&session, options);
    if (session_repo(&session) == ERR_NONE) {
        code = init(&session);
    } else {
        session_complain(&session);
    }
    session_close(&session);
    return code;
}

static const struct option_spec options[] = {
    {"force", 0, NULL, "replace a policy file that is there already"},
    {"out", 'o', "FILE",
     "write to this file instead of .tidegate.yml at the top of the repository"},
    {NULL, 0, NULL, NULL},
};

const struct command command_init = {
    .name = "init",
    .words = "",
    .summary = "find reports in the work tree and write a commented .tidegate.yml",
    .text = "Run your tests and tools first, so that there are reports to find. They are looked "
            "for by\n"
            "content in the whole work tree, but not in hidden folders and dependencies.",
    .examples = "  tidegate init\n",
    .options = options,
    .run = run,
};
