/* The rules of git for branch names, as git-check-ref-format describes them, and `git branch`,
 * which refuses HEAD: that is what `git rev-parse --abbrev-ref HEAD` says where no branch is
 * checked out, as in most CI jobs. */
#include "policy/branch_name.h"

enum { BRANCH_LONGEST = 200 };

bool branch_name_valid(struct span name)
{
    if (name.size == 0 || name.size > BRANCH_LONGEST || name.data[0] == '-' ||
        name.data[0] == '/' || name.data[0] == '.' || span_ends(name, "/") ||
        span_ends(name, ".") || span_ends(name, ".lock") ||
        span_find_text(name, "..") != SIZE_MAX || span_find_text(name, "//") != SIZE_MAX ||
        span_find_text(name, "/.") != SIZE_MAX || span_find_text(name, "@{") != SIZE_MAX ||
        span_find_text(name, ".lock/") != SIZE_MAX || span_is(name, "@") || span_is(name, "HEAD")) {
        return false;
    }
    for (size_t at = 0; at < name.size; at++) {
        unsigned char byte = (unsigned char)name.data[at];
        if (byte <= ' ' || byte == 0x7F || span_find(SPAN("~^:?*[\\"), name.data[at]) != SIZE_MAX) {
            return false;
        }
    }
    return true;
}
