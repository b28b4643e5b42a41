/* The sentences of a ratchet. */
#ifndef TIDEGATE_GATES_RATCHET_WORDS_H
#define TIDEGATE_GATES_RATCHET_WORDS_H

#include "gates/ratchet_contest.h"

/* "84.12 % = 7301 of 8679 lines, below the baseline's 84.28 % = 7315 of 8679 by more than …": the
 * value beside one reference; `fails`: it is not accepted because of it. */
void ratchet_say(struct buf *out, const struct contest *contest, const struct reference *reference,
                 bool fails);
/* The base decides, and the value is beyond the bar: adds whether the branch was so before.
 * `used_up`: within the slack of the base, and broken because of the bar alone. */
void ratchet_say_branch(struct buf *out, const struct contest *contest, bool broken, bool used_up);
/* The bar decides and is not met: adds whether that is this run's doing, if that is known. */
void ratchet_say_run(struct buf *out, const struct contest *contest);

#endif
