/* Window -> one checked token. Strings are walked from stop to stop (json_stops.h); the bytes
 * between are never looked at one by one. */
#include "base/json_lex.h"

#include "base/json_stops.h"

/* A string on its way: `start` is the first byte behind the opening quote, or, when the text is not
 * kept, the last place where the window was moved. */
struct string_scan {
    char *start;
    char *at;
    bool kept;
    bool escaped;
};

void json_lex_refuse(struct json_window *window, const char *at, enum fault_kind kind,
                     const char *text)
{
    struct json_place place = json_window_place(window, at);
    if (json_window_is_end(window, at)) {
        fault_set(input_fault_slot(window->input), FAULT_TRUNCATED, place.line, place.column,
                  "the document ends before it is complete");
    } else {
        fault_set(input_fault_slot(window->input), kind, place.line, place.column, "%s", text);
    }
}

/* Makes `size` bytes readable at the scan's place unless the document ends before. */
static void scan_need(struct json_window *window, struct string_scan *scan, size_t size)
{
    if ((size_t)(window->end - scan->at) >= size || window->ended) {
        return;
    }
    char *keep = scan->kept ? scan->start : scan->at;
    size_t done = (size_t)(scan->at - keep);
    scan->start = json_window_more(window, keep);
    scan->at = scan->start + done;
}

/* ---- UTF-8 (RFC 3629) ---- */

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Bytes of the well-formed character at `at`, which does not begin in ASCII; 0 if it is not one. */
static size_t character_size(const char *at)
{
    unsigned char first = (unsigned char)at[0];
    unsigned char second = (unsigned char)at[1];
    if (first < 0xc2 || first > 0xf4 || !is_continuation(at[1])) {
        return 0;
    }
    if (first < 0xe0) {
        return 2;
    }
    if (!is_continuation(at[2]) || (first == 0xe0 && second < 0xa0) ||
        (first == 0xed && second > 0x9f)) {
        return 0;
    }
    if (first < 0xf0) {
        return 3;
    }
    if (!is_continuation(at[3]) || (first == 0xf0 && second < 0x90) ||
        (first == 0xf4 && second > 0x8f)) {
        return 0;
    }
    return 4;
}

static bool scan_characters(struct json_window *window, struct string_scan *scan)
{
    while ((unsigned char)*scan->at >= 0x80) {
        scan_need(window, scan, 4);
        size_t size = character_size(scan->at);
        if (size == 0) {
            const char *at = scan->at;
            while (at < window->end && at < scan->at + 4 && (unsigned char)*at >= 0x80) {
                at++;
            }
            json_lex_refuse(window, at == window->end ? at : scan->at, FAULT_ENCODING,
                            "bytes that are not UTF-8");
            return false;
        }
        scan->at += size;
    }
    return true;
}

/* ---- escapes ---- */

static int hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    char folded = (char)(byte | 0x20);
    return folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : -1;
}

/* The four digits of a \u escape, or -1. Stops at the first byte that is no digit. */
static int32_t hex_unit(const char *at)
{
    int32_t unit = 0;
    for (int index = 0; index < 4; index++) {
        int digit = hex_digit(at[index]);
        if (digit < 0) {
            return -1;
        }
        unit = unit * 16 + digit;
    }
    return unit;
}

static bool is_high_half(int32_t unit)
{
    return unit >= 0xd800 && unit <= 0xdbff;
}

static bool is_low_half(int32_t unit)
{
    return unit >= 0xdc00 && unit <= 0xdfff;
}

/* Where the document is cut inside an escape, its end; else the escape. */
static const char *escape_blame(const struct json_window *window, const char *at)
{
    return window->end - at < 12 && memchr(at, '"', (size_t)(window->end - at)) == NULL
               ? window->end
               : at;
}

static bool scan_unicode(struct json_window *window, struct string_scan *scan)
{
    const char *at = scan->at;
    int32_t unit = hex_unit(at + 2);
    if (unit < 0) {
        json_lex_refuse(window, escape_blame(window, at), FAULT_SYNTAX,
                        "a \\u escape without four hexadecimal digits");
        return false;
    }
    if (unit == 0) {
        json_lex_refuse(window, at, FAULT_CONTROL, "\\u0000: a text must not hold NUL");
        return false;
    }
    bool pair =
        is_high_half(unit) && at[6] == '\\' && at[7] == 'u' && is_low_half(hex_unit(at + 8));
    if (!pair && (is_high_half(unit) || is_low_half(unit))) {
        json_lex_refuse(window, is_high_half(unit) ? escape_blame(window, at) : at, FAULT_ENCODING,
                        "half of a surrogate pair");
        return false;
    }
    scan->at += pair ? 12 : 6;
    return true;
}

static bool scan_escape(struct json_window *window, struct string_scan *scan)
{
    scan->escaped = true;
    scan_need(window, scan, 12);
    switch (scan->at[1]) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't': scan->at += 2; return true;
    case 'u': return scan_unicode(window, scan);
    default:
        json_lex_refuse(window, scan->at + 1 == window->end ? scan->at + 1 : scan->at, FAULT_SYNTAX,
                        "an escape that JSON does not have; a backslash itself is written \\\\");
        return false;
    }
}

