/* A rule in words: what it is about, then its parameters in the order of its kind. */
#include "model/rule_text.h"

#include "base/date.h"

static void add_amount(struct buf *out, struct decimal amount)
{
    decimal_add_text(out, decimal_trim(amount));
}

void rule_add_choice(struct buf *out, const struct param_spec *spec, uint64_t number)
{
    for (const struct param_word *word = spec->words; word != NULL && word->text != NULL; word++) {
        if (word->number == number) {
            buf_add_text(out, word->text);
            return;
        }
    }
    buf_add_u64(out, number);
}

static void add_steps(struct buf *out, const struct param_value *value)
{
    for (size_t at = 0; at < value->step_count; at++) {
        buf_add_text(out, at > 0 ? " " : "");
        date_add(out, value->steps[at].day);
        buf_add_byte(out, ' ');
        add_amount(out, value->steps[at].amount);
    }
}

static void add_param(struct buf *out, const struct param_spec *spec,
                      const struct param_value *value)
{
    if (spec->type == PARAM_FLAG) {
        buf_add_format(out, "%s%s", value->flag ? "" : "not ", spec->name);
        return;
    }
    buf_add_format(out, "%s ", spec->name);
    switch (spec->type) {
    case PARAM_FLAG:
    case PARAM_AMOUNT: add_amount(out, value->amount); break;
    case PARAM_DURATION:
        add_amount(out, value->amount);
        buf_add_byte(out, 's');
        break;
    case PARAM_CHOICE: rule_add_choice(out, spec, value->number); break;
    case PARAM_STEPS: add_steps(out, value); break;
    }
}

void rule_add_text(struct buf *out, const struct rule *rule)
{
    const char *before = ": ";
    buf_add(out, name_span(rule->metric));
    if (rule->group != NULL || rule->component != NULL) {
        buf_add_format(out, " (%s%s%s%s%s)", rule->group != NULL ? "group " : "",
                       name_text(rule->group),
                       rule->group != NULL && rule->component != NULL ? ", " : "",
                       rule->component != NULL ? "component " : "", name_text(rule->component));
    }
    for (size_t at = 0; at < RULE_PARAMS && rule->kind->params[at].name != NULL; at++) {
        if (rule->params[at].given) {
            buf_add_text(out, before);
            add_param(out, &rule->kind->params[at], &rule->params[at]);
            before = ", ";
        }
    }
    if (rule->kind->params[0].name == NULL) { /* a rule of the gates' own */
        buf_add_format(out, "%s%s", before, rule->kind->name);
    }
}
