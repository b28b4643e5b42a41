/* One line of a tool's text output: is it a finding, and what does it say?
 *
 * The grammar is hand-written and looks at a line once, from left to right. The shapes:
 *
 *     path:line[:column]: KIND: message [rule]       gcc, clang, mypy, cppcheck, shellcheck, javac
 *     path:line[:column]: CODE message               flake8, pylint, Ruff, RuboCop, bandit
 *     path:line[:column]: [KIND-or-CODE] message     yamllint, pylint, flake8, ansible-lint
 *     path:line[:column]: message [KIND/rule]        ESLint "unix", oxlint, cpplint, actionlint
 *     path:line[:column]: message                    go vet, golangci-lint, pyflakes
 *     path(line[,column]): KIND rule: message        MSVC, tsc, ESLint "visualstudio", cpplint
 *     path:line:column - KIND rule: message          tsc --pretty, pyright
 *     path:line[:column] [KIND] CODE message         hadolint, markdownlint
 *     path: line N, col N, KIND - message (rule)     ESLint "compact", deno lint, JSHint
 *     [path:line]: (KIND) message                    cppcheck 1
 *     [KIND] path:[line,column] message              Maven
 *     [KIND] path:line[:column]: message [rule]      Checkstyle
 *     "path", line N: KIND rule: message             armcc, Keil, TI, Green Hills; IAR
 *     ::KIND file=path,line=N::message               GitHub workflow commands
 */
#ifndef TIDEGATE_COLLECTORS_LINT_LINE_H
#define TIDEGATE_COLLECTORS_LINT_LINE_H

#include "model/sink.h"

enum lint_line_kind {
    LINT_LINE_OTHER, /* nothing that this grammar knows */
    LINT_LINE_NOTE,  /* explains the finding before it, or was corrected: no finding */
    LINT_LINE_FINDING
};

/* `text` is a whole line without colour codes, time stamp, CR and LF. Fills *found unless the
 * result is OTHER. */
enum lint_line_kind lint_line_read(struct span text, struct finding_in *found);

/* Where something is: `path:line[:column]` at the start of `text`. */
bool lint_line_place(struct span text, struct finding_in *found);

/* gcc's `path: In function 'main':`, from behind the first colon. */
bool lint_line_is_context(struct span rest);

#endif
