/* GitHub's event file -> what its variables leave out. Gitea and Forgejo write the same members.
 *
 * Payloads: docs.github.com, "Webhook events and payloads": push (before, forced), merge_group
 * (merge_group.base_sha), pull_request (pull_request.base.sha). */
#include "base/json_tree.h"
#include "model/snapshot.h"
#include "policy/ci_context.h"

/* The commit id at object.key or object.inner.key; NULL when there is none, or only zeros. */
static const struct name *commit_at(struct names *names, const struct json_node *object,
                                    const char *inner, const char *key)
{
    struct span id;
    const struct json_node *holder = inner != NULL ? json_node_get(object, inner) : object;
    bool there = json_node_text(json_node_get(holder, key), &id) && snapshot_id_valid(id);
    return there ? names_add(names, id) : NULL;
}

static void read_event(struct ci_context *context, struct names *names,
                       const struct json_node *event)
{
    const struct name *base = NULL;
    if (context->event == CI_PUSH) {
        base = commit_at(names, event, NULL, "before");
        json_node_bool(json_node_get(event, "forced"), &context->forced);
    } else if (context->event == CI_QUEUE) {
        base = commit_at(names, event, "merge_group", "base_sha");
    } else if (context->event == CI_CHANGE) {
        base = commit_at(names, json_node_get(event, "pull_request"), "base", "sha");
    }
    if (context->base_commit == NULL) {
        context->base_commit = base;
    }
}

bool ci_context_read_event(struct ci_context *context, struct names *names, struct span json,
                           struct fault *fault)
{
    struct json_node *event = json_tree_open(json, fault);
    if (event != NULL) {
        read_event(context, names, event);
        json_tree_close(event);
    }
    return event != NULL;
}
