/* Turns the bytes of an input into lines or windows of whole lines (line_read.h).
 *
 * The window is as large as what the system reads at once and stays in the processor's cache;
 * only the part of a line that the next read completes is moved. */
#include "base/line_read.h"

#include "base/bytes16.h"
#include "base/limits.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { WINDOW_BYTES = 256 * 1024 };

void line_reader_init(struct line_reader *reader, struct input *input)
{
    *reader = (struct line_reader){.input = input,
                                   .window = mem_alloc(WINDOW_BYTES + LINE_READ_SLACK),
                                   .capacity = WINDOW_BYTES};
}

void line_reader_release(struct line_reader *reader)
{
    free(reader->window);
    *reader = (struct line_reader){0};
}

/* Makes room behind what is not yet returned. False when that is a line above the ceiling. */
static bool make_room(struct line_reader *reader)
{
    size_t kept = reader->end - reader->start;
    if (kept > LIMIT_LINE_BYTES) {
        fault_set(input_fault_slot(reader->input), FAULT_LIMIT, reader->line + 1, 0,
                  "a line of more than %llu bytes", (unsigned long long)LIMIT_LINE_BYTES);
        return false;
    }
    if (reader->start > 0) {
        memmove(reader->window, reader->window + reader->start, kept);
        reader->start = 0;
        reader->end = kept;
    }
    if (reader->end + 1 == reader->capacity) {
        reader->capacity = mem_product(reader->capacity, 2);
        reader->window = mem_resize(reader->window, reader->capacity + LINE_READ_SLACK);
    }
    return true;
}

/* Reads on. False when nothing was added: at the end and after a fault. */
static bool fill(struct line_reader *reader)
{
    if (reader->at_end) {
        return false;
    }
    size_t added = 0;
    if (make_room(reader)) {
        added = input_read(reader->input, reader->window + reader->end,
                           reader->capacity - 1 - reader->end);
        reader->end += added;
        reader->window[reader->end] = '\0';
    }
    reader->at_end = added == 0;
    return added > 0;
}

/* Closes a last line that has no LF. False when there is none, or when the input broke off. */
static bool finish(struct line_reader *reader)
{
    if (reader->start == reader->end || input_fault(reader->input)->kind != FAULT_NONE) {
        reader->start = reader->end;
        return false;
    }
    reader->window[reader->end++] = '\n';
    reader->window[reader->end] = '\0';
    reader->last_unfinished = true;
    return true;
}

/* Position behind the last LF at or after `from`, or 0. */
static size_t behind_last_line(const struct line_reader *reader, size_t from)
{
    for (size_t at = reader->end; at > from; at--) {
        if (reader->window[at - 1] == '\n') {
            return at;
        }
    }
    return 0;
}

bool line_reader_next(struct line_reader *reader, struct span *line)
{
    size_t searched = 0;
    for (;;) {
        char *first = reader->window + reader->start;
        size_t size = reader->end - reader->start;
        char *found = memchr(first + searched, '\n', size - searched);
        if (found != NULL) {
            *line = span_make(first, (size_t)(found - first));
            reader->start += line->size + 1;
            reader->line++;
            return true;
        }
        searched = size;
        if (!fill(reader) && !finish(reader)) {
            return false;
        }
    }
}

bool line_reader_block(struct line_reader *reader, struct span *block)
{
    size_t searched = 0;
    for (;;) {
        size_t behind = behind_last_line(reader, reader->start + searched);
        if (behind > 0) {
            *block = span_make(reader->window + reader->start, behind - reader->start);
            reader->start = behind;
            return true;
        }
        searched = reader->end - reader->start;
        if (!fill(reader) && !finish(reader)) {
            return false;
        }
    }
}

size_t line_ends(struct span text, uint32_t ends[LINE_ENDS_PIECE])
{
    enum { STEP = 64, USUAL = 2 }; /* lines are seldom so short that more of them end in a step */
    size_t count = 0;
    for (size_t at = 0; at < text.size; at += STEP) {
        uint64_t bits = bytes64_equal(text.data + at, '\n'); /* may look into the slack */
        if (text.size - at < STEP) {
            bits &= (UINT64_C(1) << (text.size - at)) - 1;
        }
        for (unsigned usual = 0; usual < USUAL; usual++) {
            ends[count] = (uint32_t)at + (uint32_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
            count += bits != 0;
            bits &= bits - 1;
        }
        while (bits != 0) {
            ends[count++] = (uint32_t)at + (uint32_t)__builtin_ctzll(bits);
            bits &= bits - 1;
        }
    }
    return count;
}
