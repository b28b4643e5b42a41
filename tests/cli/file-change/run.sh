# What a change may do to the file: raise it, and lower it only as far as was measured. It cannot get away from it.
. "$CASE/../toy.sh"
toy project
recorded 'baseline'
look() { github tidegate check > ../out.txt 2>&1; code=$?; grep -vE '^ *$|^tidegate|rule  ' ../out.txt; echo "exit $code"; git switch -q main; }
# The job sees the merge commit.
merge() { git commit -qam "$1"; git switch -q --detach main; git merge -q --no-ff --no-edit -s recursive -X theirs -; measure; }
start() { git switch -qC "$1" main; }
echo '# by hand, so that the next change has it easier'
start hand; sed -i 's/"covered": 80/"covered": 8/' .tidegate-ledger.json; merge hand; look
echo '# the line alone taken out'
start line; sed -i '/tests.total/d; s/\("tests.skipped.*\),/\1/; s/\("coverage.line", "value".*\),/\1/' .tidegate-ledger.json
merge line; look
echo '# the bar alone lowered, then taken out'
start bar; sed -i '/"coverage.line", "value"/s/80/8/' .tidegate-ledger.json; merge bar; look
start nobar; sed -i '/"coverage.line", "value"/d' .tidegate-ledger.json; merge nobar; look
echo '# the file removed, broken, in conflict, of a later version'
start gone; git rm -q .tidegate-ledger.json; merge gone; look
start broken; echo '{' > .tidegate-ledger.json; merge broken; look
start conflict; sed -i '3i <<<<<<< ours' .tidegate-ledger.json; merge conflict; look
start later; sed -i 's|ledger-file/1|ledger-file/2|' .tidegate-ledger.json; merge later; look
echo '# pointing elsewhere'
start elsewhere; sed -i 's/^ledger: file/ledger: { file: easy.json }/' .tidegate.yml; file src/bad 0 50; git add .; merge elsewhere; look
echo '# taking the file out of the policy altogether'
start none; sed -i '/^ledger: file/d' .tidegate.yml; file src/bad 0 50; git add .; merge none; look
echo '# measured worse, and recorded: the gate is closed for that, and the file is said to be lowered'
start worse; file src/bad 0 50; git add .; measure; tidegate record -q; merge worse; look
echo '# a rule that only warns from this change on: the target'\''s still blocks'
start warn; sed -i 's/\(coverage.line: { ratchet: true\)/\1, severity: warn/' .tidegate.yml; git commit -qam warn
sed -i 's/"covered": 80/"covered": 8/' .tidegate-ledger.json; merge lower; look
echo '# a waiver that main has lets the bar come down to what is measured, and no further'
git switch -q main; cat >> .tidegate.yml <<END
waivers:
  - { gate: coverage.line, reason: agreed, owner: "@all", until: 2099-12-31 }
END
git commit -qam waiver
start waived; file src/bad 0 50; git add .; measure; tidegate record -q; sed -n '/"bars"/,$p' .tidegate-ledger.json; merge waived; look
start further; file src/bad 0 50; git add .; measure; tidegate record -q; sed -i '/"waiver"/s/: 80/: 70/' .tidegate-ledger.json; merge further; look
echo '# raised above what was measured'
start ahead; sed -i 's/"covered": 80/"covered": 99/' .tidegate-ledger.json; merge ahead; look
