/* Texts of commits and trees (gitformat: "tree", "parent", "author", "committer", blank line,
 * message; and "<mode> <name>", NUL, id). */
#include "ledger/git_ledger_former.h"

#include "ledger/git_ledger_rollup.h"

#include <string.h>

#define WAS "Tidegate-Was: "

static void add_id(struct buf *out, const char *key, const git_oid *id)
{
    char hex[GIT_OID_HEXSZ + 1];
    git_oid_tostr(hex, sizeof(hex), id);
    buf_add_format(out, "%s %s\n", key, hex);
}

/* The lines of author and committer as they were; whatever signed the old commit does not sign
 * another one. */
static void add_people(struct buf *out, struct span commit)
{
    while (commit.size > 0 && commit.data[0] != '\n') {
        struct span line = span_cut(&commit, '\n');
        if (span_starts(line, "author ") || span_starts(line, "committer ")) {
            buf_add(out, line);
            buf_add_byte(out, '\n');
        }
    }
}

/* The trailer of former ids is the last one. */
static void add_message(struct buf *out, struct span message, struct span was)
{
    size_t line = span_find_text(message, "\n" WAS);
    buf_add(out, line == SIZE_MAX ? message : span_until(message, line + 1));
    if (was.size > 0) {
        buf_add_text(out, WAS);
        buf_add(out, was);
        buf_add_byte(out, '\n');
    }
}

void git_ledger_former_write(struct buf *out, const struct former_commit *former)
{
    add_id(out, "tree", former->tree);
    add_id(out, "parent", former->parent);
    add_people(out, former->commit);
    buf_add_byte(out, '\n');
    add_message(out, former->message, former->was);
}

bool git_ledger_former_tree(const git_tree *tree, const git_oid *rollup, git_oid *id)
{
    struct buf text = {NULL, 0, 0};
    for (size_t index = 0; index < git_tree_entrycount(tree); index++) {
        const git_tree_entry *entry = git_tree_entry_byindex(tree, index);
        const char *name = git_tree_entry_name(entry);
        const git_oid *object = git_tree_entry_id(entry);
        if (strcmp(name, LAYOUT_ROLLUP) == 0) {
            if (rollup == NULL) {
                continue;
            }
            object = rollup;
        }
        buf_add_format(&text, "%o %s", (unsigned)git_tree_entry_filemode_raw(entry), name);
        buf_add_byte(&text, '\0');
        buf_add(&text, span_make((const char *)object->id, GIT_OID_RAWSZ));
    }
    bool made = git_odb_hash(id, text.size > 0 ? text.data : "", text.size, GIT_OBJECT_TREE) == 0;
    buf_release(&text);
    return made;
}
