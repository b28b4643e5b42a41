#!/usr/bin/env python3
"""Holds our JSON outputs against their published schemas: validate_schemas.py TIDEGATE

Documents: the reviewed pages tests/render/*/*.json, what `tidegate collect --json` says of every case in tests/collect,
and `tidegate check` of some of them in a repository of their own. The published schemas allow members to be added; here
none may be, so that a member without documentation is found. Last, documents with one thing wrong must be refused: the check itself can fail.
Exits 77 (skipped) without python3-jsonschema.
"""
import copy, glob, itertools, json, os, shutil, subprocess, sys, tempfile

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is not installed")
    sys.exit(77)

AT_ONCE = 25  # reports in one run: most of the time goes into starting a program with sanitizers
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def closed(schema):
    """The schema with every object of fixed members closed."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: value if key in ("if", "then") else closed(value) for key, value in schema.items()}
    if "properties" in result and result.get("type") == "object":
        result.setdefault("additionalProperties", False)
    return result


def load_schemas():
    schemas = {}
    for path in sorted(glob.glob(os.path.join(ROOT, "docs", "schema", "*.json"))):
        with open(path, encoding="utf-8") as file:
            schema = json.load(file)
        jsonschema.Draft202012Validator.check_schema(schema)
        schemas[schema["properties"]["schema"]["const"]] = jsonschema.Draft202012Validator(closed(schema))
    return schemas


def errors(schemas, document):
    name = document.get("schema")
    if name not in schemas:
        return ["no schema %s" % name]
    return ["%s: %s" % ("/".join(map(str, error.path)), error.message[:200])
            for error in schemas[name].iter_errors(document)]


def no_duplicates(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key stands twice: %s" % [key for key, _ in pairs])
    return result


def documents(binary):
    for path in sorted(glob.glob(os.path.join(ROOT, "tests", "render", "*", "*.json"))):
        with open(path, encoding="utf-8") as file:
            yield os.path.relpath(path, ROOT), file.read()
    paths = sorted(glob.glob(os.path.join(ROOT, "tests", "collect", "*", "*", "input.*")))
    for start in range(0, len(paths), AT_ONCE):
        run = subprocess.run([binary, "collect", "--json"] + paths[start:start + AT_ONCE], capture_output=True, timeout=60)
        yield "collect from %s on" % os.path.relpath(paths[start], ROOT), run.stdout.decode("utf-8")


def judged(binary):
    """What check says of the first cases of each format, in a fresh repository, before and after recording; and what
    simulate, selftest and the ledger say then."""
    with tempfile.TemporaryDirectory() as folder:
        for pattern in sorted(glob.glob(os.path.join(ROOT, "tests", "collect", "*"))):
            for path in sorted(glob.glob(os.path.join(pattern, "*", "input.*")))[:3]:
                name = os.path.relpath(path, ROOT).replace(os.sep, "-")
                shutil.copy(path, os.path.join(folder, name))
        names = sorted(os.listdir(folder))
        git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
        for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "reports"]):
            subprocess.run(git + words, cwd=folder, check=True)
        environment = {"PATH": os.environ["PATH"], "HOME": folder}
        for name in names:
            for words in (["check", "--output", "json"], ["record"], ["check", "--output", "json"]):
                run = subprocess.run([binary] + words + [name], cwd=folder, env=environment,
                                     capture_output=True, timeout=60)
                if words[0] == "check":
                    yield "check of " + name, run.stdout.decode("utf-8")
        for words in (["simulate"], ["selftest"] + names[:20], ["ledger", "show"], ["ledger", "verify"],
                      ["ledger", "verify", "--anchor", "0123456789"]):
            run = subprocess.run([binary] + words + ["--output", "json"], cwd=folder, env=environment,
                                 capture_output=True, timeout=60)
            yield " ".join(words), run.stdout.decode("utf-8")


def spoilt(document):
    """Copies of a document, each with one thing wrong."""
    def copy_with(change):
        result = copy.deepcopy(document)
        change(result)
        return result
    yield "unknown member", copy_with(lambda d: d.update(extra=1))
    yield "wrong type", copy_with(lambda d: d.update(metrics="none"))
    for member in ("schema", "metrics"):
        yield "no " + member, copy_with(lambda d: d.pop(member))
    if document.get("sources"):
        yield "unknown state", copy_with(lambda d: d["sources"][0].update(state="fine"))
        yield "diagnostic without a code", copy_with(
            lambda d: d["sources"][0]["diagnostics"].append({"severity": "error", "message": "m"}))
    if document.get("checks"):
        yield "unknown outcome", copy_with(lambda d: d["checks"][0].update(outcome="OK"))
        yield "number for a ratio", copy_with(lambda d: d["checks"][0].update(now=0.5))


def main():
    schemas = load_schemas()
    failed = checked = refused = 0
    for name, text in itertools.chain(documents(sys.argv[1]), judged(sys.argv[1])):
        document = json.loads(text, object_pairs_hook=no_duplicates)
        wrong = errors(schemas, document)
        for line in wrong:
            print("%s: %s" % (name, line))
        failed += bool(wrong)
        checked += 1
        if not name.startswith(os.path.join("tests", "render")):
            continue
        for what, bad in spoilt(document):
            refused += 1
            if not errors(schemas, bad):
                print("%s with %s was accepted" % (name, what))
                failed += 1
    print("%d documents, %d spoilt ones, %d failed" % (checked, refused, failed))
    return 1 if failed or checked < 4 or refused < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
