/* Reports that came with the checkout -> older than the commit, and named.
 *
 * Such a report has the time of the checkout, but was there before the commit, and nothing has
 * written it since: it is no proof that its step has run. */
#include "cli/committed_reports.h"

void committed_reports_take(struct pipeline *pipeline, struct report *report,
                            const struct name *place)
{
    struct git_repo *repo = pipeline->session->repo;
    struct stat status;
    if (repo == NULL || place == NULL || stat(name_text(report->path), &status) != 0 ||
        !git_repo_is_as_checked_out(repo, name_text(place), &status)) {
        return;
    }
    int64_t commit = git_repo_commit_time(repo);
    if (report->modified >= commit) {
        report->modified = commit - 1;
    }
    pipeline->committed = pipeline->committed != NULL ? pipeline->committed : report->path;
    pipeline->committed_count++;
}

void committed_reports_tell(const struct pipeline *pipeline)
{
    if (pipeline->committed_count == 0) {
        return;
    }
    struct buf text = {NULL, 0, 0};
    size_t more = pipeline->committed_count - 1;
    if (more == 0) {
        buf_add_text(&text, "this report comes with the commit, and nothing has written it since");
    } else {
        buf_add_format(&text,
                       "this report and %zu other%s come with the commit, and nothing has written "
                       "them since",
                       more, more == 1 ? "" : "s");
    }
    diags_add(pipeline->diags, DIAG_CLI_COMMITTED, pipeline->committed, 0, 0, buf_span(&text));
    buf_release(&text);
}
