/* Words and numbers of severity -> level and band (SARIF 2.1.0, 3.27.10 and 3.50.3; GitHub's
 * security-severity).
 *
 * A level that SARIF does not have is taken as an error. `security-severity` is a text with a
 * number from 0 to 10; some writers give the number itself. */
#include "collectors/sarif_severity.h"

#include "base/decimal.h"

/* ---- levels ---- */

enum level sarif_level_of(struct span text, bool *known)
{
    static const char *const words[] = {"none", "note", "warning", "error"};
    for (size_t level = 0; level < sizeof(words) / sizeof(words[0]); level++) {
        if (span_is(text, words[level])) {
            *known = true;
            return (enum level)level;
        }
    }
    *known = false;
    return LEVEL_ERROR;
}

void sarif_read_level(struct json_reader *json, uint8_t *level)
{
    struct span text;
    bool known = false;
    if (json_string(json, &text)) {
        *level = (uint8_t)sarif_level_of(text, &known);
    }
}

void sarif_read_configuration(struct json_reader *json, uint8_t *level)
{
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "level")) {
            sarif_read_level(json, level);
        } else {
            json_skip(json);
        }
    }
}

/* ---- security-severity ---- */

static bool at_least(struct decimal value, int64_t bound)
{
    return decimal_compare(value, decimal_make(bound, 0)) >= 0;
}

static enum band band_of_severity(struct decimal severity)
{
    if (at_least(severity, 9)) {
        return BAND_CRITICAL;
    }
    if (at_least(severity, 7)) {
        return BAND_HIGH;
    }
    if (at_least(severity, 4)) {
        return BAND_MEDIUM;
    }
    return decimal_compare(severity, decimal_make(0, 0)) > 0 ? BAND_LOW : BAND_NONE;
}

enum sarif_severity sarif_read_severity(struct json_reader *json, enum band *band)
{
    *band = BAND_NONE;
    enum json_token token = json_peek(json);
    struct span text = json_text(json);
    struct decimal value;
    bool cut = false;
    bool readable = (token == JSON_STRING || token == JSON_NUMBER) &&
                    decimal_parse(span_trim(text), &value, &cut);
    json_skip(json);
    if (!readable) {
        return token == JSON_NULL ? SARIF_SEVERITY_ABSENT : SARIF_SEVERITY_ODD;
    }
    *band = band_of_severity(value);
    bool possible = at_least(value, 0) && decimal_compare(value, decimal_make(10, 0)) <= 0;
    if (!possible) {
        return SARIF_SEVERITY_ODD;
    }
    return token == JSON_NUMBER ? SARIF_SEVERITY_NUMBER : SARIF_SEVERITY_TEXT;
}

/* ---- labels ---- */

uint8_t sarif_label_of(struct span word)
{
    static const char *const words[] = {"UNKNOWN", "LOW", "MEDIUM", "HIGH", "CRITICAL"};
    for (size_t band = 0; band < sizeof(words) / sizeof(words[0]); band++) {
        if (span_is(word, words[band])) {
            return (uint8_t)(band + 1);
        }
    }
    return 0;
}
