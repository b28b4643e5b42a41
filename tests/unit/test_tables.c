/* Maps, vectors and arenas against plain arithmetic. */
#include "check.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/vec.h"

static void maps_keep_what_was_put(void **state)
{
    struct map map;
    (void)state;
    map_init(&map);
    assert_null(map_find(&map, 1));
    for (uint64_t key = 0; key < 10000; key++) {
        *map_put(&map, key * 64) = key + 1; /* keys like addresses: equal low bits */
    }
    assert_int_equal(map.count, 10000);
    for (uint64_t key = 0; key < 10000; key++) {
        assert_int_equal(*map_find(&map, key * 64), key + 1);
        assert_null(map_find(&map, key * 64 + 1));
    }
    map_clear(&map);
    assert_null(map_find(&map, 64));
    assert_null(map_find(&map, 0));
    *map_put(&map, 1) = 5; /* not the same as 0 */
    assert_null(map_find(&map, 0));
    assert_int_equal(*map_put(&map, 0), 0);
    assert_int_equal(*map_find(&map, 1), 5);
    assert_int_equal(map.count, 2);
    assert_int_equal(*map_put(&map, 64), 0);
    map_release(&map);
}

static int compare_numbers(const void *left, const void *right)
{
    int one = *(const int *)left;
    int two = *(const int *)right;
    return one < two ? -1 : one > two;
}

static void vectors_grow_and_sort(void **state)
{
    struct vec vec;
    (void)state;
    vec_init(&vec, sizeof(int));
    vec_sort(&vec, compare_numbers);
    for (int index = 0; index < 1000; index++) {
        int *item = vec_add(&vec);
        assert_int_equal(*item, 0);
        *item = (index * 7919) % 1000;
    }
    vec_sort(&vec, compare_numbers);
    for (int index = 0; index < 1000; index++) {
        assert_int_equal(*(int *)vec_at(&vec, (size_t)index), index);
    }
    vec_clear(&vec);
    assert_int_equal(vec.count, 0);
    vec_release(&vec);
}

static void arenas_hand_out_zeroed_aligned_pieces(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena);
    for (size_t size = 1; size < 3000; size += 37) {
        char *piece = arena_alloc(&arena, size);
        assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
        for (size_t at = 0; at < size; at++) {
            assert_int_equal(piece[at], 0);
        }
        memset(piece, 'x', size);
    }
    char *big = arena_alloc(&arena, 5000000);
    big[4999999] = 'y';
    assert_true(arena.used > 5000000);
    check_span(arena_copy(&arena, SPAN("copy")), "copy");
    assert_string_equal(arena_text(&arena, SPAN("text")), "text");
    arena_reset(&arena);
    assert_int_equal(arena.used, 0);
    arena_release(&arena);
}

static void hashes_are_the_published_ones(void **state)
{
    char text[33];
    (void)state;
    /* XXH3's value of no bytes with seed 0, from the reference implementation's documentation. */
    assert_int_equal(hash64(SPAN(""), 0), 0x2D06800538D394C2U);
    hash128_text(hash128(SPAN("")), text);
    assert_string_equal(text, "99aa06d3014798d86001c324468d497f");
    assert_true(hash128_compare((struct hash128){1, 2}, (struct hash128){1, 3}) < 0);
    assert_true(hash128_compare((struct hash128){2, 0}, (struct hash128){1, 3}) > 0);
    assert_int_equal(hash128_compare((struct hash128){2, 1}, (struct hash128){2, 1}), 0);
}

static void every_ceiling_has_a_reason(void **state)
{
    size_t count = 0;
    const struct limit *limits = limits_all(&count);
    (void)state;
    assert_true(count > 0);
    for (size_t index = 0; index < count; index++) {
        assert_true(limits[index].value > 0);
        assert_true(strlen(limits[index].why) > 10);
        assert_true(strlen(limits[index].unit) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(maps_keep_what_was_put),
        cmocka_unit_test(vectors_grow_and_sort),
        cmocka_unit_test(arenas_hand_out_zeroed_aligned_pieces),
        cmocka_unit_test(hashes_are_the_published_ones),
        cmocka_unit_test(every_ceiling_has_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
