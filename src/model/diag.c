/* The catalogue of diagnostics, and a bounded list of them. */
#include "model/diag.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

static const struct diag_kind catalogue[] = {
#define DIAG(id, code, severity, title, remedy) {code, severity, title, remedy},
#include "model/diags.def"
#undef DIAG
};

const struct diag_kind *diag_kind(enum diag_code code)
{
    return &catalogue[code];
}

const char *severity_text(enum severity severity)
{
    static const char *const texts[] = {"info", "warning", "error"};
    return texts[severity];
}

enum diag_code diag_code_of(struct span text)
{
    size_t code = 0;
    while (code < DIAG_CODE_COUNT && !span_is(text, catalogue[code].code)) {
        code++;
    }
    return (enum diag_code)code;
}

void diags_init(struct diags *diags, struct names *names)
{
    *diags = (struct diags){.names = names};
    vec_init(&diags->list, sizeof(struct diag));
}

void diags_release(struct diags *diags)
{
    vec_release(&diags->list);
}

/* The last diagnostic kept of this code when the ceiling is reached, else NULL. */
static struct diag *full_for(const struct diags *diags, enum diag_code code)
{
    struct diag *last = NULL;
    size_t same = 0;
    for (size_t index = 0; index < diags->list.count; index++) {
        struct diag *diag = vec_at(&diags->list, index);
        if (diag->code == code) {
            last = diag;
            same++;
        }
    }
    return same >= LIMIT_DIAGS_SAME ? last : NULL;
}

/* One line of valid UTF-8, at most LIMIT_TEXT_BYTES long. */
static const struct name *one_line(struct names *names, struct span text)
{
    struct buf line;
    buf_init(&line);
    utf8_add_repaired(&line, span_until(text, (size_t)LIMIT_TEXT_BYTES));
    for (size_t at = 0; at < line.size; at++) {
        if (line.data[at] == '\n' || line.data[at] == '\r' || line.data[at] == '\0') {
            line.data[at] = ' ';
        }
    }
    const struct name *name = names_add(names, buf_span(&line));
    buf_release(&line);
    return name;
}

static void append(struct diags *diags, enum diag_code code, enum severity severity,
                   const struct name *file, uint64_t line, uint64_t column, struct span detail)
{
    struct diag *diag = vec_add(&diags->list);
    diag->code = code;
    diag->severity = severity;
    diag->file = file;
    diag->line = line;
    diag->column = column;
    diag->text = one_line(diags->names, detail.size > 0 ? detail : span_of(diag_kind(code)->title));
}

void diags_add(struct diags *diags, enum diag_code code, const struct name *file, uint64_t line,
               uint64_t column, struct span detail)
{
    enum severity severity = diag_kind(code)->severity;
    diags->errors += severity == SEVERITY_ERROR;
    diags->warnings += severity == SEVERITY_WARNING;
    struct diag *full = full_for(diags, code);
    if (full != NULL) {
        full->repeats++;
    } else {
        append(diags, code, severity, file, line, column, detail);
    }
}

void diags_add_error(struct diags *diags, enum diag_code code, const struct name *file,
                     uint64_t line, uint64_t column, struct span detail)
{
    diags->errors++;
    append(diags, code, SEVERITY_ERROR, file, line, column, detail);
}

void diags_add_format(struct diags *diags, enum diag_code code, const struct name *file,
                      uint64_t line, uint64_t column, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    diags_add(diags, code, file, line, column, span_of(text));
}

void diags_repeat(struct diags *diags, enum diag_code code, uint64_t times)
{
    struct diag *last = NULL;
    for (size_t index = 0; index < diags->list.count; index++) {
        struct diag *diag = vec_at(&diags->list, index);
        last = diag->code == code ? diag : last;
    }
    if (last != NULL && times <= UINT32_MAX) {
        last->repeats += times;
        diags->errors += last->severity == SEVERITY_ERROR ? (size_t)times : 0;
        diags->warnings += last->severity == SEVERITY_WARNING ? (size_t)times : 0;
    }
}

void diags_forget(struct diags *diags, enum diag_code code)
{
    size_t kept = 0;
    for (size_t index = 0; index < diags->list.count; index++) {
        const struct diag *diag = vec_at(&diags->list, index);
        size_t times = 1 + (size_t)diag->repeats;
        if (diag->code == code) {
            diags->errors -= diag->severity == SEVERITY_ERROR ? times : 0;
            diags->warnings -= diag->severity == SEVERITY_WARNING ? times : 0;
        } else {
            *(struct diag *)vec_at(&diags->list, kept++) = *diag;
        }
    }
    diags->list.count = kept;
}

size_t diags_count(const struct diags *diags)
{
    return diags->list.count;
}

const struct diag *diags_at(const struct diags *diags, size_t index)
{
    return vec_at(&diags->list, index);
}
