/* What the ledger's JSON documents share: a schema with a version, and what git leaves in the place
 * of a file. */
#ifndef TIDEGATE_MODEL_DOCUMENT_H
#define TIDEGATE_MODEL_DOCUMENT_H

#include "base/err.h"
#include "base/fault.h"
#include "base/json_read.h"
#include "base/name.h"

/* Is the text a JSON object whose "schema" is `schema` ("tidegate/snapshot/") with a version from 1
 * to `newest`? ERR_FORMAT when it is none, ERR_UNUSABLE when it is newer, with the fault. `what` is
 * "a snapshot". Of a document with a version that can be read the rest is not looked at: its reader
 * must read it up to JSON_END, where what stands behind it shows. */
enum err document_check(struct span text, const char *schema, uint64_t newest, const char *what,
                        struct fault *fault);

/* A text that is not empty, as a name; anything else is refused with this rule. */
void document_read_name(struct json_reader *json, struct names *names, const struct name **name,
                        const char *rule);
/* An object id in hexadecimal, as a name; anything else is refused. */
void document_read_id(struct json_reader *json, struct names *names, const struct name **id);

#endif
