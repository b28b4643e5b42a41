/* Lines as a terminal shows them: ECMA-48 escape sequences are left out, and what a carriage return
 * overwrote. */
#include "collectors/lint_plain.h"

#include "collectors/lint_char.h"

/* Behind the escape sequence at `index`: CSI, OSC or two characters. */
static size_t behind_escape(struct span text, size_t index)
{
    char kind = char_at(text, ++index);
    index++;
    if (kind == '[') {
        while (index < text.size && text.data[index] >= 0x20 && text.data[index] < 0x40) {
            index++;
        }
        return index + 1;
    }
    if (kind == ']') {
        while (index < text.size && text.data[index] != '\a' && text.data[index] != '\x1B') {
            index++;
        }
        return char_at(text, index) == '\x1B' ? index + 2 : index + 1;
    }
    return index;
}

struct span lint_plain(struct buf *plain, struct span text)
{
    buf_clear(plain);
    for (size_t index = 0; index < text.size;) {
        char byte = text.data[index];
        if (byte == '\x1B') {
            index = behind_escape(text, index);
            continue;
        }
        if (byte == '\r') {
            buf_clear(plain);
        } else if ((unsigned char)byte >= 0x20 || byte == '\t') {
            buf_add_byte(plain, byte);
        } else {
            buf_add_text(plain, "\xEF\xBF\xBD");
        }
        index++;
    }
    return buf_span(plain);
}
