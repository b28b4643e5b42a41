# A change whose head is a merge commit: its first parent is its own work, never what it is judged by. The change loosens the
# policy, merges a side branch, and then has 5 tests where main has 6.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
cd shop
report 6 && as_push && tidegate record -q && as_laptop
base=$(git rev-parse main)
git checkout -q -b topic
sed -i 's/ratchet: true/at_least: 1/' .tidegate.yml
git commit -q -a -m loosen
git checkout -q -b side main && git commit -q --allow-empty -m side
git checkout -q topic && git merge -q --no-ff -m merge side
git push -q "$remotes/shop.git" topic "topic:refs/pull/7/head"
verdict() { report 5; tidegate check 2>&1 | grep -E '^(GATE|FAIL|Baseline|Policy:)|error: |warning: '; }
name_base() { event_says '{"pull_request": {"base": {"sha": "%s"}}}' "$base"; }
echo "-- GitHub, the head checked out with all history, while GITHUB_SHA is the merge commit of the forge"
git clone -q -b topic "$URL/shop.git" "$here/whole" && cd "$here/whole"
as_pull 7 && name_base && GITHUB_SHA=$base verdict
echo "-- with a depth of 1"
checkout_commit "$URL/shop.git" "$here/shallow" refs/heads/topic && cd "$here/shallow"
GITHUB_SHA=$base verdict
echo "-- Gitea, whose pull requests are checked out at their head"
as_github pull_request refs/pull/7/head main && name_base && GITHUB_SHA=$(git rev-parse HEAD) verdict
echo "-- Buildkite, which names no base: where the head has left the remote's main; with a depth of 1 the newest entry"
as_laptop
export BUILDKITE=true BUILDKITE_PULL_REQUEST=7 BUILDKITE_PULL_REQUEST_BASE_BRANCH=main BUILDKITE_COMMIT="$(git rev-parse HEAD)"
verdict
cd "$here/whole" && verdict
unset BUILDKITE BUILDKITE_PULL_REQUEST BUILDKITE_PULL_REQUEST_BASE_BRANCH BUILDKITE_COMMIT
echo "-- Jenkins and Bitbucket merge the target into the head: the first parent is the change"
git -C "$here/shop" checkout -q main
(cd "$here/shop" && change more && git push -q "$remotes/shop.git" main && as_push && report 6 && tidegate record -q)
git fetch -q && head=$(git rev-parse HEAD) && git merge -q --no-ff -m 'the merge of the job' origin/main
JENKINS_URL=http://j/ CHANGE_ID=7 CHANGE_TARGET=main verdict
export BITBUCKET_BUILD_NUMBER=1 BITBUCKET_PR_ID=7 BITBUCKET_PR_DESTINATION_BRANCH=main
git update-ref -d refs/remotes/origin/main
BITBUCKET_COMMIT=$head verdict
BITBUCKET_PR_DESTINATION_COMMIT=$(git rev-parse HEAD^2 | cut -c 1-12) verdict
echo "-- the beginning of an id that is not here"
BITBUCKET_PR_DESTINATION_COMMIT=0123456789ab verdict
