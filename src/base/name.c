/* The intern table: open addressing over an arena. Hundreds of thousands of names do not fit the
 * cache, so probing and growing look at tags, side by side in memory, and at a name only when its
 * tag is right. */
#include "base/name.h"

#include "base/hash.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void names_init(struct names *names, struct arena *arena)
{
    *names = (struct names){.arena = arena};
}

void names_release(struct names *names)
{
    free(names->slots);
    free(names->tags);
    *names = (struct names){.arena = names->arena};
}

static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)hash != 0 ? (uint32_t)hash : 1;
}

static bool is_name(const struct name *name, struct span text, uint64_t hash)
{
    return name->hash == hash && span_equal(name_span(name), text);
}

static size_t find_slot(const struct names *names, struct span text, uint64_t hash)
{
    uint32_t tag = tag_of(hash);
    size_t at = tag & (names->capacity - 1);
    while (names->tags[at] != 0 &&
           !(names->tags[at] == tag && is_name(names->slots[at], text, hash))) {
        at = (at + 1) & (names->capacity - 1);
    }
    return at;
}

static void grow(struct names *names)
{
    const struct name **slots = names->slots;
    uint32_t *tags = names->tags;
    size_t old_capacity = names->capacity;
    names->capacity = old_capacity > 0 ? old_capacity * 2 : 256;
    names->slots = mem_alloc(mem_product(names->capacity, sizeof(*names->slots)));
    names->tags = mem_alloc(mem_product(names->capacity, sizeof(*names->tags)));
    for (size_t index = 0; index < old_capacity; index++) {
        if (tags[index] == 0) {
            continue;
        }
        size_t at = tags[index] & (names->capacity - 1);
        while (names->tags[at] != 0) {
            at = (at + 1) & (names->capacity - 1);
        }
        names->tags[at] = tags[index];
        names->slots[at] = slots[index];
    }
    free(slots);
    free(tags);
}

const struct name *names_add(struct names *names, struct span text)
{
    if (text.size > UINT32_MAX) {
        text.size = UINT32_MAX;
    }
    if ((names->count + 1) * 4 > names->capacity * 3) {
        grow(names);
    }
    uint64_t hash = hash64(text, 0);
    size_t at = find_slot(names, text, hash);
    if (names->tags[at] == 0) {
        struct name *name = arena_alloc(names->arena, sizeof(*name) + text.size + 1);
        name->hash = hash;
        name->size = (uint32_t)text.size;
        name->number = (uint32_t)names->count;
        if (text.size > 0) {
            memcpy(name->text, text.data, text.size);
        }
        names->slots[at] = name;
        names->tags[at] = tag_of(hash);
        names->count++;
    }
    return names->slots[at];
}

const char *name_text(const struct name *name)
{
    return name != NULL ? name->text : "";
}

int name_compare(const struct name *left, const struct name *right)
{
    if (left == right) {
        return 0;
    }
    if (left == NULL || right == NULL) {
        return left == NULL ? -1 : 1;
    }
    return span_compare(name_span(left), name_span(right));
}
