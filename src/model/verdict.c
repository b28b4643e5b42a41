/* The verdict as plain data. */
#include "model/verdict.h"

void verdict_init(struct verdict *verdict)
{
    *verdict = (struct verdict){.outcome = OUTCOME_PASS, .exit_code = EXIT_OPEN};
    vec_init(&verdict->checks, sizeof(struct check));
}

void verdict_release(struct verdict *verdict)
{
    vec_release(&verdict->checks);
}

const char *outcome_text(enum outcome outcome)
{
    static const char *const texts[] = {"PASS", "INFO", "WARN", "WAIVED", "NO_DATA", "FAIL"};
    return texts[outcome];
}

bool check_blocks(const struct check *check)
{
    return check->outcome == OUTCOME_FAIL ||
           (check->outcome == OUTCOME_NO_DATA && check->rule->severity == GATE_BLOCK);
}
