/* tidegate ledger accept: a waiver for a metric, written into the policy file.
 *
 * The file is the place where owners review what is excused, so this command records nothing. It
 * changes the file as a careful person would, proves that the result says what was meant, or
 * changes nothing. */
#include "cli/ledger_words.h"

#include "base/date.h"
#include "base/utf8.h"
#include "model/bars.h"
#include "policy/policy_edit.h"
#include "policy/waiver_yaml.h"
#include "render/escape.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { CONTEXT = 3 /* lines around the change */ };

static enum err refuse(struct session *session, enum diag_code code, const char *what)
{
    diags_add(&session->run.diags, code, NULL, 0, 0, span_of(what));
    return ERR_USAGE;
}

/* ---- what was asked for ---- */

/* A text that must be given. */
static enum err take_text(struct session *session, const char *option, const struct name **text)
{
    struct buf why = {NULL, 0, 0};
    const char *given = options_value(session->options, option);
    struct span trimmed = span_trim(span_of(given));
    enum err err = ERR_NONE;
    if (trimmed.size == 0) {
        buf_add_format(&why,
                       "--%s is missing: a waiver says why, who answers for it, and for how "
                       "long",
                       option);
        err = refuse(session, DIAG_CLI_USAGE, buf_text(&why));
    } else if (utf8_valid_size(trimmed) < trimmed.size) {
        buf_add_format(&why, "--%s is no UTF-8 text", option);
        err = refuse(session, DIAG_CLI_USAGE, buf_text(&why));
    } else {
        *text = names_add(&session->run.names, trimmed);
    }
    buf_release(&why);
    return err;
}

static enum err take_day(struct session *session, uint32_t *until)
{
    const char *given = options_value(session->options, "until");
    if (!date_parse(span_trim(span_of(given)), until)) {
        return refuse(session, DIAG_CLI_USAGE,
                      "--until takes the last day on which the waiver holds, such as 2027-01-31");
    }
    if (*until < session_today()) {
        return refuse(session, DIAG_CLI_USAGE, "the day of --until has passed already");
    }
    return ERR_NONE;
}

static const struct name *optional_label(struct session *session, const char *option)
{
    const char *given = options_value(session->options, option);
    return given != NULL ? names_add(&session->run.names, span_of(given)) : NULL;
}

static enum err take_waiver(struct session *session, struct waiver *waiver)
{
    const struct options *options = session->options;
    if (options->word_count != 2) {
        return refuse(session, DIAG_CLI_USAGE,
                      "say which metric: `tidegate ledger accept METRIC --reason TEXT --owner WHO "
                      "--until DATE`");
    }
    struct span gate = span_of(options->words[1]);
    if (utf8_valid_size(gate) < gate.size) {
        return refuse(session, DIAG_CLI_USAGE, "the metric is no UTF-8 text");
    }
    *waiver = (struct waiver){.gate = names_add(&session->run.names, gate),
                              .group = optional_label(session, "group"),
                              .component = optional_label(session, "component")};
    enum err err = take_text(session, "reason", &waiver->reason);
    if (err == ERR_NONE) {
        err = take_text(session, "owner", &waiver->owner);
    }
    return err == ERR_NONE ? take_day(session, &waiver->until) : err;
}

/* A second one for the same rules would let the first one's last day pass unseen. */
static enum err refuse_second(struct session *session, const struct waiver *waiver)
{
    for (size_t index = 0; index < session->policy.waivers.count; index++) {
        const struct waiver *other = vec_at(&session->policy.waivers, index);
        if (other->gate == waiver->gate && other->group == waiver->group &&
            other->component == waiver->component && waiver_holds(other, session_today())) {
            struct buf why = {NULL, 0, 0};
            buf_add_format(&why, "there is a waiver for %s already, until ",
                           name_text(waiver->gate));
            date_add(&why, other->until);
            diags_add(&session->run.diags, DIAG_CLI_WAIVER_EXISTS, session->policy.path,
                      other->line, other->column, buf_span(&why));
            buf_release(&why);
            return ERR_USAGE;
        }
    }
    return ERR_NONE;
}

static enum err need_policy(struct session *session)
{
    enum err err = session_repo(session);
    if (err == ERR_NONE) {
        err = session_policy(session);
    }
    if (err == ERR_NONE && !session->has_policy_file) {
        err = refuse(session, DIAG_CLI_NOT_FOUND,
                     "there is no policy file that a waiver could be written into; `tidegate init` "
                     "writes one");
    }
    return err;
}

/* ---- what is printed ---- */

static struct span take_line(struct span *rest)
{
    return span_cut(rest, '\n');
}

static void add_lines(struct buf *out, char mark, struct span text, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        struct span line = take_line(&text);
        line = span_ends(line, "\r") ? span_until(line, line.size - 1) : line;
        buf_add_byte(out, mark);
        while (line.size > 0 && line.data[0] == ' ') {
            buf_add_byte(out, ' ');
            line = span_from(line, 1);
        }
        if (line.size > 0) {
            escape_add_text(out, line, 0);
        }
        buf_add_byte(out, '\n');
    }
}

/* Where line number `line`, from 0, begins. */
static struct span from_line(struct span text, size_t line)
{
    for (; line > 0; line--) {
        take_line(&text);
    }
    return text;
}

static size_t count_lines(struct span text)
{
    size_t count = 0;
    for (; text.size > 0; count++) {
        take_line(&text);
    }
    return count;
}

