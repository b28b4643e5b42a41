/* How much a source or a metric can be trusted. Only STATE_OK may ever raise a bar.
 * The order is from good to bad: combining two states takes the larger one. */
#ifndef TIDEGATE_MODEL_STATE_H
#define TIDEGATE_MODEL_STATE_H

#include "base/span.h"

enum state {
    STATE_OK,      /* every row was taken */
    STATE_PARTIAL, /* rows were dropped or the tail is missing; the rest is well formed */
    STATE_STALE,   /* older than the commit that it should describe */
    STATE_EMPTY,   /* well formed, nothing in it, and nothing was lost on the way */
    STATE_DAMAGED, /* nothing of it is used */
    STATE_MISSING  /* not there */
};

const char *state_text(enum state state); /* "ok", "partial", … */
bool state_of(struct span text, enum state *state);
enum state state_worse(enum state left, enum state right);
/* True for ok, partial and stale: there are rows, and a metric has a value. */
bool state_has_value(enum state state);

#endif
