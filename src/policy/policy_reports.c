/* Which reports there are, which files count, and how they are grouped. */
#include "policy/policy_reader.h"

static const char *const trust_words[] = {"block", "warn", "ok", NULL};
_Static_assert(TRUST_BLOCK == 0 && TRUST_WARN == 1 && TRUST_OK == 2, "order of trust_words");
_Static_assert(sizeof(enum trust) == sizeof(unsigned), "a FIELD_WORD is written as an unsigned");

const struct field policy_report_fields[] = {
    {"path", FIELD_PATTERN, true, offsetof(struct report_spec, pattern), NULL,
     "Where the report is, from the repository root; `*`, `**`, `?`, `[a-z]` and `{a,b}` are "
     "patterns."},
    {"group", FIELD_LABEL, false, offsetof(struct report_spec, group), NULL,
     "A name for these reports, by which gates speak of them: unit, e2e, a module."},
    {"format", FIELD_FORMAT, false, offsetof(struct report_spec, format), NULL,
     "The format, if its content should not decide."},
    {"root", FIELD_FOLDER, false, offsetof(struct report_spec, root), NULL,
     "The folder that relative paths in the report start from; `.` is the top."},
    {"expect", FIELD_COUNT, false, offsetof(struct report_spec, expect), NULL,
     "How many files must match: fewer shards are a damaged run, not a lower number, and one more "
     "lies around from another run."},
    {"optional", FIELD_FLAG, false, offsetof(struct report_spec, optional), NULL,
     "Whether the report may be missing."},
    {"max_age", FIELD_DURATION, false, offsetof(struct report_spec, max_age), NULL,
     "A run that does not measure this group may go by its last recorded values, if they are not "
     "older than this; 14d. Every report needs a group then, and totals are sums over the groups."},
    {"empty", FIELD_WORD, false, offsetof(struct report_spec, empty), trust_words,
     "What a report without any content means; block by default."},
    {"partial", FIELD_WORD, false, offsetof(struct report_spec, partial), trust_words,
     "What a report with unreadable parts means; block by default."},
    {.name = NULL}};

/* Elsewhere a pattern that ends in `/` means all below. But not all files in a folder are reports,
 * and a list of them must say which are. */
static void check_path(struct policy_reader *reader, const struct yaml_node *item,
                       const struct name *pattern)
{
    struct span text = name_span(pattern);
    if (span_ends(text, "/")) {
        reader_error(reader, yaml_get(item, "path"), DIAG_POLICY_PATTERN,
                     "this is a folder, not its reports: write `%.*s*.xml`, or what they are named",
                     SPAN_ARG(text));
    }
}

void read_reports(struct policy_reader *reader, const struct yaml_node *node)
{
    if (!reader_list(reader, node, "a list of reports")) {
        return;
    }
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
        struct report_spec spec = {.line = item->line, .column = item->column};
        if (reader_fields(reader, item, policy_report_fields, &spec)) {
            *(struct report_spec *)vec_add(&reader->policy->reports) = spec;
            check_path(reader, item, spec.pattern);
        }
    }
}

const struct field policy_retired_fields[] = {
    {"group", FIELD_LABEL, true, offsetof(struct retired, group), NULL,
     "The group of reports that there is no more."},
    {"reason", FIELD_TEXT, true, offsetof(struct retired, reason), NULL,
     "Why, for the people who review it."},
    {.name = NULL}};

void read_retired(struct policy_reader *reader, const struct yaml_node *node)
{
    if (!reader_list(reader, node, "a list of retired groups")) {
        return;
    }
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
        struct retired retired = {.line = item->line, .column = item->column};
        if (!reader_fields(reader, item, policy_retired_fields, &retired)) {
            continue;
        }
        if (retired.group != NULL && policy_has_group(reader->policy, retired.group)) {
            reader_error(reader, item, DIAG_POLICY_VALUE,
                         "the group %s has reports, so it is not retired",
                         name_text(retired.group));
        }
        *(struct retired *)vec_add(&reader->policy->retired) = retired;
    }
}

void read_patterns(struct policy_reader *reader, const struct yaml_node *node, struct vec *patterns)
{
    if (!reader_list(reader, node, "a list of path patterns such as [src/**]")) {
        return;
    }
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
        const struct name *pattern;
        if (read_pattern(reader, item, &pattern)) {
            *(const struct name **)vec_add(patterns) = pattern;
        }
    }
}

void read_components(struct policy_reader *reader, const struct yaml_node *node)
{
    if (!reader_map(reader, node, "a mapping of names to path patterns")) {
        return;
    }
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
        if (!label_valid(name_span(item->key))) {
            reader_error_at_key(reader, item, DIAG_POLICY_VALUE, LABEL_RULE);
        }
        struct component *component = vec_add(&reader->policy->components);
        component->name = item->key;
        component->line = item->key_line;
        component->column = item->key_column;
        vec_init(&component->patterns, sizeof(const struct name *));
        read_patterns(reader, item, &component->patterns);
        if (item->kind == YAML_LIST && item->first == NULL) {
            reader_error(reader, item, DIAG_POLICY_VALUE, "a component needs a path pattern");
        }
    }
}
