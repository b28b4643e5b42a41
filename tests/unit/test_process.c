/* Running other programs: what comes back, and that nothing can hang or flood us. The expected
 * values are what the shell is told to do. */
#include "base/limits.h"
#include "base/process.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const environment[] = {"PATH=/usr/bin:/bin", "MARK=seen", NULL};

static void run_shell(const char *script, unsigned milliseconds, struct process_result *result)
{
    const char *const arguments[] = {"sh", "-c", script, NULL};
    const struct process process = {arguments, environment, "/", milliseconds};
    *result = (struct process_result){.end = PROCESS_NOT_RUN};
    process_run(&process, result);
}

static void streams_folder_and_environment_arrive(void **state)
{
    struct process_result result;
    (void)state;
    run_shell("echo $MARK; pwd; echo oops >&2; exit 7", 10000, &result);
    assert_int_equal(result.end, PROCESS_EXITED);
    assert_int_equal(result.exit_code, 7);
    check_span(buf_span(&result.output), "seen\n/\n");
    check_span(buf_span(&result.errors), "oops\n");
    assert_false(result.cut);
    process_result_release(&result);
}

static void there_is_no_terminal_and_no_input(void **state)
{
    struct process_result result;
    (void)state;
    run_shell("cat; (: </dev/tty) 2>/dev/null || echo none", 10000, &result);
    check_span(buf_span(&result.output), "none\n");
    process_result_release(&result);
}

static void a_flood_is_cut(void **state)
{
    struct process_result result;
    (void)state;
    run_shell("head -c 9000000 /dev/zero; echo end >&2", 20000, &result);
    assert_int_equal(result.end, PROCESS_EXITED);
    assert_true(result.cut);
    assert_int_equal(result.output.size, LIMIT_PROCESS_BYTES);
    check_span(buf_span(&result.errors), "end\n");
    process_result_release(&result);
}

/* Also when a grandchild keeps the pipes open, and when the pipes are closed early. */
static void time_is_limited(void **state)
{
    static const char *const scripts[] = {"sleep 60", "sleep 60 & exec sleep 60",
                                          "exec >&- 2>&-; sleep 60"};
    (void)state;
    for (size_t index = 0; index < sizeof(scripts) / sizeof(scripts[0]); index++) {
        struct process_result result;
        time_t start = time(NULL);
        run_shell(scripts[index], 300, &result);
        assert_int_equal(result.end, PROCESS_TIMED_OUT);
        assert_true(time(NULL) - start < 10);
        process_result_release(&result);
    }
}

static void ends_are_told_apart(void **state)
{
    static const char *const arguments[] = {"tidegate-no-such-program", NULL};
    const struct process missing = {arguments, environment, NULL, 1000};
    struct process_result result;
    (void)state;
    run_shell("kill -9 $$", 10000, &result);
    assert_int_equal(result.end, PROCESS_KILLED);
    process_result_release(&result);
    result = (struct process_result){.end = PROCESS_EXITED};
    process_run(&missing, &result);
    assert_int_equal(result.end, PROCESS_NOT_FOUND);
    process_result_release(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(streams_folder_and_environment_arrive),
        cmocka_unit_test(there_is_no_terminal_and_no_input),
        cmocka_unit_test(a_flood_is_cut),
        cmocka_unit_test(time_is_limited),
        cmocka_unit_test(ends_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
