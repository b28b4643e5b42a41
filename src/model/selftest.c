/* A self-test as plain data. */
#include "model/selftest.h"

void selftest_init(struct selftest *selftest, struct names *names)
{
    *selftest = (struct selftest){.names = names};
    vec_init(&selftest->rows, sizeof(struct selftest_row));
}

void selftest_release(struct selftest *selftest)
{
    vec_release(&selftest->rows);
}

void selftest_add(struct selftest *selftest, const struct selftest_row *row)
{
    *(struct selftest_row *)vec_add(&selftest->rows) = *row;
    selftest->count[row->result]++;
}

const char *selftest_result_text(enum selftest_result result)
{
    static const char *const texts[] = {"ok", "exempt", "cannot fail"};
    return texts[result];
}
