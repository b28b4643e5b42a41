# A project with a policy and a recorded baseline, and changes to it as a CI runs them: as the merge commit of a pull request.
#   reports TESTS COVERED LINES     writes build/junit.xml and build/lcov.info: a.c has 100 lines, all covered; b.c the rest
#   start                           a repository with policy.yml as its policy, one commit, one entry
#   change NAME                     what was edited becomes the pull request NAME, merged and checked out
#   check                           checks it as a pull request, shows the verdict and what objects
set -u

reports() {
    mkdir -p build
    {
        echo '<testsuite name="s">'
        for i in $(seq "$1"); do echo "<testcase classname=\"c\" name=\"t$i\"/>"; done
        echo '</testsuite>'
    } > build/junit.xml
    {
        echo 'SF:src/a.c'
        for i in $(seq 100); do echo "DA:$i,1"; done
        echo 'end_of_record'
        echo 'SF:legacy/b.c'
        for i in $(seq $(($3 - 100))); do echo "DA:$i,$([ "$i" -le $(($2 - 100)) ] && echo 1 || echo 0)"; done
        echo 'end_of_record'
    } > build/lcov.info
}

start() {
    git init -q -b main .
    mkdir -p src legacy
    echo 'int a;' > src/a.c
    echo 'int b;' > legacy/b.c
    echo build/ > .gitignore
    [ ! -f ../policy.yml ] || cp ../policy.yml .tidegate.yml
    git add -A && git commit -q -m start
    reports "${1:-100}" 150 200
    tidegate record -q || echo "record: exit $?"
}

change() {
    git checkout -q -b "$1"
    git add -A && git commit -q --allow-empty -m "$1"
    git checkout -q --detach main
    git merge -q --no-ff -m "merge $1" "$1"
}

check() {
    GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_REF=refs/pull/1/merge GITHUB_BASE_REF=main \
        GITHUB_SHA="$(git rev-parse HEAD)" tidegate check "$@" > out.txt 2>&1
    code=$?
    sed -E 's/[0-9a-f]{10}/{id}/g' out.txt \
        | grep -E '^(GATE|FAIL|NO DATA|WAIVED|WARN|Policy|  [a-z])|waived ' | grep -v '^  build'
    echo "exit $code"
    rm -f out.txt
}

# Back to main, as if the pull request had been closed.
drop() {
    git checkout -q -f main && git clean -q -d -f && reports 100 150 200
}
