/* A shard of an older run that lies around is no lower number and no better one: it is refused.
 *
 * Files tell nothing about that, so a partial snapshot names the commit that was checked out and
 * its tree. The tree decides, because amended and merged commits have new names for old content. */
#include "cli/same_commit.h"

/* The content that a part was read at; NULL if unknown, if the report is no part, or if there is
 * nothing to refuse, which is so with what was refused in an earlier merge. */
static const struct name *content_of(const struct report *report)
{
    if (!report->is_part || report->state == STATE_DAMAGED || report->state == STATE_MISSING) {
        return NULL;
    }
    return report->tree != NULL ? report->tree : report->commit;
}

static const char *word_of(const struct name *commit)
{
    return commit != NULL ? name_text(commit) : "another commit";
}

static void refuse(struct report *report, const char *wanted)
{
    report_roll_back(report);
    report->state = STATE_DAMAGED;
    diags_add_format(&report->diags, DIAG_PARTIAL_COMMIT, report->path, 0, 0,
                     "measured at %s, but %s", word_of(report->commit), wanted);
}

static void compare_with_checkout(const struct vec *reports, const struct git_repo *repo)
{
    struct buf wanted;
    buf_init(&wanted);
    buf_add_format(&wanted, "%s is checked out", word_of(git_repo_commit(repo)));
    for (size_t at = 0; at < reports->count; at++) {
        struct report *report = *(struct report *const *)vec_at(reports, at);
        const struct name *content = content_of(report);
        bool same = content == git_repo_tree(repo) || content == git_repo_commit(repo);
        if (content != NULL && !same) {
            refuse(report, buf_text(&wanted));
        }
    }
    buf_release(&wanted);
}

static void compare_among_themselves(const struct vec *reports)
{
    const struct name *first = NULL;
    bool differ = false;
    for (size_t at = 0; at < reports->count; at++) {
        const struct name *content = content_of(*(struct report *const *)vec_at(reports, at));
        first = first != NULL ? first : content;
        differ = differ || (content != NULL && content != first);
    }
    for (size_t at = 0; at < reports->count && differ; at++) {
        struct report *report = *(struct report *const *)vec_at(reports, at);
        if (content_of(report) != NULL) {
            refuse(report, "other partial snapshots at another commit");
        }
    }
}

void same_commit_check(const struct vec *reports, const struct git_repo *repo)
{
    if (repo != NULL && git_repo_tree(repo) != NULL) {
        compare_with_checkout(reports, repo);
    } else {
        compare_among_themselves(reports);
    }
}
