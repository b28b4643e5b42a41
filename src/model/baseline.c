/* A baseline and its parts, and words for how it was found. */
#include "model/baseline.h"

void baseline_init(struct baseline *baseline, struct names *names)
{
    *baseline = (struct baseline){.state = BASELINE_NOT_ASKED};
    snapshot_init(&baseline->snapshot, names);
    bars_init(&baseline->bars, names);
    vec_init(&baseline->recent, sizeof(struct snapshot));
    vec_init(&baseline->recent_times, sizeof(int64_t));
}

void baseline_release(struct baseline *baseline)
{
    for (size_t index = 0; index < baseline->recent.count; index++) {
        snapshot_release(vec_at(&baseline->recent, index));
    }
    vec_release(&baseline->recent);
    vec_release(&baseline->recent_times);
    bars_release(&baseline->bars);
    snapshot_release(&baseline->snapshot);
}

const char *baseline_match_text(enum baseline_match match)
{
    static const char *const texts[] = {"commit",   "tree",   "covered", "revert",
                                        "ancestor", "newest", "file",    "ledger_file"};
    return texts[match];
}

const char *yardstick_text(enum yardstick yardstick)
{
    static const char *const texts[] = {"base", "bar", "nothing"};
    return texts[yardstick];
}
