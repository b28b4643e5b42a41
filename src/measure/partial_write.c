/* Reports -> lines of JSON, one record each: a header, for each report one `source` record and its
 * facts, and an end that counts and hashes what stands before it (docs/partial-snapshot.md).
 *
 * Long coverage is spread over several records, so that memory stays bounded. */
#include "measure/partial_write.h"

#include "measure/intake.h"
#include "model/coverage_text.h"
#include "model/part.h"

/* A record with this many bytes of texts gets no further one. */
enum { RECORD_PIECE = 1 << 18 };

/* ---- sets ---- */

static const char *family_word(unsigned bit)
{
    return family_text((enum family)bit);
}

static void member_families(struct record_writer *writer, const char *key, unsigned families)
{
    record_words(writer, key, families, FAMILY_BITS, family_word);
}

static const char *outcome_word(unsigned bit)
{
    return test_outcome_text((enum test_outcome)bit);
}

static void member_outcome(struct record_writer *writer, uint32_t outcome)
{
    record_words(writer, "outcome", outcome, TEST_OUTCOME_BITS, outcome_word);
}

/* ---- a report ---- */

static void write_source(struct record_writer *writer, const struct report *report,
                         const struct partial_origin *origin)
{
    char digest[33];
    hash128_text(report->digest, digest);
    struct span work_tree = report->is_part ? name_span(report->work_tree) : origin->work_tree;
    record_begin(writer, "source");
    record_name(writer, "path", report->path);
    if (!span_equal(name_span(report->folder), part_usual_folder(name_span(report->path)))) {
        record_text(writer, "folder", name_span(report->folder)); /* empty: it was in none */
    }
    record_name(writer, "group", report->group);
    record_name(writer, "root", report->root);
    if (work_tree.size > 0) {
        record_text(writer, "work_tree", work_tree);
    }
    record_name(writer, "commit", report->is_part ? report->commit : origin->commit);
    record_name(writer, "tree", report->is_part ? report->tree : origin->tree);
    if (report->format != NULL) {
        record_text(writer, "format", span_of(report->format));
    }
    record_text(writer, "state", span_of(state_text(report->state)));
    member_families(writer, "families", report->families);
    member_families(writer, "possible", report->possible);
    record_u64(writer, "bytes", report->bytes);
    record_text(writer, "digest", span_of(digest));
    record_u64(writer, "modified", report->modified > 0 ? (uint64_t)report->modified : 0);
    record_name(writer, "tool", report->tool);
    record_name(writer, "tool_version", report->tool_version);
    record_end(writer);
    for (size_t at = 0; at < report->sources.count; at++) {
        record_begin(writer, "source_root");
        record_name(writer, "path", *(const struct name **)vec_at(&report->sources, at));
        record_end(writer);
    }
}

static void write_diags(struct record_writer *writer, const struct diags *diags)
{
    for (size_t at = 0; at < diags_count(diags); at++) {
        const struct diag *diag = diags_at(diags, at);
        record_begin(writer, "diagnostic");
        record_text(writer, "code", span_of(diag_kind(diag->code)->code));
        record_u64(writer, "line", diag->line);
        record_u64(writer, "column", diag->column);
        record_u64(writer, "repeats", diag->repeats);
        record_name(writer, "text", diag->text);
        record_end(writer);
    }
}

/* ---- coverage ---- */

static void write_file(struct record_writer *writer, const struct file_coverage *file)
{
    record_begin(writer, "file");
    record_name(writer, "path", file->path);
    size_t written = 0;
    for (enum coverage_text kind = 0; kind < COVERAGE_TEXTS; kind++) {
        bool again = false;
        uint64_t from = 0;
        buf_clear(&writer->text);
        while (coverage_text_write(file->coverage, kind, &from, &writer->text)) {
            if (again || (written > 0 && written + writer->text.size > RECORD_PIECE)) {
                record_end(writer);
                record_begin(writer, "file_more");
                written = 0;
            }
            json_write_member_text(&writer->json, coverage_text_word(kind),
                                   buf_span(&writer->text));
            written += writer->text.size;
            again = true;
            buf_clear(&writer->text);
        }
    }
    record_end(writer);
}

/* ---- tests ---- */

static void write_test_detail(struct record_writer *writer, const struct test_detail *detail)
{
    record_begin(writer, "test");
    record_name(writer, "suite", detail->suite);
    record_name(writer, "class", detail->class_name);
    record_name(writer, "name", detail->test);
    record_name(writer, "file", detail->file);
    record_name(writer, "message", detail->message);
    record_u64(writer, "line", detail->line);
    member_outcome(writer, detail->outcome);
    record_end(writer);
}

