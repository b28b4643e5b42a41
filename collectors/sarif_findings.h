/* What is known of a SARIF run, and the findings that its results become with it. */
#ifndef TIDEGATE_COLLECTORS_SARIF_FINDINGS_H
#define TIDEGATE_COLLECTORS_SARIF_FINDINGS_H

#include "collectors/sarif_invocations.h"
#include "collectors/sarif_place.h"
#include "collectors/sarif_tallies.h"

/* Life cycle: sarif_findings_init; rules, places and invocations are read into it in any order;
 * sarif_findings_add for each result once all that it refers to is there;
 * sarif_findings_release. */
struct sarif_findings {
    struct sink *sink;
    struct sarif_tallies *tallies;
    struct sarif_rules rules;
    struct sarif_places places;
    struct sarif_invocations invocations;
    bool is_trivy;  /* the tool is */
    bool has_bands; /* some result states a security severity */
    struct buf path, message;
    uint64_t not_checked; /* line of a result that says that a part was not looked at */
};

void sarif_findings_init(struct sarif_findings *findings, struct sink *sink,
                         struct sarif_tallies *tallies);
void sarif_findings_release(struct sarif_findings *findings);

/* Settles a result and gives it to the sink, as a finding with `repeats` more that differ from it
 * in line and message only. `self` is the struct: sarif_pending_each calls this. */
void sarif_findings_add(void *self, const struct sarif_result *result, uint64_t repeats);

#endif
