# Every blocking rule can fail, and one that cannot is found; nothing outside of copies is touched.
examples=$CASE/../../../examples
"$examples/make-shop" shop && cd shop
find . -path ./.git -prune -o -type f -exec cksum {} + > ../before
export TMPDIR=$PWD/../copies; mkdir "$TMPDIR"
tidegate selftest; echo "exit $?"
find . -path ./.git -prune -o -type f -exec cksum {} + | diff - ../before; ls "$TMPDIR"; tidegate ledger log 2>&1 | head -n 1
cat > .tidegate.yml <<'END'
version: 1
baseline: { missing: fail }
reports:
  - path: build/*.xml
    group: unit
  - path: build/pylint.json
    format: lint_json
    empty: ok
  - path: build/trivy.sarif
    optional: true
    partial: ok
gates:
  - coverage.line: { at_least: 80 }
  - coverage.line: { at_least: 99, severity: info }
  - coverage.branch: { at_least: 0 }
  - coverage.line: { ratchet: true, slack: 10 }
  - coverage.branch: { ratchet: true, slack: 100 }
  - tests.total: { at_least: 10 }
  - tests.skipped: { at_most: 3 }
  - tests: { present: true, max_age: 1h }
  - unit: { present: true }
  - tests.time: { ratchet: true, slack: 0.5 }
  - bundle.size: { at_most: 5 }
waivers:
  - { gate: tests.skipped, reason: moving, owner: "@me", until: 2099-01-01 }
END
tidegate selftest; echo "exit $?"
echo "--- the same without what cannot fail, as JSON"
grep -v -e 'at_least: 0' -e 'slack: 100' -e skipped -e waivers -e bundle .tidegate.yml > sound.yml
tidegate selftest --config sound.yml -o json > all.json; echo "exit $?"
python3 -c 'import json; d = json.load(open("all.json")); print(d["schema"], d["ok"], d["exempt"], d["cannot_fail"])'
tidegate selftest --config sound.yml -q; echo "exit $?"
echo "--- without reports: the newest entry"
tidegate record -q --config sound.yml; rm -r build .tidegate.yml
tidegate selftest | head -n 4; echo "exit $?"
echo "--- with nothing at all"
cd .. && git init -q none && cd none
tidegate selftest; echo "exit $?"
tidegate selftest -o html; echo "exit $?"
cd ../shop && git checkout -q . && TMPDIR=/nowhere tidegate selftest $examples/reports/before/junit.xml; echo "exit $?"
