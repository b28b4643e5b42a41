/* libFuzzer harness of one collector, compiled once for each with -DFUZZ_FORMAT="name"; "" leaves
 * the format to detection. Seeds are the fixtures of tests/collect. */
#include "collectors/collectors.h"
#include "measure/measure.h"
#include "model/run.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run run;
    struct snapshot snapshot;
    run_init(&run);
    snapshot_init(&snapshot, &run.names);
    struct input *input = input_open_memory(span_make((const char *)data, size));
    struct report *report =
        collectors_read(&run.names, SPAN("fuzz"), input, collectors_find(SPAN(FUZZ_FORMAT)));
    measure_report(report, &snapshot);
    report_close(report);
    input_close(input);
    snapshot_release(&snapshot);
    run_release(&run);
    return 0;
}