/* The number of equal lines at the start of both. */
static size_t same_at_start(struct span before, struct span after)
{
    size_t same = 0;
    while (before.size > 0 && after.size > 0 && span_equal(take_line(&before), take_line(&after))) {
        same++;
    }
    return same;
}

/* As `diff -u` would say it; the change is in one place. */
static void add_diff(struct buf *out, const char *path, struct span before, struct span after)
{
    size_t old_lines = count_lines(before);
    size_t new_lines = count_lines(after);
    size_t same = same_at_start(before, after);
    size_t first = same > CONTEXT ? same - CONTEXT : 0;
    size_t tail = 0; /* equal lines at the end */
    while (same + tail < old_lines && same + tail < new_lines) {
        struct span one = from_line(before, old_lines - tail - 1);
        struct span other = from_line(after, new_lines - tail - 1);
        if (!span_equal(take_line(&one), take_line(&other))) {
            break;
        }
        tail++;
    }
    size_t below = tail < CONTEXT ? tail : CONTEXT;
    size_t gone = old_lines - same - tail;
    size_t come = new_lines - same - tail;
    buf_add_format(out, "--- %s\n+++ %s\n@@ -%zu,%zu +%zu,%zu @@\n", path, path, first + 1,
                   same - first + gone + below, first + 1, same - first + come + below);
    add_lines(out, ' ', from_line(before, first), same - first);
    add_lines(out, '-', from_line(before, same), gone);
    add_lines(out, '+', from_line(after, same), come);
    add_lines(out, ' ', from_line(before, old_lines - tail), below);
}

static bool lowers_a_bar(const struct policy *policy, const struct waiver *waiver)
{
    for (size_t index = 0; index < policy->rules.count; index++) {
        const struct rule *rule = vec_at(&policy->rules, index);
        if (waiver_fits(waiver, rule) && bar_wanted(rule)) {
            return true;
        }
    }
    return false;
}

static void add_next_steps(struct buf *out, const struct session *session,
                           const struct waiver *waiver)
{
    static const char *const counts[] = {
        [IN_CHANGE_CODEOWNERS] =
            "in that change only if somebody owns the file, and from the merge on",
        [IN_CHANGE_DENY] = "from the merge on, not in that change itself",
        [IN_CHANGE_ALLOW] = "in that change already",
    };
    static const char *const counts_once[] = {
        [IN_CHANGE_CODEOWNERS] = "in that change alone, and only if somebody owns the file",
        [IN_CHANGE_DENY] =
            "in that change alone, which `waiver_in_change: deny` rules out, so it is of no use",
        [IN_CHANGE_ALLOW] = "in that change alone",
    };
    bool once = span_is(name_span(waiver->gate), WAIVER_POLICY);
    const char *when = (once ? counts_once : counts)[session->policy.waiver_in_change];
    buf_add_format(out, "%s excuses ", name_text(session->policy.path));
    escape_add_text(out, name_span(waiver->gate), 0);
    buf_add_text(out, " until ");
    date_add(out, waiver->until);
    buf_add_format(out, ". Commit it and have its owners review it: it counts %s.\n", when);
    if (lowers_a_bar(&session->policy, waiver)) {
        buf_add_text(out, "A bar comes down with the next `tidegate record`, which names the "
                          "waiver.\n");
    }
}

/* ---- writing ---- */

/* The file behind a link is changed, not the link. */
static enum err write_policy(struct session *session, struct span text)
{
    return session_write_output(session, name_text(session->policy.path), text);
}

static enum exit_code print_by_hand(const struct waiver *waiver)
{
    struct buf text;
    buf_init(&text);
    waiver_yaml_add_lines(&text, waiver, 2, "\n");
    return session_print(&text, EXIT_USAGE);
}

static enum exit_code accept_it(struct session *session, const struct waiver *waiver)
{
    struct policy_vocabulary vocabulary = session_vocabulary();
    struct span before = buf_span(&session->policy_text);
    struct buf after;
    struct buf said;
    enum exit_code code = EXIT_OPEN;
    bool dry = options_has(session->options, "dry-run");
    buf_init(&after);
    buf_init(&said);
    enum err err = policy_edit_add_waiver(before, session->policy.path, waiver, &vocabulary, &after,
                                          &session->run.diags);
    if (err != ERR_NONE) {
        session_complain(session);
        code = err == ERR_UNUSABLE ? print_by_hand(waiver) : EXIT_USAGE;
    } else if (dry) {
        add_diff(&said, name_text(session->policy.path), before, buf_span(&after));
    } else if (write_policy(session, buf_span(&after)) != ERR_NONE) {
        session_complain(session);
        code = EXIT_PUBLISH;
    } else if (!session->quiet) {
        add_next_steps(&said, session, waiver);
    }
    buf_release(&after);
    return code == EXIT_OPEN ? session_print(&said, code) : code;
}

enum exit_code ledger_accept(struct session *session)
{
    struct waiver waiver;
    enum err err = take_waiver(session, &waiver);
    if (err == ERR_NONE) {
        err = need_policy(session);
    }
    if (err == ERR_NONE) {
        err = refuse_second(session, &waiver);
    }
    if (err == ERR_NONE) {
        return accept_it(session, &waiver);
    }
    session_complain(session);
    return EXIT_USAGE;
}
