/* The text of bars, strictly back into bars: a bar that cannot be trusted is damage and never a
 * missing bar, because without it anything would pass. */
#include "base/date.h"
#include "base/limits.h"
#include "model/bars.h"
#include "model/document.h"
#include "model/value_json.h"

#include <stdio.h>

struct draft {
    struct json_reader *json;
    struct bars *bars;
    bool has_bars; /* was there an array of that name? */
    bool lean;     /* without commits; perhaps without bars */
};

static void refuse(struct draft *draft, const struct bar *bar, const char *rule)
{
    char text[200];
    snprintf(text, sizeof(text), "bar of %.100s: %s", name_text(bar->key), rule);
    json_refuse(draft->json, FAULT_SYNTAX, text);
}

static void read_direction(struct draft *draft, enum direction *direction)
{
    struct span text;
    if (json_string(draft->json, &text)) {
        for (enum direction each = DIRECTION_UP; each < DIRECTION_NEUTRAL; each++) {
            *direction = span_is(text, direction_text(each)) ? each : *direction;
        }
    }
    if (*direction == DIRECTION_NEUTRAL) {
        json_refuse(draft->json, FAULT_SYNTAX, "\"better\" must be \"higher\" or \"lower\"");
    }
}

static void read_pending(struct draft *draft, struct bar_pending *pending)
{
    uint64_t entries = 0;
    bool has_value = false;
    struct span key;
    if (!json_object(draft->json)) {
        json_refuse(draft->json, FAULT_SYNTAX, "\"pending\" must be an object");
    }
    while (json_key(draft->json, &key)) {
        if (span_is(key, "entries")) {
            value_read_integer(draft->json, &entries, UINT32_MAX);
        } else if (span_is(key, "value")) {
            has_value = true;
            value_read_json(draft->json, &pending->value);
        } else if (span_is(key, "commit") && !draft->lean) {
            document_read_id(draft->json, draft->bars->names, &pending->commit);
        } else if (span_is(key, "last") && !draft->lean) {
            document_read_id(draft->json, draft->bars->names, &pending->last);
        } else {
            json_skip(draft->json);
        }
    }
    pending->entries = (uint32_t)entries;
    bool has_commits = pending->commit != NULL && pending->last != NULL;
    if (entries == 0 || !has_value || (!has_commits && !draft->lean)) {
        json_refuse(draft->json, FAULT_SYNTAX, "\"pending\" needs entries, value, commit and last");
    }
}

static void read_waiver(struct draft *draft, struct bar *bar)
{
    struct span key;
    struct span text;
    if (!json_object(draft->json)) {
        json_refuse(draft->json, FAULT_SYNTAX, "\"waiver\" must be an object");
    }
    while (json_key(draft->json, &key)) {
        if (span_is(key, "owner")) {
            document_read_name(draft->json, draft->bars->names, &bar->waiver_owner,
                               "an owner is a text that is not empty");
        } else if (!span_is(key, "until")) {
            json_skip(draft->json);
        } else if (!json_string(draft->json, &text) || !date_parse(text, &bar->waiver_until)) {
            json_refuse(draft->json, FAULT_SYNTAX, "\"until\" must be a day such as 2027-01-31");
        }
    }
    if (bar->waiver_owner == NULL || bar->waiver_until == 0) {
        json_refuse(draft->json, FAULT_SYNTAX, "\"waiver\" needs owner and until");
    }
}

/* What the parts of one bar must be to each other. */
static const char *broken_rule(const struct bar *bar, bool has_value, bool lean)
{
    const struct metric_kind *kind = metric_find(name_span(bar->key));
    const struct bar_pending *pending = &bar->pending;
    if (!has_value || (bar->commit == NULL && !lean)) {
        return "needs a value and the commit that it comes from";
    }
    if (bar->direction == DIRECTION_NEUTRAL ||
        (kind != NULL && bar->direction != kind->direction)) {
        return "which way is better is not known";
    }
    if (pending->entries > 0 && pending->value.kind != bar->value.kind) {
        return "what is pending is of another kind";
    }
    const char *rule = value_broken_rule(name_span(bar->key), &bar->value, true);
    if (rule == NULL && pending->entries > 0) {
        rule = value_broken_rule(name_span(bar->key), &pending->value, true);
    }
    return rule;
}

