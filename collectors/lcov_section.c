/* Sections of a tracefile: opened, closed, and their stated totals compared with their rows. */
#include "collectors/lcov_section.h"

#include "base/limits.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const total_tags[TOTALS] = {"LF", "LH", "BRF", "BRH", "FNF", "FNH"};

void lcov_say(struct lcov *lcov, bool dropped, enum diag_code code, uint64_t line,
              const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    if (dropped) {
        sink_drop(lcov->out, code, line, span_of(text));
    } else {
        sink_note(lcov->out, code, line, span_of(text));
    }
}

enum lcov_total lcov_total_of(struct span tag)
{
    unsigned total = 0;
    while (total < TOTALS && !span_is(tag, total_tags[total])) {
        total++;
    }
    return (enum lcov_total)total;
}

void lcov_state_total(struct lcov *lcov, enum lcov_total total, struct span value)
{
    if (!span_to_u64(value, &lcov->stated[total])) {
        bool joined = lcov_section_lose(lcov, value);
        lcov_say(lcov, joined, DIAG_REPORT_VALUE, lcov->line, "the total %s:%.*s is no number",
                 total_tags[total], SPAN_ARG(span_until(value, 60)));
        return;
    }
    lcov->stated_line[total] = lcov->line;
}

/* Totals are never used, but a difference means that records are missing. */
static void check_totals(struct lcov *lcov)
{
    const struct coverage *rows = sink_rows(lcov->out);
    struct ratio lines = coverage_lines(rows);
    struct ratio branches = coverage_branches(rows);
    struct ratio functions = coverage_functions(rows);
    const uint64_t counts[TOTALS] = {lines.total,      lines.covered,   branches.total,
                                     branches.covered, functions.total, functions.covered};
    for (unsigned total = 0; total < TOTALS; total++) {
        if (lcov->stated_line[total] != 0 && lcov->stated[total] != counts[total]) {
            lcov_say(lcov, false, DIAG_REPORT_TOTALS, lcov->stated_line[total],
                     "%s:%llu, but the records of the section give %llu", total_tags[total],
                     (unsigned long long)lcov->stated[total], (unsigned long long)counts[total]);
        }
    }
    if (lines.total == 0 && lcov->stated_line[LINES_FOUND] != 0 && lcov->stated[LINES_FOUND] > 0) {
        sink_drop(lcov->out, DIAG_LCOV_NO_ROWS, lcov->line, SPAN(""));
    }
}

static void leave_section(struct lcov *lcov)
{
    if (lcov->section == SECTION_OPEN) {
        check_totals(lcov);
        memset(lcov->stated_line, 0, sizeof(lcov->stated_line));
        map_clear(&lcov->range_of_leader);
    }
    lcov->section = SECTION_NONE;
}

void lcov_section_close(struct lcov *lcov)
{
    if (lcov->section == SECTION_NONE) {
        sink_note(lcov->out, DIAG_LCOV_OUTSIDE, lcov->line,
                  SPAN("end_of_record without a section"));
    }
    leave_section(lcov);
    lcov->closed = true;
}

void lcov_section_open(struct lcov *lcov, struct span path)
{
    if (lcov->section == SECTION_OPEN) {
        lcov_say(lcov, true, DIAG_LCOV_OPEN, lcov->line,
                 "a new section before the end_of_record of the one that begins at line %llu",
                 (unsigned long long)lcov->section_line);
    }
    leave_section(lcov);
    lcov->recognised = true;
    lcov->section_line = lcov->line;
    if (path.size > LIMIT_PATH_BYTES) {
        lcov_say(lcov, true, DIAG_INPUT_LIMIT, lcov->line, "a path of %zu bytes was cut",
                 path.size);
    } else if (path.size == 0) {
        sink_drop(lcov->out, DIAG_LCOV_RECORD, lcov->line, SPAN("SF: without a path"));
    } else {
        sink_note_path(lcov->out, path, lcov->line);
    }
    sink_file(lcov->out, path);
    lcov->section = SECTION_OPEN;
}

bool lcov_section_has_file(struct lcov *lcov, struct span tag)
{
    if (lcov->section == SECTION_NONE) {
        lcov_say(lcov, true, DIAG_LCOV_OUTSIDE, lcov->line, "%.*s before any SF", SPAN_ARG(tag));
        lcov->section = SECTION_LOST;
    }
    return lcov->section == SECTION_OPEN;
}

bool lcov_section_lose(struct lcov *lcov, struct span line)
{
    bool joined = false;
    for (size_t at = 0; at + 3 <= line.size && !joined; at++) {
        joined = span_starts(span_from(line, at), "SF:");
    }
    if (joined && lcov->section == SECTION_OPEN) {
        leave_section(lcov);
        lcov->section = SECTION_LOST;
    }
    return joined;
}

void lcov_section_end(struct lcov *lcov)
{
    if (lcov->section == SECTION_OPEN) {
        lcov_say(lcov, true, DIAG_LCOV_OPEN, lcov->line,
                 "the file ends inside the section that begins at line %llu",
                 (unsigned long long)lcov->section_line);
        leave_section(lcov);
    } else if (!lcov->closed) {
        sink_drop(lcov->out, DIAG_INPUT_TRUNCATED, lcov->line,
                  SPAN("the file does not end with end_of_record"));
    }
}
