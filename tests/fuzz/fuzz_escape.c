/* libFuzzer harness of the escape functions. Whatever the bytes are: one line, valid UTF-8, no
 * control character, nothing that a runner takes for a command, no bar that splits a table cell,
 * no HTML outside of code. */
#include "base/utf8.h"
#include "render/escape.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void demand_one_line(struct span text)
{
    demand(utf8_valid_size(text) == text.size);
    for (size_t at = 0; at < text.size; at++) {
        demand((unsigned char)text.data[at] >= 0x20 && text.data[at] != 0x7F);
        demand(!span_starts(span_from(text, at), "##["));
        demand(!span_starts(span_from(text, at), "##vso["));
    }
}

static void demand_log(struct span text)
{
    demand_one_line(text);
    for (size_t at = 0; at < text.size; at++) {
        bool begins = at == 0 || text.data[at - 1] == ' ';
        demand(!begins || !span_starts(span_from(text, at), "::"));
    }
}

static size_t run_of(struct span text, size_t at)
{
    size_t end = at;
    while (end < text.size && text.data[end] == '`') {
        end++;
    }
    return end - at;
}

/* Where the code span that begins at `at` ends; it must end. */
static size_t code_end(struct span text, size_t at)
{
    size_t fence = run_of(text, at);
    for (at += fence; at < text.size; at++) {
        size_t run = run_of(text, at);
        if (run == fence) {
            return at + run;
        }
        at += run > 0 ? run - 1 : 0;
    }
    abort();
}

static void demand_cell(struct span text)
{
    demand_one_line(text);
    for (size_t at = 0; at < text.size; at++) {
        demand(text.data[at] != '|' || (at > 0 && text.data[at - 1] == '\\'));
    }
    for (size_t at = 0; at < text.size; at++) {
        demand(text.data[at] != '<' && text.data[at] != '>');
        if (text.data[at] == '\\') {
            at++;
        } else if (text.data[at] == '`') {
            at = code_end(text, at) - 1;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span text = span_make((const char *)data, size);
    size_t columns = size > 0 ? data[0] : 0;
    struct buf out = {0};
    escape_add_text(&out, text, columns);
    demand_log(buf_span(&out));
    buf_clear(&out);
    escape_add_code(&out, text, columns, ESCAPE_CELL);
    demand_cell(buf_span(&out));
    buf_clear(&out);
    escape_add_markdown(&out, text, columns, ESCAPE_CELL);
    demand_cell(buf_span(&out));
    buf_clear(&out);
    escape_add_markdown(&out, text, columns, ESCAPE_LINE);
    demand_one_line(buf_span(&out));
    buf_release(&out);
    return 0;
}
