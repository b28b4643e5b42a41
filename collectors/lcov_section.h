/* A tracefile while it is read: where the reader stands, and the section that is open.
 *
 * Life cycle of a section: lcov_section_open for SF, records, lcov_section_close for
 * end_of_record. The end of the file and a new SF close it as well, with a word about it. */
#ifndef TIDEGATE_COLLECTORS_LCOV_SECTION_H
#define TIDEGATE_COLLECTORS_LCOV_SECTION_H

#include "base/line_read.h"
#include "base/map.h"
#include "model/sink.h"

/* Totals that a section may state: each kind as found and hit. */
enum lcov_total {
    LINES_FOUND,
    LINES_HIT,
    BRANCHES_FOUND,
    BRANCHES_HIT,
    FUNCTIONS_FOUND,
    FUNCTIONS_HIT,
    TOTALS
};

enum section {
    SECTION_NONE,
    SECTION_LOST, /* its records have no file to go to; that was said once */
    SECTION_OPEN
};

struct lcov {
    struct sink *out;
    struct line_reader reader;
    uint64_t line; /* of the record being read */
    enum section section;
    uint64_t section_line;        /* where the open section began */
    uint64_t stated[TOTALS];      /* what the section says */
    uint64_t stated_line[TOTALS]; /* where; 0 is nowhere */
    struct map range_of_leader;   /* index of an FNL -> its range (lcov_record.c) */
    bool recognised;              /* a record that only this format has was seen */
    bool closed;                  /* the last line that says something is end_of_record */
    uint64_t unknown_line;        /* of the first unknown record; 0 is none */
    uint64_t unknown_count;
    char unknown_text[64];
};

/* Says something at a line: a note, or, with `dropped`, that something was not taken. */
void lcov_say(struct lcov *lcov, bool dropped, enum diag_code code, uint64_t line,
              const char *format, ...) __attribute__((format(printf, 5, 6)));

/* SF: the records that follow belong to this path. */
void lcov_section_open(struct lcov *lcov, struct span path);
/* end_of_record */
void lcov_section_close(struct lcov *lcov);
/* Is there a file that a record with this tag can go to? Says so once where there is none. */
bool lcov_section_has_file(struct lcov *lcov, struct span tag);
/* A line, or the value of a record, that cannot be read. If the start of another section lies in
 * it, because a cut file was joined with a whole one, no record belongs to the file so far until
 * the next SF. Is that so? */
bool lcov_section_lose(struct lcov *lcov, struct span line);
/* The file ended. */
void lcov_section_end(struct lcov *lcov);

/* The total that a tag like LF states, or TOTALS. */
enum lcov_total lcov_total_of(struct span tag);
void lcov_state_total(struct lcov *lcov, enum lcov_total total, struct span value);

#endif
