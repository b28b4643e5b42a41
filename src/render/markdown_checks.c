/* Checks as Markdown: the open table of everything that did not pass, how to mend it, and the
 * folded table of what passed. A figure stands alone, with what is behind it in small print
 * below. */
#include "render/markdown_parts.h"

#include "render/check_view.h"
#include "render/verdict_view.h"

enum { ROWS = 200, REMEDIES = 10 };

static const char table_head[] = "| | Rule | Baseline | Now | Change | Why |\n"
                                 "|---|---|--:|--:|--:|---|\n";

/* Sign and word; a no-break space keeps them on one line. */
static const char *const signs[] = {
    [OUTCOME_PASS] = "\u2713\u00a0pass",
    [OUTCOME_INFO] = "i\u00a0info",
    [OUTCOME_WARN] = "!\u00a0warn",
    [OUTCOME_WAIVED] = "~\u00a0waived",
    [OUTCOME_NO_DATA] = "\u2717\u00a0**no\u00a0data**",
    [OUTCOME_FAIL] = "\u2717\u00a0**fail**",
};

static void take_figure(struct buf *out, struct buf *figure, struct buf *behind)
{
    struct buf text = {0};
    markdown_take_prose(&text, figure, ESCAPE_CELL);
    buf_add_text(out, " | ");
    for (size_t at = 0; at < text.size; at++) { /* number and sign stay on one line */
        buf_add(out, text.data[at] == ' ' ? SPAN("\u00a0") : span_make(&text.data[at], 1));
    }
    buf_release(&text);
    if (behind->size > 0) {
        buf_add_text(out, "<br><sub>");
        markdown_take_prose(out, behind, ESCAPE_CELL);
        buf_add_text(out, "</sub>");
    }
}

/* The metric, with the kind of the rule, its group and component below it. */
static void add_label(struct buf *out, const struct check *check)
{
    const struct rule *rule = check->rule;
    escape_add_code(out, name_span(rule->metric), MARKDOWN_NAME, ESCAPE_CELL);
    if (rule->group != NULL) {
        buf_add_text(out, "<br>group ");
        escape_add_code(out, name_span(rule->group), MARKDOWN_NAME, ESCAPE_CELL);
    }
    if (rule->component != NULL) {
        buf_add_text(out, "<br>component ");
        escape_add_code(out, name_span(rule->component), MARKDOWN_NAME, ESCAPE_CELL);
    }
    buf_add_format(out, "<br><sub>%s", rule->kind->name);
    if (check->origin != NULL) {
        buf_add_text(out, " by ");
        markdown_add_sentence(out, check->origin, ESCAPE_CELL);
    }
    buf_add_text(out, "</sub>");
}

static void add_row(struct buf *out, const struct scene *scene, const struct check *check)
{
    struct buf text = {0};
    struct buf behind = {0};
    buf_add_format(out, "| %s | ", signs[check->outcome]);
    add_label(out, check);
    check_view_base(&text, scene, check, false);
    check_view_base_behind(&behind, scene, check);
    take_figure(out, &text, &behind);
    check_view_now(&text, scene, check, false);
    check_view_now_behind(&behind, scene, check);
    take_figure(out, &text, &behind);
    check_view_change(&text, scene, check);
    take_figure(out, &text, &behind);
    buf_add_text(out, " | ");
    markdown_add_sentence(out, check->why, ESCAPE_CELL);
    check_view_waiver(&text, check);
    if (text.size > 0) {
        buf_add_text(out, "<br>Waived ");
        markdown_take_prose(out, &text, ESCAPE_CELL);
    }
    buf_add_text(out, " |\n");
    buf_release(&text);
    buf_release(&behind);
}

static void take_rows(struct markdown_list *list, const struct scene *scene, enum outcome outcome)
{
    for (size_t i = 0; i < scene->verdict->checks.count; i++) {
        const struct check *check = vec_at(&scene->verdict->checks, i);
        if (check->outcome == outcome) {
            add_row(&list->item, scene, check);
            markdown_list_take(list);
        }
    }
}

