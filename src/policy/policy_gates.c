/* The gates: one entry names a metric and what is demanded of it; each kind of rule that it asks
 * for becomes a rule of its own.
 *
 * Which parameters there are, of which type, comes from the tables of the rule kinds. Bars that
 * point the wrong way, ratchets without a better direction and parameters that do nothing are
 * mistakes, because their author believes that something is guarded. */
#include "policy/policy_params.h"

static const char *const severity_words[] = {"block", "warn", "info", NULL};
_Static_assert(GATE_BLOCK == 0 && GATE_WARN == 1 && GATE_INFO == 2, "order of severity_words");
_Static_assert(sizeof(enum gate_severity) == sizeof(unsigned), "a FIELD_WORD is an unsigned");

const struct field policy_gate_fields[] = {
    {"component", FIELD_COMPONENT, false, offsetof(struct rule, component), NULL,
     "Only the files of this component."},
    {"group", FIELD_GROUP, false, offsetof(struct rule, group), NULL,
     "Only the reports of this group."},
    {"severity", FIELD_WORD, false, offsetof(struct rule, severity), severity_words,
     "What a broken rule does: block (the default), warn or info."},
    {.name = NULL}};

/* ---- one entry ---- */

/* An entry while it is read: the parameters of every kind. */
struct entry {
    const struct yaml_node *node; /* the mapping below the metric */
    struct subject subject;
    struct rule common; /* labels, severity and place */
    bool ruled;         /* some kind was asked for */
};

/* The names of all parameters of all kinds. */
static void add_params(const struct policy_reader *reader, struct vec *words)
{
    for (const struct rule_spec *const *kind = reader->vocabulary->rules; *kind != NULL; kind++) {
        for (const struct param_spec *param = (*kind)->params; param->name != NULL; param++) {
            words_add(words, span_of(param->name));
        }
    }
}

static bool is_param(const struct policy_reader *reader, struct span name)
{
    struct vec words;
    bool found = false;
    words_init(&words);
    add_params(reader, &words);
    for (size_t index = 0; index < words.count; index++) {
        const struct span *word = vec_at(&words, index);
        found = found || span_equal(*word, name);
    }
    vec_release(&words);
    return found;
}

static void unknown_param(struct policy_reader *reader, const struct yaml_node *node)
{
    struct vec words;
    words_init(&words);
    add_params(reader, &words);
    for (const struct field *known = policy_gate_fields; known->name != NULL; known++) {
        words_add(&words, span_of(known->name));
    }
    reader_unknown(reader, node, true, DIAG_POLICY_UNKNOWN_KEY, "parameter", name_span(node->key),
                   &words);
}

static void read_common(struct policy_reader *reader, struct entry *entry)
{
    for (const struct yaml_node *node = entry->node->first; node != NULL; node = node->next) {
        const struct field *field = field_find(policy_gate_fields, name_span(node->key));
        if (field != NULL) {
            reader_field(reader, node, field, &entry->common);
        } else if (!is_param(reader, name_span(node->key))) {
            unknown_param(reader, node);
        }
    }
}

/* Is the kind asked for? A flag asks when it is true, every other trigger when it is there. */
static bool asked_for(const struct rule_spec *kind, const struct rule *rule)
{
    for (size_t index = 0; kind->params[index].name != NULL; index++) {
        const struct param_value *value = &rule->params[index];
        if (kind->params[index].triggers && value->given &&
            (kind->params[index].type != PARAM_FLAG || value->flag)) {
            return true;
        }
    }
    return false;
}

static bool points_wrong_way(struct policy_reader *reader, const struct entry *entry,
                             const struct rule_spec *kind, const struct rule *rule)
{
    enum direction direction =
        entry->subject.metric != NULL ? entry->subject.metric->direction : DIRECTION_NEUTRAL;
    for (size_t index = 0; kind->params[index].name != NULL; index++) {
        const struct param_spec *param = &kind->params[index];
        const struct yaml_node *node = yaml_get(entry->node, param->name);
        bool bar = param->type == PARAM_AMOUNT || param->type == PARAM_STEPS;
        if (!rule->params[index].given || !bar || node == NULL) {
            continue;
        }
        bool least = param->sense == AMOUNT_LEAST && direction == DIRECTION_DOWN;
        bool most = param->sense == AMOUNT_MOST && direction == DIRECTION_UP;
        if (least || most) {
            reader_error_at_key(reader, node, DIAG_POLICY_DIRECTION,
                                "%s is better when it is %s; did you mean `%s%s: %.*s`?",
                                entry->subject.metric->key, least ? "lower" : "higher",
                                least ? "at_most" : "at_least",
                                param->type == PARAM_STEPS ? "_from" : "",
                                SPAN_ARG(param->type == PARAM_STEPS ? SPAN("{...}") : node->text));
            return true;
        }
    }
    return false;
}

