/* Parts: the sources inside a partial snapshot, taken as they were when it was written.
 *
 * A second door into a report, for facts that have gone through the sink once: counts, hashes
 * and kept details come in as they are, and the state is given instead of found. Between
 * part_begin and part_end the sink fills a report of its own, which then stands in `parts` of
 * the report that the sink was made for. When that one is damaged, its parts go with it. */
#ifndef TIDEGATE_MODEL_PART_H
#define TIDEGATE_MODEL_PART_H

#include "model/coverage_text.h"
#include "model/sink.h"

/* What a part says of itself. Names are interned; NULL is absent. */
struct part {
    const struct name *path, *folder, *group, *root, *work_tree, *commit, *tree;
    const struct name *format, *tool, *tool_version;
    enum state state;
    unsigned families, possible;
    uint64_t bytes;
    struct hash128 digest;
    int64_t modified;
};

/* The folder that a part with this path is taken to be in where it names none; empty for none. */
struct span part_usual_folder(struct span path);
/* Opens a part; the rows that follow are its own. The sink must not be in a part. */
void part_begin(struct sink *sink, const struct part *part);
/* Closes the part, if one is open; rows and refusals go to the sink's own report again. */
void part_end(struct sink *sink);

void part_diag(struct sink *sink, const struct diag *diag);

/* Rows of the file that sink_file opened; the room as in coverage_text_read. False when the text
 * cannot be read. */
bool part_coverage(struct sink *sink, enum coverage_text kind, struct span text,
                   struct coverage_room *room);

void part_cases(struct sink *sink, uint32_t outcome, uint64_t count);
void part_test_totals(struct sink *sink, uint64_t suite_errors, struct decimal time);
void part_test_detail(struct sink *sink, const struct test_detail *detail);

void part_finding(struct sink *sink, const struct finding_row *row);
void part_rule(struct sink *sink, const struct rule_row *row);
void part_finding_detail(struct sink *sink, const struct finding_detail *detail);

#endif