static const char escaped_byte[256] = {['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
                                       ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t'};

static char *add_character(char *to, uint32_t character)
{
    if (character < 0x80) {
        *to++ = (char)character;
        return to;
    }
    int tail = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xc0, 0xe0, 0xf0};
    *to++ = (char)(lead[tail] | character >> (6 * tail));
    while (tail-- > 0) {
        *to++ = (char)(0x80 | (character >> (6 * tail) & 0x3f));
    }
    return to;
}

/* Resolves the escapes, which were checked before, where the text stands: it only becomes
 * shorter. */
static struct span resolve_escapes(char *text, const char *end)
{
    char *to = text;
    const char *from = text;
    while (from < end) {
        const char *escape = memchr(from, '\\', (size_t)(end - from));
        size_t plain = (size_t)((escape != NULL ? escape : end) - from);
        memmove(to, from, plain);
        to += plain;
        from += plain;
        if (from == end) {
            break;
        }
        if (from[1] != 'u') {
            *to++ = escaped_byte[(unsigned char)from[1]];
            from += 2;
            continue;
        }
        uint32_t character = (uint32_t)hex_unit(from + 2);
        from += 6;
        if (is_high_half((int32_t)character)) {
            character =
                0x10000 + ((character - 0xd800) << 10) + ((uint32_t)hex_unit(from + 2) - 0xdc00);
            from += 6;
        }
        to = add_character(to, character);
    }
    return span_make(text, (size_t)(to - text));
}

/* ---- strings ---- */

/* At a stop that is neither the closing quote nor a short escape: goes behind it. */
__attribute__((noinline)) static bool scan_odd(struct json_window *window, struct string_scan *scan)
{
    if ((unsigned char)*scan->at >= 0x80) {
        return scan_characters(window, scan);
    }
    if (*scan->at == '\\') {
        return scan_escape(window, scan);
    }
    if (scan->at == window->end && !window->ended) {
        scan_need(window, scan, 1);
        return true;
    }
    json_lex_refuse(window, scan->at, *scan->at == 0 ? FAULT_CONTROL : FAULT_SYNTAX,
                    *scan->at == '\n' ? "a line break inside a text; JSON writes it as \\n"
                                      : "a control character inside a text");
    return false;
}

/* Goes on from scan->at to the closing quote. */
static bool scan_string(struct json_window *window, struct string_scan *scan)
{
    for (;;) {
        bool escaped = false;
        scan->at = window->plain_end(scan->at, &escaped);
        scan->escaped |= escaped;
        if (*scan->at == '"') {
            return true;
        }
        if (!scan_odd(window, scan)) {
            return false;
        }
    }
}

char *json_lex_long_string(struct json_window *window, char *at, struct span *text)
{
    struct string_scan scan = {.start = at + 1, .at = at + 1, .kept = true};
    if (!scan_string(window, &scan)) {
        return NULL;
    }
    *text = scan.escaped ? resolve_escapes(scan.start, scan.at)
                         : span_make(scan.start, (size_t)(scan.at - scan.start));
    return scan.at + 1;
}

char *json_lex_long_string_skip(struct json_window *window, char *at)
{
    struct string_scan scan = {.start = at + 1, .at = at + 1};
    return scan_string(window, &scan) ? scan.at + 1 : NULL;
}

/* ---- numbers and words ---- */

static char *skip_digits(char *at)
{
    while (*at >= '0' && *at <= '9') {
        at++;
    }
    return at;
}

/* The end of the number at `at`, or the place where it breaks the grammar and why. */
static char *number_end(char *at, const char **wrong)
{
    at += *at == '-' ? 1 : 0;
    char *digits = at;
    at = skip_digits(at);
    if (at == digits) {
        *wrong = "a number without digits";
        return at;
    }
    if (*digits == '0' && at - digits > 1) {
        *wrong = "a number with a leading zero";
        return digits;
    }
    if (*at == '.') {
        digits = ++at;
        at = skip_digits(at);
        *wrong = at == digits ? "a number without digits behind its point" : NULL;
    }
    if (*wrong == NULL && (*at == 'e' || *at == 'E')) {
        at++;
        at += *at == '-' || *at == '+' ? 1 : 0;
        digits = at;
        at = skip_digits(at);
        *wrong = at == digits ? "a number without digits in its exponent" : NULL;
    }
    return at;
}

char *json_lex_any_number(struct json_window *window, char *at, struct span *text)
{
    for (;;) {
        const char *wrong = NULL;
        char *end = number_end(at, &wrong);
        if (end == window->end && !window->ended) {
            at = json_window_more(window, at);
        } else if (wrong != NULL) {
            json_lex_refuse(window, end, FAULT_SYNTAX, wrong);
            return NULL;
        } else {
            *text = span_make(at, (size_t)(end - at));
            return end;
        }
    }
}

char *json_lex_word(struct json_window *window, char **start, const char *word)
{
    size_t size = strlen(word);
    if ((size_t)(window->end - *start) < size && !window->ended) {
        *start = json_window_more(window, *start);
    }
    char *at = *start;
    size_t left = (size_t)(window->end - at);
    size_t common = 0;
    while (common < size && common < left && at[common] == word[common]) {
        common++;
    }
    if (common == left && common < size) {
        json_lex_refuse(window, window->end, FAULT_TRUNCATED, "");
    }
    return common == size ? at + size : NULL;
}
