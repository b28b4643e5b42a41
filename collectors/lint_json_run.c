/* Places beside the findings -> what the run was worth. */
#include "collectors/lint_json_run.h"

#include "collectors/lint_json_trouble.h"

void json_run_init(struct json_run *run, const struct lint_json_tool *tool)
{
    *run = (struct json_run){.tool = tool, .looked_at = UINT64_MAX};
}

void json_run_plan(const struct json_run *run, struct json_paths *document, int first)
{
    json_paths_add(document, run->tool->checked, first + JSON_RUN_CHECKED);
    json_paths_add(document, run->tool->no_files, first + JSON_RUN_NO_FILES);
    json_paths_add(document, run->tool->planned, first + JSON_RUN_PLANNED);
    json_paths_add(document, run->tool->looked_at, first + JSON_RUN_LOOKED_AT);
    json_paths_add(document, run->tool->unlisted, first + JSON_RUN_UNLISTED);
    json_paths_add(document, run->tool->failed, first + JSON_RUN_FAILED);
}

/* ---- in ---- */

void json_run_take_trouble(struct json_reader *json, struct span wanted, struct sink *sink)
{
    struct span text = SPAN("the report lists errors of the tool itself: findings may be missing");
    json_peek(json);
    uint64_t line = json_line(json);
    switch (lint_json_read_trouble(json, wanted)) {
    case TROUBLE_REAL: sink_drop(sink, DIAG_REPORT_TOOL_FAILED, line, text); break;
    case TROUBLE_SMALL: sink_note(sink, DIAG_REPORT_TOOL_FAILED, line, text); break;
    case TROUBLE_NONE: break;
    }
}

/* How many findings are not in the list. */
static void take_unlisted(struct json_reader *json, struct sink *sink)
{
    json_peek(json);
    uint64_t line = json_line(json);
    if (lint_json_read_trouble(json, span_make(NULL, 0)) != TROUBLE_NONE) {
        sink_drop(sink, DIAG_REPORT_TOOL_FAILED, line,
                  SPAN("the tool found more than it lists: raise its limit, as with Biome's "
                       "`--max-diagnostics=none`"));
    }
}

static void take_checked(struct json_run *run, struct span wanted, struct json_reader *json)
{
    bool ended = lint_json_read_trouble(json, wanted) != TROUBLE_NONE;
    run->checked = run->checked || ended;
    run->broken = run->broken || !ended;
}

void json_run_take(struct json_run *run, enum json_run_part part, struct span wanted,
                   struct json_reader *json, struct sink *sink)
{
    switch (part) {
    case JSON_RUN_CHECKED: take_checked(run, wanted, json); break;
    case JSON_RUN_NO_FILES:
        run->idle_signs += lint_json_read_trouble(json, wanted) != TROUBLE_NONE;
        break;
    case JSON_RUN_PLANNED: json_u64(json, &run->planned); break;
    case JSON_RUN_LOOKED_AT: json_u64(json, &run->looked_at); break;
    case JSON_RUN_UNLISTED: take_unlisted(json, sink); break;
    case JSON_RUN_FAILED: json_run_take_trouble(json, wanted, sink); break;
    }
}

/* ---- out ---- */

bool json_run_is_idle(const struct json_run *run)
{
    struct span rest = span_of(run->tool->no_files);
    size_t places = 0;
    while (rest.size > 0) {
        span_cut(&rest, '|');
        places++;
    }
    return run->looked_at == 0 || (places > 0 && run->idle_signs >= places);
}

void json_run_tell(const struct json_run *run, struct sink *sink)
{
    if (run->broken && !run->error) {
        sink_drop(sink, DIAG_REPORT_TOOL_FAILED, 0,
                  SPAN("the build failed, and the error is not in the report"));
    }
    if (run->looked_at < run->planned) {
        sink_drop(sink, DIAG_REPORT_TOOL_FAILED, 0,
                  SPAN("the tool stopped before it had looked at all files"));
    }
}
