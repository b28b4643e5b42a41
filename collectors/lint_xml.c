/* XML reports of linters -> findings, by the table of lint_xml_tools.c.
 *
 * A finding is an element; its place stands in its own attributes, in a child element or in the
 * file element around it. Several locations of one element are one finding, and the first is its
 * place. A finished report without a finding is clean, because a tool that died does not close its
 * root element. */
#include "collectors/collectors.h"
#include "collectors/lint_failure.h"
#include "collectors/lint_finding.h"
#include "collectors/lint_xml_tools.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/xml_read.h"

#include <string.h>

struct xml_lint {
    struct sink *sink;
    const struct lint_xml_tool *tool;
    unsigned depth;       /* of the element that is open */
    unsigned finding;     /* depth of the open finding; 0: none */
    unsigned place_depth; /* of the element that the finding's place came from; 0: none */
    unsigned text_depth;  /* of the element whose text is the message; 0: none is open */
    struct finding_in in; /* the open finding; texts stand in the buffers */
    uint64_t line;        /* of the finding in the report */
    bool idle;            /* the tool says that it looked at nothing */
    struct buf file;      /* path of the file element */
    struct buf path, rule, level, message;
};

/* ---- attributes ---- */

static struct span attribute(const struct xml_element *element, const char *names)
{
    struct span rest = span_of(names);
    while (rest.size > 0) {
        struct span value = xml_attribute_named(element, span_cut(&rest, '|'));
        if (value.data != NULL) {
            return value;
        }
    }
    return span_make(NULL, 0);
}

/* Whether the element is `what`, or with `what` = "Name@attribute" has that attribute above 0. */
static bool is_element(const struct xml_element *element, const char *what)
{
    struct span name_wanted = span_of(what);
    struct span name = span_cut(&name_wanted, '@');
    if (what == NULL || !span_equal(span_of(element->name), name)) {
        return false;
    }
    if (name_wanted.size == 0) {
        return true;
    }
    uint64_t count = 0;
    span_to_u64(xml_attribute_named(element, name_wanted), &count);
    return count > 0;
}

/* Whether the element is that of `what` = "Name@attribute" and the attribute is 0. */
static bool says_nothing_seen(const struct xml_element *element, const char *what)
{
    struct span wanted = span_of(what);
    struct span name = span_cut(&wanted, '@');
    return name.size > 0 && span_equal(span_of(element->name), name) &&
           span_is(xml_attribute_named(element, wanted), "0");
}

static void keep(struct buf *buf, struct span text)
{
    buf_clear(buf);
    buf_add(buf, text);
}

/* ---- a finding ---- */

static uint64_t number(struct xml_lint *lint, struct span text)
{
    int64_t value = 0;
    if (text.size > 0 && !span_to_i64(span_trim(text), &value)) {
        sink_note(lint->sink, DIAG_REPORT_VALUE, lint->line,
                  SPAN("a line or column that is no number is taken as unknown"));
    }
    return value > 0 ? (uint64_t)value : 0;
}

static void take_place(struct xml_lint *lint, const struct xml_element *element,
                       const struct lint_xml_place *place)
{
    struct span path = attribute(element, place->path);
    if (path.data != NULL) {
        keep(&lint->path, path);
    }
    lint->in.line = number(lint, attribute(element, place->line));
    lint->in.column = number(lint, attribute(element, place->column));
    lint->place_depth = element->depth;
}

static void begin_finding(struct xml_lint *lint, const struct xml_element *element)
{
    const struct lint_xml_tool *tool = lint->tool;
    lint->in = (struct finding_in){0};
    lint->finding = element->depth;
    lint->line = element->line;
    keep(&lint->path, buf_span(&lint->file));
    take_place(lint, element, &tool->place);
    lint->place_depth = 0; /* one from inside is better */
    keep(&lint->rule, attribute(element, tool->rule));
    bool own_name = tool->level != NULL && span_is(span_of(tool->level), ".");
    keep(&lint->level, own_name ? span_of(element->name) : attribute(element, tool->level));
    keep(&lint->message, attribute(element, tool->message));
    lint->text_depth = tool->message == NULL && tool->text_element == NULL ? element->depth : 0;
}

/* The rule without the name of the tool in front. */
static struct span plain_rule(struct span rule)
{
    static const char *const marks[] = {"ShellCheck.", "eslint.rules.", "stylelint.rules."};
    for (size_t index = 0; index < sizeof(marks) / sizeof(marks[0]); index++) {
        if (span_starts(rule, marks[index])) {
            return span_from(rule, strlen(marks[index]));
        }
    }
    return rule;
}

static void end_finding(struct xml_lint *lint)
{
    lint->finding = 0;
    lint->in.path = buf_span(&lint->path);
    lint->in.rule = plain_rule(buf_span(&lint->rule));
    lint->in.message = buf_span(&lint->message);
    lint->in.level = lint_level(lint->sink, lint->tool->words, buf_span(&lint->level),
                                lint->tool->no_level, lint->line);
    lint_finding_take(lint->sink, &lint->in, lint->line);
    bool gap =
        lint->tool->not_checked != NULL && span_is(buf_span(&lint->rule), lint->tool->not_checked);
    if (gap || lint_failure_unchecked(lint->in.message)) {
        sink_drop(lint->sink, DIAG_REPORT_TOOL_FAILED, lint->line,
                  SPAN("the tool says that it did not check everything"));
    }
}

