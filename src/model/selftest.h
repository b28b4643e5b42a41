/* What came of the proof that a gate can fail: for each rule and report, what was made worse on a
 * copy, and what the gate said to it.
 *
 * Life cycle: selftest_init, rows are added, selftest_release. */
#ifndef TIDEGATE_MODEL_SELFTEST_H
#define TIDEGATE_MODEL_SELFTEST_H

#include "model/verdict.h"

enum selftest_result {
    SELFTEST_OK,     /* the gate closed as it should */
    SELFTEST_EXEMPT, /* it does not close, and the policy says so */
    SELFTEST_CANNOT  /* it should close and does not, or nothing shows that it would */
};

struct selftest_row {
    const struct name *subject; /* "coverage.line: at_least 80", or the path of a report */
    const struct name *change;  /* "35 -> 28 of 36 lines covered"; NULL when nothing was changed */
    bool judged;                /* was the gate asked? */
    enum outcome before, after; /* of the rule alone; for reports and baselines of the gate */
    enum exit_code before_code, after_code;
    enum selftest_result result;
    const struct name *why; /* one sentence; NULL when it is ok */
};

struct selftest {
    struct names *names; /* borrowed */
    struct vec rows;     /* struct selftest_row */
    size_t count[SELFTEST_CANNOT + 1];
    const struct name *source; /* what was tested with: "4 reports", "ledger entry …" */
};

void selftest_init(struct selftest *selftest, struct names *names);
void selftest_release(struct selftest *selftest);
/* Adds a row and counts its result. */
void selftest_add(struct selftest *selftest, const struct selftest_row *row);
const char *selftest_result_text(enum selftest_result result); /* "ok", "exempt", "cannot fail" */

#endif
