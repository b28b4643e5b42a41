/* Real report files, copied and spoiled, through the collectors and the gate.
 *
 * What a cut copy looks like depends on the format: one without an end mark reads as a whole
 * report. That is said, and is no fault of the policy. A report that no policy lists is missed by
 * nobody. */
#include "cli/selftest_reports.h"

#include "cli/bare_classes.h"
#include "cli/find_reports.h"

#include "gates/gates.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum harm { HARM_MISSING, HARM_EMPTY, HARM_CUT, HARM_REPLACED, HARM_COUNT };

static const char *const harm_text[] = {"missing", "empty", "cut in half",
                                        "replaced by an error page"};

/* One report that is spoiled, and where. */
struct spoil {
    const struct pipeline *whole;
    struct selftest *selftest;
    const struct found_report *found; /* the first of its entry in the policy */
    enum harm harm;
    const char *file;            /* in a temporary folder */
    const struct policy *policy; /* without the rules that close the gate as it is */
    const struct baseline *baseline;
    const struct verdict *before;
};

/* ---- spoiling ---- */

/* Copies the first `most` bytes. */
static bool copy_bytes(const char *from, FILE *to, uint64_t most)
{
    char piece[16384];
    FILE *file = fopen(from, "rb");
    size_t got = 1;
    while (file != NULL && most > 0 && got > 0) {
        got = fread(piece, 1, most < sizeof(piece) ? (size_t)most : sizeof(piece), file);
        most -= got;
        if (fwrite(piece, 1, got, to) != got) {
            got = 0;
        }
    }
    bool sound = file != NULL && ferror(file) == 0 && ferror(to) == 0;
    if (file != NULL) {
        fclose(file);
    }
    return sound;
}

static enum err write_spoiled(const struct spoil *spoil)
{
    static const char page[] = "<html><head><title>502 Bad Gateway</title></head></html>\n";
    const char *path = name_text(spoil->found->path);
    struct stat status;
    FILE *to = fopen(spoil->file, "wb");
    bool written = to != NULL;
    if (written && spoil->harm == HARM_CUT) {
        written = stat(path, &status) == 0 && copy_bytes(path, to, (uint64_t)status.st_size / 2);
    } else if (written && spoil->harm == HARM_REPLACED) {
        written = fputs(page, to) >= 0;
    }
    if (to != NULL && fclose(to) != 0) {
        written = false;
    }
    if (!written) {
        diags_add_format(&spoil->whole->session->run.diags, DIAG_CLI_WRITE,
                         names_add(&spoil->whole->session->run.names, span_of(spoil->file)), 0, 0,
                         "cannot make a copy to spoil: %s", strerror(errno));
    }
    return written ? ERR_NONE : ERR_WRITE;
}

/* ---- asking the gate ---- */

/* The other reports are those that were read; the ones of this entry are read again, the spoiled
 * one among them. */
static size_t gather(const struct spoil *spoil, struct pipeline *trial)
{
    const struct pipeline *whole = spoil->whole;
    size_t shared = 0;
    trial->specs = calloc(whole->reports.count + 1, sizeof(*trial->specs));
    for (size_t index = 0; trial->specs != NULL && index < whole->reports.count; index++) {
        if (whole->specs[index] != spoil->found->spec) {
            trial->specs[shared++] = whole->specs[index];
            *(struct report **)vec_add(&trial->reports) =
                *(struct report **)vec_at(&whole->reports, index);
        }
    }
    bool missing_said = false;
    for (size_t index = 0; index < whole->found.count; index++) {
        struct found_report found = *(const struct found_report *)vec_at(&whole->found, index);
        bool is_spoiled = found.path == spoil->found->path;
        if (found.spec != spoil->found->spec || (missing_said && found.spec != NULL)) {
            continue;
        }
        if (spoil->harm == HARM_MISSING && found.spec != NULL && found.spec->optional) {
            continue;
        }
        if (spoil->harm == HARM_MISSING && found.spec != NULL) {
            found.missing = missing_said = true;
            found.path = found.spec->pattern;
        } else if (spoil->harm == HARM_MISSING && is_spoiled) {
            continue;
        }
        pipeline_read(trial, &found, NULL, is_spoiled ? spoil->file : name_text(found.path));
    }
    bare_classes_settle(&trial->reports);
    return shared;
}

/* Lets a missing report's group be carried as a check would do it, from a baseline that holds what
 * is measured now. Carrying closes missing reports, so those that are shared must be there. */
