/* Running another program with posix_spawn. Pipes are read with poll, so that neither side waits
 * for the other, and the time limit holds also when a grandchild keeps a pipe open. */
#define _GNU_SOURCE /* POSIX_SPAWN_SETSID, posix_spawn_file_actions_addchdir_np, pipe2 */
#include "base/process.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { OUTPUT, ERRORS, PIPES };

struct running {
    pid_t pid;
    struct pollfd pipes[PIPES]; /* our ends; -1 when closed */
    struct timespec deadline;
};

static struct timespec deadline_after(unsigned milliseconds)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    time.tv_sec += milliseconds / 1000;
    time.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (time.tv_nsec >= 1000000000) {
        time.tv_nsec -= 1000000000;
        time.tv_sec++;
    }
    return time;
}

/* Milliseconds until the deadline, 0 when it has passed. */
static int time_left(struct timespec deadline)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t left =
        (int64_t)(deadline.tv_sec - now.tv_sec) * 1000 + (deadline.tv_nsec - now.tv_nsec) / 1000000;
    if (left <= 0) {
        return 0;
    }
    return left > 1000000 ? 1000000 : (int)left;
}

static void close_pipe(int *end)
{
    if (*end >= 0) {
        close(*end);
        *end = -1;
    }
}

/* The child's three streams and its folder. */
static int set_files(posix_spawn_file_actions_t *actions, int output, int errors,
                     const char *folder)
{
    int error = posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (error == 0) {
        error = posix_spawn_file_actions_adddup2(actions, output, STDOUT_FILENO);
    }
    if (error == 0) {
        error = posix_spawn_file_actions_adddup2(actions, errors, STDERR_FILENO);
    }
    if (error == 0 && folder != NULL) {
        error = posix_spawn_file_actions_addchdir_np(actions, folder);
    }
    return error;
}

/* A session of its own; signals that we ignore are not ignored there. */
static int set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t usual;
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGXFSZ);
    int error = posix_spawnattr_setsigdefault(attributes, &usual);
    return error != 0 ? error
                      : posix_spawnattr_setflags(
                            attributes, (short)(POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF));
}

static int spawn(const struct process *process, int output, int errors, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    int error = set_files(&actions, output, errors, process->folder);
    if (error == 0) {
        error = set_attributes(&attributes);
    }
    if (error == 0) { /* neither the strings nor the lists are written to */
        error =
            posix_spawnp(pid, process->arguments[0], &actions, &attributes,
                         (char *const *)process->arguments, (char *const *)process->environment);
    }
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error;
}

static int start(const struct process *process, struct running *running)
{
    int output[2] = {-1, -1};
    int errors[2] = {-1, -1};
    int error = pipe2(output, O_CLOEXEC) != 0 || pipe2(errors, O_CLOEXEC) != 0 ? errno : 0;
    if (error == 0) {
        error = spawn(process, output[1], errors[1], &running->pid);
    }
    close_pipe(&output[1]);
    close_pipe(&errors[1]);
    if (error != 0) {
        close_pipe(&output[0]);
        close_pipe(&errors[0]);
        return error;
    }
    running->pipes[OUTPUT] = (struct pollfd){.fd = output[0], .events = POLLIN};
    running->pipes[ERRORS] = (struct pollfd){.fd = errors[0], .events = POLLIN};
    running->deadline = deadline_after(process->milliseconds);
    return 0;
}

/* Takes what one pipe has to give; closes it at its end. */
static void take(struct pollfd *pipe, struct buf *into, bool *cut)
{
    char piece[16384];
    ssize_t got = read(pipe->fd, piece, sizeof(piece));
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
        return;
    }
    if (got <= 0) {
        close_pipe(&pipe->fd);
        return;
    }
    size_t room = LIMIT_PROCESS_BYTES - into->size;
    *cut = *cut || (size_t)got > room;
    buf_add(into, span_make(piece, (size_t)got < room ? (size_t)got : room));
}

/* False when time is up. */
static bool read_all(struct running *running, struct process_result *result)
{
    while (running->pipes[OUTPUT].fd >= 0 || running->pipes[ERRORS].fd >= 0) {
        int left = time_left(running->deadline);
        if (left == 0) {
            return false;
        }
        if (poll(running->pipes, PIPES, left) <= 0) {
            continue;
        }
        if (running->pipes[OUTPUT].revents != 0) {
            take(&running->pipes[OUTPUT], &result->output, &result->cut);
        }
        if (running->pipes[ERRORS].revents != 0) {
            take(&running->pipes[ERRORS], &result->errors, &result->cut);
        }
    }
    return true;
}

/* Waits for the end of a child whose pipes are closed; false when time is up. */
static bool wait_for(const struct running *running, int *status)
{
    const struct timespec pause = {.tv_nsec = 1000000};
    pid_t done;
    while ((done = waitpid(running->pid, status, WNOHANG)) == 0 || (done < 0 && errno == EINTR)) {
        if (time_left(running->deadline) == 0) {
            return false;
        }
        nanosleep(&pause, NULL);
    }
    return true;
}

static void stop(const struct running *running)
{
    kill(-running->pid, SIGKILL);
    while (waitpid(running->pid, NULL, 0) < 0 && errno == EINTR) {
    }
}

void process_run(const struct process *process, struct process_result *result)
{
    struct running running = {.pid = 0};
    int status = 0;
    int error = start(process, &running);
    if (error != 0) {
        result->end = error == ENOENT ? PROCESS_NOT_FOUND : PROCESS_NOT_RUN;
        buf_add_text(&result->errors, strerror(error));
        return;
    }
    if (!read_all(&running, result) || !wait_for(&running, &status)) {
        stop(&running);
        result->end = PROCESS_TIMED_OUT;
    } else if (WIFEXITED(status)) {
        result->end = PROCESS_EXITED;
        result->exit_code = WEXITSTATUS(status);
    } else {
        result->end = PROCESS_KILLED;
    }
    close_pipe(&running.pipes[OUTPUT].fd);
    close_pipe(&running.pipes[ERRORS].fd);
}

void process_result_release(struct process_result *result)
{
    buf_release(&result->output);
    buf_release(&result->errors);
}
