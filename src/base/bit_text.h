/* Bits as text: six to a character, out of A-Z a-z 0-9 - _, the first bit as the lowest.
 *
 * Numbers that are mostly small are exponential Golomb codes: of order k, a number below 2^k takes
 * k + 1 bits, and two more with each doubling. It is z zeros, a one, and the lowest z + k bits of
 * number + 2^k, where 2^(z+k) is the highest power of two in that sum.
 *
 * Reading is sticky: behind the end, or at a character that is none of the 64, everything is 0
 * and bit_read_end says false. */
#ifndef TIDEGATE_BASE_BIT_TEXT_H
#define TIDEGATE_BASE_BIT_TEXT_H

#include "base/buf.h"

enum { BIT_ORDER_BITS = 6, BIT_ORDER_MOST = 48 };

/* A zeroed writer with `out` set is ready. */
struct bit_writer {
    struct buf *out; /* borrowed; gets whole characters */
    uint64_t held;   /* bits that are not written yet */
    unsigned count;  /* of them */
};

/* The lowest `count` bits of `bits`, at most 56; the others must be 0. */
void bit_write(struct bit_writer *writer, uint64_t bits, unsigned count);
/* A number below 2^48, of an order of at most BIT_ORDER_MOST. */
void bit_write_number(struct bit_writer *writer, uint64_t number, unsigned order);
/* Fills the last character up with zeros. */
void bit_write_end(struct bit_writer *writer);

/* The order that suits `count` numbers with this sum. */
unsigned bit_order(uint64_t sum, uint64_t count);

/* A zeroed reader with `rest` set is ready. */
struct bit_reader {
    struct span rest; /* borrowed */
    uint64_t held;
    unsigned count; /* bits in `held` */
    bool bad;
};

/* At most 56 bits. */
uint64_t bit_read(struct bit_reader *reader, unsigned count);
/* 0 and bad if the order is above BIT_ORDER_MOST or the number not below 2^49. */
uint64_t bit_read_number(struct bit_reader *reader, unsigned order);
/* Was everything read, and was it text of bits, with nothing but zeros behind the last one? */
bool bit_read_end(struct bit_reader *reader);

#endif
