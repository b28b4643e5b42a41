/* The copy of the remote's branch: kept as deep as it is needed, within one deadline.
 *
 * Most questions are answered by the newest entry alone, which is one commit with a few small
 * files. Only when it is not the one that is looked for, more commits are fetched. */
#include "ledger/git_ledger_inside.h"

#include "ledger/git_ledger_build.h"
#include "ledger/git_ledger_create.h"
#include "ledger/git_ledger_tidy.h"
#include "ledger/git_objects.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    MOVED_TRIES = 5,
    PATIENT_TRIES = 3,   /* a server that is restarted, a connection that breaks */
    PATIENT_RECORD = 10, /* an entry that is given up is lost */
    PATIENT_DOUBLES = 4,
    PATIENT_FIRST = 200, /* milliseconds; each wait is twice as long as the one before */
    DEPTH_READ = 1,      /* the newest entry answers most questions */
    DEPTH_RECORD = 200   /* entries that are searched for an equal recording */
};

unsigned git_ledger_time_left(const struct git_ledger *ledger)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t left = (int64_t)(ledger->deadline.tv_sec - now.tv_sec) * 1000 +
                   (ledger->deadline.tv_nsec - now.tv_nsec) / 1000000;
    return left > 0 ? (unsigned)left : 0;
}

