# Without a policy a file that is named like a report but is none closes the gate; another document does not. init tells.
lcov() { printf 'SF:a.c\nDA:1,1\nend_of_record\n'; }
try() { tidegate check >out; echo "$1: exit $?"; grep "^ *$2[ :]" out; rm "$2"; }
mkdir build && lcov >build/lcov.info
tidegate check | grep -A1 ^Policy:; tidegate check --output markdown | grep ^Policy:
: >build/junit.xml; try 'no bytes' build/junit.xml
printf '<tests' >build/TEST-a.xml; try cut build/TEST-a.xml
echo '<html><head><title>502</title></head></html>' >build/junit-unit.xml; try 'error page' build/junit-unit.xml
printf '\0\0\0\0' >build/coverage.xml; try 'NUL bytes' build/coverage.xml
echo 'a.py:1:1: error: no such file' >build/cobertura.xml; try log build/cobertura.xml
printf '{"version":"2.1.0","ru' >build/scan.sarif; try 'cut SARIF' build/scan.sarif
echo oops >build/eslint-report.json; try 'not JSON' build/eslint-report.json
echo '<project><target/></project>' >build/junit-tasks.xml; try 'other document' build/junit-tasks.xml
echo oops >build/notes.xml; try 'other name' build/notes.xml
for class in a b; do echo "<testsuite><testcase name='$class'/></testsuite>" >build/TEST-$class.xml; done
: >build/TEST-c.xml; : >build/scan.sarif
tidegate init; echo "exit $?"
grep -A6 ^reports: .tidegate.yml
