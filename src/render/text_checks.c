/* Checks as text. A broken rule is a block: what was decided and why, the figures one below the
 * other, what to do next. A passed rule is one row. */
#include "render/text_parts.h"

#include "render/check_view.h"

static const struct {
    const char *word;
    enum style style;
} of_outcome[] = {
    [OUTCOME_PASS] = {"PASS", STYLE_GREEN},     [OUTCOME_INFO] = {"INFO", STYLE_CYAN},
    [OUTCOME_WARN] = {"WARN", STYLE_YELLOW},    [OUTCOME_WAIVED] = {"WAIVED", STYLE_CYAN},
    [OUTCOME_NO_DATA] = {"NO DATA", STYLE_RED}, [OUTCOME_FAIL] = {"FAIL", STYLE_RED},
};

/* The columns after the word, so that all blocks are aligned: width of "NO DATA" and two blanks. */
enum { BLOCK_INDENT = 9 };

static void add_figure(struct table *table, const char *word, struct buf *figure)
{
    if (figure->size > 0) {
        table_cell(table, STYLE_DIM, span_of(word), 0);
        table_cell(table, STYLE_PLAIN, buf_span(figure), 0);
    }
    buf_clear(figure);
}

static void add_short(struct buf *out, const struct check *check)
{
    struct buf distance = {0};
    if (check->short_of_bar > 0 && check->has_bar) {
        buf_add_text(&distance, check->now.kind == VALUE_RATIO ? "; short by " : "; off by ");
        buf_add_grouped(&distance, check->short_of_bar);
    }
    buf_add(out, buf_span(&distance));
    buf_release(&distance);
}

static void write_figures(const struct terminal *terminal, const struct scene *scene,
                          const struct check *check)
{
    struct table table;
    struct buf figure = {0};
    table_init(&table, 2);
    if (check->has_now) { /* else the sentence has said all */
        check_view_now(&figure, scene, check, true);
    }
    add_figure(&table, "now", &figure);
    check_view_base(&figure, scene, check, true);
    add_figure(&table, "baseline", &figure);
    check_view_change(&figure, scene, check);
    if (figure.size > 0 && check->now.kind == VALUE_RATIO) {
        buf_add_text(&figure, " points");
    }
    add_figure(&table, "change", &figure);
    check_view_bar(&figure, check, false);
    add_short(&figure, check);
    add_figure(&table, "bar", &figure);
    check_view_goal(&figure, check, false);
    add_figure(&table, "goal", &figure);
    check_view_branch_bar(&figure, scene, check);
    add_figure(&table, "branch's bar", &figure);
    check_view_waiver(&figure, check);
    add_figure(&table, "waived", &figure);
    table_write(&table, terminal, BLOCK_INDENT);
    table_release(&table);
    buf_release(&figure);
}

static void write_head(const struct terminal *terminal, const struct check *check)
{
    const char *word = of_outcome[check->outcome].word;
    struct buf label = {0};
    check_view_label(&label, check);
    terminal_add(terminal, of_outcome[check->outcome].style, word);
    buf_add_repeat(terminal->out, ' ', BLOCK_INDENT - span_of(word).size);
    terminal_add_foreign(terminal, buf_span(&label), 0);
    buf_add_text(terminal->out, "  ");
    terminal_add(terminal, STYLE_DIM, check->rule->kind->name);
    if (check->origin != NULL) {
        buf_add_text(terminal->out, "  by ");
        terminal_add_foreign(terminal, name_span(check->origin), TERMINAL_NAME);
    }
    buf_add_byte(terminal->out, '\n');
    buf_release(&label);
}

static void write_block(const struct terminal *terminal, const struct scene *scene,
                        const struct check *check, const struct check *next)
{
    buf_add_byte(terminal->out, '\n');
    write_head(terminal, check);
    if (check->why != NULL && check->why->size > 0) {
        terminal_sentence(terminal, BLOCK_INDENT, "", name_span(check->why));
    }
    write_figures(terminal, scene, check);
    bool repeated = next != NULL && next->remedy == check->remedy && check->outcome != OUTCOME_FAIL;
    if (check->remedy != NULL && check->outcome != OUTCOME_WAIVED && !repeated) {
        terminal_sentence(terminal, BLOCK_INDENT, "-> ", name_span(check->remedy));
    }
}

