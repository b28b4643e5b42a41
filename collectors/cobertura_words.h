/* The names that the Cobertura reader knows, as numbers: elements first, then attributes. */
#ifndef TIDEGATE_COLLECTORS_COBERTURA_WORDS_H
#define TIDEGATE_COLLECTORS_COBERTURA_WORDS_H

/* cobertura.c has their spelling. */
enum cobertura_word {
    COVERAGE,
    SOURCE,
    CLASS,
    METHOD,
    LINE,
    PROJECT,
    FILE_ELEMENT,
    NAME,
    FILENAME,
    SIGNATURE,
    NUMBER,
    HITS,
    BRANCH,
    CONDITION_COVERAGE,
    LINE_RATE,
    LINES_VALID,
    LINES_COVERED,
    WORD_COUNT
};

#endif
