/* A file, standard input or memory -> raw bytes, by read(2). */
#include "base/input_raw.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void input_raw_open_file(struct input_raw *raw, const char *path, struct fault *fault)
{
    struct stat status;
    *raw = (struct input_raw){.fault = fault};
    if (strcmp(path, "-") == 0) {
        raw->descriptor = dup(STDIN_FILENO);
    } else {
        raw->descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    }
    if (raw->descriptor < 0) {
        fault_set(fault, FAULT_UNREADABLE, 0, 0, "cannot open: %s", strerror(errno));
    } else if (fstat(raw->descriptor, &status) == 0) {
        if (S_ISDIR(status.st_mode)) {
            fault_set(fault, FAULT_UNREADABLE, 0, 0, "this is a folder, not a file");
        } else if (S_ISREG(status.st_mode)) {
            raw->size_hint = (uint64_t)status.st_size;
        }
    }
}

void input_raw_open_memory(struct input_raw *raw, struct span bytes, struct fault *fault)
{
    *raw = (struct input_raw){
        .fault = fault, .descriptor = -1, .memory = bytes, .size_hint = bytes.size};
}

void input_raw_close(struct input_raw *raw)
{
    if (raw->descriptor >= 0) {
        close(raw->descriptor);
    }
}

static size_t read_memory(struct input_raw *raw, char *to, size_t size)
{
    struct span piece = span_until(raw->memory, size);
    if (piece.size > 0) {
        memcpy(to, piece.data, piece.size);
    }
    raw->memory = span_from(raw->memory, piece.size);
    return piece.size;
}

static size_t read_file(struct input_raw *raw, char *to, size_t size)
{
    ssize_t got = 0;
    do {
        got = read(raw->descriptor, to, size);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        fault_set(raw->fault, FAULT_UNREADABLE, 0, 0, "cannot read: %s", strerror(errno));
        return 0;
    }
    return (size_t)got;
}

size_t input_raw_read(struct input_raw *raw, char *to, size_t size)
{
    if (raw->fault->kind != FAULT_NONE || raw->ended) {
        return 0;
    }
    size_t got = raw->descriptor < 0 ? read_memory(raw, to, size) : read_file(raw, to, size);
    raw->bytes += got;
    raw->ended = got == 0;
    return got;
}
