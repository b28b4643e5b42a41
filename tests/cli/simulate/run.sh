# A stricter policy is tried on what was recorded: nothing is written, and what cannot be known is said.
examples=$CASE/../../../examples
"$examples/make-shop" shop && cd shop
tidegate simulate; echo "exit $?"
tidegate record -q
# The second entry of main has one more failed test and more uncovered lines, the third is like the first.
"$examples/change-shop" . && git checkout -q main && git merge -q voucher && tidegate record -q
git commit -q --allow-empty -m again && cp "$examples"/reports/before/* build/ && tidegate record -q
cat > stricter.yml <<'END'
version: 1
reports:
  - path: build/*.xml
exclude: ["vendor/**"]
components:
  money: [shop/price.py]
gates:
  - coverage.line: { at_least: 90 }
  - coverage.line: { at_least: 98, severity: warn }
  - coverage.line: { ratchet: true }
  - tests: { present: true, max_age: 1h }
  - tests.total: { at_least: 1 }
  - coverage.line: { component: money, at_least: 30 }
waivers:
  - gate: coverage.line
    component: money
    reason: none needed
    owner: "@team"
    until: 2099-01-01
END
git rev-parse refs/heads/main > before; ls -a > files
tidegate simulate --config stricter.yml; echo "exit $?"
ls -a | diff - files; git rev-parse refs/heads/main | diff - before; tidegate ledger log | wc -l
echo "--- the newest alone, compared with the one before it"
tidegate simulate --config stricter.yml -n 1 | head -n 4
echo "--- json"
tidegate simulate --config stricter.yml -o json > all.json; echo "exit $?"
python3 -c '
import json
d = json.load(open("all.json"))
print(d["schema"], d["closed"], [(r["rule"], r["closed"], r["softened"], r["passed"], r["unjudged"]) for r in d["rules"]][:3])
print([e["closed"] for e in d["entries"]], d["rules"][0]["farthest"]["short"], d["rules"][0]["farthest"]["now"])'
echo "--- markdown"
tidegate simulate --config stricter.yml -o markdown | head -n 8
echo "--- a bar that rises"
cat > rising.yml <<'END'
version: 1
gates:
  - coverage.line: { at_least: 80, at_least_from: { 2090-01-01: 95 } }
  - findings.total: { ratchet: true, raise: never, slack: 1 }
END
tidegate simulate --config rising.yml | head -n 6
tidegate simulate --config rising.yml --day 2090-01-01 | head -n 6
tidegate simulate --config rising.yml --day soon; echo "exit $?"
tidegate simulate --config rising.yml --day 2090-02-30; echo "exit $?"
echo "--- mistakes"
tidegate simulate --branch nobody; echo "exit $?"
tidegate simulate -n 0; echo "exit $?"
tidegate simulate -o html; echo "exit $?"
tidegate simulate build/junit.xml; echo "exit $?"
echo 'version: 1' > broken.yml; tidegate simulate --config broken.yml 2>/dev/null; echo "exit $?"
cd /; tidegate simulate; echo "exit $?"
