/* One check in words and figures, the same for every renderer.
 * What is appended may hold foreign text (labels, units, sentences) and must be escaped for the
 * target. */
#ifndef TIDEGATE_RENDER_CHECK_VIEW_H
#define TIDEGATE_RENDER_CHECK_VIEW_H

#include "model/scene.h"

/* "coverage.line (component api)" */
void check_view_label(struct buf *out, const struct check *check);

/* What was measured: "80.90 %", with `full` "80.90 % = 7,021 of 8,679 lines"; the state where
 * there is no value ("damaged"). Percentages have the places that it takes to tell value,
 * baseline and bar apart. */
void check_view_now(struct buf *out, const struct scene *scene, const struct check *check,
                    bool full);
/* What the baseline holds for the metric, or NULL; also for rules that do not look at it. */
const struct value *check_view_base_value(const struct scene *scene, const struct check *check);
/* The same of the baseline; nothing if there is none. */
void check_view_base(struct buf *out, const struct scene *scene, const struct check *check,
                     bool full);
/* What stands behind the percentage alone: "7,021 of 8,679 lines"; nothing for other values. */
void check_view_now_behind(struct buf *out, const struct scene *scene, const struct check *check);
void check_view_base_behind(struct buf *out, const struct scene *scene, const struct check *check);
/* "-0.30", "+2"; nothing without a baseline. */
void check_view_change(struct buf *out, const struct scene *scene, const struct check *check);
/* "at least 81.20 %", "at most 0", in `signs` ">= 81.20 %", "<= 0"; "no more uncovered" for a
 * ratio that passed below the bar; nothing without a bar. */
void check_view_bar(struct buf *out, const struct check *check, bool signs);
/* The branch's bar, with what lowered it: "90.10 % = 9,010 of 10,000 lines, commit 1a2b3c4d5e";
 * nothing when the rule did not look at one, or it is the baseline's value. */
void check_view_branch_bar(struct buf *out, const struct scene *scene, const struct check *check);
/* "at least 85 % from 2027-03-01 on; short by 12", in `signs` ">= 85 % from 2027-03-01"; nothing
 * without a goal. */
void check_view_goal(struct buf *out, const struct check *check, bool signs);
/* "until 2027-01-31, @team-core: generated parser"; nothing without a waiver. */
void check_view_waiver(struct buf *out, const struct check *check);

#endif
