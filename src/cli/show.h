/* Where the verdict goes: standard output, files, and the CI's summary page. */
#ifndef TIDEGATE_CLI_SHOW_H
#define TIDEGATE_CLI_SHOW_H

#include "cli/session.h"
#include "model/scene.h"

/* The row of --output, for the commands that have it. */
#define SHOW_OPTION                                                                                \
    {                                                                                              \
        "output", 'o', "KIND[=FILE]",                                                              \
            "text, json or markdown, to standard output or a file; may stand several times"        \
    }

/* Are all --output options understood? Said before any work is done. ERR_USAGE with a
 * diagnostic. */
enum err show_check_options(struct session *session);

/* Renders the scene for each --output (text without one), and appends Markdown to the CI's step
 * summary if there is one. Returns `code`, or EXIT_PUBLISH when writing failed and `code` was
 * EXIT_OPEN. */
enum exit_code show(struct session *session, const struct scene *scene, enum exit_code code);

/* What --quiet leaves: the errors of the run on standard error, and those of reports (struct report
 * *) where these are what `code` says. */
void show_errors(const struct session *session, const struct vec *reports, enum exit_code code);

/* What is shown when nothing could be judged: the errors and warnings on standard error, and the
 * scene, whose verdict is closed without checks, where a program or a reader of the page looks for
 * one. So a file of an older run is never taken for the verdict of this one. */
void show_refusal(struct session *session, const struct scene *scene);

#endif
