# A toy project for cases of the baseline file. Its tools: each file of src/ is its own coverage (a line `+` ran, a line
# `-` did not), and each line of a file in tests/ is a passing test.
measure() {
    mkdir -p build
    : > build/lcov.info
    for file in src/*; do
        awk -v name="$file" 'BEGIN { print "SF:" name } { print "DA:" NR "," ($0 == "+" ? 1 : 0) }
                             END { print "end_of_record" }' "$file" >> build/lcov.info
    done
    cat tests/* | awk 'BEGIN { print "<testsuite name=\"toy\">" }
        { print "<testcase classname=\"toy\" name=\"" $1 "\" time=\"0.1\"/>" }
        END { print "</testsuite>" }' > build/junit.xml
}
# file NAME COVERED UNCOVERED
file() {
    mkdir -p "$(dirname "$1")"
    awk -v covered="$2" -v rest="$3" 'BEGIN { while (covered-- > 0) print "+"; while (rest-- > 0) print "-" }' > "$1"
}
# toy FOLDER: the project with its first commit, which has no baseline yet
toy() {
    git init -q -b main "$1" && cd "$1" || exit 9
    git config user.name a
    git config user.email a@example.org
    cp "$CASE/../toy.yml" .tidegate.yml
    printf 'build/\n' > .gitignore
    file src/core 80 20
    mkdir tests
    echo core > tests/core
    commit 'first'
}
# commit MESSAGE: everything, with fresh reports
commit() {
    git add . && git commit -qm "$1" && measure
}
# recorded MESSAGE: everything, with fresh reports and the file that goes with them
recorded() {
    git add . && measure && tidegate record -q && commit "$1"
}
# github COMMAND...: as in the job of a pull request to main
github() {
    GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_REF=refs/pull/1/merge GITHUB_BASE_REF=main \
        GITHUB_SHA="$(git rev-parse HEAD)" "$@"
}
