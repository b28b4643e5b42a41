/* Running `git`: its environment is ours without the variables that would point it elsewhere, plus
 * the settings that it shall know. */
#define _GNU_SOURCE /* environ */
#include "ledger/git_program.h"

#include "base/arena.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of git's own variables only those about the way to the server are kept: a hook that runs us sets
 * GIT_DIR and GIT_INDEX_FILE, and tracing prints credentials. */
static const char *const kept[] = {
    "GIT_SSH=",
    "GIT_SSH_COMMAND=",
    "GIT_SSH_VARIANT=",
    "GIT_ASKPASS=",
    "GIT_SSL_",
    "GIT_PROXY_",
    "GIT_HTTP_",
    "GIT_EXEC_PATH=",
    "GIT_ALLOW_PROTOCOL=",
    "GIT_PROTOCOL_FROM_USER=",
    "GIT_CONFIG",
    NULL,
};

static const char *const fixed[] = {
    "LC_ALL=C", /* its messages are read */
    "LANGUAGE=", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", NULL,
};

static bool starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool is_kept(const char *variable, bool own_settings)
{
    if (starts(variable, "LC_ALL=") || starts(variable, "LANGUAGE=")) {
        return false;
    }
    if (!starts(variable, "GIT_")) {
        return true;
    }
    if (own_settings && starts(variable, "GIT_CONFIG")) {
        return false;
    }
    size_t index = 0;
    while (kept[index] != NULL && !starts(variable, kept[index])) {
        index++;
    }
    return kept[index] != NULL;
}

static void add_variable(struct vec *variables, struct arena *arena, struct buf *text)
{
    *(const char **)vec_add(variables) = arena_text(arena, buf_span(text));
    buf_clear(text);
}

/* All that git shall know, instead of what stands in its files. */
static void add_settings(const struct git_program *program, struct vec *variables,
                         struct arena *arena, struct buf *text)
{
    buf_add_text(text, "GIT_CONFIG_NOSYSTEM=1");
    add_variable(variables, arena, text);
    buf_add_text(text, "GIT_CONFIG_GLOBAL=/dev/null");
    add_variable(variables, arena, text);
    buf_add_format(text, "GIT_CONFIG_COUNT=%zu", program->settings->count);
    add_variable(variables, arena, text);
    for (size_t index = 0; index < program->settings->count; index++) {
        const struct git_setting *setting = vec_at(program->settings, index);
        buf_add_format(text, "GIT_CONFIG_KEY_%zu=%s", index, setting->key);
        add_variable(variables, arena, text);
        buf_add_format(text, "GIT_CONFIG_VALUE_%zu=%s", index, setting->value);
        add_variable(variables, arena, text);
    }
}

/* The number of settings that the caller's environment gives already. */
static unsigned long settings_given(void)
{
    const char *count = getenv("GIT_CONFIG_COUNT");
    unsigned long given = count != NULL ? strtoul(count, NULL, 10) : 0;
    return given < LIMIT_GIT_SETTINGS ? given : 0;
}

static void add_trust(const struct git_program *program, struct vec *variables, struct arena *arena,
                      struct buf *text)
{
    unsigned long given = settings_given();
    buf_add_format(text, "GIT_CONFIG_COUNT=%lu", given + 1);
    add_variable(variables, arena, text);
    buf_add_format(text, "GIT_CONFIG_KEY_%lu=safe.directory", given);
    add_variable(variables, arena, text);
    buf_add_format(text, "GIT_CONFIG_VALUE_%lu=%s", given, program->trusted);
    add_variable(variables, arena, text);
}

static void make_environment(const struct git_program *program, struct vec *variables,
                             struct arena *arena)
{
    struct buf text = {NULL, 0, 0};
    bool own_settings = program->settings != NULL;
    bool trust = !own_settings && program->trusted != NULL;
    for (char **variable = environ; *variable != NULL; variable++) {
        if (is_kept(*variable, own_settings) &&
            !(trust && starts(*variable, "GIT_CONFIG_COUNT="))) {
            *(const char **)vec_add(variables) = *variable;
        }
    }
    for (size_t index = 0; fixed[index] != NULL; index++) {
        *(const char **)vec_add(variables) = fixed[index];
    }
    if (own_settings) {
        add_settings(program, variables, arena, &text);
    } else if (trust) {
        add_trust(program, variables, arena, &text);
    }
    vec_add(variables); /* NULL, the end */
    buf_release(&text);
}

