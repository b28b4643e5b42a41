/* Diagnostics: what the program has to say, each with a stable code.
 *
 * The catalogue is diags.def: code, severity, what happened, what to do. `tidegate explain CODE`,
 * `tidegate codes` and docs/reference/diagnostics.md come from it. A diagnostic is added once,
 * where the detail is known, and is never reworded on its way up. */
#ifndef TIDEGATE_MODEL_DIAG_H
#define TIDEGATE_MODEL_DIAG_H

#include "base/name.h"
#include "base/vec.h"

enum severity { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR };

enum diag_code {
#define DIAG(id, code, severity, title, remedy) id,
#include "model/diags.def"
#undef DIAG
    DIAG_CODE_COUNT
};

struct diag_kind {
    const char *code; /* "lcov/bad-count" */
    enum severity severity;
    const char *title;  /* what happened, one sentence */
    const char *remedy; /* what to do, one or more sentences */
};

struct diag {
    enum diag_code code;
    enum severity severity;
    const struct name *file; /* as the user wrote it; NULL if none */
    uint64_t line;           /* from 1; 0 is unknown */
    uint64_t column;         /* from 1; 0 is unknown */
    const struct name *text; /* one line: the title, or what exactly was found and expected */
    uint64_t repeats;        /* how many more of this code were not kept */
};

/* A list in order of arrival; at most LIMIT_DIAGS_SAME of one code, further ones are counted in the
 * last one kept. Texts are interned in `names`, cut at LIMIT_TEXT_BYTES and repaired to valid
 * UTF-8. */
struct diags {
    struct names *names; /* borrowed */
    struct vec list;     /* struct diag */
    size_t errors;
    size_t warnings;
};

const struct diag_kind *diag_kind(enum diag_code code);
const char *severity_text(enum severity severity); /* "info", "warning", "error" */
/* The code with this text, or DIAG_CODE_COUNT. */
enum diag_code diag_code_of(struct span text);

void diags_init(struct diags *diags, struct names *names);
void diags_release(struct diags *diags);
/* Adds a diagnostic at the catalogue's severity. An empty `detail` gives the title as text,
 * otherwise the text is the detail alone. */
void diags_add(struct diags *diags, enum diag_code code, const struct name *file, uint64_t line,
               uint64_t column, struct span detail);
/* The same as an error, whatever the catalogue says, and never left out: for what decides an
 * outcome. */
void diags_add_error(struct diags *diags, enum diag_code code, const struct name *file,
                     uint64_t line, uint64_t column, struct span detail);
void diags_add_format(struct diags *diags, enum diag_code code, const struct name *file,
                      uint64_t line, uint64_t column, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
/* The last diagnostic of this code happened so many times more. */
void diags_repeat(struct diags *diags, enum diag_code code, uint64_t times);
/* What was said with this code does not hold after all. */
void diags_forget(struct diags *diags, enum diag_code code);
size_t diags_count(const struct diags *diags);
const struct diag *diags_at(const struct diags *diags, size_t index);

#endif
