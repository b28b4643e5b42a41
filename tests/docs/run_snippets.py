#!/usr/bin/env python3
"""Runs what the documentation shows: run_snippets.py TIDEGATE ROOT [PAGE...]

Without PAGE: README.md and docs/*.md. The blocks of a page run in order, in one fresh copy of examples/shop (a git
repository with reports in build/). The fence says what a block is:

    ```console                      `$ command` lines and, below each, what it prints. `...` alone on a line stands for
                                    any lines, `…` within a line for any text. `# exit N` after the output demands
                                    that exit code, otherwise 0. `$ROOT` is the project's root.
    ```console fresh                the same, but first begins again with a fresh copy
    ```yaml policy                  a complete policy: the program must find no mistake in it
    ```yaml policy .tidegate.yml    the same, and it is put into this file for the commands that follow
    ```yaml mistake                 a policy with a mistake: the program must refuse it

Other fences are not looked at. Links from page to page, and to headings, must lead somewhere.
"""
import glob, os, re, shutil, subprocess, sys, tempfile

FENCE = re.compile(r"^```(?P<kind>console fresh|console|yaml policy|yaml mistake)(?: (?P<file>[^ \n]+))?\n"
                   r"(?P<body>.*?)^```$", re.M | re.S)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def matches(wanted, have):
    if not wanted:
        return not have
    if wanted[0].strip() == "...":
        return any(matches(wanted[1:], have[skip:]) for skip in range(len(have) + 1))
    pattern = ".*".join(re.escape(part) for part in wanted[0].rstrip().split("…"))
    return bool(have) and re.fullmatch(pattern, have[0].rstrip()) is not None and matches(wanted[1:], have[1:])


def steps(body, line):
    """Yields (line of the page, command, printed lines, exit code)."""
    command, printed, code, begin = None, [], 0, line
    for offset, text in enumerate(body.splitlines() + ["$ "]):
        if text.startswith("$ "):
            if command is not None:
                while printed and not printed[-1].strip():
                    printed.pop()
                yield begin, command, printed, code
            command, printed, code, begin = text[2:], [], 0, line + offset
        elif command is not None and command.endswith("\\"):
            command = command[:-1] + text.strip()
        elif re.fullmatch(r"# exit \d+", text):
            code = int(text.split()[2])
        else:
            printed.append(text)


class Page:
    def __init__(self, path, binary, root):
        self.path, self.root, self.count, self.failed = path, root, 0, 0
        self.text = open(path, encoding="utf-8").read()
        self.scratch = tempfile.mkdtemp(prefix="tidegate-docs-")
        self.place = os.path.join(self.scratch, "shop")
        os.mkdir(os.path.join(self.scratch, "bin"))
        os.symlink(binary, os.path.join(self.scratch, "bin", "tidegate"))
        self.environment = {key: value for key, value in os.environ.items()
                            if not key.startswith(("GITHUB_", "GITLAB_", "CI", "GIT_"))}
        self.environment.update(PATH=os.path.join(self.scratch, "bin") + os.pathsep + os.environ["PATH"],
                                HOME=self.scratch, LC_ALL="C.UTF-8", ROOT=root, GIT_CONFIG_NOSYSTEM="1", NO_COLOR="1")

    def fail(self, line, text):
        self.failed += 1
        print("%s:%d: %s\n" % (os.path.relpath(self.path, self.root), line, text))

    def begin_again(self):
        shutil.rmtree(self.place, ignore_errors=True)
        subprocess.run(["sh", os.path.join(self.root, "examples", "make-shop"), self.place], check=True,
                       env=self.environment, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)

    def run(self, command):
        done = subprocess.run(command, cwd=self.place, env=self.environment, timeout=60, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        have = done.stdout.decode("utf-8", "replace").splitlines()
        while have and not have[-1].strip():
            have.pop()
        return done.returncode, have

    def console(self, body, line):
        for begin, command, wanted, code in steps(body, line):
            self.count += 1
            got, have = self.run(["sh", "-c", command])
            if got != code or not matches(wanted, have):
                self.fail(begin, "$ %s\nexit %d, wanted %d\nwanted:\n%s\nhave:\n%s" %
                          (command, got, code, "\n".join(wanted), "\n".join(have)))

    def policy(self, body, line, good, file):
        self.count += 1
        path = os.path.join(self.place, file) if file else os.path.join(self.scratch, "policy.yml")
        with open(path, "w", encoding="utf-8") as out:
            out.write(body)
        _, have = self.run(["tidegate", "doctor", "--config", path])
        text = "\n".join(have)
        if not re.search(r"^ok +policy" if good else r"^BAD +policy +has mistakes", text, re.M):
            self.fail(line, "this policy is %s:\n%s" % ("refused" if good else "accepted", text))

    def links(self):
        for match in LINK.finditer(re.sub(r"^```.*?^```", lambda block: "\n" * block[0].count("\n"), self.text,
                                          flags=re.M | re.S)):
            target, _, anchor = match[1].partition("#")
            line = self.text.count("\n", 0, match.start()) + 1
            if ":" in target:
                continue
            self.count += 1
            path = os.path.join(os.path.dirname(self.path), target) if target else self.path
            if not os.path.exists(path):
                self.fail(line, "the link to %s leads nowhere" % match[1])
            elif anchor and anchor not in headings(path):
                self.fail(line, "there is no heading #%s in %s" % (anchor, target or "this page"))

    def check(self):
        try:
            self.begin_again()
            for match in FENCE.finditer(self.text):
                line = self.text.count("\n", 0, match.start()) + 2
                if match["kind"] == "console fresh":
                    self.begin_again()
                if match["kind"].startswith("console"):
                    self.console(match["body"], line)
                else:
                    self.policy(match["body"], line, match["kind"] == "yaml policy", match["file"])
            self.links()
        finally:
            shutil.rmtree(self.scratch, ignore_errors=True)
        return self.count, self.failed


def headings(path):
    """The anchors of a page's headings, as GitHub and GitLab make them."""
    text = re.sub(r"^```.*?^```", "", open(path, encoding="utf-8").read(), flags=re.M | re.S)
    return {re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")
            for title in re.findall(r"^#+ (.*)$", text, re.M)}


def main():
    binary, root = (os.path.abspath(path) for path in sys.argv[1:3])
    pages = [os.path.abspath(path) for path in sys.argv[3:]]
    total = bad = 0
    for path in pages or [os.path.join(root, "README.md")] + sorted(glob.glob(os.path.join(root, "docs", "*.md"))):
        count, failed = Page(path, binary, root).check()
        total += count
        bad += failed
    print("%d commands, policies and links, %d failed" % (total, bad))
    return 1 if bad or not total else 0


if __name__ == "__main__":
    sys.exit(main())
