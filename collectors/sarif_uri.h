/* The path in a URI of a SARIF log. */
#ifndef TIDEGATE_COLLECTORS_SARIF_URI_H
#define TIDEGATE_COLLECTORS_SARIF_URI_H

#include "base/buf.h"

/* What is wrong with a URI or the path in it. */
enum sarif_oddity {
    SARIF_PATH_PLAIN,
    SARIF_PATH_SCHEME,  /* neither a file nor the web: kept as text, never a link */
    SARIF_PATH_ESCAPES, /* leaves the folder that it is relative to */
    SARIF_PATH_CONTROL  /* holds control characters; they stay percent-encoded */
};

/* The path in a URI. The result is the URI itself where nothing had to change, else it lives in
 * `out`, which is cleared first. */
struct span sarif_path_of(struct span uri, struct buf *out, enum sarif_oddity *oddity);

#endif
