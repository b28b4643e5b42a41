/* Commit messages of the ledger, written and read.
 *
 * The trailers (git-interpret-trailers(1): `Token: value` lines in the last paragraph) are read
 * by exact name. An entry that has some of ours but not each exactly once is damaged: guessing
 * what it meant could choose another baseline. */
#include "ledger/entry_text.h"

#include "ledger/percent.h"
#include "model/snapshot.h"

#include <stddef.h>

#define TRAILER_START "Tidegate-"

struct trailer {
    const char *name;
    size_t offset; /* of its span in struct entry_text */
    bool required;
    bool is_id;
};

static const struct trailer trailers[] = {
    {"Commit", offsetof(struct entry_text, commit), true, true},
    {"Tree", offsetof(struct entry_text, tree), true, true},
    {"Parent", offsetof(struct entry_text, parent), false, true},
    {"Branch", offsetof(struct entry_text, branch), true, false},
    {"Policy", offsetof(struct entry_text, policy), false, true},
    {"Run", offsetof(struct entry_text, run), false, false},
    {"Key", offsetof(struct entry_text, key), true, false},
    {"Time", offsetof(struct entry_text, time), false, false},
    {"Covers", offsetof(struct entry_text, covers), false, false},
    {"Since", offsetof(struct entry_text, since), false, true},
    {"Event", offsetof(struct entry_text, event), false, false},
    {"Origin", offsetof(struct entry_text, origin), false, false},
    {"Late", offsetof(struct entry_text, late), false, false},
    {"Was", offsetof(struct entry_text, was), false, false},
    {"Compacted", offsetof(struct entry_text, compacted), false, true},
    {"Rollups", offsetof(struct entry_text, rollups), false, false},
};

enum { TRAILER_COUNT = sizeof(trailers) / sizeof(trailers[0]) };

static struct span *slot_of(struct entry_text *entry, const struct trailer *trailer)
{
    return (struct span *)(void *)((char *)entry + trailer->offset);
}

/* For people, who expect to see per cent signs; nothing is read from it. */
void entry_text_add_summary(struct buf *out, struct span summary)
{
    static const char sign[] = "%25";
    struct buf line = {NULL, 0, 0};
    percent_add_line(&line, summary);
    struct span rest = buf_span(&line);
    while (rest.size > 0) {
        bool is_sign = span_starts(rest, sign);
        buf_add_byte(out, rest.data[0]);
        rest = span_from(rest, is_sign ? sizeof(sign) - 1 : 1);
    }
    buf_release(&line);
}

void entry_text_write(struct buf *out, const struct entry_text *entry)
{
    struct entry_text copy = *entry;
    entry_text_add_summary(out, entry->summary);
    buf_add_text(out, "\n\n");
    for (size_t index = 0; index < TRAILER_COUNT; index++) {
        struct span value = *slot_of(&copy, &trailers[index]);
        if (value.size > 0) {
            buf_add_format(out, TRAILER_START "%s: ", trailers[index].name);
            percent_add_line(out, value);
            buf_add_byte(out, '\n');
        }
    }
}

/* Takes one line; false when it is one of ours and cannot be taken. */
static bool take_line(struct span line, struct entry_text *entry)
{
    struct span name = span_cut(&line, ':');
    name = span_from(name, sizeof(TRAILER_START) - 1);
    line = span_trim(line);
    for (size_t index = 0; index < TRAILER_COUNT; index++) {
        const struct trailer *trailer = &trailers[index];
        if (span_is(name, trailer->name)) {
            struct span *slot = slot_of(entry, trailer);
            bool fresh = slot->size == 0 && line.size > 0;
            *slot = line;
            return fresh && (!trailer->is_id || snapshot_id_valid(line));
        }
    }
    return true; /* of a later version */
}

enum entry_kind entry_text_read(struct span message, struct entry_text *entry)
{
    bool any = false;
    bool sound = true;
    *entry = (struct entry_text){.summary = {NULL, 0}};
    entry->summary = span_cut(&message, '\n');
    while (message.size > 0) {
        struct span line = span_cut(&message, '\n');
        if (span_starts(line, TRAILER_START)) {
            any = true;
            sound = take_line(line, entry) && sound;
        }
    }
    if (!any) {
        return ENTRY_FOREIGN;
    }
    if (entry->compacted.size > 0) {
        return sound && entry->commit.size == 0 ? ENTRY_ROLLUP : ENTRY_DAMAGED;
    }
    for (size_t index = 0; index < TRAILER_COUNT; index++) {
        sound = sound && (!trailers[index].required || slot_of(entry, &trailers[index])->size > 0);
    }
    return sound ? ENTRY_RECORD : ENTRY_DAMAGED;
}
