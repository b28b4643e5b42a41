/* Progress on standard error, when that is a terminal. */
#include "cli/progress.h"

#include "render/escape.h"

#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 1000 /* milliseconds before anything is shown */, BIG = 200 * 1024 * 1024 };

static int64_t now(void)
{
    struct timespec moment;
    clock_gettime(CLOCK_MONOTONIC, &moment);
    return (int64_t)moment.tv_sec * 1000 + moment.tv_nsec / 1000000;
}

void progress_start(struct progress *progress, bool quiet, size_t total)
{
    progress->on = !quiet && isatty(STDERR_FILENO);
    progress->shown = false;
    progress->total = total;
    progress->start = progress->on ? now() : 0;
}

void progress_step(struct progress *progress, size_t index, const char *name)
{
    struct stat status;
    struct buf line;
    if (!progress->on) {
        return;
    }
    bool big = stat(name, &status) == 0 && status.st_size > BIG;
    if (!big && now() - progress->start < PATIENCE) {
        return;
    }
    buf_init(&line);
    buf_add_format(&line, "\r\x1b[Kreading %zu of %zu: ", index + 1, progress->total);
    escape_add_text(&line, span_of(name), 50);
    fputs(buf_text(&line), stderr);
    fflush(stderr);
    buf_release(&line);
    progress->shown = true;
}

void progress_end(struct progress *progress)
{
    if (progress->shown) {
        fputs("\r\x1b[K", stderr);
    }
}
