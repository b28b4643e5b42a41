/* The list of formats, detection by content, and reading one source through its collector. */
#include "collectors/collectors.h"

#include "collectors/strangers.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/path.h"

static const struct collector *const all[] = {
#define COLLECTOR(name) &collector_##name,
#include "collectors.def"
#undef COLLECTOR
    NULL};

const struct collector *const *collectors_all(size_t *count)
{
    *count = sizeof(all) / sizeof(all[0]) - 1;
    return all;
}

const struct collector *collectors_find(struct span name)
{
    for (size_t index = 0; all[index] != NULL; index++) {
        if (span_is(name, all[index]->name)) {
            return all[index];
        }
    }
    return NULL;
}

struct detection collectors_detect(const struct head *head)
{
    struct detection detection = {NULL, NULL, PROBE_NO};
    for (size_t index = 0; all[index] != NULL; index++) {
        int score = all[index]->probe(head);
        if (score > detection.score) {
            detection = (struct detection){all[index], NULL, score};
        } else if (score == detection.score && score > PROBE_NO) {
            detection.second = all[index];
        }
    }
    if (detection.second != NULL) {
        const struct collector *first = detection.best;
        detection.best = NULL;
        detection.second = first; /* the caller names one of the two */
    }
    return detection;
}

void collector_tell_xml(struct sink *sink, const struct xml_notes *notes)
{
    if (notes->replaced > 0) {
        sink_note_format(sink, DIAG_INPUT_REPLACED, notes->replaced_line,
                         "%llu control characters that XML forbids were replaced in text",
                         (unsigned long long)notes->replaced);
    }
}

/* The diagnostic of a reader's fault. */
static enum diag_code code_of(enum fault_kind kind)
{
    static const enum diag_code codes[] = {
        [FAULT_NONE] = DIAG_INPUT_SYNTAX,       [FAULT_UNREADABLE] = DIAG_INPUT_UNREADABLE,
        [FAULT_EMPTY] = DIAG_INPUT_EMPTY,       [FAULT_COMPRESSED] = DIAG_INPUT_COMPRESSED,
        [FAULT_ENCODING] = DIAG_INPUT_ENCODING, [FAULT_CONTROL] = DIAG_INPUT_CONTROL,
        [FAULT_SYNTAX] = DIAG_INPUT_SYNTAX,     [FAULT_TRUNCATED] = DIAG_INPUT_TRUNCATED,
        [FAULT_ENTITY] = DIAG_INPUT_ENTITY,     [FAULT_DUPLICATE] = DIAG_INPUT_DUPLICATE,
        [FAULT_LIMIT] = DIAG_INPUT_LIMIT,
    };
    return codes[kind];
}

static void refuse_fault(struct sink *sink, const struct fault *fault)
{
    sink_refuse(sink, code_of(fault->kind), fault->line, fault->column, span_of(fault->text));
}

static bool only_blank(struct span bytes)
{
    return span_trim(bytes).size == 0;
}

/* Chooses the collector by content, or says why there is none. */
static const struct collector *choose(const struct head *head, struct sink *sink)
{
    struct detection detection = collectors_detect(head);
    const struct stranger *stranger = detection.score <= PROBE_WEAK ? strangers_find(head) : NULL;
    if (detection.best != NULL && stranger == NULL) {
        return detection.best;
    }
    struct buf text;
    buf_init(&text);
    if (stranger != NULL) {
        buf_add_format(&text, "this is %s, which is not read: %s", stranger->name,
                       stranger->instead);
        sink_refuse(sink, DIAG_FORMAT_STRANGER, 1, 1, buf_span(&text));
        buf_release(&text);
        return NULL;
    }
    if (detection.second != NULL) {
        buf_add_text(&text, "several formats claim this content:");
        for (size_t index = 0; all[index] != NULL; index++) {
            if (all[index]->probe(head) == detection.score) {
                buf_add_format(&text, " %s", all[index]->name);
            }
        }
        sink_refuse(sink, DIAG_FORMAT_TIE, 1, 1, buf_span(&text));
    } else {
        if (head->xml_root.size > 0) {
            buf_add_format(&text, "no format has the XML root element '%.*s'",
                           SPAN_ARG(span_until(head->xml_root, 60)));
        } else if (head->json_key_count > 0) {
            buf_add_format(&text, "no format has JSON with the first key '%.*s'",
                           SPAN_ARG(span_until(head->json_keys[0], 60)));
        }
        sink_refuse(sink, DIAG_FORMAT_UNKNOWN, 1, 1, buf_span(&text));
    }
    buf_release(&text);
    return NULL;
}

static void read_into(struct input *input, struct sink *sink, const struct collector *format)
{
    struct report *report = sink->report;
    struct head head;
    struct span bytes = input_head(input);
    if (input_fault(input)->kind != FAULT_NONE) {
        refuse_fault(sink, input_fault(input));
        return;
    }
    if (bytes.size == 0 || (bytes.size < LIMIT_HEAD_BYTES && only_blank(bytes))) {
        report->format = format != NULL ? format->name : NULL;
        report->possible = format != NULL ? format->families : 0;
        sink_note(sink, DIAG_INPUT_EMPTY, 1,
                  bytes.size == 0 ? SPAN("the file has no bytes")
                                  : SPAN("the file holds only white space"));
        return;
    }
    head_read(&head, bytes, path_base(name_span(report->path)));
    const struct collector *chosen = format != NULL ? format : choose(&head, sink);
    if (chosen == NULL) {
        return;
    }
    report->format = chosen->name;
    report->possible = chosen->families;
    chosen->parse(input, sink);
    if (input_fault(input)->kind != FAULT_NONE) {
        refuse_fault(sink, input_fault(input));
    }
}

struct report *collectors_read(struct names *names, struct span path, struct input *input,
                               const struct collector *format)
{
    struct report *report = report_open(names, path);
    struct sink sink;
    sink_init(&sink, report, names);
    read_into(input, &sink, format);
    sink_close(&sink);
    report->bytes = input_bytes(input);
    report->digest = input_digest(input);
    return report;
}
