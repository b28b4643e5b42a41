#!/usr/bin/env python3
"""Shards are one run: splits reports at random and merges the partial snapshots in a random order.

usage: tests/shards/merge.py [--rounds N] [--seed N] [--generate PROGRAM] TIDEGATE [FOLDER]

Each round deals whole reports out to 1 to 16 jobs, each of which writes a partial snapshot; the snapshots are merged
in any order, some of them by way of other snapshots. Wanted are

- the same partial snapshot of the whole as a single run over all reports writes, byte for byte: all facts;
- the same metrics and messages of `tidegate collect --json`, byte for byte, and the same sources, in any order.

FOLDER: all files below it are reports, also the damaged ones; then once more only those that can be used, because
one damaged report leaves no value in any metric. With --generate (tests/bench/generate) reports are made up: of each
format several that speak of the same files; and one big LCOV tracefile and one JUnit report are dealt out record by
record, so that a line, branch or function is in any number of shards, and only in one of them as ran. Then only
metrics can be the same. The seed is printed; a round of it is the same everywhere.
"""
import argparse, json, os, random, re, shutil, subprocess, sys, tempfile

PARTS_MOST = 16


class Failure(Exception):
    pass


class Tool:
    def __init__(self, program, scratch):
        self.program, self.scratch, self.count = os.path.abspath(program), scratch, 0

    def run(self, arguments, folder):
        done = subprocess.run([self.program, "collect"] + arguments, cwd=folder, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=600)
        if done.returncode not in (0, 3):
            raise Failure("exit %d: %s" % (done.returncode, done.stderr.decode("utf-8", "replace")[-600:]))
        return done.stdout

    def partial(self, reports, folder):
        """Writes the partial snapshot of these reports and returns its path."""
        self.count += 1
        path = os.path.join(self.scratch, "%d.partial" % self.count)
        self.run(["--quiet", "--out", path] + reports, folder)
        return path

    def document(self, reports, folder):
        """What `collect --json` says: its text behind the sources, and the sources, sorted."""
        text = self.run(["--json"] + reports, folder).decode("utf-8")
        sources = sorted(json.dumps(source, sort_keys=True) for source in json.loads(text)["sources"])
        return text[text.rindex("\n  \"metrics\""):], sources


def bytes_of(path):
    with open(path, "rb") as file:
        return file.read()


def merged(tool, dice, shards, folder):
    """The partial snapshots in another order, some of them collected into others."""
    shards = list(shards)
    dice.shuffle(shards)
    while len(shards) > 1 and dice.random() < 0.4:
        size = dice.randint(2, min(4, len(shards)))
        shards = shards[size:] + [tool.partial(shards[:size], folder)]
        dice.shuffle(shards)
    return shards


def deal(dice, reports):
    """The reports in 1 to 16 heaps, none of them empty."""
    heaps = [[] for _ in range(dice.randint(1, PARTS_MOST))]
    for report in reports:
        dice.choice(heaps).append(report)
    for heap in heaps:
        dice.shuffle(heap)
    return [heap for heap in heaps if heap]


def difference(wanted, have):
    wanted, have = wanted.splitlines(), have.splitlines()
    pairs = [pair for pair in zip(wanted, have) if pair[0] != pair[1]]
    return "\n".join("wanted %s\nhave   %s" % pair for pair in pairs[:5]) or "one is longer"


def check_whole_reports(tool, dice, reports, folder, rounds):
    single = bytes_of(tool.partial(reports, folder))
    text, sources = tool.document(reports, folder)
    for _ in range(rounds):
        heaps = deal(dice, reports)
        shards = merged(tool, dice, [tool.partial(heap, folder) for heap in heaps], folder)
        if bytes_of(tool.partial(shards, folder)) != single:
            raise Failure("%d shards: another partial snapshot of the whole" % len(heaps))
        have = tool.document(shards, folder)
        if have != (text, sources):
            raise Failure("%d shards:\n%s" % (len(heaps), difference("\n".join([text] + sources),
                                                                     "\n".join([have[0]] + have[1]))))
    return len(reports)


def check_folder(tool, dice, folder, rounds):
    reports = sorted(os.path.relpath(os.path.join(place, name), folder)
                     for place, _, names in os.walk(folder) for name in names)
    reports = [report for report in reports if os.path.basename(report) != "expected.json"]
    count = check_whole_reports(tool, dice, reports, folder, rounds)
    print("%d reports, all that there are: same" % count)
    states = json.loads(tool.run(["--json"] + reports, folder))["sources"]
    usable = {source["path"] for source in states if source["state"] in ("ok", "partial")}
    count = check_whole_reports(tool, dice, [report for report in reports if report in usable], folder, rounds)
    print("%d reports, all that can be used: same" % count)


# ---- made up ----

def generate(program, arguments, path):
    with open(path, "wb") as out:
        subprocess.run([program] + [str(argument) for argument in arguments], stdout=out, stderr=subprocess.DEVNULL,
                       check=True)


