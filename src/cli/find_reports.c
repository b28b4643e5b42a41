/* Names, the policy's patterns or the look of files -> the reports to read, in an order that the
 * disk does not show.
 *
 * What cannot hold reports of this build is not entered. */
#include "cli/find_reports.h"

#include "base/glob.h"
#include "base/limits.h"
#include "base/path.h"
#include "cli/folder_walk.h"
#include "collectors/collectors.h"
#include "collectors/strangers.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

/* A folder below so many others has no path that the system would take. */
enum { WALK_DEPTH = PATH_MAX / 2, DISCOVER_DEPTH = 8, UNREAD_MOST = 20 };

/* 0 would say that nobody knows when it was written, and that is no reason to take it for new. */
static int64_t time_of(const struct stat *status)
{
    return status->st_mtime > 0 ? (int64_t)status->st_mtime : 1;
}

/* ---- by name ---- */

void find_named_reports(char *const *files, size_t count, struct names *names, struct vec *found)
{
    for (size_t index = 0; index < count; index++) {
        struct stat status;
        struct found_report *report = vec_add(found);
        report->path = names_add(names, span_of(files[index]));
        bool there = stat(files[index], &status) == 0;
        report->modified = there ? time_of(&status) : 0;
        report->absent = !there && errno == ENOENT;
    }
}

/* ---- by the policy ---- */

static struct found_report *add_found(struct folder_walk *walk, struct vec *found,
                                      struct span below, const struct stat *status)
{
    struct buf path;
    buf_init(&path);
    folder_walk_path(walk, &path, below);
    struct found_report *report = vec_add(found);
    report->path = names_add(walk->names, buf_span(&path));
    report->modified = time_of(status);
    buf_release(&path);
    return report;
}

struct pattern_search {
    const struct report_spec *spec;
    struct vec *found;
    size_t matches;
    bool folder; /* the pattern is the path of one */
};

static void visit_matching(struct folder_walk *walk, struct span below, const struct stat *status)
{
    struct pattern_search *search = walk->self;
    if (glob_match(name_span(search->spec->pattern), below)) {
        search->matches++;
        if (search->matches <= LIMIT_REPORTS) {
            add_found(walk, search->found, below, status)->spec = search->spec;
        }
    }
}

static bool enter_visible(struct span folder_name)
{
    return !span_is(folder_name, ".git");
}

static void search_pattern(struct folder_walk *walk, struct pattern_search *search)
{
    struct span pattern = name_span(search->spec->pattern);
    struct buf path;
    struct stat status;
    if (span_starts(pattern, "./")) {
        pattern = span_from(pattern, 2);
    }
    if (!glob_is_plain(pattern)) {
        folder_walk_run(walk, glob_root(pattern));
        return;
    }
    buf_init(&path);
    folder_walk_path(walk, &path, pattern);
    bool there = stat(buf_text(&path), &status) == 0;
    folder_walk_failed(walk, buf_text(&path), there ? 0 : errno);
    search->folder = there && S_ISDIR(status.st_mode);
    if (there && !search->folder && !S_ISREG(status.st_mode)) {
        folder_walk_refuse(walk, buf_text(&path)); /* a pipe to which nobody writes never ends */
    } else if (there && !search->folder) {
        add_found(walk, search->found, pattern, &status)->spec = search->spec;
        search->matches++;
    }
    buf_release(&path);
}

/* Says what is wrong and leaves an entry that spoils the metrics the reports should have given. */
static void check_count(struct folder_walk *walk, const struct policy *policy,
                        const struct pattern_search *search)
{
    const struct report_spec *spec = search->spec;
    uint64_t least = spec->expect > 0 ? spec->expect : 1;
    uint64_t most = spec->expect > 0 ? spec->expect : LIMIT_REPORTS;
    bool few = search->matches < least;
    bool absent = search->matches == 0 && !search->folder && !walk->overlooks;
    if (!walk->overlooks && ((!few && search->matches <= most) || (absent && spec->optional))) {
        return;
    }
    struct found_report *report = vec_add(search->found);
    report->path = spec->pattern;
    report->spec = spec;
    report->missing = few && !walk->overlooks;
    report->surplus = !report->missing;
    if (walk->overlooks) {
        return; /* which folder it is has been told */
    }
    if (absent && spec->max_age > 0) {
        return; /* its group may be carried; if not, that will be told */
    }
    if (search->folder) {
        diags_add_format(walk->diags, DIAG_POLICY_PATTERN, policy->path, spec->line, spec->column,
                         "'%s' is a folder: write `%s/*.xml`, or what its reports are named",
                         name_text(spec->pattern), name_text(spec->pattern));
    } else if (absent) {
        diags_add_format(walk->diags, DIAG_CLI_MISSING, policy->path, spec->line, spec->column,
                         "no file matches '%s'", name_text(spec->pattern));
    } else {
        diags_add_format(walk->diags, few ? DIAG_CLI_EXPECT : DIAG_CLI_SURPLUS, policy->path,
                         spec->line, spec->column, "%zu %s '%s', %llu %s expected", search->matches,
                         search->matches == 1 ? "file matches" : "files match",
                         name_text(spec->pattern), (unsigned long long)(few ? least : most),
                         spec->expect == 1 ? "is" : "are");
    }
}

