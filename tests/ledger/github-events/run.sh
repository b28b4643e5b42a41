# GitHub's event files, whole: a merge queue of three, the push that lands it, pull requests of a branch and of a fork.
. "$KIT/kit.sh"
make_code shop
serve web --user robot:push-token
publish shop shop "$URL/shop.git"
id() { git -C "$here/shop" rev-parse "$1"; }
event() { export GITHUB_EVENT_PATH="$here/event.json"; cat > "$here/event.json"; }
repository='"repository": {"id": 1, "full_name": "octo/shop", "fork": false, "default_branch": "main"}'
land() { # land BEFORE TESTS: main is pushed, checked out at depth 1, checked, and recorded with a token that may push
    git -C "$here/shop" push -q "$remotes/shop.git" main
    as_github push refs/heads/main
    event <<JSON
{"ref": "refs/heads/main", "before": "$1", "after": "$(id main)", "created": false, "deleted": false, "forced": false,
 "compare": "https://github.example/octo/shop/compare/a...b", "commits": [], "head_commit": {"id": "$(id main)"}, $repository}
JSON
    rm -rf "$here/job"
    checkout_commit "http://robot:push-token@127.0.0.1:$PORT/shop.git" "$here/job" refs/heads/main
    cd "$here/job" && report "$2" && judge && note tidegate record -q
    cd "$here/shop" || exit
}
group() { # group NUMBER BASE HEAD TESTS: the run for one group of the queue
    ref=refs/heads/gh-readonly-queue/main/pr-$1-$(id "$2")
    as_github merge_group "$ref"
    event <<JSON
{"action": "checks_requested", "merge_group": {"head_sha": "$(id "$3")", "head_ref": "$ref", "base_sha": "$(id "$2")",
 "base_ref": "refs/heads/main", "head_commit": {"id": "$(id "$3")", "message": "Merge pull request #$1"}}, $repository}
JSON
    git -C "$here/shop" push -q "$remotes/shop.git" "$3:$ref"
    checkout_commit "$URL/shop.git" "$here/group$1" "$ref"
    cd "$here/group$1" && report "$4" && judge && note tidegate record
    cd "$here/shop" || exit
}
pull() { # pull BASE HEAD REPOSITORY FORK: the event of pull request 9
    as_github pull_request refs/pull/9/merge main
    export GITHUB_HEAD_REF=topic
    event <<JSON
{"action": "synchronize", "number": 9, "before": "$(id "$2~1")", "after": "$(id "$2")", "pull_request": {"number": 9,
 "state": "open", "head": {"label": "$3:topic", "ref": "topic", "sha": "$(id "$2")", "repo": {"full_name": "$3/shop", "fork": $4}},
 "base": {"label": "octo:main", "ref": "main", "sha": "$(id "$1")", "repo": {"full_name": "octo/shop", "fork": false}},
 "merged": false, "merge_commit_sha": null}, $repository}
JSON
}
cd shop
echo "-- two pushes: 5 and 6 tests"
land 0000000000000000000000000000000000000000 5
change two && land "$(id main~1)" 6
for number in 1 2 3; do
    git checkout -q -b "pull$number" main && echo x > "file$number" && git add . && git commit -q -m "pull $number"
done
git checkout -q -b queue main
for number in 1 2 3; do git merge -q --no-ff -m "Merge pull request #$number" "pull$number"; done
echo "-- a queue of three: one test more, one less than the branch has, and as many"
group 1 main queue~2 7
group 2 queue~2 queue~1 5
group 3 queue~1 queue 6
echo "-- the three have landed"
git checkout -q main && git merge -q --ff-only queue
land "$(id main~3)" 8
recorded shop
git checkout -q -b topic main~3 && echo x > topic && git add . && git commit -q -m topic && git checkout -q main
merge_ref . shop 9 main topic
git push -q "$remotes/shop.git" topic
echo "-- a pull request as its merge commit, depth 1: the event file names an older base, the first parent counts"
checkout_commit "$URL/shop.git" "$here/merged" refs/pull/9/merge
cd "$here/merged" && GITHUB_SHA=$(git rev-parse HEAD) && export GITHUB_SHA
pull main~3 topic octo false && report 8 && judge
report 7 && judge
echo "-- at its own head, depth 1: the base of the event file"
checkout_commit "$URL/shop.git" "$here/head" refs/heads/topic
cd "$here/head" && report 6 && judge
echo "-- at its own head with history: where it left the target, whatever has landed there since"
git clone -q -b topic "$URL/shop.git" "$here/whole"
cd "$here/whole" && pull main topic octo false && report 6 && judge
report 5 && judge
echo "-- and by the policy that the target has now, however old the branch is"
cd "$here/shop" && sed -i 's/at_most: 0/at_most: 0 }\n  - tests.skipped: { at_most: 0/' .tidegate.yml
git commit -q -a -m stricter && git push -q "$remotes/shop.git" main
cd "$here/whole" && git fetch -q && pull main topic octo false && report 6
sed -i 's|"t6"/>|"t6"><skipped/></testcase>|' build/junit.xml
tidegate check | grep -E '^(GATE|FAIL|Policy)'
echo "-- from a fork: read without a token, and nothing to record"
cd "$here/merged" && pull main topic stranger true && report 8 && judge && note tidegate record
note tidegate record --branch main
examine shop
