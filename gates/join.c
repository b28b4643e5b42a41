/* Two verdicts about one change, by its own policy and by the target's, become one: the worse
 * counts.
 *
 * Of the target's checks only those are taken over that object to more than the change's own do;
 * where both agree there is nothing to read twice. */
#include "gates/conclude.h"
#include "gates/gates.h"

#include "base/arena.h"

/* Do both judge the same thing in the same way? Their bars may differ. */
static bool same_subject(const struct rule *own, const struct rule *target)
{
    return own->kind == target->kind && own->metric == target->metric &&
           own->group == target->group && own->component == target->component;
}

/* Does this check, which is there already, object at least as much? */
static bool covers(const struct check *own, const struct check *target)
{
    return same_subject(own->rule, target->rule) && own->outcome >= target->outcome &&
           (check_blocks(own) || !check_blocks(target)) &&
           (target->outcome != OUTCOME_NO_DATA || own->no_data == target->no_data ||
            own->outcome == OUTCOME_FAIL) &&
           own->short_of_bar >= target->short_of_bar;
}

static bool covered(const struct verdict *verdict, const struct check *target)
{
    for (size_t index = 0; index < verdict->checks.count; index++) {
        if (covers(vec_at(&verdict->checks, index), target)) {
            return true;
        }
    }
    return false;
}

static bool objects(const struct check *check, const struct objection *objection)
{
    if (objection->broken_only) {
        return check->outcome == OUTCOME_FAIL;
    }
    return check->outcome >= OUTCOME_WARN;
}

/* The change reads its reports elsewhere: nothing is wrong with the step that writes them. */
static const struct name *moved_remedy(const struct objection *objection, struct names *names)
{
    struct buf text = {NULL, 0, 0};
    buf_add_format(&text,
                   "Write the report also where %s reads it, or excuse that with a waiver for "
                   "`" WAIVER_POLICY "`.",
                   name_text(objection->origin));
    const struct name *remedy = names_add(names, buf_span(&text));
    buf_release(&text);
    return remedy;
}

static void take(struct verdict *verdict, const struct check *check,
                 const struct objection *objection, struct names *names)
{
    struct check *taken = vec_add(&verdict->checks);
    *taken = *check;
    taken->origin = objection->origin;
    if (check->branch_bar != NULL) {
        /* The target's baseline does not live as long as the verdict. */
        struct bar *bar = arena_alloc(names->arena, sizeof(*bar));
        *bar = *check->branch_bar;
        taken->branch_bar = bar;
    }
    if (check->outcome == OUTCOME_NO_DATA && check->now_state == STATE_MISSING) {
        taken->remedy = moved_remedy(objection, names);
    }
    if (check_blocks(check) && objection->waiver != NULL) {
        taken->outcome = OUTCOME_WAIVED;
        taken->waiver = objection->waiver;
    }
}

void gates_join(struct verdict *verdict, const struct verdict *target,
                const struct objection *objection, struct names *names)
{
    for (size_t index = 0; index < target->checks.count; index++) {
        const struct check *check = vec_at(&target->checks, index);
        if (objects(check, objection) && !covered(verdict, check)) {
            take(verdict, check, objection, names);
        }
    }
    gates_conclude(verdict, names);
}

void gates_refuse_target(struct verdict *verdict, const struct name *origin,
                         const struct name *reason, const char *remedy, struct names *names)
{
    struct rule *rule = arena_alloc(names->arena, sizeof(*rule));
    struct check *check = vec_add(&verdict->checks);
    struct buf why = {NULL, 0, 0};
    rule->kind = &rule_present.spec;
    rule->metric = names_add(names, SPAN(WAIVER_POLICY));
    buf_add_format(&why, "It is not known what %s demands: %s.", name_text(origin),
                   name_text(reason));
    *check = (struct check){.rule = rule,
                            .outcome = OUTCOME_NO_DATA,
                            .no_data = NO_DATA_BASELINE,
                            .now_state = STATE_DAMAGED,
                            .why = names_add(names, buf_span(&why)),
                            .origin = origin};
    check->remedy = names_add(names, span_of(remedy));
    buf_release(&why);
    gates_conclude(verdict, names);
}