void find_policy_reports(const struct policy *policy, struct names *names, const char *root,
                         struct vec *found, struct diags *diags)
{
    for (size_t index = 0; index < policy->reports.count; index++) {
        struct pattern_search search = {vec_at(&policy->reports, index), found, 0, false};
        struct folder_walk walk = {.names = names,
                                   .diags = diags,
                                   .root = root,
                                   .visit = visit_matching,
                                   .visit_lost = true,
                                   .enter = enter_visible,
                                   .depth_most = WALK_DEPTH,
                                   .self = &search};
        search_pattern(&walk, &search);
        check_count(&walk, policy, &search);
    }
}

/* ---- by looking around ---- */

/* Folders of dependencies and caches: reports inside them are not of this project's run. */
static bool enter_usual(struct span folder_name)
{
    static const char *const skipped[] = {
        "node_modules", "vendor", "third_party", "site-packages", "__pycache__",     "testdata",
        "fixtures",     "venv",   "Pods",        "CMakeFiles",    "bower_components"};
    if (span_starts(folder_name, ".")) {
        return false;
    }
    for (size_t index = 0; index < sizeof(skipped) / sizeof(skipped[0]); index++) {
        if (span_is(folder_name, skipped[index])) {
            return false;
        }
    }
    return true;
}

/* How sure a format must be before a file with this name counts as a report; PROBE_SURE + 1 for
 * names that are not looked at, because opening every file would be slow. */
static int sureness_wanted(struct span path)
{
    static const char *const endings[] = {".xml",      ".info",   ".sarif",   ".sarif.json",
                                          ".lcov",     ".xml.gz", ".info.gz", ".sarif.gz",
                                          ".tidegate", ".partial"};
    static const char *const words[] = {"eslint",       "pylint",     "ruff",    "codequality",
                                        "code-quality", "mypy",       "lint",    "semgrep",
                                        "bandit",       "shellcheck", "rubocop", "gl-"};
    for (size_t index = 0; index < sizeof(endings) / sizeof(endings[0]); index++) {
        if (span_ends(path, endings[index])) {
            return PROBE_LIKELY;
        }
    }
    struct span base = path_base(path);
    if (span_ends(base, ".json") &&
        (span_find_text(base, "sarif") != SIZE_MAX || span_find_text(base, "Sarif") != SIZE_MAX)) {
        return PROBE_LIKELY; /* SpotBugs' plugin for Maven: spotbugsSarif.json */
    }
    for (size_t index = 0; index < sizeof(words) / sizeof(words[0]); index++) {
        if (span_ends(base, ".json") && span_find_text(base, words[index]) != SIZE_MAX) {
            return PROBE_WEAK; /* a clean linter may write nothing but `[]` */
        }
    }
    return PROBE_SURE + 1;
}

/* The format of a name that hardly anything but a report has; NULL for other names. */
static const char *format_of_name(struct span base)
{
    static const struct {
        const char *start, *end, *format;
    } rows[] = {{"junit", ".xml", "junit"},
                {"TEST-", ".xml", "junit"},
                {"coverage.xml", "", "cobertura"},
                {"coverage.cobertura.xml", "", "cobertura"},
                {"cobertura", ".xml", "cobertura"},
                {"", "lcov.info", "lcov"},
                {"", ".lcov", "lcov"},
                {"", ".sarif", "sarif"},
                {"", ".sarif.json", "sarif"},
                {"checkstyle-result.xml", "", "lint_xml"}};
    for (size_t index = 0; index < sizeof(rows) / sizeof(rows[0]); index++) {
        if (span_starts(base, rows[index].start) && span_ends(base, rows[index].end)) {
            return rows[index].format;
        }
    }
    bool linter = sureness_wanted(base) == PROBE_WEAK &&
                  (span_ends(base, "-report.json") || span_ends(base, "-results.json"));
    return linter ? "lint_json" : NULL;
}

/* A document of its own kind, XML with a root and a child in it or JSON with keys, that a tool
 * wrote or a person; not the error page of a server that should have sent the report. */
static bool is_other_document(const struct head *head)
{
    bool page = span_is_caseless(head->xml_root, "html") ||
                span_is_caseless(head->xml_root, "head") ||
                span_is_caseless(head->xml_root, "body");
    bool xml = head->xml_child.size > 0 && !page;
    bool json = head->json_key_count > 0 && !span_ends(head->file_name, ".sarif");
    return xml || json;
}

/* The format that a broken report should have, NULL if this is none: its name is that of a report,
 * and its content that of nothing. */
static const char *broken_format(struct folder_walk *walk, const struct head *head,
                                 const struct detection *detection, struct span below)
{
    const char *format = format_of_name(path_base(below));
    bool log = detection->best == &collector_lint_text; /* of the tool that failed to write */
    if (detection->score >= sureness_wanted(below) && !log) {
        return NULL;
    }
    if (head->bytes.size == 0 && span_ends(below, ".info")) {
        return "lcov"; /* a run that died */
    }
    if (format != NULL && !log && is_other_document(head)) {
        diags_add(walk->diags, DIAG_CLI_LEFT_OUT, names_add(walk->names, below), 0, 0,
                  SPAN("named like a report, but no format knows this content"));
        return NULL;
    }
    return format;
}

