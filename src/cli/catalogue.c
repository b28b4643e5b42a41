/* The catalogues, from the same tables that drive the program. */
#include "cli/catalogue.h"

#include "base/limits.h"
#include "cli/command.h"
#include "cli/session.h"
#include "collectors/collectors.h"
#include "gates/gates.h"
#include "model/metric.h"

static void add_families(struct table *table, unsigned families)
{
    static const struct {
        enum family family;
        const char *text;
    } words[] = {{FAMILY_COVERAGE, "coverage"},
                 {FAMILY_TESTS, "tests"},
                 {FAMILY_FINDINGS, "findings"},
                 {FAMILY_SECURITY, "security"},
                 {FAMILY_NUMBERS, "numbers"}};
    struct buf text;
    buf_init(&text);
    for (size_t index = 0; index < sizeof(words) / sizeof(words[0]); index++) {
        if (families & words[index].family) {
            buf_add_format(&text, "%s%s", text.size > 0 ? ", " : "", words[index].text);
        }
    }
    table_add(table, buf_span(&text));
    buf_release(&text);
}

void catalogue_formats(struct table *table)
{
    static const char *const columns[] = {"name",       "title",         "yields",
                                          "written by", "specification", NULL};
    size_t count = 0;
    const struct collector *const *collectors = collectors_all(&count);
    table_init(table, columns);
    for (size_t index = 0; index < count; index++) {
        table_add_text(table, collectors[index]->name);
        table_add_text(table, collectors[index]->title);
        add_families(table, collectors[index]->families);
        table_add_text(table, collectors[index]->tools);
        table_add_text(table, collectors[index]->spec);
    }
}

void catalogue_rules(struct table *table)
{
    static const char *const columns[] = {"rule", "parameter", "type", "default", "meaning", NULL};
    static const char *const types[] = {"true or false", "number", "duration"};
    table_init(table, columns);
    for (const struct rule_spec *const *kind = rules_specs(); *kind != NULL; kind++) {
        for (const struct param_spec *param = (*kind)->params; param->name != NULL; param++) {
            table_add_text(table, (*kind)->name);
            table_add_text(table, param->name);
            table_add_text(table, types[param->type]);
            table_add_text(table, param->fallback != NULL ? param->fallback : "");
            table_add_text(table, param->text);
        }
    }
}

void catalogue_metrics(struct table *table)
{
    static const char *const columns[] = {"key", "kind", "unit", "better", "meaning", NULL};
    table_init(table, columns);
    for (size_t id = 0; id < METRIC_COUNT; id++) {
        const struct metric_kind *kind = metric_kind((enum metric_id)id);
        table_add_text(table, kind->key);
        table_add_text(table, value_kind_text(kind->kind));
        table_add_text(table, kind->unit);
        table_add_text(table, direction_text(kind->direction));
        table_add_text(table, kind->title);
    }
}

void catalogue_codes(struct table *table)
{
    static const char *const columns[] = {"code", "severity", "meaning", "what to do", NULL};
    table_init(table, columns);
    for (size_t code = 0; code < DIAG_CODE_COUNT; code++) {
        const struct diag_kind *kind = diag_kind((enum diag_code)code);
        table_add_text(table, kind->code);
        table_add_text(table, severity_text(kind->severity));
        table_add_text(table, kind->title);
        table_add_text(table, kind->remedy);
    }
}

static void add_number(struct table *table, uint64_t number)
{
    struct buf text;
    buf_init(&text);
    buf_add_u64(&text, number);
    table_add(table, buf_span(&text));
    buf_release(&text);
}

void catalogue_limits(struct table *table)
{
    static const char *const columns[] = {"ceiling", "value", "unit", "why", NULL};
    size_t count = 0;
    const struct limit *limits = limits_all(&count);
    table_init(table, columns);
    for (size_t index = 0; index < count; index++) {
        table_add_text(table, limits[index].name);
        add_number(table, limits[index].value);
        table_add_text(table, limits[index].unit);
        table_add_text(table, limits[index].why);
    }
}

void catalogue_exits(struct table *table)
{
    static const char *const columns[] = {"code", "meaning", NULL};
    table_init(table, columns);
    for (const struct exit_meaning *at = exit_meanings(); at->text != NULL; at++) {
        add_number(table, (uint64_t)at->code);
        table_add_text(table, at->text);
    }
}

enum exit_code catalogue_print(const struct options *options, void (*fill)(struct table *))
{
    struct table table;
    struct buf text;
    buf_init(&text);
    fill(&table);
    if (options_has(options, "json")) {
        table_write_json(&table, &text);
    } else {
        table_write_text(&table, &text);
    }
    table_release(&table);
    return session_print(&text, EXIT_OPEN);
}
