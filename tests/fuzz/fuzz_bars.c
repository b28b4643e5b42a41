/* libFuzzer harness of the reader of bars: what is read is written again as the same bytes. */
#include "model/run.h"
#include "model/bars.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run run;
    struct bars first;
    struct bars second;
    struct fault fault = {.kind = FAULT_NONE};
    struct buf one;
    struct buf two;
    run_init(&run);
    bars_init(&first, &run.names);
    bars_init(&second, &run.names);
    buf_init(&one);
    buf_init(&two);
    if (bars_read(&first, span_make((const char *)data, size), &fault) == ERR_NONE) {
        bars_write(&first, &one);
        if (bars_read(&second, buf_span(&one), &fault) != ERR_NONE) {
            abort();
        }
        bars_write(&second, &two);
        if (!span_equal(buf_span(&one), buf_span(&two))) {
            abort();
        }
    }
    buf_release(&one);
    buf_release(&two);
    bars_release(&first);
    bars_release(&second);
    run_release(&run);
    return 0;
}
