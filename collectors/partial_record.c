/* A document such as {"finding": {"rule": "x", "level": "error", "count": 2}} -> struct record.
 * The header alone is flat: {"schema": "tidegate/partial/2", "sources": 3}.
 *
 * One table says which members there are, of which type, and in which records they may stand.
 * What the table does not know is refused. A text under `member_hex` is in hexadecimal, because
 * JSON cannot hold it. */
#include "collectors/partial_record.h"

#include <stddef.h>
#include <string.h>

static const char *const kind_words[RECORD_KINDS] = {
    [RECORD_HEADER] = "schema",
    [RECORD_SOURCE] = "source",
    [RECORD_SOURCE_ROOT] = "source_root",
    [RECORD_DIAGNOSTIC] = "diagnostic",
    [RECORD_FILE] = "file",
    [RECORD_FILE_MORE] = "file_more",
    [RECORD_TESTS] = "tests",
    [RECORD_CASES] = "cases",
    [RECORD_TEST] = "test",
    [RECORD_FINDING] = "finding",
    [RECORD_FINDING_DETAIL] = "finding_detail",
    [RECORD_RULE] = "rule",
    [RECORD_NUMBER] = "number",
    [RECORD_END] = "end",
};

enum member_type {
    MEMBER_NAME,
    MEMBER_COUNT,
    MEMBER_FLAG,
    MEMBER_DECIMAL,
    MEMBER_FAMILIES,
    MEMBER_OUTCOME,
    MEMBER_STATE,
    MEMBER_LEVEL,
    MEMBER_BAND,
    MEMBER_HASH128,
    MEMBER_HASH64,
    MEMBER_COVERAGE /* offset is the enum coverage_text */
};

/* Where a member may stand. */
enum {
    IN_HEADER = 1 << RECORD_HEADER,
    IN_SOURCE = 1 << RECORD_SOURCE,
    IN_SOURCE_ROOT = 1 << RECORD_SOURCE_ROOT,
    IN_DIAGNOSTIC = 1 << RECORD_DIAGNOSTIC,
    IN_FILE = 1 << RECORD_FILE,
    IN_FILES = 1 << RECORD_FILE | 1 << RECORD_FILE_MORE,
    IN_TESTS = 1 << RECORD_TESTS,
    IN_CASES = 1 << RECORD_CASES,
    IN_TEST = 1 << RECORD_TEST,
    IN_FINDING = 1 << RECORD_FINDING,
    IN_DETAIL = 1 << RECORD_FINDING_DETAIL,
    IN_RULE = 1 << RECORD_RULE,
    IN_NUMBER = 1 << RECORD_NUMBER,
    IN_END = 1 << RECORD_END
};

struct member {
    const char *word;
    enum member_type type;
    unsigned records;
    size_t offset; /* in struct record */
};

