/* What the user's checkout tells `git` about reaching its remote: addresses, credentials, proxies,
 * certificates, SSH commands. Read by git itself, so that every place counts where people and CI
 * keep them: files, included files (includeIf), the environment. */
#ifndef TIDEGATE_LEDGER_GIT_SETTINGS_H
#define TIDEGATE_LEDGER_GIT_SETTINGS_H

#include "base/arena.h"
#include "base/err.h"
#include "ledger/git_program.h"
#include "model/diag.h"

struct git_settings {
    struct arena arena;
    struct vec list; /* struct git_setting, in git's order */
    const char *url; /* of the remote; NULL: it has none */
};

void git_settings_init(struct git_settings *settings);
void git_settings_release(struct git_settings *settings);

/* Reads what concerns `remote` in the checkout at `root`. `workspace` is the folder that the CI
 * checks out into (NULL outside CI): a repository in there is trusted though another user owns it.
 * ERR_UNUSABLE with a diagnostic when git is missing, refuses, or knows no address. */
enum err git_settings_read(struct git_settings *settings, const char *root,
                           const struct name *remote, const char *workspace, struct diags *diags);

#endif
