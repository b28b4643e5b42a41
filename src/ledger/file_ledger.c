/* The text of the baseline file. */
#include "ledger/file_ledger.h"

#include "base/path.h"

void file_ledger_init(struct file_ledger *file, struct names *names)
{
    snapshot_init(&file->snapshot, names);
    bars_init(&file->bars, names);
}

void file_ledger_release(struct file_ledger *file)
{
    snapshot_release(&file->snapshot);
    bars_release(&file->bars);
}

/* Leaves out what says nothing about quality, and sources that are then the same. */
static void make_lean(struct snapshot *snapshot)
{
    struct vec *sources = &snapshot->sources;
    size_t kept = 0;
    for (size_t index = 0; index < snapshot->metrics.count; index++) {
        ((struct metric *)vec_at(&snapshot->metrics, index))->sources = 0;
    }
    for (size_t index = 0; index < sources->count; index++) {
        struct snapshot_source *source = vec_at(sources, index);
        source->tool_version = NULL;
        source->bytes = 0;
    }
    snapshot->commit = NULL;
    snapshot->tree = NULL;
    snapshot_sort(snapshot);
    for (size_t index = 0; index < sources->count; index++) {
        const struct snapshot_source *source = vec_at(sources, index);
        if (kept == 0 || snapshot_source_compare(vec_at(sources, kept - 1), source) != 0) {
            *(struct snapshot_source *)vec_at(sources, kept) = *source;
            kept++;
        }
    }
    sources->count = kept;
}

static bool has_rule(const struct policy *policy, const struct name *key)
{
    for (size_t index = 0; index < policy->rules.count; index++) {
        if (((const struct rule *)vec_at(&policy->rules, index))->metric == key) {
            return true;
        }
    }
    return false;
}

static const struct name *without_root(struct names *names, const struct name *path,
                                       const char *const *roots)
{
    struct span rest;
    for (; *roots != NULL; roots++) {
        if (path_below(name_span(path), span_of(*roots), &rest) && rest.size > 0) {
            return names_add(names, rest);
        }
    }
    return path;
}

void file_ledger_take(struct file_ledger *file, const struct snapshot *snapshot,
                      const struct policy *policy, const char *const *roots)
{
    struct names *names = file->snapshot.names;
    for (size_t index = 0; index < snapshot->metrics.count; index++) {
        const struct metric *metric = vec_at(&snapshot->metrics, index);
        const struct metric_kind *kind = metric_find(name_span(metric->key));
        bool decimal =
            kind != NULL ? kind->kind == VALUE_DECIMAL : metric->value.kind == VALUE_DECIMAL;
        if (!decimal || has_rule(policy, metric->key)) {
            *snapshot_add(&file->snapshot) = *metric;
        }
    }
    for (size_t index = 0; index < snapshot->sources.count; index++) {
        struct snapshot_source *source = vec_add(&file->snapshot.sources);
        *source = *(const struct snapshot_source *)vec_at(&snapshot->sources, index);
        source->path = without_root(names, source->path, roots);
    }
    make_lean(&file->snapshot);
}

void file_ledger_write(const struct file_ledger *file, struct buf *out)
{
    struct json_writer json;
    json_writer_init(&json, out);
    json_write_object(&json, false);
    json_write_member_text(&json, "schema", SPAN(FILE_LEDGER_SCHEMA "1"));
    snapshot_write_members(&file->snapshot, &json, true);
    if (file->bars.all.count > 0) {
        bars_write_members(&file->bars, &json, true);
    }
    json_write_object_end(&json);
    buf_add_byte(out, '\n');
}

bool file_ledger_likely(struct span text)
{
    return span_find_text(text, "\"" FILE_LEDGER_SCHEMA) != SIZE_MAX;
}

/* The line of the first conflict marker, 0 if there is none. JSON text never has one: no line of it
 * begins with these bytes. */
static uint64_t conflict_line(struct span text)
{
    static const char *const marks[] = {"<<<<<<<", "=======", ">>>>>>>", "|||||||"};
    uint64_t line = 0;
    while (text.size > 0) {
        struct span rest = span_cut(&text, '\n');
        line++;
        for (size_t mark = 0; mark < sizeof(marks) / sizeof(marks[0]); mark++) {
            if (span_starts(rest, marks[mark])) {
                return line;
            }
        }
    }
    return 0;
}

enum err file_ledger_read(struct file_ledger *file, struct span text, struct fault *fault)
{
    uint64_t line = conflict_line(text);
    if (line > 0) {
        fault_set(fault, FAULT_SYNTAX, line, 1, "git left the marks of a merge conflict in it");
        return ERR_CONFLICT;
    }
    enum err err = snapshot_read_from(&file->snapshot, text, FILE_LEDGER_SCHEMA, fault);
    if (err == ERR_NONE) {
        err = bars_read_lean(&file->bars, text, FILE_LEDGER_SCHEMA, fault);
    }
    if (err == ERR_NONE) {
        make_lean(&file->snapshot);
    } else {
        struct names *names = file->snapshot.names;
        file_ledger_release(file);
        file_ledger_init(file, names);
    }
    return err;
}
