# The baseline file and the policy edited in one change, so that the one excuses the other: the target's of both count.
. "$CASE/../toy.sh"
toy project
recorded 'baseline'
start() { git switch -qC "$1" main && file src/bad 0 50 && git add .; }
# The author records what there is by the new policy; the job sees the merge commit.
judge() {
    git add . && measure && tidegate record -q; echo "record: exit $?"
    git commit -qam "$1" && git switch -q --detach main && git merge -q --no-ff --no-edit -s recursive -X theirs - && measure
    github tidegate check > ../out.txt 2>&1; code=$?; grep -E '^(GATE|FAIL|NO DATA|WAIVED|WARN)| error: |lowers|takes' ../out.txt; echo "exit $code"
    git switch -q main && git clean -qfd && measure
}
edit() { sed -i "$1" .tidegate.yml; }
echo '# without the rule'
start rule; edit '/coverage.line/d'; judge rule
echo '# without the report either'
start report; edit '/coverage.line/d; /lcov/d'; judge report
echo '# with more slack'
start slack; edit 's/coverage.line: { ratchet: true/&, slack: 50/'; judge slack
echo '# with a warning only'
start warn; edit 's/coverage.line: { ratchet: true/&, severity: warn/'; judge warn
echo '# leaving the new file out'
start exclude; echo 'exclude: [src/bad]' >> .tidegate.yml; judge exclude
echo '# with a waiver for itself, which lets the bar come down, too'
start waiver; printf 'waivers:\n  - { gate: coverage.line, reason: mine, owner: me, until: 2099-12-31 }\n' >> .tidegate.yml; judge waiver
echo '# and one for the policy'
start policy; edit '/coverage.line/d'
printf 'waivers:\n  - { gate: policy, reason: mine, owner: me, until: 2099-12-31 }\n' >> .tidegate.yml; judge policy
echo '# with another file that is easy to satisfy, and the old one as it was'
start other; edit 's/^ledger: file/ledger: { file: easy.json }/'; judge other
echo '# compared with a branch that has it easy'
git switch -qC easy main; file src/bad 0 90; recorded easy
start branch; edit 's/branch: main/branch: easy/'; judge branch
echo '# the same, where the CI does not name the target: the default branch counts, or nothing is known'
git switch -q easy; edit 's/branch: main/branch: easy/'; git commit -qam 'its own word'
git switch -q main; git clone -q . ../circle; cd ../circle; git switch -q easy
circle() { measure; CI=true CIRCLECI=true CIRCLE_PULL_REQUEST=https://example.org/pull/1 CIRCLE_BRANCH=easy tidegate check > ../out.txt 2>&1
    code=$?; grep -E '^(GATE|FAIL|NO DATA|Baseline)| error: ' ../out.txt; echo "exit $code"; }
circle; git remote set-head origin --delete; circle; cd ../project
echo '# without any policy: the built-in rules would ask a ledger that is not there'
start none; git rm -qf .tidegate.yml; git commit -qm none; git rm -qf .tidegate-ledger.json; git commit -qm gone
git switch -q --detach main && git merge -q --no-ff --no-edit -; measure
github tidegate check > ../out.txt 2>&1; code=$?; grep -E '^(GATE|FAIL|NO DATA)| error: |takes' ../out.txt; echo "exit $code"; git switch -q main
echo '# by hand, and the rule with it'
start hand; edit '/coverage.line/d'; sed -i '/coverage.line/d; s/\(tests.total", "value".*\),/\1/' .tidegate-ledger.json
git commit -qam hand; git switch -q --detach main; git merge -q --no-ff --no-edit -; measure
github tidegate check > ../out.txt 2>&1; code=$?; grep -E '^(GATE|FAIL|NO DATA)| error: |takes|lowers' ../out.txt; echo "exit $code"; git switch -q main
echo '# nothing is measured worse; the file is lowered for later, and the policy that would forbid it is laxer in the same change'
later() { # later NAME: what was edited, with the file lowered by hand
    sed -i '/coverage.line/s/"covered": 80/"covered": 40/' .tidegate-ledger.json
    git commit -qam "$1" && git switch -q --detach main && git merge -q --no-ff --no-edit - && measure
    github tidegate check > ../out.txt 2>&1; code=$?; grep -E '^(GATE|FAIL|NO DATA|WAIVED|WARN)| error: |This change|lowers' ../out.txt; echo "exit $code"
    git switch -q main
}
git switch -qC rule2 main; edit '/coverage.line/d'; later rule2
git switch -qC slack2 main; edit 's/coverage.line: { ratchet: true/&, slack: 50/'; later slack2
git switch -qC warn2 main; edit 's/coverage.line: { ratchet: true/&, severity: warn/'; later warn2
git switch -qC waiver2 main; printf 'waivers:\n  - { gate: coverage.line, reason: mine, owner: me, until: 2099-12-31 }\n' >> .tidegate.yml; later waiver2
git switch -qC out2 main; edit '/^ledger: file/d'; later out2
echo '# a waiver that the owners of the policy must approve lets the bar come down in the change that brings it'
echo '.tidegate.yml @lead' > CODEOWNERS; recorded owners
start approved; printf 'waivers:\n  - { gate: coverage.line, reason: agreed, owner: "@lead", until: 2099-12-31 }\n' >> .tidegate.yml; judge approved
echo '# what is honest passes: the file moved as it is; given up altogether, with a warning'
honest() { git commit -qam "$1" && git switch -q --detach main && git merge -q --no-ff --no-edit - && measure
    github tidegate check > ../out.txt 2>&1; code=$?; grep -E '^(GATE|FAIL|NO DATA)|: (error|warning): ' ../out.txt; echo "exit $code"; git switch -q main; }
