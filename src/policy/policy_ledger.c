/* `ledger:` -> where the baseline is kept: on a branch of its own, or in a file on the code branch
 * (`file`, or a mapping with that key). The settings of the one mean nothing to the other. */
#include "policy/policy_reader.h"

static void read_short(struct policy_reader *reader, const struct yaml_node *node)
{
    if (node->type == YAML_TEXT && span_is(node->text, "file")) {
        reader->policy->ledger_file = names_add(reader->names, SPAN(POLICY_LEDGER_FILE));
        return;
    }
    reader_type_error(reader, node, "the word file, or a mapping with remote and id, or with file");
}

void read_ledger(struct policy_reader *reader, const struct yaml_node *node)
{
    if (node->kind == YAML_SCALAR) {
        read_short(reader, node);
        return;
    }
    if (!reader_fields(reader, node, policy_ledger_fields, reader->policy) ||
        yaml_get(node, "file") == NULL) {
        return;
    }
    for (const struct yaml_node *each = node->first; each != NULL; each = each->next) {
        const struct field *known = field_find(policy_ledger_fields, name_span(each->key));
        if (known != NULL && known->type != FIELD_FILE) {
            reader_error_at_key(reader, each, DIAG_POLICY_IDLE_PARAMETER,
                                "`%s` belongs to a ledger on a branch of its own; with `file` "
                                "there is none",
                                known->name);
        }
    }
}
