/* What the parts of the Markdown output share: bounded lists, prose, code spans, folded
 * sections. */
#include "render/markdown_parts.h"

#include "render/figures.h"

void markdown_list_open(struct markdown_list *list, struct buf *out, size_t most, size_t bytes)
{
    *list = (struct markdown_list){.out = out, .end = out->size + bytes, .most = most};
}

void markdown_list_take(struct markdown_list *list)
{
    bool whole = list->shown == list->total && list->shown < list->most;
    list->total++;
    if (whole && list->out->size + list->item.size <= list->end) {
        buf_add(list->out, buf_span(&list->item));
        list->shown++;
    }
    buf_clear(&list->item);
}

void markdown_list_close(struct markdown_list *list, uint64_t total, const char *lead)
{
    total = total > list->total ? total : list->total;
    if (total > list->shown) {
        buf_add_text(list->out, lead);
        buf_add_text(list->out, "and ");
        buf_add_grouped(list->out, total - list->shown);
        buf_add_text(list->out, " more\n");
    }
    buf_release(&list->item);
}

void markdown_take_prose(struct buf *out, struct buf *text, enum escape_place place)
{
    if (text->size > 0) {
        escape_add_markdown(out, buf_span(text), MARKDOWN_SENTENCE, place);
    }
    buf_clear(text);
}

void markdown_take_code(struct buf *out, struct buf *text, enum escape_place place)
{
    escape_add_code(out, buf_span(text), MARKDOWN_NAME, place);
    buf_clear(text);
}

void markdown_add_sentence(struct buf *out, const struct name *sentence, enum escape_place place)
{
    if (sentence != NULL && sentence->size > 0) {
        escape_add_markdown(out, name_span(sentence), MARKDOWN_SENTENCE, place);
    }
}

void markdown_fold(struct buf *out, const char *title, uint64_t count, const struct buf *content)
{
    if (content->size == 0) {
        return;
    }
    buf_add_format(out, "\n<details><summary>%s (", title);
    buf_add_grouped(out, count);
    buf_add_text(out, ")</summary>\n\n");
    buf_add(out, buf_span(content));
    buf_add_text(out, "\n</details>\n");
}
