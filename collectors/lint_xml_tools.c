/* Where the linters' XML reports say what. Each entry was written from the tool's own output or
 * manual. */
#include "collectors/lint_xml_tools.h"

#include "collectors/lint_rule.h"

static const struct lint_word plain_words[] = {
    {"error", LEVEL_ERROR},        {"warning", LEVEL_WARNING}, {"info", LEVEL_NOTE},
    {"ignore", LEVEL_NONE},        {"fatal", LEVEL_ERROR},     {"information", LEVEL_NOTE},
    {"informational", LEVEL_NOTE}, {"hint", LEVEL_NOTE},       {NULL, LEVEL_ERROR}};

/* No "fatal": checkstyle has four severities, and what a fifth one means is not for us to say. */
static const struct lint_word checkstyle_words[] = {{"error", LEVEL_ERROR},
                                                    {"warning", LEVEL_WARNING},
                                                    {"info", LEVEL_NOTE},
                                                    {"ignore", LEVEL_NONE},
                                                    {NULL, LEVEL_ERROR}};

static const struct lint_word cppcheck_words[] = {
    {"error", LEVEL_ERROR},         {"warning", LEVEL_WARNING},
    {"style", LEVEL_WARNING},       {"performance", LEVEL_WARNING},
    {"portability", LEVEL_WARNING}, {"information", LEVEL_NOTE},
    {"debug", LEVEL_NOTE},          {NULL, LEVEL_ERROR}};

/* JSHint's letters in the report of JSLint, which has no severity. */
static const struct lint_word jslint_words[] = {
    {"E", LEVEL_ERROR}, {"W", LEVEL_WARNING}, {"I", LEVEL_NOTE}, {NULL, LEVEL_ERROR}};

static const struct lint_word pmd_words[] = {{"1", LEVEL_ERROR},   {"2", LEVEL_ERROR},
                                             {"3", LEVEL_WARNING}, {"4", LEVEL_NOTE},
                                             {"5", LEVEL_NOTE},    {NULL, LEVEL_ERROR}};

static const struct lint_word spotbugs_words[] = {
    {"1", LEVEL_ERROR},        {"2", LEVEL_WARNING}, {"3", LEVEL_NOTE},
    {"4", LEVEL_NOTE},         {"5", LEVEL_NOTE},    {"High", LEVEL_ERROR},
    {"Normal", LEVEL_WARNING}, {"Low", LEVEL_NOTE},  {NULL, LEVEL_ERROR}};

const struct lint_xml_tool lint_xml_tools[] = {
    {
        .name = "Checkstyle",
        .root = "checkstyle",
        .file = "file",
        .file_path = "name",
        .findings = {"error"},
        .place = {NULL, "line", "column"},
        .rule = "source",
        .level = "severity",
        .message = "message",
        .words = checkstyle_words,
        .no_level = LEVEL_ERROR,
        .not_checked = LINT_RULE_TYPECHECK,
        .trouble = {"exception"},
    },
    {
        .name = "cppcheck",
        .root = "results",
        .shown_by = {"cppcheck", "error", "errors"},
        .findings = {"error"},
        .place = {"file", "line", NULL}, /* version 1 */
        .place_element = "location",
        .inner_place = {"file", "line", "column"},
        .rule = "id",
        .level = "severity",
        .message = "msg",
        .words = cppcheck_words,
        .no_level = LEVEL_ERROR,
    },
    {
        .name = "PMD",
        .root = "pmd",
        .file = "file",
        .file_path = "name",
        .findings = {"violation"},
        .place = {NULL, "beginline", "begincolumn"},
        .rule = "rule",
        .level = "priority",
        .words = pmd_words,
        .no_level = LEVEL_WARNING,
        .trouble = {"error", "configerror"},
    },
    {
        .name = "CPD",
        .root = "pmd-cpd",
        .findings = {"duplication"},
        .place_element = "file",
        .inner_place = {"path", "line", "column"},
        .message = "", /* its text is the code itself, which is not kept */
        .words = pmd_words,
        .no_level = LEVEL_WARNING,
        .trouble = {"error"},
    },
    {
        .name = "SpotBugs",
        .root = "BugCollection",
        .file = "file", /* in the reports of Maven's FindBugs plugin, which look different */
        .file_path = "classname",
        .findings = {"BugInstance"},
        .place = {NULL, "lineNumber", NULL},
        .place_element = "SourceLine",
        .inner_place = {"sourcepath|sourcefile", "start", NULL},
        .rule = "type",
        .level = "priority",
        .message = "message",
        .text_element = "LongMessage",
        .words = spotbugs_words,
        .no_level = LEVEL_WARNING,
        /* Not "Error": Maven's plugin puts an empty one into every report of its own shape. */
        .trouble = {"Errors@errors", "ErrorMessage", "AnalysisError"},
        .no_files = "FindBugsSummary@total_classes",
    },
    {
        .name = "JSLint",
        .root = "jslint",
        .file = "file",
        .file_path = "name",
        .findings = {"issue"},
        .place = {NULL, "line", "char"},
        .level = "severity",
        .message = "reason",
        .words = jslint_words,
        .no_level = LEVEL_WARNING,
    },
    {
        .name = "lint-xml",
        .root = "lint",
        .shown_by = {"file"},
        .file = "file",
        .file_path = "name",
        .findings = {"issue"},
        .place = {NULL, "line", "char"},
        .rule = "rule",
        .level = "severity",
        .message = "reason",
        .words = plain_words,
        .no_level = LEVEL_WARNING,
    },
    {
        .name = "CSSLint",
        .root = "csslint",
        .file = "file",
        .file_path = "name",
        .findings = {"issue"},
        .place = {NULL, "line", "char"},
        .rule = "rule",
        .level = "severity",
        .message = "reason",
        .words = plain_words,
        .no_level = LEVEL_WARNING,
    },
    {
        .name = "Android lint",
        .root = "issues",
        .shown_by = {"issue", "@by"},
        .findings = {"issue"},
        .place_element = "location",
        .inner_place = {"file", "line", "column"},
        .rule = "id",
        .level = "severity",
        .message = "message",
        .words = plain_words,
        .no_level = LEVEL_ERROR,
    },
    {
        .name = "PHP_CodeSniffer",
        .root = "phpcs",
        .file = "file",
        .file_path = "name",
        .findings = {"error", "warning"},
        .place = {NULL, "line", "column"},
        .rule = "source",
        .level = ".",
        .words = plain_words,
        .no_level = LEVEL_ERROR,
    },
    {.name = NULL},
};
