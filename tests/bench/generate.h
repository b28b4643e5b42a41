/* Reports of any size for benchmarks, made up from a seed: the same arguments always give the
 * same bytes.
 *
 * Each writer knows what it wrote, so that a benchmark first checks that the reader found exactly
 * that. */
#ifndef TIDEGATE_TESTS_BENCH_GENERATE_H
#define TIDEGATE_TESTS_BENCH_GENERATE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct pair {
    uint64_t covered, total;
};

enum { LEVEL_ERROR, LEVEL_WARNING, LEVEL_NOTE, LEVELS };
enum { BAND_CRITICAL, BAND_HIGH, BAND_MEDIUM, BAND_LOW, BANDS };

/* What the written report holds; what stays 0 in all of a family is not printed. */
struct totals {
    struct pair lines, branches, functions;
    uint64_t files;
    uint64_t tests, failed, errors, skipped, milliseconds;
    uint64_t levels[LEVELS], bands[BANDS], suppressed;
};

struct maker {
    uint64_t state;     /* of the random numbers */
    uint32_t functions; /* at most so many in a source file, half of them on average */
    FILE *out;
    struct totals totals;
};

/* A number from 0 to `limit` - 1. */
uint32_t below(struct maker *maker, uint32_t limit);
enum { FUNCTIONS_MOST = 64 };

bool chance(struct maker *maker, uint32_t percent);
/* Words and numbers for one piece of text, drawn before it is printed: the order in which a
 * compiler evaluates arguments must not show in the report. */
struct draw {
    const char *word[8];
    uint32_t number[4];
};
struct draw draw(struct maker *maker);
/* Path `number` of the project, the same in every format: src/WORD/WORD_NUMBER.c */
void path_of(uint32_t number, char *path, size_t size);

/* Each writes one report with `items` files, tests, results or diagnostics. */
void make_lcov(struct maker *maker, uint32_t items);
void make_cobertura(struct maker *maker, uint32_t items);
void make_junit(struct maker *maker, uint32_t items);
void make_sarif(struct maker *maker, uint32_t items);
void make_eslint(struct maker *maker, uint32_t items);
void make_compiler(struct maker *maker, uint32_t items);

#endif
