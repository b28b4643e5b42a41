/* Reports -> lines of JSON, one record each: a header, for each report one `source` record and its
 * facts, and an end that counts and hashes what stands before it (docs/partial-snapshot.md).
 *
 * Members that are absent, empty, zero or false are not written. Text that JSON cannot hold,
 * which is broken UTF-8 or a NUL, is written in hexadecimal under the member's name with `_hex`
 * behind it. Memory is bounded by one record. */
#include "measure/partial_write.h"

#include "base/json_write.h"
#include "base/utf8.h"
#include "measure/intake.h"
#include "model/coverage_text.h"

/* A record with this many bytes of texts gets no further one. */
enum { RECORD_PIECE = 1 << 18 };

struct partial {
    struct partial_out out;
    struct buf line;
    struct buf text; /* of one long member */
    struct json_writer json;
    uint64_t lines;
    uint64_t digest;
};

/* ---- records and members ---- */

static void record_begin(struct partial *partial, const char *kind)
{
    buf_clear(&partial->line);
    json_writer_init(&partial->json, &partial->line);
    json_write_object(&partial->json, true);
    json_write_key(&partial->json, kind);
    json_write_object(&partial->json, true);
}

static void line_end(struct partial *partial)
{
    json_write_object_end(&partial->json);
    buf_add_byte(&partial->line, '\n');
    struct span line = buf_span(&partial->line);
    partial->digest = hash64(line, partial->digest);
    partial->lines++;
    partial->out.write(partial->out.self, line);
}

static void record_end(struct partial *partial)
{
    json_write_object_end(&partial->json);
    line_end(partial);
}

static bool json_can_hold(struct span text)
{
    return utf8_valid_size(text) == text.size && span_find(text, '\0') == SIZE_MAX;
}

static void member_text(struct partial *partial, const char *key, struct span text)
{
    static const char digits[] = "0123456789abcdef";
    if (json_can_hold(text)) {
        json_write_member_text(&partial->json, key, text);
        return;
    }
    buf_clear(&partial->text);
    buf_add_format(&partial->text, "%s_hex", key);
    json_write_key_span(&partial->json, buf_span(&partial->text));
    buf_clear(&partial->text);
    for (size_t at = 0; at < text.size; at++) {
        buf_add_byte(&partial->text, digits[(unsigned char)text.data[at] >> 4]);
        buf_add_byte(&partial->text, digits[text.data[at] & 15]);
    }
    json_write_text(&partial->json, buf_span(&partial->text));
}

static void member_name(struct partial *partial, const char *key, const struct name *name)
{
    if (name != NULL) {
        member_text(partial, key, name_span(name));
    }
}

static void member_u64(struct partial *partial, const char *key, uint64_t value)
{
    if (value != 0) {
        json_write_member_u64(&partial->json, key, value);
    }
}

/* A set of bits as a list of words. */
static void member_words(struct partial *partial, const char *key, unsigned bits, unsigned count,
                         const char *(*word)(unsigned bit))
{
    if (bits == 0) {
        return;
    }
    json_write_key(&partial->json, key);
    json_write_array(&partial->json, true);
    for (unsigned index = 0; index < count; index++) {
        if ((bits >> index & 1) != 0) {
            json_write_text(&partial->json, span_of(word(1U << index)));
        }
    }
    json_write_array_end(&partial->json);
}

static const char *family_word(unsigned bit)
{
    return family_text((enum family)bit);
}

static void member_families(struct partial *partial, const char *key, unsigned families)
{
    member_words(partial, key, families, FAMILY_BITS, family_word);
}

static const char *outcome_word(unsigned bit)
{
    return test_outcome_text((enum test_outcome)bit);
}

static void member_outcome(struct partial *partial, uint32_t outcome)
{
    member_words(partial, "outcome", outcome, TEST_OUTCOME_BITS, outcome_word);
}

/* ---- a report ---- */

