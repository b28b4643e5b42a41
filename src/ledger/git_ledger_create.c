/* The private repository comes into being whole: it is made under another name beside its place
 * and renamed. A process that is killed half-way leaves a folder that nobody reads, never half a
 * ledger. */
#include "ledger/git_ledger_create.h"

#include "ledger/git_library.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err refuse(const struct git_ledger *ledger, const char *what, const char *path,
                       const char *reason, struct diags *diags)
{
    struct buf text = {NULL, 0, 0};
    buf_add_format(&text, "%s %s: %s", what, path, reason);
    git_ledger_refuse(ledger, ERR_WRITE, DIAG_LEDGER_WRITE, buf_text(&text), diags);
    buf_release(&text);
    return ERR_WRITE;
}

/* Removes a folder that we made and nobody else knows, with all that is in it. */
static void remove_folder(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *item;
    while (folder != NULL && (item = readdir(folder)) != NULL) {
        if (strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0) {
            continue;
        }
        struct buf below = {NULL, 0, 0};
        struct stat status;
        buf_add_format(&below, "%s/%s", path, item->d_name);
        if (lstat(buf_text(&below), &status) == 0 && S_ISDIR(status.st_mode)) {
            remove_folder(buf_text(&below));
        } else {
            unlink(buf_text(&below));
        }
        buf_release(&below);
    }
    if (folder != NULL) {
        closedir(folder);
    }
    rmdir(path);
}

/* The rename itself must survive a power cut, too. */
static void sync_folder(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        fsync(folder);
        close(folder);
    }
}

static int init_bare(const char *path)
{
    git_repository *handle = NULL;
    git_repository_init_options options;
    int error = git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
    options.flags =
        GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_NO_REINIT | GIT_REPOSITORY_INIT_MKDIR;
    options.initial_head = "tidegate/ledger";
    options.description = "Tidegate ledger: measured quality of a code repository";
    if (error == 0) {
        error = git_repository_init_ext(&handle, path, &options);
    }
    git_repository_free(handle);
    return error;
}

/* Makes it at `draft` and moves it to its place. Somebody else's ledger at that place is as
 * good. */
static enum err make(const struct git_ledger *ledger, const char *folder, const char *draft,
                     struct diags *diags)
{
    const char *place = name_text(ledger->path);
    if (init_bare(draft) != 0) {
        enum err err = refuse(ledger, "cannot make", draft, git_library_said(), diags);
        remove_folder(draft);
        return err;
    }
    if (rename(draft, place) != 0) {
        int reason = errno;
        remove_folder(draft);
        if (reason != EEXIST && reason != ENOTEMPTY) {
            return refuse(ledger, "cannot make", place, strerror(reason), diags);
        }
    }
    sync_folder(folder);
    return ERR_NONE;
}

enum err git_ledger_create(const struct git_ledger *ledger, struct diags *diags)
{
    struct span place = name_span(ledger->path);
    struct buf folder = {NULL, 0, 0};
    struct buf draft = {NULL, 0, 0};
    uint64_t random = 0;
    enum err err;
    buf_add(&folder, span_until(place, span_find_last(place, '/')));
    if (mkdir(buf_text(&folder), 0777) != 0 && errno != EEXIST) {
        err = refuse(ledger, "cannot make", buf_text(&folder), strerror(errno), diags);
    } else if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random)) {
        err = refuse(ledger, "cannot make", buf_text(&folder), "no random numbers", diags);
    } else {
        buf_add_format(&draft, "%s/new-%016llx.git", buf_text(&folder), (unsigned long long)random);
        err = make(ledger, buf_text(&folder), buf_text(&draft), diags);
    }
    buf_release(&folder);
    buf_release(&draft);
    return err;
}

void git_ledger_remove(const struct git_ledger *ledger)
{
    struct span place = name_span(ledger->path);
    struct buf folder = {NULL, 0, 0};
    buf_add(&folder, span_until(place, span_find_last(place, '/')));
    remove_folder(buf_text(&folder));
    buf_release(&folder);
}
