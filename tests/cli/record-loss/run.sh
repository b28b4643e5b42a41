# A recording that would lose a family of metrics: refused, unless the policy lists its reports or the user says so.
examples=$CASE/../../../examples
"$examples/make-shop" shop && cd shop
tidegate record -q; echo "exit $?"
rm build/coverage.xml
git commit -q --allow-empty -m second
tidegate record -q; echo "exit $?"
tidegate ledger log | wc -l
printf 'version: 1\nreports:\n  - path: build/junit.xml\ngates:\n  - tests.failed: {at_most: 0}\n' > .tidegate.yml
tidegate record; echo "exit $?"
tidegate ledger log | wc -l
# Reports that the command line names are not those that the policy lists.
git commit -q --allow-empty -m listed
tidegate record build/pylint.json; echo "exit $?"
tidegate check build/junit.xml | grep -A 2 named-reports
rm .tidegate.yml
git commit -q --allow-empty -m third
tidegate record -q build/pylint.json; echo "exit $?"
tidegate record --accept-loss -q build/pylint.json; echo "exit $?"
tidegate ledger log | wc -l
echo '# the same for a baseline file'
sed -n '/^gates/,$p' "$CASE/../toy.yml" > gates.yml
. "$CASE/../toy.sh"
rm -rf .git && toy project
{ echo 'version: 1'; echo 'ledger: file'; cat ../gates.yml; } > .tidegate.yml
recorded base
rm build/lcov.info
tidegate record -q; echo "exit $?"
git diff --stat
tidegate record --accept-loss -q; echo "exit $?"
git checkout -q .tidegate-ledger.json
{ echo 'version: 1'; echo 'ledger: file'; echo 'reports: [{ path: build/junit.xml }]'; cat ../gates.yml; } > .tidegate.yml
tidegate record 2>&1 | head -n 1
