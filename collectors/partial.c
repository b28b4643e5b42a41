/* Partial snapshot of tidegate -> the reports that it was written from, as parts of one report.
 *
 * Lines of JSON, one record each (docs/partial-snapshot.md). A header says how many sources
 * follow; behind each source record stand its facts; the end record counts the lines before it
 * and holds their hash, so a file that was cut, damaged or edited by hand is refused as a whole.
 * Records and members that are not known here are refused too: they would be facts that nobody
 * takes. */
#include "collectors/collector.h"

#include "base/json_read.h"
#include "base/limits.h"
#include "base/line_read.h"
#include "collectors/partial_record.h"
#include "model/part.h"

#include <string.h>

/* The version stands behind it. */
static const char SCHEMA[] = "tidegate/partial/";
static const char VERSION[] = "2"; /* 1 was never released */

struct reading {
    struct sink *sink;
    struct record_reader records;
    uint64_t lines;     /* hashed so far */
    uint64_t hash;      /* of these lines */
    uint64_t parts;     /* source records so far */
    uint64_t announced; /* by the header */
    uint64_t bytes;     /* of all blocks so far */
    enum state state;   /* of the source read last */
    struct coverage_room room;
    bool has_header, has_end, has_file;
    bool refused;
};

static void refuse(struct reading *reading, enum diag_code code, uint64_t line, const char *text)
{
    part_end(reading->sink);
    sink_refuse(reading->sink, code, line, 1, span_of(text));
    reading->refused = true;
}

/* ---- one taker for each kind of record: NULL, or what is wrong ---- */

static const char *take_header(struct reading *reading)
{
    const struct record *record = &reading->records.record;
    if (!span_starts(name_span(record->schema), SCHEMA)) {
        return "a header of another schema";
    }
    reading->has_header = true;
    reading->announced = record->sources;
    return record->sources > LIMIT_REPORTS ? "more sources than the ceiling allows" : NULL;
}

static const char *take_source(struct reading *reading)
{
    const struct record *record = &reading->records.record;
    if (record->path == NULL) {
        return "a source without a path";
    }
    const struct part part = {
        .path = record->path,
        .folder = record->folder,
        .group = record->group,
        .root = record->root,
        .work_tree = record->work_tree,
        .commit = record->commit,
        .tree = record->tree,
        .format = record->format,
        .tool = record->tool,
        .tool_version = record->tool_version,
        .state = record->state,
        .families = record->families,
        .possible = record->possible,
        .bytes = record->bytes,
        .digest = record->digest,
        .modified = (int64_t)(record->modified & INT64_MAX),
    };
    part_end(reading->sink);
    part_begin(reading->sink, &part);
    reading->state = part.state;
    reading->parts++;
    reading->has_file = false;
    return NULL;
}

static const char *take_source_root(struct reading *reading)
{
    if (reading->sink->report->sources.count == LIMIT_SOURCE_ROOTS) {
        return "too many source roots";
    }
    sink_source_root(reading->sink, name_span(reading->records.record.path));
    return NULL;
}

static const char *take_diagnostic(struct reading *reading)
{
    const struct record *record = &reading->records.record;
    struct diag diag = {.code = diag_code_of(name_span(record->code)),
                        .line = record->line,
                        .column = record->column,
                        .text = record->text,
                        .repeats = record->repeats};
    if (diag.code == DIAG_CODE_COUNT || diag.text == NULL) {
        return "a diagnostic without a text, or with a code that is not known here";
    }
    part_diag(reading->sink, &diag);
    return NULL;
}

static const char *take_file_more(struct reading *reading)
{
    if (!reading->has_file) {
        return "more of a file that was not begun";
    }
    for (unsigned kind = 0; kind < COVERAGE_TEXTS; kind++) {
        struct span text = buf_span(&reading->records.coverage[kind]);
        if (text.size > 0 &&
            !part_coverage(reading->sink, (enum coverage_text)kind, text, &reading->room)) {
            return "coverage that cannot be read, or too much of it";
        }
    }
    return NULL;
}

static const char *take_file(struct reading *reading)
{
    const struct record *record = &reading->records.record;
    if (record->path == NULL) {
        return "a file without a path";
    }
    sink_file(reading->sink, name_span(record->path));
    reading->has_file = true;
    return take_file_more(reading);
}

