/* JSON of the locations of a result -> the first place (SARIF 2.1.0, 3.28 to 3.30).
 *
 * Nothing is read behind what a finding needs: what is left of an object is skipped as a whole. */
#include "collectors/sarif_location.h"

#include "base/limits.h"
#include "collectors/sarif_place.h"

void sarif_location_clear(struct sarif_location *location)
{
    buf_clear(&location->uri);
    buf_clear(&location->base);
    location->artifact = -1;
    location->line = 0;
    location->column = 0;
    location->odd_line = false;
}

void sarif_location_release(struct sarif_location *location)
{
    buf_release(&location->uri);
    buf_release(&location->base);
}

/* A line or column: 0 if it is none that a file can have. */
static uint64_t read_number(struct sarif_location *location, struct json_reader *json)
{
    uint64_t value = 0;
    if (!json_u64(json, &value) || value == 0 || value > LIMIT_LINE_NUMBER) {
        location->odd_line = true;
        return 0;
    }
    return value;
}

static void read_region(struct sarif_location *location, struct json_reader *json)
{
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "startLine")) {
            location->line = read_number(location, json);
        } else if (span_is(key, "startColumn")) {
            location->column = read_number(location, json);
        } else {
            json_skip(json);
        }
        if (location->line > 0 && location->column > 0) {
            json_leave(json);
            return;
        }
    }
}

static void read_physical(struct sarif_location *location, struct json_reader *json)
{
    bool has_artifact = false;
    bool has_region = false;
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "artifactLocation")) {
            sarif_read_artifact_location(json, &location->uri, &location->base,
                                         &location->artifact);
            has_artifact = true;
        } else if (span_is(key, "region")) {
            read_region(location, json);
            has_region = true;
        } else {
            json_skip(json);
        }
        if (has_artifact && has_region) {
            json_leave(json);
            return;
        }
    }
}

static void read_location(struct sarif_location *location, struct json_reader *json)
{
    struct span key;
    if (!json_object(json)) {
        return;
    }
    while (json_key(json, &key)) {
        if (span_is(key, "physicalLocation")) {
            read_physical(location, json);
            json_leave(json);
            return;
        }
        json_skip(json);
    }
}

/* Further locations belong to the same finding (3.27.12). */
void sarif_location_read(struct sarif_location *location, struct json_reader *json)
{
    bool first = true;
    if (!json_array(json)) {
        return;
    }
    while (json_item(json)) {
        if (first) {
            read_location(location, json);
        } else {
            json_skip(json);
        }
        first = false;
    }
}
