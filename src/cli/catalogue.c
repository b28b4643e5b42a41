/* The catalogues, from the same tables that drive the program. */
#include "cli/catalogue.h"

#include "base/limits.h"
#include "cli/command.h"
#include "cli/session.h"
#include "collectors/collectors.h"
#include "gates/gates.h"
#include "model/metric.h"

static void add_families(struct listing *listing, unsigned families)
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
    listing_add(listing, buf_span(&text));
    buf_release(&text);
}

/* The longest column comes last, so that the others stand below each other on any terminal. */
void catalogue_formats(struct listing *listing)
{
    static const char *const columns[] = {"name",          "title",      "yields",
                                          "specification", "written by", NULL};
    size_t count = 0;
    const struct collector *const *collectors = collectors_all(&count);
    listing_init(listing, columns);
    for (size_t index = 0; index < count; index++) {
        listing_add_text(listing, collectors[index]->name);
        listing_add_text(listing, collectors[index]->title);
        add_families(listing, collectors[index]->families);
        listing_add_text(listing, collectors[index]->spec);
        listing_add_text(listing, collectors[index]->tools);
    }
}

static void add_choices(struct listing *listing, const struct param_spec *param)
{
    struct buf text;
    buf_init(&text);
    for (const struct param_word *word = param->words; word != NULL && word->text != NULL; word++) {
        buf_add_format(&text, "%s%s", text.size > 0 ? ", " : "", word->text);
    }
    if (param->most > 0) {
        buf_add_format(&text, "%s2 to %llu", text.size > 0 ? ", " : "",
                       (unsigned long long)param->most);
    }
    listing_add(listing, buf_span(&text));
    buf_release(&text);
}

void catalogue_rules(struct listing *listing)
{
    static const char *const columns[] = {"rule", "parameter", "type", "default", "meaning", NULL};
    static const char *const types[] = {
        [PARAM_FLAG] = "true or false",
        [PARAM_AMOUNT] = "number",
        [PARAM_DURATION] = "duration",
        [PARAM_STEPS] = "days with numbers",
    };
    listing_init(listing, columns);
    for (const struct rule_spec *const *kind = rules_specs(); *kind != NULL; kind++) {
        for (const struct param_spec *param = (*kind)->params; param->name != NULL; param++) {
            listing_add_text(listing, (*kind)->name);
            listing_add_text(listing, param->name);
            if (param->type == PARAM_CHOICE) {
                add_choices(listing, param);
            } else {
                listing_add_text(listing, types[param->type]);
            }
            listing_add_text(listing, param->fallback != NULL ? param->fallback : "");
            listing_add_text(listing, param->text);
        }
    }
}

void catalogue_metrics(struct listing *listing)
{
    static const char *const columns[] = {"key", "kind", "unit", "better", "meaning", NULL};
    listing_init(listing, columns);
    for (size_t id = 0; id < METRIC_COUNT; id++) {
        const struct metric_kind *kind = metric_kind((enum metric_id)id);
        listing_add_text(listing, kind->key);
        listing_add_text(listing, value_kind_text(kind->kind));
        listing_add_text(listing, kind->unit);
        listing_add_text(listing, direction_text(kind->direction));
        listing_add_text(listing, kind->title);
    }
}

void catalogue_codes(struct listing *listing)
{
    static const char *const columns[] = {"code", "severity", "meaning", "what to do", NULL};
    listing_init(listing, columns);
    for (size_t code = 0; code < DIAG_CODE_COUNT; code++) {
        const struct diag_kind *kind = diag_kind((enum diag_code)code);
        listing_add_text(listing, kind->code);
        listing_add_text(listing, severity_text(kind->severity));
        listing_add_text(listing, kind->title);
        listing_add_text(listing, kind->remedy);
    }
}

static void add_number(struct listing *listing, uint64_t number)
{
    struct buf text;
    buf_init(&text);
    buf_add_u64(&text, number);
    listing_add(listing, buf_span(&text));
    buf_release(&text);
}

void catalogue_limits(struct listing *listing)
{
    static const char *const columns[] = {"ceiling", "value", "unit", "why", NULL};
    size_t count = 0;
    const struct limit *limits = limits_all(&count);
    listing_init(listing, columns);
    for (size_t index = 0; index < count; index++) {
        listing_add_text(listing, limits[index].name);
        add_number(listing, limits[index].value);
        listing_add_text(listing, limits[index].unit);
        listing_add_text(listing, limits[index].why);
    }
}

void catalogue_exits(struct listing *listing)
{
    static const char *const columns[] = {"code", "meaning", NULL};
    listing_init(listing, columns);
    for (const struct exit_meaning *at = exit_meanings(); at->text != NULL; at++) {
        add_number(listing, (uint64_t)at->code);
        listing_add_text(listing, at->text);
    }
}

enum exit_code catalogue_print(const struct options *options, void (*fill)(struct listing *))
{
    struct listing listing;
    struct buf text;
    buf_init(&text);
    fill(&listing);
    if (options_has(options, "json")) {
        listing_write_json(&listing, &text);
    } else {
        listing_write_text(&listing, &text);
    }
    listing_release(&listing);
    return session_print(&text, EXIT_OPEN);
}
