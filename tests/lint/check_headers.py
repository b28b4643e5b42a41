#!/usr/bin/env python3
"""Checks that every header compiles alone: check_headers.py ROOT COMPILER [FOLDER...]

The folders are where the headers of libraries stand.
"""
import glob, os, subprocess, sys


def main():
    root, compiler = sys.argv[1:3]
    folders = ["-isystem" + folder for folder in sys.argv[3:]]
    headers = sorted(path for top in ("src/*/*.h", "collectors/*.h", "gates/*.h")
                     for path in glob.glob(os.path.join(root, top)))
    failed = 0
    for header in headers:
        run = subprocess.run([compiler, "-std=c17", "-fsyntax-only", "-D_XOPEN_SOURCE=700", "-Wall", "-Wextra",
                              "-Wpedantic", "-Werror", "-I" + os.path.join(root, "src"), "-I" + root,
                              *folders, "-include", header, "-x", "c", os.devnull], capture_output=True, text=True)
        if run.returncode != 0:
            failed += 1
            print(run.stderr.strip())
    print("%d headers, %d do not compile alone" % (len(headers), failed))
    return 1 if failed or not headers else 0


if __name__ == "__main__":
    sys.exit(main())
