/* Records of rows: lines (DA), branches (BRDA) and functions (FN, FNDA, and FNL, FNA of lcov
 * 2.2). */
#include "collectors/lcov_record.h"

#include "base/limits.h"

#include <stdio.h>

static void drop_record(struct lcov *lcov, const char *tag, struct span value, const char *wanted)
{
    lcov_say(lcov, true, DIAG_LCOV_RECORD, lcov->line, "%s:%.*s, where %s is expected", tag,
             SPAN_ARG(span_until(value, 100)), wanted);
    lcov_section_lose(lcov, value);
}

static void drop_line_number(struct lcov *lcov, const char *tag, struct span value)
{
    lcov_say(lcov, true, DIAG_REPORT_LINE_NUMBER, lcov->line,
             "%s:%.*s, where the line is above %llu", tag, SPAN_ARG(span_until(value, 100)),
             (unsigned long long)LIMIT_LINE_NUMBER);
}

/* Source maps that do not fit and old versions of coverage.py give line 0. */
static void note_line_zero(struct lcov *lcov, const char *tag, struct span value, uint64_t line)
{
    if (line == 0) {
        lcov_say(lcov, false, DIAG_REPORT_LINE_NUMBER, lcov->line,
                 "%s:%.*s, which is no line: counted as it is", tag,
                 SPAN_ARG(span_until(value, 100)));
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

/* Behind `digits[.digits][e[+-]digits]` at the start of the text, or 0. *integer tells the short
 * form. */
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

/* How often something ran. gcov races give negative counts, LLVM counters wrap, and Perl and
 * JavaScript write large ones as decimals: all that is kept is whether it ran, so nothing is lost
 * but worth a note. False when the text is no number. */
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
        lcov_say(lcov, false, DIAG_REPORT_VALUE, lcov->line, "the count %.*s %s",
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

/* A block is a number behind flags: `e` for an exception, `f` for a fall-through, `U` for one
 * that the user excluded as unreachable. */
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

/* The branch is what lies between the block and the last comma: a number, or with lcov 2 and
 * coverage.py a text that may hold commas. */
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

/* FN:start,name or FN:start,end,name. Names hold commas, so only a second number is taken as the
 * end. */
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

/* A function without a name of its own. No FN can bring the same identity, because a name has no
 * LF. */
static void add_range(struct lcov *lcov, uint64_t range, uint64_t hits)
{
    char id[64];
    int size = snprintf(id, sizeof(id), "\n%llu", (unsigned long long)range);
    sink_function(lcov->out, span_make(id, (size_t)size), hits);
}

/* Tells the range 0,0 from no range. */
static const uint64_t RANGE_KNOWN = UINT64_C(1) << 63;

/* FNL:index,start[,end] of lcov 2.2: one function, whose names follow as FNA records with its
 * index. */
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

/* ---- the list ---- */

/* By their tag, the most frequent ones of those that come here first. */
static const struct {
    const char *tag;
    lcov_read_record *read;
} section_records[] = {{"FNDA", call_function}, {"FN", define_function}, {"DA", add_line},
                       {"BRDA", add_branch},    {"FNL", define_leader},  {"FNA", call_alias}};

lcov_read_record *lcov_record_of(struct span tag)
{
    for (size_t i = 0; i < sizeof(section_records) / sizeof(section_records[0]); i++) {
        if (span_is(tag, section_records[i].tag)) {
            return section_records[i].read;
        }
    }
    return NULL;
}
