/* Coverage reports: the same kind of source file as an LCOV tracefile and as Cobertura XML.
 *
 * Lengths are those of real tracefiles: some 11 bytes for a DA line, 16 for a BRDA, 28 for an
 * FN. */
#include "generate.h"

#include <inttypes.h>

enum { BODY_LEAST = 6, BODY_SPREAD = 40, BRANCHES_MOST = 8 };

struct line {
    uint32_t number, hits;
    uint32_t branches,
        taken; /* how many edges, and how many of them, from the first on, were taken */
};

struct function {
    char name[48];
    uint32_t start, hits;
    size_t first_line, last_line; /* in the lines of the source */
};

struct source {
    char path[128];
    struct function functions[FUNCTIONS_MOST];
    size_t function_count;
    struct line lines[FUNCTIONS_MOST * (BODY_LEAST + BODY_SPREAD)];
    size_t line_count;
};

/* The lines of a function run as often as it was called, but for branches that were not entered. */
static void make_lines(struct maker *maker, struct source *source, struct function *function,
                       uint32_t length)
{
    uint32_t hits = function->hits;
    function->first_line = source->line_count;
    for (uint32_t i = 0; i < length; i++) {
        struct line *line = &source->lines[source->line_count];
        if (chance(maker, 35)) {
            continue; /* blank, a comment, or the rest of a statement */
        }
        if (chance(maker, 12)) {
            hits = chance(maker, 70) ? function->hits : function->hits / (1 + below(maker, 9));
        }
        *line = (struct line){.number = function->start + i, .hits = hits};
        if (chance(maker, 15)) {
            line->branches = chance(maker, 85) ? 2 : 3 + below(maker, BRANCHES_MOST - 2);
            line->taken = hits > 0 ? 1 + below(maker, line->branches) : 0;
        }
        source->line_count++;
    }
    function->last_line = source->line_count;
}

static void count_source(struct totals *totals, const struct source *source)
{
    totals->files++;
    for (size_t i = 0; i < source->line_count; i++) {
        const struct line *line = &source->lines[i];
        totals->lines.total++;
        totals->lines.covered += line->hits > 0;
        totals->branches.total += line->branches;
        totals->branches.covered += line->taken;
    }
}

static void make_source(struct maker *maker, struct source *source, uint32_t number)
{
    uint32_t next = 3 + below(maker, 40);
    source->function_count = 1 + below(maker, maker->functions);
    source->line_count = 0;
    path_of(number, source->path, sizeof(source->path));
    for (size_t i = 0; i < source->function_count; i++) {
        struct function *function = &source->functions[i];
        uint32_t length = BODY_LEAST + below(maker, BODY_SPREAD);
        uint32_t scale = 1 + below(maker, 9);
        struct draw drawn = draw(maker);
        function->start = next;
        function->hits =
            chance(maker, 20) ? 0 : 1 + below(maker, scale * scale * scale * scale * scale);
        snprintf(function->name, sizeof(function->name), "%s_%s_%s_%zu", drawn.word[0],
                 drawn.word[1], drawn.word[2], i);
        make_lines(maker, source, function, length);
        next += length + 1 + below(maker, 4);
    }
    count_source(&maker->totals, source);
}

/* ---- LCOV ---- */

static void write_functions(struct maker *maker, const struct source *source)
{
    size_t hit = 0;
    for (size_t i = 0; i < source->function_count; i++) {
        fprintf(maker->out, "FN:%" PRIu32 ",%s\n", source->functions[i].start,
                source->functions[i].name);
    }
    for (size_t i = 0; i < source->function_count; i++) {
        fprintf(maker->out, "FNDA:%" PRIu32 ",%s\n", source->functions[i].hits,
                source->functions[i].name);
        hit += source->functions[i].hits > 0;
    }
    fprintf(maker->out, "FNF:%zu\nFNH:%zu\n", source->function_count, hit);
    maker->totals.functions.total += source->function_count;
    maker->totals.functions.covered += hit;
}

static void write_branches(struct maker *maker, const struct line *line)
{
    for (uint32_t branch = 0; branch < line->branches; branch++) {
        fprintf(maker->out, "BRDA:%" PRIu32 ",0,%" PRIu32 ",", line->number, branch);
        if (line->hits == 0) {
            fputs("-\n", maker->out);
        } else {
            fprintf(maker->out, "%" PRIu32 "\n", branch < line->taken ? line->hits : 0);
        }
    }
}

void make_lcov(struct maker *maker, uint32_t items)
{
    static struct source source;
    for (uint32_t number = 0; number < items; number++) {
        size_t hit = 0;
        make_source(maker, &source, number);
        fprintf(maker->out, "TN:\nSF:%s\n", source.path);
        write_functions(maker, &source);
        for (size_t i = 0; i < source.line_count; i++) {
            write_branches(maker, &source.lines[i]);
        }
        for (size_t i = 0; i < source.line_count; i++) {
            fprintf(maker->out, "DA:%" PRIu32 ",%" PRIu32 "\n", source.lines[i].number,
                    source.lines[i].hits);
            hit += source.lines[i].hits > 0;
        }
        fprintf(maker->out, "LF:%zu\nLH:%zu\nend_of_record\n", source.line_count, hit);
    }
}

/* ---- Cobertura ---- */

static void write_line(struct maker *maker, const struct line *line)
{
    fprintf(maker->out, "\t\t\t\t\t\t<line number=\"%" PRIu32 "\" hits=\"%" PRIu32 "\"",
            line->number, line->hits);
    if (line->branches > 0) {
        fprintf(maker->out,
                " branch=\"true\" condition-coverage=\"%" PRIu32 "%% (%" PRIu32 "/%" PRIu32 ")\"",
                100 * line->taken / line->branches, line->taken, line->branches);
    }
    fputs("/>\n", maker->out);
}

void make_cobertura(struct maker *maker, uint32_t items)
{
    static struct source source;
    fputs("<?xml version=\"1.0\" ?>\n<coverage version=\"7.4.0\" timestamp=\"1700000000000\" "
          "complexity=\"0\">\n\t<sources>\n\t\t<source>.</source>\n\t</sources>\n\t<packages>\n"
          "\t\t<package name=\"src\" line-rate=\"0\" branch-rate=\"0\" complexity=\"0\">\n"
          "\t\t\t<classes>\n",
          maker->out);
    for (uint32_t number = 0; number < items; number++) {
        make_source(maker, &source, number);
        fprintf(maker->out,
                "\t\t\t\t<class name=\"%s_%" PRIu32 "\" filename=\"%s\" complexity=\"0\" "
                "line-rate=\"0\" branch-rate=\"0\">\n\t\t\t\t\t<methods/>\n\t\t\t\t\t<lines>\n",
                draw(maker).word[0], number, source.path);
        for (size_t i = 0; i < source.line_count; i++) {
            write_line(maker, &source.lines[i]);
        }
        fputs("\t\t\t\t\t</lines>\n\t\t\t\t</class>\n", maker->out);
    }
    fputs("\t\t\t</classes>\n\t\t</package>\n\t</packages>\n</coverage>\n", maker->out);
}
