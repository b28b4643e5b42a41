/* Lines and windows of lines: nothing lost or added at the seams of the window. */
#include "base/buf.h"
#include "base/limits.h"
#include "base/line_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_span(struct span have, const char *want)
{
    assert_int_equal(have.size, strlen(want));
    assert_memory_equal(have.data, want, have.size);
}

static void test_lines(void **state)
{
    (void)state;
    struct input *input = input_open_memory(SPAN("one\n\ntwo\r\n\0x\nlast"));
    struct line_reader reader;
    struct span line;
    line_reader_init(&reader, input);
    assert_true(line_reader_next(&reader, &line));
    assert_span(line, "one");
    assert_int_equal(reader.line, 1);
    assert_true(line_reader_next(&reader, &line));
    assert_span(line, "");
    assert_true(line_reader_next(&reader, &line));
    assert_span(line, "two\r");
    assert_true(line_reader_next(&reader, &line));
    assert_int_equal(line.size, 2);
    assert_memory_equal(line.data, "\0x", 2);
    assert_false(reader.last_unfinished);
    assert_true(line_reader_next(&reader, &line));
    assert_span(line, "last");
    assert_int_equal(line.data[line.size], '\n');
    assert_int_equal(reader.line, 5);
    assert_true(reader.last_unfinished);
    assert_false(line_reader_next(&reader, &line));
    assert_false(line_reader_next(&reader, &line));
    line_reader_release(&reader);
    input_close(input);
}

static void test_finished_last_line(void **state)
{
    (void)state;
    struct input *input = input_open_memory(SPAN("a\nb\n"));
    struct line_reader reader;
    struct span line;
    unsigned count = 0;
    line_reader_init(&reader, input);
    while (line_reader_next(&reader, &line)) {
        count++;
    }
    assert_int_equal(count, 2);
    assert_false(reader.last_unfinished);
    line_reader_release(&reader);
    input_close(input);
}

/* A text of several windows, with lines of every length up to some windows. */
static void fill(struct buf *text)
{
    static const size_t sizes[] = {0, 1, 2, 63, 64, 65, 4095, 4096, 300000, 5, 1000000, 7, 0};
    buf_init(text);
    for (unsigned round = 0; round < 3; round++) {
        for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
            buf_add_repeat(text, (char)('a' + i), sizes[i]);
            buf_add_byte(text, '\n');
        }
    }
    for (unsigned i = 0; i < 50000; i++) {
        buf_add_format(text, "line %u\n", i);
    }
    buf_add_text(text, "unfinished");
}

static void test_lines_across_windows(void **state)
{
    (void)state;
    struct buf text;
    struct buf again;
    struct line_reader reader;
    struct span line;
    fill(&text);
    buf_init(&again);
    struct input *input = input_open_memory(buf_span(&text));
    line_reader_init(&reader, input);
    while (line_reader_next(&reader, &line)) {
        buf_add(&again, line);
        if (!reader.last_unfinished) {
            buf_add_byte(&again, '\n');
        }
    }
    assert_int_equal(again.size, text.size);
    assert_memory_equal(again.data, text.data, text.size);
    assert_int_equal(reader.line, 3 * 13 + 50000 + 1);
    line_reader_release(&reader);
    input_close(input);
    buf_release(&again);
    buf_release(&text);
}

static void test_blocks_across_windows(void **state)
{
    (void)state;
    struct buf text;
    struct buf again;
    struct line_reader reader;
    struct span block;
    fill(&text);
    buf_init(&again);
    struct input *input = input_open_memory(buf_span(&text));
    line_reader_init(&reader, input);
    while (line_reader_block(&reader, &block)) {
        assert_true(block.size > 0);
        assert_int_equal(block.data[block.size - 1], '\n');
        const char *behind = block.data + block.size;
        assert_int_equal(behind[strcspn(behind, "\n")], '\0');
        buf_add(&again, block);
    }
    assert_true(reader.last_unfinished);
    assert_int_equal(again.size, text.size + 1);
    assert_memory_equal(again.data, text.data, text.size);
    line_reader_release(&reader);
    input_close(input);
    buf_release(&again);
    buf_release(&text);
}

/* Every number of LFs in a step of 64 bytes, at every distance from the end. */
static void test_line_ends(void **state)
{
    (void)state;
    static char text[LINE_ENDS_PIECE + LINE_READ_SLACK];
    static uint32_t ends[LINE_ENDS_PIECE];
    for (size_t apart = 1; apart < 300; apart++) {
        for (size_t size = LINE_ENDS_PIECE - 130; size <= LINE_ENDS_PIECE; size += 13) {
            memset(text, '\n', sizeof(text)); /* those behind the end do not count */
            for (size_t at = 0; at < size; at++) {
                text[at] = (at + 1) % apart == 0 ? '\n' : 'x';
            }
            size_t count = line_ends(span_make(text, size), ends);
            assert_int_equal(count, size / apart);
            for (size_t index = 0; index < count; index++) {
                assert_int_equal(ends[index], (index + 1) * apart - 1);
            }
        }
    }
    assert_int_equal(line_ends(span_make(text, 0), ends), 0);
}

/* The ceiling itself is allowed, one byte more is not, and the message names the line. */
static void test_line_ceiling(void **state)
{
    (void)state;
    for (unsigned above = 0; above < 2; above++) {
        struct buf text;
        struct line_reader reader;
        struct span line;
        buf_init(&text);
        buf_add_text(&text, "short\n");
        buf_add_repeat(&text, 'x', (size_t)LIMIT_LINE_BYTES + above);
        struct input *input = input_open_memory(buf_span(&text));
        line_reader_init(&reader, input);
        assert_true(line_reader_next(&reader, &line));
        assert_int_equal(line_reader_next(&reader, &line), above == 0);
        assert_int_equal(input_fault(input)->kind, above == 0 ? FAULT_NONE : FAULT_LIMIT);
        assert_int_equal(input_fault(input)->line, above == 0 ? 0 : 2);
        assert_false(line_reader_next(&reader, &line));
        line_reader_release(&reader);
        input_close(input);
        buf_release(&text);
    }
}

/* What was read before the input broke off is given; the part of a line behind it is not. */
static void test_broken_input(void **state)
{
    (void)state;
    struct line_reader reader;
    struct span line;
    struct input *input = input_open_memory(SPAN("\xFF\xFE"
                                                 "a\0\n\0b\0\x00\xD8"));
    line_reader_init(&reader, input);
    while (line_reader_next(&reader, &line)) {
        assert_span(line, "a");
    }
    assert_int_not_equal(input_fault(input)->kind, FAULT_NONE);
    line_reader_release(&reader);
    input_close(input);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_finished_last_line),
        cmocka_unit_test(test_lines_across_windows),
        cmocka_unit_test(test_blocks_across_windows),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_line_ceiling),
        cmocka_unit_test(test_broken_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
