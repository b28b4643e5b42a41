# Waivers that a change adds count if somebody owns the policy file, or as the target's waiver_in_change says.
. "$CASE/../tamper/lib.sh"
cat > policy.yml <<'POLICY'
version: 1
reports:
  - path: build/junit.xml
  - path: build/lcov.info
gates:
  - coverage.line: { at_least: 70 }
POLICY
waiver() { printf 'waivers:\n  - {gate: %s, reason: later, owner: me, until: 2099-12-31}\n' "$1" >> .tidegate.yml; }
mkdir shop && cd shop
mkdir .github docs && echo '*.yml @org/quality @lead' > .github/CODEOWNERS && echo '* @nobody' > docs/CODEOWNERS
start
echo '== the owners are asked'
waiver coverage.line; reports 100 130 200; change waiver; check; drop
echo '== for less that is measured'
waiver denominators; reports 80 150 200; change shrink; check; drop
echo '== for the policy as a whole: a report that moved'
waiver policy; sed -i 's/junit.xml/tests.xml/' .tidegate.yml; mv build/junit.xml build/tests.xml; change move; check; drop; rm build/tests.xml
echo '== a waiver that has ended'
printf 'waivers:\n  - {gate: policy, reason: later, owner: me, until: 2026-01-01}\n' >> .tidegate.yml
sed -i 's/at_least: 70/at_least: 60/' .tidegate.yml; reports 100 130 200; change ended; check; drop
echo '== the change cannot make itself an owner'
git rm -q .github/CODEOWNERS docs/CODEOWNERS; git commit -q -m 'no owners'
echo '* @me' > CODEOWNERS; waiver coverage.line; reports 100 130 200; change self; check; drop
echo '== nor allow itself'
echo 'waiver_in_change: allow' >> .tidegate.yml; waiver coverage.line; reports 100 130 200; change allow-self; check; drop
echo '== the target allows'
echo 'waiver_in_change: allow' >> .tidegate.yml; git add -A; git commit -q -m allow
waiver coverage.line; reports 100 130 200; change allowed; check; drop
echo '== the target denies'
sed -i 's/waiver_in_change: .*/waiver_in_change: deny/' .tidegate.yml; mkdir -p .github; echo '* @org/quality' > .github/CODEOWNERS; git add -A; git commit -q -m deny
waiver coverage.line; reports 100 130 200; change denied; check; drop
echo '== a waiver that was merged before'
waiver coverage.line; git add -A; git commit -q -m waiver; reports 100 130 200; echo more >> src/a.c; change merged; check
check -o json > gate.json; GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_REF=refs/pull/1/merge GITHUB_BASE_REF=main \
    GITHUB_SHA="$(git rev-parse HEAD)" tidegate check -o json | python3 -c 'import json, sys; d = json.load(sys.stdin); print(d["policy"]["target"], d["policy"]["id"] == d["policy"]["target_id"], d["policy"]["changes"])'