git switch -qC moved main; git mv .tidegate-ledger.json base.json; edit 's/^ledger: file/ledger: { file: base.json }/'; honest moved
git switch -qC given main; git rm -q .tidegate-ledger.json; edit '/^ledger: file/d'; honest given
echo '# the file alone is lowered, where no ratchet looks: tests that may go, a report that may vanish'
seq 20 > tests/many; recorded many; edit '/tests.total/d'; git commit -qam 'no ratchet on tests'; cp .tidegate-ledger.json ../many.json
alone() { # alone NAME EXPRESSION: sed edits the file
    git switch -qC "$1" main; sed -i "$2" .tidegate-ledger.json; git commit -qam "$1"; git switch -q --detach main; git merge -q --no-ff --no-edit -; measure
    github tidegate check > ../out.txt 2>&1; code=$?; grep -E '^(GATE|FAIL|NO DATA|WAIVED|WARN)|This change|lowers' ../out.txt; echo "exit $code"; git switch -q main; }
alone fewer '/tests.total/s/21/5/'; alone none '/tests.skipped/s/,$//; /tests.total", "state/d'; alone kind '/junit.xml/d'; alone little '/tests.total/s/21/19/'
echo '# nor where a report is not there that may be missing'
git switch -qC scan main; sed -i 's/^gates:/  - { path: scan.sarif, optional: true }\n&/' .tidegate.yml; git commit -qam scan; git switch -qC main
alone unscanned '/tests.total/s/21/5/'; alone unkind '/junit.xml/d'; alone unseen '/tests.total/s/21/19/'
sed -i '/scan.sarif/d' .tidegate.yml; git commit -qam 'no scan'
echo '# that it is higher than what is measured, and lower than before, is right'
git switch -qC right main; seq 12 > tests/many; sed -i '/tests.total/s/21/14/' .tidegate-ledger.json
printf 'waivers:\n  - { gate: denominators, reason: agreed, owner: me, until: 2099-12-31 }\n' >> .tidegate.yml; git commit -qam right; git switch -q --detach main; git merge -q --no-ff --no-edit -; measure
tidegate check --base main > ../out.txt 2>&1; echo "exit $?"; grep -E '^(GATE|FAIL|WAIVED)|This change' ../out.txt; git switch -q main
echo '# without any ratchet the file can neither be removed nor broken'
edit '/coverage.line/d; s/^gates:/gates:\n  - tests.failed: { at_most: 0 }/'; git commit -qam 'no ratchet'
alone broken 1d; alone impossible '/coverage.line/s/"covered": 80/"covered": 8000/'
git switch -qC removed main; git rm -q .tidegate-ledger.json; git commit -qm removed; git switch -q --detach main; git merge -q --no-ff --no-edit -; measure
github tidegate check > ../out.txt 2>&1; code=$?; grep -E '^(GATE|FAIL)|This change' ../out.txt; echo "exit $code"
