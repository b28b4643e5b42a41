# The baseline as a file: no baseline, record, a change that gains, a change that loses.
. "$CASE/../toy.sh"
toy project
tidegate check -q; echo "exit $?"
tidegate check | grep -E "Baseline|record"
tidegate doctor | grep ledger
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
# Recording once more takes back what a mistaken recording has raised, and a loss keeps the bar where it was.
git switch -q main; git switch -qc twice; file src/more 50 0; git add .; measure; tidegate record -q
sed -n '/"bars"/,$p' .tidegate-ledger.json
file src/more 0 1; git add .; measure; tidegate record -q; sed -n '/"bars"/,$p' .tidegate-ledger.json
git reset -q --hard main; measure
# Elsewhere in the repository, and with the places that doctor looks at.
cd src && tidegate record; cd ..
tidegate doctor | grep ledger
echo '{}' > .tidegate-ledger.json; tidegate doctor 2>&1 | grep -E 'ledger|error'; echo "exit $?"
