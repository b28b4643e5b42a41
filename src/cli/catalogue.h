/* What the program knows, as tables: formats, rules, metrics, diagnostics, limits, exit codes. */
#ifndef TIDEGATE_CLI_CATALOGUE_H
#define TIDEGATE_CLI_CATALOGUE_H

#include "cli/options.h"
#include "cli/table.h"
#include "model/verdict.h"

/* Each fills a fresh table, which the caller releases. */
void catalogue_formats(struct table *table);
void catalogue_rules(struct table *table); /* one row for each parameter of each rule kind */
void catalogue_metrics(struct table *table);
void catalogue_codes(struct table *table);
void catalogue_limits(struct table *table);
void catalogue_exits(struct table *table);

/* The --json row, and the whole of a command that lists one catalogue. */
#define CATALOGUE_OPTION                                                                           \
    {                                                                                              \
        "json", 'j', NULL, "print JSON instead of a table"                                         \
    }
enum exit_code catalogue_print(const struct options *options, void (*fill)(struct table *));

#endif
