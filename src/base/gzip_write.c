/* Packing with zlib (RFC 1952).
 *
 * Much of what is written here is bits as text, in which there is nothing to find but that only 64
 * different characters occur. So one piece in sixteen is searched for repetitions, and the others
 * only if that was worth while; searching all would take more time than everything else. */
#include "base/gzip_write.h"

#include "base/mem.h"

#include <stdlib.h>
#include <zlib.h>

enum { PACKED_PIECE = 65536, LEVEL = 4, GZIP_WINDOW = 15 + 16, MEMORY_LEVEL = 9 };
enum { UNKNOWN_SYSTEM = 255 };
enum { PIECE = 131072, ROUND = 16 * PIECE, DENSE_PIECE = PIECE / 100 * 72 };

struct gzip_writer {
    struct gzip_out out;
    z_stream deflater;
    gz_header header;       /* zlib keeps a pointer to it */
    uint64_t bytes;         /* taken so far */
    uint64_t packed_before; /* size of the output before the piece that was searched */
    uint64_t packed_bytes;
    unsigned char packed[PACKED_PIECE];
};

struct gzip_writer *gzip_open(struct gzip_out out)
{
    struct gzip_writer *writer = mem_alloc(sizeof(*writer));
    writer->out = out;
    writer->header.os = UNKNOWN_SYSTEM;
    writer->deflater.next_out = writer->packed;
    writer->deflater.avail_out = PACKED_PIECE;
    if (deflateInit2(&writer->deflater, LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        mem_exhausted();
    }
    deflateSetHeader(&writer->deflater, &writer->header);
    return writer;
}

static void hand_on(struct gzip_writer *writer)
{
    size_t size = PACKED_PIECE - writer->deflater.avail_out;
    writer->packed_bytes += size;
    writer->out.write(writer->out.self, span_make((const char *)writer->packed, size));
    writer->deflater.next_out = writer->packed;
    writer->deflater.avail_out = PACKED_PIECE;
}

/* Takes everything that was given. */
static void pack(struct gzip_writer *writer, int flush)
{
    bool more = true;
    while (more) {
        deflate(&writer->deflater, flush);
        more = writer->deflater.avail_out == 0;
        hand_on(writer);
    }
}

/* At the start of a piece: shall it be searched? */
static void choose_strategy(struct gzip_writer *writer)
{
    uint64_t place = writer->bytes % ROUND;
    if (place > PIECE || writer->bytes == 0) {
        return;
    }
    pack(writer, Z_BLOCK);
    bool dense = writer->packed_bytes - writer->packed_before > DENSE_PIECE;
    int strategy = place == PIECE && dense ? Z_HUFFMAN_ONLY : Z_DEFAULT_STRATEGY;
    deflateParams(&writer->deflater, LEVEL, strategy);
    hand_on(writer);
    writer->packed_before = writer->packed_bytes;
}

void gzip_add(void *writer, struct span bytes)
{
    struct gzip_writer *to = writer;
    while (bytes.size > 0) {
        if (to->bytes % PIECE == 0) {
            choose_strategy(to);
        }
        struct span some = span_until(bytes, PIECE - (size_t)(to->bytes % PIECE));
        /* zlib only reads it. NOLINTNEXTLINE(performance-no-int-to-ptr) */
        to->deflater.next_in = (unsigned char *)(uintptr_t)some.data;
        to->deflater.avail_in = (uInt)some.size;
        to->bytes += some.size;
        pack(to, Z_NO_FLUSH);
        bytes = span_from(bytes, some.size);
    }
}

void gzip_close(struct gzip_writer *writer)
{
    pack(writer, Z_FINISH);
    deflateEnd(&writer->deflater);
    free(writer);
}
