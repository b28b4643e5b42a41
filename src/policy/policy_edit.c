/* One more waiver in the text of a policy file, put where its author would have put it: behind the
 * last waiver, or in a section of its own at the end of the file.
 *
 * The places come from the YAML reader, the bytes between them are not looked at. Whether that was
 * right is not argued but shown: the new text is read again, and its tree must be the old one with
 * this waiver. */
#include "policy/policy_edit.h"

#include "policy/policy_edit_proof.h"
#include "policy/waiver_yaml.h"
#include "policy/yaml.h"

/* ---- where it goes ---- */

/* What is left out of the text, and what is put in somewhere behind. */
struct edit {
    size_t cut_from, cut_to;
    size_t at;
    struct buf piece;
};

static size_t line_start(struct span text, uint64_t line)
{
    size_t at = 0;
    for (; line > 1 && at < text.size; at++) {
        line -= text.data[at] == '\n' ? 1 : 0;
    }
    return at;
}

/* Where the line around `at` ends, before its line end. */
static size_t line_stop(struct span text, size_t at)
{
    size_t size = span_find(span_from(text, at), '\n');
    size_t stop = size == SIZE_MAX ? text.size : at + size;
    return stop > at && size != SIZE_MAX && text.data[stop - 1] == '\r' ? stop - 1 : stop;
}

/* A node's byte; what stands before those that matter here is blanks and plain keys. */
static size_t place_of(struct span text, const struct yaml_node *node)
{
    return line_start(text, node->line) + (size_t)(node->column - 1);
}

static bool has_byte(struct span text, size_t at, char byte)
{
    return at < text.size && text.data[at] == byte;
}

static const char *line_end_of(struct span text)
{
    size_t first = span_find(text, '\n');
    return first != SIZE_MAX && first > 0 && text.data[first - 1] == '\r' ? "\r\n" : "\n";
}

/* Column of a block list's dashes; `usual` when the node is none. */
static size_t dash_column(struct span text, const struct yaml_node *list, size_t usual)
{
    bool block = list != NULL && list->kind == YAML_LIST && list->column > 0 &&
                 has_byte(text, place_of(text, list), '-');
    return block ? (size_t)(list->column - 1) : usual;
}

/* The end of the last line of an item whose dash is in column `dash`: its lines are further in. */
static size_t item_stop(struct span text, const struct yaml_node *item, size_t dash)
{
    size_t stop = line_stop(text, line_start(text, item->line));
    for (size_t at = stop; at < text.size;) {
        size_t next = span_find(span_from(text, at), '\n');
        if (next == SIZE_MAX) {
            break;
        }
        at += next + 1;
        size_t end = line_stop(text, at);
        size_t blanks = 0;
        while (at + blanks < end && text.data[at + blanks] == ' ') {
            blanks++;
        }
        bool empty = span_trim(span_make(text.data + at, end - at)).size == 0;
        if (!empty && blanks <= dash) {
            break;
        }
        stop = empty ? stop : end;
    }
    return stop;
}

static void behind_last_item(struct span text, const struct yaml_node *list,
                             const struct waiver *waiver, struct edit *edit)
{
    const struct yaml_node *item = list->first;
    while (item->next != NULL) {
        item = item->next;
    }
    size_t dash = dash_column(text, list, 0);
    bool flow = has_byte(text, place_of(text, item), '{') || item->column < dash + 3;
    edit->at = item_stop(text, item, dash);
    buf_add_text(&edit->piece, line_end_of(text));
    waiver_yaml_add_item(&edit->piece, waiver, dash, flow ? dash + 2 : (size_t)(item->column - 1),
                         line_end_of(text));
}

/* `waivers: []` becomes a block list; one that holds something gets the new one in front. */
static void into_brackets(struct span text, const struct yaml_node *list, size_t dash,
                          const struct waiver *waiver, struct edit *edit)
{
    size_t open = place_of(text, list);
    if (list->first != NULL) {
        edit->at = open + 1;
        buf_add_text(&edit->piece, "{ ");
        waiver_yaml_add_members(&edit->piece, waiver, SPAN(", "));
        buf_add_text(&edit->piece, " }, ");
        return;
    }
    size_t size = span_find(span_from(text, open), ']');
    edit->cut_from = open;
    edit->cut_to = size == SIZE_MAX ? open : open + size + 1;
    while (edit->cut_from > 0 && text.data[edit->cut_from - 1] == ' ') {
        edit->cut_from--;
    }
    edit->at = line_stop(text, edit->cut_to);
    buf_add_text(&edit->piece, line_end_of(text));
    waiver_yaml_add_item(&edit->piece, waiver, dash, dash + 2, line_end_of(text));
}

