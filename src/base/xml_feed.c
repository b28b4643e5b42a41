/* Clean bytes -> libxml2's push parser, so that no token costs more time or memory than its bytes
 * are worth.
 *
 * - libxml2 2.9 looks at everything that it holds again when a piece arrives, so a huge token would
 *   take quadratic time. Pieces therefore grow with what is pending, and the text of CDATA
 *   sections, where logs stand, goes past it.
 * - It checks attributes for duplicates in quadratic time before any callback, so a tag that is
 *   still growing is counted from outside. */
#include "base/xml_inside.h"

#include "base/limits.h"

#include <limits.h>
#include <string.h>

enum { PIECE = 64 * 1024 }; /* bytes given to the parser at a time */

static size_t pending(const struct xml_reader *reader)
{
    return (size_t)(reader->parser->input->end - reader->parser->input->cur);
}

static void feed(struct xml_reader *reader, struct span piece, bool last)
{
    xmlParseChunk(reader->parser, piece.data, (int)piece.size, last);
    if (reader->tolerant && !reader->stopped) {
        reader->tolerant = false;
        reader->parser->recovery = 0;
        reader->parser->wellFormed = reader->parser->disableSAX == 0;
    }
    if (!reader->parser->wellFormed && !reader->stopped) {
        xml_refuse(reader, FAULT_SYNTAX, "not well formed"); /* an error that came without a word */
    }
}

/* Counts the attributes of a start tag that has not ended yet by its quoted values. */
static size_t growing_attributes(struct span tag)
{
    size_t count = 0;
    char quote = 0;
    for (size_t at = 0; at < tag.size; at++) {
        char byte = tag.data[at];
        if (quote != 0 && byte == quote) {
            quote = 0;
        } else if (quote == 0 && (byte == '"' || byte == '\'')) {
            quote = byte;
            count++;
        }
    }
    return count;
}

static int add_saturated(int value, size_t more)
{
    return more > (size_t)(INT_MAX - value) ? INT_MAX : value + (int)more;
}

/* Counts the lines and columns of bytes that the parser never sees. */
static void advance(struct xml_reader *reader, struct span text)
{
    xmlParserInput *input = reader->parser->input;
    size_t lines = 0;
    for (size_t at = 0; at < text.size; at++) {
        lines += text.data[at] == '\n';
    }
    size_t last = span_find_last(text, '\n');
    input->line = add_saturated(input->line, lines);
    input->col = last == SIZE_MAX ? add_saturated(input->col, text.size)
                                  : add_saturated(0, text.size - last);
}

static void give_cdata(struct xml_reader *reader, struct span text)
{
    if (text.size > 0 && reader->listening && !reader->stopped) {
        reader->handler->text(reader->self, text);
        xml_after_callback(reader);
    }
}

/* Where the `>` of the first `]]>` stands, of which `held` brackets came before; SIZE_MAX if
 * nowhere. */
static size_t find_cdata_end(struct span text, size_t held)
{
    for (size_t at = 0; at < text.size; at++) {
        const char *found = memchr(text.data + at, '>', text.size - at);
        if (found == NULL) {
            break;
        }
        at = (size_t)(found - text.data);
        bool first = at >= 2 ? text.data[at - 2] == ']' : held + at >= 2;
        if (first && (at == 0 || text.data[at - 1] == ']')) {
            return at;
        }
    }
    return SIZE_MAX;
}

/* Takes the text of a CDATA section up to its end or the end of the piece. The last two brackets
 * are held back: they may belong to the end. Returns what stands behind the section. */
static struct span take_cdata(struct xml_reader *reader, struct span piece)
{
    size_t end = find_cdata_end(piece, reader->held);
    bool ended = end != SIZE_MAX;
    struct span text = ended ? span_until(piece, end) : piece;
    size_t brackets = 0;
    while (brackets < 2 && brackets < text.size && text.data[text.size - 1 - brackets] == ']') {
        brackets++;
    }
    bool only_brackets = brackets == text.size;
    size_t all = only_brackets ? reader->held + brackets : brackets;
    size_t kept = all < 2 ? all : 2;
    give_cdata(reader, span_until(SPAN("]]"), only_brackets ? all - kept : reader->held));
    give_cdata(reader, span_until(text, text.size - brackets));
    advance(reader, text);
    reader->held = kept;
    if (!ended) {
        return span_from(piece, piece.size);
    }
    reader->in_cdata = false;
    reader->held = 0;
    if (!reader->stopped) {
        feed(reader, SPAN("]]>"), false);
    }
    return span_from(piece, end + 1);
}

/* The offset behind the first `<![CDATA[`, or the whole size. It is looked for by its rarest
 * byte. */