static const struct member members[] = {
    {"band", MEMBER_BAND, IN_FINDING | IN_DETAIL, offsetof(struct record, band)},
    {"branches", MEMBER_COVERAGE, IN_FILES, COVERAGE_TEXT_BRANCHES},
    {"bytes", MEMBER_COUNT, IN_SOURCE, offsetof(struct record, bytes)},
    {"class", MEMBER_NAME, IN_TEST, offsetof(struct record, class_name)},
    {"code", MEMBER_NAME, IN_DIAGNOSTIC, offsetof(struct record, code)},
    {"column", MEMBER_COUNT, IN_DIAGNOSTIC | IN_DETAIL, offsetof(struct record, column)},
    {"commit", MEMBER_NAME, IN_SOURCE, offsetof(struct record, commit)},
    {"count", MEMBER_COUNT, IN_CASES | IN_FINDING, offsetof(struct record, count)},
    {"counts", MEMBER_COVERAGE, IN_FILES, COVERAGE_TEXT_COUNTS},
    {"digest", MEMBER_HASH128, IN_SOURCE, offsetof(struct record, digest)},
    {"families", MEMBER_FAMILIES, IN_SOURCE, offsetof(struct record, families)},
    {"file", MEMBER_NAME, IN_TEST, offsetof(struct record, file)},
    {"fixed_version", MEMBER_NAME, IN_DETAIL, offsetof(struct record, fixed_version)},
    {"folder", MEMBER_NAME, IN_SOURCE, offsetof(struct record, folder)},
    {"format", MEMBER_NAME, IN_SOURCE, offsetof(struct record, format)},
    {"functions", MEMBER_COVERAGE, IN_FILES, COVERAGE_TEXT_FUNCTIONS},
    {"group", MEMBER_NAME, IN_SOURCE, offsetof(struct record, group)},
    {"hash", MEMBER_HASH64, IN_END, offsetof(struct record, hash)},
    {"hashed", MEMBER_COVERAGE, IN_FILES, COVERAGE_TEXT_HASHED},
    {"key", MEMBER_NAME, IN_NUMBER, offsetof(struct record, key)},
    {"level", MEMBER_LEVEL, IN_FINDING | IN_DETAIL, offsetof(struct record, level)},
    {"line", MEMBER_COUNT, IN_DIAGNOSTIC | IN_TEST | IN_DETAIL, offsetof(struct record, line)},
    {"lines", MEMBER_COVERAGE, IN_FILES, COVERAGE_TEXT_LINES},
    {"lines", MEMBER_COUNT, IN_END, offsetof(struct record, lines)},
    {"message", MEMBER_NAME, IN_TEST | IN_DETAIL, offsetof(struct record, message)},
    {"modified", MEMBER_COUNT, IN_SOURCE, offsetof(struct record, modified)},
    {"name", MEMBER_NAME, IN_TEST | IN_RULE, offsetof(struct record, name)},
    {"outcome", MEMBER_OUTCOME, IN_CASES | IN_TEST, offsetof(struct record, outcome)},
    {"package", MEMBER_NAME, IN_DETAIL, offsetof(struct record, package)},
    {"path", MEMBER_NAME, IN_SOURCE | IN_SOURCE_ROOT | IN_FILE | IN_FINDING | IN_DETAIL,
     offsetof(struct record, path)},
    {"possible", MEMBER_FAMILIES, IN_SOURCE, offsetof(struct record, possible)},
    {"repeats", MEMBER_COUNT, IN_DIAGNOSTIC, offsetof(struct record, repeats)},
    {"root", MEMBER_NAME, IN_SOURCE, offsetof(struct record, root)},
    {"rule", MEMBER_NAME, IN_FINDING | IN_DETAIL, offsetof(struct record, rule)},
    {"sources", MEMBER_COUNT, IN_HEADER, offsetof(struct record, sources)},
    {"state", MEMBER_STATE, IN_SOURCE, offsetof(struct record, state)},
    {"suite", MEMBER_NAME, IN_TEST, offsetof(struct record, suite)},
    {"suite_errors", MEMBER_COUNT, IN_TESTS, offsetof(struct record, suite_errors)},
    {"suppressed", MEMBER_FLAG, IN_FINDING | IN_DETAIL, offsetof(struct record, suppressed)},
    {"text", MEMBER_NAME, IN_DIAGNOSTIC, offsetof(struct record, text)},
    {"time", MEMBER_DECIMAL, IN_TESTS, offsetof(struct record, time)},
    {"tool", MEMBER_NAME, IN_SOURCE | IN_RULE, offsetof(struct record, tool)},
    {"tool_version", MEMBER_NAME, IN_SOURCE, offsetof(struct record, tool_version)},
    {"tree", MEMBER_NAME, IN_SOURCE, offsetof(struct record, tree)},
    {"unit", MEMBER_NAME, IN_NUMBER, offsetof(struct record, unit)},
    {"value", MEMBER_DECIMAL, IN_NUMBER, offsetof(struct record, value)},
    {"version", MEMBER_NAME, IN_DETAIL, offsetof(struct record, version)},
    {"work_tree", MEMBER_NAME, IN_SOURCE, offsetof(struct record, work_tree)},
};

void record_reader_init(struct record_reader *reader, struct names *names)
{
    *reader = (struct record_reader){.names = names};
    for (unsigned kind = 0; kind < COVERAGE_TEXTS; kind++) {
        buf_init(&reader->coverage[kind]);
    }
    buf_init(&reader->bytes);
}

void record_reader_release(struct record_reader *reader)
{
    for (unsigned kind = 0; kind < COVERAGE_TEXTS; kind++) {
        buf_release(&reader->coverage[kind]);
    }
    buf_release(&reader->bytes);
}

static void forget(struct record_reader *reader)
{
    /* Who does not say that a source is fine has not said it. */
    reader->record = (struct record){.kind = RECORD_KINDS, .state = STATE_MISSING};
    for (unsigned kind = 0; kind < COVERAGE_TEXTS; kind++) {
        buf_clear(&reader->coverage[kind]);
    }
}

/* The member of this record with this key; `_hex` behind a name's word sets *hex. */
static const struct member *find_member(enum record_kind kind, struct span key, bool *hex)
{
    struct span word = key;
    *hex = span_ends(key, "_hex");
    word.size -= *hex ? 4U : 0U;
    for (size_t at = 0; at < sizeof(members) / sizeof(members[0]); at++) {
        const struct member *member = &members[at];
        if (span_is(word, member->word) && (member->records >> kind & 1) != 0 &&
            (!*hex || member->type == MEMBER_NAME)) {
            return member;
        }
    }
    return NULL;
}

/* ---- values ---- */

