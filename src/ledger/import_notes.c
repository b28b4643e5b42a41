/* Series that live in git notes.
 *
 * git-perf: a measurement a line, fields divided by the byte 0x1c (by blanks in its first version):
 * epoch, name, time in seconds, value, then key=value pairs, which tell series of one name apart.
 * git-ratchet: CSV lines of measure, value and, in later versions, baseline. */
#include "ledger/imported.h"

enum { PERF_DIVIDER = 0x1c };

/* The next field; runs of blanks are one divider. */
static struct span cut_field(struct span *rest, char divider)
{
    if (divider == ' ') {
        *rest = span_trim(*rest);
    }
    return span_cut(rest, divider);
}

static void add_measurement(struct imported *imported, struct span commit, struct span line)
{
    char divider = span_find(line, PERF_DIVIDER) != SIZE_MAX ? PERF_DIVIDER : ' ';
    struct span rest = line;
    struct import_point point = {.commit = commit};
    struct buf labels = {NULL, 0, 0};
    struct decimal time = {0, 0};
    cut_field(&rest, divider); /* the epoch says only what may be compared */
    point.name = cut_field(&rest, divider);
    struct span moment = cut_field(&rest, divider);
    point.value = cut_field(&rest, divider);
    if (point.name.size == 0 || !decimal_parse(moment, &time, NULL)) {
        imported_skip(imported, "no measurement of git-perf", line);
        return;
    }
    for (; time.scale > 0; time.scale--) {
        time.digits /= 10;
    }
    point.time = time.digits;
    while (rest.size > 0) {
        struct span pair = cut_field(&rest, divider);
        struct span key = span_cut(&pair, '=');
        if (span_is(key, "unit")) {
            point.unit = pair;
        } else if (key.size > 0) {
            buf_add_format(&labels, "%s%.*s-%.*s", labels.size > 0 ? "." : "", SPAN_ARG(key),
                           SPAN_ARG(pair));
        }
    }
    point.labels = buf_span(&labels);
    imported_add(imported, &point);
    buf_release(&labels);
}

void import_git_perf(struct imported *imported, struct span commit, int64_t time, struct span text)
{
    (void)time; /* each line has its own */
    while (text.size > 0) {
        struct span line = span_cut(&text, '\n');
        if (span_trim(line).size > 0) {
            add_measurement(imported, commit, line);
        }
    }
}

/* A field of a CSV line, in quotes or not; a quote inside is doubled. */
static void cut_csv(struct span *rest, struct buf *field)
{
    buf_clear(field);
    if (rest->size == 0 || rest->data[0] != '"') {
        buf_add(field, span_cut(rest, ','));
        return;
    }
    size_t at = 1;
    while (at < rest->size &&
           (rest->data[at] != '"' || (at + 1 < rest->size && rest->data[at + 1] == '"'))) {
        at += rest->data[at] == '"' ? 1 : 0;
        buf_add_byte(field, rest->data[at++]);
    }
    *rest = span_from(*rest, at + 1);
    span_cut(rest, ',');
}

void import_git_ratchet(struct imported *imported, struct span commit, int64_t time,
                        struct span text)
{
    struct buf name = {NULL, 0, 0};
    struct buf value = {NULL, 0, 0};
    while (text.size > 0) {
        struct span line = span_trim(span_cut(&text, '\n'));
        struct span rest = line;
        cut_csv(&rest, &name);
        cut_csv(&rest, &value);
        if (line.size > 0 && (name.size == 0 || value.size == 0)) {
            imported_skip(imported, "no measure of git-ratchet", line);
        } else if (line.size > 0) {
            const struct import_point point = {
                .commit = commit, .name = buf_span(&name), .value = buf_span(&value), .time = time};
            imported_add(imported, &point);
        }
    }
    buf_release(&name);
    buf_release(&value);
}