def check_generated(tool, dice, program, rounds):
    folder = os.path.join(tool.scratch, "generated")
    os.mkdir(folder)
    items = {"lcov": 25, "cobertura": 10, "junit": 900, "sarif": 400, "eslint": 400, "compiler": 900}
    reports = []
    for kind, size in items.items():
        for number in range(5):
            reports.append("%s.%d" % (kind, number))
            generate(program, [kind, size + 7 * number, dice.randrange(1 << 30)], os.path.join(folder, reports[-1]))
    total = sum(os.path.getsize(os.path.join(folder, report)) for report in reports)
    count = check_whole_reports(tool, dice, reports, folder, rounds)
    print("%d generated reports of %.1f MB: same" % (count, total / 1e6))


# ---- one report, record by record ----

def deal_row(dice, row, shards, missed):
    """Puts the row into some shards: into one as it is, into the others as it is or as missed."""
    chosen = dice.sample(range(len(shards)), min(len(shards), dice.choice([1, 1, 1, 2, 3])))
    for at, place in enumerate(chosen):
        shards[place].append(row if at == 0 or dice.random() < 0.5 else missed)


def deal_lcov(dice, text, count):
    """A tracefile without totals, and the same dealt out: sections of the same file are in several shards."""
    whole, shards = [], [[] for _ in range(count)]
    for section in text.split("end_of_record\n"):
        rows = [row for row in section.splitlines() if row.startswith(("SF:", "DA:", "BRDA:", "FN:", "FNDA:"))]
        if not rows:
            continue
        whole += rows + ["end_of_record"]
        here = [[] for _ in range(dice.randint(1, count))]
        for row in rows[1:]:
            if row.startswith("FN:"):
                for shard in here:
                    shard.append(row)           # all shards know all functions, as those of one build do
            elif row.startswith("FNDA:"):
                deal_row(dice, row, here, re.sub(r"^FNDA:\d+", "FNDA:0", row))
            else:
                deal_row(dice, row, here, re.sub(r",[^,]+$", ",0", row))
        for shard, place in zip(here, dice.sample(range(count), len(here))):
            shards[place] += [rows[0]] + shard + ["end_of_record"]
    return ["\n".join(rows) + "\n" for rows in [whole] + shards]


def deal_junit(dice, text, count):
    cases = re.findall(r"<testcase .*?</testcase>", text, re.S)
    shards = [[] for _ in range(count)]
    for case in cases:
        dice.choice(shards).append(case)
    return ["<testsuites><testsuite name=\"all\">\n%s\n</testsuite></testsuites>\n" % "\n".join(rows)
            for rows in [cases] + [shard for shard in shards if shard]]


def check_records(tool, dice, program, rounds, kind, size, deal_records):
    folder = os.path.join(tool.scratch, kind)
    os.mkdir(folder)
    generate(program, [kind, size, dice.randrange(1 << 30)], os.path.join(folder, "source"))
    with open(os.path.join(folder, "source"), encoding="utf-8") as file:
        text = file.read()
    for _ in range(rounds):
        names = []
        for number, part in enumerate(deal_records(dice, text, dice.randint(1, PARTS_MOST))):
            if part.strip():
                names.append("%s.%d" % (kind, number))
                with open(os.path.join(folder, names[-1]), "w", encoding="utf-8") as out:
                    out.write(part)
        wanted = tool.document(names[:1], folder)[0]
        shards = merged(tool, dice, [tool.partial([name], folder) for name in names[1:]], folder)
        for reports in (names[1:], shards):
            have = tool.document(reports, folder)[0]
            if have != wanted:
                raise Failure("%s in %d shards:\n%s" % (kind, len(names) - 1, difference(wanted, have)))
    print("one %s report of %.1f MB, record by record: same" % (kind, len(text) / 1e6))


def main():
    options = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1].split("\n")[0])
    options.add_argument("--rounds", type=int, default=8)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--generate")
    options.add_argument("program")
    options.add_argument("folder", nargs="?")
    options = options.parse_args()
    print("seed %d, %d rounds" % (options.seed, options.rounds))
    dice = random.Random(options.seed)
    scratch = tempfile.mkdtemp(prefix="tidegate-shards-")
    try:
        tool = Tool(options.program, scratch)
        if options.folder:
            folder = os.path.join(scratch, "given")  # outside any repository, which would have a commit
            shutil.copytree(options.folder, folder)
            check_folder(tool, dice, folder, options.rounds)
        if options.generate:
            program = os.path.abspath(options.generate)
            check_generated(tool, dice, program, options.rounds)
            check_records(tool, dice, program, options.rounds, "lcov", 100, deal_lcov)
            check_records(tool, dice, program, options.rounds, "junit", 5000, deal_junit)
    except Failure as failure:
        print("FAILED: %s" % failure)
        return 1
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
