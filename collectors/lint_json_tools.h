/* The JSON reports of linters as a table: one entry a tool says where everything stands.
 *
 * Places are keys joined by dots, `|` between alternatives; lists on the way are entered, and the
 * first value found counts. `=` behind a place: the value must be this text, or begin with it where
 * a `*` follows. To add a tool: one entry here and fixtures in
 * tests/collect/lint_json. */
#ifndef TIDEGATE_COLLECTORS_LINT_JSON_TOOLS_H
#define TIDEGATE_COLLECTORS_LINT_JSON_TOOLS_H

#include <stdbool.h>

enum lint_field {
    FIELD_PATH,
    FIELD_LINE,
    FIELD_COLUMN,
    FIELD_RULE,
    FIELD_MESSAGE,
    FIELD_LEVEL,
    FIELD_PACKAGE,
    FIELD_VERSION,
    FIELD_FATAL,      /* true: the file could not be read, what else is wrong there is unknown */
    FIELD_SUPPRESSED, /* there, and not false: the tool was told to hide it */
    FIELD_LEFT_OUT,   /* true: no finding any more (corrected) */
    FIELD_TYPE,       /* see `type` */
    FIELD_COUNT
};

enum { LINT_JSON_SIGNS = 6 };

struct lint_json_tool {
    const char *name;
    /* How the document begins (`[` or `{`), then keys of the first object, and with a dot in front
     * of the object below it; `!` in front: not this key; `~` is a blank in a key. A probe sees the
     * first bytes only, so in a long document the keys behind a long list are not seen: where one
     * is named here, a description of the keys before it and of the list's first entry stands
     * beside it. */
    const char *known_by[LINT_JSON_SIGNS];
    bool several;         /* JSON Lines, or several documents in one file */
    const char *items;    /* the list of items; NULL: the document is the list, or the item */
    const char *findings; /* the list of findings in each item; NULL: the item is the finding */
    const char *hidden;   /* a second list of findings in each item: suppressed ones */
    const char *trouble;  /* in each item: lists of what the tool could not do */
    /* In each item: the file of its findings; "" is the item's key (items by path). */
    const char *item_path;
    const char *fields[FIELD_COUNT];
    const char *type;     /* if FIELD_TYPE is there it must be this, else the item is no finding */
    const char *other;    /* a FIELD_TYPE that makes no finding */
    const char *no_level; /* the severity when none is written; NULL: warning */
    /* In the document: where findings without a severity have it from. */
    const char *common_level; /* one for all */
    const char *rules;        /* a list with one for each rule */
    const char *skipped;      /* a severity that makes no finding */
    const char *not_checked;  /* the rule of an entry that says that a part was not looked at */
    const char *unread;       /* rules that say that a file could not be read: errors */
    const char *rule_mark;    /* goes before a rule that is a number */
    bool level_is_number;
    bool code_in_message; /* a finer rule may stand at the start of the message */
    bool rule_needed;     /* a finding without a rule is a syntax error */
    bool place_needed;    /* without a path it is no finding, unless it is an error of its own */
    bool from_zero;       /* lines and columns count from 0 */
    bool security;        /* the severities are those of vulnerabilities */
    const char *checked;  /* in a document without a list: not empty if the run came to its end; if
                           * it is there and empty, the run failed */
    const char *no_files; /* in the document: not empty if the tool looked at no file; of several
                           * places all must say so */
    /* In the document: how many files the tool meant to look at, and at how many it did. */
    const char *planned, *looked_at;
    const char *unlisted; /* in the document: how many findings it does not list */
    const char *failed;   /* in the document: not empty if the tool's run is incomplete */
};

/* All tools; the end is an entry without a name. */
extern const struct lint_json_tool lint_json_tools[];

#endif
