/* What is wrong with a JSON document, in words that lead to the cause. */
#include "base/json_inside.h"

__attribute__((cold)) char *json_reader_fail(struct json_reader *reader)
{
    reader->expect = EXPECT_NOTHING;
    reader->text = span_make(NULL, 0);
    reader->token = JSON_FAULT;
    return NULL;
}

__attribute__((cold)) char *json_reader_refuse(struct json_reader *reader, const char *at,
                                               enum fault_kind kind, const char *text)
{
    json_lex_refuse(&reader->window, at, kind, text);
    return json_reader_fail(reader);
}

/* What a byte that can begin neither a value nor a key usually means. */
static const char *cause_of(char byte)
{
    switch (byte) {
    case '<': return "HTML or XML instead of JSON: probably an error page";
    case '\'': return "single quotes; JSON has double quotes only";
    case '/':
    case '#': return "a comment; JSON has none";
    case 'N':
    case 'I':
    case 'T':
    case 'F':
    case 'u': return "a word that JSON does not have, like NaN, Infinity, None or True";
    case ']':
    case '}': return "a closing bracket behind a comma or colon";
    default: return NULL;
    }
}

__attribute__((cold)) char *json_refuse_start(struct json_reader *reader, const char *at,
                                              const char *wanted)
{
    if (*at == 0) {
        return json_reader_refuse(reader, at, FAULT_CONTROL, "a NUL byte");
    }
    const char *cause = cause_of(*at);
    return json_reader_refuse(reader, at, FAULT_SYNTAX, cause != NULL ? cause : wanted);
}

/* The first words tell where they come from, mostly the summary that a tool prints for people. */
__attribute__((cold)) char *json_refuse_more(struct json_reader *reader, const char *at)
{
    enum { SHOWN = 40 };
    struct json_window *window = &reader->window;
    struct json_place place = json_window_place(window, at);
    struct span rest = span_make(at, (size_t)(window->end - at));
    struct span words = span_until(span_cut(&rest, '\n'), SHOWN);
    fault_set(input_fault_slot(window->input), FAULT_SYNTAX, place.line, place.column,
              "text behind the document: %.*s", SPAN_ARG(words));
    return json_reader_fail(reader);
}

__attribute__((cold)) char *json_refuse_key(struct json_reader *reader,
                                            enum json_keys_answer answer)
{
    struct json_window *window = &reader->window;
    struct json_place place = json_window_place(window, reader->text.data - 1);
    if (answer == JSON_KEYS_TWICE) {
        struct span key = span_until(reader->text, 60);
        fault_set(input_fault_slot(window->input), FAULT_DUPLICATE, place.line, place.column,
                  "the key \"%.*s\" stands twice in one object", SPAN_ARG(key));
    } else {
        fault_set(input_fault_slot(window->input), FAULT_LIMIT, place.line, place.column,
                  "more keys than the ceiling of %llu", (unsigned long long)LIMIT_JSON_KEYS);
    }
    return json_reader_fail(reader);
}

__attribute__((cold)) char *json_refuse_depth(struct json_reader *reader, const char *at)
{
    return json_reader_refuse(reader, at, FAULT_LIMIT, "nested deeper than the ceiling allows");
}

__attribute__((cold)) char *json_refuse_behind_value(struct json_reader *reader, const char *at)
{
    return json_reader_refuse(reader, at, *at == 0 ? FAULT_CONTROL : FAULT_SYNTAX,
                              json_in_object(reader) ? "',' or '}' was expected"
                                                     : "',' or ']' was expected");
}
