/* Every recording writes five or six small objects, each a file that takes a block of the disk.
 * `git repack` makes one pack of all of them, a twentieth in size.
 *
 * It runs beside others who read and record, so nothing may be lost that nothing points to yet: an
 * object that somebody has just written, or found there already and therefore not written. `git gc`
 * drops such objects after two weeks or turns them into files again; --keep-unreachable takes them
 * into the pack, all of them. A reader whose file or pack vanishes looks again and finds the new
 * pack. Two that pack at once would do it twice; a lock that dies with its process keeps them
 * apart. */
#include "ledger/git_ledger_tidy.h"

#include "ledger/git_program.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LOCK "packing.lock"

enum {
    LOOSE_MOST = 2000, /* objects, of some 400 entries */
    FOLDERS = 256,     /* of loose objects, spread evenly by their ids */
    COUNTED = 16,      /* of them: 00, 11, 22, ... */
    MILLISECONDS = 120000,
    A_DAY = 86400 /* seconds */
};

/* ---- how many ---- */

/* Files of one folder below `objects`. */
static size_t count_files(const struct git_ledger *ledger, unsigned number)
{
    struct buf path = {NULL, 0, 0};
    size_t count = 0;
    buf_add_format(&path, "%s/objects/%02x", name_text(ledger->path), number);
    DIR *folder = opendir(buf_text(&path));
    const struct dirent *item;
    while (folder != NULL && (item = readdir(folder)) != NULL) {
        count += item->d_name[0] != '.' ? 1 : 0;
    }
    if (folder != NULL) {
        closedir(folder);
    }
    buf_release(&path);
    return count;
}

size_t git_ledger_loose(const struct git_ledger *ledger)
{
    size_t count = 0;
    for (unsigned number = 0; number < FOLDERS; number += FOLDERS / COUNTED + 1) {
        count += count_files(ledger, number);
    }
    return count * FOLDERS / COUNTED;
}

/* ---- what others have left ---- */

static bool is_temporary(const char *name)
{
    return strncmp(name, ".tmp-", 5) == 0 || strncmp(name, "tmp_", 4) == 0;
}

/* Half packs of processes that were killed; one that is being written is younger than a day. */
static void remove_left_over(const struct git_ledger *ledger)
{
    struct buf path = {NULL, 0, 0};
    struct stat status;
    buf_add_format(&path, "%s/objects/pack", name_text(ledger->path));
    int folder = open(buf_text(&path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    buf_release(&path);
    DIR *list = folder >= 0 ? fdopendir(folder) : NULL;
    const struct dirent *item;
    while (list != NULL && (item = readdir(list)) != NULL) {
        if (is_temporary(item->d_name) &&
            fstatat(folder, item->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            status.st_mtime < time(NULL) - A_DAY) {
            unlinkat(folder, item->d_name, 0);
        }
    }
    if (list != NULL) {
        closedir(list);
    } else if (folder >= 0) {
        close(folder);
    }
}

/* ---- packing ---- */

static bool repack(const struct git_ledger *ledger)
{
    struct git_setting settings[] = {{"core.hookspath", "/dev/null"},
                                     {"repack.writebitmaps", "false"},
                                     {"repack.updateserverinfo", "false"}};
    const struct vec list = {.items = settings,
                             .count = sizeof(settings) / sizeof(settings[0]),
                             .item_size = sizeof(settings[0])};
    const struct git_program program = {.folder = name_text(ledger->path), .settings = &list};
    struct buf store = {NULL, 0, 0};
    struct process_result result = {.exit_code = 0};
    buf_add_format(&store, "--git-dir=%s", name_text(ledger->path));
    const char *const words[] = {buf_text(&store),     "repack", "-a", "-d", "-l", "-q",
                                 "--keep-unreachable", NULL};
    git_program_run(&program, words, MILLISECONDS, &result);
    bool packed = result.end == PROCESS_EXITED && result.exit_code == 0;
    process_result_release(&result);
    buf_release(&store);
    return packed;
}

/* What has just failed would fail again with every recording: the lock keeps a mark of it for a
 * day. */
static bool may_try(int lock)
{
    struct stat status;
    return flock(lock, LOCK_EX | LOCK_NB) == 0 && fstat(lock, &status) == 0 &&
           (status.st_size == 0 || status.st_mtime < time(NULL) - A_DAY);
}

static void note(int lock, bool packed)
{
    static const char mark[] = "packing failed; it is tried again after a day\n";
    bool done = ftruncate(lock, 0) == 0 &&
                (packed || pwrite(lock, mark, sizeof(mark) - 1, 0) == (ssize_t)sizeof(mark) - 1);
    (void)done; /* then it is tried more often */
}

void git_ledger_tidy(const struct git_ledger *ledger)
{
    struct buf path = {NULL, 0, 0};
    if (ledger->temporary || git_ledger_loose(ledger) < LOOSE_MOST) {
        return;
    }
    buf_add_format(&path, "%s/" LOCK, name_text(ledger->path));
    int lock = open(buf_text(&path), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    buf_release(&path);
    if (lock < 0) {
        return;
    }
    if (may_try(lock)) {
        remove_left_over(ledger);
        note(lock, repack(ledger));
    }
    close(lock); /* and the lock is gone */
}
