#!/usr/bin/env python3
"""Checks that every page of docs/ that the sources name is there, in what they say to people above all: check_pages.py ROOT
"""
import glob, os, re, sys


def main():
    root = sys.argv[1]
    named = 0
    missing = []
    for top in ("src/*/*", "collectors/*", "gates/*"):
        for path in sorted(glob.glob(os.path.join(root, top))):
            with open(path, encoding="utf-8") as file:
                for number, line in enumerate(file, 1):
                    for page in re.findall(r"docs/[a-z0-9/-]+\.md", line):
                        named += 1
                        if not os.path.exists(os.path.join(root, page)):
                            missing.append("%s:%d: there is no %s" % (os.path.relpath(path, root), number, page))
    print("\n".join(missing + ["%d pages named, %d missing" % (named, len(missing))]))
    return 1 if missing or named == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
