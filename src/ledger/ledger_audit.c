/* A list of findings, counted by severity. Unlike diagnostics none is left out: each is about
 * another entry. */
#include "ledger/ledger_audit.h"

#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

enum { TEXT_LONGEST = 600 };

void ledger_audit_init(struct ledger_audit *audit, struct names *names)
{
    *audit = (struct ledger_audit){.names = names};
    vec_init(&audit->findings, sizeof(struct ledger_finding));
}

void ledger_audit_release(struct ledger_audit *audit)
{
    vec_release(&audit->findings);
}

void ledger_audit_add(struct ledger_audit *audit, enum diag_code code,
                      const struct audit_place *place, struct span text)
{
    const struct diag_kind *kind = diag_kind(code);
    text = text.size > 0 ? text : span_of(kind->title);
    *(struct ledger_finding *)vec_add(&audit->findings) = (struct ledger_finding){
        code, place->entry, place->branch, place->metric, names_add(audit->names, text)};
    audit->errors += kind->severity == SEVERITY_ERROR ? 1 : 0;
    audit->warnings += kind->severity == SEVERITY_WARNING ? 1 : 0;
}

void ledger_audit_add_format(struct ledger_audit *audit, enum diag_code code,
                             const struct audit_place *place, const char *format, ...)
{
    char text[TEXT_LONGEST];
    va_list values;
    va_start(values, format);
    int size = vsnprintf(text, sizeof(text), format, values);
    va_end(values);
    ledger_audit_add(audit, code, place, span_of(size > 0 ? text : ""));
}
