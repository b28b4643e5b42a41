/* What the readers of the policy's sections share: typed values, tables of fields, and words for
 * mistakes.
 *
 * Every section goes on after a mistake, so that one run names them all. */
#ifndef TIDEGATE_POLICY_POLICY_READER_H
#define TIDEGATE_POLICY_POLICY_READER_H

#include "policy/policy_read.h"
#include "policy/yaml.h"

struct policy_reader {
    struct policy *policy;
    struct names *names;
    const struct name *path; /* of the file, for diagnostics */
    const struct policy_vocabulary *vocabulary;
    struct diags *diags;
};

/* ---- tables of fields ---- */

enum field_type {
    FIELD_TEXT,      /* const struct name *: one line or more for people */
    FIELD_LABEL,     /* const struct name *: declares a group */
    FIELD_GROUP,     /* const struct name *: refers to a group */
    FIELD_COMPONENT, /* const struct name *: refers to a component */
    FIELD_PATTERN,   /* const struct name *: path glob */
    FIELD_FOLDER,    /* const struct name *: relative path */
    FIELD_FILE,      /* const struct name *: relative path of one file that git can hold */
    FIELD_FORMAT,    /* const struct name *: name of a collector */
    FIELD_METRIC,    /* const struct name *: metric key or another word that a gate may have */
    FIELD_BRANCH,    /* const struct name * */
    FIELD_FLAG,      /* bool */
    FIELD_COUNT,     /* uint64_t, at least 1 */
    FIELD_PERCENT,   /* struct param_value, 0 to 100 */
    FIELD_WORD,      /* an enum whose values are the indexes of `words` */
    FIELD_DURATION,  /* uint64_t seconds, at least 1; written as 90s, 15m, 2h or 7d */
    FIELD_DATE       /* uint32_t: 20270131 */
};

/* One key of a mapping; tables end with a NULL name and drive the reader and the JSON Schema. */
struct field {
    const char *name;
    enum field_type type;
    bool required;
    size_t offset;            /* in the struct that is filled */
    const char *const *words; /* FIELD_WORD: NULL at the end */
    const char *text;         /* one sentence for people */
};

extern const char *const policy_sections[];       /* keys at the top of the file, NULL at the end */
extern const struct field policy_report_fields[]; /* struct report_spec */
extern const struct field policy_retired_fields[];     /* struct retired */
extern const struct field policy_baseline_fields[];    /* struct policy */
extern const struct field policy_ledger_fields[];      /* struct policy */
extern const struct field policy_denominator_fields[]; /* struct denominators */
extern const struct field policy_change_fields[];      /* struct policy: single words at the top */
extern const struct field policy_gate_fields[];        /* struct rule: what all kinds share */
extern const struct field policy_waiver_fields[];      /* struct waiver */

/* Reads a mapping into `target`: unknown keys and missing required ones are mistakes. False if it
 * is no mapping. */
bool reader_fields(struct policy_reader *reader, const struct yaml_node *map,
                   const struct field *fields, void *target);
/* Reads one value by its field. */
void reader_field(struct policy_reader *reader, const struct yaml_node *node,
                  const struct field *field, void *target);
const struct field *field_find(const struct field *fields, struct span name);

/* ---- sections ---- */

void read_reports(struct policy_reader *reader, const struct yaml_node *node);
void read_components(struct policy_reader *reader, const struct yaml_node *node);
void read_retired(struct policy_reader *reader, const struct yaml_node *node);
void read_patterns(struct policy_reader *reader, const struct yaml_node *node,
                   struct vec *patterns);
void read_baseline(struct policy_reader *reader, const struct yaml_node *node);
void read_ledger(struct policy_reader *reader, const struct yaml_node *node);
void read_gates(struct policy_reader *reader, const struct yaml_node *node);
void read_waivers(struct policy_reader *reader, const struct yaml_node *node);

/* ---- typed values; false after a diagnostic ---- */

bool read_text(struct policy_reader *reader, const struct yaml_node *node, struct span *text);
bool read_flag(struct policy_reader *reader, const struct yaml_node *node, bool *flag);
bool read_label(struct policy_reader *reader, const struct yaml_node *node,
                const struct name **label);
bool read_pattern(struct policy_reader *reader, const struct yaml_node *node,
                  const struct name **pattern);
void read_folder(struct policy_reader *reader, const struct yaml_node *node,
                 const struct name **folder);
void read_file_path(struct policy_reader *reader, const struct yaml_node *node,
                    const struct name **path);
/* Names of groups and components: letters, digits and a few marks, as LABEL_RULE says. */
#define LABEL_RULE                                                                                 \
    "a name has letters, digits, `_`, `-`, `.` and `/`, begins with a letter or digit, and has "   \
    "at most "                                                                                     \
    "100 bytes"
bool label_valid(struct span label);
/* 90s, 15m, 2h or 7d, in seconds. */
bool duration_parse(struct span text, struct decimal *seconds);

/* ---- mistakes ---- */

/* At the value of the node. */
void reader_error(struct policy_reader *reader, const struct yaml_node *node, enum diag_code code,
                  const char *format, ...) __attribute__((format(printf, 4, 5)));
/* At its key, or at the value when it has none. */
void reader_error_at_key(struct policy_reader *reader, const struct yaml_node *node,
                         enum diag_code code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* "`optional` takes true or false, not the text `yes`". */
void reader_type_error(struct policy_reader *reader, const struct yaml_node *node,
                       const char *expected);
/* "unknown key `gruop`; did you mean `group`?", at the key if `at_key`. `words` are struct span and
 * are released. */
void reader_unknown(struct policy_reader *reader, const struct yaml_node *node, bool at_key,
                    enum diag_code code, const char *what, struct span word, struct vec *words);
/* True for a list; every other kind is a mistake. */
bool reader_list(struct policy_reader *reader, const struct yaml_node *node, const char *expected);
bool reader_map(struct policy_reader *reader, const struct yaml_node *node, const char *expected);

/* Lists of words for reader_unknown. */
void words_init(struct vec *words);
/* Adds a word that is not there yet. */
void words_add(struct vec *words, struct span word);
void words_add_all(struct vec *words, const char *const *list);
void words_add_groups(struct vec *words, const struct policy *policy);
void words_add_components(struct vec *words, const struct policy *policy);
/* The catalogue's keys of one family word, or all when it is empty. */
void words_add_metrics(struct vec *words, struct span family);

bool policy_has_group(const struct policy *policy, const struct name *group);
bool policy_has_component(const struct policy *policy, const struct name *component);

#endif
