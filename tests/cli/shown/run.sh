# The lists of findings and failed tests show what counts, once, where it is in the repository.
git init -q -b main . && mkdir -p src/api gen build && echo build > .gitignore && seq 9 | tee src/api/a.py > gen/b.py && git add . && git commit -qm one
{
    echo "/home/runner/work/x/x/src/api/a.py:3:1: error: boom [one]"
    echo "$PWD/src/api/a.py:2:1: error: boom [two]"
    echo "/home/runner/work/x/x/gen/b.py:1:1: error: boom [out]"
    echo "/usr/include/c.h:7:1: error: boom [elsewhere]"
} > build/lint.txt
echo '<testsuite><testcase classname="c" name="t"><failure message="boom"/></testcase></testsuite>' > build/junit.xml
cp build/lint.txt build/lint-copy.txt
cp build/junit.xml build/junit-copy.xml
printf '%s\n' 'version: 1' 'reports: [{ path: build/*.txt }, { path: build/*.xml }]' 'exclude: [gen/**]' \
    'gates:' '  - findings.error: { at_most: 0 }' '  - tests.failed: { at_most: 0 }' > .tidegate.yml
tidegate check | sed -n -e '/^F.*threshold/p' -e '/^ *now/p' -e '/^Failed tests/,/^Baseline/p'
tidegate check -o markdown | grep -E 'worst first|boom|^\| error'
