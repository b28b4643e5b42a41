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
unset BUILDKITE BUILDKITE_PULL_REQUEST BUILDKITE_PULL_REQUEST_BASE_BRANCH
pull() { # pull REF: a pull request from topic to main, checked out as REF
    git checkout -q --detach main && git merge -q --no-ff -m merge topic; [ "$1" = merge ] || git checkout -q topic
    printf '{"pull_request": {"base": {"sha": "%s"}}}' "$(git rev-parse main)" > event.json
    export GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_REF="refs/pull/7/$1" GITHUB_BASE_REF=main
    export GITHUB_SHA="$(git rev-parse HEAD)" GITHUB_EVENT_PATH="$PWD/event.json"
    look; rm event.json; git checkout -q topic
}
echo "== where the target is known it counts to that: nothing has happened there since, however long ago"
pull merge; pull head
echo "== three weeks of commits that have not measured the group"
git checkout -q main; GIT_COMMITTER_DATE=2001-03-22T00:00:00Z git commit -q --allow-empty -m three; git checkout -q topic
pull merge; pull head
echo "== a checkout of depth 1 knows the target's time by its entry"
git checkout -q main; git reset -q --hard HEAD~1; git checkout -q --detach main && git merge -q --no-ff -m merge topic
git clone -q --depth 1 "file://$PWD" shallow 2>/dev/null && cp -R .git/tidegate shallow/.git/ && mkdir shallow/core && cp core/junit.xml shallow/core/ && cd shallow && git remote remove origin
GITHUB_REF=refs/pull/7/merge GITHUB_SHA=$(git rev-parse HEAD) look