static void write_source(struct partial *partial, const struct report *report,
                         const struct partial_origin *origin)
{
    char digest[33];
    hash128_text(report->digest, digest);
    struct span work_tree = report->is_part ? name_span(report->work_tree) : origin->work_tree;
    record_begin(partial, "source");
    member_name(partial, "path", report->path);
    member_name(partial, "group", report->group);
    member_name(partial, "root", report->root);
    if (work_tree.size > 0) {
        member_text(partial, "work_tree", work_tree);
    }
    member_name(partial, "commit", report->is_part ? report->commit : origin->commit);
    member_name(partial, "tree", report->is_part ? report->tree : origin->tree);
    if (report->format != NULL) {
        member_text(partial, "format", span_of(report->format));
    }
    member_text(partial, "state", span_of(state_text(report->state)));
    member_families(partial, "families", report->families);
    member_families(partial, "possible", report->possible);
    member_u64(partial, "bytes", report->bytes);
    member_text(partial, "digest", span_of(digest));
    member_u64(partial, "modified", report->modified > 0 ? (uint64_t)report->modified : 0);
    member_name(partial, "tool", report->tool);
    member_name(partial, "tool_version", report->tool_version);
    record_end(partial);
    for (size_t at = 0; at < report->sources.count; at++) {
        record_begin(partial, "source_root");
        member_name(partial, "path", *(const struct name **)vec_at(&report->sources, at));
        record_end(partial);
    }
}

static void write_diags(struct partial *partial, const struct diags *diags)
{
    for (size_t at = 0; at < diags_count(diags); at++) {
        const struct diag *diag = diags_at(diags, at);
        record_begin(partial, "diagnostic");
        member_text(partial, "code", span_of(diag_kind(diag->code)->code));
        member_u64(partial, "line", diag->line);
        member_u64(partial, "column", diag->column);
        member_u64(partial, "repeats", diag->repeats);
        member_name(partial, "text", diag->text);
        record_end(partial);
    }
}

/* ---- coverage ---- */

static void write_file(struct partial *partial, const struct file_coverage *file)
{
    record_begin(partial, "file");
    member_name(partial, "path", file->path);
    size_t written = 0;
    for (enum coverage_text kind = 0; kind < COVERAGE_TEXTS; kind++) {
        bool again = false;
        uint64_t from = 0;
        buf_clear(&partial->text);
        while (coverage_text_write(file->coverage, kind, &from, &partial->text)) {
            if (again || (written > 0 && written + partial->text.size > RECORD_PIECE)) {
                record_end(partial);
                record_begin(partial, "file_more");
                written = 0;
            }
            json_write_member_text(&partial->json, coverage_text_word(kind),
                                   buf_span(&partial->text));
            written += partial->text.size;
            again = true;
            buf_clear(&partial->text);
        }
    }
    record_end(partial);
}

/* ---- tests ---- */

static void write_test_detail(struct partial *partial, const struct test_detail *detail)
{
    record_begin(partial, "test");
    member_name(partial, "suite", detail->suite);
    member_name(partial, "class", detail->class_name);
    member_name(partial, "name", detail->test);
    member_name(partial, "file", detail->file);
    member_name(partial, "message", detail->message);
    member_u64(partial, "line", detail->line);
    member_outcome(partial, detail->outcome);
    record_end(partial);
}

static void write_tests(struct partial *partial, const struct tests *tests)
{
    if (tests->total == 0 && tests->suite_errors == 0) {
        return;
    }
    record_begin(partial, "tests");
    member_u64(partial, "suite_errors", tests->suite_errors);
    json_write_key(&partial->json, "time");
    json_write_decimal(&partial->json, tests->time);
    record_end(partial);
    for (uint32_t outcome = 0; outcome < 1U << TEST_OUTCOME_BITS; outcome++) {
        if (tests->by_outcome[outcome] > 0) {
            record_begin(partial, "cases");
            member_outcome(partial, outcome);
            member_u64(partial, "count", tests->by_outcome[outcome]);
            record_end(partial);
        }
    }
    for (size_t at = 0; at < tests->details.count; at++) {
        write_test_detail(partial, vec_at(&tests->details, at));
    }
}

/* ---- findings ---- */

static void member_severity(struct partial *partial, enum level level, enum band band,
                            bool suppressed)
{
    member_text(partial, "level", span_of(level_text(level)));
    if (band != BAND_NONE) {
        member_text(partial, "band", span_of(band_text(band)));
    }
    if (suppressed) {
        json_write_member_bool(&partial->json, "suppressed", true);
    }
}

