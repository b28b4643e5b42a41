/* LCOV tracefile -> coverage of lines, branches and functions.
 *
 * Format: the manual page geninfo(1) of lcov 1.x and 2.x; quirks of the other writers (gcovr, llvm-cov, grcov,
 * Istanbul, c8, coverage.py, Coverlet, Bun) are named where they are met. A file is a list of sections from
 * SF to end_of_record; sections of one path are merged. Lines are distinct by number, branches by line, block
 * and branch, functions by name (FN) or by the range that an FNL record gives to its aliases.
 *
 * Every line goes one of two ways: the two plain shapes that make up nearly all of a large tracefile are read
 * in place, everything else is cut out of the window and read with care. */
#include "collectors/collector.h"

#include "base/limits.h"
#include "base/line_read.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Totals that a section may state: each kind as found and hit. */
enum {
    LINES_FOUND,
    LINES_HIT,
    BRANCHES_FOUND,
    BRANCHES_HIT,
    FUNCTIONS_FOUND,
    FUNCTIONS_HIT,
    TOTALS
};
static const char *const total_tags[TOTALS] = {"LF", "LH", "BRF", "BRH", "FNF", "FNH"};

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
    struct map range_of_leader;   /* index of an FNL -> first line << 32 | last line */
    bool recognised;              /* a record that only this format has was seen */
    bool closed;                  /* the last line that says something is end_of_record */
    uint64_t unknown_line;        /* of the first unknown record; 0 is none */
    uint64_t unknown_count;
    char unknown_text[64];
};

/* ---- saying what is wrong ---- */

static void say(struct lcov *lcov, bool dropped, enum diag_code code, uint64_t line,
                const char *format, ...) __attribute__((format(printf, 5, 6)));

