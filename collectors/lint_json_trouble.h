/* What a linter's JSON report says about its own run: lists of errors, flags, counts. */
#ifndef TIDEGATE_COLLECTORS_LINT_JSON_TROUBLE_H
#define TIDEGATE_COLLECTORS_LINT_JSON_TROUBLE_H

#include "base/json_read.h"

enum trouble { TROUBLE_NONE, TROUBLE_SMALL, TROUBLE_REAL };

/* Takes the next value and says whether there is anything in it: an entry of a list or an object,
 * true, a text or a number other than 0. With `wanted` a text or number must be that, or begin with
 * what stands before a `*`; "[]" is the empty list. The worst entry of a list counts; one whose
 * level is not error is small. */
enum trouble lint_json_read_trouble(struct json_reader *json, struct span wanted);

#endif
