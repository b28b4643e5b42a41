/* The parts of the Markdown output. Lists and tables are bounded in rows and bytes: an item is
 * taken whole or not at all, and what was not taken is counted. */
#ifndef TIDEGATE_RENDER_MARKDOWN_PARTS_H
#define TIDEGATE_RENDER_MARKDOWN_PARTS_H

#include "model/scene.h"
#include "render/details.h"
#include "render/escape.h"

enum {
    MARKDOWN_NAME = 120,     /* columns of a name or path */
    MARKDOWN_SENTENCE = 300, /* columns of a sentence */
    MARKDOWN_SECTION = 14000 /* bytes of the items of one list or table */
};

/* Items that are added one by one to `out`. */
struct markdown_list {
    struct buf *out;
    struct buf item; /* the next item: fill it, then call markdown_list_take */
    size_t end;      /* size of `out` that is not passed */
    size_t most;     /* items */
    uint64_t shown, total;
};

void markdown_list_open(struct markdown_list *list, struct buf *out, size_t most, size_t bytes);
/* Appends the item if nothing was left out before and it fits; clears it. */
void markdown_list_take(struct markdown_list *list);
/* Ends with `lead` and "and n more" if items were left out; `total` is how many there are when
 * larger than what was taken. */
void markdown_list_close(struct markdown_list *list, uint64_t total, const char *lead);

/* Appends `text` as prose (nothing when it is empty) or as a code span, and clears it. */
void markdown_take_prose(struct buf *out, struct buf *text, enum escape_place place);
void markdown_take_code(struct buf *out, struct buf *text, enum escape_place place);
/* Appends a sentence as prose; nothing for NULL. */
void markdown_add_sentence(struct buf *out, const struct name *sentence, enum escape_place place);

/* A folded section around `content`, with a count in its title; nothing when the content is
 * empty. */
void markdown_fold(struct buf *out, const char *title, uint64_t count, const struct buf *content);

/* The table of everything that did not pass, and what to do about it. */
void markdown_broken(struct buf *out, const struct scene *scene);
void markdown_remedies(struct buf *out, const struct scene *scene);
/* What the change does to the policy: a line each. */
void markdown_policy_change(struct buf *out, const struct scene *scene);
/* Reports that are not ok, and messages of the run. */
void markdown_trouble(struct buf *out, const struct scene *scene);

/* Folded sections; each appends nothing when it has nothing to say. */
void markdown_failed_tests(struct buf *out, const struct details *details);
void markdown_findings(struct buf *out, const struct details *details);
void markdown_passed(struct buf *out, const struct scene *scene);
void markdown_metrics(struct buf *out, const struct scene *scene);
void markdown_reports(struct buf *out, const struct scene *scene);

#endif
