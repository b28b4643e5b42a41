/* The words of text output that say how bad a finding is and which rule it breaks. */
#ifndef TIDEGATE_COLLECTORS_LINT_RULE_H
#define TIDEGATE_COLLECTORS_LINT_RULE_H

#include "model/report.h"

/* How far from the end of a line a rule in brackets may begin: keeps hostile lines linear. */
enum { RULE_REACH = 200 };

/* staticcheck's word for errors of the compiler; the package is not looked at any further. */
#define LINT_RULE_COMPILE "compile"
/* golangci-lint's for the same: its linters cannot look at a package that does not compile. */
#define LINT_RULE_TYPECHECK "typecheck"

/* What rich, the Python library for terminals, may leave behind a rule that was painted. */
#define LINT_RULE_PAINT "[/]"

/* A severity word of compilers and linters. */
struct lint_kind {
    const char *word;
    enum level level;
    bool note; /* belongs to the finding before it */
};

/* The severity word at the start of `text`, in any case, or NULL. */
const struct lint_kind *lint_kind_at(struct span text);
/* The level of `word` if it is a severity word as a whole. */
bool lint_kind_level(struct span word, enum level *level);
/* The severity letters of pylint and RuboCop. */
bool lint_letter_level(char letter, enum level *level);

/* A rule code such as E501, SC2086 or PLR0913 at the start of `text`: its size, or 0. */
size_t lint_code_size(struct span text);
/* What a code says about the severity where no word does. */
enum level lint_code_level(struct span code);
/* A rule of ansible-lint such as `no-changed-when: `, `package-latest ` or `fqcn[action]: ` at the
 * start: its size, or 0. */
size_t lint_hyphen_rule_size(struct span rest);

/* The rule of a message; empty if it has none. In brackets at the end, the last ones that hold no
 * number: */
struct span lint_bracket_rule(struct span message);
/* In parentheses at the end: words joined by marks, unless `any` word will do. */
struct span lint_parenthesis_rule(struct span message, bool any);
/* Wherever tools with severity words put it. */
struct span lint_message_rule(struct span message);

#endif
