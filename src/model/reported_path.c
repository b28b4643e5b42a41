/* A path as a report wrote it -> what is odd about it, before anything is mapped to the
 * repository. */
#include "model/reported_path.h"

#include "base/path.h"
#include "base/utf8.h"

/* Does a relative path climb above where it starts? */
static bool climbs_out(struct span path)
{
    if (path_is_absolute(path)) {
        return false;
    }
    size_t depth = 0;
    while (path.size > 0) {
        size_t slash = 0;
        while (slash < path.size && path.data[slash] != '/' && path.data[slash] != '\\') {
            slash++;
        }
        struct span part = span_until(path, slash);
        if (span_is(part, "..") && depth-- == 0) {
            return true;
        }
        depth += part.size > 0 && !span_is(part, ".") && !span_is(part, "..");
        path = span_from(path, slash + 1);
    }
    return false;
}

static bool has_control(struct span path)
{
    for (size_t at = 0; at < path.size; at++) {
        unsigned char byte = (unsigned char)path.data[at];
        if (byte < ' ' || byte == 0x7F) {
            return true;
        }
    }
    return false;
}

const char *reported_path_trouble(struct span path, enum diag_code *code)
{
    *code = DIAG_REPORT_PATH;
    if (path.size == 0) {
        return "an empty path";
    }
    if (has_control(path)) {
        return "control characters in the path";
    }
    if (climbs_out(path)) {
        return "a path that leads out of the folder where it starts";
    }
    *code = DIAG_INPUT_ODD_BYTES;
    return utf8_valid_size(path) < path.size ? "a path with bytes that are not UTF-8" : NULL;
}
