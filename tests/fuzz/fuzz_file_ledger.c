/* libFuzzer harness of the reader of baseline files: what is read is written again as the same
 * bytes, and merging it with itself, or with nothing but itself on one side, gives it back. */
#include "ledger/file_ledger.h"
#include "model/run.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The text of a file, which must be that of `wanted` if there is one. */
static void write_checked(const struct file_ledger *file, const struct buf *wanted, struct buf *out)
{
    file_ledger_write(file, out);
    if (wanted != NULL && !span_equal(buf_span(out), buf_span(wanted))) {
        abort();
    }
}

static void check_read(struct run *run, const struct buf *text)
{
    struct file_ledger again;
    struct fault fault = {.kind = FAULT_NONE};
    struct buf out = {NULL, 0, 0};
    file_ledger_init(&again, &run->names);
    if (file_ledger_read(&again, buf_span(text), &fault) != ERR_NONE) {
        abort();
    }
    write_checked(&again, text, &out);
    file_ledger_release(&again);
    buf_release(&out);
}

static void check_merge(struct run *run, const struct file_ledger *file, const struct buf *text)
{
    struct file_ledger merged;
    struct fault fault = {.kind = FAULT_NONE};
    struct buf out = {NULL, 0, 0};
    file_ledger_init(&merged, &run->names);
    if (!file_ledger_merge(file, file, file, &merged, &fault)) {
        abort();
    }
    write_checked(&merged, text, &out);
    file_ledger_release(&merged);
    buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run run;
    struct file_ledger file;
    struct fault fault = {.kind = FAULT_NONE};
    struct buf text = {NULL, 0, 0};
    run_init(&run);
    file_ledger_init(&file, &run.names);
    if (file_ledger_read(&file, span_make((const char *)data, size), &fault) == ERR_NONE) {
        write_checked(&file, NULL, &text);
        check_read(&run, &text);
        check_merge(&run, &file, &text);
    }
    file_ledger_release(&file);
    buf_release(&text);
    run_release(&run);
    return 0;
}
