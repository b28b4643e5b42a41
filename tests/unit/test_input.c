/* Bytes in: packings, encodings, pieces of any size. Packed texts are made here with zlib's own
 * writer. */
#include "check.h"

#include "base/input.h"
#include "base/limits.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* Reads all of it in pieces of `size`. */
static void read_all(struct input *input, size_t size, struct buf *out)
{
    char piece[70000];
    size_t got = 0;
    while ((got = input_read(input, piece, size)) > 0) {
        buf_add(out, span_make(piece, got));
    }
}

static void expect(struct span bytes, const char *wanted, enum fault_kind kind)
{
    static const size_t sizes[] = {1, 3, 7, 64, 70000};
    for (size_t index = 0; index < sizeof(sizes) / sizeof(sizes[0]); index++) {
        for (unsigned look = 0; look < 2; look++) {
            struct buf text;
            struct input *input = input_open_memory(bytes);
            buf_init(&text);
            if (look == 1) {
                input_head(input);
            }
            read_all(input, sizes[index], &text);
            assert_int_equal(input_fault(input)->kind, kind);
            if (kind == FAULT_NONE) {
                check_text(&text, wanted);
                assert_int_equal(input_bytes(input), bytes.size);
            } else {
                buf_release(&text);
            }
            input_close(input);
        }
    }
}

static void pack(struct span text, struct buf *out)
{
    z_stream stream = {0};
    unsigned char piece[65536];
    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = (unsigned char *)(uintptr_t)text.data;
    stream.avail_in = (unsigned)text.size;
    int outcome = Z_OK;
    while (outcome != Z_STREAM_END) {
        stream.next_out = piece;
        stream.avail_out = sizeof(piece);
        outcome = deflate(&stream, Z_FINISH);
        buf_add(out, span_make((char *)piece, sizeof(piece) - stream.avail_out));
    }
    deflateEnd(&stream);
}

static void plain_text_passes(void **state)
{
    (void)state;
    expect(SPAN(""), "", FAULT_NONE);
    expect(SPAN("hello\r\nworld"), "hello\r\nworld", FAULT_NONE);
    expect(SPAN("\xEF\xBB\xBFhello"), "hello", FAULT_NONE);
    expect(SPAN("\xFF\xE9 odd bytes are the format's business"),
           "\xFF\xE9 odd bytes are the format's business", FAULT_NONE);
}

static void utf16_becomes_utf8(void **state)
{
    (void)state;
    expect(SPAN("\xFF\xFEh\0\xE9\0"), "h\xC3\xA9", FAULT_NONE);
    expect(SPAN("\xFE\xFF\0h\0\xE9"), "h\xC3\xA9", FAULT_NONE);
    expect(SPAN("\xFF\xFE\x3D\xD8\x00\xDE"), "\xF0\x9F\x98\x80", FAULT_NONE); /* U+1F600 */
    expect(SPAN("\xFF\xFE\x3D\xD8h\0"), "", FAULT_ENCODING);                  /* half a pair */
    expect(SPAN("\xFF\xFE\x00\xDEh\0"), "", FAULT_ENCODING);
    expect(SPAN("\xFF\xFEh\0i"), "", FAULT_ENCODING); /* half a unit */
}

static void gzip_is_inflated(void **state)
{
    struct buf packed;
    (void)state;
    buf_init(&packed);
    pack(SPAN("first "), &packed);
    expect(buf_span(&packed), "first ", FAULT_NONE);
    pack(SPAN("second"), &packed); /* a second member */
    expect(buf_span(&packed), "first second", FAULT_NONE);
    struct input *input = input_open_memory(buf_span(&packed));
    input_head(input);
    assert_true(!input_was_utf16(input));
    input_close(input);
    buf_release(&packed);
    pack(SPAN("\xFF\xFEh\0"), &packed);
    expect(buf_span(&packed), "h", FAULT_NONE);
    buf_release(&packed);
}

static void damaged_gzip_is_refused(void **state)
{
    struct buf packed;
    (void)state;
    buf_init(&packed);
    pack(SPAN("some text that is long enough to be cut in the middle"), &packed);
    for (size_t size = 2; size < packed.size; size++) {
        expect(span_until(buf_span(&packed), size), "", FAULT_COMPRESSED);
    }
    packed.data[packed.size / 2] = (char)(packed.data[packed.size / 2] ^ 0x55);
    expect(buf_span(&packed), "", FAULT_COMPRESSED);
    buf_release(&packed);
    pack(SPAN("text"), &packed);
    buf_add_text(&packed, "and something behind it");
    expect(buf_span(&packed), "", FAULT_COMPRESSED);
    buf_release(&packed);
}

