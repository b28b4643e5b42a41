#!/usr/bin/env python3
"""Holds the escape functions against readers that are not ours: check_escape.py ESCAPE_LINES

Thousands of texts are put together from what Markdown, HTML, forges and CI runners act upon. As log lines they
go through a model of the runners' command readers; as Markdown they go through cmark-gfm, which must give back
one cell or item for each text, with the very text in it, no element but code, and nothing outside of code that
a forge would link, mention or replace. Exits 77 (skipped) without cmark-gfm.
"""
import html.parser, random, re, shutil, subprocess, sys

ATOMS = ["|", "`", "``", "```", "\\", "*", "**", "_", "__", "[", "]", "(", ")", "<", ">", "<b>", "<!--", "-->",
         "</details>", "&", "&amp;", "&#64;", "~", "~~", "@a", "@", "#1", "#", "##", "###", "!", "!7", "://",
         "http://x.y", "www.x.y", "a@b.cd", "mailto:a@b.cd", ":+1:", ":", "::", "$", "$x$", "$`", "%1", "^1", "\n",
         "\r", "\t", " ", "  ", "-", "+", "=", "1.", "1)", "GH-1", "a1b2c3d4", "x", "y z", "\u00e9",
         "\u65e5\u672c", "\u200b", "\u202e", "\x1b", "\u3000", "\u00a0", "/approve", "/", "'", '"', "{", "}", ",",
         ".", ";", "ftp://q.w", "xmpp:a@b.c", "==", "---", "\\|", "\\`", "- [ ]", "[x]:", "[^1]", "[^1]:",
         "::error::", "##[e]", "##vso[", "section_start:1", "section_end:1"]
BLANKS = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
LIVE = re.compile(r"@\w|(?<!\w)#\w|(?<![\w\\])GH-\d|://|www\.|\b(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{7,40}\b|:\+1:"
                  r"|[!~%$^]\w")
FORMATS = ["code", "code-cell", "prose", "prose-cell"]


def escape(program, mode, texts):
    given = "".join(text.encode().hex() + "\n" for text in texts)
    run = subprocess.run([program, mode], input=given.encode(), stdout=subprocess.PIPE, check=True)
    return run.stdout.decode("utf-8").split("\n")[:-1]


def commands(line):
    """What a runner would see when the line begins at any of its words."""
    starts = [at for at in range(len(line)) if at == 0 or line[at - 1] in BLANKS]
    found = [line[at:] for at in starts if line[at:].lstrip(BLANKS).startswith("::")]
    return found + re.findall(r"##[a-z]*\[|section_(?:start|end):|[\r\x1b]", line)


class Page(html.parser.HTMLParser):
    """The cells or items of a page: all text, text outside of code, and elements that should not be there."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.items, self.item, self.code = [], None, False

    def handle_starttag(self, tag, attributes):
        if tag in ("td", "li"):
            self.item = {"all": "", "plain": "", "tags": []}
        elif tag == "code":
            self.code = True
            self.item["plain"] += "\0"
        elif self.item is not None and tag != "p":
            self.item["tags"].append(tag)

    def handle_endtag(self, tag):
        if tag in ("td", "li"):
            self.items.append(self.item)
            self.item = None
        self.code = self.code and tag != "code"

    def handle_data(self, data):
        if self.item is not None:
            self.item["all"] += data
            self.item["plain"] += "" if self.code else data


def render(mode, escaped):
    if mode.endswith("-cell"):
        page = "|h|\n|---|\n" + "".join("| %s |\n" % text for text in escaped)
    else:
        page = "".join("- x: %s\n" % text for text in escaped)
    run = subprocess.run(["cmark-gfm", "--unsafe"] + [word for name in (
        "table", "strikethrough", "tasklist", "autolink", "footnotes") for word in ("-e", name)],
        input=page.encode(), stdout=subprocess.PIPE, check=True)
    parser = Page()
    parser.feed(run.stdout.decode("utf-8"))
    return parser.items


def reading(text):
    """Escaped text as a reader sees it, with what only one target escapes undone."""
    return re.sub(r"\s+", " ", text.replace("\\x3a", ":").replace("\\x3c!--", "<!--")).strip()


def main():
    if shutil.which("cmark-gfm") is None:
        print("cmark-gfm is not installed")
        return 77
    source = random.Random(20260101)
    texts = ["".join(source.choice(ATOMS) for _ in range(source.randint(1, 7))) for _ in range(6000)]
    program, wrong = sys.argv[1], []
    logs = escape(program, "text", texts)
    wrong += ["log %r: %s" % (text, commands(log)) for text, log in zip(texts, logs) if commands(log)]
    for mode in FORMATS:
        items = render(mode, escape(program, mode, texts))
        if len(items) != len(texts):
            wrong.append("%s: %d texts became %d" % (mode, len(texts), len(items)))
        for text, log, item in zip(texts, logs, items):
            want = ("" if mode.endswith("-cell") else "x: ") + log
            have = item["all"]
            if mode.startswith("prose"):  # what stands between backticks becomes code, which shows none
                have, want = have.replace("`", ""), want.replace("`", "")
            if reading(have) != reading(want) or item["tags"]:
                wrong.append("%s %r: reads %r %s" % (mode, text, item["all"], item["tags"]))
            if LIVE.search(item["plain"]):
                wrong.append("%s %r: live outside of code: %r" % (mode, text, item["plain"]))
    for line in wrong[:20]:
        print(line)
    print("%d texts, %d wrong" % (len(texts), len(wrong)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
