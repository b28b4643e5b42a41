/* Bits as text, and what zlib makes of text. */
#include "base/bit_text.h"
#include "base/gzip_write.h"
#include "base/input.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 16;
}

/* The first bit is the lowest of the first character: 100000 001000 is B, then E. */
static void bits_fill_characters(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text);
    struct bit_writer writer = {.out = &text};
    bit_write(&writer, 1, 1);
    bit_write(&writer, 0, 7);
    bit_write(&writer, 1, 1);
    bit_write_end(&writer);
    assert_string_equal(buf_text(&text), "BE");
    bit_write_end(&writer);
    assert_string_equal(buf_text(&text), "BE");
    buf_release(&text);
}

static const char *code_of(struct buf *text, uint64_t number, unsigned order)
{
    struct bit_writer writer = {.out = text};
    buf_clear(text);
    bit_write_number(&writer, number, order);
    bit_write_end(&writer);
    return buf_text(text);
}

/* Codes put together by hand: 1, 010, 011, 00100; 1 11, 01 000. */
static void numbers_have_known_codes(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text);
    assert_string_equal(code_of(&text, 0, 0), "B");
    assert_string_equal(code_of(&text, 1, 0), "C");
    assert_string_equal(code_of(&text, 2, 0), "G");
    assert_string_equal(code_of(&text, 3, 0), "E");
    assert_string_equal(code_of(&text, 3, 2), "H");
    assert_string_equal(code_of(&text, 4, 2), "C");
    buf_release(&text);
}

static void numbers_come_back(void **state)
{
    (void)state;
    struct buf text;
    uint64_t seed = 7;
    buf_init(&text);
    struct bit_writer writer = {.out = &text};
    for (unsigned at = 0; at < 5000; at++) {
        uint64_t number = next_random(&seed) >> (at % 49);
        bit_write_number(&writer, number, at % (BIT_ORDER_MOST + 1));
        bit_write(&writer, number >> 40, 8);
    }
    bit_write_end(&writer);
    struct bit_reader reader = {.rest = buf_span(&text)};
    seed = 7;
    for (unsigned at = 0; at < 5000; at++) {
        uint64_t number = next_random(&seed) >> (at % 49);
        assert_int_equal(bit_read_number(&reader, at % (BIT_ORDER_MOST + 1)), number);
        assert_int_equal(bit_read(&reader, 8), number >> 40);
    }
    assert_true(bit_read_end(&reader));
    buf_release(&text);
}

static bool reads_as(const char *text, unsigned order, uint64_t wanted)
{
    struct bit_reader reader = {.rest = span_of(text)};
    uint64_t number = bit_read_number(&reader, order);
    return bit_read_end(&reader) && number == wanted;
}

static void what_is_no_text_of_bits(void **state)
{
    (void)state;
    assert_true(reads_as("B", 0, 0));
    assert_false(reads_as("", 0, 0));      /* nothing */
    assert_false(reads_as("A", 0, 0));     /* ends inside */
    assert_false(reads_as("BA", 0, 0));    /* a character too many */
    assert_false(reads_as("D", 0, 0));     /* a bit too many */
    assert_false(reads_as("+", 0, 0));     /* another alphabet */
    assert_false(reads_as("B\xff", 0, 0)); /* another alphabet */
    assert_false(reads_as("B", 49, 0));    /* too high an order */
    assert_false(reads_as("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB", 0, 0)); /* too large */
}

static void orders_suit_their_numbers(void **state)
{
    (void)state;
    assert_int_equal(bit_order(0, 0), 0);
    assert_int_equal(bit_order(10, 100), 0);
    assert_int_equal(bit_order(800, 100), 3);
    assert_int_equal(bit_order(UINT64_MAX, 1), BIT_ORDER_MOST);
}

/* ---- packing ---- */

static void take(void *self, struct span packed)
{
    buf_add(self, packed);
}

static void pack(struct buf *packed, struct span bytes, size_t piece)
{
    struct gzip_writer *writer = gzip_open((struct gzip_out){take, packed});
    buf_clear(packed);
    while (bytes.size > 0) {
        gzip_add(writer, span_until(bytes, piece));
        bytes = span_from(bytes, piece);
    }
    gzip_close(writer);
}

static void assert_unpacks(struct span packed, struct span bytes)
{
    char piece[10000];
    struct input *input = input_open_memory(packed);
    for (size_t got; (got = input_read(input, piece, sizeof(piece))) > 0;) {
        assert_true(got <= bytes.size);
        assert_memory_equal(piece, bytes.data, got);
        bytes = span_from(bytes, got);
    }
    assert_int_equal(bytes.size, 0);
    assert_int_equal(input_fault(input)->kind, FAULT_NONE);
    assert_memory_equal(packed.data, "\x1f\x8b", 2); /* RFC 1952: gzip */
    input_close(input);
}

static void packed_bytes_come_back(void **state)
{
    (void)state;
    struct buf text;
    struct buf packed;
    struct buf again;
    uint64_t seed = 1;
    buf_init(&text);
    buf_init(&packed);
    buf_init(&again);
    pack(&packed, buf_span(&text), 1);
    assert_unpacks(packed.size > 0 ? buf_span(&packed) : SPAN(""), buf_span(&text));
    /* Bits as text, then what repeats itself, then bits again: both ways of packing. */
    struct bit_writer bits = {.out = &text};
    while (text.size < 5000000) {
        bit_write(&bits, next_random(&seed) & UINT32_MAX, 32);
        if (text.size > 3000000 && text.size < 3500000) {
            buf_add_text(&text, "the same again and again");
        }
    }
    pack(&packed, buf_span(&text), 1000);
    assert_unpacks(buf_span(&packed), buf_span(&text));
    assert_true(packed.size < text.size * 77 / 100);
    /* How it is cut into pieces does not show, and neither does the time. */
    pack(&again, buf_span(&text), 300000);
    assert_int_equal(again.size, packed.size);
    assert_memory_equal(again.data, packed.data, packed.size);
    assert_memory_equal(packed.data, "\x1f\x8b\x08\0\0\0\0\0", 8);
    buf_release(&text);
    buf_release(&packed);
    buf_release(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bits_fill_characters),      cmocka_unit_test(numbers_have_known_codes),
        cmocka_unit_test(numbers_come_back),         cmocka_unit_test(what_is_no_text_of_bits),
        cmocka_unit_test(orders_suit_their_numbers), cmocka_unit_test(packed_bytes_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
