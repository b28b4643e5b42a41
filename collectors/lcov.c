/* LCOV tracefile -> coverage of lines, branches and functions.
 *
 * Format: the manual page geninfo(1) of lcov 1.x and 2.x; quirks of the other writers (gcovr,
 * llvm-cov, grcov, Istanbul, c8, coverage.py, Coverlet, Bun) are named where they are met. A file
 * is a list of sections from SF to end_of_record; sections of one path are merged. Lines are
 * distinct by number, branches by line, block and branch, functions by name (FN) or by the range
 * that an FNL record gives to its aliases.
 *
 * Every line goes one of two ways: the plain shapes that make up nearly all of a large tracefile
 * are read in place (lcov_plain.c), everything else is cut out of the window and read with care
 * (lcov_record.c). */
#include "collectors/collector.h"

#include "collectors/lcov_plain.h"
#include "collectors/lcov_record.h"

#include <stdio.h>
#include <string.h>

/* ---- lines ---- */

/* Records that are known and hold nothing that is measured. */
static const char *const skipped_tags[] = {"TN", "VER", "MCDC", "MCF", "MCH"};

static bool is_skipped(struct span tag)
{
    for (size_t i = 0; i < sizeof(skipped_tags) / sizeof(skipped_tags[0]); i++) {
        if (span_is(tag, skipped_tags[i])) {
            return true;
        }
    }
    return false;
}

static bool is_path_tag(struct span tag)
{
    return span_is(tag, "SF") || span_is(tag, "KF");
}

/* A tag that is new to us may be skipped; a line without one is the rest of a damaged record. All
 * tags are capitals, and none but SF itself ends with it. */
static void pass_unknown(struct lcov *lcov, struct span line)
{
    size_t size = 0;
    while (size < line.size &&
           ((line.data[size] >= 'A' && line.data[size] <= 'Z') || line.data[size] == '_')) {
        size++;
    }
    if (size == 0 || size == line.size || line.data[size] != ':' ||
        span_ends(span_until(line, size), "SF")) {
        lcov_say(lcov, true, DIAG_LCOV_RECORD, lcov->line, "'%.*s' is no record",
                 SPAN_ARG(span_until(line, 60)));
        lcov_section_lose(lcov, line);
    } else if (lcov->unknown_count++ == 0) {
        lcov->unknown_line = lcov->line;
        snprintf(lcov->unknown_text, sizeof(lcov->unknown_text), "%.*s",
                 SPAN_ARG(span_until(line, size)));
    }
}

static struct span without_cr(struct span line)
{
    return span_ends(line, "\r") ? span_until(line, line.size - 1) : line;
}

static struct span trim_end(struct span line)
{
    while (line.size > 0 && (line.data[line.size - 1] == ' ' || line.data[line.size - 1] == '\t' ||
                             line.data[line.size - 1] == '\r')) {
        line.size--;
    }
    return line;
}

/* Old Macintosh line ends make one line of the whole file. */
static void check_text(struct lcov *lcov, struct span value)
{
    if (span_find(value, '\r') != SIZE_MAX) {
        sink_drop(lcov->out, DIAG_LCOV_RECORD, lcov->line,
                  SPAN("a carriage return inside the line: lines end with LF or CR LF"));
    }
}

static void read_line(struct lcov *lcov, struct span line)
{
    struct span whole = without_cr(line); /* a path may end in a blank */
    line = trim_end(line);
    if (line.size == 0) {
        return;
    }
    if (line.data[0] == '#') {
        lcov->closed = lcov->closed && !lcov->reader.last_unfinished; /* it may be cut */
        return;
    }
    lcov->closed = false;
    if (span_starts(line, "end_of_record")) {
        lcov_section_close(lcov);
        return;
    }
    size_t colon = span_find(span_until(line, 8), ':');
    struct span tag = span_until(line, colon == SIZE_MAX ? 0 : colon);
    struct span value = span_from(line, tag.size + 1);
    lcov_read_record *read = lcov_record_of(tag);
    enum lcov_total total = lcov_total_of(tag);
    if (read != NULL) {
        lcov->recognised = true;
        if (lcov_section_has_file(lcov, tag)) {
            read(lcov, value);
        }
    } else if (is_path_tag(tag)) {
        value = span_from(whole, tag.size + 1);
        check_text(lcov, value);
        lcov_section_open(lcov, value);
    } else if (total < TOTALS) {
        lcov->recognised = true;
        if (lcov_section_has_file(lcov, tag)) {
            lcov_state_total(lcov, total, value);
        }
    } else if (is_skipped(tag)) {
        lcov->recognised = true;
        check_text(lcov, value);
    } else {
        pass_unknown(lcov, line);
    }
}

