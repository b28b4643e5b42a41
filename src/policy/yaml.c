/* YAML text -> tree, by libfyaml's event parser.
 *
 * The library skips what follows a NUL or broken UTF-8 without a word, so the bytes are checked
 * first. Its messages are collected, never printed. Events are used instead of its documents
 * because those resolve aliases; here an alias is an error, and nothing can multiply. Version 0.7
 * leaks some bytes of its own on certain unfinished quotes, which a program that then ends can
 * bear. */
#include "policy/yaml.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/mem.h"
#include "policy/yaml_text.h"

#include <libfyaml.h>

/* ---- the tree ---- */

/* An open list or mapping. */
struct level {
    struct yaml_node *node;
    struct yaml_node *last; /* child */
    const struct name *key; /* read, waiting for its value; NULL if none */
    uint64_t key_line, key_column;
    bool drop;       /* the waiting value belongs to a key that stood before */
    struct map seen; /* key -> line of its first place */
};

struct builder {
    struct arena *arena;
    const struct name *path;
    struct diags *diags;
    struct yaml_node *root;
    struct vec levels;     /* struct level, outermost first */
    uint64_t line, column; /* of the event at hand */
    size_t documents;
    bool stop;
};

static void complain(struct builder *builder, enum diag_code code, const char *text)
{
    diags_add(builder->diags, code, builder->path, builder->line, builder->column, span_of(text));
}

static struct level *innermost(const struct builder *builder)
{
    size_t depth = builder->levels.count;
    return depth > 0 ? vec_at(&builder->levels, depth - 1) : NULL;
}

static bool wants_key(const struct level *level)
{
    return level != NULL && level->node->kind == YAML_MAP && level->key == NULL;
}

/* Takes a scalar as the key of the innermost mapping. */
static void take_key(struct builder *builder, struct span text)
{
    struct level *level = innermost(builder);
    level->key = names_add(builder->diags->names, text);
    level->key_line = builder->line;
    level->key_column = builder->column;
    uint64_t *first = map_put(&level->seen, map_key(level->key));
    level->drop = *first != 0;
    if (level->drop) {
        diags_add_format(builder->diags, DIAG_POLICY_DUPLICATE_KEY, builder->path, builder->line,
                         builder->column, "`%.*s` stands twice; it is in line %llu already",
                         (int)(text.size < 60 ? text.size : 60), text.data,
                         (unsigned long long)*first);
    } else {
        *first = builder->line;
    }
}

/* Hangs a new node below the innermost level. */
static struct yaml_node *add_node(struct builder *builder, enum yaml_kind kind)
{
    struct yaml_node *node = arena_alloc(builder->arena, sizeof(*node));
    struct level *level = innermost(builder);
    node->kind = kind;
    node->line = builder->line;
    node->column = builder->column;
    if (level == NULL) {
        builder->root = node;
        return node;
    }
    if (level->node->kind == YAML_MAP) {
        node->key = level->key;
        node->key_line = level->key_line;
        node->key_column = level->key_column;
        level->key = NULL;
        if (node->line == 0) {
            node->line = node->key_line;
            node->column = node->key_column;
        }
        if (level->drop) {
            return node; /* readable, but not part of the tree */
        }
    }
    if (node->line == 0) {
        node->line = level->node->line;
        node->column = level->node->column;
    }
    *(level->last != NULL ? &level->last->next : &level->node->first) = node;
    level->last = node;
    level->node->count++;
    return node;
}

static void open_level(struct builder *builder, enum yaml_kind kind)
{
    if (wants_key(innermost(builder))) {
        complain(builder, DIAG_POLICY_SYNTAX, "a list or mapping cannot be a key here");
        builder->stop = true;
        return;
    }
    if (builder->levels.count == LIMIT_POLICY_DEPTH) {
        complain(builder, DIAG_POLICY_LIMIT, "nested deeper than any policy needs");
        builder->stop = true;
        return;
    }
    struct yaml_node *node = add_node(builder, kind);
    struct level *level = vec_add(&builder->levels);
    level->node = node;
}

static void close_level(struct builder *builder)
{
    map_release(&innermost(builder)->seen);
    builder->levels.count--;
}

static void take_scalar(struct builder *builder, struct fy_token *token)
{
    size_t size = 0;
    const char *data = fy_token_get_text(token, &size);
    struct span text = arena_copy(builder->arena, span_make(data, data != NULL ? size : 0));
    bool plain = fy_token_scalar_style(token) == FYSS_PLAIN;
    if (wants_key(innermost(builder))) {
        take_key(builder, text);
        return;
    }
    struct yaml_node *node = add_node(builder, YAML_SCALAR);
    node->text = text;
    node->type = plain ? yaml_plain_type(text) : YAML_TEXT;
}

static void refuse_marks(struct builder *builder, const struct fy_token *anchor,
                         const struct fy_token *tag)
{
    if (anchor != NULL) {
        complain(builder, DIAG_POLICY_ANCHOR, "an anchor (`&name`) is not read here");
    }
    if (tag != NULL) {
        complain(builder, DIAG_POLICY_ANCHOR, "a tag (`!name`) is not read here");
    }
}

