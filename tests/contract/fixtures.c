/* Walking tests/collect/FORMAT/CASE/input.*. */
#include "fixtures.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *join(const char *folder, const char *name)
{
    struct buf path;
    buf_init(&path);
    buf_add_format(&path, "%s/%s", folder, name);
    char *text = strdup(buf_text(&path));
    buf_release(&path);
    return text;
}

void fixture_read(const char *path, struct buf *content)
{
    char piece[65536];
    size_t got = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "cannot read %s\n", path);
        abort();
    }
    while ((got = fread(piece, 1, sizeof(piece), file)) > 0) {
        buf_add(content, span_make(piece, got));
    }
    fclose(file);
}

/* expected.json is ours and small: a plain search tells whether it names a state other than ok. */
static bool names_bad_state(const char *folder)
{
    struct buf text;
    char *path = join(folder, "expected.json");
    buf_init(&text);
    fixture_read(path, &text);
    bool has_state = span_find_text(buf_span(&text), "\"state\"") != SIZE_MAX;
    bool ok = span_find_text(buf_span(&text), "\"state\": \"ok\"") != SIZE_MAX;
    buf_release(&text);
    free(path);
    return has_state && !ok;
}

static void find_in_case(const char *folder, const char *format, struct vec *fixtures)
{
    DIR *entries = opendir(folder);
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        if (strncmp(entry->d_name, "input.", 6) == 0) {
            struct fixture *fixture = vec_add(fixtures);
            fixture->format = strdup(format);
            fixture->path = join(folder, entry->d_name);
            fixture->refused = names_bad_state(folder);
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
}

static void find_in_format(const char *folder, const char *format, struct vec *fixtures)
{
    DIR *entries = opendir(folder);
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        if (entry->d_name[0] != '.') {
            char *path = join(folder, entry->d_name);
            find_in_case(path, format, fixtures);
            free(path);
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
}

static int compare(const void *left, const void *right)
{
    return strcmp(((const struct fixture *)left)->path, ((const struct fixture *)right)->path);
}

void fixtures_find(const char *folder, struct vec *fixtures)
{
    DIR *entries = opendir(folder);
    vec_init(fixtures, sizeof(struct fixture));
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        if (entry->d_name[0] != '.') {
            char *path = join(folder, entry->d_name);
            find_in_format(path, entry->d_name, fixtures);
            free(path);
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
    vec_sort(fixtures, compare);
}

void fixtures_release(struct vec *fixtures)
{
    for (size_t index = 0; index < fixtures->count; index++) {
        struct fixture *fixture = vec_at(fixtures, index);
        free(fixture->format);
        free(fixture->path);
    }
    vec_release(fixtures);
}
