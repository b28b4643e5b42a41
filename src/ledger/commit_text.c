/* Raw commit objects (gitformat: `tree`, `parent`*, `author`, `committer`, further headers,
 * blank line, message) into their parts. libgit2 and git hide parents behind the graft of a
 * shallow clone; the object itself, whose hash was checked, does not lie. */
#include "ledger/commit_text.h"

#include "model/snapshot.h"

/* Takes `key`, a blank and an id off `*text`. */
static bool take_id(struct span *text, const char *key, struct span *id)
{
    struct span rest = *text;
    if (!span_starts(rest, key)) {
        return false;
    }
    rest = span_from(rest, span_of(key).size);
    *id = span_cut(&rest, '\n');
    *text = rest;
    return snapshot_id_valid(*id);
}

bool commit_text_parent(struct span *parents, struct span *id)
{
    return take_id(parents, "parent ", id);
}

/* `committer Name <mail> 1700000000 +0100` */
static int64_t time_of(struct span line)
{
    int64_t time = 0;
    size_t at = span_find_last(line, '>');
    if (at == SIZE_MAX) {
        return 0;
    }
    struct span rest = span_trim(span_from(line, at + 1));
    return span_to_i64(span_cut(&rest, ' '), &time) ? time : 0;
}

bool commit_text_read(struct span text, struct commit_text *commit)
{
    struct span id;
    *commit = (struct commit_text){.time = 0};
    if (!take_id(&text, "tree ", &commit->tree)) {
        return false;
    }
    commit->parents = text;
    while (span_starts(text, "parent ")) {
        if (!commit_text_parent(&text, &id)) {
            return false;
        }
    }
    commit->parents = span_until(commit->parents, commit->parents.size - text.size);
    while (text.size > 0 && text.data[0] != '\n') {
        struct span line = span_cut(&text, '\n');
        if (span_starts(line, "committer ")) {
            commit->time = time_of(line);
        }
    }
    commit->message = span_from(text, text.size > 0 ? 1 : 0);
    return true;
}