static void other_packings_are_named(void **state)
{
    static const struct {
        struct span bytes;
        const char *word;
    } cases[] = {{{"PK\x03\x04 and more", 13}, "zip"},
                 {{"\xFD"
                   "7zXZ\0 and more",
                   15},
                  "xz"},
                 {{"BZh91AY", 7}, "bzip2"},
                 {{"\x28\xB5\x2F\xFD more", 9}, "zstd"}};
    (void)state;
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        struct input *input = input_open_memory(cases[index].bytes);
        assert_int_equal(input_head(input).size, 0);
        assert_int_equal(input_fault(input)->kind, FAULT_COMPRESSED);
        assert_non_null(strstr(input_fault(input)->text, cases[index].word));
        input_close(input);
    }
}

static void big_text_comes_whole_and_its_digest_is_stable(void **state)
{
    struct buf text;
    struct buf packed;
    struct buf back;
    (void)state;
    buf_init(&text);
    buf_init(&packed);
    buf_init(&back);
    for (unsigned line = 0; line < 200000; line++) {
        buf_add_format(&text, "line %u\n", line);
    }
    pack(buf_span(&text), &packed);
    struct input *plain = input_open_memory(buf_span(&text));
    struct input *gzip = input_open_memory(buf_span(&packed));
    assert_int_equal(input_head(plain).size, LIMIT_HEAD_BYTES);
    read_all(plain, 70000, &back);
    assert_true(span_equal(buf_span(&back), buf_span(&text)));
    buf_clear(&back);
    read_all(gzip, 1234, &back);
    assert_true(span_equal(buf_span(&back), buf_span(&text)));
    assert_int_equal(hash128_compare(input_digest(plain), input_digest(gzip)), 0);
    input_close(plain);
    input_close(gzip);
    buf_release(&text);
    buf_release(&packed);
    buf_release(&back);
}

static void a_digest_that_nobody_wants_is_left_out(void **state)
{
    (void)state;
    struct buf back;
    buf_init(&back);
    struct input *with = input_open_memory(SPAN("TN:\nend_of_record\n"));
    struct input *without = input_open_memory(SPAN("TN:\nend_of_record\n"));
    input_omit_digest(without);
    read_all(without, 7, &back);
    assert_true(span_is(buf_span(&back), "TN:\nend_of_record\n"));
    assert_int_equal(hash128_compare(input_digest(without), (struct hash128){0, 0}), 0);
    buf_clear(&back);
    read_all(with, 7, &back);
    assert_int_not_equal(hash128_compare(input_digest(with), (struct hash128){0, 0}), 0);
    input_close(with);
    input_close(without);
    buf_release(&back);
}

static void files_that_cannot_be_read_say_why(void **state)
{
    (void)state;
    struct input *input = input_open_file("no/such/file");
    assert_int_equal(input_head(input).size, 0);
    assert_int_equal(input_fault(input)->kind, FAULT_UNREADABLE);
    input_close(input);
    input = input_open_file(".");
    assert_int_equal(input_head(input).size, 0);
    assert_int_equal(input_fault(input)->kind, FAULT_UNREADABLE);
    assert_non_null(strstr(input_fault(input)->text, "folder"));
    input_close(input);
}

static void a_file_and_a_pipe_give_the_same(void **state)
{
    char path[] = "/tmp/tidegate-input-XXXXXX";
    int descriptor = mkstemp(path);
    struct buf text;
    (void)state;
    buf_init(&text);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, "hello\n", 6), 6);
    close(descriptor);
    struct input *input = input_open_file(path);
    assert_int_equal(input_size_hint(input), 6);
    read_all(input, 100, &text);
    check_text(&text, "hello\n");
    input_close(input);
    unlink(path);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "hello\n", 6), 6);
    close(ends[1]);
    int old = dup(STDIN_FILENO);
    dup2(ends[0], STDIN_FILENO);
    input = input_open_file("-");
    buf_init(&text);
    read_all(input, 100, &text);
    check_text(&text, "hello\n");
    input_close(input);
    dup2(old, STDIN_FILENO);
    close(old);
    close(ends[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_passes),
        cmocka_unit_test(utf16_becomes_utf8),
        cmocka_unit_test(gzip_is_inflated),
        cmocka_unit_test(damaged_gzip_is_refused),
        cmocka_unit_test(other_packings_are_named),
        cmocka_unit_test(big_text_comes_whole_and_its_digest_is_stable),
        cmocka_unit_test(a_digest_that_nobody_wants_is_left_out),
        cmocka_unit_test(files_that_cannot_be_read_say_why),
        cmocka_unit_test(a_file_and_a_pipe_give_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
