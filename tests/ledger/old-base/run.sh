# A merge request from an old base: its values are compared with where it began, but the policy that the target has now judges
# it too, wherever the newest one is known: in the ledger, or in the checkout's copy of the target.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
cd shop
as_push && tidegate record -q && as_laptop
old=$(git rev-parse main)
git checkout -q -b topic && echo topic > topic && git add topic && git commit -q -m topic
git push -q "$remotes/shop.git" topic:refs/pipelines/1 topic && git checkout -q main
demand() { # demand TESTS: of the policy of main
    sed -i "s/ratchet: true.*/ratchet: true, at_least: $1 }/" .tidegate.yml
    git commit -q -a -m "at least $1" && git push -q "$remotes/shop.git" main
}
verdict() {
    as_gitlab merge_request_event CI_MERGE_REQUEST_IID=7 CI_MERGE_REQUEST_EVENT_TYPE=detached \
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main CI_MERGE_REQUEST_DIFF_BASE_SHA="$old" CI_PROJECT_DIR="$PWD"
    report 5
    tidegate check | grep -E '^(GATE|FAIL|Baseline|Policy:)|fewer'
}
demand 8 && report 8 && as_push main "$old" false && tidegate record -q && as_laptop
echo "-- only the ledger knows what main demands"
checkout_pipeline "$URL/shop.git" "$here/pipeline" 1 20 && cd "$here/pipeline" && verdict
echo "-- an earlier job has left an older copy of main"
git update-ref refs/remotes/origin/main "$old" && verdict
echo "-- the checkout has a newer main than the ledger"
cd "$here/shop" && demand 9
cd "$here/pipeline" && git fetch -q origin main:refs/remotes/origin/main && verdict
