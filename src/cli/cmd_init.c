/* tidegate init: find reports in the work tree and write a commented .tidegate.yml for them. */
#include "cli/command.h"
#include "cli/find_reports.h"
#include "cli/report_patterns.h"
#include "cli/session.h"

#include "base/glob.h"
#include "base/path.h"
#include "base/utf8.h"
#include "collectors/collectors.h"
#include "render/escape.h"

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

/* What was found. */
struct search {
    struct vec found;    /* struct found_report */
    struct vec files;    /* struct found_file: of `found`, what a policy can name */
    struct vec tree;     /* const struct name *: each file that a pattern could match */
    struct vec patterns; /* struct report_pattern */
    unsigned families;
    bool bands;
};

static void search_open(struct search *search)
{
    *search = (struct search){.families = 0};
    vec_init(&search->found, sizeof(struct found_report));
    vec_init(&search->files, sizeof(struct found_file));
    vec_init(&search->tree, sizeof(const struct name *));
    vec_init(&search->patterns, sizeof(struct report_pattern));
}

static void search_close(struct search *search)
{
    vec_release(&search->found);
    vec_release(&search->files);
    vec_release(&search->tree);
    vec_release(&search->patterns);
}

static void look_at(struct session *session, const struct found_report *found,
                    struct search *search)
{
    struct names *names = &session->run.names;
    struct input *input = input_open_file(name_text(found->path));
    const struct collector *broken =
        found->broken != NULL ? collectors_find(span_of(found->broken)) : NULL;
    struct report *report = collectors_read(names, name_span(found->path), input, broken);
    const char *format = broken == NULL ? report->format : NULL;
    struct span below = name_span(found->path);
    struct span rest;
    input_close(input);
    if (path_below(below, span_of(session->root), &rest)) {
        below = rest;
    }
    if (can_quote(below)) {
        bool bare = report->of_one_class && report->state == STATE_EMPTY; /* bare_classes.h */
        *(struct found_file *)vec_add(&search->files) =
            (struct found_file){names_add(names, below), format, bare ? STATE_OK : report->state};
        search->families |= format != NULL ? report->families : 0;
        search->bands = search->bands || report->findings.has_bands ||
                        (report->families & FAMILY_SECURITY) != 0;
    } else {
        diags_add(&session->run.diags, DIAG_CLI_LEFT_OUT, found->path, 0, 0,
                  SPAN("not listed: no policy can name this path"));
    }
    report_close(report);
}

static void search_run(struct session *session, struct search *search)
{
    struct names *names = &session->run.names;
    find_usual_reports(names, session->root, &search->found, &session->run.diags);
    find_all_files(names, session->root, &search->tree);
    for (size_t index = 0; index < search->found.count; index++) {
        look_at(session, vec_at(&search->found, index), search);
    }
    report_patterns_choose(names, &search->files, &search->tree, &search->patterns);
}

static bool is_listed(const struct search *search, const struct found_file *file)
{
    for (size_t index = 0; index < search->patterns.count; index++) {
        const struct report_pattern *pattern = vec_at(&search->patterns, index);
        if (glob_match(name_span(pattern->pattern), name_span(file->path))) {
            return true;
        }
    }
    return false;
}

static void add_reports(struct buf *out, const struct search *search)
{
    for (size_t index = 0; index < search->patterns.count; index++) {
        const struct report_pattern *pattern = vec_at(&search->patterns, index);
        buf_add_text(out, "  - path: ");
        add_quoted(out, name_span(pattern->pattern));
        buf_add_format(out, "\n    format: %s", pattern->format);
        if (pattern->state != STATE_OK) {
            buf_add_format(out, "   # %s when this was written", state_text(pattern->state));
        }
        buf_add_byte(out, '\n');
    }
    for (size_t index = 0; index < search->files.count; index++) {
        const struct found_file *file = vec_at(&search->files, index);
        if (file->format == NULL && !is_listed(search, file)) {
            buf_add_text(out, "#  - path: ");
            add_quoted(out, name_span(file->path));
            buf_add_format(out, "   # %s when this was written\n", state_text(file->state));
        }
    }
}

