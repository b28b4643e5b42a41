/* Bits -> characters -> bits, through a word that holds up to a character too few or too many. */
#include "base/bit_text.h"

enum { CHARACTER_BITS = 6, NUMBER_BITS = 48, NOT_A_CHARACTER = 64, HELD_MOST = 62 };

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static uint64_t lowest(uint64_t bits, unsigned count)
{
    return bits & ((UINT64_C(1) << (count & 63)) - 1);
}

static unsigned bit_length(uint64_t number)
{
    return number == 0 ? 0 : 64 - (unsigned)__builtin_clzll(number);
}

/* ---- writing ---- */

/* All whole characters; fewer than six bits stay. */
static void write_characters(struct bit_writer *writer)
{
    char text[HELD_MOST / CHARACTER_BITS];
    size_t size = 0;
    for (; writer->count >= CHARACTER_BITS; writer->count -= CHARACTER_BITS) {
        text[size++] = alphabet[lowest(writer->held, CHARACTER_BITS)];
        writer->held >>= CHARACTER_BITS;
    }
    buf_add(writer->out, span_make(text, size));
}

void bit_write(struct bit_writer *writer, uint64_t bits, unsigned count)
{
    if (count > HELD_MOST - writer->count) {
        write_characters(writer);
    }
    writer->held |= bits << writer->count;
    writer->count += count;
}

void bit_write_number(struct bit_writer *writer, uint64_t number, unsigned order)
{
    uint64_t sum = number + (UINT64_C(1) << order);
    unsigned size = bit_length(sum) - 1;
    bit_write(writer, UINT64_C(1) << (size - order), size - order + 1);
    bit_write(writer, lowest(sum, size), size);
}

void bit_write_end(struct bit_writer *writer)
{
    write_characters(writer);
    if (writer->count > 0) {
        writer->count = CHARACTER_BITS;
        write_characters(writer);
    }
}

unsigned bit_order(uint64_t sum, uint64_t count)
{
    unsigned size = count > 0 ? bit_length(sum / count) : 0;
    size -= size > 0 ? 1U : 0U;
    return size < BIT_ORDER_MOST ? size : BIT_ORDER_MOST;
}

/* ---- reading ---- */

/* NOT_A_CHARACTER + 1 and more are what the table does not name: 0 there is not `A`. */
static unsigned value_of(char character)
{
    static const unsigned char values[256] = {
        ['A'] = 1,  ['B'] = 2,  ['C'] = 3,  ['D'] = 4,  ['E'] = 5,  ['F'] = 6,  ['G'] = 7,
        ['H'] = 8,  ['I'] = 9,  ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14,
        ['O'] = 15, ['P'] = 16, ['Q'] = 17, ['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21,
        ['V'] = 22, ['W'] = 23, ['X'] = 24, ['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28,
        ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32, ['g'] = 33, ['h'] = 34, ['i'] = 35,
        ['j'] = 36, ['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40, ['o'] = 41, ['p'] = 42,
        ['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48, ['w'] = 49,
        ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54, ['2'] = 55, ['3'] = 56,
        ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62, ['-'] = 63,
        ['_'] = 64};
    unsigned place = values[(unsigned char)character];
    return place == 0 ? NOT_A_CHARACTER : place - 1;
}

uint64_t bit_read(struct bit_reader *reader, unsigned count)
{
    size_t used = 0;
    while (reader->count < count && used < reader->rest.size && !reader->bad) {
        unsigned value = value_of(reader->rest.data[used++]);
        reader->bad = value == NOT_A_CHARACTER;
        reader->held |= (uint64_t)value % NOT_A_CHARACTER << reader->count;
        reader->count += CHARACTER_BITS;
    }
    reader->rest = span_from(reader->rest, used);
    reader->bad = reader->bad || reader->count < count;
    if (reader->bad) {
        return 0;
    }
    uint64_t bits = lowest(reader->held, count);
    reader->held >>= count;
    reader->count -= count;
    return bits;
}

uint64_t bit_read_number(struct bit_reader *reader, unsigned order)
{
    unsigned size = order;
    while (!reader->bad && size <= NUMBER_BITS && bit_read(reader, 1) == 0) {
        size++;
    }
    reader->bad = reader->bad || size > NUMBER_BITS;
    if (reader->bad) {
        return 0;
    }
    return (bit_read(reader, size) | UINT64_C(1) << size) - (UINT64_C(1) << order);
}

bool bit_read_end(struct bit_reader *reader)
{
    return !reader->bad && reader->rest.size == 0 && reader->count < CHARACTER_BITS &&
           reader->held == 0;
}
