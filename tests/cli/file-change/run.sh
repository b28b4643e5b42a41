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
start line; sed -i '/tests.total/d; s/\("tests.skipped.*\),/\1/' .tidegate-ledger.json; merge line; look
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
echo '# a rule that only warns'
start warn; sed -i 's/\(coverage.line: { ratchet: true\)/\1, severity: warn/' .tidegate.yml; git commit -qam warn
sed -i 's/"covered": 80/"covered": 8/' .tidegate-ledger.json; merge lower; look