static const char *take_tests(struct reading *reading)
{
    const struct record *record = &reading->records.record;
    part_test_totals(reading->sink, record->suite_errors, record->time);
    return record->suite_errors > LIMIT_PARTIAL_COUNT ? "more broken suites than the ceiling allows"
                                                      : NULL;
}

static const char *take_cases(struct reading *reading)
{
    const struct record *record = &reading->records.record;
    if (record->count == 0 || record->count > LIMIT_PARTIAL_COUNT) {
        return "no cases, or more than the ceiling allows";
    }
    part_cases(reading->sink, record->outcome, record->count);
    return NULL;
}

static const char *take_test(struct reading *reading)
{
    const struct record *record = &reading->records.record;
    const struct test_detail detail = {.suite = record->suite,
                                       .class_name = record->class_name,
                                       .test = record->name,
                                       .file = record->file,
                                       .message = record->message,
                                       .line = record->line,
                                       .outcome = record->outcome};
    part_test_detail(reading->sink, &detail);
    return NULL;
}

static const char *take_finding(struct reading *reading)
{
    const struct record *record = &reading->records.record;
    const struct finding_row row = {.path = record->path,
                                    .rule = record->rule,
                                    .level = (uint8_t)record->level,
                                    .band = (uint8_t)record->band,
                                    .suppressed = record->suppressed,
                                    .count = (uint32_t)record->count};
    if (record->count == 0 || record->count > LIMIT_PARTIAL_COUNT) {
        return "a finding that occurs no time, or more often than the ceiling allows";
    }
    part_finding(reading->sink, &row);
    return NULL;
}

static const char *take_finding_detail(struct reading *reading)
{
    const struct record *record = &reading->records.record;
    const struct finding_detail detail = {.path = record->path,
                                          .rule = record->rule,
                                          .message = record->message,
                                          .package = record->package,
                                          .version = record->version,
                                          .fixed_version = record->fixed_version,
                                          .line = record->line,
                                          .column = record->column,
                                          .level = record->level,
                                          .band = record->band,
                                          .suppressed = record->suppressed};
    part_finding_detail(reading->sink, &detail);
    return NULL;
}

static const char *take_rule(struct reading *reading)
{
    const struct record *record = &reading->records.record;
    const struct rule_row row = {record->tool, record->name};
    if (row.rule == NULL) {
        return "a rule without a name";
    }
    part_rule(reading->sink, &row);
    return NULL;
}

static const char *take_number(struct reading *reading)
{
    const struct record *record = &reading->records.record;
    if (record->key == NULL) {
        return "a number without a key";
    }
    sink_number(reading->sink, name_span(record->key), record->value, name_span(record->unit));
    return NULL;
}

static const char *take_end(struct reading *reading)
{
    const struct record *record = &reading->records.record;
    reading->has_end = true;
    if (record->lines != reading->lines || record->hash != reading->hash) {
        return "the lines are not those that were written: their number or hash differs";
    }
    return reading->parts != reading->announced ? "not as many sources as the header announces"
                                                : NULL;
}

static const char *(*const takers[RECORD_KINDS])(struct reading *) = {
    [RECORD_HEADER] = take_header,
    [RECORD_SOURCE] = take_source,
    [RECORD_SOURCE_ROOT] = take_source_root,
    [RECORD_DIAGNOSTIC] = take_diagnostic,
    [RECORD_FILE] = take_file,
    [RECORD_FILE_MORE] = take_file_more,
    [RECORD_TESTS] = take_tests,
    [RECORD_CASES] = take_cases,
    [RECORD_TEST] = take_test,
    [RECORD_FINDING] = take_finding,
    [RECORD_FINDING_DETAIL] = take_finding_detail,
    [RECORD_RULE] = take_rule,
    [RECORD_NUMBER] = take_number,
    [RECORD_END] = take_end,
};

/* ---- lines and records ---- */

/* Is the record where it may stand? */
static const char *check_place(const struct reading *reading, enum record_kind kind)
{
    if (reading->has_end) {
        return "a record behind the end";
    }
    if ((kind == RECORD_HEADER) == reading->has_header) {
        return "a partial snapshot begins with one header";
    }
    if (kind > RECORD_SOURCE && kind < RECORD_END && reading->parts == 0) {
        return "facts before their source";
    }
    bool unusable = reading->state == STATE_DAMAGED || reading->state == STATE_MISSING;
    if (kind >= RECORD_FILE && kind < RECORD_END && unusable) {
        return "facts of a source that could not be used";
    }
    return NULL;
}

