/* `path:12:3: warning: message [rule]` without a loop over digits or a search that was made before.
 *
 * A log of a big build has a million such lines, and most of them name the file of the line before. Whatever
 * looks odd is left to lint_line.c, so this file knows no exceptions; a test compares the two. */
#include "collectors/lint_quick.h"

#include "collectors/lint_char.h"

#include <string.h>

/* A number of at most eight digits in eight readable bytes; *size is how many digits there are. All digits at
 * once: the first byte that is no digit is found by a carry, then pairs are joined three times. */
static uint64_t quick_number(const char *text, size_t *size)
{
    const uint64_t ones = UINT64_MAX / 255;
    uint64_t word = 0;
    for (unsigned index = 0; index < 8; index++) { /* little-endian on every machine */
        word |= (uint64_t)(unsigned char)text[index] << (8 * index);
    }
    word ^= ones * '0';
    uint64_t others = ((word + ones * 0x76) | word) & ones * 0x80;
    unsigned digits = others != 0 ? (unsigned)__builtin_ctzll(others) / 8 : 8;
    *size = digits;
    if (digits == 0) {
        return 0;
    }
    word <<= 8 * (8 - digits);
    word = word * 10 + (word >> 8);
    return (((word & 0x000000FF000000FF) * 0x000F424000000064 +
             ((word >> 16) & 0x000000FF000000FF) * 0x0000271000000001) >>
            32);
}

/* The rule in brackets that ends the text: `[-Wshadow]`. False when a closer look is needed. */
static bool quick_rule(const char *start, const char *end, struct span *rule)
{
    static const bool stops[256] = {[' '] = true, ['['] = true, [','] = true, ['\t'] = true};
    const char *at = end - 1;
    if (end[-1] != ']') {
        *rule = span_make(NULL, 0);
        return end[-1] != ')';
    }
    while (at > start && !stops[(unsigned char)*at]) {
        at--;
    }
    *rule = span_make(at + 1, (size_t)(end - at) - 2);
    return *at == '[' && at[-1] == ' ' && !is_digit(at[1]) && end - at > 2 && end - at < 100;
}

/* Reads the severity word at *at, which has eleven readable bytes, and moves behind it. */
static enum lint_line_kind quick_kind(const char **at, bool bracket, enum level *level)
{
    const char *word = *at;
    if (memcmp(word, "warning:", 8) == 0 && word[8] == ' ') {
        *level = LEVEL_WARNING;
        *at += 9;
        return LINT_LINE_FINDING;
    }
    if (memcmp(word, "erro", 4) == 0 && word[4] == 'r' && word[5] == ':' && word[6] == ' ') {
        *level = LEVEL_ERROR;
        *at += 7;
        return LINT_LINE_FINDING;
    }
    if (memcmp(word, "note", 4) == 0 && word[4] == ':' && word[5] == ' ' && !bracket) {
        *level = LEVEL_NOTE; /* with brackets it may be one of shellcheck, which count */
        *at += 6;
        return LINT_LINE_NOTE;
    }
    return LINT_LINE_OTHER;
}

enum lint_line_kind lint_quick_read(struct span text, struct span path, struct lint_line *found)
{
    const char *end = text.data + text.size;
    const char *colon = text.data + path.size;
    if (path.size == 0 || text.size <= path.size || *colon != ':' ||
        memcmp(text.data, path.data, path.size) != 0) {
        bool begins = is_letter(text.data[0]) || text.data[0] == '.' || text.data[0] == '/';
        colon = begins ? memchr(text.data, ':', text.size) : NULL;
        if (colon == NULL || memchr(text.data, ' ', (size_t)(colon - text.data)) != NULL) {
            return LINT_LINE_OTHER;
        }
    }
    if (lint_line_is_context(span_make(colon + 1, (size_t)(end - colon) - 1))) {
        return LINT_LINE_NOTE;
    }
    if (end - colon < 32) {
        return LINT_LINE_OTHER;
    }
    size_t size;
    const char *at = colon + 1;
    found->line = quick_number(at, &size);
    at += size;
    found->column = 0;
    if (size > 0 && *at == ':' && is_digit(at[1])) {
        found->column = quick_number(at + 1, &size);
        at += 1 + size;
    }
    if (size == 0 || at[0] != ':' || at[1] != ' ') {
        return LINT_LINE_OTHER;
    }
    at += 2;
    enum lint_line_kind kind = quick_kind(&at, end[-1] == ']', &found->level);
    bool plain = at<end && * at> ' ' && *at != '[' && (*at < 'A' || *at > 'Z');
    if (kind == LINT_LINE_OTHER || !plain || !quick_rule(at, end, &found->rule)) {
        return LINT_LINE_OTHER;
    }
    found->path = span_make(text.data, (size_t)(colon - text.data));
    found->message = span_make(at, (size_t)(end - at));
    return kind;
}
