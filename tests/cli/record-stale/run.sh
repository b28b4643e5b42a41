# Reports older than the commit: what the check calls stale may not move a bar, up or down.
git init -q -b main . && mkdir build
cat > .tidegate.yml <<'POLICY'
version: 1
ledger: {remote: none}
reports: [{path: build/lcov.info}]
gates:
  - coverage: {present: true}
  - coverage.line: {ratchet: true}
POLICY
lines() { printf 'SF:a\nDA:1,1\nDA:2,%s\nend_of_record\n' "$1" > build/lcov.info; }
echo a > a && git add a .tidegate.yml && git commit -qm first
lines 0
tidegate record -q; echo "new: exit $?"
git commit -q --allow-empty -m second
lines 1 && touch -d '3 days ago' build/lcov.info
tidegate check -q > /dev/null; echo "old: check exits $?"
tidegate record; echo "old: exit $?"
touch -d @0 build/lcov.info
tidegate check -q > /dev/null; echo "of 1970: check exits $?"
touch -d '3 days ago' build/lcov.info
sed -i 's/present: true/present: true, severity: warn/' .tidegate.yml
tidegate check -q > /dev/null; echo "old, warned: check exits $?"
tidegate record -q 2> /dev/null; echo "old, warned: exit $?"
tidegate ledger log | wc -l
sed -i 's/, severity: warn/, max_age: 7d/' .tidegate.yml
tidegate record -q; echo "young enough: exit $?"
tidegate ledger log | wc -l
