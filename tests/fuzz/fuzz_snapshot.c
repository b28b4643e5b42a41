/* libFuzzer harness of the snapshot reader: what is read is written again as the same bytes. */
#include "model/run.h"
#include "model/snapshot.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run run;
    struct snapshot first;
    struct snapshot second;
    struct fault fault = {.kind = FAULT_NONE};
    struct buf one;
    struct buf two;
    run_init(&run);
    snapshot_init(&first, &run.names);
    snapshot_init(&second, &run.names);
    buf_init(&one);
    buf_init(&two);
    if (snapshot_read(&first, span_make((const char *)data, size), &fault) == ERR_NONE) {
        snapshot_write(&first, &one);
        if (snapshot_read(&second, buf_span(&one), &fault) != ERR_NONE) {
            abort();
        }
        snapshot_write(&second, &two);
        if (!span_equal(buf_span(&one), buf_span(&two))) {
            abort();
        }
    }
    buf_release(&one);
    buf_release(&two);
    snapshot_release(&first);
    snapshot_release(&second);
    run_release(&run);
    return 0;
}
