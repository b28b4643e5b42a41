/* Rows of findings are found again, however many there are and however alike. */
#include "check.h"

#include "model/finding_index.h"
#include "model/run.h"
#include "model/sink.h"

static const struct name *number_name(struct run *run, const char *stem, unsigned number)
{
    struct buf text;
    buf_init(&text);
    buf_add_format(&text, "%s%u", stem, number);
    const struct name *name = names_add(&run->names, buf_span(&text));
    buf_release(&text);
    return name;
}

/* `paths` times `rules` combinations, twice: the second time each must be found where it was
 * put. */
static void check_grid(unsigned paths, unsigned rules)
{
    struct run run;
    struct finding_index index = {0};
    struct vec rows;
    run_init(&run);
    vec_init(&rows, sizeof(struct finding_row));
    for (unsigned round = 0; round < 2; round++) {
        for (unsigned path = 0; path < paths; path++) {
            for (unsigned rule = 0; rule < rules; rule++) {
                const struct finding_row wanted = {.path = number_name(&run, "src/", path),
                                                   .rule = number_name(&run, "rule-", rule),
                                                   .level = (uint8_t)(rule % 4)};
                size_t row = finding_index_row(&index, &rows, &wanted);
                assert_int_equal(row, (size_t)path * rules + rule);
            }
        }
    }
    assert_int_equal(rows.count, (size_t)paths * rules);
    finding_index_release(&index);
    vec_release(&rows);
    run_release(&run);
}

static void rows_of_many_files_are_found(void **state)
{
    (void)state;
    check_grid(3000, 7);
}

static void rows_of_one_file_are_found(void **state)
{
    (void)state;
    check_grid(1, 50000);
    check_grid(3, 100);
}

static void each_part_of_a_combination_counts(void **state)
{
    struct run run;
    struct finding_index index = {0};
    struct vec rows;
    (void)state;
    run_init(&run);
    vec_init(&rows, sizeof(struct finding_row));
    const struct name *name = names_add(&run.names, SPAN("a"));
    const struct finding_row wanted[] = {
        {.path = name},
        {.rule = name},
        {.path = name, .rule = name},
        {.path = name, .level = LEVEL_ERROR},
        {.path = name, .band = BAND_LOW},
        {.path = name, .suppressed = true},
        {.path = NULL},
    };
    for (size_t which = 0; which < sizeof(wanted) / sizeof(wanted[0]); which++) {
        assert_int_equal(finding_index_row(&index, &rows, &wanted[which]), which);
    }
    finding_index_release(&index);
    vec_release(&rows);
    run_release(&run);
}

/* What the sink remembers of the findings before must not hide a difference. */
static void the_sink_keeps_combinations_apart(void **state)
{
    struct run run;
    struct sink sink;
    (void)state;
    run_init(&run);
    struct report *report = report_open(&run.names, SPAN("report"));
    sink_init(&sink, report, &run.names);
    static const char *const paths[] = {"a.c", "b.c", "", "a.c"};
    static const char *const rules[] = {"-Wa", "-Wb", "", "-Wa"};
    for (unsigned round = 0; round < 3; round++) {
        for (unsigned path = 0; path < 4; path++) {
            for (unsigned rule = 0; rule < 4; rule++) {
                for (unsigned level = 0; level < 4; level++) {
                    const struct finding_in finding = {.path = span_of(paths[path]),
                                                       .rule = span_of(rules[rule]),
                                                       .level = (enum level)level,
                                                       .suppressed = round == 2};
                    sink_finding(&sink, &finding);
                }
            }
        }
    }
    sink_close(&sink);
    const struct vec *rows = &report->findings.rows;
    assert_int_equal(rows->count, 3 * 3 * 4 * 2);
    for (size_t index = 0; index < rows->count; index++) {
        const struct finding_row *row = vec_at(rows, index);
        bool twice_path = span_is(name_span(row->path), "a.c");
        bool twice_rule = span_is(name_span(row->rule), "-Wa");
        uint64_t wanted = (twice_path ? 2U : 1U) * (twice_rule ? 2U : 1U);
        assert_int_equal(row->count, row->suppressed ? wanted : 2 * wanted);
    }
    report_close(report);
    run_release(&run);
}

/* Paths are new, come back, or have a name already that was given for another reason; some have
 * more rules than are looked through one by one. */
static void new_paths_and_those_that_come_back_share_their_rows(void **state)
{
    struct run run;
    struct sink sink;
    (void)state;
    run_init(&run);
    struct report *report = report_open(&run.names, SPAN("report"));
    sink_init(&sink, report, &run.names);
    for (unsigned round = 0; round < 3; round++) {
        for (unsigned path = 0; path < 40; path++) {
            const struct name *name = number_name(&run, path % 3 == 0 ? "known/" : "rule-", path);
            struct buf fresh = {.size = 0};
            buf_add_format(&fresh, "fresh/%u", path);
            for (unsigned rule = 0; rule < 4U * path; rule++) {
                const struct finding_in finding = {
                    .path = path % 3 == 2 ? buf_span(&fresh) : name_span(name),
                    .rule = name_span(number_name(&run, "rule-", rule % (2 * path))),
                    .level = LEVEL_NOTE};
                sink_finding(&sink, &finding);
            }
            buf_release(&fresh);
        }
    }
    sink_close(&sink);
    const struct vec *rows = &report->findings.rows;
    assert_int_equal(rows->count, 2 * (40 * 39 / 2));
    for (size_t index = 0; index < rows->count; index++) {
        const struct finding_row *row = vec_at(rows, index);
        assert_int_equal(row->count, 3 * 2);
    }
    report_close(report);
    run_release(&run);
}

static void details_are_kept_up_to_the_ceiling(void **state)
{
    struct run run;
    struct sink sink;
    (void)state;
    run_init(&run);
    struct report *report = report_open(&run.names, SPAN("report"));
    sink_init(&sink, report, &run.names);
    const struct finding_in finding = {.path = SPAN("a.c"), .level = LEVEL_ERROR};
    for (unsigned count = 0; count < 499; count++) {
        sink_finding(&sink, &finding);
    }
    assert_true(sink_keeps_detail(&sink, LEVEL_ERROR));
    sink_finding(&sink, &finding);
    assert_false(sink_keeps_detail(&sink, LEVEL_ERROR));
    assert_true(sink_keeps_detail(&sink, LEVEL_WARNING));
    sink_finding(&sink, &finding);
    sink_close(&sink);
    assert_int_equal(report->findings.details.count, 500);
    report_close(report);
    run_release(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_many_files_are_found),
        cmocka_unit_test(rows_of_one_file_are_found),
        cmocka_unit_test(each_part_of_a_combination_counts),
        cmocka_unit_test(the_sink_keeps_combinations_apart),
        cmocka_unit_test(new_paths_and_those_that_come_back_share_their_rows),
        cmocka_unit_test(details_are_kept_up_to_the_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
