/* What the program knows, as tables: formats, rules, metrics, diagnostics, limits, exit codes. */
#ifndef TIDEGATE_CLI_CATALOGUE_H
#define TIDEGATE_CLI_CATALOGUE_H

#include "cli/options.h"
#include "cli/listing.h"
#include "model/verdict.h"

/* Each fills a fresh table, which the caller releases. */
void catalogue_formats(struct listing *listing);
void catalogue_rules(struct listing *listing); /* one row for each parameter of each rule kind */
void catalogue_metrics(struct listing *listing);
void catalogue_codes(struct listing *listing);
void catalogue_limits(struct listing *listing);
void catalogue_exits(struct listing *listing);

/* The --json row, and the whole of a command that lists one catalogue. */
#define CATALOGUE_OPTION                                                                           \
    {                                                                                              \
        "json", 'j', NULL, "print JSON instead of a table"                                         \
    }
enum exit_code catalogue_print(const struct options *options, void (*fill)(struct listing *));

#endif
