/* The message of the first problem of a test case or of a suite: its attribute, else its text, else
 * its type. */
#ifndef TIDEGATE_COLLECTORS_JUNIT_MESSAGE_H
#define TIDEGATE_COLLECTORS_JUNIT_MESSAGE_H

#include "base/buf.h"
#include "base/xml_read.h"

/* Life cycle: a zeroed struct; junit_message_clear where a case or a problem of a suite begins,
 * then the events of the document as they come; junit_message_release. */
struct junit_message {
    struct buf text;
    struct buf type;  /* what stands in for a message without text */
    unsigned depth;   /* of the element whose text is the message; 0 if none */
    bool wants_text;  /* there is one */
    const char *mark; /* what stands before the message, at the start of a line; NULL: nothing */
    size_t matched;   /* bytes of it; SIZE_MAX: this line does not start with it */
};

void junit_message_release(struct junit_message *message);

/* Forgets the message, so that the next problem is the first one. */
void junit_message_clear(struct junit_message *message);
/* Takes the message of a problem, unless one before it has any. */
void junit_message_start(struct junit_message *message, const struct xml_element *problem);
/* Takes what follows `mark` at the start of a line in the text of the element at `depth`. */
void junit_message_seek(struct junit_message *message, unsigned depth, const char *mark);
/* Text directly in the element at `depth`. */
void junit_message_text(struct junit_message *message, unsigned depth, struct span text);
/* The element at `depth` ends. */
void junit_message_end(struct junit_message *message, unsigned depth);

#endif
