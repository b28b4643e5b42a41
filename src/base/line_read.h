/* Lines of text, one pull at a time, without a limit on their number and with one on their length.
 *
 * The window grows up to LIMIT_LINE_BYTES for one long line. A line is returned without its LF; a CR
 * before it stays (formats differ). NUL bytes are part of the line. The span is valid until the next
 * call, and the reader guarantees one readable byte behind it ('\n'), so that hot loops need no bound
 * check on digits. */
#ifndef TIDEGATE_BASE_LINE_READ_H
#define TIDEGATE_BASE_LINE_READ_H

#include "base/input.h"

struct line_reader {
    struct input *input;
    char *window;
    size_t capacity;
    size_t start;  /* first byte not yet returned */
    size_t end;    /* behind the last byte read */
    uint64_t line; /* number of the line returned last, from 1 */
    bool at_end;
    bool last_unfinished; /* the last line had no LF */
};

void line_reader_init(struct line_reader *reader, struct input *input);
void line_reader_release(struct line_reader *reader);

/* False at the end and after a fault (see input_fault). */
bool line_reader_next(struct line_reader *reader, struct span *line);

#endif
