/* Looking at the characters of a line without running over its end. */
#ifndef TIDEGATE_COLLECTORS_LINT_CHAR_H
#define TIDEGATE_COLLECTORS_LINT_CHAR_H

#include "base/span.h"

static inline bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static inline bool is_upper(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static inline bool is_letter(char byte)
{
    return is_upper(byte) || (byte >= 'a' && byte <= 'z');
}

/* The byte at `index`, NUL behind the end. */
static inline char char_at(struct span text, size_t index)
{
    return index < text.size ? text.data[index] : '\0';
}

/* How many digits stand at `index`. */
static inline size_t digits_at(struct span text, size_t index)
{
    size_t size = 0;
    while (is_digit(char_at(text, index + size))) {
        size++;
    }
    return size;
}

static inline struct span skip_blanks(struct span text)
{
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t')) {
        text = span_from(text, 1);
    }
    return text;
}

static inline bool has_blank(struct span text)
{
    return span_find(text, ' ') != SIZE_MAX;
}

/* How many letters stand at the start. */
static inline size_t word_size(struct span text)
{
    size_t size = 0;
    while (is_letter(char_at(text, size))) {
        size++;
    }
    return size;
}

/* Whether the word is one of `words`, whatever its case; NULL ends them. */
static inline bool is_among(struct span word, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (span_is_caseless(word, *words)) {
            return true;
        }
    }
    return false;
}

/* Whether the text begins with one of `starts`; NULL ends them. */
static inline bool starts_any(struct span text, const char *const *starts)
{
    for (; *starts != NULL; starts++) {
        if (char_at(text, 0) == **starts && span_starts(text, *starts)) {
            return true;
        }
    }
    return false;
}

#endif
