/* A collector turns the bytes of one report format into rows of a report.
 *
 * To add one: write collectors/NAME.c that ends in `const struct collector collector_NAME`, add
 * COLLECTOR(NAME) to collectors.def, and put fixtures into tests/collect/NAME/. Everything else
 * (detection, --format, the list of formats, the documentation, the contract, probe and mutation
 * tests) follows. */
#ifndef TIDEGATE_COLLECTORS_COLLECTOR_H
#define TIDEGATE_COLLECTORS_COLLECTOR_H

#include "base/input.h"
#include "base/xml_read.h"
#include "model/sink.h"

/* How sure a probe is. The highest score wins; two equal highest scores are an error that names
 * both. */
enum { PROBE_NO = 0, PROBE_WEAK = 25, PROBE_LIKELY = 60, PROBE_SURE = 90 };

enum { HEAD_WORDS = 24 };

/* What a probe may look at. Computed once from the first LIMIT_HEAD_BYTES bytes. */
struct head {
    struct span bytes;     /* decoded, without byte-order mark; may end anywhere */
    struct span file_name; /* last part of the path; only a tie-breaker */
    /* XML, if the first character is `<`: */
    struct span xml_root;  /* local name of the root element, empty if none was found */
    struct span xml_child; /* local name of the root's first child element, empty if not seen */
    struct span xml_attributes; /* raw text of the root's start tag behind its name */
    /* JSON, if the first character is `{` or `[`: */
    char json_kind; /* '{', '[' or 0 */
    /* Keys of the first object: of the document itself, or of the first item of a top-level array.
     * Undecoded, in order, as many as the head shows. */
    struct span json_keys[HEAD_WORDS];
    size_t json_key_count;
    /* Keys of the first object one level below the first key whose value is an array or object. */
    struct span json_inner_keys[HEAD_WORDS];
    size_t json_inner_key_count;
};

bool head_has_key(const struct head *head, const char *key);
bool head_has_inner_key(const struct head *head, const char *key);
/* Does the root's start tag hold this attribute? */
bool head_has_attribute(const struct head *head, const char *name);

struct collector {
    const char *name;                      /* the word in --format and the policy: "lcov" */
    const char *title;                     /* "LCOV tracefile" */
    const char *spec;                      /* where the format is described */
    const char *tools;                     /* who writes it, for the documentation */
    unsigned families;                     /* enum family bits that it can yield */
    int (*probe)(const struct head *head); /* pure */
    /* Reads to the end. Returns with the cause in input_fault(in) or sink_refuse called, or
     * success. */
    void (*parse)(struct input *in, struct sink *out);
};

/* Says what XML readers have in common to say: control characters were replaced. */
void collector_tell_xml(struct sink *sink, const struct xml_notes *notes);

#define COLLECTOR(name) extern const struct collector collector_##name;
#include "collectors.def"
#undef COLLECTOR

#endif