/* Hashes whole lines of the block up to the line with this number in it. */
static void hash_until(struct reading *reading, struct span *block, uint64_t first_line,
                       uint64_t line)
{
    while (reading->lines < first_line + line - 1 && block->size > 0) {
        size_t size = span_find(*block, '\n') + 1;
        reading->hash = hash64(span_until(*block, size), reading->hash);
        *block = span_from(*block, size);
        reading->lines++;
    }
}

static bool is_other_version(const struct record *record)
{
    struct span schema = name_span(record->schema);
    return record->kind == RECORD_HEADER && span_starts(schema, SCHEMA) &&
           !span_is(span_from(schema, sizeof(SCHEMA) - 1), VERSION);
}

/* Takes all records of one block of whole lines, the first of which has this number less one. */
static void take_block(struct reading *reading, struct input *file, struct span block)
{
    uint64_t before = reading->lines;
    struct span unhashed = block;
    struct input *input = input_open_memory(block);
    struct json_reader *json = json_reader_open(input, true);
    while (!reading->refused && json_peek(json) == JSON_OBJECT) {
        uint64_t line = json_line(json);
        hash_until(reading, &unhashed, before, line);
        const char *wrong = record_read(&reading->records, json);
        const struct record *record = &reading->records.record;
        if (is_other_version(record)) {
            refuse(reading, DIAG_FORMAT_VERSION, before + line, name_text(record->schema));
            break;
        }
        wrong = wrong == NULL ? check_place(reading, record->kind) : wrong;
        wrong = wrong == NULL ? takers[record->kind](reading) : wrong;
        if (wrong != NULL && wrong[0] != '\0') {
            refuse(reading, DIAG_PARTIAL_REFUSED, before + line, wrong);
        }
    }
    const struct fault *fault = input_fault(input);
    if (fault->kind != FAULT_NONE) {
        fault_set(input_fault_slot(file), fault->kind, before + fault->line, fault->column, "%s",
                  fault->text);
    } else if (!reading->refused && json_peek(json) != JSON_END) {
        refuse(reading, DIAG_PARTIAL_REFUSED, before + json_line(json), "a record is an object");
    }
    json_reader_close(json);
    input_close(input);
    hash_until(reading, &unhashed, before, UINT64_MAX - before);
}

static void partial_parse(struct input *in, struct sink *out)
{
    struct reading reading = {.sink = out, .room = {LIMIT_COVERAGE_LINES, LIMIT_COVERAGE_ROWS}};
    struct line_reader lines;
    struct span block;
    record_reader_init(&reading.records, out->names);
    line_reader_init(&lines, in);
    while (!reading.refused && input_fault(in)->kind == FAULT_NONE &&
           line_reader_block(&lines, &block)) {
        reading.bytes += block.size;
        if (reading.bytes > LIMIT_PARTIAL_BYTES) {
            fault_set(input_fault_slot(in), FAULT_LIMIT, reading.lines, 0,
                      "a partial snapshot has at most %llu bytes",
                      (unsigned long long)LIMIT_PARTIAL_BYTES);
            break;
        }
        take_block(&reading, in, block);
    }
    part_end(out);
    if (!reading.refused && !reading.has_end && input_fault(in)->kind == FAULT_NONE) {
        fault_set(input_fault_slot(in), FAULT_TRUNCATED, reading.lines, 0,
                  "the end record is missing");
    }
    line_reader_release(&lines);
    record_reader_release(&reading.records);
}

static int partial_probe(const struct head *head)
{
    struct span start = span_until(head->bytes, 200);
    return head_has_key(head, "schema") && span_find_text(start, SCHEMA) != SIZE_MAX ? PROBE_SURE
                                                                                     : PROBE_NO;
}

const struct collector collector_partial = {
    .name = "partial",
    .title = "Partial snapshot of tidegate",
    .spec = "docs/partial-snapshot.md",
    .tools = "tidegate collect -o",
    .families = FAMILY_COVERAGE | FAMILY_TESTS | FAMILY_FINDINGS | FAMILY_SECURITY | FAMILY_NUMBERS,
    .probe = partial_probe,
    .parse = partial_parse,
};