/* Parameters that do nothing beside another one, or for this metric. */
static bool idles(struct policy_reader *reader, const struct entry *entry,
                  const struct rule_spec *kind)
{
    for (const struct param_spec *param = kind->params; param->name != NULL; param++) {
        const struct yaml_node *node = yaml_get(entry->node, param->name);
        if (node == NULL) {
            continue;
        }
        if (param->idle_beside != NULL && yaml_get(entry->node, param->idle_beside) != NULL) {
            reader_error_at_key(reader, node, DIAG_POLICY_IDLE_PARAMETER,
                                "`%s` does nothing beside `%s`", param->name, param->idle_beside);
            return true;
        }
        if (param->directs && entry->subject.metric != NULL) {
            reader_error_at_key(reader, node, DIAG_POLICY_IDLE_PARAMETER,
                                "%s is better when it is %s in every policy",
                                entry->subject.metric->key,
                                direction_text(entry->subject.metric->direction));
            return true;
        }
    }
    return false;
}

/* Can this kind of rule judge what the entry is about? */
static bool applicable(struct policy_reader *reader, const struct entry *entry,
                       const struct rule_spec *kind, const struct rule *rule)
{
    const struct subject *subject = &entry->subject;
    if (subject->gathers && !kind->gathers) {
        reader_error_at_key(reader, entry->node, DIAG_POLICY_UNKNOWN_METRIC,
                            "`%s` stands for several metrics, and a %s rule needs one of them",
                            name_text(subject->word), kind->name);
        return false;
    }
    if (kind->directed && rule_direction(rule) == DIRECTION_NEUTRAL && !subject->gathers) {
        reader_error_at_key(
            reader, entry->node, DIAG_POLICY_DIRECTION,
            subject->metric != NULL
                ? "%s has no better direction, so it cannot be under a %s; use at_least or at_most"
                : "nobody knows which way %s is better, so it cannot be under a %s; add "
                  "`better: lower` or `better: higher`",
            name_text(subject->word), kind->name);
        return false;
    }
    if (idles(reader, entry, kind)) {
        return false;
    }
    return !points_wrong_way(reader, entry, kind, rule);
}

/* The amount of this sense that will hold in the end, and a step that does not go beyond what
 * holds before the first one. NULL: nothing is demanded. */
static const struct decimal *last_amount(const struct rule_spec *kind, const struct rule *rule,
                                         enum amount_sense sense, bool *idle_step)
{
    const struct decimal *last = NULL;
    for (size_t index = 0; kind->params[index].name != NULL; index++) {
        const struct param_spec *param = &kind->params[index];
        const struct param_value *value = &rule->params[index];
        if (param->sense != sense || !value->given) {
            continue;
        }
        if (param->type == PARAM_AMOUNT) {
            last = &value->amount;
        } else if (param->type == PARAM_STEPS && value->step_count > 0) {
            int order = last != NULL ? decimal_compare(value->steps[0].amount, *last) : 0;
            *idle_step = last != NULL && (sense == AMOUNT_LEAST ? order <= 0 : order >= 0);
            last = &value->steps[value->step_count - 1].amount;
        }
    }
    return last;
}

/* Two bars that leave no value between them, now or later, and steps that demand nothing new. */
static void check_bars(struct policy_reader *reader, const struct entry *entry,
                       const struct rule_spec *kind, const struct rule *rule)
{
    bool idle_least = false;
    bool idle_most = false;
    const struct decimal *least = last_amount(kind, rule, AMOUNT_LEAST, &idle_least);
    const struct decimal *most = last_amount(kind, rule, AMOUNT_MOST, &idle_most);
    if (idle_least || idle_most) {
        reader_error(reader, entry->node, DIAG_POLICY_VALUE,
                     "a demand only grows with time: the first day must ask for %s than `%s`",
                     idle_least ? "more" : "less", idle_least ? "at_least" : "at_most");
    } else if (least != NULL && most != NULL && decimal_compare(*least, *most) > 0) {
        struct buf text;
        buf_init(&text);
        buf_add_text(&text, "no value is both at least ");
        decimal_add_text(&text, *least);
        buf_add_text(&text, " and at most ");
        decimal_add_text(&text, *most);
        reader_error(reader, entry->node, DIAG_POLICY_VALUE, "%s", buf_text(&text));
        buf_release(&text);
    }
}

/* Do both rules set the same bar for the same thing? */
static bool same_rule(const struct rule *one, const struct rule *two)
{
    if (one->kind != two->kind || one->metric != two->metric || one->group != two->group ||
        one->component != two->component || one->severity != two->severity) {
        return false;
    }
    for (size_t index = 0; one->kind->params[index].name != NULL; index++) {
        if (one->kind->params[index].triggers && one->params[index].given &&
            two->params[index].given) {
            return true;
        }
    }
    return false;
}

