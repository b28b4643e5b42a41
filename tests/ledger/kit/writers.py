#!/usr/bin/env python3
"""Many writers at once: writers.py URL [--clone URL] [--writers N] [--records N] [--kill PERCENT] [--deadline SECONDS]

Every writer has a clone of its own, of URL or of another address of the same repository, makes one commit after the other, and records each with `tidegate record`
as a job of a push to main does. With --kill that share of the records is killed at a random moment and then run
again, as a retried job. Prints what every record that did not succeed said. TIDEGATE_RECORDS is the default of N for
--records.
"""
import argparse, os, random, signal, subprocess, sys, threading, time

REPORT = '<testsuites><testsuite name="s" tests="1"><testcase classname="c" name="t"/></testsuite></testsuites>\n'


class Writer(threading.Thread):
    def __init__(self, number, options):
        super().__init__()
        self.number, self.options = number, options
        self.folder = os.path.abspath("writer%d" % number)
        self.good, self.killed, self.complaints = 0, 0, []
        self.random = random.Random(number)
        self.environment = dict(os.environ, CI="true", GITHUB_ACTIONS="true", GITHUB_EVENT_NAME="push",
                                GITHUB_REF="refs/heads/main")

    def git(self, *words):
        subprocess.run(["git", "-C", self.folder, *words], check=True)

    def record(self, output):
        return subprocess.Popen(["tidegate", "record", "-q", "--deadline", str(self.options.deadline)], cwd=self.folder,
                                env=self.environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)

    def record_and_kill(self, longest):
        """A job that is cancelled: with all that it started, or alone, so that a push goes on behind its back."""
        run = self.record(subprocess.DEVNULL)
        time.sleep(self.random.uniform(0, longest))
        if run.poll() is None:
            (os.killpg if self.random.randrange(2) else os.kill)(run.pid, signal.SIGKILL)
            self.killed += 1
        run.wait()

    def run(self):
        subprocess.run(["git", "clone", "-q", "--depth=1",
                        self.options.clone or self.options.url, self.folder], check=True)
        self.git("remote", "set-url", "origin", self.options.url)
        os.makedirs(os.path.join(self.folder, "build"), exist_ok=True)
        with open(os.path.join(self.folder, "build", "junit.xml"), "w", encoding="utf-8") as file:
            file.write(REPORT)
        longest = 0.3
        for number in range(self.options.records):
            self.git("commit", "-q", "--allow-empty", "-m", "commit %d of writer %d" % (number, self.number))
            while self.random.randrange(100) < self.options.kill:
                self.record_and_kill(longest)
            start = time.monotonic()
            run = self.record(subprocess.PIPE)
            output = run.communicate()[0].decode("utf-8", "replace")
            longest = max(0.05, time.monotonic() - start)
            if run.returncode == 0:
                self.good += 1
            else:
                self.complaints.append("writer %d, record %d: exit %d\n%s" % (self.number, number, run.returncode, output))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--clone")
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--records", type=int, default=int(os.environ.get("TIDEGATE_RECORDS", "3")))
    parser.add_argument("--kill", type=int, default=0)
    parser.add_argument("--deadline", type=int, default=300)
    options = parser.parse_args()
    writers = [Writer(number, options) for number in range(options.writers)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        sys.stdout.write("".join(writer.complaints))
    if sum(writer.good for writer in writers) == options.writers * options.records:
        print("every record succeeded")
    if options.kill and not sum(writer.killed for writer in writers):
        print("nobody was killed")


if __name__ == "__main__":
    main()