static void say(struct lcov *lcov, bool dropped, enum diag_code code, uint64_t line,
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

static void drop_record(struct lcov *lcov, const char *tag, struct span value, const char *wanted)
{
    say(lcov, true, DIAG_LCOV_RECORD, lcov->line, "%s:%.*s, where %s is expected", tag,
        SPAN_ARG(span_until(value, 100)), wanted);
}

static void drop_line_number(struct lcov *lcov, const char *tag, struct span value)
{
    say(lcov, true, DIAG_REPORT_LINE_NUMBER, lcov->line, "%s:%.*s, where the line is above %llu",
        tag, SPAN_ARG(span_until(value, 100)), (unsigned long long)LIMIT_LINE_NUMBER);
}

/* Source maps that do not fit and old versions of coverage.py give line 0. */
static void note_line_zero(struct lcov *lcov, const char *tag, struct span value, uint64_t line)
{
    if (line == 0) {
        say(lcov, false, DIAG_REPORT_LINE_NUMBER, lcov->line,
            "%s:%.*s, which is no line: counted as it is", tag, SPAN_ARG(span_until(value, 100)));
    }
}

/* ---- numbers ---- */

static size_t count_digits(struct span text)
{
    size_t count = 0;
    while (count < text.size && text.data[count] >= '0' && text.data[count] <= '9') {
        count++;
    }
    return count;
}

/* Behind `digits[.digits][e[+-]digits]` at the start of the text, or 0. *integer tells the short form. */
static size_t number_size(struct span text, bool *integer)
{
    size_t size = count_digits(text);
    *integer = true;
    if (size > 0 && size < text.size && text.data[size] == '.') {
        size_t places = count_digits(span_from(text, size + 1));
        *integer = false;
        size = places > 0 ? size + 1 + places : 0;
    }
    if (size > 0 && size < text.size && (text.data[size] == 'e' || text.data[size] == 'E')) {
        size_t sign =
            size + 1 < text.size && (text.data[size + 1] == '+' || text.data[size + 1] == '-');
        size_t digits = count_digits(span_from(text, size + 1 + sign));
        *integer = false;
        size = digits > 0 ? size + 1 + sign + digits : 0;
    }
    return size;
}

/* Is a digit other than 0 before the exponent? */
static bool above_zero(struct span number)
{
    for (size_t at = 0; at < number.size && number.data[at] != 'e' && number.data[at] != 'E';
         at++) {
        if (number.data[at] >= '1' && number.data[at] <= '9') {
            return true;
        }
    }
    return false;
}

/* How often something ran. gcov races give negative counts, LLVM counters wrap, and Perl and JavaScript
 * write large ones as decimals: all that is kept is whether it ran, so nothing is lost but worth a note.
 * False when the text is no number. */
static bool read_count(struct lcov *lcov, struct span text, uint64_t *count)
{
    bool negative = span_starts(text, "-");
    struct span number = span_from(text, negative);
    bool integer = false;
    size_t size = number_size(number, &integer);
    if (size == 0 || size != number.size) {
        return false;
    }
    const char *remark = NULL;
    if (negative) {
        *count = 0;
        remark = "is negative and taken as 0";
    } else if (!integer) {
        *count = above_zero(number);
        remark = "is not a whole number";
    } else if (span_to_u64(number, count) && *count == UINT64_MAX) {
        remark = "is as large as a broken counter";
    }
    if (remark != NULL) {
        say(lcov, false, DIAG_REPORT_VALUE, lcov->line, "the count %.*s %s",
            SPAN_ARG(span_until(text, 60)), remark);
    }
    return true;
}

/* ---- lines and branches ---- */

static void add_line(struct lcov *lcov, struct span value)
{
    struct span rest = value;
    uint64_t line = 0;
    uint64_t hits = 0;
    bool two = span_find(value, ',') != SIZE_MAX;
    struct span number = span_cut(&rest, ',');
    if (!two || !span_to_u64(number, &line) || !read_count(lcov, span_cut(&rest, ','), &hits)) {
        drop_record(lcov, "DA", value, "line,count");
    } else if (!sink_line(lcov->out, line, hits)) {
        drop_line_number(lcov, "DA", value);
    } else {
        note_line_zero(lcov, "DA", value, line);
    }
}

/* A block is a number behind flags: `e` for an exception, `f` for a fall-through, `U` for one that the user
 * excluded as unreachable. */
static bool is_excluded(struct span block)
{
    struct span rest = span_from(block, span_starts(block, "e") || span_starts(block, "f"));
    if (!span_starts(rest, "U")) {
        return false;
    }
    rest = span_from(rest, 1);
    return rest.size > 0 && count_digits(rest) == rest.size;
}

/* A number of at most 18 digits behind leading zeros, which 64 bits hold. */
static bool small_number(struct span text, uint64_t *number)
{
    struct span digits = text;
    while (digits.size > 1 && digits.data[0] == '0') {
        digits = span_from(digits, 1);
    }
    return digits.size <= 18 && span_to_u64(digits, number);
}

/* The branch is what lies between the block and the last comma: a number, or with lcov 2 and coverage.py a
 * text that may hold commas. */
static void add_branch(struct lcov *lcov, struct span value)
{
    static const char *const form = "line,block,branch,taken";
    struct span rest = value;
    uint64_t line = 0;
    bool has_line = span_to_u64(span_cut(&rest, ','), &line);
    struct span id = rest;
    struct span block = span_cut(&rest, ',');
    size_t last = span_find_last(rest, ',');
    if (!has_line || block.size == 0 || last == SIZE_MAX || last == 0) {
        drop_record(lcov, "BRDA", value, form);
        return;
    }
    struct span branch = span_until(rest, last);
    struct span count = span_from(rest, last + 1);
    uint64_t taken = 0;
    if (!span_is(count, "-") && !read_count(lcov, count, &taken)) {
        drop_record(lcov, "BRDA", value, form);
        return;
    }
    if (is_excluded(block)) {
        return;
    }
    uint64_t block_number = 0;
    uint64_t branch_number = 0;
    bool numbers = small_number(block, &block_number) && small_number(branch, &branch_number);
    id = span_until(id, block.size + 1 + branch.size);
    bool possible = numbers ? sink_branch(lcov->out, line, block_number, branch_number, taken)
                            : sink_branch_named(lcov->out, line, id, taken);
    if (!possible) {
        drop_line_number(lcov, "BRDA", value);
        return;
    }
    note_line_zero(lcov, "BRDA", value, line);
}

/* ---- functions ---- */

static void add_function(struct lcov *lcov, struct span name, uint64_t hits)
{
    if (name.size == 0) {
        sink_note(lcov->out, DIAG_REPORT_NO_NAME, lcov->line, SPAN("a function without a name"));
    }
    sink_function(lcov->out, name, hits);
}

/* FN:start,name or FN:start,end,name. Names hold commas, so only a second number is taken as the end. */
static void define_function(struct lcov *lcov, struct span value)
{
    struct span name = value;
    uint64_t start = 0;
    bool two = span_find(value, ',') != SIZE_MAX;
    if (!span_to_u64(span_cut(&name, ','), &start) || !two) {
        drop_record(lcov, "FN", value, "line,name");
        return;
    }
    if (start > LIMIT_LINE_NUMBER) {
        drop_line_number(lcov, "FN", value);
        return;
    }
    note_line_zero(lcov, "FN", value, start);
    size_t end_digits = count_digits(name);
    if (end_digits > 0 && end_digits < name.size && name.data[end_digits] == ',') {
        name = span_from(name, end_digits + 1);
    }
    add_function(lcov, name, 0);
}

/* FNDA:count,name */
static void call_function(struct lcov *lcov, struct span value)
{
    struct span name = value;
    uint64_t hits = 0;
    bool two = span_find(value, ',') != SIZE_MAX;
    if (!two || !read_count(lcov, span_cut(&name, ','), &hits)) {
        drop_record(lcov, "FNDA", value, "count,name");
        return;
    }
    add_function(lcov, name, hits);
}

/* A function without a name of its own. No FN can bring the same identity, because a name has no LF. */
static void add_range(struct lcov *lcov, uint64_t range, uint64_t hits)
{
    char id[64];
    int size = snprintf(id, sizeof(id), "\n%llu", (unsigned long long)range);
    sink_function(lcov->out, span_make(id, (size_t)size), hits);
}

/* Tells the range 0,0 from no range. */
static const uint64_t RANGE_KNOWN = UINT64_C(1) << 63;

/* FNL:index,start[,end] of lcov 2.2: one function, whose names follow as FNA records with its index. */
static void define_leader(struct lcov *lcov, struct span value)
{
    struct span rest = value;
    uint64_t index = 0;
    uint64_t start = 0;
    uint64_t end = 0;
    bool readable = span_to_u64(span_cut(&rest, ','), &index);
    readable = readable && span_to_u64(span_cut(&rest, ','), &start);
    if (!readable || (rest.size > 0 && !span_to_u64(rest, &end))) {
        drop_record(lcov, "FNL", value, "index,start,end");
        return;
    }
    if (start > LIMIT_LINE_NUMBER || end > LIMIT_LINE_NUMBER) {
        drop_line_number(lcov, "FNL", value);
        return;
    }
    note_line_zero(lcov, "FNL", value, start);
    uint64_t *range = map_put(&lcov->range_of_leader, index);
    if (*range != 0) {
        drop_record(lcov, "FNL", value, "an index that is new in its section");
        return;
    }
    *range = RANGE_KNOWN | start << 32 | end;
    add_range(lcov, *range, 0);
}

/* FNA:index,count,name */
static void call_alias(struct lcov *lcov, struct span value)
{
    struct span rest = value;
    uint64_t index = 0;
    uint64_t hits = 0;
    bool readable = span_to_u64(span_cut(&rest, ','), &index);
    const uint64_t *range = readable ? map_find(&lcov->range_of_leader, index) : NULL;
    if (range == NULL || !read_count(lcov, span_cut(&rest, ','), &hits)) {
        drop_record(lcov, "FNA", value, "index,count,name with the index of an FNL before it");
        return;
    }
    add_range(lcov, *range, hits);
}

/* ---- sections ---- */

static void state_total(struct lcov *lcov, unsigned total, struct span value)
{
    if (!span_to_u64(value, &lcov->stated[total])) {
        say(lcov, false, DIAG_REPORT_VALUE, lcov->line, "the total %s:%.*s is no number",
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
            say(lcov, false, DIAG_REPORT_TOTALS, lcov->stated_line[total],
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

static void close_section(struct lcov *lcov)
{
    if (lcov->section == SECTION_NONE) {
        sink_note(lcov->out, DIAG_LCOV_OUTSIDE, lcov->line,
                  SPAN("end_of_record without a section"));
    }
    leave_section(lcov);
    lcov->closed = true;
}

static void open_section(struct lcov *lcov, struct span path)
{
    if (lcov->section == SECTION_OPEN) {
        say(lcov, true, DIAG_LCOV_OPEN, lcov->line,
            "a new section before the end_of_record of the one that begins at line %llu",
            (unsigned long long)lcov->section_line);
    }
    leave_section(lcov);
    lcov->recognised = true;
    lcov->section_line = lcov->line;
    if (path.size > LIMIT_PATH_BYTES) {
        say(lcov, true, DIAG_INPUT_LIMIT, lcov->line, "a path of %zu bytes was cut", path.size);
    } else if (path.size == 0) {
        sink_drop(lcov->out, DIAG_LCOV_RECORD, lcov->line, SPAN("SF: without a path"));
    } else {
        sink_note_path(lcov->out, path, lcov->line);
    }
    sink_file(lcov->out, path);
    lcov->section = SECTION_OPEN;
}

/* ---- records ---- */

typedef void read_record(struct lcov *lcov, struct span value);

/* Records that belong to a section, by their tag. */
static const struct {
    const char *tag;
    read_record *read;
} section_records[] = {{"FNDA", call_function}, {"FN", define_function}, {"DA", add_line},
                       {"BRDA", add_branch},    {"FNL", define_leader},  {"FNA", call_alias}};

/* Records that are known and hold nothing that is measured. */
static const char *const skipped_tags[] = {"TN", "VER", "MCDC", "MCF", "MCH"};

static read_record *find_record(struct span tag)
{
    for (size_t i = 0; i < sizeof(section_records) / sizeof(section_records[0]); i++) {
        if (span_is(tag, section_records[i].tag)) {
            return section_records[i].read;
        }
    }
    return NULL;
}

static unsigned find_total(struct span tag)
{
    unsigned total = 0;
    while (total < TOTALS && !span_is(tag, total_tags[total])) {
        total++;
    }
    return total;
}

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

/* Has the section a file? Says so once for each section that has none. */
static bool in_section(struct lcov *lcov, struct span tag)
{
    if (lcov->section == SECTION_NONE) {
        say(lcov, true, DIAG_LCOV_OUTSIDE, lcov->line, "%.*s before any SF", SPAN_ARG(tag));
        lcov->section = SECTION_LOST;
    }
    return lcov->section == SECTION_OPEN;
}

/* A tag that is new to us may be skipped; a line without one is the rest of a damaged record. */
static void pass_unknown(struct lcov *lcov, struct span line)
{
    size_t size = 0;
    while (size < line.size &&
           ((line.data[size] >= 'A' && line.data[size] <= 'Z') ||
            (line.data[size] >= 'a' && line.data[size] <= 'z') || line.data[size] == '_')) {
        size++;
    }
    if (size == 0 || size == line.size || line.data[size] != ':') {
        say(lcov, true, DIAG_LCOV_RECORD, lcov->line, "'%.*s' is no record",
            SPAN_ARG(span_until(line, 60)));
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
        close_section(lcov);
        return;
    }
    size_t colon = span_find(span_until(line, 8), ':');
    struct span tag = span_until(line, colon == SIZE_MAX ? 0 : colon);
    struct span value = span_from(line, tag.size + 1);
    read_record *read = find_record(tag);
    unsigned total = find_total(tag);
    if (read != NULL) {
        lcov->recognised = true;
        if (in_section(lcov, tag)) {
            read(lcov, value);
        }
    } else if (is_path_tag(tag)) {
        value = span_from(whole, tag.size + 1);
        check_text(lcov, value);
        open_section(lcov, value);
    } else if (total < TOTALS) {
        lcov->recognised = true;
        if (in_section(lcov, tag)) {
            state_total(lcov, total, value);
        }
    } else if (is_skipped(tag)) {
        lcov->recognised = true;
        check_text(lcov, value);
    } else {
        pass_unknown(lcov, line);
    }
}

/* ---- the plain shapes ---- */

static inline uint32_t digit(char byte)
{
    return (uint32_t)(unsigned char)byte - '0';
}

/* Four bytes as a number whose lowest byte is the first one. */
static inline uint32_t load_four(const char *at)
{
    uint32_t bytes;
    memcpy(&bytes, at, sizeof(bytes));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bytes = __builtin_bswap32(bytes);
#endif
    return bytes;
}

/* Four digits together: first pairs, then both pairs. False when one is no digit. */
static inline bool four_digits(const char *at, uint32_t *value)
{
    uint32_t digits = load_four(at) ^ 0x30303030;
    uint32_t pairs = (digits * 10 + (digits >> 8)) & 0x00ff00ff;
    *value = (pairs * 100 + (pairs >> 16)) & 0xffff;
    return (((digits + 0x76767676) | digits) & 0x80808080) == 0;
}

/* Reads 1 to 8 digits and a comma; returns behind the comma, or NULL for another shape. Neighbours have as
 * many digits nearly always, so the processor foresees every step. */
static inline const char *take_number(const char *at, uint32_t *number)
{
    if (at[4] == ',' && four_digits(at, number)) { /* most lines of large files */
        return at + 5;
    }
    uint32_t value = digit(at[0]);
    if (value > 9) {
        return NULL;
    }
    for (unsigned i = 1; i <= 8; i++) {
        uint32_t next = digit(at[i]);
        if (next > 9) {
            *number = value;
            return at[i] == ',' ? at + i + 1 : NULL;
        }
        value = value * 10 + next;
    }
    return NULL;
}

/* Reads the block and the branch, nearly always one digit each. */
static inline const char *take_pair(const char *at, uint32_t *block, uint32_t *branch)
{
    uint32_t digits = load_four(at) ^ 0x2c302c30; /* "0,0," */
    *block = digits & 0xff;
    *branch = digits >> 16 & 0xff;
    if ((digits & 0xff00ff00) == 0 && *block <= 9 && *branch <= 9) {
        return at + 4;
    }
    at = take_number(at, block);
    return at != NULL ? take_number(at, branch) : NULL;
}

/* Reads a count and the LF behind it; all that matters is whether it is above 0. */
static inline const char *take_count(const char *at, bool *hit)
{
    uint32_t any = digit(at[0]);
    const char *start = at;
    if (any > 9) {
        return NULL;
    }
    for (uint32_t next; (next = digit(*++at)) <= 9;) {
        any |= next;
    }
    *hit = any != 0;
    return *at == '\n' && at - start < 20 ? at + 1 : NULL;
}

/* `line,count` LF of a DA record; returns behind it, or NULL when it has another shape. */
static inline const char *take_line(struct lcov *lcov, const char *at)
{
    uint32_t line = 0;
    bool hit = false;
    at = take_number(at, &line);
    if (at == NULL) {
        return NULL;
    }
    at = take_count(at, &hit);
    return at != NULL && line != 0 && sink_line(lcov->out, line, hit) ? at : NULL;
}

/* `line,block,branch,taken` LF of a BRDA record */
static inline const char *take_branch(struct lcov *lcov, const char *at)
{
    uint32_t line = 0;
    uint32_t block = 0;
    uint32_t branch = 0;
    bool taken = false;
    at = take_number(at, &line);
    if (at == NULL || (at = take_pair(at, &block, &branch)) == NULL) {
        return NULL;
    }
    at = at[0] == '-' && at[1] == '\n' ? at + 2 : take_count(at, &taken);
    return at != NULL && line != 0 && sink_branch(lcov->out, line, block, branch, taken) ? at
                                                                                         : NULL;
}

/* `number,name` LF of an FN or FNDA record, where the name begins with no digit and ends with no blank. */
static inline const char *take_function(struct lcov *lcov, const char *at, const char *block_end,
                                        bool call)
{
    uint32_t number = 0;
    at = take_number(at, &number);
    if (at == NULL || (!call && (number - 1 >= LIMIT_LINE_NUMBER || digit(*at) <= 9))) {
        return NULL;
    }
    const char *end = memchr(at, '\n', (size_t)(block_end - at));
    if (end == at || end[-1] <= ' ') {
        return NULL;
    }
    sink_function(lcov->out, span_make(at, (size_t)(end - at)), call ? number : 0);
    return end + 1;
}

static inline const char *take_plain(struct lcov *lcov, const char *at, const char *end)
{
    if (lcov->section != SECTION_OPEN) {
        return NULL;
    }
    if (memcmp(at, "DA:", 3) == 0) {
        return take_line(lcov, at + 3);
    }
    if (memcmp(at, "BRDA:", 5) == 0) {
        return take_branch(lcov, at + 5);
    }
    if (memcmp(at, "FN:", 3) == 0) {
        return take_function(lcov, at + 3, end, false);
    }
    return memcmp(at, "FNDA:", 5) == 0 ? take_function(lcov, at + 5, end, true) : NULL;
}

static void read_block(struct lcov *lcov, struct span block)
{
    const char *at = block.data;
    const char *end = at + block.size;
    while (at < end) {
        lcov->line++;
        const char *next = take_plain(lcov, at, end);
        if (next == NULL) {
            const char *line_end = memchr(at, '\n', (size_t)(end - at));
            read_line(lcov, span_make(at, (size_t)(line_end - at)));
            next = line_end + 1;
        }
        at = next;
    }
}

/* ---- the file ---- */

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
        say(lcov, false, DIAG_REPORT_UNKNOWN_PART, lcov->unknown_line,
            "%llu unknown records were skipped; the first one is %s",
            (unsigned long long)lcov->unknown_count, lcov->unknown_text);
    }
    if (lcov->section == SECTION_OPEN) {
        say(lcov, true, DIAG_LCOV_OPEN, lcov->line,
            "the file ends inside the section that begins at line %llu",
            (unsigned long long)lcov->section_line);
        leave_section(lcov);
    } else if (!lcov->closed) {
        sink_drop(lcov->out, DIAG_INPUT_TRUNCATED, lcov->line,
                  SPAN("the file does not end with end_of_record"));
    }
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
    return is_path_tag(tag) || find_record(tag) != NULL || find_total(tag) < TOTALS ||
           is_skipped(tag) || span_is(line, "end_of_record");
}

/* A path and more records than other lines are sure; a text that holds nothing but records, such as a lone
 * `TN:`, is likely. */
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
