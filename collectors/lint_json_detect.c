/* Which linter wrote a JSON report: the head's keys against the descriptions of
 * lint_json_tools.c. */
#include "collectors/lint_json_detect.h"

#include "collectors/collectors.h"

/* Does the head fit one description, such as "{ results .check_id"? */
static bool known_by(const struct head *head, const char *description)
{
    struct span rest = span_of(description);
    struct span shape = span_cut(&rest, ' ');
    bool fits = head->json_kind == shape.data[0];
    char key[32];
    while (fits && rest.size > 0) {
        struct span word = span_cut(&rest, ' ');
        bool without = span_starts(word, "!");
        bool inner = span_starts(word, ".");
        word = span_from(word, without || inner);
        word = span_until(word, sizeof(key) - 1);
        for (size_t index = 0; index < word.size; index++) {
            key[index] = word.data[index];
            if (key[index] == '~') {
                key[index] = ' ';
            }
        }
        key[word.size] = '\0';
        fits = (inner ? head_has_inner_key(head, key) : head_has_key(head, key)) != without;
    }
    return fits;
}

/* The bytes behind empty lists: gcc writes one list for each file that it compiles. */
static struct span behind_empty_lists(struct span text)
{
    for (;;) {
        text = span_trim(text);
        struct span inside = span_starts(text, "[") ? span_trim(span_from(text, 1)) : text;
        if (!span_starts(text, "[") || !span_starts(inside, "]")) {
            return text;
        }
        text = span_from(inside, 1);
    }
}

const struct lint_json_tool *lint_json_tool_of(const struct head *head, bool *empty)
{
    struct head own = *head;
    struct span rest = behind_empty_lists(head->bytes);
    *empty = rest.size == 0 && span_trim(head->bytes).size > 0;
    if (rest.data != span_trim(head->bytes).data) {
        head_read(&own, rest, head->file_name);
    }
    for (const struct lint_json_tool *tool = lint_json_tools; tool->name != NULL; tool++) {
        for (size_t index = 0; index < LINT_JSON_SIGNS && tool->known_by[index] != NULL; index++) {
            if (known_by(&own, tool->known_by[index])) {
                return tool;
            }
        }
    }
    return NULL;
}
