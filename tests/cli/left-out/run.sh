# include and exclude: what they leave out is told, and what leaves nothing to count is a mistake.
git init -q -b main . && mkdir -p src/api lib build && echo build > .gitignore && seq 9 | tee src/api/a.py > lib/b.py && git add . && git commit -qm one
printf 'src/api/a.py:1:1: error: boom [x]\nlib/b.py:1:1: warning: boom [x]\nlib/b.py:2:1: error: boom [x]\n' > build/lint.txt
printf 'SF:lib/b.py\nDA:1,1\nend_of_record\n' > build/lcov.info
try() { # try TITLE LINE
    echo "== $1"
    printf 'version: 1\nreports: [{ path: build/lint.txt }, { path: build/lcov.info }]\n%b\ngates:\n  - findings.error: { at_most: 0 }\n' "$2" > .tidegate.yml
    tidegate check > out 2>&1
    code=$?
    grep -E 'Left out|^PASS|^FAIL|error:.*\[' out
    echo "exit $code"
}
try "an old name" "include: [lob/**]"
try "everything" "exclude: ['**']"
try "each takes what the other leaves" "include: [lib/**]\nexclude: ['*/b.py']"
try "a whole component" "exclude: [src/**]\ncomponents: { api: [src/api/**] }"
try "one old name beside a good one" "include: [lob/**, src/**]"
tidegate check -o markdown | grep '^Left out'
tidegate check -o json | grep '"left_out"'
try "nothing of a report" "exclude: [docs/**]"
try "both" "include: [src/**, 'lib/*.pyc']\nexclude: [src/web/**]"
