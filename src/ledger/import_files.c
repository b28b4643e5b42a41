/* Series that live in files.
 *
 * betterer: a JavaScript module with one exports[`NAME`] = { value: `VALUE` } for each test; the
 * value is a number, or JSON with a list of issues for each file, which are counted. One file holds
 * one state. github-action-benchmark: data.js, which is `window.BENCHMARK_DATA = ` and a JSON
 * document, or that document: suites of runs with commit, date in milliseconds and benches. */
#include "ledger/imported.h"

#include "base/json_tree.h"

/* ---- betterer ---- */

/* Reads a template literal that begins behind `*rest`'s first backtick. False without an end. */
static bool cut_literal(struct span *rest, struct buf *text)
{
    buf_clear(text);
    size_t at = span_find(*rest, '`');
    if (at == SIZE_MAX) {
        return false;
    }
    for (at++; at < rest->size && rest->data[at] != '`'; at++) {
        if (rest->data[at] == '\\' && at + 1 < rest->size) {
            at++;
        }
        buf_add_byte(text, rest->data[at]);
    }
    bool closed = at < rest->size;
    *rest = span_from(*rest, at + 1);
    return closed;
}

/* How many issues the lists hold; false when it is not that kind of document. */
static bool count_issues(struct span text, uint64_t *count)
{
    struct fault fault = {.kind = FAULT_NONE};
    struct json_node *root = json_tree_open(text, &fault);
    bool sound = root != NULL && json_node_is_object(root);
    *count = 0;
    for (const struct json_node *file = sound ? json_node_first(root) : NULL; file != NULL;
         file = json_node_next(file)) {
        sound = sound && json_node_is_array(file);
        for (const struct json_node *issue = json_node_first(file); issue != NULL;
             issue = json_node_next(issue)) {
            ++*count;
        }
    }
    json_tree_close(root);
    return sound;
}

static void add_test(struct imported *imported, struct span commit, int64_t time, struct span name,
                     struct span value)
{
    struct buf number = {NULL, 0, 0};
    uint64_t count = 0;
    struct import_point point = {
        .commit = commit, .name = name, .value = span_trim(value), .time = time};
    if (span_starts(point.value, "{")) {
        if (!count_issues(point.value, &count)) {
            imported_skip(imported, "no list of issues that can be counted", name);
            return;
        }
        buf_add_u64(&number, count);
        point.value = buf_span(&number);
        point.unit = SPAN("issues");
    }
    imported_add(imported, &point);
    buf_release(&number);
}

void import_betterer(struct imported *imported, struct span commit, int64_t time, struct span text)
{
    struct buf name = {NULL, 0, 0};
    struct buf value = {NULL, 0, 0};
    size_t at = 0;
    while ((at = span_find_text(text, "exports[`")) != SIZE_MAX) {
        text = span_from(text, at);
        bool sound = cut_literal(&text, &name);
        at = span_find_text(text, "value:");
        sound = sound && at != SIZE_MAX;
        text = span_from(text, sound ? at : text.size);
        if (sound && cut_literal(&text, &value)) {
            add_test(imported, commit, time, buf_span(&name), buf_span(&value));
        } else {
            imported_skip(imported, "a test without a value", buf_span(&name));
        }
    }
    buf_release(&name);
    buf_release(&value);
}

/* ---- github-action-benchmark ---- */

/* The document without what makes it a script. */
static struct span bare_document(struct span text)
{
    size_t start = span_find(text, '{');
    text = span_trim(span_from(text, start != SIZE_MAX ? start : text.size));
    while (text.size > 0 && text.data[text.size - 1] == ';') {
        text = span_trim(span_until(text, text.size - 1));
    }
    return text;
}

static void add_run(struct imported *imported, struct span suite, const struct json_node *run)
{
    const struct json_node *commit = json_node_get(run, "commit");
    struct import_point point = {.commit = {NULL, 0}};
    uint64_t date = 0;
    json_node_text(json_node_get(commit, "id"), &point.commit);
    json_node_text(json_node_get(commit, "tree_id"), &point.tree);
    json_node_u64(json_node_get(run, "date"), &date);
    point.time = (int64_t)(date / 1000);
    for (const struct json_node *bench = json_node_first(json_node_get(run, "benches"));
         bench != NULL; bench = json_node_next(bench)) {
        struct buf name = {NULL, 0, 0};
        struct span own = {NULL, 0};
        point.value = point.unit = own;
        json_node_text(json_node_get(bench, "name"), &own);
        json_node_text(json_node_get(bench, "unit"), &point.unit);
        json_node_number(json_node_get(bench, "value"), &point.value);
        if (suite.size > 0) {
            buf_add_format(&name, "%.*s.", SPAN_ARG(suite));
        }
        buf_add(&name, own);
        point.name = buf_span(&name);
        imported_add(imported, &point);
        buf_release(&name);
    }
}

void import_gh_benchmark(struct imported *imported, struct span commit, int64_t time,
                         struct span text)
{
    struct fault fault = {.kind = FAULT_NONE};
    struct json_node *root = json_tree_open(bare_document(text), &fault);
    const struct json_node *suite = json_node_first(json_node_get(root, "entries"));
    bool several = suite != NULL && json_node_next(suite) != NULL;
    (void)commit;
    (void)time; /* each run has its own */
    if (suite == NULL) {
        imported_skip(imported, "no data of github-action-benchmark",
                      root == NULL ? span_of(fault.text) : SPAN("entries"));
    }
    for (; suite != NULL; suite = json_node_next(suite)) {
        for (const struct json_node *run = json_node_first(suite); run != NULL;
             run = json_node_next(run)) {
            add_run(imported, several ? span_of(json_node_key(suite)) : span_make(NULL, 0), run);
        }
    }
    json_tree_close(root);
}

/* ---- the list ---- */

static const struct import_format formats[] = {
    {.name = "betterer",
     .title = "a .betterer.results file, with its history in git",
     .prefix = "betterer",
     .follows_history = true,
     .read = import_betterer},
    {.name = "gh-benchmark",
     .title = "data.js or JSON of github-action-benchmark",
     .prefix = "bench",
     .read = import_gh_benchmark},
    {.name = "git-perf",
     .title = "git notes of git-perf",
     .prefix = "perf",
     .refs = "refs/notes/perf*",
     .smallest = true,
     .read = import_git_perf},
    {.name = "git-ratchet",
     .title = "git notes of git-ratchet",
     .prefix = "ratchet",
     .refs = "refs/notes/git-ratchet-1-*",
     .read = import_git_ratchet},
    {.name = NULL},
};

const struct import_format *import_formats(void)
{
    return formats;
}
