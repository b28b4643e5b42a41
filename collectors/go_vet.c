/* The output of `go vet -json` -> findings.
 *
 * One JSON object a package: package -> analyzer -> list of {posn, message}; an analyzer that
 * failed has an object with `error` instead of the list. With standard error in the same file,
 * lines for people stand between the objects: `# package` before each, and why a package does not
 * compile, which makes the report partial. They are blanked before reading, so line numbers stay. A
 * package without findings is `{}`. */
#include "collectors/collectors.h"
#include "collectors/lint_char.h"
#include "collectors/lint_finding.h"
#include "collectors/lint_line.h"

#include "base/buf.h"
#include "base/json_read.h"
#include "base/limits.h"

#include <string.h>

/* Lines that are not JSON: neither begins as JSON does. */
enum spoken {
    SPOKEN_NOT, /* JSON, or nothing that go writes */
    /* `# package`, `go: downloading example.org/x v1.0.0`, `    have (number)` below an error */
    SPOKEN_ASIDE,
    /* `vet: b/b.go:2:12: undefined: x`, `b/b.go:2:12: ...`, `package x is not in std` */
    SPOKEN_FAILURE
};

static enum spoken spoken_of(struct span line)
{
    static const char *const failures[] = {"vet: ",           "go: ", "package ", "exit status ",
                                           "too many errors", NULL};
    if (span_starts(line, "#") || span_starts(line, "go: downloading ")) {
        return SPOKEN_ASIDE;
    }
    for (size_t index = 0; failures[index] != NULL; index++) {
        if (span_starts(line, failures[index])) {
            return SPOKEN_FAILURE;
        }
    }
    struct finding_in found = {0};
    struct span rest = skip_blanks(line);
    bool json = rest.size == 0 || strchr("{}[]\"", rest.data[0]) != NULL;
    if (!json && rest.size < line.size) {
        return SPOKEN_ASIDE;
    }
    bool place = !json && lint_line_place(line, &found) && span_ends(found.path, ".go");
    return place ? SPOKEN_FAILURE : SPOKEN_NOT;
}

/* Only packages without findings: `{}` for each. */
static bool is_all_clean(const struct head *head)
{
    struct span rest = span_trim(head->bytes);
    size_t packages = 0;
    while (span_starts(rest, "{}")) {
        rest = span_trim(span_from(rest, 2));
        packages++;
    }
    bool named =
        span_find_text(head->file_name, "vet") != SIZE_MAX; /* a single one may be anything */
    return rest.size == 0 && (packages > 1 || (packages == 1 && named));
}

static int go_vet_probe(const struct head *head)
{
    struct span rest = span_trim(head->bytes);
    bool spoken = span_starts(rest, "# ");
    for (struct span next = rest; spoken_of(span_cut(&next, '\n')) != SPOKEN_NOT;) {
        rest = span_trim(next);
        next = rest;
    }
    bool object = span_starts(rest, "{");
    bool posn = span_find_text(rest, "\"posn\":") != SIZE_MAX;
    if (object && (spoken || posn)) {
        return PROBE_SURE;
    }
    return is_all_clean(head) ? PROBE_WEAK : PROBE_NO;
}

/* ---- the objects ---- */

struct vet {
    struct json_reader *json;
    struct sink *sink;
    struct buf analyzer, place, message;
};

static void read_diagnostic(struct vet *vet)
{
    struct span key;
    struct span text;
    struct finding_in found = {0};
    buf_clear(&vet->place);
    buf_clear(&vet->message);
    if (!json_object(vet->json)) {
        return;
    }
    while (json_key(vet->json, &key)) {
        struct buf *to = span_is(key, "posn")      ? &vet->place
                         : span_is(key, "message") ? &vet->message
                                                   : NULL;
        if (to == NULL) {
            json_skip(vet->json);
        } else if (json_string(vet->json, &text)) {
            buf_clear(to);
            buf_add(to, text);
        }
    }
    if (!lint_line_place(buf_span(&vet->place), &found)) {
        found.path = buf_span(&vet->place);
    }
    struct finding_in finding = {.path = found.path,
                                 .rule = buf_span(&vet->analyzer),
                                 .message = buf_span(&vet->message),
                                 .line = found.line,
                                 .column = found.column,
                                 .level = LEVEL_WARNING};
    if (!json_failed(vet->json)) {
        lint_finding_take(vet->sink, &finding, json_line(vet->json));
    }
}

