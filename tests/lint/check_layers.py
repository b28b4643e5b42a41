#!/usr/bin/env python3
"""Checks who includes whom: check_layers.py ROOT

Layers (docs/architecture.md): base < model < {collectors measure policy gates ledger render} < cli. A file may
include its own layer and lower ones, never a sibling. Each library is known to few files. Prints each breach.
"""
import os, re, sys

LEVEL = {"base": 0, "model": 1, "collectors": 2, "measure": 2, "policy": 2, "gates": 2, "ledger": 2, "render": 2, "cli": 3}
LIBRARIES = {                                   # header pattern -> files that may know it
    r"libxml/": r"src/base/xml_[a-z_]+\.[ch]$",
    r"(cjson/)?cJSON\.h": r"src/base/json_tree\.c$",
    r"git2": r"src/ledger/git_[a-z_]+\.[ch]$",
    r"libfyaml\.h": r"src/policy/[a-z_]+\.[ch]$",
    r"zlib\.h": r"src/(base/(input_unpacked|gzip_write)|ledger/git_loose)\.c$",
    r"xxhash\.h": r"src/base/(hash|input)\.c$",
    r"utf8proc\.h": r"src/base/utf8\.c$",
}
PURE = ("measure", "gates", "render")           # no I/O, clock, environment, locale
IMPURE = re.compile(r"<(time|locale|unistd|fcntl|dirent|sys/[a-z]+|math|errno)\.h>")
CALLS = re.compile(r"\b(printf|fprintf|puts|fputs|putchar|fopen|fwrite|fread|getenv|time|system|setlocale)\s*\(")
FLOAT = re.compile(r"\b(float|double|strtod|atof)\b")


def layer_of(path):
    parts = path.split(os.sep)
    return parts[1] if parts[0] == "src" else parts[0]


def sources(root):
    for top in ("src", "collectors", "gates"):
        for folder, _, files in os.walk(os.path.join(root, top)):
            for name in sorted(files):
                if name.endswith((".c", ".h", ".def")):
                    yield os.path.relpath(os.path.join(folder, name), root)


def without_comments(text):
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    return re.sub(r'"(\\.|[^"\\\n])*"', '""', text)


def main():
    root = sys.argv[1]
    breaches, names = [], {}
    for path in sources(root):
        layer = layer_of(path)
        text = open(os.path.join(root, path), encoding="utf-8").read()
        base = os.path.basename(path)
        if base.endswith(".c"):
            if base in names:
                breaches.append("%s: %s has the same name" % (path, names[base]))
            names[base] = path
        for header in re.findall(r'^\s*#include\s+"([^"]+)"', text, re.M):
            first = header.split("/")[0] if "/" in header else layer
            if first not in LEVEL:
                continue
            if LEVEL[first] > LEVEL[layer] or (LEVEL[first] == LEVEL[layer] and first != layer):
                breaches.append("%s includes %s: %s may not know %s" % (path, header, layer, first))
        for header in re.findall(r"^\s*#include\s+[<\"]([^>\"]+)[>\"]", text, re.M):
            for pattern, allowed in LIBRARIES.items():
                if re.match(pattern, header) and not re.match(allowed, path):
                    breaches.append("%s includes <%s>, which belongs to %s" % (path, header, allowed))
        if layer in PURE:
            for match in IMPURE.findall(text):
                breaches.append("%s includes <%s.h>, but %s is pure" % (path, match, layer))
            for match in CALLS.findall(without_comments(text)):
                breaches.append("%s calls %s, but %s is pure" % (path, match, layer))
        for match in FLOAT.findall(without_comments(text)):
            breaches.append("%s uses %s: decisions are exact" % (path, match))
    for line in breaches:
        print(line)
    print("%d files, %d breaches" % (len(names), len(breaches)))
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