static void check_repeated(struct policy_reader *reader, const struct entry *entry,
                           const struct rule *rule)
{
    for (size_t index = 0; index < reader->policy->rules.count; index++) {
        const struct rule *other = vec_at(&reader->policy->rules, index);
        if (same_rule(rule, other)) {
            reader_error_at_key(reader, entry->node, DIAG_POLICY_DUPLICATE_RULE,
                                "line %llu has a %s rule for the same metric, labels and severity",
                                (unsigned long long)other->line, rule->kind->name);
            return;
        }
    }
}

/* Parameters that do nothing because the rule that they belong to was not asked for. */
static void check_idle(struct policy_reader *reader, const struct entry *entry,
                       const struct rule_spec *kind)
{
    const char *trigger = rule_spec_trigger(kind)->name;
    for (const struct param_spec *param = kind->params; param->name != NULL; param++) {
        const struct yaml_node *node = yaml_get(entry->node, param->name);
        if (node != NULL && !param->triggers) {
            reader_error_at_key(reader, node, DIAG_POLICY_IDLE_PARAMETER,
                                "`%s` does nothing without `%s`", param->name, trigger);
        }
    }
}

static void read_kind(struct policy_reader *reader, struct entry *entry,
                      const struct rule_spec *kind)
{
    struct rule rule = entry->common;
    bool readable = true;
    rule.kind = kind;
    for (size_t index = 0; kind->params[index].name != NULL; index++) {
        const struct param_spec *param = &kind->params[index];
        const struct yaml_node *node = yaml_get(entry->node, param->name);
        if (node == NULL) {
            param_fill_in(param, &rule.params[index]);
        } else {
            readable =
                param_read(reader, node, &entry->subject, param, &rule.params[index]) && readable;
        }
    }
    if (!readable) {
        entry->ruled = true;
        return;
    }
    if (!asked_for(kind, &rule)) {
        check_idle(reader, entry, kind);
        return;
    }
    entry->ruled = true;
    if (applicable(reader, entry, kind, &rule)) {
        check_bars(reader, entry, kind, &rule);
        check_repeated(reader, entry, &rule);
    }
    *(struct rule *)vec_add(&reader->policy->rules) = rule;
}

static void say_no_rule(struct policy_reader *reader, const struct yaml_node *node)
{
    struct buf ways;
    const char *before = "";
    buf_init(&ways);
    for (const struct rule_spec *const *kind = reader->vocabulary->rules; *kind != NULL; kind++) {
        for (const struct param_spec *param = (*kind)->params; param->name != NULL; param++) {
            if (param->triggers) {
                buf_add_format(&ways, "%s%s", before, param->name);
                before = ", ";
            }
        }
    }
    reader_error(reader, node, DIAG_POLICY_NO_RULE, "nothing is demanded of %s; ways to do it: %s",
                 name_text(node->key), buf_text(&ways));
    buf_release(&ways);
}

/* A demand that stands beside its metric is too little indented. */
static void say_several(struct policy_reader *reader, const struct yaml_node *item)
{
    for (const struct yaml_node *node = item->first->next; node != NULL; node = node->next) {
        struct span key = name_span(node->key);
        if (is_param(reader, key) || field_find(policy_gate_fields, key) != NULL) {
            reader_error_at_key(reader, node, DIAG_POLICY_INDENT,
                                "`%s` stands beside `%s` instead of under it", name_text(node->key),
                                name_text(item->first->key));
            return;
        }
    }
    reader_error(reader, item, DIAG_POLICY_TYPE,
                 "one entry names one metric; begin each metric with its own dash");
}

static void read_entry(struct policy_reader *reader, const struct yaml_node *item)
{
    const struct yaml_node *node = item->first;
    struct entry entry = {.node = node};
    if (!reader_map(reader, item,
                    "a metric with its demands, as in `- tests.failed: {at_most: 0}`")) {
        return;
    }
    if (item->count != 1) {
        say_several(reader, item);
        return;
    }
    size_t errors = reader->diags->errors;
    bool known = subject_find(reader, node, &entry.subject);
    if (!reader_map(reader, node, "a mapping, as in {at_most: 0}")) {
        return;
    }
    entry.common =
        (struct rule){.metric = node->key, .line = node->key_line, .column = node->key_column};
    read_common(reader, &entry);
    if (!known) {
        return;
    }
    if (entry.subject.group && (entry.common.group != NULL || entry.common.component != NULL)) {
        reader_error(reader, node, DIAG_POLICY_IDLE_PARAMETER,
                     "a group of reports takes no further group or component");
    }
    for (const struct rule_spec *const *kind = reader->vocabulary->rules; *kind != NULL; kind++) {
        read_kind(reader, &entry, *kind);
    }
    if (!entry.ruled && reader->diags->errors == errors) {
        say_no_rule(reader, node);
    }
}

void read_gates(struct policy_reader *reader, const struct yaml_node *node)
{
    if (!reader_list(reader, node, "a list of metrics with their demands")) {
        return;
    }
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
        read_entry(reader, item);
    }
}
