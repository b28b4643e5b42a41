/* tidegate explain: a diagnostic code, a metric, a rule, a format, or where the coverage of a line
 * comes from. */
#include "cli/command.h"
#include "cli/pipeline.h"

#include "base/path.h"
#include "collectors/collectors.h"
#include "gates/gates.h"
#include "measure/places.h"
#include "policy/words.h"
#include "render/escape.h"

#include <stdlib.h>

static bool explain_code(struct span word, struct buf *out)
{
    enum diag_code code = diag_code_of(word);
    if (code == DIAG_CODE_COUNT) {
        return false;
    }
    const struct diag_kind *kind = diag_kind(code);
    buf_add_format(out, "%s (%s)\n\nWhat it means: %s.\nWhat to do: %s\n", kind->code,
                   severity_text(kind->severity), kind->title, kind->remedy);
    return true;
}

static bool explain_metric(struct span word, struct buf *out)
{
    const struct metric_kind *kind = metric_find(word);
    if (kind == NULL) {
        return false;
    }
    buf_add_format(out, "%s (a %s of %s, better when %s)\n\nCounts %s.\n", kind->key,
                   value_kind_text(kind->kind), kind->unit, direction_text(kind->direction),
                   kind->title);
    if (kind->direction != DIRECTION_NEUTRAL) {
        buf_add_format(out, "\nIn a policy:\n\n  gates:\n    - %s: { ratchet: true, %s: %s }\n",
                       kind->key, kind->direction == DIRECTION_UP ? "at_least" : "at_most",
                       kind->kind == VALUE_RATIO ? "80" : "0");
    }
    return true;
}

static bool explain_rule(struct span word, struct buf *out)
{
    for (const struct rule_spec *const *kind = rules_specs(); *kind != NULL; kind++) {
        if (span_is(word, (*kind)->name)) {
            buf_add_format(out, "%s: %s\n\nParameters:\n", (*kind)->name, (*kind)->summary);
            for (const struct param_spec *param = (*kind)->params; param->name != NULL; param++) {
                buf_add_format(out, "  %-13s %s\n", param->name, param->text);
            }
            return true;
        }
    }
    return false;
}

static bool explain_format(struct span word, struct buf *out)
{
    const struct collector *collector = collectors_find(word);
    if (collector == NULL) {
        return false;
    }
    buf_add_format(out, "%s: %s\n\nWritten by: %s\nDescribed in: %s\n", collector->name,
                   collector->title, collector->tools, collector->spec);
    return true;
}

/* ---- FILE:LINE ---- */

/* Splits at the last colon; false unless a number follows. */
static bool split_number(struct span word, struct span *before, uint64_t *number)
{
    size_t colon = span_find_last(word, ':');
    if (colon == SIZE_MAX || colon == 0 || !span_to_u64(span_from(word, colon + 1), number)) {
        return false;
    }
    *before = span_until(word, colon);
    return true;
}

/* FILE:LINE, or FILE:LINE:COLUMN as findings are shown. */
static bool split_place(struct span word, struct span *file, uint64_t *line)
{
    uint64_t outer;
    if (!split_number(word, file, line)) {
        return false;
    }
    if (split_number(*file, &word, &outer)) {
        *file = word;
        *line = outer;
    }
    return *line >= 1 && *line <= UINT32_MAX;
}

static void add_coverage(struct buf *out, const struct report *report,
                         const struct file_coverage *file, uint32_t line)
{
    static const char *const words[] = {"not code for this report", "did not run", "ran"};
    escape_add_text(out, name_span(report->path), 0);
    buf_add_format(out, " (%s): %s, listed as ", report->format,
                   words[coverage_line(file->coverage, line)]);
    escape_add_text(out, name_span(file->path), 0);
    buf_add_byte(out, '\n');
}

static const struct name *path_of(const struct places *places, const struct name *reported)
{
    const struct place *place = vec_at(&places->list, places_of(places, reported));
    return place->path;
}

static void add_findings(struct buf *out, const struct report *report, const struct places *places,
                         const struct name *wanted, uint64_t line)
{
    for (size_t index = 0; index < report->findings.details.count; index++) {
        const struct finding_detail *detail = vec_at(&report->findings.details, index);
        if (detail->line != line || detail->path == NULL ||
            path_of(places, detail->path) != wanted) {
            continue;
        }
        escape_add_text(out, name_span(report->path), 0);
        buf_add_format(out, " (%s): %s ", report->format, level_text(detail->level));
        escape_add_text(out, name_span(detail->rule), 0);
        buf_add_text(out, ": ");
        escape_add_text(out, name_span(detail->message), 0);
        buf_add_byte(out, '\n');
    }
}

/* The file that the user means: of the current folder, else as reports name files. */
static const struct name *find_wanted(const struct session *session, struct repo_paths *paths,
                                      struct names *names, struct span file)
{
    struct path_origin here = {.roots = NULL};
    char *folder = session->repo != NULL ? realpath(".", NULL) : NULL;
    if (folder != NULL) {
        path_below(span_of(folder), span_of(git_repo_root(session->repo)), &here.prefix);
    }
    const struct name *given = names_add(names, file);
    const struct name *wanted = repo_paths_find(paths, given, &here).resolved;
    free(folder);
    return wanted != NULL ? wanted : given;
}

