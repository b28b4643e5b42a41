/* Reading a file of bounded size; gzip is unpacked on the way, as for every input. */
#include "cli/whole_file.h"

#include "base/input.h"

enum { PIECE = 16384 };

enum err whole_file_read(const char *path, uint64_t most, struct buf *text, struct fault *fault)
{
    char piece[PIECE];
    struct input *input = input_open_file(path);
    size_t got = 0;
    size_t before = text->size;
    while (text->size - before <= most && (got = input_read(input, piece, sizeof(piece))) > 0) {
        buf_add(text, span_make(piece, got));
    }
    *fault = *input_fault(input);
    input_close(input);
    if (text->size - before > most) {
        fault_set(fault, FAULT_LIMIT, 0, 0, "larger than %llu bytes", (unsigned long long)most);
    }
    return fault->kind == FAULT_NONE ? ERR_NONE : ERR_READ;
}
