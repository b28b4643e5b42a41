/* Sending a scene to its targets. */
#include "cli/show.h"

#include "render/render.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* "markdown=summary.md" -> renderer and file (NULL: standard output, which may be called "-"). */
static const struct renderer *read_target(const char *value, const char **file)
{
    struct span rest = span_of(value);
    struct span kind = span_cut(&rest, '=');
    *file = kind.size < strlen(value) && !session_means_standard_output(rest)
                ? value + kind.size + 1
                : NULL;
    return renderers_find(kind);
}

/* Does an earlier --output write to this file? Then the later one would replace it. */
static bool is_second(const struct session *session, size_t index, const char *file)
{
    for (size_t earlier = 0; file != NULL && earlier < index; earlier++) {
        const char *other = NULL;
        read_target(options_value_at(session->options, "output", earlier), &other);
        if (other != NULL && strcmp(other, file) == 0) {
            return true;
        }
    }
    return false;
}

enum err show_check_options(struct session *session)
{
    const char *value = NULL;
    unsigned to_standard_output = 0;
    for (size_t index = 0; (value = options_value_at(session->options, "output", index)) != NULL;
         index++) {
        const char *file = NULL;
        if (read_target(value, &file) == NULL || (file != NULL && file[0] == '\0')) {
            diags_add_format(
                &session->run.diags, DIAG_CLI_OUTPUT, NULL, 0, 0,
                "--output takes text, json or markdown, optionally with =FILE, not '%s'", value);
            return ERR_USAGE;
        }
        if (is_second(session, index, file)) {
            diags_add_format(&session->run.diags, DIAG_CLI_OUTPUT, NULL, 0, 0,
                             "two --output go to '%s', where only the last would stay", file);
            return ERR_USAGE;
        }
        to_standard_output += file == NULL ? 1 : 0;
    }
    if (to_standard_output > 1) {
        diags_add(&session->run.diags, DIAG_CLI_OUTPUT, NULL, 0, 0,
                  SPAN("only one --output may go to standard output; give the others a file"));
        return ERR_USAGE;
    }
    return ERR_NONE;
}

static enum exit_code write_one(struct session *session, const struct scene *scene,
                                const struct renderer *renderer, const char *file,
                                enum exit_code code)
{
    struct scene own = *scene;
    struct buf text;
    buf_init(&text);
    if (file != NULL) {
        own.colour = false;
        own.width = 0;
    }
    renderer->render(&own, &text);
    if (file == NULL && session->quiet) {
        buf_clear(&text);
    }
    if (file == NULL) {
        return session_print(&text, code);
    }
    enum err err = session_write_output(session, file, buf_span(&text));
    buf_release(&text);
    return err != ERR_NONE && code == EXIT_OPEN ? EXIT_PUBLISH : code;
}

/* GitHub shows what is appended to this file on the run's page. Failing to write it never changes a
 * verdict. */
static void append_summary(struct session *session, const struct scene *scene)
{
    const struct renderer *markdown = renderers_find(SPAN("markdown"));
    if (session->ci.step_summary == NULL || markdown == NULL) {
        return;
    }
    struct buf text;
    buf_init(&text);
    markdown->render(scene, &text);
    FILE *file = fopen(name_text(session->ci.step_summary), "ab");
    bool written = file != NULL && fwrite(text.data, 1, text.size, file) == text.size;
    if (file != NULL && fclose(file) != 0) {
        written = false;
    }
    if (!written) {
        fprintf(stderr, "tidegate: cannot append to the step summary: %s\n", strerror(errno));
    }
    buf_release(&text);
}

void show_errors(const struct session *session, const struct vec *reports, enum exit_code code)
{
    session_complain(session);
    for (size_t index = 0; code == EXIT_REPORT && index < reports->count; index++) {
        const struct report *report = *(struct report *const *)vec_at(reports, index);
        if (report->state != STATE_OK) {
            session_complain_of(session, &report->diags);
        }
    }
}

enum exit_code show(struct session *session, const struct scene *scene, enum exit_code code)
{
    const char *value = options_value_at(session->options, "output", 0);
    if (value == NULL) {
        code = write_one(session, scene, renderers_find(SPAN("text")), NULL, code);
    }
    size_t before = session->run.diags.errors;
    for (size_t index = 0; value != NULL;
         value = options_value_at(session->options, "output", ++index)) {
        const char *file = NULL;
        const struct renderer *renderer = read_target(value, &file);
        code = write_one(session, scene, renderer, file, code);
    }
    append_summary(session, scene);
    if (session->quiet) {
        show_errors(session, scene->reports, code);
    } else if (session->run.diags.errors > before) {
        session_complain(session);
    }
    return code;
}

void show_refusal(struct session *session, const struct scene *scene)
{
    const char *value = NULL;
    for (size_t index = 0; (value = options_value_at(session->options, "output", index)) != NULL;
         index++) {
        const char *file = NULL;
        const struct renderer *renderer = read_target(value, &file);
        if (file != NULL || renderer != renderers_find(SPAN("text"))) {
            write_one(session, scene, renderer, file, EXIT_USAGE);
        }
    }
    append_summary(session, scene);
    session_complain(session);
}