static void let_carry(const struct spoil *spoil, struct pipeline *trial, size_t shared)
{
    const struct snapshot *from = &spoil->whole->snapshot;
    struct baseline *baseline = &trial->baseline;
    bool may = spoil->harm == HARM_MISSING && trial->session->repo != NULL && from->commit != NULL;
    for (size_t index = 0; index < shared; index++) {
        may = may && (*(struct report **)vec_at(&trial->reports, index))->state != STATE_MISSING;
    }
    if (!may) {
        return;
    }
    baseline->state = BASELINE_FOUND;
    baseline->time = git_repo_commit_time(trial->session->repo);
    baseline->snapshot.commit = from->commit;
    for (size_t index = 0; index < from->metrics.count; index++) {
        *snapshot_add(&baseline->snapshot) = *(const struct metric *)vec_at(&from->metrics, index);
    }
    for (size_t index = 0; index < from->sources.count; index++) {
        *(struct snapshot_source *)vec_add(&baseline->snapshot.sources) =
            *(const struct snapshot_source *)vec_at(&from->sources, index);
    }
    trial->carries = true;
}

static void judge(const struct pipeline *trial, const struct policy *policy,
                  const struct baseline *baseline, struct verdict *verdict)
{
    struct session *session = trial->session;
    struct diags ignored;
    struct evaluation evaluation = pipeline_evaluation(trial);
    evaluation.policy = policy;
    evaluation.baseline = baseline;
    diags_init(&ignored, &session->run.names);
    gates_evaluate(&evaluation, verdict, &ignored);
    diags_release(&ignored);
}

static size_t blocking(const struct verdict *verdict)
{
    size_t count = 0;
    for (size_t index = 0; index < verdict->checks.count; index++) {
        count += check_blocks(vec_at(&verdict->checks, index)) ? 1 : 0;
    }
    return count;
}

/* ---- rows ---- */

/* What the policy says about this harm; NULL when it must close the gate. */
static const char *allowance(const struct spoil *spoil, const struct report *report)
{
    const struct report_spec *spec = spoil->found->spec;
    if (spec == NULL && spoil->harm == HARM_MISSING) {
        return "no policy lists it under `reports`, so nobody can miss it";
    }
    if (spec != NULL && spoil->harm == HARM_MISSING && spec->optional) {
        return "optional: true";
    }
    if (spec != NULL && spoil->harm == HARM_MISSING && spec->max_age > 0) {
        return "max_age: its last recorded values are carried";
    }
    if (spoil->harm != HARM_MISSING && report != NULL && report_spec_accepts(spec, report)) {
        return report->state == STATE_OK ? "what is left reads as a whole report in this format"
               : report->state == STATE_EMPTY ? "the policy accepts it empty"
                                              : "the policy accepts it in part";
    }
    return NULL;
}

static void add_row(const struct spoil *spoil, const struct pipeline *trial, size_t shared)
{
    struct names *names = &trial->session->run.names;
    const struct verdict *after = &trial->verdict;
    const struct report *spoiled = NULL;
    for (size_t index = shared; index < trial->reports.count; index++) {
        const struct report *report = *(struct report **)vec_at(&trial->reports, index);
        spoiled = report->path == spoil->found->path ? report : spoiled;
    }
    struct selftest_row row = {.subject = spoil->found->path,
                               .change = names_add(names, span_of(harm_text[spoil->harm])),
                               .judged = true,
                               .before = spoil->before->outcome,
                               .before_code = spoil->before->exit_code,
                               .after = after->outcome,
                               .after_code = after->exit_code};
    bool closes = after->exit_code != EXIT_OPEN && (spoil->before->exit_code == EXIT_OPEN ||
                                                    blocking(after) > blocking(spoil->before));
    const char *why = closes ? NULL : allowance(spoil, spoiled);
    row.result = closes ? SELFTEST_OK : why != NULL ? SELFTEST_EXEMPT : SELFTEST_CANNOT;
    if (!closes && why == NULL) {
        why = after->exit_code != EXIT_OPEN
                  ? "the gate is closed now for this already; mend that first"
                  : "the gate does not see it";
    }
    row.why = why != NULL ? names_add(names, span_of(why)) : NULL;
    selftest_add(spoil->selftest, &row);
}

