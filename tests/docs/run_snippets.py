#!/usr/bin/env python3
"""Runs what the documentation shows: run_snippets.py TIDEGATE ROOT

In README.md and docs/*.md a fenced block whose first line is

    ```console

holds commands after `$ ` and, below each, what it prints. All blocks of one page run in order in one fresh copy of
examples/shop (a git repository with reports in it). Printed lines are compared; `...` alone on a line stands
for any number of lines, `…` within a line for any text. A line `# exit N` after the output demands that code,
otherwise 0. Blocks fenced as ```yaml policy are checked by `tidegate check` for mistakes in the policy.
"""
import glob, os, re, shutil, subprocess, sys, tempfile


def matches(wanted, have):
    if not wanted:
        return not have
    if wanted[0].strip() == "...":
        return any(matches(wanted[1:], have[skip:]) for skip in range(len(have) + 1))
    pattern = ".*".join(re.escape(part) for part in wanted[0].rstrip().split("…"))
    return bool(have) and re.fullmatch(pattern, have[0].rstrip()) is not None and matches(wanted[1:], have[1:])


def blocks(text, kind):
    return re.findall(r"^```%s\n(.*?)^```" % kind, text, re.M | re.S)


def steps(block):
    """Yields (command, printed lines, exit code)."""
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, printed = part.partition("\n")
        while command.endswith("\\"):
            more, _, printed = printed.partition("\n")
            command = command[:-1] + more.strip()
        lines, code = [], 0
        for line in printed.splitlines():
            match = re.fullmatch(r"# exit (\d+)", line)
            if match:
                code = int(match.group(1))
            else:
                lines.append(line)
        yield command, lines, code


def run_page(path, binary, root):
    failed = count = 0
    text = open(path, encoding="utf-8").read()
    scratch = tempfile.mkdtemp(prefix="tidegate-docs-")
    try:
        os.mkdir(os.path.join(scratch, "bin"))
        os.symlink(binary, os.path.join(scratch, "bin", "tidegate"))
        environment = {key: value for key, value in os.environ.items()
                       if not key.startswith(("GITHUB_", "GITLAB_", "CI", "GIT_"))}
        environment.update(PATH=os.path.join(scratch, "bin") + os.pathsep + os.environ["PATH"], HOME=scratch,
                           LC_ALL="C.UTF-8", ROOT=root, GIT_CONFIG_NOSYSTEM="1", NO_COLOR="1")
        place = os.path.join(scratch, "shop")
        subprocess.run(["sh", os.path.join(root, "examples", "make-shop"), place], check=True, env=environment,
                       stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        for block in blocks(text, "console"):
            for command, wanted, code in steps(block):
                count += 1
                run = subprocess.run(["sh", "-c", command], cwd=place, env=environment, timeout=60,
                                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
                have = run.stdout.decode("utf-8", "replace").splitlines()
                while have and not have[-1].strip():
                    have.pop()
                while wanted and not wanted[-1].strip():
                    wanted.pop()
                if run.returncode != code or not matches(wanted, have):
                    failed += 1
                    print("%s: $ %s\nexit %d, wanted %d\nwanted:\n%s\nhave:\n%s\n" %
                          (path, command, run.returncode, code, "\n".join(wanted), "\n".join(have)))
        for index, policy in enumerate(blocks(text, "yaml policy")):
            count += 1
            file = os.path.join(scratch, "policy-%d.yml" % index)
            open(file, "w", encoding="utf-8").write(policy)
            run = subprocess.run(["tidegate", "doctor", "--config", file], cwd=place, env=environment, timeout=60,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
            if b"has mistakes" in run.stdout:
                failed += 1
                print("%s: a policy in the page is refused:\n%s\n%s" % (path, policy, run.stdout.decode()))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return count, failed


def main():
    binary, root = (os.path.abspath(path) for path in sys.argv[1:3])
    total = bad = 0
    for path in [os.path.join(root, "README.md")] + sorted(glob.glob(os.path.join(root, "docs", "*.md"))):
        count, failed = run_page(path, binary, root)
        total += count
        bad += failed
    print("%d commands and policies, %d failed" % (total, bad))
    return 1 if bad or not total else 0


if __name__ == "__main__":
    sys.exit(main())
