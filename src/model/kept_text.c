/* Text and paths of a report -> names that live as long as the run. */
#include "model/kept_text.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"

const struct name *kept_text_add(struct names *names, struct span text)
{
    if (text.size == 0) {
        return NULL;
    }
    text = span_until(text, (size_t)LIMIT_TEXT_BYTES);
    if (utf8_valid_size(text) == text.size) {
        return names_add(names, text);
    }
    struct buf repaired;
    buf_init(&repaired);
    utf8_add_repaired(&repaired, text);
    const struct name *name = names_add(names, buf_span(&repaired));
    buf_release(&repaired);
    return name;
}

struct span kept_text_first_line(struct span text)
{
    text = span_trim(text);
    size_t end = span_find(text, '\n');
    return span_trim(end == SIZE_MAX ? text : span_until(text, end));
}

const struct name *kept_text_add_path(struct names *names, struct span path)
{
    return path.size > 0 ? names_add(names, span_until(path, (size_t)LIMIT_PATH_BYTES)) : NULL;
}

const struct name *kept_text_add_distinct_path(struct names *names, struct span path)
{
    if (path.size <= LIMIT_PATH_BYTES) {
        return names_add(names, path);
    }
    char hash[33];
    hash128_text(hash128(path), hash);
    struct buf cut;
    buf_init(&cut);
    buf_add(&cut, span_until(path, (size_t)LIMIT_PATH_BYTES - sizeof(hash)));
    buf_add_byte(&cut, '#');
    buf_add_text(&cut, hash);
    const struct name *name = names_add(names, buf_span(&cut));
    buf_release(&cut);
    return name;
}
