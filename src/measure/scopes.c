/* Sources with their trust, and counted facts -> metrics with labels. */
#include "measure/scopes.h"

#include "base/mem.h"

#include <stdlib.h>

unsigned family_index(enum family family)
{
    return (unsigned)__builtin_ctz((unsigned)family);
}

static void add_source(struct group_scope *group, const struct source *source)
{
    group->speaks |= source->speaks;
    for (unsigned index = 0; index < FAMILY_BITS; index++) {
        if ((source->touches >> index & 1) != 0) {
            group->states[index] = state_worse(group->states[index], source->state);
        }
        if ((source->speaks >> index & 1) != 0 && state_has_value(source->state)) {
            group->sources[index]++;
        }
    }
}

void scopes_open(struct scopes *scopes, const struct intake *intake, const struct places *places)
{
    scopes->intake = intake;
    scopes->places = places;
    scopes->group_count = intake->groups.count + 1;
    scopes->component_count = places->policy->components.count + 1;
    scopes->groups = mem_alloc(mem_product(scopes->group_count, sizeof(*scopes->groups)));
    scopes->scopes = mem_alloc(mem_product(
        mem_product(scopes->group_count, scopes->component_count), sizeof(*scopes->scopes)));
    for (size_t at = 1; at < scopes->group_count; at++) {
        scopes->groups[at].group = *(const struct name **)vec_at(&intake->groups, at - 1);
    }
    for (size_t at = 0; at < intake->sources.count; at++) {
        const struct source *source = vec_at(&intake->sources, at);
        add_source(&scopes->groups[0], source);
        if (source->group > 0) {
            add_source(&scopes->groups[source->group], source);
        }
    }
}

void scopes_close(struct scopes *scopes)
{
    for (size_t at = 0; at < scopes->group_count; at++) {
        rule_counts_release(&scopes->groups[at].rules);
    }
    free(scopes->groups);
    free(scopes->scopes);
}

size_t scopes_reach(const struct scopes *scopes, size_t place)
{
    const struct place *there = vec_at(&scopes->places->list, place);
    return 1 + there->component_count;
}

struct scope *scopes_cell(const struct scopes *scopes, size_t group, size_t place, size_t step)
{
    size_t component = 0;
    if (step > 0) {
        const struct place *there = vec_at(&scopes->places->list, place);
        component =
            *(const size_t *)vec_at(&scopes->places->components, there->first_component + step - 1);
    }
    return &scopes->scopes[group * scopes->component_count + component];
}

void scopes_doubt(const struct scopes *scopes, size_t group, size_t component)
{
    scopes->scopes[group * scopes->component_count + component + 1].findings_doubted = true;
}

static bool speaks(const struct group_scope *group, enum family family, struct metric_out *out)
{
    unsigned index = family_index(family);
    out->state = group->states[index];
    out->sources = group->sources[index];
    return (group->speaks & family) != 0;
}

static void write_cell(const struct group_scope *group, const struct scope *scope,
                       struct metric_out *out)
{
    bool whole = out->component == NULL;
    if (speaks(group, FAMILY_COVERAGE, out) &&
        (whole || scope->coverage.files > 0 || !state_has_value(out->state))) {
        coverage_metrics(&scope->coverage, whole, out);
    }
    if (speaks(group, FAMILY_FINDINGS, out)) {
        out->state = scope->findings_doubted ? state_worse(out->state, STATE_PARTIAL) : out->state;
        finding_metrics(&scope->findings, out);
    }
    if (whole && speaks(group, FAMILY_FINDINGS, out)) {
        rule_metrics(&group->rules, out);
    }
    if (speaks(group, FAMILY_SECURITY, out)) {
        out->state = scope->findings_doubted ? state_worse(out->state, STATE_PARTIAL) : out->state;
        security_metrics(&scope->findings, out);
    }
    if (whole && speaks(group, FAMILY_TESTS, out)) {
        test_metrics(&group->tests, out);
    }
}

void scopes_write(const struct scopes *scopes, struct snapshot *out)
{
    const struct vec *components = &scopes->places->policy->components;
    for (size_t group = 0; group < scopes->group_count; group++) {
        for (size_t at = 0; at < scopes->component_count; at++) {
            const struct component *component = at > 0 ? vec_at(components, at - 1) : NULL;
            struct metric_out labels = {.snapshot = out,
                                        .group = scopes->groups[group].group,
                                        .component = component != NULL ? component->name : NULL};
            write_cell(&scopes->groups[group],
                       &scopes->scopes[group * scopes->component_count + at], &labels);
        }
    }
}
