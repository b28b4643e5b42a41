/* Damerau-Levenshtein distance in its optimal string alignment form: no letter is edited twice. */
#include "policy/words.h"

enum { WORD_LONGEST = 64, DISTANCE_MOST = 3 };

static unsigned least(unsigned one, unsigned two, unsigned three)
{
    unsigned smaller = one < two ? one : two;
    return smaller < three ? smaller : three;
}

unsigned word_distance(struct span left, struct span right)
{
    unsigned rows[3][WORD_LONGEST + 1]; /* of the matrix: two before, one before, this one */
    unsigned *before = rows[0];
    unsigned *above = rows[1];
    unsigned *here = rows[2];
    if (left.size > WORD_LONGEST || right.size > WORD_LONGEST) {
        return WORD_LONGEST;
    }
    for (unsigned column = 0; column <= right.size; column++) {
        above[column] = column;
        before[column] = column;
    }
    for (unsigned row = 1; row <= left.size; row++) {
        here[0] = row;
        for (unsigned column = 1; column <= right.size; column++) {
            char one = left.data[row - 1];
            char two = right.data[column - 1];
            here[column] = least(above[column] + 1, here[column - 1] + 1,
                                 above[column - 1] + (one == two ? 0 : 1));
            bool swapped =
                row > 1 && column > 1 && one == right.data[column - 2] && two == left.data[row - 2];
            if (swapped && before[column - 2] + 1 < here[column]) {
                here[column] = before[column - 2] + 1;
            }
        }
        unsigned *oldest = before;
        before = above;
        above = here;
        here = oldest;
    }
    return above[right.size];
}

struct span word_nearest(struct span word, const struct vec *words)
{
    struct span best = span_make(NULL, 0);
    unsigned most = (unsigned)(word.size / 3 > 0 ? word.size / 3 : 1);
    unsigned distance = (most < DISTANCE_MOST ? most : DISTANCE_MOST) + 1;
    for (size_t index = 0; index < words->count; index++) {
        const struct span *candidate = vec_at(words, index);
        unsigned steps = word_distance(word, *candidate);
        if (steps < distance) {
            distance = steps;
            best = *candidate;
        }
    }
    return best;
}
