/* What every collector promises, checked for all of them: its words, its probe, and that each
 * fixture has exactly one winner. */
#include "fixtures.h"

#include "base/path.h"
#include "collectors/collectors.h"
#include "model/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static const char *fixtures_folder = "../collect";

static void every_collector_describes_itself(void **state)
{
    size_t count = 0;
    const struct collector *const *all = collectors_all(&count);
    (void)state;
    assert_true(count > 0);
    for (size_t index = 0; index < count; index++) {
        const struct collector *collector = all[index];
        assert_true(strspn(collector->name, "abcdefghijklmnopqrstuvwxyz0123456789_-") ==
                    strlen(collector->name));
        assert_true(strlen(collector->title) > 0 && strlen(collector->spec) > 0);
        assert_true(strlen(collector->tools) > 0);
        assert_true(collector->families != 0);
        assert_ptr_equal(collectors_find(span_of(collector->name)), collector);
        if (index > 0) {
            assert_true(strcmp(all[index - 1]->name, collector->name) < 0);
        }
    }
    assert_null(collectors_find(SPAN("no-such-format")));
}

static void every_collector_has_fixtures(void **state)
{
    struct vec fixtures;
    size_t count = 0;
    const struct collector *const *all = collectors_all(&count);
    (void)state;
    fixtures_find(fixtures_folder, &fixtures);
    for (size_t index = 0; index < count; index++) {
        size_t own = 0;
        for (size_t at = 0; at < fixtures.count; at++) {
            own += strcmp(((struct fixture *)vec_at(&fixtures, at))->format, all[index]->name) == 0;
        }
        if (own == 0) {
            print_error("no fixture for %s\n", all[index]->name);
        }
        assert_true(own > 0);
    }
    fixtures_release(&fixtures);
}

/* A fixture may force its format with "arguments"; only those that detection must handle are in the
 * matrix. */
static bool is_detected(const struct fixture *fixture)
{
    struct buf text;
    struct buf path;
    buf_init(&text);
    buf_init(&path);
    buf_add(&path, span_until(span_of(fixture->path), span_find_last(span_of(fixture->path), '/')));
    buf_add_text(&path, "/expected.json");
    fixture_read(buf_text(&path), &text);
    bool forced = span_find_text(buf_span(&text), "\"arguments\"") != SIZE_MAX ||
                  span_find_text(buf_span(&text), "\"format\"") != SIZE_MAX;
    buf_release(&text);
    buf_release(&path);
    return !forced && !fixture->refused;
}

static void each_fixture_has_one_winner(void **state)
{
    struct vec fixtures;
    size_t wrong = 0;
    (void)state;
    fixtures_find(fixtures_folder, &fixtures);
    assert_true(fixtures.count > 0);
    for (size_t index = 0; index < fixtures.count; index++) {
        const struct fixture *fixture = vec_at(&fixtures, index);
        struct head head;
        struct input *input = input_open_file(fixture->path);
        head_read(&head, input_head(input), path_base(span_of(fixture->path)));
        struct detection detection = collectors_detect(&head);
        if (is_detected(fixture) &&
            (detection.best == NULL || strcmp(detection.best->name, fixture->format) != 0)) {
            print_error("%s: detected as %s (score %d)\n", fixture->path,
                        detection.best != NULL ? detection.best->name : "nothing", detection.score);
            wrong++;
        }
        input_close(input);
    }
    fixtures_release(&fixtures);
    assert_int_equal(wrong, 0);
}

/* Text that is no report: no probe may be more than weakly sure. */
static void noise_convinces_nobody(void **state)
{
    static const char *const texts[] = {
        "",
        " ",
        "\n\n\n",
        "<",
        "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head></html>",
        "<?xml version=\"1.0\"?><note><to>you</to></note>",
        "<project name=\"x\"><target/></project>",
        "{}",
        "[]x",
        "{\"a\":1}",
        "{\"name\":\"pkg\",\"version\":\"1.0.0\",\"results\":[]}",
        "hello world\n",
        "The quick brown fox: jumps over 12: dogs\n",
        "key: value\nother: 12\n",
        ("\x7f"
         "ELF\x02\x01\x01"),
    };
    size_t count = 0;
    const struct collector *const *all = collectors_all(&count);
    (void)state;
    for (size_t text = 0; text < sizeof(texts) / sizeof(texts[0]); text++) {
        struct head head;
        head_read(&head, span_of(texts[text]), SPAN("file"));
        for (size_t index = 0; index < count; index++) {
            int score = all[index]->probe(&head);
            if (score > PROBE_WEAK) {
                print_error("%s claims %s with %d\n", all[index]->name, texts[text], score);
            }
            assert_true(score <= PROBE_WEAK);
        }
    }
}

static void random_bytes_convince_nobody(void **state)
{
    uint64_t seed = 88172645463325252U;
    size_t count = 0;
    const struct collector *const *all = collectors_all(&count);
    (void)state;
    for (unsigned round = 0; round < 2000; round++) {
        char bytes[512];
        struct head head;
        for (size_t at = 0; at < sizeof(bytes); at++) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            bytes[at] = (char)(round % 2 == 0 ? seed & 0xFF : 32 + (seed & 0x3F));
        }
        head_read(&head, span_make(bytes, sizeof(bytes)), SPAN("file"));
        for (size_t index = 0; index < count; index++) {
            if (all[index]->probe(&head) > PROBE_WEAK) {
                print_error("%s claims %.*s\n", all[index]->name, (int)sizeof(bytes), bytes);
                fail();
            }
        }
    }
}

/* The order of the list must not matter, so two readers of one head always agree. */
static void probes_are_pure(void **state)
{
    struct vec fixtures;
    size_t count = 0;
    const struct collector *const *all = collectors_all(&count);
    (void)state;
    fixtures_find(fixtures_folder, &fixtures);
    for (size_t index = 0; index < fixtures.count; index++) {
        const struct fixture *fixture = vec_at(&fixtures, index);
        struct head head;
        struct input *input = input_open_file(fixture->path);
        head_read(&head, input_head(input), path_base(span_of(fixture->path)));
        for (size_t at = 0; at < count; at++) {
            assert_int_equal(all[at]->probe(&head), all[at]->probe(&head));
        }
        input_close(input);
    }
    fixtures_release(&fixtures);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_collector_describes_itself),
        cmocka_unit_test(every_collector_has_fixtures),
        cmocka_unit_test(each_fixture_has_one_winner),
        cmocka_unit_test(noise_convinces_nobody),
        cmocka_unit_test(random_bytes_convince_nobody),
        cmocka_unit_test(probes_are_pure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
