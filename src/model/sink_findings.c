/* The findings' side of the sink: each finding -> one more in the row of its path, rule, level,
 * band and suppression.
 *
 * Findings come in runs that differ in line and message only, so the row that a combination went to
 * last is remembered; only what is not remembered is looked for in the index of all rows. */
#include "model/sink.h"

#include "model/kept_text.h"

#include <string.h>

/* The path of a finding, which often is the path of the one before, if not the very bytes that were
 * kept then. */
static const struct name *finding_path(struct sink *sink, struct span path)
{
    struct span last = name_span(sink->last_path);
    bool same = path.data == last.data && path.size == last.size;
    if (sink->last_path == NULL || (!same && !span_equal(path, last))) {
        size_t names = sink->names->count;
        sink->last_path = kept_text_add_path(sink->names, path);
        sink->memos_whole = sink->names->count > names;
        finding_index_path(&sink->index, &sink->report->findings.rows, sink->memos_whole);
    }
    return sink->last_path;
}

/* Where a combination is remembered, if it is: the end of a rule tells most of them apart. */
static size_t memo_index(const struct finding_in *finding)
{
    struct span rule = finding->rule;
    uint64_t word = rule.size;
    if (rule.size >= sizeof(word)) {
        memcpy(&word, rule.data + rule.size - sizeof(word), sizeof(word));
    } else if (rule.size > 0) {
        word |= (uint64_t)(unsigned char)rule.data[rule.size / 2] << 8 |
                (uint64_t)(unsigned char)rule.data[rule.size - 1] << 16;
    }
    word = (word ^ (uint64_t)finding->level) * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(word >> 32) % FINDING_MEMOS;
}

/* The row that this finding belongs to. A linter names each file once: a path that is new to the
 * run has no rows yet, and while no memo of one of its rows has to make room for another, a row
 * that is in no memo is new too. */
static struct finding_row *finding_place(struct sink *sink, const struct finding_in *finding)
{
    struct vec *rows = &sink->report->findings.rows;
    const struct name *path = finding_path(sink, finding->path);
    struct finding_memo *memo = &sink->memos[memo_index(finding)];
    bool same_path = memo->row > 0 && memo->path == path;
    bool same_rule = memo->row > 0 && span_equal(finding->rule, name_span(memo->rule));
    if (same_rule && same_path) {
        struct finding_row *row = vec_at(rows, memo->row - 1);
        if (row->level == finding->level && row->band == finding->band &&
            row->suppressed == finding->suppressed) {
            return row;
        }
    }
    const struct finding_row row = {.path = path,
                                    .rule = same_rule ? memo->rule
                                                      : kept_text_add(sink->names, finding->rule),
                                    .level = (uint8_t)finding->level,
                                    .band = (uint8_t)finding->band,
                                    .suppressed = finding->suppressed};
    sink->memos_whole = sink->memos_whole && !same_path;
    size_t number = sink->memos_whole ? finding_index_add(rows, &row)
                                      : finding_index_row(&sink->index, rows, &row);
    *memo = (struct finding_memo){path, row.rule, number + 1};
    return vec_at(rows, number);
}

bool sink_keeps_detail(const struct sink *sink, enum level level)
{
    return sink->details_of_level[level] < LIMIT_DETAILS;
}

void sink_finding(struct sink *sink, const struct finding_in *finding)
{
    struct findings *findings = &sink->report->findings;
    if (sink->refused) {
        return;
    }
    sink->report->families |= FAMILY_FINDINGS;
    findings->has_bands = findings->has_bands || finding->band != BAND_NONE;
    struct finding_row *row = finding_place(sink, finding);
    row->count += (uint32_t)(1 + finding->repeats);
    if (sink_keeps_detail(sink, finding->level)) {
        sink->details_of_level[finding->level]++;
        struct finding_detail *detail = vec_add(&findings->details);
        detail->path = row->path;
        detail->rule = row->rule;
        detail->message = kept_text_add(sink->names, kept_text_first_line(finding->message));
        detail->package = kept_text_add(sink->names, finding->package);
        detail->version = kept_text_add(sink->names, finding->version);
        detail->fixed_version = kept_text_add(sink->names, finding->fixed_version);
        detail->line = finding->line;
        detail->column = finding->column;
        detail->level = finding->level;
        detail->band = finding->band;
        detail->suppressed = finding->suppressed;
    }
}

void sink_rule(struct sink *sink, struct span tool, struct span rule)
{
    if (!sink->refused && rule.size > 0) {
        *(struct rule_row *)vec_add(&sink->report->findings.rules) =
            (struct rule_row){kept_text_add(sink->names, tool), kept_text_add(sink->names, rule)};
    }
}
