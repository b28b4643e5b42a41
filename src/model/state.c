/* States and their words. */
#include "model/state.h"

static const char *const texts[] = {"ok", "partial", "stale", "empty", "damaged", "missing"};

const char *state_text(enum state state)
{
    return texts[state];
}

bool state_of(struct span text, enum state *state)
{
    for (unsigned index = 0; index < sizeof(texts) / sizeof(texts[0]); index++) {
        if (span_is(text, texts[index])) {
            *state = (enum state)index;
            return true;
        }
    }
    return false;
}

enum state state_worse(enum state left, enum state right)
{
    return left > right ? left : right;
}

bool state_has_value(enum state state)
{
    return state == STATE_OK || state == STATE_PARTIAL || state == STATE_STALE;
}
