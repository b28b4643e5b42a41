/* Owners of a path by a CODEOWNERS file. Each line of a table is a file, a path, and who owns it
 * there; the rules are those that GitHub ("About code owners") and GitLab ("Code Owners syntax")
 * document. */
#include "check.h"

#include "policy/codeowners.h"

static const struct {
    const char *text, *path, *owners;
} cases[] = {
    {"", ".tidegate.yml", ""},
    {"# nobody\n\n", ".tidegate.yml", ""},
    {"* @a\n", ".tidegate.yml", "@a"},
    {"* @a", "src/deep/x.c", "@a"},
    {".tidegate.yml @a @org/team me@example.org # why", ".tidegate.yml",
     "@a, @org/team, me@example.org"},
    {"/.tidegate.yml\t@a\r\n", ".tidegate.yml", "@a"},
    /* the last one that fits, also when it names nobody */
    {"* @a\n*.yml @b\n", ".tidegate.yml", "@b"},
    {"*.yml @b\n* @a\n", ".tidegate.yml", "@a"},
    {"* @a\n.tidegate.yml\n", ".tidegate.yml", ""},
    {"* @a\n.tidegate.yml # gone\n", ".tidegate.yml", ""},
    {"* @a\nother.yml @b\n", ".tidegate.yml", "@a"},
    /* where a pattern starts */
    {"ci.yml @a\n", "deep/ci.yml", "@a"},
    {"/ci.yml @a\n", "deep/ci.yml", ""},
    {"deep/ci.yml @a\n", "very/deep/ci.yml", ""},
    {"**/ci.yml @a\n", "very/deep/ci.yml", "@a"},
    /* folders */
    {"ci/ @a\n", "ci/gate.yml", "@a"},
    {"ci/ @a\n", "a/ci/b/gate.yml", "@a"},
    {"/ci/ @a\n", "a/ci/gate.yml", ""},
    {"/ci @a\n", "ci/b/gate.yml", "@a"},
    {"ci/* @a\n", "ci/gate.yml", "@a"},
    {"ci/* @a\n", "ci/b/gate.yml", ""},
    {"/ci/** @a\n", "ci/b/gate.yml", "@a"},
    /* what is no mark here */
    {"*.{yml,yaml} @a\n", ".tidegate.yml", ""},
    {"[.]tidegate.yml @a\n", ".tidegate.yml", ""},
    {"* @a\n!.tidegate.yml\n", ".tidegate.yml", ""},
    {"a\\ b.yml @a\n", "a b.yml", "@a"},
    {"* a\n", ".tidegate.yml", ""},
    {"* @\n", ".tidegate.yml", ""},
    {"*\n", ".tidegate.yml", ""},
    {"/ @a\n", ".tidegate.yml", ""},
    /* sections */
    {"[Gate] @a\n.tidegate.yml\n", ".tidegate.yml", "@a"},
    {"[Gate][2] @a @b\n.tidegate.yml\n", ".tidegate.yml", "@a, @b"},
    {"[Gate] @a\n.tidegate.yml @c\n", ".tidegate.yml", "@c"},
    {"* @a\n[Gate]\n*.yml @b @a\n", ".tidegate.yml", "@a, @b"},
    {"[One]\n* @a\n[Two]\n*.c @b\n", ".tidegate.yml", "@a"},
    {"^[Gate] @a\n.tidegate.yml\n", ".tidegate.yml", ""},
    {"^[Gate] @a\n.tidegate.yml\n[Must]\n*.yml @b\n", ".tidegate.yml", "@b"},
    {"[Gate\n* @a\n", ".tidegate.yml", "@a"},
    {"[Gate][2 @a\n*\n", ".tidegate.yml", ""},
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        struct buf owners = {NULL, 0, 0};
        buf_add_text(&owners, "by ");
        bool found =
            codeowners_find(span_of(cases[index].text), span_of(cases[index].path), &owners);
        if (strcmp(buf_text(&owners) + 3, cases[index].owners) != 0 ||
            found != (cases[index].owners[0] != '\0')) {
            fail_msg("%s: %s: owned by \"%s\"", cases[index].text, cases[index].path,
                     buf_text(&owners) + 3);
        }
        buf_release(&owners);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
