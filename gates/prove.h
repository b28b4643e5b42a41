/* The proof that each rule can close the gate. */
#ifndef TIDEGATE_GATES_PROVE_H
#define TIDEGATE_GATES_PROVE_H

#include "gates/gates.h"
#include "model/selftest.h"

/* Takes what is measured now as its own baseline, makes it worse for each rule just beyond the bar,
 * and adds rows about what the gate says. `now` is not changed; its baseline is not looked at. */
void gates_prove(const struct evaluation *now, struct selftest *selftest);

#endif