static void explain_reports(struct pipeline *pipeline, struct repo_paths *paths, struct span file,
                            uint64_t line, struct buf *out)
{
    struct names *names = &pipeline->session->run.names;
    const struct name *wanted = find_wanted(pipeline->session, paths, names, file);
    struct places places;
    struct diags unsaid; /* `check` says what is odd about paths */
    diags_init(&unsaid, names);
    places_open(&places, paths, pipeline->policy);
    for (size_t index = 0; index < pipeline->reports.count; index++) {
        const struct report *report = *(struct report **)vec_at(&pipeline->reports, index);
        places_read(&places, report, report->root, &unsaid);
        for (size_t at = 0; at < report->files.count; at++) {
            const struct file_coverage *entry = vec_at(&report->files, at);
            if (path_of(&places, entry->path) == wanted || entry->path == wanted) {
                add_coverage(out, report, entry, (uint32_t)line);
            }
        }
        add_findings(out, report, &places, wanted, line);
    }
    places_close(&places);
    diags_release(&unsaid);
}

static enum exit_code explain_place(struct session *session, struct span file, uint64_t line)
{
    struct pipeline pipeline;
    struct vec tracked;
    struct buf out;
    enum exit_code code = EXIT_USAGE;
    buf_init(&out);
    vec_init(&tracked, sizeof(const struct name *));
    pipeline_init(&pipeline, session);
    session->words_are_reports = false;
    if (session_repo(session) == ERR_NONE && session_policy(session) == ERR_NONE &&
        pipeline_collect(&pipeline, NULL) == ERR_NONE &&
        (session->repo == NULL ||
         git_repo_tracked(session->repo, &tracked, &session->run.diags) == ERR_NONE)) {
        struct repo_paths *paths =
            repo_paths_open(&session->run.names, session->repo != NULL ? &tracked : NULL,
                            span_of(session->repo != NULL ? git_repo_root(session->repo) : ""));
        explain_reports(&pipeline, paths, file, line, &out);
        repo_paths_close(paths);
        if (out.size == 0) {
            buf_add_text(&out, "no report says anything about this line\n");
        }
        code = EXIT_OPEN;
    }
    session_complain(session);
    pipeline_release(&pipeline);
    vec_release(&tracked);
    if (code != EXIT_OPEN) {
        buf_release(&out);
        return code;
    }
    return session_print(&out, code);
}

/* The word that was probably meant; the empty span if none is near. */
static struct span nearest(struct span word)
{
    struct vec words; /* struct span */
    size_t count;
    vec_init(&words, sizeof(struct span));
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        *(struct span *)vec_add(&words) = span_of(diag_kind((enum diag_code)code)->code);
    }
    for (int id = 0; id < METRIC_COUNT; id++) {
        *(struct span *)vec_add(&words) = span_of(metric_kind((enum metric_id)id)->key);
    }
    for (const struct rule_spec *const *kind = rules_specs(); *kind != NULL; kind++) {
        *(struct span *)vec_add(&words) = span_of((*kind)->name);
    }
    const struct collector *const *collectors = collectors_all(&count);
    for (size_t index = 0; index < count; index++) {
        *(struct span *)vec_add(&words) = span_of(collectors[index]->name);
    }
    struct span near = word_nearest(word, &words);
    vec_release(&words);
    return near;
}

static void tell_unknown(struct session *session, struct span word)
{
    struct span near = nearest(word);
    diags_add_format(&session->run.diags, DIAG_CLI_NOT_FOUND, NULL, 0, 0,
                     "'%.*s' is no diagnostic code, metric, rule, format or FILE:LINE%s%.*s%s",
                     SPAN_ARG(word), near.size > 0 ? "; did you mean '" : "", SPAN_ARG(near),
                     near.size > 0 ? "'?" : "");
    session_complain(session);
}

static enum exit_code explain(struct session *session, struct span word)
{
    struct span file;
    uint64_t line = 0;
    struct buf out;
    buf_init(&out);
    if (word.size > 2 && word.data[0] == '[' && word.data[word.size - 1] == ']') {
        word = span_until(span_from(word, 1), word.size - 2); /* as messages end */
    }
    if (explain_code(word, &out) || explain_metric(word, &out) || explain_rule(word, &out) ||
        explain_format(word, &out)) {
        return session_print(&out, EXIT_OPEN);
    }
    buf_release(&out);
    if (split_place(word, &file, &line)) {
        return explain_place(session, file, line);
    }
    tell_unknown(session, word);
    return EXIT_USAGE;
}

static enum exit_code run(const struct options *options)
{
    struct session session;
    enum exit_code code = EXIT_USAGE;
    session_open(&session, options);
    if (options->word_count == 1) {
        code = explain(&session, span_of(options->words[0]));
    } else {
        diags_add(&session.run.diags, DIAG_CLI_USAGE, NULL, 0, 0,
                  SPAN("explain needs one word: a code, metric, rule, format or FILE:LINE"));
        session_complain(&session);
    }
    session_close(&session);
    return code;
}

static const struct option_spec options[] = {{NULL, 0, NULL, NULL}};

const struct command command_explain = {
    .name = "explain",
    .words = "CODE | METRIC | RULE | FORMAT | FILE:LINE",
    .summary = "explain a diagnostic, a metric, a rule, a format, or one line of code",
    .text = "For FILE:LINE, or FILE:LINE:COLUMN, the reports of the policy are read, and each one "
            "that mentions the line is\n"
            "named with what it says: whether the line ran, and which findings stand there.",
    .examples = "  tidegate explain input/truncated\n  tidegate explain coverage.line\n"
                "  tidegate explain src/parse.c:120\n",
    .options = options,
    .run = run,
};
