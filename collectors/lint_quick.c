/* `path:12:3: warning: message [rule]` without a loop over digits or a search that was made before.
 *
 * A log of a big build has a million such lines, and most of them name the file of the line before.
 * Whatever looks odd is left to lint_line.c, so this file knows no exceptions; a test compares the
 * two. */
#include "collectors/lint_quick.h"

#include "collectors/lint_char.h"

#include "base/bytes16.h"

#include <string.h>

/* How many digits stand at `text`, at most eight, of which eight bytes are readable. All bytes at
 * once: the first one that is no digit is found by a carry. */
static size_t quick_digits(const char *text)
{
    const uint64_t ones = UINT64_MAX / 255;
    uint64_t word = 0;
    for (unsigned index = 0; index < 8; index++) { /* little-endian on every machine */
        word |= (uint64_t)(unsigned char)text[index] << (8 * index);
    }
    word ^= ones * '0';
    uint64_t others = ((word + ones * 0x76) | word) & ones * 0x80;
    return others != 0 ? (size_t)__builtin_ctzll(others) / 8 : 8;
}

enum { SHORTEST = 32 }; /* behind the path: makes room for reading without looking at the ends */

/* The last `[`, blank or comma before `end`, of which one stands there. */
static const char *quick_rule_begin(const char *end)
{
    const char *at = end - 16;
    uint32_t bits = 0;
    for (unsigned piece = 0; piece < SHORTEST / 16 && bits == 0; piece++) {
        at = end - (size_t)16 * (piece + 1);
        bits = bytes16_equal(at, '[') | bytes16_equal(at, ' ') | bytes16_equal(at, ',');
    }
    if (bits != 0) {
        return at + 31 - __builtin_clz(bits);
    }
    while (*at != '[' && *at != ' ' && *at != ',') {
        at--;
    }
    return at;
}

/* The rule in brackets that ends the text: `[-Wshadow]`. False when a closer look is needed. A
 * blank stands somewhere before `end`. A colour code in the brackets would begin them or hold a
 * bracket itself. */
static bool quick_rule(const char *end, struct span *rule)
{
    if (end[-1] != ']') {
        *rule = span_make(NULL, 0);
        return end[-1] != ')';
    }
    const char *at = quick_rule_begin(end);
    *rule = span_make(at + 1, (size_t)(end - at) - 2);
    return *at == '[' && at[-1] == ' ' && (is_letter(at[1]) || at[1] == '-') && end - at > 2 &&
           end - at < 100;
}

/* memcmp for paths: sixteen bytes at a time, the last ones perhaps twice, and no call. */
static bool quick_same(const char *left, const char *right, size_t size)
{
    if (size < 16) {
        return memcmp(left, right, size) == 0;
    }
    size_t at = 0;
    while (at + 16 < size && memcmp(left + at, right + at, 16) == 0) {
        at += 16;
    }
    return at + 16 >= size && memcmp(left + size - 16, right + size - 16, 16) == 0;
}

/* The path that ends at `colon`: that of the finding before, or a new one that looks usual. */
static bool quick_path(struct span text, struct span last, struct span *path)
{
    if (last.size > 0 && text.size > last.size && text.data[last.size] == ':' &&
        quick_same(text.data, last.data, last.size)) {
        *path = last;
        return true;
    }
    const char *colon = memchr(text.data, ':', text.size);
    size_t size = colon != NULL ? (size_t)(colon - text.data) : 0;
    *path = span_make(text.data, size);
    while (size > 0 && text.data[size - 1] > ' ' && text.data[size - 1] <= '~') {
        size--;
    }
    return path->size > 0 && size == 0;
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

enum lint_line_kind lint_quick_read(struct span text, const struct sink *sink,
                                    struct finding_in *found)
{
    char begin = text.data[0];
    bool begins = is_letter(begin) || begin == '.' || begin == '/';
    if (!begins || !quick_path(text, name_span(sink->last_path), &found->path)) {
        return LINT_LINE_OTHER;
    }
    const char *end = text.data + text.size;
    const char *colon = text.data + found->path.size;
    if (lint_line_is_context(span_make(colon + 1, (size_t)(end - colon) - 1))) {
        return LINT_LINE_NOTE;
    }
    if (end - colon < SHORTEST) {
        return LINT_LINE_OTHER;
    }
    struct span line = span_make(colon + 1, quick_digits(colon + 1));
    struct span column = span_make(line.data + line.size + 1, 0);
    if (column.data[-1] == ':' && is_digit(*column.data)) {
        column.size = quick_digits(column.data);
    }
    const char *at = column.size > 0 ? column.data + column.size : column.data - 1;
    if (line.size == 0 || line.size > 7 || at[0] != ':' || at[1] != ' ') {
        return LINT_LINE_OTHER;
    }
    at += 2;
    enum lint_line_kind kind = quick_kind(&at, end[-1] == ']', &found->level);
    bool plain = *at > ' ' && *at != '[' && (*at < 'A' || *at > 'Z');
    if (kind == LINT_LINE_OTHER || !plain || at >= end || !quick_rule(end, &found->rule)) {
        return LINT_LINE_OTHER;
    }
    found->message = span_make(at, (size_t)(end - at));
    found->line = found->column = 0;
    if (sink_keeps_detail(sink, found->level)) {
        span_to_u64(line, &found->line);
        span_to_u64(column, &found->column);
    }
    return kind;
}
