/* A waiver -> YAML as its author would have written it: quotes only where they are needed. */
#include "policy/waiver_yaml.h"

#include "base/date.h"
#include "base/utf8.h"
#include "policy/yaml_text.h"

/* May it stand without quotes, in block and flow lists? */
static bool is_plain(struct span text)
{
    for (size_t at = 0; at < text.size; at++) {
        char byte = text.data[at];
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        bool mark = (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' || byte == '.' ||
                    byte == '/' || byte == ' ';
        if (!letter && !(mark && at > 0)) {
            return false;
        }
    }
    return yaml_plain_type(text) == YAML_TEXT;
}

static void add_scalar(struct buf *out, struct span text)
{
    text = span_trim(text);
    if (is_plain(text)) {
        buf_add(out, text);
        return;
    }
    buf_add_byte(out, '"');
    while (text.size > 0) {
        size_t size = 1;
        uint32_t letter = utf8_decode(text, &size);
        bool hidden = letter < 0x20 || (letter >= 0x7F && letter < 0xA0) || letter == 0x2028 ||
                      letter == 0x2029 || letter == 0xFEFF;
        if (hidden) {
            buf_add_format(out, "\\u%04x", (unsigned)letter);
        } else {
            buf_add_text(out, letter == '"' || letter == '\\' ? "\\" : "");
            buf_add(out, span_until(text, size));
        }
        text = span_from(text, size);
    }
    buf_add_byte(out, '"');
}

void waiver_yaml_add_members(struct buf *out, const struct waiver *waiver, struct span between)
{
    const struct {
        const char *key;
        const struct name *value;
    } members[] = {{"gate", waiver->gate},
                   {"group", waiver->group},
                   {"component", waiver->component},
                   {"reason", waiver->reason},
                   {"owner", waiver->owner}};
    for (size_t index = 0; index < sizeof(members) / sizeof(members[0]); index++) {
        if (members[index].value != NULL) {
            buf_add_format(out, "%s: ", members[index].key);
            add_scalar(out, name_span(members[index].value));
            buf_add(out, between);
        }
    }
    buf_add_text(out, "until: ");
    date_add(out, waiver->until);
}

void waiver_yaml_add_item(struct buf *out, const struct waiver *waiver, size_t dash, size_t keys,
                          const char *line_end)
{
    struct buf between = {NULL, 0, 0};
    buf_add_text(&between, line_end);
    buf_add_repeat(&between, ' ', keys);
    buf_add_repeat(out, ' ', dash);
    buf_add_byte(out, '-');
    buf_add_repeat(out, ' ', keys - dash - 1);
    waiver_yaml_add_members(out, waiver, buf_span(&between));
    buf_release(&between);
}

void waiver_yaml_add_lines(struct buf *out, const struct waiver *waiver, size_t indent,
                           const char *line_end)
{
    waiver_yaml_add_item(out, waiver, indent, indent + 2, line_end);
    buf_add_text(out, line_end);
}
