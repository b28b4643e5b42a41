/* What Trivy writes into the message of a SARIF result: the severity of this very finding, the
 * package.
 *
 * Trivy (pkg/report/sarif.go) makes one rule per vulnerability id; when several packages have it,
 * the rule's level, tags and score are those of the last one. The lines of the message are
 * exact. */
#ifndef TIDEGATE_COLLECTORS_SARIF_TRIVY_H
#define TIDEGATE_COLLECTORS_SARIF_TRIVY_H

#include "base/span.h"
#include "model/report.h"

struct sarif_trivy {
    struct span package, version, fixed_version; /* empty if absent */
    struct span title; /* what a person wants to read; empty if the message has nothing better */
    uint8_t label;     /* enum band + 1 of the severity line, 0 if there is none */
    bool passed;       /* a misconfiguration check that found nothing: no finding */
};

bool sarif_trivy_is_tool(struct span name);
/* Takes the lines of a message apart; the spans point into it. Without `all`, only as far as label
 * and passed need it. */
struct sarif_trivy sarif_trivy_read(struct span message, bool all);

#endif
