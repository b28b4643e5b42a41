/* What a linter's JSON report says about its own run: lists of errors, flags, counts. */
#include "collectors/lint_json_trouble.h"

/* Is a text the one that is wanted? */
static bool is_wanted(struct span text, struct span wanted)
{
    bool begins = wanted.data[wanted.size - 1] == '*';
    struct span start = span_until(wanted, wanted.size - 1);
    return begins ? span_equal(span_until(text, start.size), start) : span_equal(text, wanted);
}

/* Takes the next value: an entry of a tool's list of its own errors. Semgrep marks small ones. */
static enum trouble read_entry(struct json_reader *json)
{
    struct span key;
    struct span level;
    enum trouble trouble = TROUBLE_REAL;
    if (json_peek(json) != JSON_OBJECT) {
        json_skip(json);
        return trouble;
    }
    json_object(json);
    while (json_key(json, &key)) {
        if (!span_is(key, "level")) {
            json_skip(json);
        } else if (json_string(json, &level) && !span_is_caseless(level, "error")) {
            trouble = TROUBLE_SMALL;
        }
    }
    return trouble;
}

enum trouble lint_json_read_trouble(struct json_reader *json, struct span wanted)
{
    enum trouble worst = TROUBLE_NONE;
    struct span key;
    switch (json_peek(json)) {
    case JSON_ARRAY:
        json_array(json);
        while (json_item(json)) {
            enum trouble trouble = read_entry(json);
            worst = trouble > worst ? trouble : worst;
        }
        if (span_is(wanted, "[]")) {
            return worst == TROUBLE_NONE ? TROUBLE_REAL : TROUBLE_NONE;
        }
        return worst;
    case JSON_OBJECT:
        json_object(json);
        while (json_key(json, &key)) {
            worst = TROUBLE_REAL;
            json_skip(json);
        }
        return worst;
    case JSON_STRING:
    case JSON_NUMBER: {
        json_next(json);
        struct span text = json_text(json);
        bool nothing = text.size == 0 || span_is(text, "0") || text.data[0] == '-';
        bool meant = wanted.size > 0 ? is_wanted(text, wanted) : !nothing;
        return meant ? TROUBLE_REAL : TROUBLE_NONE;
    }
    case JSON_TRUE: worst = TROUBLE_REAL; break;
    default: break;
    }
    json_skip(json);
    return worst;
}
