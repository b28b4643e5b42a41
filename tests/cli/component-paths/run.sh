# Findings whose paths do not say to which component they belong are no good news about any component.
git init -q -b main . && mkdir -p src/api src/web lib build && echo build > .gitignore && seq 9 | tee src/api/a.py src/web/a.py lib/b.py > src/web/b.py
git add . && git commit -qm one
try() { # try TITLE REPORT MORE-OF-THE-ENTRY LINE
    echo "== $1"
    printf "$2" > build/lint.txt
    printf 'version: 1\nreports: [{ path: build/lint.txt%s }]\ncomponents: { api: [src/api/**], web: [src/web/**] }\n%b\n' "$3" "$4" > .tidegate.yml
    printf 'gates:\n  - findings.error: { component: api, at_most: 0 }\n  - findings.error: { component: web, at_most: 9 }\n' >> .tidegate.yml
    tidegate check > out 2>&1
    code=$?
    grep -E '^PASS|^FAIL|^NO DATA|is not known|\[measure' out
    echo "exit $code"
}
try "it may be in both" 'a.py:1:1: error: boom [x]\n'
try "it is not in api" 'b.py:1:1: error: boom [x]\nsrc/api/a.py:1:1: warning: boom [x]\n'
try "root says where" 'a.py:1:1: error: boom [x]\n' ', root: src/web'
try "no such folder" 'src/api/a.py:1:1: error: boom [x]\n' ', root: nope'
try "no path is known" 'q.py:1:1: error: boom [x]\nr/z.py:1:1: error: boom [x]\n'
try "one is not" 'gen/q.py:1:1: error: boom [x]\nsrc/web/b.py:1:1: error: boom [x]\n'
try "none of them counts" 'gen/q.py:1:1: error: boom [x]\n' '' 'exclude: [gen/**]'
try "a header of the system" '/usr/include/q.h:1:1: error: boom [x]\n'
try "only by the case of its letters" 'A.py:1:1: error: boom [x]\nsrc/web/b.py:1:1: error: boom [x]\n'
