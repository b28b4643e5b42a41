/* A scratch folder in which tests build repositories with the git program, and what reads them.
 *
 * git runs with a home of its own and fixed names and dates, so that commits have the same ids in
 * every run. */
#ifndef TIDEGATE_TESTS_GIT_SCRATCH_H
#define TIDEGATE_TESTS_GIT_SCRATCH_H

#include "base/buf.h"
#include "model/diag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct scratch {
    char folder[64];
    struct arena arena;
    struct names names;
    struct diags diags;
};

static void scratch_open(struct scratch *scratch)
{
    static const char *const settings[][2] = {
        {"GIT_CONFIG_NOSYSTEM", "1"},
        {"GIT_CONFIG_COUNT", "3"},
        {"GIT_CONFIG_KEY_0", "init.defaultBranch"},
        {"GIT_CONFIG_VALUE_0", "main"},
        {"GIT_CONFIG_KEY_1", "protocol.file.allow"},
        {"GIT_CONFIG_VALUE_1", "always"},
        {"GIT_CONFIG_KEY_2", "safe.directory"},
        {"GIT_CONFIG_VALUE_2", "*"},
        {"GIT_AUTHOR_NAME", "a"},
        {"GIT_AUTHOR_EMAIL", "a@example.invalid"},
        {"GIT_AUTHOR_DATE", "1700000000 +0000"},
        {"GIT_COMMITTER_NAME", "c"},
        {"GIT_COMMITTER_EMAIL", "c@example.invalid"},
        {"GIT_COMMITTER_DATE", "1700000000 +0000"},
    };
    memset(scratch, 0, sizeof(*scratch));
    snprintf(scratch->folder, sizeof(scratch->folder), "/tmp/tidegate-test-XXXXXX");
    assert_non_null(mkdtemp(scratch->folder));
    char *real = realpath(scratch->folder, NULL);
    assert_non_null(real);
    snprintf(scratch->folder, sizeof(scratch->folder), "%s", real);
    free(real);
    for (size_t index = 0; index < sizeof(settings) / sizeof(settings[0]); index++) {
        setenv(settings[index][0], settings[index][1], 1);
    }
    setenv("HOME", scratch->folder, 1);
    unsetenv("GIT_DIR");
    arena_init(&scratch->arena);
    names_init(&scratch->names, &scratch->arena);
    diags_init(&scratch->diags, &scratch->names);
}

/* The first line that a shell command prints in the scratch folder; the command must succeed. */
static const char *scratch_run(struct scratch *scratch, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static const char *scratch_run(struct scratch *scratch, const char *format, ...)
{
    char command[2000];
    char line[300] = "";
    struct buf all = {NULL, 0, 0};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof(command), format, arguments);
    va_end(arguments);
    buf_add_format(&all, "cd %s && { %s\n} </dev/null 2>err.txt", scratch->folder, command);
    FILE *pipe = popen(buf_text(&all), "r");
    assert_non_null(pipe);
    if (fgets(line, sizeof(line), pipe) != NULL) {
        line[strcspn(line, "\n")] = '\0';
    }
    char rest[300];
    while (fgets(rest, sizeof(rest), pipe) != NULL) {
    }
    int status = pclose(pipe);
    if (status != 0) {
        (void)!system("cat err.txt >&2");
        fail_msg("status %d of: %s", status, command);
    }
    buf_release(&all);
    return name_text(names_add(&scratch->names, span_of(line)));
}

/* `below` inside the scratch folder. */
static inline const char *scratch_path(struct scratch *scratch, const char *below)
{
    struct buf path = {NULL, 0, 0};
    buf_add_format(&path, "%s/%s", scratch->folder, below);
    const struct name *name = names_add(&scratch->names, buf_span(&path));
    buf_release(&path);
    return name_text(name);
}

static inline const struct name *scratch_name(struct scratch *scratch, const char *text)
{
    return text != NULL ? names_add(&scratch->names, span_of(text)) : NULL;
}

static void scratch_close(struct scratch *scratch)
{
    scratch_run(scratch, "chmod -R u+rwX . && find . -mindepth 1 -delete");
    rmdir(scratch->folder);
    diags_release(&scratch->diags);
    names_release(&scratch->names);
    arena_release(&scratch->arena);
}

static inline bool scratch_said(const struct scratch *scratch, enum diag_code code,
                                const char *needle)
{
    for (size_t index = 0; index < diags_count(&scratch->diags); index++) {
        const struct diag *diag = diags_at(&scratch->diags, index);
        if (diag->code == code && strstr(name_text(diag->text), needle) != NULL) {
            return true;
        }
    }
    return false;
}

/* Exactly one diagnostic so far, of this code, with `needle` in its text. Forgets it. */
static inline void scratch_expect(struct scratch *scratch, enum diag_code code, const char *needle)
{
    if (diags_count(&scratch->diags) != 1 || !scratch_said(scratch, code, needle)) {
        for (size_t index = 0; index < diags_count(&scratch->diags); index++) {
            const struct diag *diag = diags_at(&scratch->diags, index);
            print_message("%s %s: %s\n", diag_kind(diag->code)->code, name_text(diag->file),
                          name_text(diag->text));
        }
        fail_msg("wanted %s with \"%s\"", diag_kind(code)->code, needle);
    }
    diags_release(&scratch->diags);
    diags_init(&scratch->diags, &scratch->names);
}

#endif