static void start_inside(struct xml_lint *lint, const struct xml_element *element)
{
    const struct lint_xml_tool *tool = lint->tool;
    bool nearer = lint->place_depth == 0 || element->depth < lint->place_depth;
    if (nearer && is_element(element, tool->place_element)) {
        take_place(lint, element, &tool->inner_place);
    }
    if (is_element(element, tool->text_element) && lint->message.size == 0) {
        lint->text_depth = element->depth;
    }
}

/* ---- events ---- */

static bool is_any(const struct xml_element *element, const char *const *names, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        if (is_element(element, names[index])) {
            return true;
        }
    }
    return false;
}

static void on_start(void *self, const struct xml_element *element)
{
    struct xml_lint *lint = self;
    const struct lint_xml_tool *tool = lint->tool;
    lint->depth = element->depth;
    if (lint->finding != 0) {
        start_inside(lint, element);
        return;
    }
    lint->idle = lint->idle || says_nothing_seen(element, tool->no_files);
    if (is_element(element, tool->file)) {
        keep(&lint->file, attribute(element, tool->file_path));
    } else if (is_any(element, tool->findings, 3)) {
        begin_finding(lint, element);
    } else if (is_any(element, tool->trouble, 3)) {
        sink_drop(lint->sink, DIAG_REPORT_TOOL_FAILED, element->line,
                  SPAN("the report lists errors of the tool itself: findings may be missing"));
    }
}

static void on_text(void *self, struct span text)
{
    struct xml_lint *lint = self;
    if (lint->text_depth != 0 && lint->message.size <= LIMIT_TEXT_BYTES) {
        buf_add(&lint->message, span_until(text, (size_t)LIMIT_TEXT_BYTES));
    }
}

static void on_end(void *self, int word)
{
    struct xml_lint *lint = self;
    (void)word;
    if (lint->depth == lint->text_depth) {
        lint->text_depth = 0;
    }
    if (lint->depth == lint->finding && lint->finding != 0) {
        end_finding(lint);
    }
    lint->depth--;
}

/* ---- which tool ---- */

static bool shown_by(const struct head *head, const struct lint_xml_tool *tool)
{
    bool shown = tool->shown_by[0] == NULL;
    for (size_t index = 0; index < 4 && tool->shown_by[index] != NULL; index++) {
        const char *mark = tool->shown_by[index];
        shown = shown || (mark[0] == '@' ? head_has_attribute(head, mark + 1)
                                         : span_is(head->xml_child, mark));
    }
    return shown;
}

static const struct lint_xml_tool *tool_of(const struct head *head)
{
    for (const struct lint_xml_tool *tool = lint_xml_tools; tool->name != NULL; tool++) {
        if (span_is(head->xml_root, tool->root) && shown_by(head, tool)) {
            return tool;
        }
    }
    return NULL;
}

static int lint_xml_probe(const struct head *head)
{
    return tool_of(head) != NULL ? PROBE_SURE : PROBE_NO;
}

/* ---- the report ---- */

static void lint_xml_parse(struct input *in, struct sink *out)
{
    static const char *const words[] = {NULL};
    const struct xml_handler handler = {
        .words = words, .start = on_start, .text = on_text, .end = on_end};
    struct xml_notes notes = {0};
    struct head head;
    head_read(&head, input_head(in), span_make(NULL, 0));
    struct xml_lint lint = {.sink = out, .tool = tool_of(&head)};
    if (lint.tool == NULL) {
        sink_refuse(out, DIAG_FORMAT_WRONG, 1, 1,
                    SPAN("the root element is not that of a linter's XML report that is known"));
        return;
    }
    sink_tool(out, span_of(lint.tool->name), span_make(NULL, 0));
    xml_read(in, &handler, &lint, &notes);
    if (notes.replaced > 0) {
        sink_note(out, DIAG_INPUT_REPLACED, notes.replaced_line, span_make(NULL, 0));
    }
    sink_families(out, FAMILY_FINDINGS, !lint.idle);
    buf_release(&lint.file);
    buf_release(&lint.path);
    buf_release(&lint.rule);
    buf_release(&lint.level);
    buf_release(&lint.message);
}

const struct collector collector_lint_xml = {
    .name = "lint_xml",
    .title = "XML of linters",
    .spec = "Checkstyle's XMLLogger; each tool's manual",
    .tools = "Checkstyle and all that write its XML (ESLint, stylelint, oxlint, Biome, shellcheck, "
             "hadolint, "
             "golangci-lint, ktlint, detekt, scalastyle, PHPStan, PHP_CodeSniffer, SwiftLint ...), "
             "cppcheck, "
             "PMD, PHPMD, CPD, SpotBugs, FindBugs, JSLint, CSSLint, Android lint",
    .families = FAMILY_FINDINGS,
    .probe = lint_xml_probe,
    .parse = lint_xml_parse,
};
