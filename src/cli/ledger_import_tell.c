/* What an import says at its end. */
#include "cli/ledger_import_parts.h"

#include "base/date.h"
#include "render/escape.h"

enum { SHOWN_VALUES = 3, SHOWN_RENAMES = 20 };

static void list_entries(const struct import *import, struct buf *out)
{
    for (size_t index = 0; index < import->snapshots.count; index++) {
        const struct snapshot *snapshot = vec_at(&import->snapshots, index);
        const struct imported_entry *entry =
            vec_at(&import->imported.entries, *(size_t *)vec_at(&import->wanted, index));
        uint32_t day = date_of_seconds(entry->time);
        if (day == 0) {
            buf_add_text(out, "unknown day");
        } else {
            date_add(out, day);
        }
        buf_add_format(out, "  %.10s%s ", name_text(entry->commit), entry->known ? " " : "?");
        size_t count = snapshot->metrics.count;
        for (size_t at = 0; at < count && at < SHOWN_VALUES; at++) {
            const struct metric *metric = vec_at(&snapshot->metrics, at);
            buf_add_format(out, "%s%s ", at > 0 ? ", " : "", name_text(metric->key));
            value_add_text(out, &metric->value);
            if (metric->unit != NULL) {
                buf_add_byte(out, ' ');
                escape_add_text(out, name_span(metric->unit), 0);
            }
        }
        if (count > SHOWN_VALUES) {
            buf_add_format(out, " and %zu more", count - SHOWN_VALUES);
        }
        buf_add_byte(out, '\n');
    }
}

static void list_renames(const struct imported *imported, struct buf *out)
{
    size_t shown = 0;
    for (size_t index = 0; index < imported->renames.count; index++) {
        const struct imported_rename *rename = vec_at(&imported->renames, index);
        if (rename->from != rename->to && shown++ < SHOWN_RENAMES) {
            buf_add_text(out, "note: '");
            escape_add_text(out, name_span(rename->from), 0);
            buf_add_format(out, "' is called %s here\n", name_text(rename->to));
        }
    }
    if (shown > SHOWN_RENAMES) {
        buf_add_format(out, "note: and %zu more names were changed\n", shown - SHOWN_RENAMES);
    }
}

static void list_rest(const struct import *import, struct buf *out)
{
    const struct imported *imported = &import->imported;
    if (imported->repeated > 0) {
        buf_add_format(out, "note: %zu repeated values were left out; the %s of a commit counts\n",
                       imported->repeated, imported->smallest ? "smallest" : "newest");
    }
    if (imported->skipped > 0) {
        buf_add_format(out, "note: %zu points cannot be used; the first: ", imported->skipped);
        escape_add_text(out, name_span(imported->skipped_first), 0);
        buf_add_byte(out, '\n');
    }
    if (import->there > 0) {
        buf_add_format(out, "note: %zu commits are in the ledger already\n", import->there);
    }
    if (import->later > 0) {
        buf_add_format(out,
                       "note: %zu commits are left out: from then on tidegate has recorded "
                       "itself\n",
                       import->later);
    }
}

enum exit_code import_tell(const struct import *import, size_t appended, bool dry)
{
    struct buf text = {NULL, 0, 0};
    if (dry) {
        list_entries(import, &text);
    }
    list_renames(&import->imported, &text);
    list_rest(import, &text);
    buf_add_text(&text, dry ? "would record " : "recorded ");
    buf_add_count(&text, dry ? import->snapshots.count : appended, "entry", "entries");
    buf_add_text(&text, " of ");
    escape_add_text(&text, name_span(import->branch), 0);
    buf_add_text(&text, " from ");
    escape_add_text(&text, buf_span(&import->origin), 0);
    buf_add_byte(&text, '\n');
    if (import->session->quiet) {
        buf_clear(&text);
    }
    return session_print(&text, EXIT_OPEN);
}
