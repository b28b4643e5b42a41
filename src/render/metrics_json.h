/* The pieces that several of our JSON documents share: values, metrics, diagnostics. */
#ifndef TIDEGATE_RENDER_METRICS_JSON_H
#define TIDEGATE_RENDER_METRICS_JSON_H

#include "base/json_write.h"
#include "model/diag.h"
#include "model/report.h"
#include "model/snapshot.h"

/* Does the metric hold a number at all? False for states empty, damaged and missing, and for a
 * ratio of nothing. */
bool metrics_json_has_value(const struct metric *metric);

/* A ratio as {"covered","total"}, a count as an integer, a decimal as text. */
void metrics_json_value(struct json_writer *json, const struct value *value);

/* An object of key and value: the metrics of all reports and files (no group, no component) that
 * hold a number; the others are left out. */
void metrics_json_totals(struct json_writer *json, const struct snapshot *snapshot);

/* A member `key` with the text of `name`, or nothing for NULL. */
void metrics_json_name(struct json_writer *json, const char *key, const struct name *name);

/* An array of {"code","severity","file","line","column","message","repeats"}; unknown parts are
 * left out, and `file` too unless `with_file`. NULL gives an empty array. */
void metrics_json_diags(struct json_writer *json, const struct diags *diags, bool with_file);

/* The members of every report, read or not: path, group, format, state and bytes. */
void metrics_json_source(struct json_writer *json, const struct report *report);

#endif