static void take_event(struct builder *builder, struct fy_event *event)
{
    const struct fy_mark *mark = fy_event_start_mark(event);
    builder->line = mark != NULL ? (uint64_t)mark->line + 1 : 0;
    builder->column = mark != NULL ? (uint64_t)mark->column + 1 : 0;
    switch (event->type) {
    case FYET_DOCUMENT_START:
        if (builder->documents++ > 0) {
            complain(builder, DIAG_POLICY_DOCUMENTS, "a second document begins here");
            builder->stop = true;
        }
        break;
    case FYET_MAPPING_START:
        refuse_marks(builder, event->mapping_start.anchor, event->mapping_start.tag);
        open_level(builder, YAML_MAP);
        break;
    case FYET_SEQUENCE_START:
        refuse_marks(builder, event->sequence_start.anchor, event->sequence_start.tag);
        open_level(builder, YAML_LIST);
        break;
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END: close_level(builder); break;
    case FYET_SCALAR:
        refuse_marks(builder, event->scalar.anchor, event->scalar.tag);
        take_scalar(builder, event->scalar.value);
        break;
    case FYET_ALIAS:
        complain(
            builder, DIAG_POLICY_ANCHOR,
            "an alias (`*name`) is not read here; a pattern that begins with `*` needs quotes");
        builder->stop = true;
        break;
    default: break;
    }
}

/* ---- the library ---- */

/* The library formats messages without a place for this function only; the first one is kept. */
static void keep_message(struct fy_diag *diag, void *user, const char *text, size_t size)
{
    struct span message = span_make(text, size);
    struct buf *kept = user;
    (void)diag;
    if (span_starts(message, "[ERR]: ")) {
        message = span_from(message, sizeof("[ERR]: ") - 1);
    }
    if (kept->size == 0) {
        buf_add(kept, span_trim(message));
    }
}

static void report_faults(struct builder *builder, struct fy_diag *library, struct buf *message)
{
    void *at = NULL;
    const struct fy_diag_error *fault = fy_diag_errors_iterate(library, &at);
    bool placed = fault != NULL && fault->line > 0;
    if (placed) {
        builder->line = (uint64_t)fault->line;
        builder->column = fault->column > 0 ? (uint64_t)fault->column : 0;
    }
    if (fault != NULL && fault->msg != NULL) {
        complain(builder, DIAG_POLICY_SYNTAX, fault->msg);
    } else {
        complain(builder, DIAG_POLICY_SYNTAX, buf_text(message));
    }
}

static void run_parser(struct builder *builder, struct fy_parser *parser, struct fy_diag *library,
                       struct buf *message)
{
    bool ended = false;
    struct fy_event *event;
    while (!builder->stop && (event = fy_parser_parse(parser)) != NULL) {
        ended = event->type == FYET_STREAM_END;
        take_event(builder, event);
        fy_parser_event_free(parser, event);
    }
    void *at = NULL;
    bool faults = fy_diag_got_error(library) || fy_parser_get_stream_error(parser) ||
                  fy_diag_errors_iterate(library, &at) != NULL;
    if (!builder->stop && (!ended || faults)) {
        report_faults(builder, library, message);
        builder->stop = true;
    }
}

static void parse(struct builder *builder, struct span text)
{
    struct buf message;
    struct fy_diag_cfg diag_settings;
    buf_init(&message);
    fy_diag_cfg_default(&diag_settings);
    diag_settings.fp = NULL;
    diag_settings.output_fn = keep_message;
    diag_settings.user = &message;
    diag_settings.colorize = false;
    struct fy_diag *library = fy_diag_create(&diag_settings);
    if (library == NULL) {
        mem_exhausted();
    }
    fy_diag_set_collect_errors(library, true);
    struct fy_parse_cfg settings = {
        .flags = FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE, .diag = library};
    struct fy_parser *parser = fy_parser_create(&settings);
    if (parser == NULL || fy_parser_set_string(parser, text.data, text.size) != 0) {
        mem_exhausted();
    }
    run_parser(builder, parser, library, &message);
    fy_parser_destroy(parser);
    fy_diag_destroy(library);
    buf_release(&message);
}

struct yaml_node *yaml_read(struct span text, const struct name *path, struct arena *arena,
                            struct diags *diags)
{
    if (!yaml_text_check(text, path, diags)) {
        return NULL;
    }
    struct builder builder = {.arena = arena, .path = path, .diags = diags};
    vec_init(&builder.levels, sizeof(struct level));
    if (text.size > 0) {
        parse(&builder, text);
    }
    while (builder.levels.count > 0) {
        close_level(&builder);
    }
    vec_release(&builder.levels);
    if (builder.stop) {
        return NULL;
    }
    struct yaml_node *root = builder.root;
    if (root == NULL || (root->kind == YAML_SCALAR && root->type == YAML_NULL)) {
        diags_add(diags, DIAG_POLICY_EMPTY, path, 1, 1, SPAN(""));
        return NULL;
    }
    return root;
}

const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key)
{
    const struct yaml_node *node = map->kind == YAML_MAP ? map->first : NULL;
    while (node != NULL && !span_is(name_span(node->key), key)) {
        node = node->next;
    }
    return node;
}