void markdown_broken(struct buf *out, const struct scene *scene)
{
    static const enum outcome order[] = {OUTCOME_FAIL, OUTCOME_NO_DATA, OUTCOME_WARN,
                                         OUTCOME_WAIVED, OUTCOME_INFO};
    struct markdown_list list;
    if (verdict_view_count(scene->verdict, OUTCOME_PASS) == scene->verdict->checks.count) {
        return;
    }
    buf_add_byte(out, '\n');
    buf_add_text(out, table_head);
    markdown_list_open(&list, out, ROWS, MARKDOWN_SECTION);
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        take_rows(&list, scene, order[i]);
    }
    markdown_list_close(&list, 0, "\n");
}

static bool blocks(const struct check *check)
{
    return (check->outcome == OUTCOME_FAIL || check->outcome == OUTCOME_NO_DATA) &&
           check->remedy != NULL;
}

/* Adds the labels of all checks with this remedy. False if an earlier check has brought it
 * already. */
static bool add_labels(struct buf *out, const struct vec *checks, size_t index)
{
    const struct check *wanted = vec_at(checks, index);
    const struct rule *previous = NULL;
    struct buf label = {0};
    for (size_t i = 0; i < checks->count; i++) {
        const struct check *check = vec_at(checks, i);
        const struct rule *rule = check->rule;
        if (!blocks(check) || check->remedy != wanted->remedy) {
            continue;
        }
        if (i < index) {
            buf_release(&label);
            return false;
        }
        bool repeated = previous != NULL && previous->metric == rule->metric &&
                        previous->group == rule->group && previous->component == rule->component;
        if (!repeated) {
            buf_add_text(out, previous != NULL ? ", " : "");
            check_view_label(&label, check);
            markdown_take_code(out, &label, ESCAPE_LINE);
        }
        previous = rule;
    }
    buf_release(&label);
    return true;
}

void markdown_remedies(struct buf *out, const struct scene *scene)
{
    const struct vec *checks = &scene->verdict->checks;
    struct markdown_list list;
    struct buf items = {0};
    markdown_list_open(&list, &items, REMEDIES, MARKDOWN_SECTION / 2);
    for (size_t i = 0; i < checks->count; i++) {
        const struct check *check = vec_at(checks, i);
        if (!blocks(check)) {
            continue;
        }
        buf_add_text(&list.item, "- ");
        if (!add_labels(&list.item, checks, i)) {
            buf_clear(&list.item);
            continue;
        }
        if (check->origin != NULL) {
            buf_add_text(&list.item, " by ");
            markdown_add_sentence(&list.item, check->origin, ESCAPE_LINE);
        }
        buf_add_text(&list.item, ": ");
        markdown_add_sentence(&list.item, check->remedy, ESCAPE_LINE);
        buf_add_byte(&list.item, '\n');
        markdown_list_take(&list);
    }
    markdown_list_close(&list, 0, "- ");
    buf_add_text(out, items.size > 0 ? "\n**To fix**\n\n" : "");
    buf_add(out, buf_span(&items));
    buf_release(&items);
}

void markdown_policy_change(struct buf *out, const struct scene *scene)
{
    const struct policy_change *change = scene->policy_change;
    struct markdown_list list;
    if (change == NULL || change->lines.count == 0) {
        return;
    }
    buf_add_text(out, "\n**Policy change**\n\n");
    markdown_list_open(&list, out, ROWS, MARKDOWN_SECTION / 2);
    for (size_t index = 0; index < change->lines.count; index++) {
        buf_add_text(&list.item, "- ");
        markdown_add_sentence(
            &list.item, *(const struct name *const *)vec_at(&change->lines, index), ESCAPE_LINE);
        buf_add_byte(&list.item, '\n');
        markdown_list_take(&list);
    }
    markdown_list_close(&list, 0, "- ");
}

void markdown_passed(struct buf *out, const struct scene *scene)
{
    size_t passed = verdict_view_count(scene->verdict, OUTCOME_PASS);
    struct markdown_list list;
    struct buf content = {0};
    if (passed == 0) {
        return;
    }
    buf_add_text(&content, table_head);
    markdown_list_open(&list, &content, ROWS, MARKDOWN_SECTION);
    take_rows(&list, scene, OUTCOME_PASS);
    markdown_list_close(&list, 0, "\n");
    markdown_fold(out, "Rules that passed", passed, &content);
    buf_release(&content);
}