/* Digits in pairs -> bytes. */
static bool bytes_of_hex(struct span text, struct buf *bytes)
{
    buf_clear(bytes);
    char padded[17] = "0000000000000000";
    for (size_t at = 0; at + 1 < text.size; at += 2) {
        uint64_t value = 0;
        memcpy(padded + 14, text.data + at, 2);
        if (!hash64_of(span_make(padded, 16), &value)) {
            return false;
        }
        buf_add_byte(bytes, (char)value);
    }
    return text.size % 2 == 0;
}

static bool read_name(struct record_reader *reader, struct json_reader *json, bool hex,
                      const struct name **name)
{
    struct span text;
    if (!json_string(json, &text) || (hex && !bytes_of_hex(text, &reader->bytes))) {
        return false;
    }
    *name = names_add(reader->names, hex ? buf_span(&reader->bytes) : text);
    return true;
}

static bool read_long_text(struct json_reader *json, struct buf *into)
{
    struct span text;
    bool fine = json_string(json, &text);
    if (fine) {
        buf_add(into, text);
    }
    return fine;
}

static bool read_decimal(struct json_reader *json, struct decimal *value)
{
    struct span text;
    bool cut = false;
    return json_string(json, &text) && decimal_parse(text, value, &cut) && !cut;
}

/* A list of words, each of which stands for a bit. */
static bool read_words(struct json_reader *json, bool families, unsigned *bits)
{
    bool fine = json_array(json);
    while (fine && json_item(json)) {
        struct span text;
        enum family family = FAMILY_COVERAGE;
        enum test_outcome outcome = TEST_PASSED;
        fine = json_string(json, &text) &&
               (families ? family_of(text, &family) : test_outcome_of(text, &outcome));
        *bits |= families ? (unsigned)family : (unsigned)outcome;
    }
    return fine;
}

static bool read_word(struct json_reader *json, const struct member *member, void *into)
{
    struct span text;
    if (!json_string(json, &text)) {
        return false;
    }
    switch (member->type) {
    case MEMBER_STATE: return state_of(text, into);
    case MEMBER_LEVEL: return level_of(text, into);
    case MEMBER_BAND: return band_of(text, into);
    case MEMBER_HASH128: return hash128_of(text, into);
    default: return hash64_of(text, into);
    }
}

static bool read_value(struct record_reader *reader, struct json_reader *json,
                       const struct member *member, bool hex)
{
    void *into = (char *)&reader->record + member->offset;
    switch (member->type) {
    case MEMBER_NAME: return read_name(reader, json, hex, into);
    case MEMBER_COUNT: return json_u64(json, into);
    case MEMBER_FLAG: return json_bool(json, into);
    case MEMBER_DECIMAL: return read_decimal(json, into);
    case MEMBER_FAMILIES: return read_words(json, true, into);
    case MEMBER_OUTCOME: return read_words(json, false, into);
    case MEMBER_COVERAGE: return read_long_text(json, &reader->coverage[member->offset]);
    default: return read_word(json, member, into);
    }
}

/* ---- the record ---- */

static enum record_kind kind_of(struct span word)
{
    unsigned kind = 0;
    while (kind < RECORD_KINDS && !span_is(word, kind_words[kind])) {
        kind++;
    }
    return (enum record_kind)kind;
}

static const char *read_members(struct record_reader *reader, struct json_reader *json)
{
    struct span key;
    while (json_key(json, &key)) {
        bool hex = false;
        const struct member *member = find_member(reader->record.kind, key, &hex);
        if (member == NULL) {
            return "a member that this record does not have";
        }
        if (!read_value(reader, json, member, hex)) {
            return "a member's value cannot be read";
        }
    }
    return NULL;
}

/* Behind the first key: what it names, and the end of the outer object. */
static const char *read_content(struct record_reader *reader, struct json_reader *json)
{
    struct span word;
    if (reader->record.kind == RECORD_KINDS) {
        return "a record of a kind that is not known here";
    }
    if (reader->record.kind == RECORD_HEADER) { /* flat: the schema, then more members */
        bool fine = read_name(reader, json, false, &reader->record.schema);
        return fine ? read_members(reader, json) : "the schema is a text";
    }
    if (!json_object(json)) {
        return "a record's content is an object";
    }
    const char *wrong = read_members(reader, json);
    return wrong == NULL && json_key(json, &word) ? "a record has one member" : wrong;
}

const char *record_read(struct record_reader *reader, struct json_reader *json)
{
    struct span word;
    const char *wrong = "a record has one member";
    forget(reader);
    if (json_object(json) && json_key(json, &word)) {
        reader->record.kind = kind_of(word);
        wrong = read_content(reader, json);
    }
    return json_failed(json) ? "" : wrong;
}
