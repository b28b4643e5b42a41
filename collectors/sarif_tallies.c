/* Oddities of a SARIF report -> one diagnostic for each kind, with a count and the first place. */
#include "collectors/sarif_tallies.h"

#include "base/hash.h"

/* What is said, and whether the report is partial then: only where a finding may be worse than it
 * looks. */
static const struct {
    enum diag_code code;
    bool partial;
    const char *text;
} kinds[SARIF_TALLIES] = {
    [SARIF_NO_RULE] = {DIAG_REPORT_NO_NAME, false, "results without a rule"},
    [SARIF_NO_MESSAGE] = {DIAG_REPORT_VALUE, false, "results without a message"},
    [SARIF_INDEX_OUTSIDE] = {DIAG_SARIF_RULE_INDEX, false,
                             "results with a rule index outside the list of rules"},
    [SARIF_INDEX_STALE] = {DIAG_SARIF_RULE_INDEX, false,
                           "results with a rule index that points to another rule than their id"},
    [SARIF_ODD_LEVEL] = {DIAG_REPORT_VALUE, false,
                         "results with a level that SARIF does not have, taken as errors"},
    [SARIF_ODD_KIND] = {DIAG_REPORT_VALUE, false,
                        "results with a kind that SARIF does not have, taken as failures"},
    [SARIF_CONTRADICTION] = {DIAG_REPORT_VALUE, false,
                             "results whose kind says that nothing failed but whose level is not "
                             "none; not counted"},
    [SARIF_ODD_SUPPRESSION] = {DIAG_REPORT_VALUE, false,
                               "results with a suppression that SARIF does not have; not "
                               "suppressed"},
    [SARIF_ODD_SEVERITY] = {DIAG_REPORT_VALUE, true,
                            "results whose security-severity cannot be read"},
    [SARIF_SEVERITY_ABOVE] = {DIAG_REPORT_VALUE, false,
                              "results with a security-severity above 10, taken as critical"},
    [SARIF_SEVERITY_IS_NUMBER] = {DIAG_REPORT_VALUE, false,
                                  "tools that write security-severity as a number instead of a "
                                  "text; taken all the same"},
    [SARIF_ODD_LINE] = {DIAG_REPORT_LINE_NUMBER, false,
                        "results with a line or column that no file can have"},
    [SARIF_ODD_LINK] = {DIAG_SARIF_LINK, false, "tools with links that do not lead to the web"},
    [SARIF_OPEN] = {DIAG_SARIF_REVIEW, false, "results that a person has to look at"},
    [SARIF_SUPPRESSED_IN_SOURCE] = {DIAG_SARIF_SUPPRESSED, false,
                                    "results suppressed by a comment in the source"},
    [SARIF_REPEATED] = {DIAG_SARIF_REPEATED, false,
                        "results that repeat an earlier one; each is counted"},
};

void sarif_tallies_count(struct sarif_tallies *tallies, enum sarif_tally tally, uint64_t line)
{
    if (tallies->of[tally].count++ == 0) {
        tallies->of[tally].line = line;
    }
}

/* The end of a text and its size: enough to tell most paths and ids apart. */
static uint64_t end_of(struct span text)
{
    uint64_t word = 0;
    size_t size = text.size < sizeof(word) ? text.size : sizeof(word);
    if (size > 0) {
        memcpy(&word, text.data + text.size - size, size);
    }
    return word * 31 + text.size;
}

/* Was there one in this run that says the same of the same place, some hundreds of results back?
 * Only a remark depends on it. */
static void notice_repeated(struct sarif_tallies *tallies, const struct sarif_result *result)
{
    const uint64_t parts[] = {hash64(result->text, tallies->runs),
                              end_of(result->uri),
                              end_of(result->rule.id),
                              (uint64_t)result->rule.index << 32 | (uint32_t)result->artifact,
                              (uint64_t)result->invocation << 8 | (uint64_t)result->level,
                              result->line << 32 | result->column};
    uint64_t mark = 1;
    for (size_t part = 0; part < sizeof(parts) / sizeof(parts[0]); part++) {
        mark = (mark ^ parts[part]) * UINT64_C(0x9e3779b97f4a7c15);
        mark ^= mark >> 32;
    }
    uint64_t *recent = &tallies->recent[mark % SARIF_RECENT];
    if (*recent == mark) {
        sarif_tallies_count(tallies, SARIF_REPEATED, result->at);
    }
    *recent = mark;
}

static void count_if(struct sarif_tallies *tallies, bool met, enum sarif_tally tally,
                     const struct sarif_result *result)
{
    if (met) {
        sarif_tallies_count(tallies, tally, result->at);
    }
}

void sarif_tallies_look(struct sarif_tallies *tallies, const struct sarif_result *result)
{
    count_if(tallies, result->odd_kind, SARIF_ODD_KIND, result);
    count_if(tallies, result->odd_level, SARIF_ODD_LEVEL, result);
    count_if(tallies, result->odd_suppression, SARIF_ODD_SUPPRESSION, result);
    count_if(tallies, result->odd_line, SARIF_ODD_LINE, result);
    count_if(tallies, result->suppressed && result->in_source, SARIF_SUPPRESSED_IN_SOURCE, result);
    count_if(tallies, result->text.size == 0 && result->message_id.size == 0, SARIF_NO_MESSAGE,
             result);
    notice_repeated(tallies, result);
}

void sarif_tallies_tell(const struct sarif_tallies *tallies, struct sink *sink)
{
    struct buf text = {.size = 0};
    for (size_t tally = 0; tally < SARIF_TALLIES; tally++) {
        uint64_t count = tallies->of[tally].count;
        if (count == 0) {
            continue;
        }
        buf_clear(&text);
        buf_add_format(&text, "%s: %llu", kinds[tally].text, (unsigned long long)count);
        if (kinds[tally].partial) {
            sink_drop(sink, kinds[tally].code, tallies->of[tally].line, buf_span(&text));
        } else {
            sink_note(sink, kinds[tally].code, tallies->of[tally].line, buf_span(&text));
        }
    }
    buf_release(&text);
}
