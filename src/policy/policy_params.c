/* What a gate entry is about, and its parameters in the metric's own unit. */
#include "policy/policy_params.h"

#include "base/date.h"
#include "policy/words.h"

/* ---- what the entry is about ---- */

static enum value_kind value_kind_of(const struct subject *subject)
{
    return subject->metric != NULL ? subject->metric->kind : VALUE_DECIMAL;
}

/* A user's number has a key in parts, outside the families of the catalogue. */
static bool may_be_number(struct span key)
{
    size_t dot = span_find(key, '.');
    return dot != SIZE_MAX && metric_key_valid(key) && family_of_word(span_until(key, dot)) == 0;
}

bool subject_find(struct policy_reader *reader, const struct yaml_node *node,
                  struct subject *subject)
{
    struct span key = name_span(node->key);
    struct vec words;
    *subject = (struct subject){.word = node->key, .metric = metric_find(key)};
    subject->group = subject->metric == NULL && family_of_word(key) == 0 &&
                     policy_has_group(reader->policy, node->key);
    subject->gathers = subject->group || family_of_word(key) != 0;
    if (subject->metric != NULL || subject->gathers) {
        return true;
    }
    words_init(&words);
    words_add_metrics(&words, span_make(NULL, 0));
    bool near = word_nearest(key, &words).size > 0;
    if (!near && may_be_number(key)) {
        vec_release(&words);
        return true;
    }
    if (!near) { /* the names that come into question, instead of all */
        vec_clear(&words);
        words_add_metrics(&words, span_until(key, span_find(key, '.')));
    }
    words_add_all(&words, family_words());
    words_add_groups(&words, reader->policy);
    reader_unknown(reader, node, true, DIAG_POLICY_UNKNOWN_METRIC, "metric", key, &words);
    return false;
}

/* ---- parameters ---- */

/* Below one percent, and not said to be percent: 0.8 is most probably meant as 80 %. */
static bool is_share_of_one(enum amount_sense sense, struct decimal amount, bool percent)
{
    return sense == AMOUNT_LEAST && !percent && amount.digits > 0 &&
           decimal_compare(amount, decimal_make(1, 0)) < 0;
}

/* An amount in the metric's unit, with the percent sign if `percent`: false after a diagnostic. */
static bool check_amount(struct policy_reader *reader, const struct yaml_node *node,
                         const struct subject *subject, enum amount_sense sense,
                         struct decimal amount, bool percent)
{
    enum value_kind kind = value_kind_of(subject);
    bool negative = amount.digits < 0;
    if (kind == VALUE_RATIO && (negative || decimal_compare(amount, decimal_make(100, 0)) > 0)) {
        reader_error(reader, node, DIAG_POLICY_VALUE, "a percentage lies between 0 and 100");
    } else if (kind == VALUE_RATIO && is_share_of_one(sense, amount, percent)) {
        reader_error(
            reader, node, DIAG_POLICY_VALUE,
            "this is less than one percent: write 80 for 80 %%, or `%.*s%%` if it is meant",
            SPAN_ARG(node->text));
    } else if (kind == VALUE_COUNT && (negative || decimal_trim(amount).scale > 0)) {
        reader_error(reader, node, DIAG_POLICY_VALUE,
                     "%s counts %s: a whole number from 0 on is wanted", subject->metric->key,
                     subject->metric->unit);
    } else if (sense == AMOUNT_SLACK && negative) {
        reader_error(reader, node, DIAG_POLICY_VALUE, "a tolerance is at least 0");
    } else {
        return true;
    }
    return false;
}

/* Digits that are more than 64 bits hold? */
static bool is_too_long(const struct yaml_node *node)
{
    enum { SURELY_READ = 18 };
    size_t digits = 0;
    while (node->kind == YAML_SCALAR && digits < node->text.size &&
           node->text.data[digits] >= '0' && node->text.data[digits] <= '9') {
        digits++;
    }
    return node->type == YAML_TEXT && digits > SURELY_READ && digits == node->text.size;
}

static bool read_amount(struct policy_reader *reader, const struct yaml_node *node,
                        const struct subject *subject, enum amount_sense sense,
                        struct decimal *amount)
{
    struct span text = node->text;
    bool percent = node->kind == YAML_SCALAR && span_ends(text, "%");
    bool cut = false;
    if (percent) {
        text = span_trim(span_until(text, text.size - 1));
    }
    if (is_too_long(node)) {
        reader_error(reader, node, DIAG_POLICY_VALUE,
                     "this number is too large to be compared with");
        return false;
    }
    if (node->kind != YAML_SCALAR || (node->type != YAML_NUMBER && !percent) ||
        !decimal_parse(text, amount, &cut)) {
        reader_type_error(reader, node,
                          value_kind_of(subject) == VALUE_RATIO
                              ? "a number of percent, as in 70 or 70%"
                              : "a number");
        return false;
    }
    if (percent && value_kind_of(subject) != VALUE_RATIO) {
        reader_error(reader, node, DIAG_POLICY_TYPE,
                     "%s is no ratio, so `%%` has no meaning here: write %.*s",
                     name_text(subject->word), SPAN_ARG(text));
        return false;
    }
    if (cut) {
        reader_error(reader, node, DIAG_POLICY_VALUE, "at most %d decimal places are read",
                     DECIMAL_SCALE_MAX);
        return false;
    }
    return check_amount(reader, node, subject, sense, *amount, percent);
}

