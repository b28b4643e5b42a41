/* A line of progress on a terminal, for steps that take over a second. Never in logs or files. */
#ifndef TIDEGATE_CLI_PROGRESS_H
#define TIDEGATE_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
    bool on;
    bool shown;
    size_t total;
    int64_t start; /* milliseconds */
};

void progress_start(struct progress *progress, bool quiet, size_t total);
/* Before item `index` (from 0) is worked on. */
void progress_step(struct progress *progress, size_t index, const char *name);
void progress_end(struct progress *progress);

#endif
