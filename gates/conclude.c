/* From the checks to one verdict: what closes the gate decides, a broken rule before lack of data,
 * and lack of reports before lack of a baseline. */
#include "gates/conclude.h"

/* What the verdict counts. */
struct tally {
    size_t blocked_by_report, blocked_by_baseline;
    bool warns;
};

static void count(struct verdict *verdict, const struct check *check, struct tally *tally)
{
    bool blocks = check_blocks(check);
    switch (check->outcome) {
    case OUTCOME_PASS: verdict->passed++; break;
    case OUTCOME_INFO: verdict->informed++; break;
    case OUTCOME_WARN: verdict->warned++; break;
    case OUTCOME_WAIVED: verdict->waived++; break;
    case OUTCOME_FAIL: verdict->failed++; break;
    case OUTCOME_NO_DATA:
        verdict->without_data++;
        tally->blocked_by_report += blocks && check->no_data == NO_DATA_REPORT;
        tally->blocked_by_baseline += blocks && check->no_data == NO_DATA_BASELINE;
        tally->warns = tally->warns || check->rule->severity == GATE_WARN;
        break;
    }
}

static void conclude(struct verdict *verdict, const struct tally *tally)
{
    if (verdict->failed > 0) {
        verdict->outcome = OUTCOME_FAIL;
        verdict->exit_code = EXIT_CLOSED;
    } else if (verdict->checks.count == 0 || tally->blocked_by_report > 0) {
        verdict->outcome = OUTCOME_NO_DATA;
        verdict->exit_code = EXIT_REPORT;
    } else if (tally->blocked_by_baseline > 0) {
        verdict->outcome = OUTCOME_NO_DATA;
        verdict->exit_code = EXIT_BASELINE;
    } else {
        bool warns = tally->warns || verdict->warned > 0 || verdict->waived > 0;
        verdict->outcome = warns ? OUTCOME_WARN : OUTCOME_PASS;
        verdict->exit_code = EXIT_OPEN;
    }
}

static void add_counts(struct buf *out, const struct verdict *verdict)
{
    const struct {
        size_t count;
        const char *text;
    } parts[] = {{verdict->failed, "failed"},
                 {verdict->without_data, "without data"},
                 {verdict->waived, "waived"},
                 {verdict->warned, "with a warning"},
                 {verdict->informed, "for information"},
                 {verdict->passed, "passed"}};
    const char *before = "";
    for (size_t index = 0; index < sizeof(parts) / sizeof(parts[0]); index++) {
        if (parts[index].count > 0) {
            buf_add_format(out, "%s%zu %s", before, parts[index].count, parts[index].text);
            before = ", ";
        }
    }
}

static const struct name *summarise(const struct verdict *verdict, struct names *names)
{
    struct buf text;
    buf_init(&text);
    size_t total = verdict->checks.count;
    switch (verdict->exit_code) {
    case EXIT_OPEN: buf_add_text(&text, "The gate is open: "); break;
    case EXIT_REPORT: buf_add_text(&text, "The gate is closed for lack of data: "); break;
    case EXIT_BASELINE: buf_add_text(&text, "The gate is closed for lack of a baseline: "); break;
    default: buf_add_text(&text, "The gate is closed: "); break;
    }
    if (total == 0) {
        buf_add_text(&text, "no rule could be applied, because no report holds anything to judge.");
    } else if (verdict->passed == total) {
        buf_add_format(&text, total == 1 ? "the one check passed." : "all %zu checks passed.",
                       total);
    } else {
        buf_add_format(&text, "%zu check%s, ", total, total == 1 ? "" : "s");
        add_counts(&text, verdict);
        buf_add_byte(&text, '.');
    }
    const struct name *name = names_add(names, buf_span(&text));
    buf_release(&text);
    return name;
}

void gates_conclude(struct verdict *verdict, struct names *names)
{
    struct tally tally = {0, 0, false};
    verdict->failed = verdict->warned = verdict->waived = 0;
    verdict->without_data = verdict->informed = verdict->passed = 0;
    for (size_t index = 0; index < verdict->checks.count; index++) {
        count(verdict, vec_at(&verdict->checks, index), &tally);
    }
    conclude(verdict, &tally);
    verdict->summary = summarise(verdict, names);
}
