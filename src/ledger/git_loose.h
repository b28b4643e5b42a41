/* Loose objects read under our own rules: see git_store.h for the reasons. */
#ifndef TIDEGATE_LEDGER_GIT_LOOSE_H
#define TIDEGATE_LEDGER_GIT_LOOSE_H

#include <git2.h>
#include <git2/sys/odb_backend.h>

/* A backend that reads the loose objects below `objects_folder`; its `free` releases it. */
git_odb_backend *git_loose_open(const char *objects_folder);

#endif
