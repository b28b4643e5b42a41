/* clock COMMAND...: runs a command with its output thrown away and prints what it cost, as JSON.
 *
 * A program of its own because the kernel starts a child's peak memory at that of its parent, and
 * the script that compares is larger than what is measured. */
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static int64_t microseconds(struct timeval time)
{
    return (int64_t)time.tv_sec * 1000000 + time.tv_usec;
}

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

int main(int count, char **arguments)
{
    posix_spawn_file_actions_t actions;
    struct rusage usage;
    pid_t child;
    int status = 0;
    if (count < 2) {
        fputs("usage: clock COMMAND...\n", stderr);
        return 2;
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    int64_t start = now();
    if (posix_spawnp(&child, arguments[1], &actions, NULL, arguments + 1, environ) != 0) {
        perror(arguments[1]);
        return 2;
    }
    waitpid(child, &status, 0);
    int64_t wall = now() - start;
    posix_spawn_file_actions_destroy(&actions);
    getrusage(RUSAGE_CHILDREN, &usage);
    printf("{\"exit\": %d, \"wall\": %" PRId64 ", \"user\": %" PRId64 ", \"system\": %" PRId64
           ", \"peak\": %ld}\n",
           WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), wall,
           microseconds(usage.ru_utime), microseconds(usage.ru_stime), usage.ru_maxrss);
    return 0;
}