static void write_tests(struct record_writer *writer, const struct tests *tests)
{
    if (tests->total == 0 && tests->suite_errors == 0) {
        return;
    }
    record_begin(writer, "tests");
    record_u64(writer, "suite_errors", tests->suite_errors);
    json_write_key(&writer->json, "time");
    json_write_decimal(&writer->json, tests->time);
    record_end(writer);
    for (uint32_t outcome = 0; outcome < 1U << TEST_OUTCOME_BITS; outcome++) {
        if (tests->by_outcome[outcome] > 0) {
            record_begin(writer, "cases");
            member_outcome(writer, outcome);
            record_u64(writer, "count", tests->by_outcome[outcome]);
            record_end(writer);
        }
    }
    for (size_t at = 0; at < tests->details.count; at++) {
        write_test_detail(writer, vec_at(&tests->details, at));
    }
}

/* ---- findings ---- */

static void member_severity(struct record_writer *writer, enum level level, enum band band,
                            bool suppressed)
{
    record_text(writer, "level", span_of(level_text(level)));
    if (band != BAND_NONE) {
        record_text(writer, "band", span_of(band_text(band)));
    }
    if (suppressed) {
        json_write_member_bool(&writer->json, "suppressed", true);
    }
}

static void write_finding(struct record_writer *writer, const struct finding_row *row)
{
    record_begin(writer, "finding");
    record_name(writer, "path", row->path);
    record_name(writer, "rule", row->rule);
    member_severity(writer, row->level, row->band, row->suppressed);
    record_u64(writer, "count", row->count);
    record_end(writer);
}

static void write_finding_detail(struct record_writer *writer, const struct finding_detail *detail)
{
    record_begin(writer, "finding_detail");
    record_name(writer, "path", detail->path);
    record_name(writer, "rule", detail->rule);
    record_name(writer, "message", detail->message);
    record_name(writer, "package", detail->package);
    record_name(writer, "version", detail->version);
    record_name(writer, "fixed_version", detail->fixed_version);
    record_u64(writer, "line", detail->line);
    record_u64(writer, "column", detail->column);
    member_severity(writer, detail->level, detail->band, detail->suppressed);
    record_end(writer);
}

static void write_rule(struct record_writer *writer, const struct rule_row *row)
{
    record_begin(writer, "rule");
    record_name(writer, "tool", row->tool);
    record_name(writer, "name", row->rule);
    record_end(writer);
}

static void write_number(struct record_writer *writer, const struct number_row *row)
{
    record_begin(writer, "number");
    record_name(writer, "key", row->key);
    json_write_key(&writer->json, "value");
    json_write_decimal(&writer->json, row->value);
    record_name(writer, "unit", row->unit);
    record_end(writer);
}

static void write_report(struct record_writer *writer, const struct report *report,
                         const struct partial_origin *origin)
{
    write_source(writer, report, origin);
    write_diags(writer, &report->diags);
    for (size_t at = 0; at < report->files.count; at++) {
        write_file(writer, vec_at(&report->files, at));
    }
    write_tests(writer, &report->tests);
    for (size_t at = 0; at < report->findings.rows.count; at++) {
        write_finding(writer, vec_at(&report->findings.rows, at));
    }
    for (size_t at = 0; at < report->findings.details.count; at++) {
        write_finding_detail(writer, vec_at(&report->findings.details, at));
    }
    for (size_t at = 0; at < report->findings.rules.count; at++) {
        write_rule(writer, vec_at(&report->findings.rules, at));
    }
    for (size_t at = 0; at < report->numbers.count; at++) {
        write_number(writer, vec_at(&report->numbers, at));
    }
}

/* ---- the whole ---- */

static int report_pointer_compare(const void *left, const void *right)
{
    return report_compare(*(const struct report *const *)left,
                          *(const struct report *const *)right);
}

static void write_header(struct record_writer *writer, uint64_t sources)
{
    record_line_begin(writer);
    json_write_member_text(&writer->json, "schema", SPAN("tidegate/partial/2"));
    json_write_member_u64(&writer->json, "sources", sources);
    record_line_end(writer);
}

static void write_end(struct record_writer *writer)
{
    char digest[17];
    hash64_text(writer->digest, digest);
    record_begin(writer, "end");
    json_write_member_u64(&writer->json, "lines", writer->lines);
    json_write_member_text(&writer->json, "hash", span_of(digest));
    record_end(writer);
}

void partial_write(const struct vec *reports, const struct partial_origin *origin,
                   struct partial_out out)
{
    struct record_writer writer;
    struct vec sorted;
    record_writer_init(&writer, out);
    vec_init(&sorted, sizeof(const struct report *));
    for (size_t at = 0; at < reports->count; at++) {
        *(const struct report **)vec_add(&sorted) = *(struct report *const *)vec_at(reports, at);
    }
    vec_sort(&sorted, report_pointer_compare);
    write_header(&writer, sorted.count);
    for (size_t at = 0; at < sorted.count; at++) {
        write_report(&writer, *(const struct report **)vec_at(&sorted, at), origin);
    }
    write_end(&writer);
    vec_release(&sorted);
    record_writer_release(&writer);
}
