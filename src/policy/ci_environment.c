/* Environment variables as checked values. */
#include "policy/ci_environment.h"

#include "base/buf.h"
#include "base/limits.h"
#include "model/snapshot.h"
#include "policy/branch_name.h"

struct span environment_value(const struct environment *environment, const char *variable)
{
    const char *text = variable != NULL ? environment->get(environment->self, variable) : NULL;
    struct span value = span_of(text);
    return value.size <= LIMIT_PATH_BYTES ? value : span_make(NULL, 0);
}

bool environment_is_set(const struct environment *environment, const char *variable)
{
    struct span value = environment_value(environment, variable);
    return value.size > 0 && !span_is_caseless(value, "false");
}

bool environment_says(const struct environment *environment, const char *variable,
                      const char *wanted)
{
    return wanted != NULL && span_is_caseless(environment_value(environment, variable), wanted);
}

struct span without_prefix(struct span text, struct span prefix)
{
    bool starts = span_equal(span_until(text, prefix.size), prefix);
    return starts ? span_from(text, prefix.size) : text;
}

const struct name *environment_branch(const struct environment *environment, struct span text)
{
    struct span branch = without_prefix(text, SPAN("refs/heads/"));
    bool usable = branch_name_valid(branch) && !span_starts(branch, "refs/");
    return usable ? names_add(environment->names, branch) : NULL;
}

const struct name *environment_commit(const struct environment *environment, struct span text)
{
    char id[64];
    if (text.size > sizeof(id)) {
        return NULL;
    }
    for (size_t at = 0; at < text.size; at++) {
        char byte = text.data[at];
        id[at] = byte >= 'A' && byte <= 'F' ? (char)(byte - 'A' + 'a') : byte;
    }
    struct span lower = span_make(id, text.size);
    return snapshot_id_valid(lower) ? names_add(environment->names, lower) : NULL;
}

const struct name *environment_url(const struct environment *environment, const char *const *pieces)
{
    struct buf url;
    bool usable = *pieces != NULL;
    buf_init(&url);
    for (; *pieces != NULL; pieces++) {
        struct span piece =
            (*pieces)[0] == '$' ? environment_value(environment, *pieces + 1) : span_of(*pieces);
        usable = usable && piece.size > 0;
        buf_add(&url, piece);
    }
    struct span text = buf_span(&url);
    usable = usable && (span_starts(text, "https://") || span_starts(text, "http://"));
    for (size_t at = 0; at < text.size; at++) {
        usable = usable && text.data[at] > ' ' && text.data[at] <= '~' &&
                 span_find(SPAN("\"'`<>()[]{}|\\^"), text.data[at]) == SIZE_MAX;
    }
    const struct name *name = usable ? names_add(environment->names, text) : NULL;
    buf_release(&url);
    return name;
}
