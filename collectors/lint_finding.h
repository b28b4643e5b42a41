/* What all lint collectors share: words for levels, and handing a finding over with its values
 * checked. */
#ifndef TIDEGATE_COLLECTORS_LINT_FINDING_H
#define TIDEGATE_COLLECTORS_LINT_FINDING_H

#include "model/sink.h"

/* A tool's word for a severity. A list ends with a NULL word; letters match in any case. */
struct lint_word {
    const char *word;
    enum level level;
};

bool lint_word_level(const struct lint_word *words, struct span text, enum level *level);

/* The level of `text`. A word that the list does not have counts as an error and is said, because a
 * severity that nobody knows must not count as nothing; an empty text gives `absent`. */
enum level lint_level(struct sink *sink, const struct lint_word *words, struct span text,
                      enum level absent, uint64_t report_line);

/* Hands the finding over. A line number outside the possible range becomes "no line", and a text
 * that is cut or repaired for display is said; `report_line` is where the finding stands in the
 * report. */
void lint_finding_take(struct sink *sink, struct finding_in *finding, uint64_t report_line);

#endif
