/* The sticky error of a reader. */
#include "base/fault.h"

#include <stdarg.h>
#include <stdio.h>

void fault_set(struct fault *fault, enum fault_kind kind, uint64_t line, uint64_t column,
               const char *format, ...)
{
    if (fault->kind != FAULT_NONE) {
        return;
    }
    fault->kind = kind;
    fault->line = line;
    fault->column = column;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(fault->text, sizeof(fault->text), format, arguments);
    va_end(arguments);
}
