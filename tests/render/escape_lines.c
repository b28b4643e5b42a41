/* Runs one of the escape functions over lines of standard input, each the hexadecimal form of a
 * text, and prints one line for each: escape_lines text|code|code-cell|prose|prose-cell. A tool
 * of check_escape.py. */
#include "render/escape.h"

#include <stdio.h>
#include <string.h>

static int digit(char byte)
{
    return byte <= '9' ? byte - '0' : byte - 'a' + 10;
}

static void escape(const char *mode, struct span text, struct buf *out)
{
    enum escape_place place = strstr(mode, "-cell") != NULL ? ESCAPE_CELL : ESCAPE_LINE;
    if (mode[0] == 't') {
        escape_add_text(out, text, 0);
    } else if (mode[0] == 'c') {
        escape_add_code(out, text, 0, place);
    } else {
        escape_add_markdown(out, text, 0, place);
    }
}

int main(int argc, char **argv)
{
    char line[8192];
    struct buf text = {0};
    struct buf out = {0};
    while (argc == 2 && fgets(line, sizeof(line), stdin) != NULL) {
        size_t size = strcspn(line, "\n");
        for (size_t at = 0; at + 1 < size; at += 2) {
            buf_add_byte(&text, (char)(digit(line[at]) * 16 + digit(line[at + 1])));
        }
        escape(argv[1], buf_span(&text), &out);
        buf_add_byte(&out, '\n');
        buf_clear(&text);
    }
    fwrite(out.data, 1, out.size, stdout);
    buf_release(&text);
    buf_release(&out);
    return 0;
}