static enum err try_harm(const struct spoil *spoil)
{
    struct pipeline trial;
    enum err err = write_spoiled(spoil);
    if (err != ERR_NONE) {
        return err;
    }
    pipeline_init(&trial, spoil->whole->session);
    size_t errors = trial.session->run.diags.errors;
    size_t shared = gather(spoil, &trial);
    let_carry(spoil, &trial, shared);
    err = pipeline_measure(&trial);
    if (err == ERR_NONE || trial.session->run.diags.errors > errors) {
        judge(&trial, spoil->policy, spoil->baseline, &trial.verdict);
        add_row(spoil, &trial, shared);
        err = ERR_NONE;
    }
    for (size_t index = 0; index < trial.reports.count; index++) { /* shared ones are not ours */
        if (index >= shared) {
            report_close(*(struct report **)vec_at(&trial.reports, index));
        }
    }
    vec_clear(&trial.reports);
    pipeline_release(&trial);
    return err;
}

/* ---- the whole ---- */

/* Is this the first file of its entry in the policy, or one that no policy lists? */
static bool is_first(const struct pipeline *pipeline, size_t index)
{
    const struct found_report *found = vec_at(&pipeline->found, index);
    for (size_t before = 0; found->spec != NULL && before < index; before++) {
        const struct found_report *other = vec_at(&pipeline->found, before);
        if (other->spec == found->spec) {
            return false;
        }
    }
    return !found->missing && !found->surplus;
}

static enum err try_all(struct spoil *spoil)
{
    enum err err = ERR_NONE;
    for (size_t index = 0; err == ERR_NONE && index < spoil->whole->found.count; index++) {
        if (!is_first(spoil->whole, index)) {
            continue;
        }
        spoil->found = vec_at(&spoil->whole->found, index);
        for (int harm = 0; err == ERR_NONE && harm < HARM_COUNT; harm++) {
            spoil->harm = (enum harm)harm;
            err = try_harm(spoil);
        }
    }
    return err;
}

/* The rules that do not close the gate as it is, so that what a spoiled report does can be seen.
 * All, when nothing would be left. */
static void take_quiet_rules(const struct pipeline *pipeline, const struct baseline *baseline,
                             struct vec *rules)
{
    const struct policy *policy = &pipeline->session->policy;
    struct verdict verdict;
    verdict_init(&verdict);
    judge(pipeline, policy, baseline, &verdict);
    for (size_t index = 0; index < policy->rules.count; index++) {
        const struct rule *rule = vec_at(&policy->rules, index);
        bool blocks = false;
        for (size_t at = 0; at < verdict.checks.count; at++) {
            const struct check *check = vec_at(&verdict.checks, at);
            blocks = blocks || (check->rule == rule && check_blocks(check));
        }
        if (!blocks) {
            *(struct rule *)vec_add(rules) = *rule;
        }
    }
    for (size_t index = 0; rules->count == 0 && index < policy->rules.count; index++) {
        *(struct rule *)vec_add(rules) = *(const struct rule *)vec_at(&policy->rules, index);
    }
    verdict_release(&verdict);
}

/* Makes a folder for copies, and removes it again. */
static enum err try_in_folder(struct spoil *spoil)
{
    const char *temporary = getenv("TMPDIR");
    struct buf folder = {0};
    struct buf file = {0};
    enum err err = ERR_WRITE;
    buf_add_format(&folder, "%s/tidegate-selftest-XXXXXX",
                   temporary != NULL && temporary[0] != '\0' ? temporary : "/tmp");
    buf_text(&folder);
    if (mkdtemp(folder.data) == NULL) {
        diags_add_format(&spoil->whole->session->run.diags, DIAG_CLI_WRITE, NULL, 0, 0,
                         "cannot make a folder for copies: %s", strerror(errno));
    } else {
        buf_add_format(&file, "%s/report", folder.data);
        spoil->file = buf_text(&file);
        err = try_all(spoil);
        unlink(spoil->file);
        rmdir(folder.data);
    }
    buf_release(&folder);
    buf_release(&file);
    return err;
}

enum err selftest_reports(const struct pipeline *pipeline, struct selftest *selftest)
{
    struct baseline baseline = {.state = BASELINE_FOUND, .snapshot = pipeline->snapshot};
    struct policy policy = pipeline->session->policy;
    struct verdict before;
    struct spoil spoil = {.whole = pipeline,
                          .selftest = selftest,
                          .policy = &policy,
                          .baseline = &baseline,
                          .before = &before};
    verdict_init(&before);
    bars_init(&baseline.bars, &pipeline->session->run.names);
    vec_init(&baseline.recent, sizeof(struct snapshot));
    vec_init(&policy.rules, sizeof(struct rule));
    take_quiet_rules(pipeline, &baseline, &policy.rules);
    judge(pipeline, &policy, &baseline, &before);
    enum err err = try_in_folder(&spoil);
    vec_release(&policy.rules);
    vec_release(&baseline.recent);
    bars_release(&baseline.bars);
    verdict_release(&before);
    return err;
}
