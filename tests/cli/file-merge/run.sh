# git merges the file by adding up what each branch changed: merge, rebase, cherry-pick. Of the merged code the measurement
# is the same. Bars are not added up: of two the better one counts.
. "$CASE/../toy.sh"
toy project
tidegate merge-driver; echo "exit $?"
tidegate merge-driver --install; echo "exit $?"
tidegate merge-driver --install; echo "exit $?"
cat .gitattributes; git config --get-regexp '^merge\.tidegate'
recorded 'baseline'
branch() { git switch -qc "$1" "${4:-main}" && file "src/$1" "$2" "$3" && echo "$1" > "tests/$1" && recorded "$1"; }
value() { grep -oE '(coverage.line|coverage.uncovered|tests.total)".*' .tidegate-ledger.json; }
same() { measure; tidegate record | grep -E 'change$|already'; git checkout -q .tidegate-ledger.json; }
branch ten 10 0; branch five 4 1; branch three 3 0; branch four 2 2
echo '# merge: 80 + 10 + 4 of 100 + 10 + 5, 1 + 1 + 1 tests'
git switch -q main; git merge -q --no-edit ten; git merge -q --no-edit five; value
same
echo '# octopus: git asks no driver there, and refuses to merge what two branches change'
git merge -q --no-edit three four > ../said 2>&1; echo "exit $?"; git status --short; value
git merge -q --no-edit three; git merge -q --no-edit four; value
same
echo '# rebase: each commit of the branch is added again'
git switch -qc late ten; file src/late 6 0; recorded 'late'; file src/later 0 2; recorded 'later'
git rebase -q main; value
same; git log --oneline | wc -l
git switch -qc picked main; git cherry-pick late~1 > ../said; value
echo '# the same finding mended twice: the sum is not what is measured, and recording says so'
git switch -q main; git switch -qc mend; file src/core 90 10; recorded 'mend'
git switch -q main; git switch -qc mend-too; file src/core 90 10; echo again > tests/again; recorded 'mend too'
git merge -q --no-edit mend; value
measure; tidegate record | tail -n 6; git commit -qam 'as measured'
echo '# a policy with a word of its own, and a file that is made on both sides'
git switch -qc mine main; sed -i 's/^ledger: file/ledger: { file: quality.json }/' .tidegate.yml
git rm -q .tidegate-ledger.json; tidegate merge-driver | sed -n 3p
tidegate merge-driver --install | head -n 1; git add .; git commit -qm 'place'
git switch -qc left; recorded 'left'; git switch -qc right mine; file src/right 1 0; recorded 'right'
git merge -q --no-edit left; grep -oE '(coverage.line|tests.total)".*' quality.json