/* The next check of this outcome from `index` on, or NULL. */
static const struct check *next_of(const struct verdict *verdict, enum outcome outcome,
                                   size_t *index)
{
    while (*index < verdict->checks.count) {
        const struct check *check = vec_at(&verdict->checks, (*index)++);
        if (check->outcome == outcome) {
            return check;
        }
    }
    return NULL;
}

/* Blocks of one outcome. Several in a row that lack the same thing share one remedy, below the
 * last of them. */
static void write_blocks(const struct terminal *terminal, const struct scene *scene,
                         enum outcome outcome)
{
    size_t index = 0;
    const struct check *check = next_of(scene->verdict, outcome, &index);
    while (check != NULL) {
        const struct check *next = next_of(scene->verdict, outcome, &index);
        write_block(terminal, scene, check, next);
        check = next;
    }
}

void text_checks_broken(const struct terminal *terminal, const struct scene *scene)
{
    static const enum outcome order[] = {OUTCOME_FAIL, OUTCOME_NO_DATA, OUTCOME_WARN,
                                         OUTCOME_WAIVED, OUTCOME_INFO};
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        write_blocks(terminal, scene, order[i]);
    }
}

static void add_passed(struct table *table, const struct scene *scene, const struct check *check)
{
    struct buf text = {0};
    table_cell(table, STYLE_GREEN, SPAN("PASS"), 0);
    check_view_label(&text, check);
    table_cell(table, STYLE_PLAIN, buf_span(&text), 0);
    buf_clear(&text);
    check_view_now(&text, scene, check, true);
    table_cell(table, STYLE_PLAIN, buf_span(&text), 0);
    buf_clear(&text);
    check_view_bar(&text, check, true);
    buf_add_text(&text, text.size > 0 && check->goal.day != 0 ? ", " : "");
    check_view_goal(&text, check, true);
    table_cell(table, STYLE_PLAIN, buf_span(&text), 0);
    buf_clear(&text);
    check_view_change(&text, scene, check);
    table_cell(table, STYLE_PLAIN, buf_span(&text), 0);
    buf_release(&text);
}

void text_policy_change(const struct terminal *terminal, const struct scene *scene)
{
    const struct policy_change *change = scene->policy_change;
    if (change == NULL || change->lines.count == 0) {
        return;
    }
    buf_add_byte(terminal->out, '\n');
    terminal_add(terminal, STYLE_BOLD, "Policy change");
    buf_add_byte(terminal->out, '\n');
    for (size_t index = 0; index < change->lines.count; index++) {
        const struct name *line = *(const struct name *const *)vec_at(&change->lines, index);
        terminal_sentence(terminal, 2, "", name_span(line));
    }
}

void text_checks_passed(const struct terminal *terminal, const struct scene *scene)
{
    static const char *const headings[] = {"", "rule", "now", "bar", "change"};
    struct table table;
    table_init(&table, 5);
    table.headed = true;
    table.right[4] = true;
    for (size_t i = 0; i < table.columns; i++) {
        table_cell(&table, STYLE_DIM, span_of(headings[i]), 0);
    }
    size_t index = 0;
    const struct check *check = NULL;
    while ((check = next_of(scene->verdict, OUTCOME_PASS, &index)) != NULL) {
        if (!scene->verbose) {
            add_passed(&table, scene, check);
        }
    }
    if (scene->verbose) {
        write_blocks(terminal, scene, OUTCOME_PASS);
    }
    if (table.cells.count > table.columns) {
        buf_add_byte(terminal->out, '\n');
        table_write(&table, terminal, 0);
    }
    table_release(&table);
}