/* Reports that cannot be read now: the step that writes them failed. */
static void tell_unusable(struct session *session, const struct search *search)
{
    for (size_t index = 0; index < search->files.count; index++) {
        const struct found_file *file = vec_at(&search->files, index);
        if (file->format == NULL) {
            diags_add_format(&session->run.diags, DIAG_CLI_LEFT_OUT, file->path, 0, 0,
                             is_listed(search, file)
                                 ? "%s: a pattern matches it, so it will close the gate"
                                 : "%s: it stands in the policy as a comment only",
                             state_text(file->state));
        }
    }
}

static void add_gates(struct buf *out, const struct search *search)
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

static void add_policy(struct buf *out, const struct search *search)
{
    buf_add_text(
        out,
        "# The quality gate of this repository. Every word is checked: a typing "
        "error is an error.\n"
        "# `tidegate schema` prints a JSON Schema for completion in editors.\n"
        "version: 1\n\n"
        "# Reports to read. Globs are allowed (`**` crosses folders). A report that is missing, "
        "empty or\n# damaged blocks the gate. `format` may be left out: the content decides then.\n"
        "# Plain-text logs of tools are not looked for: list them here.\n"
        "reports:\n");
    add_reports(out, search);
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

/* Would writing lose a file? A device or pipe holds nothing to lose. */
static bool is_taken(const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0) {
        return S_ISREG(status.st_mode) || S_ISDIR(status.st_mode);
    }
    return lstat(path, &status) == 0;
}

static enum exit_code write_policy(struct session *session, const struct buf *policy)
{
    struct buf path;
    struct buf said;
    const char *given = options_value(session->options, "out");
    enum err err = ERR_NONE;
    buf_init(&path);
    buf_init(&said);
    buf_add_format(&path, "%s/.tidegate.yml", session->root);
    const char *file = given != NULL ? given : buf_text(&path);
    bool to_standard_output = session_means_standard_output(span_of(file));
    file = strncmp(file, "./", 2) == 0 ? file + 2 : file;
    if (!to_standard_output && is_taken(file) && !options_has(session->options, "force")) {
        diags_add(&session->run.diags, DIAG_CLI_EXISTS,
                  names_add(&session->run.names, span_of(file)), 0, 0, span_make(NULL, 0));
        err = ERR_USAGE;
    } else {
        err = session_write_output(session, file, buf_span(policy));
        buf_add_text(&said, "wrote ");
        escape_add_text(&said, span_of(file), 0);
        buf_add_text(&said,
                     "\nPlain-text logs of tools are not looked for: list them there.\nNext: read "
                     "it and run `tidegate check`; let CI run `tidegate record` on the "
                     "protected branch.\n");
    }
    session_complain(session);
    buf_release(&path);
    if (err != ERR_NONE) {
        buf_release(&said);
        return err == ERR_USAGE ? EXIT_USAGE : EXIT_PUBLISH;
    }
    if (session->quiet || to_standard_output) {
        buf_clear(&said);
    }
    return session_print(&said, EXIT_OPEN);
}

static enum exit_code init(struct session *session)
{
    struct search search;
    struct buf policy;
    enum exit_code code = EXIT_REPORT;
    search_open(&search);
    buf_init(&policy);
    search_run(session, &search);
    tell_unusable(session, &search);
    if (search.patterns.count == 0) {
        diags_add(&session->run.diags, DIAG_CLI_NOTHING_TO_LIST, NULL, 0, 0, span_make(NULL, 0));
        session_complain(session);
    } else {
        add_policy(&policy, &search);
        code = write_policy(session, &policy);
    }
    buf_release(&policy);
    search_close(&search);
    return code;
}

static enum exit_code run(const struct options *options)
{
    struct session session;
    enum exit_code code = EXIT_USAGE;
    session_open(&session, options);
    if (session_repo(&session) == ERR_NONE && session_named_well(&session) == ERR_NONE) {
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
     "write to this file (-: standard output) instead of .tidegate.yml at the top of the "
     "repository"},
    {NULL, 0, NULL, NULL},
};

const struct command command_init = {
    .name = "init",
    .words = "",
    .summary = "find reports in the work tree and write a commented .tidegate.yml",
    .text =
        "Run your tests and tools first, so that there are reports to find. They are looked "
        "for by\n"
        "content in the whole work tree, but not in hidden folders and dependencies. Reports of\n"
        "one kind become a pattern, such as TEST-*.xml, that matches no other file. Logs of tools\n"
        "in plain text are not looked for: list them in the policy.",
    .examples = "  tidegate init\n",
    .options = options,
    .run = run,
};
