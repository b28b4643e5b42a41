#!/usr/bin/env python3
"""Runs one case of the command line: run_cli.py TIDEGATE FOLDER

FOLDER holds run.sh, which runs in a fresh folder with `tidegate` on the PATH and $CASE naming FOLDER, and
expected.txt, what it must print on standard output and error together. In expected.txt `{*}` stands for any text
within a line and a line `{...}` for any number of lines. run.sh prints exit codes itself (`echo "exit $?"`).
"""
import os, re, shutil, subprocess, sys, tempfile

FOREIGN = ("GITHUB_", "GITLAB_", "CI", "GIT_", "BUILDKITE", "TF_", "JENKINS")


def matches(wanted, have):
    """Do the lines match, `{...}` taking any number of them?"""
    if not wanted:
        return not have
    if wanted[0] == "{...}":
        return any(matches(wanted[1:], have[skip:]) for skip in range(len(have) + 1))
    pattern = ".*".join(re.escape(part) for part in wanted[0].split("{*}"))
    return bool(have) and re.fullmatch(pattern, have[0]) is not None and matches(wanted[1:], have[1:])


def prepare(scratch, binary, folder):
    """Makes bin/tidegate and place/ below `scratch`; gives the environment that a case sees, the same everywhere."""
    tools = os.path.join(scratch, "bin")
    os.mkdir(tools)
    os.mkdir(os.path.join(scratch, "place"))
    os.symlink(binary, os.path.join(tools, "tidegate"))
    environment = {key: value for key, value in os.environ.items() if not key.startswith(FOREIGN)}
    environment.update(PATH=tools + os.pathsep + os.environ["PATH"], CASE=folder, HOME=scratch, LC_ALL="C.UTF-8",
                       GIT_AUTHOR_NAME="A", GIT_AUTHOR_EMAIL="a@example.org", GIT_COMMITTER_NAME="A",
                       GIT_COMMITTER_EMAIL="a@example.org", GIT_CONFIG_NOSYSTEM="1")
    return environment


def compare(folder, output):
    """The exit code: does the output match expected.txt?"""
    have = output.decode("utf-8", "replace").splitlines()
    with open(os.path.join(folder, "expected.txt"), encoding="utf-8") as file:
        wanted = file.read().splitlines()
    if matches(wanted, have):
        return 0
    print("wanted:\n%s\n\nhave:\n%s" % ("\n".join(wanted), "\n".join(have)))
    return 1


def main():
    binary, folder = (os.path.abspath(path) for path in sys.argv[1:3])
    scratch = tempfile.mkdtemp(prefix="tidegate-cli-")
    try:
        environment = prepare(scratch, binary, folder)
        run = subprocess.run(["sh", os.path.join(folder, "run.sh")], cwd=os.path.join(scratch, "place"),
                             env=environment, timeout=120, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             stdin=subprocess.DEVNULL)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return compare(folder, run.stdout)


if __name__ == "__main__":
    sys.exit(main())