/* What a search by content found. */
struct usual {
    struct vec *found;
    unsigned families; /* of the formats found */
    struct vec unread; /* struct unread, at most UNREAD_MOST */
};

/* Names that only kinds of reports have which are not read. */
static bool is_unread_name(struct span path)
{
    static const char *const names[] = {"cover.out", "coverage.out", "coverage.json",
                                        "coverage-final.json", "test.json"};
    struct span base = path_base(path);
    bool is = span_ends(base, ".trx");
    for (size_t index = 0; index < sizeof(names) / sizeof(names[0]); index++) {
        is = is || span_is(base, names[index]);
    }
    return is;
}

/* A report of a kind that is not read. */
struct unread {
    const struct name *path;
    const struct stranger *kind;
};

static void note_unread(struct folder_walk *walk, const struct head *head, struct span below)
{
    struct usual *usual = walk->self;
    const struct stranger *kind = strangers_find(head);
    if (kind != NULL && usual->unread.count < UNREAD_MOST) {
        *(struct unread *)vec_add(&usual->unread) =
            (struct unread){names_add(walk->names, below), kind};
    }
}

/* Beside a report of the same family they are of no concern. */
static void tell_unread(const struct usual *usual, struct diags *diags)
{
    for (size_t at = 0; at < usual->unread.count; at++) {
        const struct unread *unread = vec_at(&usual->unread, at);
        if ((unread->kind->families & usual->families) == 0) {
            diags_add_format(diags, DIAG_CLI_NOT_READ, unread->path, 0, 0,
                             "%s, which is not read: %s", unread->kind->name,
                             unread->kind->instead);
        }
    }
}

/* Below the folders of Surefire and Failsafe TestNG tells of the same tests, and they would count
 * twice: in junitreports/, and in a file for each test of a suite. Their own files begin with
 * TEST-, also where the build gives them a folder further down. */
static bool is_of_same_tests(struct span below)
{
    static const char *const folders[] = {"surefire-reports/", "failsafe-reports/"};
    struct span deeper = span_make(NULL, 0);
    for (size_t index = 0; index < sizeof(folders) / sizeof(folders[0]); index++) {
        size_t at = span_find_text(below, folders[index]);
        deeper = at != SIZE_MAX ? span_from(below, at + strlen(folders[index])) : deeper;
    }
    return span_starts(deeper, "junitreports/") ||
           (span_find(deeper, '/') != SIZE_MAX && !span_starts(path_base(below), "TEST-"));
}

static void visit_usual(struct folder_walk *walk, struct span below, const struct stat *status)
{
    struct usual *usual = walk->self;
    struct vec *found = usual->found;
    struct buf path;
    struct head head;
    int wanted = sureness_wanted(below);
    if ((wanted > PROBE_SURE && !is_unread_name(below)) || found->count >= LIMIT_REPORTS ||
        is_of_same_tests(below)) {
        return;
    }
    buf_init(&path);
    folder_walk_path(walk, &path, below);
    struct input *input = input_open_file(buf_text(&path));
    head_read(&head, input_head(input), path_base(below));
    struct detection detection = collectors_detect(&head);
    const char *broken = broken_format(walk, &head, &detection, below);
    if (broken != NULL || detection.score >= wanted) {
        add_found(walk, found, below, status)->broken = broken;
        usual->families |= detection.best != NULL ? detection.best->families : 0;
    } else {
        note_unread(walk, &head, below);
    }
    input_close(input);
    buf_release(&path);
}

static void visit_any(struct folder_walk *walk, struct span below, const struct stat *status)
{
    (void)status;
    *(const struct name **)vec_add(walk->self) = names_add(walk->names, below);
}

void find_all_files(struct names *names, const char *root, struct vec *paths)
{
    struct diags ignored; /* what cannot be searched is told when reports are looked for */
    diags_init(&ignored, names);
    struct folder_walk walk = {.names = names,
                               .diags = &ignored,
                               .root = root,
                               .visit = visit_any,
                               .enter = enter_visible,
                               .depth_most = WALK_DEPTH,
                               .self = paths};
    folder_walk_run(&walk, span_make(NULL, 0));
    diags_release(&ignored);
}

void find_usual_reports(struct names *names, const char *root, struct vec *found,
                        struct diags *diags)
{
    struct usual usual = {.found = found};
    struct folder_walk walk = {.names = names,
                               .diags = diags,
                               .root = root,
                               .visit = visit_usual,
                               .enter = enter_usual,
                               .depth_most = DISCOVER_DEPTH,
                               .self = &usual};
    vec_init(&usual.unread, sizeof(struct unread));
    folder_walk_run(&walk, span_make(NULL, 0));
    tell_unread(&usual, diags);
    vec_release(&usual.unread);
}
