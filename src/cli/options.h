/* Options as tables: one row drives parsing (getopt_long), --help, the man page and the
 * completions. */
#ifndef TIDEGATE_CLI_OPTIONS_H
#define TIDEGATE_CLI_OPTIONS_H

#include "base/buf.h"
#include "base/err.h"

struct option_spec {
    const char *name;     /* "config", without dashes */
    char letter;          /* 'c', or 0 */
    const char *argument; /* "FILE", or NULL for a switch */
    const char *text;     /* one sentence */
};

enum { OPTIONS_MOST = 24, OPTIONS_GIVEN_MOST = 64 };

struct option_given {
    const struct option_spec *spec;
    const char *value; /* NULL for a switch */
};

/* What stood on the command line of one command. */
struct options {
    struct option_given given[OPTIONS_GIVEN_MOST];
    size_t given_count;
    char **words; /* what is left: files, names */
    size_t word_count;
};

/* Rows that every command has: config, help, quiet, verbose. Ends with a NULL name. */
const struct option_spec *options_common(void);

/* Reads argv[1..] against `specs` (NULL name at the end) and the common rows. On a mistake appends
 * one sentence to `mistake` and returns ERR_USAGE. May reorder argv. */
enum err options_read(struct options *options, const struct option_spec *specs, int argc,
                      char **argv, struct buf *mistake);

bool options_has(const struct options *options, const char *name);
/* The last value given, or NULL. */
const char *options_value(const struct options *options, const char *name);
/* The value number `index` of an option that may stand several times, or NULL. */
const char *options_value_at(const struct options *options, const char *name, size_t index);

/* Appends the rows aligned, for --help. */
void options_add_help(struct buf *out, const struct option_spec *specs);

/* The known word that is nearest to `word`, or NULL if none is near. `words` ends with NULL. */
const char *options_nearest(const char *word, const char *const *words);

#endif
