# `empty: ok` excuses a report without content, and none that says of itself that something is missing.
git init -q -b main . && echo a > a && git add a && git commit -qm "one file" && mkdir build
try() {
    printf 'version: 1\nledger: {remote: none}\nreports:\n  - {path: build/report%s}\ngates:\n  - %s: {at_most: 0}\n' \
        "$1" "$2" > .tidegate.yml
    tidegate check -q > /dev/null; echo "$3: exit $?"
}
sarif() { printf '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},%s}]}\n' "$1" > build/report; }

: > build/report; try ', format: lint_text, empty: ok' findings.error "a silent tool"
printf '{"version":"2.1.0","runs":[]}' > build/report; try ', empty: ok' findings.error "no runs"
echo '<testsuites/>' > build/report; try ', empty: ok' tests.failed "no tests"
sarif '"invocations":[{"executionSuccessful":false}],"results":[]'; try ', empty: ok' findings.error "not successful"
sarif '"invocations":[{"executionSuccessful":true,"toolExecutionNotifications":[{"level":"error","message":{"text":"x"}}]}]'
try ', empty: ok' findings.error "an error of the tool"
sarif '"results":{}'; try ', empty: ok' findings.error "results that are no list"
sarif '"results":null'; try ', empty: ok' findings.error "results that are null"
echo '<testsuite tests="5" failures="2"/>' > build/report; try ', empty: ok' tests.failed "lost cases"
echo '{"dependencies":[{"name":"a","skip_reason":"not found"}],"fixes":[]}' > build/report
try ', empty: ok' findings.total "nothing was audited"
try ', partial: ok' findings.total "partial is no excuse for nothing"
try ', empty: ok, partial: ok' findings.total "both are"

echo "src/Tide.java:3: Avoid empty catch blocks" > build/report
try ', format: lint_text, empty: ok' findings.error "findings in no known shape"
echo "Scanned 1 files, found 5 errors" > build/report
try ', format: lint_text, empty: ok' findings.error "findings that are counted only"
: > build/report; try ', format: lint_text, empty: ok' findings.error "silent again"
tidegate check | grep -A 1 '^Reports'
