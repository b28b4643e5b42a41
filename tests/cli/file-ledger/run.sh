# The baseline as a file: no baseline, record, a change that gains, a change that loses.
. "$CASE/../toy.sh"
toy project
tidegate check -q; echo "exit $?"
tidegate check | grep Baseline
tidegate record; echo "exit $?"
cat .tidegate-ledger.json
tidegate record; echo "exit $?"
commit 'baseline'
tidegate check | tail -n 3; echo
git switch -qc gain
file src/more 10 0
commit 'gain'
tidegate check | grep -E 'GATE|Baseline'
tidegate record; echo "exit $?"
tidegate check -q; echo "exit $?"
git checkout -q .
git switch -q main; git switch -qc loss
file src/more 10 6
commit 'loss'
tidegate check -q; echo "exit $?"
tidegate record -q
tidegate check | grep -E 'GATE|FAIL|Baseline|lowers'
# Nothing that belongs to a ledger branch.
tidegate record --branch main; echo "exit $?"
tidegate ledger log; echo "exit $?"
git show main:.tidegate-ledger.json > before.json
tidegate compare before.json .tidegate-ledger.json; echo "exit $?"
tidegate check --base before.json -q; echo "exit $?"
ls .git | grep tidegate
