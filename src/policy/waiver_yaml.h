/* A waiver as YAML, for a policy file or a page. Its texts may be any valid UTF-8; group and
 * component may be NULL. */
#ifndef TIDEGATE_POLICY_WAIVER_YAML_H
#define TIDEGATE_POLICY_WAIVER_YAML_H

#include "base/buf.h"
#include "model/policy.h"

/* The members in order, with `between` after each but the last. */
void waiver_yaml_add_members(struct buf *out, const struct waiver *waiver, struct span between);
/* One item of a block list, without a line end behind its last line. `dash` and `keys` are columns
 * from 0; that of the keys is at least two more. */
void waiver_yaml_add_item(struct buf *out, const struct waiver *waiver, size_t dash, size_t keys,
                          const char *line_end);
/* The same with the dash behind `indent` blanks, and every line ended. */
void waiver_yaml_add_lines(struct buf *out, const struct waiver *waiver, size_t indent,
                           const char *line_end);

#endif
