/* A reader of loose objects as a backend of libgit2's object database.
 *
 * A loose object (gitformat-loose: zlib stream of "<type> <size>", NUL, body) is taken when the
 * stream is complete, nothing stands behind it, and the body has exactly the size that the
 * header tells; libgit2 then checks its hash. Bodies above LIMIT_GIT_OBJECT_BYTES are not
 * loaded. */
#include "ledger/git_loose.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "ledger/git_store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <git2/sys/odb_backend.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum {
    WINDOW = 16384,     /* bytes read at once */
    HEADER_LONGEST = 32 /* "commit 18446744073709551615" and the NUL */
};

struct loose_backend {
    git_odb_backend parent; /* first, so that the two pointers are one */
    char *folder;
};

/* One object while it is inflated. */
struct loose {
    z_stream stream;
    int file;
    bool ended;
    git_object_t type;
    uint64_t size;                      /* of the body, as the header tells */
    unsigned char head[HEADER_LONGEST]; /* the header and the first bytes of the body */
    size_t head_size, body_start;
    unsigned char window[WINDOW];
};

static int refuse(const git_oid *id, const char *what)
{
    char hex[GIT_OID_HEXSZ + 1];
    char text[160];
    git_oid_tostr(hex, sizeof(hex), id);
    snprintf(text, sizeof(text), "loose object %s is damaged: %s", hex, what);
    git_error_set_str(GIT_ERROR_ODB, text);
    return GIT_ERROR;
}

static void object_path(struct buf *path, const struct loose_backend *backend, const git_oid *id)
{
    char hex[GIT_OID_HEXSZ + 1];
    git_oid_tostr(hex, sizeof(hex), id);
    buf_add_format(path, "%s/%.2s/%s", backend->folder, hex, hex + 2);
}

