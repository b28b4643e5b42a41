/* How bad a finding is, in the words and numbers of SARIF: level, security-severity, and the label
 * that Trivy writes. */
#ifndef TIDEGATE_COLLECTORS_SARIF_SEVERITY_H
#define TIDEGATE_COLLECTORS_SARIF_SEVERITY_H

#include "base/json_read.h"
#include "model/report.h"

/* Where a level is kept: nobody has written any. */
enum { SARIF_LEVEL_UNSET = LEVEL_ERROR + 1 };

/* The word of a level, or LEVEL_ERROR for one that SARIF does not have, with *known false. */
enum level sarif_level_of(struct span text, bool *known);
/* Takes the string that comes next as a level; *level stays for a value of another type. */
void sarif_read_level(struct json_reader *json, uint8_t *level);
/* The same with the level in a configuration (SARIF 2.1.0, 3.50). */
void sarif_read_configuration(struct json_reader *json, uint8_t *level);

/* How a value named security-severity was written. */
enum sarif_severity {
    SARIF_SEVERITY_ABSENT,
    SARIF_SEVERITY_TEXT,
    SARIF_SEVERITY_NUMBER,
    SARIF_SEVERITY_ODD /* unreadable or outside 0 to 10 */
};

/* Takes the value that comes next: its band by the bounds that GitHub documents (9, 7, 4, above
 * 0). */
enum sarif_severity sarif_read_severity(struct json_reader *json, enum band *band);

/* A label such as HIGH: enum band + 1; 0 for any other word. */
uint8_t sarif_label_of(struct span word);

#endif
