/* Files that the program writes: those of the repository, whole or not at all, and outputs that the
 * user names. */
#include "cli/session.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_PIECE = 256 * 1024 };

/* A temporary file beside the one to be written; for a pipe or device that itself. */
struct session_file {
    struct buf target;
    struct buf path; /* empty for a pipe or device */
    struct buf pending;
    int descriptor;
    int cause; /* errno of the first failure; 0: none */
};

static void flush_pending(struct session_file *file)
{
    struct span rest = buf_span(&file->pending);
    while (rest.size > 0 && file->cause == 0) {
        ssize_t written = write(file->descriptor, rest.data, rest.size);
        if (written < 0 && errno != EINTR) {
            file->cause = errno;
        }
        rest = span_from(rest, written > 0 ? (size_t)written : 0);
    }
    buf_clear(&file->pending);
}

void session_file_add(void *file, struct span piece)
{
    struct session_file *to = file;
    buf_add(&to->pending, piece);
    if (to->pending.size >= FILE_PIECE) {
        flush_pending(to);
    }
}

/* A file that is replaced keeps its permissions. */
static mode_t mode_for(const char *path)
{
    struct stat status;
    bool there = stat(path, &status) == 0 && S_ISREG(status.st_mode);
    return there ? status.st_mode & 0777 : 0644;
}

static void file_init(struct session_file *file)
{
    *file = (struct session_file){.descriptor = -1};
    buf_init(&file->target);
    buf_init(&file->path);
    buf_init(&file->pending);
}

static void file_open(struct session_file *file, const char *path)
{
    file_init(file);
    buf_add_text(&file->target, path);
    buf_add_format(&file->path, "%s.XXXXXX", path);
    buf_text(&file->path);
    file->descriptor = mkstemp(file->path.data);
    if (file->descriptor < 0 || fchmod(file->descriptor, mode_for(path)) != 0) {
        file->cause = errno;
    }
}

bool session_means_standard_output(struct span path)
{
    return span_is(path, "-");
}

/* Renaming would put a file in the place of /dev/null, or of a link to it. */
static void output_open(struct session_file *file, const char *path)
{
    char behind_links[PATH_MAX];
    struct stat status;
    if (session_means_standard_output(span_of(path))) {
        file_init(file);
        file->descriptor = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
        file->cause = file->descriptor < 0 ? errno : 0;
        return;
    }
    if (stat(path, &status) != 0 || S_ISREG(status.st_mode) || S_ISDIR(status.st_mode)) {
        file_open(file, realpath(path, behind_links) != NULL ? behind_links : path);
        return;
    }
    file_init(file);
    file->descriptor = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    file->cause = file->descriptor < 0 ? errno : 0;
}

/* Puts the file in its place. False, with the file removed, when anything failed since
 * file_open. */
static bool file_close(struct session_file *file)
{
    bool temporary = file->path.size > 0;
    flush_pending(file);
    /* EINVAL: a pipe or device. */
    if (file->cause == 0 && fsync(file->descriptor) != 0 && errno != EINVAL) {
        file->cause = errno;
    }
    if (file->descriptor >= 0 && close(file->descriptor) != 0 && file->cause == 0) {
        file->cause = errno;
    }
    if (file->cause == 0 && temporary && rename(file->path.data, buf_text(&file->target)) != 0) {
        file->cause = errno;
    }
    if (file->cause != 0 && temporary && file->descriptor >= 0) {
        unlink(file->path.data);
    }
    buf_release(&file->target);
    buf_release(&file->path);
    buf_release(&file->pending);
    return file->cause == 0;
}

/* Ends what file_open or output_open began. */
static enum err finish(struct session *session, struct session_file *file, const char *path)
{
    if (!file_close(file)) {
        diags_add_format(&session->run.diags, DIAG_CLI_WRITE,
                         names_add(&session->run.names, span_of(path)), 0, 0, "cannot write: %s",
                         strerror(file->cause));
        return ERR_WRITE;
    }
    return ERR_NONE;
}

enum err session_write(struct session *session, const char *path, struct span text)
{
    struct session_file file;
    file_open(&file, path);
    session_file_add(&file, text);
    return finish(session, &file, path);
}

enum err session_write_output(struct session *session, const char *path, struct span text)
{
    struct session_file file;
    output_open(&file, path);
    session_file_add(&file, text);
    return finish(session, &file, path);
}

enum err session_write_pieces(struct session *session, const char *path,
                              void (*produce)(void *self, struct session_file *file), void *self)
{
    struct session_file file;
    output_open(&file, path);
    if (file.cause == 0) {
        produce(self, &file);
    }
    return finish(session, &file, path);
}
