# A baseline file names no commits: a merge train, which is judged by the bar, names none either.
. "$CASE/../toy.sh"
toy project
recorded 'baseline'
git switch -qc worse; file src/bad 0 50; git add .; git commit -qm worse; measure
base=$(git rev-parse main); head=$(git rev-parse HEAD)
git switch -q --detach main; git merge -q --no-ff --no-edit worse
GITLAB_CI=true CI_MERGE_REQUEST_IID=7 CI_MERGE_REQUEST_EVENT_TYPE=merge_train CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main \
    CI_MERGE_REQUEST_TARGET_BRANCH_SHA=$base CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=$head tidegate check | grep -A6 '^FAIL'
