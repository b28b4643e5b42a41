/* Stands in for the name services of glibc, which load shared libraries even in a static program.
 *
 * libgit2 alone refers to them: for the home directory of another user, when a program runs with
 * that user's rights, and for the addresses of hosts, in transports that Tidegate never opens. Here
 * nobody has an entry and no host has an address; libgit2 takes both for ordinary errors. */
#include <netdb.h>
#include <pwd.h>
#include <stddef.h>

int getpwuid_r(uid_t user, struct passwd *restrict entry, char *restrict buffer, size_t size,
               struct passwd **restrict found)
{
    (void)user;
    (void)entry;
    (void)buffer;
    (void)size;
    *found = NULL;
    return 0;
}

int getaddrinfo(const char *restrict host, const char *restrict service,
                const struct addrinfo *restrict wanted, struct addrinfo **restrict found)
{
    (void)host;
    (void)service;
    (void)wanted;
    *found = NULL;
    return EAI_FAIL;
}

void freeaddrinfo(struct addrinfo *list)
{
    (void)list; /* there never is one */
}
