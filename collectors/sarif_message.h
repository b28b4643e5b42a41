/* The text of a SARIF message: written out, or looked up by its id, with its arguments (2.1.0,
 * 3.11). */
#ifndef TIDEGATE_COLLECTORS_SARIF_MESSAGE_H
#define TIDEGATE_COLLECTORS_SARIF_MESSAGE_H

#include "collectors/sarif_result.h"
#include "collectors/sarif_rules.h"

/* The text; it lives as long as the rules and the result, or in `out`, which is cleared when used.
 * An id that no list of messages has stands for itself. `rule` may be NULL. */
struct span sarif_message_text(const struct sarif_rules *rules, const struct sarif_rule *rule,
                               const struct sarif_result *result, struct buf *out);

#endif