void git_program_run(const struct git_program *program, const char *const *words,
                     unsigned milliseconds, struct process_result *result)
{
    struct arena arena;
    struct vec variables;
    struct vec arguments;
    arena_init(&arena);
    vec_init(&variables, sizeof(const char *));
    vec_init(&arguments, sizeof(const char *));
    make_environment(program, &variables, &arena);
    *(const char **)vec_add(&arguments) = "git";
    for (; *words != NULL; words++) {
        *(const char **)vec_add(&arguments) = *words;
    }
    vec_add(&arguments);
    const struct process process = {
        .arguments = arguments.items,
        .environment = variables.items,
        .folder = program->folder,
        .milliseconds = milliseconds,
    };
    process_run(&process, result);
    vec_release(&arguments);
    vec_release(&variables);
    arena_release(&arena);
}

void git_program_add_command(struct buf *out, const char *const *words)
{
    buf_add_text(out, "git");
    for (; *words != NULL; words++) {
        buf_add_byte(out, ' ');
        buf_add_text(out, *words);
    }
}

/* ---- what git said ---- */

/* The user part of "scheme://user:password@host/..." at the front of `rest`, with its `@`; 0 if
 * none. */
static size_t user_part(struct span rest)
{
    size_t at = 0;
    size_t last = 0;
    while (at < rest.size && strchr("/ \t\n'\"", rest.data[at]) == NULL) {
        at++;
        last = rest.data[at - 1] == '@' ? at : last;
    }
    return last;
}

/* On one line: git's words come in lines, with tabs and with blanks that fill up to the terminal's
 * edge. */
static void add_without_users(struct buf *out, struct span text)
{
    bool blank = true; /* nothing stands before the first word */
    for (size_t at = 0; at < text.size; at++) {
        bool address = at >= 3 && memcmp(text.data + at - 3, "://", 3) == 0;
        size_t skip = address ? user_part(span_from(text, at)) : 0;
        if (skip > 0) {
            buf_add_text(out, "***@");
            at += skip - 1;
            blank = false;
            continue;
        }
        bool was_blank = blank;
        blank = strchr(" \t\r\n", text.data[at]) != NULL && text.data[at] != '\0';
        if (!blank) {
            buf_add_byte(out, text.data[at]);
        } else if (!was_blank) {
            buf_add_byte(out, ' ');
        }
    }
}

/* Is this the key of a setting whose value lets people in? */
static bool is_secret(const char *key)
{
    size_t size = strlen(key);
    static const char header[] = "extraheader";
    return size >= sizeof(header) - 1 && strcmp(key + size - (sizeof(header) - 1), header) == 0;
}

/* Blots `secret` out wherever it stands. What is shorter would blot ordinary words out. */
static void blot_out(struct span text, char *data, struct span secret)
{
    enum { SECRET_SHORTEST = 4 };
    for (size_t at = 0; secret.size >= SECRET_SHORTEST && at + secret.size <= text.size; at++) {
        if (memcmp(data + at, secret.data, secret.size) == 0) {
            memset(data + at, '*', secret.size);
        }
    }
}

/* The last word of a header: "AUTHORIZATION: basic <secret>". */
static struct span secret_of_header(const char *value)
{
    const char *space = strrchr(value, ' ');
    return span_of(space != NULL ? space + 1 : value);
}

/* The password of an address, or a user name so long that it is a token, and what stands behind its
 * `?`. Git tells them without the scheme, too, and with line ends that a pasted secret brought
 * along. */
static void blot_out_address(struct span text, char *data, const char *address)
{
    enum { TOKEN_SHORTEST = 12 };
    const char *scheme = strstr(address, "://");
    struct span rest = span_of(scheme != NULL ? scheme + 3 : "");
    struct span host = span_until(rest, span_find(rest, '/'));
    size_t user_end = span_find_last(host, '@');
    struct span user = span_until(host, user_end == SIZE_MAX ? 0 : user_end);
    size_t colon = span_find(user, ':');
    if (colon != SIZE_MAX) {
        blot_out(text, data, span_from(user, colon + 1));
    } else if (user.size >= TOKEN_SHORTEST) {
        blot_out(text, data, user);
    }
    size_t query = span_find(rest, '?');
    if (query != SIZE_MAX) {
        blot_out(text, data, span_from(rest, query + 1));
    }
}

void git_program_add_said(const struct git_program *program, struct buf *out,
                          const struct process_result *result)
{
    struct buf said = {NULL, 0, 0};
    buf_add(&said, span_trim(buf_span(&result->errors)));
    for (size_t index = 0; program->settings != NULL && index < program->settings->count; index++) {
        const struct git_setting *setting = vec_at(program->settings, index);
        if (is_secret(setting->key)) {
            blot_out(buf_span(&said), said.data, secret_of_header(setting->value));
        }
        blot_out_address(buf_span(&said), said.data, setting->key);
        blot_out_address(buf_span(&said), said.data, setting->value);
    }
    add_without_users(out, buf_span(&said));
    buf_release(&said);
}
