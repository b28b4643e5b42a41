/* Words that people may have meant: the nearest one of a list. */
#ifndef TIDEGATE_POLICY_WORDS_H
#define TIDEGATE_POLICY_WORDS_H

#include "base/span.h"
#include "base/vec.h"

/* How many letters must be inserted, removed, changed or swapped with their neighbour to turn one
 * word into the other, in bytes; words longer than 64 bytes count as entirely different. */
unsigned word_distance(struct span left, struct span right);

/* The word of the list (struct span) that `word` was probably meant to be: at most a third of its
 * letters away and at most three. The first one of equals; the empty span if none is near. */
struct span word_nearest(struct span word, const struct vec *words);

#endif
