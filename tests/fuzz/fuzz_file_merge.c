/* libFuzzer harness of the three-way merge of baseline files. The input decides what three versions
 * hold; each is written and read as a file first. For any three of them:
 *
 * - the merge is symmetric, and with one side unchanged the other one is the result;
 * - what it gives is a file that reads back as the same bytes;
 * - what both sides have is there, and so is what one side has new or moved: gone is only what the
 *   other side took away while this one left it as it was. */
#include "ledger/file_ledger.h"
#include "model/run.h"

#include <stdlib.h>
#include <string.h>

enum { BASE, OURS, THEIRS, SIDES };

/* What is left of the input; zeros when it is used up. */
struct dice {
    const uint8_t *data;
    size_t size;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned roll(struct dice *dice, unsigned sides)
{
    if (dice->size == 0) {
        return 0;
    }
    dice->size--;
    return *dice->data++ % sides;
}

/* ---- making files ---- */

static const uint64_t numbers[] = {
    0, 1, 2, 3, 7, 10, 100, (UINT64_C(1) << 53) - 1, UINT64_C(1) << 53};
enum { NUMBERS = sizeof(numbers) / sizeof(numbers[0]) };

static const char *const keys[] = {"coverage.line", "tests.total",    "findings.error",
                                   "tests.time",    "coverage.files", "own.size"};
enum { KEYS = sizeof(keys) / sizeof(keys[0]) };

static const struct name *one_of(struct run *run, struct dice *dice, const char *first,
                                 const char *second)
{
    unsigned number = roll(dice, 3);
    return number == 0 ? NULL : names_add(&run->names, span_of(number == 1 ? first : second));
}

static struct value make_value(struct dice *dice, const char *key)
{
    const struct metric_kind *known = metric_find(span_of(key));
    unsigned kind = known != NULL ? known->kind : roll(dice, 3);
    uint64_t one = numbers[roll(dice, NUMBERS)];
    if (kind == VALUE_RATIO) {
        uint64_t other = numbers[roll(dice, NUMBERS)];
        return value_ratio(one < other ? one : other, one < other ? other : one);
    }
    return kind == VALUE_COUNT ? value_count(one)
                               : value_decimal(decimal_make((int64_t)one, (uint8_t)roll(dice, 4)));
}

static void add_metric(struct run *run, struct dice *dice, struct snapshot *snapshot)
{
    const char *key = keys[roll(dice, KEYS)];
    const struct metric metric = {.key = names_add(&run->names, span_of(key)),
                                  .group = one_of(run, dice, "unit", "e2e"),
                                  .component = one_of(run, dice, "api", "web"),
                                  .state = roll(dice, STATE_MISSING + 1),
                                  .value = make_value(dice, key)};
    for (size_t index = 0; index < snapshot->metrics.count; index++) {
        if (metric_compare(vec_at(&snapshot->metrics, index), &metric) == 0) {
            return; /* such a file would be refused */
        }
    }
    *snapshot_add(snapshot) = metric;
}

static void add_bar(struct run *run, struct dice *dice, struct bars *bars)
{
    const char *key = keys[roll(dice, KEYS)];
    const struct metric_kind *known = metric_find(span_of(key));
    const struct name *group = one_of(run, dice, "unit", "e2e");
    struct bar *bar = bars_put(bars, names_add(&run->names, span_of(key)), group, NULL);
    bar->direction = known != NULL ? known->direction : roll(dice, 2);
    bar->value = make_value(dice, key);
    bar->pending.entries = roll(dice, 3);
    bar->pending.value = make_value(dice, key);
    bar->waiver_owner = one_of(run, dice, "a", "b");
    bar->waiver_until = bar->waiver_owner != NULL ? 20270101 + roll(dice, 3) : 0;
}

static void add_source(struct run *run, struct dice *dice, struct vec *sources)
{
    struct snapshot_source *source = vec_add(sources);
    char path[] = {(char)('a' + roll(dice, 6)), '\0'};
    source->path = names_add(&run->names, span_of(path));
    source->group = one_of(run, dice, "unit", "e2e");
    source->format = one_of(run, dice, "lcov", "junit");
    source->state = roll(dice, STATE_MISSING + 1);
}

/* Takes `draft` as its text is read. False when it is no file. */
static bool take(struct file_ledger *draft, struct file_ledger *file)
{
    struct fault fault = {.kind = FAULT_NONE};
    struct buf text = {NULL, 0, 0};
    snapshot_sort(&draft->snapshot);
    file_ledger_write(draft, &text);
    bool sound = file_ledger_read(file, buf_span(&text), &fault) == ERR_NONE;
    buf_release(&text);
    return sound;
}

/* One version; a side begins as a copy of the base, so that most of it is equal. */
static bool make_file(struct run *run, struct dice *dice, const struct file_ledger *from,
                      struct file_ledger *file)
{
    struct file_ledger draft;
    file_ledger_init(&draft, &run->names);
    for (size_t index = 0; from != NULL && index < from->snapshot.metrics.count; index++) {
        if (roll(dice, 3) == 0) {
            *snapshot_add(&draft.snapshot) =
                *(const struct metric *)vec_at(&from->snapshot.metrics, index);
        }
    }
    for (size_t index = 0; from != NULL && index < from->bars.all.count; index++) {
        const struct bar *bar = vec_at(&from->bars.all, index);
        if (roll(dice, 3) == 0) {
            *bars_put(&draft.bars, bar->key, bar->group, bar->component) = *bar;
        }
    }
    for (unsigned more = roll(dice, 8); more > 0; more--) {
        add_metric(run, dice, &draft.snapshot);
    }
    for (unsigned more = roll(dice, 4); more > 0; more--) {
        add_bar(run, dice, &draft.bars);
    }
    for (unsigned more = roll(dice, 4); more > 0; more--) {
        add_source(run, dice, &draft.snapshot.sources);
    }
    bool sound = take(&draft, file);
    file_ledger_release(&draft);
    return sound;
}

/* ---- what must be true of every merge ---- */

static void need(bool truth)
{
    if (!truth) {
        abort();
    }
}

/* The text of a merge; empty when there is none. What is merged must be a file. */
static void merge(struct run *run, const struct file_ledger *base, const struct file_ledger *ours,
                  const struct file_ledger *theirs, struct file_ledger *merged, struct buf *out)
{
    struct fault fault = {.kind = FAULT_NONE};
    struct file_ledger again;
    struct buf text = {NULL, 0, 0};
    file_ledger_init(merged, &run->names);
    if (!file_ledger_merge(base, ours, theirs, merged, &fault)) {
        need(fault.kind != FAULT_NONE);
        return;
    }
    file_ledger_write(merged, out);
    file_ledger_init(&again, &run->names);
    need(file_ledger_read(&again, buf_span(out), &fault) == ERR_NONE);
    file_ledger_write(&again, &text);
    need(span_equal(buf_span(out), buf_span(&text)));
    file_ledger_release(&again);
    buf_release(&text);
}

static const struct metric *find_metric(const struct file_ledger *file, const struct metric *metric)
{
    return snapshot_find(&file->snapshot, metric->key, metric->group, metric->component);
}

static bool same_value(const struct value *one, const struct value *other)
{
    return one->kind == other->kind &&
           (one->kind == VALUE_RATIO ? one->ratio.covered == other->ratio.covered &&
                                           one->ratio.total == other->ratio.total
                                     : value_compare(one, other) == 0);
}

static bool same_metric(const struct metric *one, const struct metric *other)
{
    return one->state == other->state &&
           (!state_has_value(one->state) || same_value(&one->value, &other->value));
}

static const struct bar *find_bar(const struct file_ledger *file, const struct bar *bar)
{
    return bars_find(&file->bars, bar->key, bar->group, bar->component);
}

static bool same_bar(const struct bar *one, const struct bar *other)
{
    return one->direction == other->direction && same_value(&one->value, &other->value) &&
           one->waiver_owner == other->waiver_owner && one->waiver_until == other->waiver_until &&
           one->pending.entries == other->pending.entries &&
           (one->pending.entries == 0 || same_value(&one->pending.value, &other->pending.value));
}

static bool has_source(const struct file_ledger *file, const struct snapshot_source *wanted)
{
    for (size_t index = 0; index < file->snapshot.sources.count; index++) {
        if (snapshot_source_compare(vec_at(&file->snapshot.sources, index), wanted) == 0) {
            return true;
        }
    }
    return false;
}

/* Nothing of `side` is lost that `other` did not take away from where `side` left it. */
static void check_kept(const struct file_ledger *base, const struct file_ledger *side,
                       const struct file_ledger *other, const struct file_ledger *merged)
{
    for (size_t index = 0; index < side->snapshot.metrics.count; index++) {
        const struct metric *metric = vec_at(&side->snapshot.metrics, index);
        const struct metric *before = find_metric(base, metric);
        bool left_alone = before != NULL && same_metric(before, metric);
        need(find_metric(merged, metric) != NULL ||
             (left_alone && find_metric(other, metric) == NULL));
    }
    for (size_t index = 0; index < side->bars.all.count; index++) {
        const struct bar *bar = vec_at(&side->bars.all, index);
        const struct bar *before = find_bar(base, bar);
        bool left_alone = before != NULL && same_bar(before, bar);
        need(find_bar(merged, bar) != NULL || (left_alone && find_bar(other, bar) == NULL));
    }
    for (size_t index = 0; index < side->snapshot.sources.count; index++) {
        const struct snapshot_source *source = vec_at(&side->snapshot.sources, index);
        need(has_source(merged, source) ||
             (has_source(base, source) && !has_source(other, source)));
    }
}

static void check_one_sided(struct run *run, const struct file_ledger *base,
                            const struct file_ledger *side)
{
    struct file_ledger merged[2];
    struct buf wanted = {NULL, 0, 0};
    struct buf texts[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    merge(run, base, side, base, &merged[0], &texts[0]);
    merge(run, base, base, side, &merged[1], &texts[1]);
    file_ledger_write(side, &wanted);
    for (unsigned each = 0; each < 2; each++) {
        need(span_equal(buf_span(&wanted), buf_span(&texts[each])));
        file_ledger_release(&merged[each]);
        buf_release(&texts[each]);
    }
    buf_release(&wanted);
}

static void check_merges(struct run *run, const struct file_ledger *files)
{
    struct file_ledger merged[2];
    struct buf texts[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    merge(run, &files[BASE], &files[OURS], &files[THEIRS], &merged[0], &texts[0]);
    merge(run, &files[BASE], &files[THEIRS], &files[OURS], &merged[1], &texts[1]);
    need(span_equal(buf_span(&texts[0]), buf_span(&texts[1])));
    if (texts[0].size > 0) {
        check_kept(&files[BASE], &files[OURS], &files[THEIRS], &merged[0]);
        check_kept(&files[BASE], &files[THEIRS], &files[OURS], &merged[0]);
    }
    for (unsigned each = 0; each < 2; each++) {
        file_ledger_release(&merged[each]);
        buf_release(&texts[each]);
    }
    check_one_sided(run, &files[BASE], &files[OURS]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run run;
    struct file_ledger files[SIDES];
    struct dice dice = {data, size};
    bool sound = true;
    run_init(&run);
    for (unsigned side = BASE; side < SIDES; side++) {
        file_ledger_init(&files[side], &run.names);
    }
    bool no_base = roll(&dice, 8) == 1; /* both sides made the file */
    for (unsigned side = no_base ? OURS : BASE; sound && side < SIDES; side++) {
        sound = make_file(&run, &dice, side == BASE || no_base ? NULL : &files[BASE], &files[side]);
    }
    if (sound) {
        check_merges(&run, files);
    }
    for (unsigned side = BASE; side < SIDES; side++) {
        file_ledger_release(&files[side]);
    }
    run_release(&run);
    return 0;
}
