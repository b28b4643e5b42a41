/* Two lists of reports -> the kinds that are gone. A kind is a format, of SARIF with its tool: two
 * scanners that become one look like fewer findings. */
#include "gates/denominators_parts.h"

enum { KINDS_SHOWN = 3 };

static bool usable(const struct snapshot_source *source)
{
    return source->state != STATE_DAMAGED && source->state != STATE_MISSING;
}

/* The tool, where it tells reports of one format apart: every tool names itself in SARIF, also when
 * it found nothing, while an empty list of another linter could be anybody's. */
static const struct name *tool_of(const struct snapshot_source *source)
{
    return span_is(name_span(source->format), "sarif") ? source->tool : NULL;
}

/* Is `now` a report of the kind that `base` was? An empty one may show neither its format nor its
 * tool; then its path tells. */
static bool same_kind(const struct snapshot_source *now, const struct snapshot_source *base)
{
    bool there = now->path == base->path;
    if (now->format == NULL) {
        return there;
    }
    return now->format == base->format && (tool_of(base) == NULL || tool_of(now) == tool_of(base) ||
                                           (now->state == STATE_EMPTY && there));
}

static bool has_kind(const struct snapshot *now, const struct snapshot_source *base)
{
    for (size_t index = 0; index < now->sources.count; index++) {
        const struct snapshot_source *source = vec_at(&now->sources, index);
        if (usable(source) && same_kind(source, base)) {
            return true;
        }
    }
    return false;
}

/* Has the list, up to this source, had one of the same kind? */
static bool repeated(const struct snapshot *base, size_t index)
{
    const struct snapshot_source *source = vec_at(&base->sources, index);
    for (size_t before = 0; before < index; before++) {
        const struct snapshot_source *other = vec_at(&base->sources, before);
        if (other->format == source->format && tool_of(other) == tool_of(source)) {
            return true;
        }
    }
    return false;
}

size_t denominators_lost_kinds(const struct snapshot *now, const struct snapshot *base,
                               const struct snapshot *also, struct buf *out)
{
    size_t lost = 0;
    for (size_t index = 0; index < base->sources.count; index++) {
        const struct snapshot_source *source = vec_at(&base->sources, index);
        if (source->format == NULL || !usable(source) || repeated(base, index) ||
            has_kind(now, source) || (also != NULL && !has_kind(also, source))) {
            continue;
        }
        lost++;
        if (lost <= KINDS_SHOWN) {
            buf_add_text(out, lost > 1 ? ", " : "");
            buf_add(out, name_span(source->format));
            if (tool_of(source) != NULL) {
                buf_add_format(out, " of %s", name_text(source->tool));
            }
        }
    }
    if (lost > KINDS_SHOWN) {
        buf_add_format(out, " and %zu more", lost - KINDS_SHOWN);
    }
    return lost;
}

uint64_t denominators_usable(const struct snapshot *snapshot)
{
    uint64_t count = 0;
    for (size_t index = 0; index < snapshot->sources.count; index++) {
        count += usable(vec_at(&snapshot->sources, index)) ? 1 : 0;
    }
    return count;
}
