/* Which document it is, found out first, so that a newer one is called newer and not broken. The
 * schema stands at the front of what is written here; the rest of a document that can be read is
 * left to its reader. */
#include "model/document.h"

#include "base/limits.h"
#include "model/snapshot.h"

#include <inttypes.h>
#include <stdio.h>

/* What git leaves in the place of a file more often than one would wish. */
static bool is_known_stranger(struct span text, struct fault *fault)
{
    if (text.size > LIMIT_SNAPSHOT_BYTES) {
        fault_set(fault, FAULT_LIMIT, 0, 0, "larger than LIMIT_SNAPSHOT_BYTES allows");
    } else if (span_starts(text, "version https://git-lfs.github.com/spec/")) {
        fault_set(fault, FAULT_SYNTAX, 1, 1,
                  "a Git LFS pointer, not the file itself: keep it out of LFS or fetch it");
    } else if (span_starts(text, "<<<<<<<")) {
        fault_set(fault, FAULT_SYNTAX, 1, 1,
                  "a merge conflict that was committed: take one side, do not mix them");
    }
    return fault->kind != FAULT_NONE;
}

static void read_version(struct json_reader *json, const char *schema, uint64_t *version)
{
    char why[120];
    struct span text;
    if (!json_string(json, &text) || !span_starts(text, schema) ||
        !span_to_u64(span_from(text, strlen(schema)), version) || *version == 0) {
        snprintf(why, sizeof(why), "\"schema\" must be \"%s1\"", schema);
        json_refuse(json, FAULT_SYNTAX, why);
    }
}

static bool is_readable(uint64_t version, uint64_t newest)
{
    return version > 0 && version <= newest;
}

/* The number behind the schema; 0 and a fault when there is none or the text is no JSON object. */
static uint64_t find_version(struct span text, const char *schema, uint64_t newest,
                             const char *what, struct fault *fault)
{
    struct input *input = input_open_memory(text);
    struct json_reader *json = json_reader_open(input, false);
    char why[120];
    uint64_t version = 0;
    struct span key;
    if (!json_object(json)) {
        snprintf(why, sizeof(why), "%s is a JSON object", what);
        json_refuse(json, FAULT_SYNTAX, why);
    }
    while (!is_readable(version, newest) && json_key(json, &key)) {
        if (span_is(key, "schema")) {
            read_version(json, schema, &version);
        } else {
            json_skip(json);
        }
    }
    if (version == 0) {
        json_refuse(json, FAULT_SYNTAX, "there is no \"schema\" that tells the version");
    }
    if (!is_readable(version, newest)) {
        json_next(json); /* the end, or a fault about what stands behind the document */
    }
    if (json_failed(json)) {
        *fault = *input_fault(input);
        version = 0;
    }
    json_reader_close(json);
    input_close(input);
    return version;
}

enum err document_check(struct span text, const char *schema, uint64_t newest, const char *what,
                        struct fault *fault)
{
    if (is_known_stranger(text, fault)) {
        return ERR_FORMAT;
    }
    uint64_t version = find_version(text, schema, newest, what, fault);
    if (version == 0) {
        return ERR_FORMAT;
    }
    if (version > newest) {
        fault_set(fault, FAULT_SYNTAX, 1, 1,
                  "written by a newer program: version %" PRIu64 ", this one reads %" PRIu64,
                  version, newest);
        return ERR_UNUSABLE;
    }
    return ERR_NONE;
}

void document_read_name(struct json_reader *json, struct names *names, const struct name **name,
                        const char *rule)
{
    struct span text;
    if (!json_string(json, &text) || text.size == 0) {
        json_refuse(json, FAULT_SYNTAX, rule);
        return;
    }
    *name = names_add(names, text);
}

void document_read_id(struct json_reader *json, struct names *names, const struct name **id)
{
    struct span text;
    if (!json_string(json, &text) || !snapshot_id_valid(text)) {
        json_refuse(json, FAULT_SYNTAX,
                    "not an object id: 40 or 64 hexadecimal digits, not all zero");
        return;
    }
    *id = names_add(names, text);
}
