/* Percent-encoding as in URIs (RFC 3986, section 2.1), for file names in the ledger's tree and
 * for trailer lines of its commits. Names of branches and groups are other people's text: they
 * must neither escape a folder nor start a line of their own. */
#include "ledger/percent.h"

#include "base/utf8.h"

#include <string.h>

static void add_escape(struct buf *out, char byte)
{
    static const char digits[] = "0123456789ABCDEF";
    unsigned char value = (unsigned char)byte;
    buf_add_byte(out, '%');
    buf_add_byte(out, digits[value >> 4]);
    buf_add_byte(out, digits[value & 15]);
}

static bool is_word(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
}

void percent_add_file_name(struct buf *out, struct span name)
{
    for (size_t at = 0; at < name.size; at++) {
        char byte = name.data[at];
        if (is_word(byte) || (byte == '.' && at > 0)) {
            buf_add_byte(out, byte);
        } else {
            add_escape(out, byte);
        }
    }
}

/* Escapes control characters, `%`, broken UTF-8 and the bytes of `also`. */
static void add_escaped(struct buf *out, struct span text, const char *also)
{
    size_t valid = utf8_valid_size(text);
    for (size_t at = 0; at < text.size; at++) {
        unsigned char byte = (unsigned char)text.data[at];
        if (at == valid) { /* this byte is broken; what comes behind it may be fine */
            add_escape(out, text.data[at]);
            valid = at + 1 + utf8_valid_size(span_from(text, at + 1));
        } else if (byte < 0x20 || byte == 0x7f || byte == '%' || strchr(also, byte) != NULL) {
            add_escape(out, text.data[at]);
        } else {
            buf_add_byte(out, text.data[at]);
        }
    }
}

void percent_add_line(struct buf *out, struct span text)
{
    add_escaped(out, text, "");
}

void percent_add_plain(struct buf *out, struct span text)
{
    add_escaped(out, text, "`|<>&[]()*\\!@#");
}

static int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

bool percent_decode(struct buf *out, struct span text)
{
    for (size_t at = 0; at < text.size; at++) {
        if (text.data[at] != '%') {
            buf_add_byte(out, text.data[at]);
            continue;
        }
        int high = at + 2 < text.size ? digit_value(text.data[at + 1]) : -1;
        int low = at + 2 < text.size ? digit_value(text.data[at + 2]) : -1;
        if (high < 0 || low < 0) {
            return false;
        }
        buf_add_byte(out, (char)(high * 16 + low));
        at += 2;
    }
    return true;
}
