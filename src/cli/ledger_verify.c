/* tidegate ledger verify: is the ledger what `tidegate record` has written, and do its bars follow
 * from it? */
#include "cli/ledger_words.h"
#include "cli/snapshot_word.h"

#include "base/json_write.h"
#include "ledger/git_ledger_verify.h"
#include "render/escape.h"

#include <string.h>

enum { ANCHOR_SHORTEST = 4, ID_SHOWN = 12 };

static bool read_policy(void *self, struct span text, struct policy *policy)
{
    struct session *session = self;
    struct policy_vocabulary vocabulary = session_vocabulary();
    struct names *names = &session->run.names;
    struct diags diags;
    if (text.size == 0) {
        policy_defaults(policy, names, &vocabulary);
        return true;
    }
    diags_init(&diags, names);
    enum err err = policy_read(policy, names, text, NULL, &vocabulary, &diags);
    diags_release(&diags);
    return err == ERR_NONE;
}

/* ---- what was asked for ---- */

static enum err refuse(struct session *session, const char *what)
{
    diags_add(&session->run.diags, DIAG_CLI_USAGE, NULL, 0, 0, span_of(what));
    return ERR_USAGE;
}

static enum err take_wanted(struct session *session, struct verify_wanted *wanted)
{
    const char *most = options_value(session->options, "most");
    const char *output = options_value(session->options, "output");
    uint64_t newest = 0;
    if (session->options->word_count > 1) {
        return refuse(session, "verify takes no further words");
    }
    if (most != NULL && (!span_to_u64(span_of(most), &newest) || newest > UINT32_MAX - 1)) {
        return refuse(session, "--most takes a whole number");
    }
    if (output != NULL && strcmp(output, "text") != 0 && strcmp(output, "json") != 0) {
        return refuse(session, "verify --output takes text or json");
    }
    wanted->newest = (size_t)newest;
    wanted->anchor = options_value(session->options, "anchor");
    wanted->allow_foreign = options_has(session->options, "allow-foreign");
    struct span anchor = span_of(wanted->anchor);
    if (wanted->anchor != NULL &&
        (anchor.size < ANCHOR_SHORTEST || anchor.size > 64 || !span_is_hex(anchor))) {
        return refuse(
            session, "--anchor takes the id of a ledger entry, or its first digits, at least four");
    }
    return ERR_NONE;
}

/* ---- text ---- */

static void add_finding(struct buf *out, const struct ledger_finding *finding)
{
    const struct diag_kind *kind = diag_kind(finding->code);
    buf_add_format(out, "%s: ", severity_text(kind->severity));
    if (finding->entry != NULL) {
        buf_add_text(out, "entry ");
        buf_add(out, span_until(name_span(finding->entry), ID_SHOWN));
    }
    if (finding->branch != NULL) {
        buf_add_text(out, " of ");
        escape_add_text(out, name_span(finding->branch), 0);
    }
    if (finding->metric != NULL) {
        buf_add_text(out, ", ");
        escape_add_text(out, name_span(finding->metric), 0);
    }
    buf_add_text(out, finding->entry != NULL ? ": " : "");
    escape_add_text(out, name_span(finding->text), 0);
    buf_add_format(out, " [%s]\n", kind->code);
}

static void add_summary(struct buf *out, const struct ledger_audit *audit)
{
    const char *verdict = audit->unreadable   ? "LEDGER UNREADABLE"
                          : audit->errors > 0 ? "LEDGER NOT SOUND"
                                              : "LEDGER SOUND";
    buf_add_format(out, "%s: ", verdict);
    buf_add_count(out, audit->entries, "entry", "entries");
    buf_add_format(out, " checked, bars replayed in %zu, ", audit->replayed);
    buf_add_count(out, audit->errors, "error", "errors");
    buf_add_text(out, ", ");
    buf_add_count(out, audit->warnings, "warning", "warnings");
    buf_add_byte(out, '\n');
    if (audit->compacted) {
        buf_add_format(out, "%zu older entries only in the roll-up\n", audit->rolled_up);
    }
    buf_add_text(out, "ledger    ");
    escape_add_text(out, name_span(audit->id), 0);
    buf_add_format(out, "\nnewest    %s\noldest    %s%s\n", name_text(audit->tip),
                   name_text(audit->root),
                   audit->compacted ? " (a roll-up of older entries)"
                   : audit->whole   ? " (the first entry)"
                                    : "");
}

