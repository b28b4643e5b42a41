/* The XML reports of linters as a table: one entry a tool says which elements and attributes hold
 * what.
 *
 * Attributes are names with `|` between alternatives. To add a tool: one entry here and fixtures in
 * tests/collect/lint_xml. */
#ifndef TIDEGATE_COLLECTORS_LINT_XML_TOOLS_H
#define TIDEGATE_COLLECTORS_LINT_XML_TOOLS_H

#include "collectors/lint_finding.h"

/* Where a place stands. */
struct lint_xml_place {
    const char *path, *line, *column; /* attributes; NULL: not there */
};

struct lint_xml_tool {
    const char *name;
    const char *root;
    const char *shown_by
        [4]; /* with a common root: one of these is its first child, or with `@` an attribute */
    const char *file;            /* element of a file that holds findings; NULL: there is none */
    const char *file_path;       /* its attribute */
    const char *findings[3];     /* elements that are findings */
    struct lint_xml_place place; /* attributes of the finding itself */
    const char
        *place_element; /* an element inside it; the first one nearest to the finding counts */
    struct lint_xml_place inner_place;
    const char *rule, *level; /* attributes; `level` may be "." for the element's own name */
    const char *message;      /* attribute; NULL: text */
    const char *text_element; /* whose text is the message; NULL: the finding's own */
    const struct lint_word *words;
    enum level no_level;     /* when none is written */
    const char *not_checked; /* the rule of a finding that says that a part was not looked at */
    const char
        *trouble[3]; /* elements that say what the tool could not do; with `@` only if above 0 */
    const char *no_files; /* element with `@` attribute: if that is 0, nothing was looked at */
};

/* All tools; the end is an entry without a name. */
extern const struct lint_xml_tool lint_xml_tools[];

#endif