/* One item of "bars"; its object was entered. */
static void read_members(struct draft *draft, struct bar *bar)
{
    bool has_value = false;
    struct span key;
    bar->direction = DIRECTION_NEUTRAL;
    while (json_key(draft->json, &key)) {
        if (span_is(key, "key")) {
            document_read_name(draft->json, draft->bars->names, &bar->key, "a bar's key is a text");
        } else if (span_is(key, "group")) {
            document_read_name(draft->json, draft->bars->names, &bar->group,
                               "a group is a text that is not empty");
        } else if (span_is(key, "component")) {
            document_read_name(draft->json, draft->bars->names, &bar->component,
                               "a component is a text that is not empty");
        } else if (span_is(key, "better")) {
            read_direction(draft, &bar->direction);
        } else if (span_is(key, "value")) {
            has_value = true;
            value_read_json(draft->json, &bar->value);
        } else if (span_is(key, "commit") && !draft->lean) {
            document_read_id(draft->json, draft->bars->names, &bar->commit);
        } else if (span_is(key, "pending")) {
            read_pending(draft, &bar->pending);
        } else if (span_is(key, "waiver")) {
            read_waiver(draft, bar);
        } else {
            json_skip(draft->json);
        }
    }
    if (!metric_key_valid(name_span(bar->key))) {
        json_refuse(draft->json, FAULT_SYNTAX, "a bar without a well-formed key");
        return;
    }
    const struct metric_kind *kind = metric_find(name_span(bar->key));
    if (kind != NULL && bar->direction == DIRECTION_NEUTRAL) {
        bar->direction = kind->direction;
    }
    const char *rule = broken_rule(bar, has_value, draft->lean);
    if (rule != NULL) {
        refuse(draft, bar, rule);
    }
}

static void read_bar(struct draft *draft)
{
    struct bar bar = {0};
    if (!json_object(draft->json)) {
        json_refuse(draft->json, FAULT_SYNTAX, "a bar must be an object");
        return;
    }
    read_members(draft, &bar);
    if (json_failed(draft->json)) {
        return;
    }
    if (bars_find(draft->bars, bar.key, bar.group, bar.component) != NULL) {
        refuse(draft, &bar, "stands twice with the same labels");
        return;
    }
    *bars_put(draft->bars, bar.key, bar.group, bar.component) = bar;
}

static void read_list(struct draft *draft)
{
    draft->has_bars = json_array(draft->json);
    if (!draft->has_bars && draft->lean) {
        json_refuse(draft->json, FAULT_SYNTAX, "\"bars\" must be an array of objects");
    }
    while (draft->has_bars && json_item(draft->json)) {
        if (draft->bars->all.count == LIMIT_SNAPSHOT_METRICS) {
            json_refuse(draft->json, FAULT_LIMIT, "more bars than LIMIT_SNAPSHOT_METRICS allows");
            return;
        }
        read_bar(draft);
    }
}

static void read_document(struct draft *draft)
{
    struct span key;
    json_object(draft->json);
    while (json_key(draft->json, &key)) {
        if (span_is(key, "bars")) {
            read_list(draft);
        } else {
            json_skip(draft->json);
        }
    }
    json_next(draft->json); /* the end, or a fault about what stands behind the document */
    if (draft->lean) {
        return;
    }
    if (!draft->has_bars) {
        json_refuse(draft->json, FAULT_SYNTAX, "there is no array \"bars\"");
    } else if (draft->bars->all.count == 0) {
        json_refuse(draft->json, FAULT_SYNTAX, "there is no bar in it");
    }
}

static enum err read_all(struct draft draft, struct span text, struct fault *fault)
{
    struct bars *bars = draft.bars;
    enum err err = ERR_NONE;
    struct input *input = input_open_memory(text);
    draft.json = json_reader_open(input, false);
    read_document(&draft);
    if (json_failed(draft.json)) {
        *fault = *input_fault(input);
        err = ERR_FORMAT;
        bars_release(bars);
        bars_init(bars, bars->names);
    }
    json_reader_close(draft.json);
    input_close(input);
    return err;
}

enum err bars_read(struct bars *bars, struct span text, struct fault *fault)
{
    enum err err = document_check(text, BARS_SCHEMA, 1, "a list of bars", fault);
    return err == ERR_NONE ? read_all((struct draft){.bars = bars}, text, fault) : err;
}

enum err bars_read_lean(struct bars *bars, struct span text, const char *schema,
                        struct fault *fault)
{
    enum err err = document_check(text, schema, 1, "a document with bars", fault);
    return err == ERR_NONE ? read_all((struct draft){.bars = bars, .lean = true}, text, fault)
                           : err;
}
