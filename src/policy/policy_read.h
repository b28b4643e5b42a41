/* .tidegate.yml -> policy. Strict: what is not understood is an error with its place. */
#ifndef TIDEGATE_POLICY_POLICY_READ_H
#define TIDEGATE_POLICY_POLICY_READ_H

#include "base/err.h"
#include "model/diag.h"
#include "model/policy.h"

/* What the policy may refer to; handed in because these tables live in sibling layers. */
struct policy_vocabulary {
    const struct rule_spec *const *rules; /* NULL at the end */
    const char *const *formats;           /* collector names, NULL at the end */
};

/* Reads the text of a policy file called `path`. Every mistake found is added to `diags` with line,
 * column, what was expected and the nearest known word. Returns ERR_NONE or ERR_POLICY; then
 * `policy` is not to be used. The policy must be initialised. */
enum err policy_read(struct policy *policy, struct names *names, struct span text,
                     const struct name *path, const struct policy_vocabulary *vocabulary,
                     struct diags *diags);

/* The rules that hold without a policy file, with line 0. Reports are left to the caller. The
 * policy must be initialised. */
void policy_defaults(struct policy *policy, struct names *names,
                     const struct policy_vocabulary *vocabulary);

/* Appends the JSON Schema of the policy file, made from the same tables. */
void policy_schema(const struct policy_vocabulary *vocabulary, struct buf *out);

#endif
