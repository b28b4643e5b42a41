/* Sixteen bytes at a time: every byte at every place, against the plain question about one byte. */
#include "check.h"

#include "base/bytes16.h"

#include <string.h>

static void one_byte_of_sixteen(void **state)
{
    (void)state;
    for (unsigned value = 0; value < 256; value++) {
        bool text =
            (value >= 0x20 && value < 0x80) || value == '\t' || value == '\n' || value == '\r';
        for (unsigned place = 0; place < 16; place++) {
            char bytes[16];
            memset(bytes, 'x', sizeof(bytes));
            bytes[place] = (char)value;
            assert_int_equal(bytes16_are_text(bytes), text);
            assert_int_equal(bytes16_equal(bytes, (char)value),
                             value == 'x' ? 0xFFFF : 1U << place);
        }
    }
}

static void bits_of_64(void **state)
{
    (void)state;
    for (unsigned place = 0; place < 64; place++) {
        char bytes[64] = {0};
        bytes[place] = '\n';
        assert_true(bytes64_equal(bytes, '\n') == UINT64_C(1) << place);
    }
}

static void the_first_of_a_long_text(void **state)
{
    (void)state;
    for (unsigned place = 0; place < 80; place++) {
        char bytes[96 + 15] = {0};
        bytes[place] = '\n';
        bytes[place + 7] = '\n';
        assert_ptr_equal(bytes16_find(bytes, '\n'), bytes + place);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_byte_of_sixteen),
        cmocka_unit_test(bits_of_64),
        cmocka_unit_test(the_first_of_a_long_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
