/* A simulation for people and programs: what would have closed the gate, when, by which rule, how
 * far off, and what could not be judged. */
#ifndef TIDEGATE_RENDER_SIMULATION_VIEW_H
#define TIDEGATE_RENDER_SIMULATION_VIEW_H

#include "base/buf.h"
#include "model/simulation.h"

struct simulation_view {
    const struct simulation *simulation;
    bool all;       /* every entry that breaks a rule, not only the last ones */
    bool colour;    /* text: use terminal colours */
    unsigned width; /* text: columns, 0 is unlimited */
};

enum { SIMULATION_SHOWN = 20 }; /* broken rules that are listed one by one without `all` */

void simulation_text(const struct simulation_view *view, struct buf *out);
/* A Markdown section with its tables. */
void simulation_markdown(const struct simulation_view *view, struct buf *out);
/* The document "tidegate/simulate/1" (docs/schema/simulate-1.json); always holds everything. */
void simulation_json(const struct simulation_view *view, struct buf *out);

/* What the renderers share; the words may hold foreign text. */
/* "50 entries of main, 2026-09-01 to 2026-11-20" */
void simulation_add_range(struct buf *out, const struct simulation *simulation);
/* "3 of 50 would have closed the gate" */
void simulation_add_headline(struct buf *out, const struct simulation *simulation);
/* "closed" or what became of it: "warned", "informed", "waived" */
const char *simulation_word(const struct check *check);
size_t simulated_rule_broken(const struct simulated_rule *rule);
/* In how many entries the rule could be judged, and to how many it applied. */
size_t simulated_rule_judged(const struct simulated_rule *rule);
size_t simulated_rule_total(const struct simulated_rule *rule);

#endif
