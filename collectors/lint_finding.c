/* Level words, and the checks that every lint finding passes on its way into the sink. */
#include "collectors/lint_finding.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <stdio.h>

bool lint_word_level(const struct lint_word *words, struct span text, enum level *level)
{
    char first = text.size > 0 ? text.data[0] : '\0';
    for (; words->word != NULL; words++) {
        if (((words->word[0] ^ first) & ~0x20) == 0 && span_is_caseless(text, words->word)) {
            *level = words->level;
            return true;
        }
    }
    return false;
}

enum level lint_level(struct sink *sink, const struct lint_word *words, struct span text,
                      enum level absent, uint64_t report_line)
{
    enum level level = absent;
    if (text.size > 0 && !lint_word_level(words, text, &level)) {
        char said[120];
        snprintf(said, sizeof(said), "severity '%.*s' is not known: counted as an error",
                 (int)span_until(text, 40).size, text.data);
        sink_note(sink, DIAG_LINT_LEVEL, report_line, span_of(said));
        level = LEVEL_ERROR;
    }
    return level;
}

/* pylint's F0001, F0002 and F0010: a module was not there, not to be read, or made pylint fail. */
static bool is_unchecked(struct span rule)
{
    return rule.size == 5 && span_starts(rule, "F00");
}

void lint_finding_take(struct sink *sink, struct finding_in *finding, uint64_t report_line)
{
    if (is_unchecked(finding->rule)) {
        sink_drop(sink, DIAG_REPORT_TOOL_FAILED, report_line,
                  SPAN("pylint could not check a module: its findings are missing"));
    }
    if (finding->line > LIMIT_LINE_NUMBER) {
        sink_note(sink, DIAG_REPORT_LINE_NUMBER, report_line,
                  SPAN("a line number above the ceiling: the finding is kept without a line"));
        finding->line = 0;
        finding->column = 0;
    }
    if (finding->message.size > LIMIT_TEXT_BYTES) {
        sink_note(sink, DIAG_LINT_LONG_MESSAGE, report_line, span_make(NULL, 0));
        finding->message = span_until(finding->message, (size_t)LIMIT_TEXT_BYTES);
    }
    sink_finding(sink, finding);
}
