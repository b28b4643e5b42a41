# The age of a group that was not measured: the author of a change cannot make it young by the time of the commit.
GIT_AUTHOR_DATE=2001-03-01T00:00:00Z GIT_COMMITTER_DATE=2001-03-01T00:00:00Z
export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
suite() { mkdir -p "$1" && echo "<testsuite name='$1'><testcase name='1' classname='$1'/></testsuite>" > "$1/junit.xml"; }
git init -q -b main . && echo junit.xml > .gitignore
cat > .tidegate.yml <<'END'
version: 1
reports:
  - { path: core/junit.xml, group: core, max_age: 14d }
  - { path: web/junit.xml, group: web, max_age: 14d }
gates:
  - tests.total: { ratchet: true }
END
git add . && git commit -qm one && suite core && suite web && tidegate record -q
git checkout -q -b topic && git commit -q --allow-empty -m two && rm -r web
look() { tidegate check > out.txt 2>&1; code=$?; grep -E '^(GATE|NO DATA)|days' out.txt; echo "exit $code"; rm out.txt; }
echo "== on a laptop it counts to the commit, so that checking again says the same"
look
echo "== in the run of a change it counts to the present"
export BUILDKITE=true BUILDKITE_PULL_REQUEST=7 BUILDKITE_PULL_REQUEST_BASE_BRANCH=main
look