static void write_text(const struct ledger_audit *audit, struct buf *out)
{
    add_summary(out, audit);
    for (size_t index = 0; index < audit->findings.count; index++) {
        const struct ledger_finding *finding = vec_at(&audit->findings, index);
        buf_add_text(out, index == 0 ? "\n" : "");
        add_finding(out, finding);
    }
}

/* ---- JSON ---- */

static void write_optional(struct json_writer *json, const char *key, const struct name *name)
{
    if (name != NULL) {
        json_write_member_text(json, key, name_span(name));
    }
}

static void write_json(const struct ledger_audit *audit, struct buf *out)
{
    struct json_writer json;
    json_writer_init(&json, out);
    json_write_object(&json, false);
    json_write_member_text(&json, "schema", SPAN("tidegate/verify/1"));
    json_write_member_bool(&json, "sound", audit->errors == 0);
    json_write_member_bool(&json, "readable", !audit->unreadable);
    json_write_member_bool(&json, "whole", audit->whole);
    json_write_member_bool(&json, "compacted", audit->compacted);
    write_optional(&json, "ledger", audit->id);
    write_optional(&json, "newest", audit->tip);
    write_optional(&json, "oldest", audit->root);
    json_write_member_u64(&json, "entries", audit->entries);
    json_write_member_u64(&json, "replayed", audit->replayed);
    json_write_member_u64(&json, "rolled_up", audit->rolled_up);
    json_write_member_u64(&json, "errors", audit->errors);
    json_write_member_u64(&json, "warnings", audit->warnings);
    json_write_key(&json, "findings");
    json_write_array(&json, false);
    for (size_t index = 0; index < audit->findings.count; index++) {
        const struct ledger_finding *finding = vec_at(&audit->findings, index);
        const struct diag_kind *kind = diag_kind(finding->code);
        json_write_object(&json, true);
        json_write_member_text(&json, "code", span_of(kind->code));
        json_write_member_text(&json, "severity", span_of(severity_text(kind->severity)));
        write_optional(&json, "entry", finding->entry);
        write_optional(&json, "branch", finding->branch);
        write_optional(&json, "metric", finding->metric);
        write_optional(&json, "message", finding->text);
        json_write_object_end(&json);
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    buf_add_byte(out, '\n');
}

/* ---- all of it ---- */

static enum exit_code code_of(const struct ledger_audit *audit)
{
    if (audit->unreadable) {
        return EXIT_BASELINE;
    }
    return audit->errors > 0 ? EXIT_CLOSED : EXIT_OPEN;
}

static enum exit_code verify(struct session *session, struct git_ledger *ledger,
                             const struct verify_wanted *wanted)
{
    struct ledger_audit audit;
    struct buf text;
    const char *output = options_value(session->options, "output");
    enum exit_code code = EXIT_BASELINE;
    ledger_audit_init(&audit, &session->run.names);
    buf_init(&text);
    enum err err = git_ledger_verify(ledger, wanted, &audit, &session->run.diags);
    session_complain(session);
    if (err == ERR_NONE) {
        code = code_of(&audit);
        if (output != NULL && strcmp(output, "json") == 0) {
            write_json(&audit, &text);
        } else if (!session->quiet || code != EXIT_OPEN) {
            write_text(&audit, &text);
        }
        code = session_print(&text, code);
    }
    ledger_audit_release(&audit);
    return code;
}

enum exit_code ledger_verify(struct session *session)
{
    struct verify_wanted wanted = {.read_policy = read_policy, .self = session};
    enum exit_code code = EXIT_USAGE;
    if (take_wanted(session, &wanted) != ERR_NONE) {
        session_complain(session);
        return code;
    }
    struct git_ledger *ledger = snapshot_ledger(session);
    if (ledger == NULL) {
        session_complain(session);
        return snapshot_exit(session);
    }
    wanted.repo = session->repo;
    code = verify(session, ledger, &wanted);
    git_ledger_close(ledger);
    return code;
}