/* Opens the object's file: GIT_ENOTFOUND when there is none. */
static int open_file(struct loose *loose, git_odb_backend *parent, const git_oid *id)
{
    struct buf path = {NULL, 0, 0};
    struct stat status;
    object_path(&path, (const struct loose_backend *)(const void *)parent, id);
    loose->file = open(buf_text(&path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    int reason = errno;
    buf_release(&path);
    if (loose->file < 0) {
        bool absent = reason == ENOENT || reason == ENOTDIR;
        return absent ? GIT_ENOTFOUND : refuse(id, strerror(reason));
    }
    if (fstat(loose->file, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(loose->file);
        return refuse(id, "it is no regular file");
    }
    return 0;
}

/* Inflates until `size` bytes are there or the stream ends; *got tells how many. */
static int inflate_into(struct loose *loose, const git_oid *id, void *to, size_t size, size_t *got)
{
    loose->stream.next_out = to;
    loose->stream.avail_out = (uInt)size;
    while (loose->stream.avail_out > 0 && !loose->ended) {
        if (loose->stream.avail_in == 0) {
            ssize_t taken = read(loose->file, loose->window, WINDOW);
            if (taken <= 0) {
                return refuse(id, taken < 0 ? strerror(errno) : "it is cut short");
            }
            loose->stream.next_in = loose->window;
            loose->stream.avail_in = (uInt)taken;
        }
        int result = inflate(&loose->stream, Z_NO_FLUSH);
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
            return refuse(id, "it is no zlib data");
        }
        loose->ended = result == Z_STREAM_END;
    }
    *got = size - loose->stream.avail_out;
    return 0;
}

/* "blob 12" and a NUL, with the body's first bytes behind it. */
static int read_head(struct loose *loose, const git_oid *id)
{
    int error = inflate_into(loose, id, loose->head, sizeof(loose->head), &loose->head_size);
    if (error != 0) {
        return error;
    }
    struct span header = span_make((const char *)loose->head, loose->head_size);
    size_t end = span_find(header, '\0');
    if (end == SIZE_MAX) {
        return refuse(id, "its header has no end");
    }
    header = span_until(header, end);
    struct span type = span_cut(&header, ' ');
    char word[16];
    snprintf(word, sizeof(word), "%.*s", SPAN_ARG(type));
    loose->type = git_object_string2type(word);
    loose->body_start = end + 1;
    if (git_object_typeisloose(loose->type) == 0 || !span_to_u64(header, &loose->size)) {
        return refuse(id, "its header is wrong");
    }
    return 0;
}

static void loose_end(struct loose *loose)
{
    inflateEnd(&loose->stream);
    close(loose->file);
}

/* After success the caller owes a loose_end. */
static int loose_begin(struct loose *loose, git_odb_backend *parent, const git_oid *id)
{
    memset(&loose->stream, 0, sizeof(loose->stream));
    loose->ended = false;
    int error = open_file(loose, parent, id);
    if (error != 0) {
        return error;
    }
    if (inflateInit(&loose->stream) != Z_OK) {
        mem_exhausted();
    }
    error = read_head(loose, id);
    if (error != 0) {
        loose_end(loose);
    }
    return error;
}

static int read_body(struct loose *loose, const git_oid *id, unsigned char *body)
{
    unsigned char beyond;
    size_t got = 0;
    size_t first = loose->head_size - loose->body_start;
    if (first > loose->size) {
        return refuse(id, "its body is longer than its header tells");
    }
    memcpy(body, loose->head + loose->body_start, first);
    int error = inflate_into(loose, id, body + first, (size_t)loose->size - first, &got);
    if (error != 0) {
        return error;
    }
    if (got + first < loose->size) {
        return refuse(id, "its body is shorter than its header tells");
    }
    error = inflate_into(loose, id, &beyond, 1, &got); /* reads the stream's end */
    if (error != 0) {
        return error;
    }
    if (got > 0) {
        return refuse(id, "its body is longer than its header tells");
    }
    if (loose->stream.avail_in > 0 || read(loose->file, &beyond, 1) > 0) {
        return refuse(id, "something stands behind its end");
    }
    return 0;
}

static int loose_read(void **data, size_t *size, git_object_t *type, git_odb_backend *parent,
                      const git_oid *id)
{
    struct loose loose;
    int error = loose_begin(&loose, parent, id);
    if (error != 0) {
        return error;
    }
    if (loose.size > LIMIT_GIT_OBJECT_BYTES) {
        loose_end(&loose);
        return git_store_too_large(loose.size);
    }
    unsigned char *body = git_odb_backend_data_alloc(parent, (size_t)loose.size + 1);
    body[loose.size] = '\0';
    error = read_body(&loose, id, body);
    loose_end(&loose);
    if (error != 0) {
        git_odb_backend_data_free(parent, body);
        return error;
    }
    *data = body;
    *size = (size_t)loose.size;
    *type = loose.type;
    return 0;
}

static int loose_read_header(size_t *size, git_object_t *type, git_odb_backend *parent,
                             const git_oid *id)
{
    struct loose loose;
    int error = loose_begin(&loose, parent, id);
    if (error != 0) {
        return error;
    }
    *size = (size_t)loose.size;
    *type = loose.type;
    loose_end(&loose);
    return 0;
}

static int loose_exists(git_odb_backend *parent, const git_oid *id)
{
    struct buf path = {NULL, 0, 0};
    object_path(&path, (const struct loose_backend *)(const void *)parent, id);
    int found = access(buf_text(&path), F_OK) == 0;
    buf_release(&path);
    return found;
}

/* Visits the objects of one of the 256 folders. */
static int visit_folder(const struct loose_backend *backend, unsigned number,
                        git_odb_foreach_cb visit, void *payload)
{
    struct buf path = {NULL, 0, 0};
    struct dirent *item;
    git_oid id;
    int result = 0;
    buf_add_format(&path, "%s/%02x", backend->folder, number);
    DIR *folder = opendir(buf_text(&path));
    if (folder == NULL && errno != ENOENT) {
        git_error_set_str(GIT_ERROR_ODB, "a folder of objects cannot be listed");
        result = GIT_ERROR;
    }
    while (folder != NULL && result == 0 && (item = readdir(folder)) != NULL) {
        char hex[GIT_OID_HEXSZ + 8];
        int size = snprintf(hex, sizeof(hex), "%02x%s", number, item->d_name);
        if (size == GIT_OID_HEXSZ && git_oid_fromstr(&id, hex) == 0) {
            result = visit(&id, payload);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    buf_release(&path);
    return result;
}

static int loose_foreach(git_odb_backend *parent, git_odb_foreach_cb visit, void *payload)
{
    int result = 0;
    for (unsigned number = 0; result == 0 && number < 256; number++) {
        result = visit_folder((const struct loose_backend *)(const void *)parent, number, visit,
                              payload);
    }
    return result;
}

static void loose_free(git_odb_backend *parent)
{
    struct loose_backend *backend = (struct loose_backend *)(void *)parent;
    free(backend->folder);
    free(backend);
}

git_odb_backend *git_loose_open(const char *objects_folder)
{
    struct loose_backend *backend = mem_alloc(sizeof(*backend));
    size_t size = strlen(objects_folder) + 1;
    backend->folder = memcpy(mem_alloc(size), objects_folder, size);
    backend->parent.version = GIT_ODB_BACKEND_VERSION;
    backend->parent.read = loose_read;
    backend->parent.read_header = loose_read_header;
    backend->parent.exists = loose_exists;
    backend->parent.foreach = loose_foreach;
    backend->parent.free = loose_free;
    return &backend->parent;
}
