# Packages with files of the same name: the folder of a report says which package its relative paths are of.
git init -q -b main . && printf 'coverage\nparts\n' > .gitignore
for package in a b c; do mkdir -p packages/$package/src packages/$package/coverage coverage/packages/$package; seq 9 > packages/$package/src/index.ts; done
seq 9 > packages/c/src/only.ts
git add . && git commit -qm one
report() { # report FILE HITS... of src/index.ts
    file=$1; shift
    { echo 'SF:src/index.ts'; line=0; for hits; do line=$((line + 1)); echo "DA:$line,$hits"; done; echo end_of_record; } > "$file"
}
try() { # try TITLE PATTERN
    echo "== $1"
    printf 'version: 1\nreports: [{ path: "%s" }]\ncomponents: { a: [packages/a/**], b: [packages/b/**] }\ngates:\n  - coverage.line: { at_least: 0 }\n  - coverage.line: { component: a, at_least: 0 }\n  - coverage.line: { component: b, at_least: 0 }\n' "$2" > .tidegate.yml
    tidegate check | grep -E '^(PASS|NO DATA) |^Paths|no-path'
}
report packages/a/coverage/lcov.info 1 1 1
report packages/b/coverage/lcov.info 0 0 0
try "reports in the packages" 'packages/*/coverage/lcov.info'
(cd packages/a/src && tidegate check | grep '^PASS')
tidegate explain packages/b/src/index.ts:1
(cd packages/a && tidegate explain src/index.ts:1)
mkdir parts
for package in a b; do tidegate collect -q -o parts/$package.partial packages/$package/coverage/lcov.info; done
try "the same by partial snapshots" 'parts/*.partial'
for package in a b; do (cd packages/$package && tidegate collect -q -o ../../parts/$package.partial coverage/lcov.info); done
try "written where the package is" 'parts/*.partial'
tidegate collect -q -o both.partial parts/b.partial parts/a.partial && rm parts/* && mv both.partial parts
try "and joined" 'parts/*.partial'
tidegate collect -q -o parts/again.partial parts/both.partial && cmp parts/both.partial parts/again.partial && rm parts/again.partial
cp packages/a/coverage/lcov.info packages/b/coverage/lcov.info
try "equal reports are of two packages" 'packages/*/coverage/lcov.info'
report coverage/packages/a/lcov.info 1 1 1
report coverage/packages/b/lcov.info 0 0 0
try "reports in folders named like the packages" 'coverage/packages/*/lcov.info'
printf 'SF:src/made.ts\nDA:1,1\nend_of_record\n' >> coverage/packages/a/lcov.info
printf 'SF:src/made.ts\nDA:1,0\nend_of_record\n' >> coverage/packages/b/lcov.info
try "files that the build makes are of the packages, too" 'coverage/packages/*/lcov.info'
mkdir -p coverage/one coverage/two
report coverage/one/lcov.info 1 1 1
report coverage/two/lcov.info 0 0 0
try "nothing says which package: they are not taken for one file" 'coverage/[ot]*/lcov.info'
mkdir src && seq 9 > src/index.ts && git add src && git commit -qm two
try "there is such a file at the top, too" 'packages/*/coverage/lcov.info'
echo '== and that is meant'
sed -i 's/ }\]$/, root: . }]/' .tidegate.yml && tidegate check | grep -E '^(PASS|NO DATA) |^Paths|root'
printf 'SF:src/made.ts\nDA:1,1\nend_of_record\n' >> packages/a/coverage/lcov.info
try "not all are in the package: as they are" 'packages/a/coverage/lcov.info'
report packages/c/coverage/lcov.info 0 0 0
printf 'SF:src/only.ts\nDA:1,1\nend_of_record\n' >> packages/c/coverage/lcov.info
try "another file says that they start in the package" 'packages/c/coverage/lcov.info'
tidegate check --verbose | grep -E 'coverage.files'
echo '== a link leads out of the repository: it lies in no package, in a partial snapshot either'
git rm -rq --cached src && git commit -qm three && rm -r src
mkdir ../elsewhere && report ../elsewhere/lcov.info 1 1 1 && ln -s ../../../elsewhere packages/a/linked
tidegate collect -q -o linked.partial packages/a/linked/lcov.info && tidegate collect -q -o again.partial linked.partial && cmp linked.partial again.partial
try 'the link' packages/a/linked/lcov.info
try 'the partial snapshot' linked.partial
