/* One more waiver in the text of a policy file, put where its author would have put it: behind the last waiver,
 * or in a section of its own at the end of the file.
 *
 * The places come from the YAML reader, the bytes between them are not looked at. Whether that was right
 * is not argued but shown: the new text is read again, and its tree must be the old one with this waiver. */
#include "policy/policy_edit.h"

#include "base/date.h"
#include "base/utf8.h"
#include "policy/yaml.h"
#include "policy/yaml_text.h"

/* ---- the waiver as YAML ---- */

/* May it stand without quotes, in block and flow lists? */
static bool is_plain(struct span text)
{
    for (size_t at = 0; at < text.size; at++) {
        char byte = text.data[at];
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        bool mark = (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' || byte == '.' ||
                    byte == '/' || byte == ' ';
        if (!letter && !(mark && at > 0)) {
            return false;
        }
    }
    return yaml_plain_type(text) == YAML_TEXT;
}

static void add_scalar(struct buf *out, struct span text)
{
    text = span_trim(text);
    if (is_plain(text)) {
        buf_add(out, text);
        return;
    }
    buf_add_byte(out, '"');
    while (text.size > 0) {
        size_t size = 1;
        uint32_t letter = utf8_decode(text, &size);
        bool hidden = letter < 0x20 || (letter >= 0x7F && letter < 0xA0) || letter == 0x2028 ||
                      letter == 0x2029 || letter == 0xFEFF;
        if (hidden) {
            buf_add_format(out, "\\u%04x", (unsigned)letter);
        } else {
            buf_add_text(out, letter == '"' || letter == '\\' ? "\\" : "");
            buf_add(out, span_until(text, size));
        }
        text = span_from(text, size);
    }
    buf_add_byte(out, '"');
}

/* The members in order, with `between` after each but the last. */
static void add_members(struct buf *out, const struct waiver *waiver, struct span between)
{
    const struct {
        const char *key;
        const struct name *value;
    } members[] = {{"gate", waiver->gate},
                   {"group", waiver->group},
                   {"component", waiver->component},
                   {"reason", waiver->reason},
                   {"owner", waiver->owner}};
    for (size_t index = 0; index < sizeof(members) / sizeof(members[0]); index++) {
        if (members[index].value != NULL) {
            buf_add_format(out, "%s: ", members[index].key);
            add_scalar(out, name_span(members[index].value));
            buf_add(out, between);
        }
    }
    buf_add_text(out, "until: ");
    date_add(out, waiver->until);
}

/* Without a line end behind the last line. `keys` is the column of the keys, at least two more than that
 * of the dash. */
static void add_item(struct buf *out, const struct waiver *waiver, size_t dash, size_t keys,
                     const char *line_end)
{
    struct buf between = {NULL, 0, 0};
    buf_add_text(&between, line_end);
    buf_add_repeat(&between, ' ', keys);
    buf_add_repeat(out, ' ', dash);
    buf_add_byte(out, '-');
    buf_add_repeat(out, ' ', keys - dash - 1);
    add_members(out, waiver, buf_span(&between));
    buf_release(&between);
}

void policy_edit_write_waiver(struct buf *out, const struct waiver *waiver, size_t indent,
                              const char *line_end)
{
    add_item(out, waiver, indent, indent + 2, line_end);
    buf_add_text(out, line_end);
}

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
    add_item(&edit->piece, waiver, dash, flow ? dash + 2 : (size_t)(item->column - 1),
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
        add_members(&edit->piece, waiver, SPAN(", "));
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
    add_item(&edit->piece, waiver, dash, dash + 2, line_end_of(text));
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
    add_item(&edit->piece, waiver, dash, dash + 2, line_end_of(text));
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

/* ---- the proof ---- */

static bool same_node(const struct yaml_node *left, const struct yaml_node *right);

static bool same_children(const struct yaml_node *left, const struct yaml_node *right)
{
    while (left != NULL && right != NULL && same_node(left, right)) {
        left = left->next;
        right = right->next;
    }
    return left == NULL && right == NULL;
}

static bool same_node(const struct yaml_node *left, const struct yaml_node *right)
{
    return left->kind == right->kind && left->type == right->type && left->key == right->key &&
           span_equal(left->text, right->text) && same_children(left->first, right->first);
}

static bool says(const struct yaml_node *item, const char *key, const struct name *wanted)
{
    const struct yaml_node *node = yaml_get(item, key);
    return node == NULL ? wanted == NULL
                        : wanted != NULL && node->type == YAML_TEXT &&
                              span_equal(node->text, span_trim(name_span(wanted)));
}

static bool is_waiver(const struct yaml_node *item, const struct waiver *waiver)
{
    const struct yaml_node *until = yaml_get(item, "until");
    uint32_t day = 0;
    size_t members = 4U + (waiver->group != NULL ? 1U : 0U) + (waiver->component != NULL ? 1U : 0U);
    return item->kind == YAML_MAP && item->count == members && says(item, "gate", waiver->gate) &&
           says(item, "group", waiver->group) && says(item, "component", waiver->component) &&
           says(item, "reason", waiver->reason) && says(item, "owner", waiver->owner) &&
           until != NULL && date_parse(until->text, &day) && day == waiver->until;
}

/* Is `after` the list `before` (NULL: none) with the waiver as its first or last item? */
static bool is_grown(const struct yaml_node *before, const struct yaml_node *after,
                     const struct waiver *waiver)
{
    const struct yaml_node *old = before != NULL ? before->first : NULL;
    const struct yaml_node *item = after->first;
    size_t count = before != NULL ? before->count : 0;
    if (after->kind != YAML_LIST || after->count != count + 1) {
        return false;
    }
    if (is_waiver(item, waiver) && same_children(old, item->next)) {
        return true;
    }
    while (old != NULL && same_node(old, item)) {
        old = old->next;
        item = item->next;
    }
    return old == NULL && is_waiver(item, waiver);
}

static bool is_proven(const struct yaml_node *before, const struct yaml_node *after,
                      const struct waiver *waiver)
{
    const struct yaml_node *old = before->first;
    const struct yaml_node *now = after != NULL && after->kind == YAML_MAP ? after->first : NULL;
    bool grown = false;
    while (now != NULL) {
        bool list = span_is(name_span(now->key), "waivers");
        bool fits = list ? is_grown(yaml_get(before, "waivers"), now, waiver)
                         : old != NULL && same_node(old, now);
        if (!fits) {
            return false;
        }
        grown = grown || list;
        old = old != NULL ? old->next : NULL;
        now = now->next;
    }
    return grown && old == NULL;
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
            planned = is_proven(root, yaml_read(buf_span(out), path, &arena, &ignored), waiver);
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
