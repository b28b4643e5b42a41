/* Lines of Trivy's messages -> facts. Vulnerabilities begin with `Package:`, all others with
 * `Artifact:`; one line in the middle has no name: the id, or the title of a secret. */
#include "collectors/sarif_trivy.h"

#include "collectors/sarif_severity.h"

bool sarif_trivy_is_tool(struct span name)
{
    return span_is_caseless(name, "trivy");
}

/* If the line begins with `name`, the rest without blanks in *value. */
__attribute__((always_inline)) static inline bool line_is(struct span line, const char *name,
                                                          struct span *value)
{
    if (!span_starts(line, name)) {
        return false;
    }
    *value = span_trim(span_from(line, strlen(name)));
    return true;
}

/* The label of a vulnerability alone: looks for its line by the first letter, which is rare. */
static uint8_t find_label(struct span message)
{
    struct span rest = message;
    for (size_t at = span_find(rest, 'S'); at != SIZE_MAX; at = span_find(rest, 'S')) {
        struct span value;
        rest = span_from(rest, at);
        if (rest.data > message.data && rest.data[-1] == '\n' &&
            line_is(span_until(rest, span_find(rest, '\n')), "Severity:", &value)) {
            return sarif_label_of(value);
        }
        rest = span_from(rest, 1);
    }
    return 0;
}

/* The lines of a vulnerability. */
static void read_package_line(struct sarif_trivy *facts, struct span line)
{
    struct span value;
    if (line_is(line, "Severity:", &value)) {
        facts->label = sarif_label_of(value);
    } else if (!line_is(line, "Installed Version:", &facts->version)) {
        line_is(line, "Fixed Version:", &facts->fixed_version);
    }
}

/* The lines of a misconfiguration, secret or licence. False behind the last line that is not free
 * text. */
static bool read_artifact_line(struct sarif_trivy *facts, struct span line)
{
    struct span value;
    if (line_is(line, "Severity:", &value)) {
        facts->label = sarif_label_of(value);
    } else if (line_is(line, "Message:", &value)) {
        facts->passed = span_is(value, "No issues found");
        facts->title = value;
        return false;
    } else if (span_starts(line, "Match:")) {
        return false; /* what follows may be a secret */
    } else if (!line_is(line, "PkgName:", &facts->package) && !span_starts(line, "Type:") &&
               !span_starts(line, "Classification:") && !span_starts(line, "Path:") &&
               facts->title.size == 0) {
        facts->title = line;
    }
    return true;
}

struct sarif_trivy sarif_trivy_read(struct span message, bool all)
{
    struct sarif_trivy facts = {.label = 0};
    struct span rest = message;
    struct span artifact;
    if (!all && span_starts(message, "Package:")) {
        facts.label = find_label(message);
        return facts;
    }
    struct span first = span_cut(&rest, '\n');
    if (line_is(first, "Package:", &facts.package)) {
        while (rest.size > 0) {
            read_package_line(&facts, span_cut(&rest, '\n'));
        }
    } else if (line_is(first, "Artifact:", &artifact)) {
        while (rest.size > 0 && read_artifact_line(&facts, span_trim(span_cut(&rest, '\n')))) {
        }
    }
    return facts;
}