static size_t find_cdata(struct span piece)
{
    const char *at = piece.data;
    const char *end = piece.data + piece.size;
    while ((at = memchr(at, '!', (size_t)(end - at))) != NULL) {
        if (at > piece.data && end - at >= 8 && memcmp(at - 1, "<![CDATA[", 9) == 0) {
            return (size_t)(at - piece.data) + 8;
        }
        at++;
    }
    return piece.size;
}

/* Feeds a piece without the text of its CDATA sections: the parser sees them empty. Whether
 * something that looks like a section is one, and not part of a comment, is the parser's word. */
static void feed_piece(struct xml_reader *reader, struct span piece)
{
    while (piece.size > 0 && !reader->stopped) {
        if (reader->in_cdata) {
            piece = take_cdata(reader, piece);
            continue;
        }
        size_t size = find_cdata(piece);
        feed(reader, span_until(piece, size), false);
        if (reader->stopped) {
            return;
        }
        bool section = reader->parser->instate == XML_PARSER_CDATA_SECTION;
        if (section && pending(reader) > 0 && piece.data[size - 1] != ']') {
            /* It began across two pieces: close it, so that what the parser holds comes out, and
             * open it again. */
            feed(reader, SPAN("]]>"), false);
            if (!reader->stopped) {
                feed(reader, SPAN("<![CDATA["), false);
            }
        }
        reader->in_cdata = section && !reader->stopped && pending(reader) == 0;
        piece = span_from(piece, size);
    }
}

/* Stops what grows beyond the ceilings: a token before libxml2 sees its end, and the dictionary of
 * names. */
static void check_growth(struct xml_reader *reader)
{
    struct span token = span_make((const char *)reader->parser->input->cur, pending(reader));
    bool large = token.size >= PIECE / 4;
    bool tag = large && token.data[0] == '<' && token.data[1] != '!' && token.data[1] != '?';
    if (large && token.data[0] == '&') {
        xml_refuse(reader, FAULT_SYNTAX, "an ampersand that begins no reference");
    } else if (token.size > LIMIT_XML_TOKEN) {
        xml_refuse(reader, FAULT_LIMIT, "a tag or comment is larger than the ceiling");
    } else if (tag && growing_attributes(token) > LIMIT_XML_ATTRIBUTES) {
        xml_refuse(reader, FAULT_LIMIT, "an element has more attributes than the ceiling");
    } else if ((uint64_t)xmlDictSize(reader->parser->dict) > LIMIT_XML_NAMES) {
        xml_refuse(reader, FAULT_LIMIT, "more different names than the ceiling");
    }
}

/* The place behind everything that the parser was given, plus `more`. */
static void place_behind(const struct xml_reader *reader, struct span more, uint64_t *line,
                         uint64_t *column)
{
    const xmlParserInput *input = reader->parser->input;
    const struct span parts[] = {
        span_make((const char *)input->cur, (size_t)(input->end - input->cur)), more};
    *line = (uint64_t)input->line;
    *column = xml_column(reader);
    for (size_t part = 0; part < 2; part++) {
        for (size_t at = 0; at < parts[part].size; at++) {
            bool new_line = parts[part].data[at] == '\n';
            *line += new_line;
            *column = new_line ? 1 : *column + 1;
        }
    }
}

static void note_replaced(struct xml_reader *reader)
{
    if (reader->bytes.replaced_at != SIZE_MAX && reader->replaced_line == 0) {
        uint64_t column = 0;
        place_behind(reader, span_until(reader->bytes.piece, reader->bytes.replaced_at),
                     &reader->replaced_line, &column);
    }
}

static void finish(struct xml_reader *reader)
{
    place_behind(reader, span_make(NULL, 0), &reader->end_line, &reader->end_column);
    if (reader->bytes.broken != NULL) {
        fault_set(reader->fault, FAULT_ENCODING, reader->end_line, reader->end_column, "%s",
                  reader->bytes.broken);
        return;
    }
    if (reader->only_blank) {
        fault_set(reader->fault, FAULT_EMPTY, 1, 1, "there is no document");
        return;
    }
    reader->ending = true;
    feed(reader, span_make("", 0), true);
    if (!reader->stopped && (reader->depth > 0 || !reader->root_seen)) {
        fault_set(reader->fault, FAULT_TRUNCATED, reader->end_line, reader->end_column,
                  "the document ends before its root element is closed");
    }
}

void xml_feed_all(struct xml_reader *reader)
{
    size_t size = PIECE;
    while (!reader->stopped && xml_bytes_next(&reader->bytes, size)) {
        struct span piece = reader->bytes.piece;
        reader->only_blank = reader->only_blank && span_trim(piece).size == 0;
        note_replaced(reader);
        feed_piece(reader, piece);
        if (!reader->stopped) {
            check_growth(reader);
        }
        /* A token that is not complete makes the next piece as large as itself. */
        size = !reader->stopped && pending(reader) > PIECE ? pending(reader) : PIECE;
    }
    if (!reader->stopped && reader->fault->kind == FAULT_NONE) {
        finish(reader);
    }
}
