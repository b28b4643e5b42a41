/* What a text log tells of failures, said at its end: a finding may be the reason of a failure that
 * is told before or behind it. */
#include "collectors/lint_watch.h"

#include "base/hash.h"

#include <string.h>

void lint_watch_release(struct lint_watch *watch)
{
    map_release(&watch->seen);
}

/* MSBuild puts the project or the solution behind each finding: `[/src/gate.csproj]`,
 * `[/src/gate.csproj::TargetFramework=net8.0]`, `[/src/gate.sln]`. */
static bool names_project(struct span text)
{
    size_t open = span_ends(text, "]") ? span_find_last(text, '[') : SIZE_MAX;
    if (open == SIZE_MAX) {
        return false;
    }
    struct span project = span_make(text.data + open + 1, text.size - open - 2);
    size_t target = span_find_text(project, "::");
    project = target == SIZE_MAX ? project : span_until(project, target);
    bool known = span_ends(project, "proj") || span_ends(project, ".sln") ||
                 span_ends(project, ".slnx") || span_ends(project, ".slnf");
    return known && span_find(project, '.') != SIZE_MAX;
}

bool lint_watch_repeats(struct lint_watch *watch, struct span text, bool parallel)
{
    text = span_trim(text);
    bool project = names_project(text);
    if (!project && !parallel) {
        return (watch->repeats && span_starts(text, "[ERROR] ")) ||
               (watch->numbered && map_find(&watch->seen, hash64(text, 0)) != NULL);
    }
    uint64_t *times = map_put(&watch->seen, hash64(text, 0));
    if (!project) { /* two projects may have the same header; only the summary says it once more */
        watch->numbered = true;
        return false;
    }
    *times += 1;
    return *times > 1;
}

static void note(struct lint_watch *watch, enum lint_failure failure, uint64_t line)
{
    uint64_t *first = &watch->failures[failure];
    *first = *first == 0 ? line : *first;
}

/* flake8 echoes the source as it is, and marks the place below: what seemed to be told in between
 * was source. Python marks places in tracebacks, too. */
static void forget_echo(struct lint_watch *watch, const struct lint_log *log)
{
    for (unsigned kind = 0; kind < LINT_FAILURE_COUNT && watch->frame <= log->taken; kind++) {
        watch->failures[kind] = watch->failures[kind] > log->taken ? 0 : watch->failures[kind];
    }
}

void lint_watch_line(struct lint_watch *watch, const struct lint_log *log, struct span text,
                     bool indented)
{
    uint64_t line = log->line;
    if (log->findings == 0) { /* only a log of which nothing is read is ever in doubt */
        enum lint_doubt doubt = lint_doubt_read(text, indented);
        if (doubt != LINT_DOUBT_NONE && watch->doubts[doubt] == 0 && !lint_summary_knows(text)) {
            watch->doubts[doubt] = line;
        }
    }
    if (span_is(text, "^") && log->findings > 0) {
        forget_echo(watch, log);
    } else if (!indented) {
        note(watch, lint_failure_read(text), line);
        watch->repeats = span_starts(text, "[ERROR] Failed to execute goal ") ||
                         (watch->repeats && span_starts(text, "[ERROR]"));
        bool bracket = span_is(text, "{") || span_is(text, "[");
        watch->bracket = bracket ? line : watch->bracket;
    } else if (watch->bracket > 0 && watch->bracket + 1 == line &&
               strchr("\"{[", text.data[0]) != NULL) {
        note(watch, LINT_FAILURE_REPORT,
             watch->bracket); /* JSON that begins in a line of its own */
    } else if (span_starts(text, "File \"")) {
        watch->frame = line;
    }
}

void lint_watch_tell(const struct lint_watch *watch, const struct lint_log *log)
{
    const uint64_t *failures = watch->failures;
    if (failures[LINT_FAILURE_CRASH] > 0) {
        sink_drop(log->sink, DIAG_REPORT_TOOL_FAILED, failures[LINT_FAILURE_CRASH],
                  SPAN("a tool crashed, was not there, or left something out"));
    }
    if (failures[LINT_FAILURE_BUILD] > 0 && log->errors == 0) {
        sink_drop(log->sink, DIAG_REPORT_TOOL_FAILED, failures[LINT_FAILURE_BUILD],
                  SPAN("an error is told of, and none is among the findings"));
    } else if (failures[LINT_FAILURE_STOP] > 0 && log->reasons == 0) {
        sink_drop(log->sink, DIAG_REPORT_TOOL_FAILED, failures[LINT_FAILURE_STOP],
                  SPAN("the build failed, and no finding says why"));
    }
}

static bool tell_doubt(const struct lint_watch *watch, struct sink *sink)
{
    const uint64_t *doubts = watch->doubts;
    if (doubts[LINT_DOUBT_PLACE] > 0) {
        sink_drop(sink, DIAG_LINT_COUNTED, doubts[LINT_DOUBT_PLACE],
                  SPAN("a line names a place in a file, and is in no shape that is known"));
    } else if (doubts[LINT_DOUBT_COUNT] > 0) {
        sink_drop(sink, DIAG_LINT_COUNTED, doubts[LINT_DOUBT_COUNT], SPAN(""));
    } else if (doubts[LINT_DOUBT_CHANGE] > 0) {
        sink_drop(
            sink, DIAG_LINT_COUNTED, doubts[LINT_DOUBT_CHANGE],
            SPAN("a difference or the mere name of a file, as formatters print what they would "
                 "change"));
    }
    return doubts[LINT_DOUBT_PLACE] + doubts[LINT_DOUBT_COUNT] + doubts[LINT_DOUBT_CHANGE] > 0;
}

void lint_watch_tell_nothing(const struct lint_watch *watch, const struct lint_summary *summary,
                             bool clean, struct sink *sink)
{
    const uint64_t *failures = watch->failures;
    bool told =
        failures[LINT_FAILURE_CRASH] + failures[LINT_FAILURE_BUILD] + failures[LINT_FAILURE_STOP] >
        0;
    if (clean) {
        tell_doubt(watch, sink);
    } else if (failures[LINT_FAILURE_REPORT] > 0) {
        sink_drop(sink, DIAG_LINT_REPORT_INSIDE, failures[LINT_FAILURE_REPORT], SPAN(""));
    } else if (lint_summary_counted(summary)) {
        sink_drop(sink, DIAG_LINT_COUNTED, 0, SPAN(""));
    } else if (failures[LINT_FAILURE_REFUSAL] > 0 && !told) {
        sink_drop(sink, DIAG_REPORT_TOOL_FAILED, failures[LINT_FAILURE_REFUSAL],
                  SPAN("a tool says that it could not do its work"));
    } else if (told || !tell_doubt(watch, sink)) {
        sink_note(sink, DIAG_LINT_NO_MATCH, 0, SPAN(""));
    }
}