static void write_finding(struct partial *partial, const struct finding_row *row)
{
    record_begin(partial, "finding");
    member_name(partial, "path", row->path);
    member_name(partial, "rule", row->rule);
    member_severity(partial, row->level, row->band, row->suppressed);
    member_u64(partial, "count", row->count);
    record_end(partial);
}

static void write_finding_detail(struct partial *partial, const struct finding_detail *detail)
{
    record_begin(partial, "finding_detail");
    member_name(partial, "path", detail->path);
    member_name(partial, "rule", detail->rule);
    member_name(partial, "message", detail->message);
    member_name(partial, "package", detail->package);
    member_name(partial, "version", detail->version);
    member_name(partial, "fixed_version", detail->fixed_version);
    member_u64(partial, "line", detail->line);
    member_u64(partial, "column", detail->column);
    member_severity(partial, detail->level, detail->band, detail->suppressed);
    record_end(partial);
}

static void write_rule(struct partial *partial, const struct rule_row *row)
{
    record_begin(partial, "rule");
    member_name(partial, "tool", row->tool);
    member_name(partial, "name", row->rule);
    record_end(partial);
}

static void write_number(struct partial *partial, const struct number_row *row)
{
    record_begin(partial, "number");
    member_name(partial, "key", row->key);
    json_write_key(&partial->json, "value");
    json_write_decimal(&partial->json, row->value);
    member_name(partial, "unit", row->unit);
    record_end(partial);
}

static void write_report(struct partial *partial, const struct report *report,
                         const struct partial_origin *origin)
{
    write_source(partial, report, origin);
    write_diags(partial, &report->diags);
    for (size_t at = 0; at < report->files.count; at++) {
        write_file(partial, vec_at(&report->files, at));
    }
    write_tests(partial, &report->tests);
    for (size_t at = 0; at < report->findings.rows.count; at++) {
        write_finding(partial, vec_at(&report->findings.rows, at));
    }
    for (size_t at = 0; at < report->findings.details.count; at++) {
        write_finding_detail(partial, vec_at(&report->findings.details, at));
    }
    for (size_t at = 0; at < report->findings.rules.count; at++) {
        write_rule(partial, vec_at(&report->findings.rules, at));
    }
    for (size_t at = 0; at < report->numbers.count; at++) {
        write_number(partial, vec_at(&report->numbers, at));
    }
}

/* ---- the whole ---- */

static int report_pointer_compare(const void *left, const void *right)
{
    return report_compare(*(const struct report *const *)left,
                          *(const struct report *const *)right);
}

static void write_header(struct partial *partial, uint64_t sources)
{
    buf_clear(&partial->line);
    json_writer_init(&partial->json, &partial->line);
    json_write_object(&partial->json, true);
    json_write_member_text(&partial->json, "schema", SPAN("tidegate/partial/2"));
    json_write_member_u64(&partial->json, "sources", sources);
    line_end(partial);
}

static void write_end(struct partial *partial)
{
    char digest[17];
    hash64_text(partial->digest, digest);
    record_begin(partial, "end");
    json_write_member_u64(&partial->json, "lines", partial->lines);
    json_write_member_text(&partial->json, "hash", span_of(digest));
    record_end(partial);
}

void partial_write(const struct vec *reports, const struct partial_origin *origin,
                   struct partial_out out)
{
    struct partial partial = {.out = out};
    struct vec sorted;
    buf_init(&partial.line);
    buf_init(&partial.text);
    vec_init(&sorted, sizeof(const struct report *));
    for (size_t at = 0; at < reports->count; at++) {
        *(const struct report **)vec_add(&sorted) = *(struct report *const *)vec_at(reports, at);
    }
    vec_sort(&sorted, report_pointer_compare);
    write_header(&partial, sorted.count);
    for (size_t at = 0; at < sorted.count; at++) {
        write_report(&partial, *(const struct report **)vec_at(&sorted, at), origin);
    }
    write_end(&partial);
    vec_release(&sorted);
    buf_release(&partial.line);
    buf_release(&partial.text);
}
