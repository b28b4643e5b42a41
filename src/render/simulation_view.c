/* The words of a simulation that all its outputs share. */
#include "render/simulation_view.h"

void simulation_add_range(struct buf *out, const struct simulation *simulation)
{
    size_t count = simulation->entries.count;
    const struct simulated_entry *oldest = vec_at(&simulation->entries, 0);
    const struct simulated_entry *newest = vec_at(&simulation->entries, count - 1);
    buf_add_count(out, count, "entry", "entries");
    buf_add_text(out, " of ");
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
