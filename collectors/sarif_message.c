/* Message and arguments -> text. */
#include "collectors/sarif_message.h"

/* The argument with this number; false if there are fewer. */
static bool argument_at(struct span arguments, uint64_t number, struct span *argument)
{
    while (arguments.size > 0) {
        *argument = span_cut(&arguments, '\0');
        if (number-- == 0) {
            return true;
        }
    }
    return false;
}

/* Takes a placeholder like {0} from the front of `*rest`. */
static bool take_placeholder(struct span *rest, struct span arguments, struct span *argument)
{
    size_t end = span_find(*rest, '}');
    uint64_t number = 0;
    if (end == SIZE_MAX || !span_to_u64(span_from(span_until(*rest, end), 1), &number) ||
        !argument_at(arguments, number, argument)) {
        return false;
    }
    *rest = span_from(*rest, end + 1);
    return true;
}

/* Braces that are meant are written twice (3.11.5). */
static void add_filled(struct buf *out, struct span text, struct span arguments)
{
    while (text.size > 0) {
        struct span argument;
        if (span_starts(text, "{{") || span_starts(text, "}}")) {
            buf_add_byte(out, text.data[0]);
            text = span_from(text, 2);
        } else if (text.data[0] == '{' && take_placeholder(&text, arguments, &argument)) {
            buf_add(out, argument);
        } else {
            buf_add_byte(out, text.data[0]);
            text = span_from(text, 1);
        }
    }
}

struct span sarif_message_text(const struct sarif_rules *rules, const struct sarif_rule *rule,
                               const struct sarif_result *result, struct buf *out)
{
    struct span text = result->text;
    if (text.size == 0 && result->message_id.size > 0) {
        text = sarif_rules_message(rules, rule, result->message_id);
        text = text.size > 0 ? text : result->message_id;
    }
    if (result->arguments.size == 0 || span_find(text, '{') == SIZE_MAX) {
        return text;
    }
    buf_clear(out);
    add_filled(out, text, result->arguments);
    return buf_span(out);
}
