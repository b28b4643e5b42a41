# A change cannot lower its own bar: whatever it does to the policy or to what is measured, the target's policy counts too.
. "$CASE/lib.sh"
cat > policy.yml <<'POLICY'
version: 1
reports:
  - path: build/junit.xml
    group: unit
  - path: build/lcov.info
gates:
  - unit: { present: true, max_age: 1d }
  - tests.failed: { at_most: 0 }
  - coverage.line: { at_least: 70, ratchet: true }
POLICY
mkdir shop && cd shop && start
edit() { sed -i "$1" .tidegate.yml; }

echo '== the same policy: judged once'
change same; check; drop
echo '== lowers at_least'
edit 's/at_least: 70, ratchet: true/at_least: 60/'; reports 100 130 200; change lower; check; drop
echo '== removes a rule'
edit '/coverage.line/d'; reports 100 130 200; change remove; check; drop
echo '== only warns'
edit 's/ratchet: true }/ratchet: true, severity: warn }/'; reports 100 130 200; change warn; check; drop
echo '== raises slack'
edit 's/at_least: 70, ratchet: true/at_least: 60, ratchet: true, slack: 50/'; reports 100 130 200; change slack; check; drop
echo '== excludes a folder, which hides that coverage fell'
echo 'exclude: [legacy/**]' >> .tidegate.yml; reports 100 130 200; change exclude; check; drop
echo '== excludes a folder, and nothing else'
echo 'exclude: [legacy/**]' >> .tidegate.yml; change exclude-only; check; drop
echo '== drops a report'
edit '/junit.xml/d; /group: unit/d; /unit:/d; /tests.failed/d'; sed -i 's/<testcase/<testcase><failure\/><\/testcase><testcase/' build/junit.xml
change report; check; drop
echo '== drops a report that is not written any more'
edit '/junit.xml/d; /group: unit/d; /unit:/d; /tests.failed/d'; rm build/junit.xml; change gone; check; drop
echo '== removes the policy'
git rm -q .tidegate.yml; reports 100 130 200; change no-policy; check; drop
echo '== compares with another branch'
git checkout -q -b lax; git commit -q --allow-empty -m lax; reports 100 110 200; tidegate record -q; drop
echo 'baseline: {branch: lax}' >> .tidegate.yml; reports 100 149 200; change branch; check; drop
echo '== fewer tests'
reports 80 150 200; change tests; check; drop
echo '== fewer lines'
reports 100 130 140; change lines; check; drop
echo '== no limits any more'
echo 'denominators: {may_shrink: 100}' >> .tidegate.yml; reports 80 150 200; change limits; check; drop
echo '== adds a waiver for itself'
waiver() { printf 'waivers:\n  - {gate: %s, reason: later, owner: me, until: 2099-12-31}\n' "$1" >> .tidegate.yml; }
waiver coverage.line; reports 100 130 200; change waiver; check; drop
echo '== a waiver for less that is measured'
waiver denominators; reports 80 150 200; change shrink; check; drop
echo '== a waiver for the policy'
waiver policy; edit 's/at_least: 70, ratchet: true/at_least: 60/'; reports 100 130 200; change policy; check; drop
echo '== a stricter policy counts at once'
edit 's/at_least: 70/at_least: 90/'; change strict; check; drop
echo '== a policy that cannot be read on the target: the last one in force'
echo 'nonsense: 1' >> .tidegate.yml; git add -A; git commit -q -m broken
edit '/nonsense/d; s/at_least: 70, ratchet: true/at_least: 60/'; reports 100 130 200; change mend; check; drop
