/* What YAML is before and below its structure: bytes that may stand in a file, and types of plain
 * scalars. */
#include "policy/yaml_text.h"

#include "base/decimal.h"
#include "base/limits.h"
#include "base/utf8.h"

/* Line and column (in characters) of byte `at`. */
static void place_of(struct span text, size_t at, uint64_t *line, uint64_t *column)
{
    *line = 1;
    *column = 1;
    for (size_t index = 0; index < at; index++) {
        if (text.data[index] == '\n') {
            (*line)++;
            *column = 1;
        } else if (((unsigned char)text.data[index] & 0xC0) != 0x80) {
            (*column)++;
        }
    }
}

/* Position of the first control character that YAML does not allow, or the size of the text. */
static size_t find_control(struct span text)
{
    size_t at = 0;
    while (at < text.size) {
        unsigned char byte = (unsigned char)text.data[at];
        if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F) {
            break;
        }
        at++;
    }
    return at;
}

bool yaml_text_check(struct span text, const struct name *path, struct diags *diags)
{
    uint64_t line;
    uint64_t column;
    if (text.size > LIMIT_POLICY_BYTES) {
        diags_add_format(diags, DIAG_POLICY_LIMIT, path, 0, 0,
                         "the file has %zu bytes; at most %llu are read", text.size,
                         (unsigned long long)LIMIT_POLICY_BYTES);
        return false;
    }
    size_t valid = utf8_valid_size(text);
    if (valid < text.size) {
        place_of(text, valid, &line, &column);
        diags_add(diags, DIAG_INPUT_ENCODING, path, line, column, SPAN("a byte that is not UTF-8"));
        return false;
    }
    size_t control = find_control(text);
    if (control < text.size) {
        place_of(text, control, &line, &column);
        diags_add_format(diags, DIAG_INPUT_CONTROL, path, line, column,
                         "a control character (U+%04X)",
                         (unsigned)(unsigned char)text.data[control]);
        return false;
    }
    return true;
}

static bool is_one_of(struct span text, const char *const *words)
{
    while (*words != NULL && !span_is(text, *words)) {
        words++;
    }
    return *words != NULL;
}

static bool looks_like_number(struct span text)
{
    struct decimal ignored;
    return decimal_parse(text, &ignored, NULL);
}

enum yaml_type yaml_plain_type(struct span text)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const bools[] = {"true", "True", "TRUE", "false", "False", "FALSE", NULL};
    if (is_one_of(text, nulls)) {
        return YAML_NULL;
    }
    if (is_one_of(text, bools)) {
        return YAML_BOOL;
    }
    return looks_like_number(text) ? YAML_NUMBER : YAML_TEXT;
}
