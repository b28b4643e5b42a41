/* Small files, read whole. */
#ifndef TIDEGATE_CLI_WHOLE_FILE_H
#define TIDEGATE_CLI_WHOLE_FILE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/fault.h"

/* Reads a file of at most `most` bytes behind what `text` holds. ERR_READ with the fault, which
 * must be zeroed. */
enum err whole_file_read(const char *path, uint64_t most, struct buf *text, struct fault *fault);

#endif