/* Reads git's list of the commits at which the copy ends. */
static void read_cut(struct git_ledger *ledger)
{
    struct buf path = {NULL, 0, 0};
    char line[256];
    vec_clear(&ledger->cut);
    buf_add_format(&path, "%s/shallow", name_text(ledger->path));
    FILE *file = fopen(buf_text(&path), "re");
    buf_release(&path);
    while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
        git_oid id;
        if (git_objects_id(span_trim(span_of(line)), &id)) {
            git_oid_cpy(vec_add(&ledger->cut), &id);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
}

enum server_answer git_ledger_fetch(struct git_ledger *ledger, unsigned depth, struct buf *why)
{
    enum server_answer answer = SERVER_MOVED;
    for (unsigned tries = 0; answer == SERVER_MOVED && tries < MOVED_TRIES; tries++) {
        answer = git_server_fetch(ledger->server, depth, git_ledger_time_left(ledger), why);
    }
    git_odb_refresh(ledger->database);
    read_cut(ledger);
    if (answer == SERVER_DONE) {
        git_ledger_tidy(ledger);
    }
    return answer;
}

/* Passing troubles of a network should not fail a job. A try that time cuts short has no reason of
 * its own: that of the try before is told. */
static enum server_answer fetch_patiently(struct git_ledger *ledger, unsigned depth, unsigned most,
                                          struct buf *why)
{
    struct buf news = {NULL, 0, 0};
    enum server_answer answer = git_ledger_fetch(ledger, depth, why);
    for (unsigned tries = 1; answer == SERVER_UNREACHABLE && tries < most; tries++) {
        git_ledger_wait((uint64_t)PATIENT_FIRST
                        << (tries < PATIENT_DOUBLES ? tries - 1 : PATIENT_DOUBLES));
        if (git_ledger_time_left(ledger) == 0) {
            break;
        }
        answer = git_ledger_fetch(ledger, depth, &news);
        if (answer != SERVER_UNREACHABLE || git_ledger_time_left(ledger) > 0) {
            buf_clear(why);
            buf_add(why, buf_span(&news));
        }
    }
    buf_release(&news);
    return answer;
}

/* Does the copy hold that many commits? All of them is never known to be enough. */
static bool is_deep_enough(const struct git_ledger *ledger, unsigned depth)
{
    struct ledger_walk walk;
    struct diags ignored;
    enum err err = ERR_NONE;
    unsigned seen = 0;
    diags_init(&ignored, ledger->names);
    err = git_ledger_walk_start(&walk, ledger, &ignored);
    while (err == ERR_NONE && seen < depth && git_ledger_walk_next(&walk, &err)) {
        seen++;
    }
    git_ledger_walk_end(&walk);
    diags_release(&ignored);
    return depth > 0 && seen == depth;
}

/* ---- a place for the copy ---- */

const struct name *git_ledger_ref(struct names *names, const struct name *remote)
{
    struct buf ref = {NULL, 0, 0};
    buf_add_text(&ref, remote != NULL ? LEDGER_COPY : LEDGER_BRANCH);
    buf_add(&ref, name_span(remote));
    const struct name *name = names_add(names, buf_span(&ref));
    buf_release(&ref);
    return name;
}

/* The folder in which the private repository is, or will be made. */
static bool is_writable(const struct git_ledger *ledger, const char *common_dir)
{
    struct span path = name_span(ledger->path);
    struct buf folder = {NULL, 0, 0};
    buf_add(&folder, span_until(path, span_find_last(path, '/')));
    const char *places[] = {name_text(ledger->path), buf_text(&folder), common_dir};
    size_t index = 0;
    while (index < 2 && access(places[index], F_OK) != 0) {
        index++;
    }
    bool writable = access(places[index], W_OK) == 0;
    buf_release(&folder);
    return writable;
}

void git_ledger_find_room(struct git_ledger *ledger, const char *common_dir)
{
    if (is_writable(ledger, common_dir)) {
        return;
    }
    const char *given = getenv("TMPDIR");
    struct buf path = {NULL, 0, 0};
    buf_add_format(&path, "%s/tidegate-XXXXXX", given != NULL && *given == '/' ? given : "/tmp");
    buf_text(&path);
    if (mkdtemp(path.data) != NULL) { /* else the first write will tell what is wrong */
        buf_add_text(&path, "/ledger.git");
        ledger->path = names_add(ledger->names, buf_span(&path));
        ledger->temporary = true;
    }
    buf_release(&path);
}

/* ---- opening the copy ---- */

static enum err refuse(const struct git_ledger *ledger, enum diag_code code, struct buf *why,
                       struct diags *diags)
{
    git_ledger_refuse(ledger, ERR_UNUSABLE, code, buf_text(why), diags);
    return ERR_UNUSABLE;
}

/* The server has proven that there is no branch. Was there one? */
static enum err open_absent(const struct git_ledger *ledger, const struct ledger_place *place,
                            bool had_copy, struct buf *why, struct diags *diags)
{
    buf_clear(why);
    if (had_copy) {
        buf_add_format(why,
                       "%s has no branch " LEDGER_BRANCH " any more; what was fetched before is %s",
                       name_text(place->remote), name_text(ledger->ref));
        return refuse(ledger, DIAG_LEDGER_GONE, why, diags);
    }
    if (place->id != NULL) {
        buf_add_format(why,
                       "%s has no branch " LEDGER_BRANCH ", but the policy names the ledger %s",
                       name_text(place->remote), name_text(place->id));
        return refuse(ledger, DIAG_LEDGER_GONE, why, diags);
    }
    return place->create ? ERR_NONE : ERR_MISSING;
}

/* A copy that was refused must not stand where the next run takes it for the former one. */
static void put_back(const struct git_ledger *ledger, const git_oid *former, bool had_copy)
{
    git_reference *reference = NULL;
    if (had_copy) {
        git_reference_create(&reference, ledger->handle, name_text(ledger->ref), former, 1, NULL);
        git_reference_free(reference);
    } else {
        git_reference_remove(ledger->handle, name_text(ledger->ref));
    }
}

/* Is what was fetched a ledger, and the same one as before? */
static enum err check_copy(struct git_ledger *ledger, const struct ledger_place *place,
                           const struct name *before, struct buf *why, struct diags *diags)
{
    bool found = false;
    enum err err = git_ledger_recognise(ledger, &found, diags);
    if (err == ERR_NONE && before != NULL && ledger->id != before) {
        buf_clear(why);
        buf_add_format(why, "the ledger of %s was %s and is %s now", name_text(place->remote),
                       name_text(before), name_text(ledger->id));
        err = refuse(ledger, DIAG_LEDGER_REPLACED, why, diags);
    }
    return err;
}

static enum err fetch_copy(struct git_ledger *ledger, const struct ledger_place *place,
                           struct buf *why, struct diags *diags)
{
    git_oid former;
    bool had_copy = false;
    enum err err = git_ledger_recognise(ledger, &had_copy, diags);
    if (err == ERR_NONE) {
        err = git_ledger_tip(ledger, &former, &had_copy, diags);
    }
    if (err != ERR_NONE) {
        return err;
    }
    enum server_answer answer =
        fetch_patiently(ledger, place->create ? DEPTH_RECORD : DEPTH_READ,
                        place->create ? PATIENT_RECORD : PATIENT_TRIES, why);
    if (answer == SERVER_NO_BRANCH) {
        return open_absent(ledger, place, had_copy, why, diags);
    }
    if (answer != SERVER_DONE) {
        git_server_refuse(ledger->server, answer, why, diags);
        return ERR_UNUSABLE;
    }
    err = check_copy(ledger, place, ledger->id, why, diags);
    if (err != ERR_NONE) {
        put_back(ledger, &former, had_copy);
    }
    return err;
}

static enum err open_offline(struct git_ledger *ledger, const struct ledger_place *place,
                             struct buf *why, struct diags *diags)
{
    bool found = false;
    enum err err = git_ledger_recognise(ledger, &found, diags);
    if (err == ERR_NONE && !found) {
        buf_add_format(why, "no ledger was fetched from %s yet", name_text(place->remote));
        return refuse(ledger, DIAG_LEDGER_UNREACHABLE, why, diags);
    }
    read_cut(ledger);
    diags_add(diags, DIAG_LEDGER_OFFLINE, place->remote, 0, 0, span_make(NULL, 0));
    return err;
}

enum err git_ledger_open_copy(struct git_ledger *ledger, const struct ledger_place *place,
                              struct diags *diags)
{
    const struct server_place way = {place->root, place->workspace, place->remote,
                                     name_text(ledger->path)};
    struct buf why = {NULL, 0, 0};
    enum err err;
    if (place->offline) {
        err = open_offline(ledger, place, &why, diags);
    } else {
        err = git_server_open(&ledger->server, &way, diags);
        if (err == ERR_NONE) {
            err = fetch_copy(ledger, place, &why, diags);
        }
    }
    buf_release(&why);
    return err;
}

/* ---- deeper ---- */

enum err git_ledger_deepen(struct git_ledger *ledger, unsigned depth, struct diags *diags)
{
    struct buf why = {NULL, 0, 0};
    enum err err = ERR_NONE;
    if (ledger->server == NULL || ledger->cut.count == 0 || is_deep_enough(ledger, depth)) {
        return ERR_NONE;
    }
    enum server_answer answer = fetch_patiently(ledger, depth, PATIENT_TRIES, &why);
    if (answer != SERVER_DONE) {
        err = git_server_refuse(ledger->server, answer, &why, diags);
    }
    buf_release(&why);
    return err == ERR_NONE ? ERR_NONE : ERR_UNUSABLE;
}