static void read_package(struct vet *vet)
{
    struct span key;
    if (!json_object(vet->json)) {
        return;
    }
    while (json_key(vet->json, &key)) {
        buf_clear(&vet->analyzer);
        buf_add(&vet->analyzer, key);
        if (json_peek(vet->json) != JSON_ARRAY) {
            sink_drop(vet->sink, DIAG_REPORT_TOOL_FAILED, json_line(vet->json),
                      SPAN("an analyzer failed: its findings are missing"));
            json_skip(vet->json);
        } else {
            json_array(vet->json);
            while (json_item(vet->json)) {
                read_diagnostic(vet);
            }
        }
    }
}

static void read_objects(struct input *in, struct sink *out)
{
    struct vet vet = {.json = json_reader_open(in, true), .sink = out};
    struct span key;
    uint64_t objects = 0;
    while (json_peek(vet.json) != JSON_END && !json_failed(vet.json)) {
        objects += json_peek(vet.json) == JSON_OBJECT;
        if (json_object(vet.json)) {
            while (json_key(vet.json, &key)) {
                read_package(&vet);
            }
        }
    }
    sink_tool(out, SPAN("go vet"), span_make(NULL, 0));
    sink_families(out, FAMILY_FINDINGS, objects > 0); /* `{}` is a package without findings */
    json_reader_close(vet.json);
    buf_release(&vet.analyzer);
    buf_release(&vet.place);
    buf_release(&vet.message);
}

/* ---- the file ---- */

/* Blanks the lines that are not JSON; inside JSON no line begins like them. */
static void blank_spoken(struct buf *text, struct sink *out)
{
    struct span rest = buf_span(text);
    for (uint64_t number = 1; text->data != NULL && rest.size > 0; number++) {
        struct span line = span_cut(&rest, '\n');
        enum spoken spoken = spoken_of(line);
        if (spoken == SPOKEN_FAILURE) {
            sink_drop(out, DIAG_REPORT_TOOL_FAILED, number,
                      SPAN("a package could not be checked: its findings are missing"));
        }
        if (spoken != SPOKEN_NOT) {
            memset(text->data + (line.data - text->data), ' ', line.size);
        }
    }
}

static void go_vet_parse(struct input *in, struct sink *out)
{
    struct buf text = {0};
    char piece[16384];
    size_t size;
    while ((size = input_read(in, piece, sizeof(piece))) > 0 && text.size <= LIMIT_JSON_STRING) {
        buf_add(&text, span_make(piece, size));
    }
    if (text.size > LIMIT_JSON_STRING) {
        sink_refuse(out, DIAG_INPUT_LIMIT, 0, 0, SPAN("more than 64 MiB of go vet output"));
    } else if (input_fault(in)->kind == FAULT_NONE) {
        blank_spoken(&text, out);
        struct input *blanked = input_open_memory(buf_span(&text));
        read_objects(blanked, out);
        *input_fault_slot(in) = *input_fault(blanked);
        input_close(blanked);
    }
    buf_release(&text);
}

const struct collector collector_go_vet = {
    .name = "go_vet",
    .title = "go vet -json",
    .spec = "golang.org/x/tools/go/analysis/unitchecker",
    .tools = "go vet -json and other analysis checkers with -json",
    .families = FAMILY_FINDINGS,
    .probe = go_vet_probe,
    .parse = go_vet_parse,
};
