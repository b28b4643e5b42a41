#!/usr/bin/env python3
"""Runs one case of the ledger and its remote: run_ledger.py TIDEGATE FOLDER

Like run_cli.py, with $KIT naming tests/ledger/kit (servers and helpers: `. "$KIT/kit.sh"`). Standard error of the
servers and of git belongs to the output too. What a case starts in the background is ended with it. With
TIDEGATE_KEEP set, the folder of the case is kept and its name printed. A case that cannot run here exits with 77.
"""
import os, shutil, signal, subprocess, sys, tempfile

import run_cli

LONGEST = 600  # seconds
SKIPPED = 77


def end_group(group):
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass


def main():
    binary, folder = (os.path.abspath(path) for path in sys.argv[1:3])
    scratch = tempfile.mkdtemp(prefix="tidegate-ledger-")
    environment = run_cli.prepare(scratch, binary, folder)
    for name in [name for name in environment if name.lower().endswith("_proxy")]:
        del environment[name]
    environment["KIT"] = os.path.join(os.path.dirname(folder), "kit")
    output = os.path.join(scratch, "output")
    try:
        with open(output, "wb") as file:
            run = subprocess.Popen(["sh", os.path.join(folder, "run.sh")], cwd=os.path.join(scratch, "place"),
                                   env=environment, stdout=file, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                   start_new_session=True)
            try:
                run.wait(LONGEST)
            finally:
                end_group(run.pid)
        if run.returncode == SKIPPED:
            return SKIPPED
        with open(output, "rb") as file:
            return run_cli.compare(folder, file.read())
    finally:
        if os.environ.get("TIDEGATE_KEEP"):
            print("kept: " + scratch)
        else:
            shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
