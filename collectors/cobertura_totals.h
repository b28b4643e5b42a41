/* What the root of a Cobertura report states about all lines, and whether the elements bear it
 * out. */
#ifndef TIDEGATE_COLLECTORS_COBERTURA_TOTALS_H
#define TIDEGATE_COLLECTORS_COBERTURA_TOTALS_H

#include "base/ratio.h"
#include "base/xml_read.h"
#include "model/sink.h"

struct cobertura_totals {
    struct ratio lines;  /* valid if lines_given */
    struct decimal rate; /* valid if rate_given */
    bool lines_given, rate_given;
    bool coverage_py; /* wrote it; set by the caller */
};

/* Reads the attributes of the root; tells the sink of a rate that is no number. */
struct cobertura_totals cobertura_totals_read(const struct xml_element *root, struct sink *sink);

/* At the end of the document: tells the sink when the elements are others than stated. */
void cobertura_totals_check(const struct cobertura_totals *totals, struct sink *sink);

#endif
