/* Where plain text of JSON strings ends: each way that the program has, against one byte after the
 * other (RFC 8259, section 7). */
#include "check.h"

#include "base/json_plain.h"

#include <string.h>

enum { TEXT = 400, BEHIND = 64 };

/* By the grammar alone. */
static const char *end_by_grammar(const char *at, bool *escaped)
{
    for (;; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte == '\\') {
            if (at[1] == '\0' || strchr("\"\\/bfnrt", at[1]) == NULL) {
                return at;
            }
            *escaped = true;
            at++;
        } else if (byte == '"' || byte < 0x20 || byte >= 0x80) {
            return at;
        }
    }
}

/* A text of plain bytes and what is rare among them, the same in every run. */
static void make_text(char *text, uint32_t *seed, unsigned rare_of_256)
{
    static const char plain[] = "abn /tx";
    static const char rare[] = "\\\\\\\\\\\"n\"u\x01\xc3\n";
    for (size_t at = 0; at < TEXT; at++) {
        *seed = *seed * 1664525U + 1013904223U;
        uint32_t pick = *seed >> 8;
        text[at] = (pick & 255) < rare_of_256 ? rare[(pick >> 8) % (sizeof(rare) - 1)]
                                              : plain[(pick >> 8) % (sizeof(plain) - 1)];
    }
    memset(text + TEXT, 0, BEHIND + 1);
}

static void check_way(json_plain_end *way, char *text)
{
    for (size_t start = 0; start < TEXT; start += 1 + start / 3) {
        bool wanted_escaped = false;
        bool escaped = false;
        const char *wanted = end_by_grammar(text + start, &wanted_escaped);
        assert_ptr_equal(way(text + start, &escaped), wanted);
        /* An escape that is left to the caller may be marked already. */
        assert_true(escaped == wanted_escaped || *wanted == '\\');
    }
}

static void check_all(json_plain_end *way)
{
    char text[TEXT + BEHIND + 1];
    uint32_t seed = 1;
    for (unsigned rare = 0; rare < 256; rare += 3) {
        for (unsigned round = 0; round < 40; round++) {
            make_text(text, &seed, rare);
            check_way(way, text);
        }
    }
    /* Rows of backslashes over the borders of 64 bytes. */
    for (size_t before = 50; before < 140; before++) {
        for (size_t row = 1; row < 140; row++) {
            memset(text, 'x', TEXT);
            memset(text + before, '\\', row);
            memcpy(text + before + row, "\"n\"", 3);
            memset(text + TEXT, 0, BEHIND + 1);
            check_way(way, text);
        }
    }
}

static void portable(void **state)
{
    (void)state;
    check_all(json_plain_end_portable);
}

static void chosen(void **state)
{
    (void)state;
    check_all(json_plain_end_chosen());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(portable),
        cmocka_unit_test(chosen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
