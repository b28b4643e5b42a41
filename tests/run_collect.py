#!/usr/bin/env python3
"""Runs the cases of one format: run_collect.py TIDEGATE FOLDER

A case is a folder with `input.*` and `expected.json`:

    {
      "origin": "who says so: the tool and version that printed these totals, or 'counted by hand'",
      "state": "ok",                  # optional, default ok
      "exit": 0,                      # optional, default 0
      "metrics": {"coverage.line": {"covered": 1, "total": 3}, "tests.total": null},
      "diagnostics": [{"code": "report/bad-value", "line": 2}]
    }

Metrics that are not named are not compared; null means that the metric must be absent. Each diagnostic
named must be there; "diagnostics": [] means that there is none. `"format": "lcov"` checks the detected
format, which otherwise must be the folder's name. Prints one line a failure; exits 1 if there is one.
"""
import glob, json, os, subprocess, sys


def check(binary, folder, format_name):
    with open(os.path.join(folder, "expected.json"), encoding="utf-8") as file:
        expected = json.load(file)
    if not expected.get("origin"):
        return ["expected.json does not say where its values come from"]
    inputs = glob.glob(os.path.join(folder, "input.*"))
    if len(inputs) != 1:
        return ["needs exactly one input.*"]
    run = subprocess.run([binary, "collect", "--json", inputs[0]] + expected.get("arguments", []),
                         capture_output=True, timeout=120)
    wrong = []
    if run.returncode != expected.get("exit", 0):
        wrong.append("exit %d: %s" % (run.returncode, run.stderr.decode("utf-8", "replace")[-400:]))
    try:
        source = json.loads(run.stdout.decode("utf-8"))["sources"][0]
    except (ValueError, KeyError, IndexError):
        return wrong + ["no JSON: %s" % run.stdout[-200:]]
    if source["state"] != expected.get("state", "ok"):
        wrong.append("state %s, wanted %s: %s" % (source["state"], expected.get("state", "ok"), source.get("diagnostics")))
    if source.get("format") != expected.get("format", format_name):
        wrong.append("format %s" % source.get("format"))
    for key, want in expected.get("metrics", {}).items():
        have = source["metrics"].get(key)
        if have != want:
            wrong.append("%s: wanted %s, have %s" % (key, want, have))
    said = source.get("diagnostics", [])
    for want in expected.get("diagnostics", []):
        if not any(all(have.get(k) == v for k, v in want.items()) for have in said):
            wrong.append("no diagnostic %s in %s" % (want, said))
    if expected.get("diagnostics") == [] and said:
        wrong.append("unexpected diagnostics %s" % said)
    return wrong


def main():
    binary, folder = sys.argv[1:3]
    cases = sorted(name for name in os.listdir(folder) if os.path.isdir(os.path.join(folder, name)))
    failed = 0
    for case in cases:
        wrong = check(binary, os.path.join(folder, case), os.path.basename(folder))
        for line in wrong:
            print("%s/%s: %s" % (os.path.basename(folder), case, line))
        failed += bool(wrong)
    print("%d cases, %d failed" % (len(cases), failed))
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
