/* Elements of JUnit problems -> one message: what a person is shown of a case that did not pass.
 *
 * Writers put it into `message`, into the text of the element, or nowhere; then the type, mostly
 * the name of an exception, has to do. Text is cut at the ceiling of one text; white space before
 * it does not count. */
#include "collectors/junit_message.h"

#include "base/limits.h"
#include "collectors/junit_words.h"

#include <string.h>

void junit_message_release(struct junit_message *message)
{
    buf_release(&message->text);
    buf_release(&message->type);
}

void junit_message_clear(struct junit_message *message)
{
    buf_clear(&message->text);
}

void junit_message_start(struct junit_message *message, const struct xml_element *problem)
{
    if (message->text.size > 0 || message->depth > 0) {
        return;
    }
    struct span attribute = xml_attribute(problem, MESSAGE);
    if (span_trim(attribute).size > 0) {
        buf_add(&message->text, attribute);
    } else {
        message->depth = problem->depth;
        message->wants_text = true;
        buf_clear(&message->type);
        buf_add(&message->type, xml_attribute(problem, TYPE));
    }
}

void junit_message_seek(struct junit_message *message, unsigned depth, const char *mark)
{
    message->depth = depth;
    message->wants_text = true;
    message->mark = mark;
    message->matched = 0;
    buf_clear(&message->type);
}

/* The rest of the text behind the mark. Text comes in pieces, which may end inside of it. */
static struct span behind_mark(struct junit_message *message, struct span text)
{
    size_t size = strlen(message->mark);
    while (text.size > 0 && message->matched != size) {
        char byte = text.data[0];
        if (byte == '\n') {
            message->matched = 0;
        } else if (message->matched < size && byte == message->mark[message->matched]) {
            message->matched++;
        } else {
            message->matched = SIZE_MAX;
        }
        text = span_from(text, 1);
    }
    return text;
}

void junit_message_text(struct junit_message *message, unsigned depth, struct span text)
{
    if (depth != message->depth || message->text.size > LIMIT_TEXT_BYTES) {
        return;
    }
    if (message->mark != NULL) {
        text = behind_mark(message, text);
    }
    if (message->text.size == 0) {
        while (text.size > 0 && span_trim(span_until(text, 1)).size == 0) {
            text = span_from(text, 1);
        }
    }
    buf_add(&message->text, span_until(text, (size_t)LIMIT_TEXT_BYTES));
}

void junit_message_end(struct junit_message *message, unsigned depth)
{
    if (depth != message->depth) {
        return;
    }
    if (message->text.size == 0) {
        buf_add(&message->text, buf_span(&message->type));
    }
    message->depth = 0;
    message->mark = NULL;
    message->wants_text = false;
}