/* ---- words and numbers ---- */

static void add_choices(struct buf *out, const struct param_spec *spec)
{
    const char *before = "";
    for (const struct param_word *word = spec->words; word != NULL && word->text != NULL; word++) {
        buf_add_format(out, "%s%s", before, word->text);
        before = " or ";
    }
    if (spec->most > 0) {
        buf_add_format(out, "%sa whole number from 2 to %llu", before,
                       (unsigned long long)spec->most);
    }
}

static bool choice_of(struct span text, const struct param_spec *spec, uint64_t *number)
{
    for (const struct param_word *word = spec->words; word != NULL && word->text != NULL; word++) {
        if (span_is(text, word->text)) {
            *number = word->number;
            return true;
        }
    }
    return span_to_u64(text, number) && *number >= 2 && *number <= spec->most;
}

static bool read_choice(struct policy_reader *reader, const struct yaml_node *node,
                        const struct param_spec *spec, uint64_t *number)
{
    if (node->kind == YAML_SCALAR && choice_of(node->text, spec, number)) {
        return true;
    }
    struct buf expected;
    buf_init(&expected);
    add_choices(&expected, spec);
    reader_type_error(reader, node, buf_text(&expected));
    buf_release(&expected);
    return false;
}

/* ---- steps ---- */

/* Reads one step; `before` is the one before it or NULL. */
static bool read_step(struct policy_reader *reader, const struct yaml_node *node,
                      const struct subject *subject, enum amount_sense sense,
                      const struct param_step *before, struct param_step *step)
{
    bool rises = sense == AMOUNT_LEAST;
    if (!date_parse(name_span(node->key), &step->day)) {
        reader_error_at_key(reader, node, DIAG_POLICY_VALUE,
                            "a day that exists is wanted here, written as 2027-01-31");
        return false;
    }
    if (!read_amount(reader, node, subject, sense, &step->amount)) {
        return false;
    }
    if (before != NULL && step->day <= before->day) {
        reader_error_at_key(reader, node, DIAG_POLICY_VALUE,
                            "the days must follow each other: this one is not after the one "
                            "before it");
        return false;
    }
    int order = before != NULL ? decimal_compare(step->amount, before->amount) : 0;
    if (before != NULL && (rises ? order <= 0 : order >= 0)) {
        reader_error(reader, node, DIAG_POLICY_VALUE,
                     "a demand only grows with time: this must be %s than the amount before it",
                     rises ? "more" : "less");
        return false;
    }
    return true;
}

static bool read_steps(struct policy_reader *reader, const struct yaml_node *node,
                       const struct subject *subject, enum amount_sense sense,
                       struct param_value *value)
{
    if (node->kind != YAML_MAP || node->count == 0) {
        reader_type_error(reader, node, "days with amounts, as in {2027-03-01: 80}");
        return false;
    }
    struct param_step *steps =
        arena_alloc(reader->names->arena, node->count * sizeof(struct param_step));
    size_t count = 0;
    bool readable = true;
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
        const struct param_step *before = count > 0 ? &steps[count - 1] : NULL;
        if (read_step(reader, item, subject, sense, before, &steps[count])) {
            count++;
        } else {
            readable = false;
        }
    }
    value->steps = steps;
    value->step_count = count;
    return readable;
}

/* ---- by type ---- */

bool param_read(struct policy_reader *reader, const struct yaml_node *node,
                const struct subject *subject, const struct param_spec *spec,
                struct param_value *value)
{
    value->given = true;
    switch (spec->type) {
    case PARAM_FLAG: return read_flag(reader, node, &value->flag);
    case PARAM_AMOUNT: return read_amount(reader, node, subject, spec->sense, &value->amount);
    case PARAM_CHOICE: return read_choice(reader, node, spec, &value->number);
    case PARAM_STEPS: return read_steps(reader, node, subject, spec->sense, value);
    case PARAM_DURATION: break;
    }
    if (node->kind == YAML_SCALAR && duration_parse(node->text, &value->amount)) {
        return true;
    }
    reader_type_error(reader, node, "a duration such as 90s, 15m, 2h or 7d");
    return false;
}

/* What holds for a parameter that was left out. */
void param_fill_in(const struct param_spec *spec, struct param_value *value)
{
    struct span text = span_of(spec->fallback);
    switch (spec->type) {
    case PARAM_FLAG: value->flag = span_is(text, "true"); break;
    case PARAM_AMOUNT: decimal_parse(text, &value->amount, NULL); break;
    case PARAM_DURATION: duration_parse(text, &value->amount); break;
    case PARAM_CHOICE: choice_of(text, spec, &value->number); break;
    case PARAM_STEPS: break;
    }
}
