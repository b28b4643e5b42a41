# A change into a release branch, where the policy names main: the entry is of the release branch, and is not said to be of main.
. "$CASE/../tamper/lib.sh"
printf 'version: 1\nbaseline: { branch: main }\ngates:\n  - coverage.line: { ratchet: true }\n' > policy.yml
mkdir shop && cd shop && start
git checkout -q -b release; git commit -q --allow-empty -m release; reports 100 140 200; tidegate record -q --branch release
git checkout -q -b mend; git commit -q --allow-empty -m mend; git checkout -q --detach release; git merge -q --no-ff -m merge mend; reports 100 141 200
GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_REF=refs/pull/1/merge GITHUB_BASE_REF=release \
    GITHUB_SHA="$(git rev-parse HEAD)" tidegate check | sed -nE '/^Baseline/s/[0-9a-f]{10}/ID/gp'
git checkout -q main; reports 100 150 200; tidegate check | sed -nE '/^Baseline/s/[0-9a-f]{10}/ID/gp'
