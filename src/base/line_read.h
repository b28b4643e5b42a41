/* Lines of text, one pull or one window at a time, without a limit on their number and with one
 * on their length.
 *
 * The window grows up to LIMIT_LINE_BYTES for one long line. NUL bytes are part of the line, and
 * so is a CR before the LF (formats differ). What is returned is valid until the next call, and
 * the reader guarantees LINE_READ_SLACK readable bytes behind it, so that hot loops may load
 * whole words. */
#ifndef TIDEGATE_BASE_LINE_READ_H
#define TIDEGATE_BASE_LINE_READ_H

#include "base/input.h"

enum { LINE_READ_SLACK = 64 };

struct line_reader {
    struct input *input;
    char *window;
    size_t capacity; /* bytes of the window without its slack */
    size_t start;    /* first byte not yet returned */
    size_t end;      /* behind the last byte read */
    uint64_t line;   /* number of the line returned last, from 1 */
    bool at_end;
    bool last_unfinished; /* the last line had no LF */
};

/* Life cycle: line_reader_init, line_reader_next or line_reader_block until false,
 * line_reader_release. The input stays the caller's. */
void line_reader_init(struct line_reader *reader, struct input *input);
void line_reader_release(struct line_reader *reader);

/* The next line without its LF. False at the end and after a fault (see input_fault). */
bool line_reader_next(struct line_reader *reader, struct span *line);

/* All whole lines that the window holds, at least one, each with its LF; an unfinished last line
 * gets one. For loops that look for line ends themselves: the caller adds the lines to reader->line
 * as it goes. False at the end and after a fault. Behind the block a NUL comes before any LF: a
 * loop that stops at both needs not ask for the end. */
bool line_reader_block(struct line_reader *reader, struct span *block);

enum { LINE_ENDS_PIECE = 4096 };

/* Where the LFs stand in `text`, at most LINE_ENDS_PIECE bytes of a block (it reads the slack).
 * Returns their number. Faster than a search for each line: how long a line is decides no jump. */
size_t line_ends(struct span text, uint32_t ends[LINE_ENDS_PIECE]);

#endif
