/* The tree of a policy file before and after an edit -> whether it has grown by one waiver and by
 * nothing else. */
#include "policy/policy_edit_proof.h"

#include "base/date.h"

static bool same_node(const struct yaml_node *left, const struct yaml_node *right);

static bool same_children(const struct yaml_node *left, const struct yaml_node *right)
{
    while (left != NULL && right != NULL && same_node(left, right)) {
        left = left->next;
        right = right->next;
    }
    return left == NULL && right == NULL;
}

static bool same_node(const struct yaml_node *left, const struct yaml_node *right)
{
    return left->kind == right->kind && left->type == right->type && left->key == right->key &&
           span_equal(left->text, right->text) && same_children(left->first, right->first);
}

static bool says(const struct yaml_node *item, const char *key, const struct name *wanted)
{
    const struct yaml_node *node = yaml_get(item, key);
    return node == NULL ? wanted == NULL
                        : wanted != NULL && node->type == YAML_TEXT &&
                              span_equal(node->text, span_trim(name_span(wanted)));
}

static bool is_waiver(const struct yaml_node *item, const struct waiver *waiver)
{
    const struct yaml_node *until = yaml_get(item, "until");
    uint32_t day = 0;
    size_t members = 4U + (waiver->group != NULL ? 1U : 0U) + (waiver->component != NULL ? 1U : 0U);
    return item->kind == YAML_MAP && item->count == members && says(item, "gate", waiver->gate) &&
           says(item, "group", waiver->group) && says(item, "component", waiver->component) &&
           says(item, "reason", waiver->reason) && says(item, "owner", waiver->owner) &&
           until != NULL && date_parse(until->text, &day) && day == waiver->until;
}

/* Is `after` the list `before` (NULL: none) with the waiver as its first or last item? */
static bool is_grown(const struct yaml_node *before, const struct yaml_node *after,
                     const struct waiver *waiver)
{
    const struct yaml_node *old = before != NULL ? before->first : NULL;
    const struct yaml_node *item = after->first;
    size_t count = before != NULL ? before->count : 0;
    if (after->kind != YAML_LIST || after->count != count + 1) {
        return false;
    }
    if (is_waiver(item, waiver) && same_children(old, item->next)) {
        return true;
    }
    while (old != NULL && same_node(old, item)) {
        old = old->next;
        item = item->next;
    }
    return old == NULL && is_waiver(item, waiver);
}

bool policy_edit_is_proven(const struct yaml_node *before, const struct yaml_node *after,
                           const struct waiver *waiver)
{
    const struct yaml_node *old = before->first;
    const struct yaml_node *now = after != NULL && after->kind == YAML_MAP ? after->first : NULL;
    bool grown = false;
    while (now != NULL) {
        bool list = span_is(name_span(now->key), "waivers");
        bool fits = list ? is_grown(yaml_get(before, "waivers"), now, waiver)
                         : old != NULL && same_node(old, now);
        if (!fits) {
            return false;
        }
        grown = grown || list;
        old = old != NULL ? old->next : NULL;
        now = now->next;
    }
    return grown && old == NULL;
}