/* ---- the file ---- */

static void read_block(struct lcov *lcov, struct span block)
{
    const char *at = block.data;
    const char *end = at + block.size;
    while (at < end) {
        if (lcov->section == SECTION_OPEN) {
            at = lcov_take_plain(lcov, at, end);
        }
        if (at < end) {
            const char *line_end = memchr(at, '\n', (size_t)(end - at));
            lcov->line++;
            read_line(lcov, span_make(at, (size_t)(line_end - at)));
            at = line_end + 1;
        }
    }
}

/* A full disk or a crash fills the tail with NUL bytes. */
static bool has_nul(struct lcov *lcov, struct span block)
{
    const char *nul = memchr(block.data, '\0', block.size);
    if (nul == NULL) {
        return false;
    }
    uint64_t line = lcov->line + 1;
    const char *start = block.data;
    for (const char *at = start; at < nul; at++) {
        if (*at == '\n') {
            line++;
            start = at + 1;
        }
    }
    sink_refuse(lcov->out, DIAG_INPUT_CONTROL, line, (uint64_t)(nul - start) + 1,
                SPAN("a NUL byte"));
    return true;
}

/* What can be said only at the end. */
static void finish(struct lcov *lcov)
{
    if (!lcov->recognised) {
        sink_refuse(lcov->out, DIAG_FORMAT_WRONG, 1, 1, SPAN("no line is an LCOV record"));
        return;
    }
    if (lcov->unknown_count > 0) {
        lcov_say(lcov, false, DIAG_REPORT_UNKNOWN_PART, lcov->unknown_line,
                 "%llu unknown records were skipped; the first one is %s",
                 (unsigned long long)lcov->unknown_count, lcov->unknown_text);
    }
    lcov_section_end(lcov);
}

static void parse(struct input *in, struct sink *out)
{
    struct lcov lcov = {.out = out};
    struct span block;
    line_reader_init(&lcov.reader, in);
    map_init(&lcov.range_of_leader);
    sink_families(out, FAMILY_COVERAGE, false);
    while (!out->refused && line_reader_block(&lcov.reader, &block) && !has_nul(&lcov, block)) {
        read_block(&lcov, block);
        lcov.reader.line = lcov.line;
    }
    if (!out->refused && input_fault(in)->kind == FAULT_NONE) {
        finish(&lcov);
    }
    map_release(&lcov.range_of_leader);
    line_reader_release(&lcov.reader);
}

/* ---- detection ---- */

static bool is_record(struct span line)
{
    size_t colon = span_find(span_until(line, 8), ':');
    struct span tag = span_until(line, colon == SIZE_MAX ? 0 : colon);
    return is_path_tag(tag) || lcov_record_of(tag) != NULL || lcov_total_of(tag) < TOTALS ||
           is_skipped(tag) || span_is(line, "end_of_record");
}

/* A path and more records than other lines are sure; a text that holds nothing but records, such
 * as a lone `TN:`, is likely. */
static int probe(const struct head *head)
{
    struct span rest = head->bytes;
    size_t records = 0;
    size_t others = 0;
    bool has_path = false;
    while (rest.size > 0) {
        struct span line = trim_end(span_cut(&rest, '\n'));
        bool record = is_record(line);
        has_path = has_path || span_starts(line, "SF:");
        records += record;
        others += !record && line.size > 0 && line.data[0] != '#';
    }
    if (has_path && records > others) {
        return PROBE_SURE;
    }
    return records > 0 && others == 0 ? PROBE_LIKELY : PROBE_NO;
}

const struct collector collector_lcov = {
    .name = "lcov",
    .title = "LCOV tracefile",
    .spec = "geninfo(1) of LCOV 2, section FILES: https://github.com/linux-test-project/lcov",
    .tools = "lcov, gcovr, llvm-cov, grcov, Istanbul and nyc, c8, Vitest, Jest, coverage.py, "
             "Coverlet, Bun",
    .families = FAMILY_COVERAGE,
    .probe = probe,
    .parse = parse,
};
