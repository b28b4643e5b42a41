/* The verdict as GitHub Flavored Markdown, for a job summary or a comment on a change: the
 * verdict first, in words; then one table of everything that did not pass; then how to mend it;
 * the rest is folded. At most 60,000 bytes, because GitHub refuses comments of more than 65,536
 * characters: folded sections are left out from the end, never cut inside, and a note says so.
 * All foreign text passes through escape.h; names and paths become code spans. */
#include "render/renderer.h"

#include "render/figures.h"
#include "render/markdown_parts.h"
#include "render/verdict_view.h"

enum { PAGE_BYTES = 60000, SECTIONS = 5, CARRIED = 20 };

static void add_head(struct buf *out, const struct scene *scene)
{
    struct buf text = {0};
    buf_add_text(out, "<!-- tidegate:comment v1 -->\n");
    if (scene->verdict != NULL) {
        bool open = verdict_view_open(scene->verdict);
        verdict_view_headline(&text, scene->verdict);
        buf_add_format(out, "### %s: ", open ? "\u2713 Gate open" : "\u2717 Gate closed");
        markdown_take_prose(out, &text, ESCAPE_LINE);
        buf_add_byte(out, '\n');
        markdown_broken(out, scene);
        markdown_remedies(out, scene);
        markdown_policy_change(out, scene);
    }
    markdown_trouble(out, scene);
    buf_release(&text);
}

/* Groups whose values are those of an earlier run. */
static void add_carried(struct buf *out, const struct scene *scene)
{
    struct markdown_list list;
    struct buf lines = {0};
    struct buf text = {0};
    markdown_list_open(&list, &lines, CARRIED, MARKDOWN_SECTION / 2);
    for (size_t index = 0; verdict_view_carried(&text, scene->snapshot, &index);) {
        buf_add_text(&list.item, "- ");
        markdown_take_prose(&list.item, &text, ESCAPE_LINE);
        buf_add_byte(&list.item, '\n');
        markdown_list_take(&list);
    }
    markdown_list_close(&list, 0, "- ");
    buf_add_text(out, lines.size > 0 ? "\nNot measured in this run:\n\n" : "");
    buf_add(out, buf_span(&lines));
    buf_release(&lines);
    buf_release(&text);
}

static void add_foot(struct buf *out, const struct scene *scene)
{
    struct buf text = {0};
    if (scene->unresolved != NULL) {
        buf_add_text(out, "\nPaths: ");
        markdown_add_sentence(out, scene->unresolved, ESCAPE_LINE);
        buf_add_byte(out, '\n');
    }
    if (scene->left_out != NULL) {
        buf_add_text(out, "\nLeft out: ");
        markdown_add_sentence(out, scene->left_out, ESCAPE_LINE);
        buf_add_byte(out, '\n');
    }
    add_carried(out, scene);
    if (scene->baseline != NULL) {
        verdict_view_baseline(&text, scene->baseline);
        buf_add_text(out, "\nBaseline: ");
        markdown_take_prose(out, &text, ESCAPE_LINE);
        buf_add_byte(out, '\n');
    }
    verdict_view_policy(&text, scene->policy, scene->policy_change);
    if (text.size > 0) {
        buf_add_text(out, "\nPolicy: ");
        markdown_take_prose(out, &text, ESCAPE_LINE);
        buf_add_byte(out, '\n');
    }
    buf_add_format(out, "\n<sub>tidegate %s", scene->program_version);
    if (scene->snapshot != NULL && scene->snapshot->commit != NULL) {
        struct span commit = name_span(scene->snapshot->commit);
        buf_add_text(out, ", commit ");
        escape_add_code(out, span_until(commit, FIGURES_ID), 0, ESCAPE_LINE);
    }
    if (scene->verdict != NULL) {
        buf_add_format(out, ", exit code %d", (int)scene->verdict->exit_code);
    }
    buf_add_text(out, "</sub>\n");
    buf_release(&text);
}

/* The most wanted first: what does not fit is left out from the end. */
static void fill_sections(struct buf sections[SECTIONS], const struct scene *scene)
{
    struct details details;
    details_open(&details, scene->reports);
    markdown_failed_tests(&sections[0], &details);
    markdown_findings(&sections[1], &details);
    if (scene->verdict != NULL) {
        markdown_passed(&sections[2], scene);
    }
    markdown_metrics(&sections[3], scene);
    markdown_reports(&sections[4], scene);
    details_close(&details);
}

static void render(const struct scene *scene, struct buf *out)
{
    static const char note[] = "\nSections were left out to keep this page short; the text and "
                               "JSON outputs hold everything.\n";
    struct buf head = {0};
    struct buf foot = {0};
    struct buf sections[SECTIONS] = {{0}};
    add_head(&head, scene);
    add_foot(&foot, scene);
    fill_sections(sections, scene);
    size_t size = head.size + foot.size + sizeof(note) - 1;
    bool left_out = false;
    buf_add(out, buf_span(&head));
    for (size_t i = 0; i < SECTIONS; i++) {
        left_out = left_out || size + sections[i].size > PAGE_BYTES;
        if (!left_out) {
            buf_add(out, buf_span(&sections[i]));
            size += sections[i].size;
        }
        buf_release(&sections[i]);
    }
    buf_add_text(out, left_out ? note : "");
    buf_add(out, buf_span(&foot));
    buf_release(&head);
    buf_release(&foot);
}

const struct renderer renderer_markdown = {
    .name = "markdown",
    .title = "Markdown for job summaries and comments",
    .media_type = "text/markdown; charset=utf-8",
    .file_name = "tidegate.md",
    .render = render,
};
