# The change moves its ledger: the target's policy compares with its own, and is looked for where the change has no say.
. "$CASE/../tamper/lib.sh"
cat > policy.yml <<'POLICY'
version: 1
baseline: {branch: main, missing: seed}
reports:
  - path: build/junit.xml
  - path: build/lcov.info
gates:
  - coverage.line: { ratchet: true }
POLICY
mkdir shop && cd shop
start
echo '== into a file that is not there yet'
echo 'ledger: file' >> .tidegate.yml; reports 100 130 200; change file; check; drop
echo '== and fewer tests: the denominators of the ledger count, too'
echo 'ledger: file' >> .tidegate.yml; reports 50 150 200; change fewer; check; drop
echo '== into a file that the change brings along'
echo 'ledger: file' >> .tidegate.yml; reports 100 130 200; tidegate record -q; change own; check; drop
echo '== nothing is worse'
echo 'ledger: file' >> .tidegate.yml; change honest; check; drop
# A checkout of depth 1, whose remote is gone.
unreachable() {
    (cd .. && git clone -q --depth 1 "file://$PWD/shop" ci 2> /dev/null)
    cp -R build ../ci/
    (cd ../ci && git remote set-url origin "file://$PWD/nowhere" && check)
    rm -rf ../ci
}
loose() { printf 'version: 1\nreports:\n  - path: build/lcov.info\ngates:\n  - coverage.line: { at_least: 1 }\n%s\n' "$1" > .tidegate.yml; }
echo '== no remote is asked, so the one that is away is not missed'
loose 'ledger: {remote: none}'; reports 100 130 200; change none; unreachable; drop
echo '== the first policy file in place of the built-in rules, which were recorded'
cd .. && rm -rf shop policy.yml && mkdir shop && cd shop && start
loose 'ledger: file'; reports 100 130 200; change first; check; drop
echo '== and nobody can ask whether they were'
loose 'ledger: {remote: none}'; reports 100 130 200; change away; rm -rf .git/tidegate
git remote add origin "file://$PWD/../nowhere"; check
