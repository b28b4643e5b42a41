/* A rule in one line of words, as its policy has it. */
#ifndef TIDEGATE_MODEL_RULE_TEXT_H
#define TIDEGATE_MODEL_RULE_TEXT_H

#include "model/rule.h"

/* "coverage.line (component api): at_least 80". May hold foreign text. */
void rule_add_text(struct buf *out, const struct rule *rule);
/* The word that the policy has for the value of such a parameter. */
void rule_add_choice(struct buf *out, const struct param_spec *spec, uint64_t number);

#endif
