/* Changing the text of a policy file without touching what is not meant. */
#ifndef TIDEGATE_POLICY_POLICY_EDIT_H
#define TIDEGATE_POLICY_POLICY_EDIT_H

#include "policy/policy_read.h"

/* Appends to `out` the text of the policy file `path` with one more waiver, whose strings, group
 * and component may be NULL but for gate, reason and owner. Every byte of `text` stays as it is and
 * in its order; only an empty `waivers: []` loses its brackets. The result is read again: it holds
 * what `text` holds and this waiver. Errors with a diagnostic, `out` is not to be used then:
 * ERR_POLICY when the text is no usable policy or the waiver fits nothing in it (without a place,
 * since the line does not exist); ERR_UNUSABLE when it is written in a way that cannot be added
 * to. */
enum err policy_edit_add_waiver(struct span text, const struct name *path,
                                const struct waiver *waiver,
                                const struct policy_vocabulary *vocabulary, struct buf *out,
                                struct diags *diags);

#endif
