/* The words of a simulation that all its outputs share. */
#include "render/simulation_view.h"

#include "render/figures.h"

static void add_amount(struct buf *out, struct decimal amount)
{
    decimal_add_text(out, decimal_trim(amount));
}

static void add_choice(struct buf *out, const struct param_spec *spec, uint64_t number)
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
        uint32_t day = value->steps[at].day;
        buf_add_format(out, "%s%04u-%02u-%02u ", at > 0 ? " " : "", day / 10000, day / 100 % 100,
                       day % 100);
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
    case PARAM_CHOICE: add_choice(out, spec, value->number); break;
    case PARAM_STEPS: add_steps(out, value); break;
    }
}

void simulation_add_rule(struct buf *out, const struct rule *rule)
{
    const char *before = ": ";
    figures_add_label(out, rule->metric, rule->group, rule->component);
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

void simulation_add_range(struct buf *out, const struct simulation *simulation)
{
    size_t count = simulation->entries.count;
    const struct simulated_entry *oldest = vec_at(&simulation->entries, 0);
    const struct simulated_entry *newest = vec_at(&simulation->entries, count - 1);
    buf_add_grouped(out, count);
    buf_add_text(out, count == 1 ? " entry of " : " entries of ");
    buf_add(out, name_span(simulation->branch));
    buf_add_format(out, ", %s", name_text(oldest->day));
    if (newest->day != oldest->day) {
        buf_add_format(out, " to %s", name_text(newest->day));
    }
}

void simulation_add_headline(struct buf *out, const struct simulation *simulation)
{
    if (simulation->closed == 0) {
        buf_add_text(out, "no entry would have closed the gate");
        return;
    }
    buf_add_grouped(out, simulation->closed);
    buf_add_text(out, " of ");
    buf_add_grouped(out, simulation->entries.count);
    buf_add_text(out, " would have closed the gate");
}

const char *simulation_word(const struct check *check)
{
    if (check_blocks(check)) {
        return "closed";
    }
    switch (check->outcome) {
    case OUTCOME_WAIVED: return "waived";
    case OUTCOME_INFO: return "informed";
    default: return check->rule->severity == GATE_INFO ? "informed" : "warned";
    }
}

size_t simulated_rule_broken(const struct simulated_rule *rule)
{
    return rule->closed + rule->softened;
}

size_t simulated_rule_judged(const struct simulated_rule *rule)
{
    return rule->closed + rule->softened + rule->passed;
}

size_t simulated_rule_total(const struct simulated_rule *rule)
{
    return simulated_rule_judged(rule) + rule->unjudged;
}
