# The first policy file: judged by itself; where something was recorded, the built-in rules may not be broken meanwhile.
. "$CASE/../tamper/lib.sh"
mkdir shop && cd shop && start
first() {
    printf 'version: 1\nreports:\n  - path: build/lcov.info\ngates:\n  - coverage.line: { at_least: 60 }\n%s' "${1:-}" > .tidegate.yml
}
echo '== tests are not listed, and one report less is said'
first; change introduce; check; drop
echo '== declared, and with other reports than before'
first 'denominators: {reports: 100}
'; change declared; check; drop
echo '== but coverage falls'
first; reports 100 130 200; change fall; check; drop
echo '== a pattern that finds nothing is the own mistake of the first policy'
first; sed -i 's/lcov.info/lcov.txt/' .tidegate.yml; change mistake; check; drop
echo '== nothing was recorded before'
rm -rf .git/tidegate; first; reports 100 130 200; change fresh; check; drop
echo '== on a laptop, on a branch'
reports 100 150 200; tidegate record -q; git checkout -q -b work; printf 'version: 1\ngates:\n  - coverage.line: { at_least: 60 }\n' > .tidegate.yml; reports 100 130 200
tidegate check -q; echo "exit $?"
echo '== and on the branch itself'
git checkout -q main; tidegate check -q; echo "exit $?"
echo '== a link is not followed out of the repository'
git checkout -q -f main; rm -f .tidegate.yml; echo 'version: 1' > ../outside.yml; ln -s ../outside.yml .tidegate.yml; git add -A; git commit -q -m link
rm -rf .git/tidegate; rm .tidegate.yml; first; change link; check