/* A section of its own in the last line. */
static void behind_everything(struct span text, size_t indent, size_t dash,
                              const struct waiver *waiver, struct edit *edit)
{
    edit->at = text.size;
    if (span_ends(text, "\n")) {
        edit->at -= span_ends(text, "\r\n") ? 2 : 1;
    }
    buf_add_text(&edit->piece, line_end_of(text));
    buf_add_repeat(&edit->piece, ' ', indent);
    buf_add_text(&edit->piece, "waivers:");
    buf_add_text(&edit->piece, line_end_of(text));
    waiver_yaml_add_item(&edit->piece, waiver, dash, dash + 2, line_end_of(text));
}

/* False when the text is written in a way that this does not try. */
static bool plan(struct span text, const struct yaml_node *root, const struct waiver *waiver,
                 struct edit *edit)
{
    const struct yaml_node *list = yaml_get(root, "waivers");
    size_t indent = root->first != NULL ? (size_t)(root->first->key_column - 1) : 0;
    size_t dash = dash_column(text, yaml_get(root, "gates"), indent + 2);
    if (has_byte(text, place_of(text, root), '{')) {
        return false;
    }
    if (list == NULL) {
        behind_everything(text, indent, dash, waiver, edit);
        return true;
    }
    size_t place = place_of(text, list);
    if (has_byte(text, place, '[')) {
        into_brackets(text, list, dash, waiver, edit);
        return true;
    }
    if (list->first == NULL || !has_byte(text, place, '-')) {
        return false;
    }
    behind_last_item(text, list, waiver, edit);
    return true;
}

/* ---- all of it ---- */

static void add_edited(struct buf *out, struct span text, const struct edit *edit)
{
    buf_add(out, span_until(text, edit->cut_from));
    buf_add(out, span_make(text.data + edit->cut_to, edit->at - edit->cut_to));
    buf_add(out, buf_span(&edit->piece));
    buf_add(out, span_from(text, edit->at));
}

/* The mistakes of the new text are those of the waiver: they are told without a place. */
static enum err check_policy(struct span text, const struct name *path,
                             const struct policy_vocabulary *vocabulary, struct diags *diags)
{
    struct policy policy;
    struct diags found;
    diags_init(&found, diags->names);
    policy_init(&policy);
    enum err err = policy_read(&policy, diags->names, text, path, vocabulary, &found);
    for (size_t index = 0; index < diags_count(&found); index++) {
        const struct diag *diag = diags_at(&found, index);
        diags_add(diags, diag->code, NULL, 0, 0, name_span(diag->text));
    }
    policy_release(&policy);
    diags_release(&found);
    return err;
}

enum err policy_edit_add_waiver(struct span text, const struct name *path,
                                const struct waiver *waiver,
                                const struct policy_vocabulary *vocabulary, struct buf *out,
                                struct diags *diags)
{
    struct arena arena;
    struct diags ignored;
    struct edit edit = {0};
    enum err err = ERR_POLICY;
    arena_init(&arena);
    diags_init(&ignored, diags->names);
    size_t errors = diags->errors;
    const struct yaml_node *root = yaml_read(text, path, &arena, diags);
    if (root != NULL && root->kind == YAML_MAP && diags->errors == errors) {
        bool planned = plan(text, root, waiver, &edit);
        if (planned) {
            add_edited(out, text, &edit);
            planned = policy_edit_is_proven(root, yaml_read(buf_span(out), path, &arena, &ignored),
                                            waiver);
        }
        err = planned ? check_policy(buf_span(out), path, vocabulary, diags) : ERR_UNUSABLE;
    }
    if (err == ERR_UNUSABLE) {
        diags_add(diags, DIAG_POLICY_EDIT, path, 0, 0, span_make(NULL, 0));
    }
    buf_release(&edit.piece);
    diags_release(&ignored);
    arena_release(&arena);
    return err;
}
