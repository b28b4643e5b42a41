/* Words for how a baseline was found. */
#include "model/baseline.h"

const char *baseline_match_text(enum baseline_match match)
{
    static const char *const texts[] = {"commit",   "tree",   "covered", "revert",
                                        "ancestor", "newest", "file"};
    return texts[match];
}
