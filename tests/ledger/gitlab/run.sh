# GitLab's kinds of pipeline, with its variables, its token in the address, and the checkouts of its runner.
. "$KIT/kit.sh"
make_code shop
serve web --user gitlab-ci-token:glcbt-64-secret --private
group=http://gitlab-ci-token:glcbt-64-secret@127.0.0.1:$PORT
project=shop
publish shop shop "$group/shop.git"
zeros=0000000000000000000000000000000000000000
id() { git -C "$here/shop" rev-parse "$1"; }
pipeline() { # pipeline NUMBER COMMIT DEPTH TESTS [BRANCH]: its job, in the folder jobNUMBER
    git -C "$here/shop" push -q "$remotes/$project.git" "$2:refs/pipelines/$1"
    commit=$(id "$2")
    checkout_pipeline "$group/$project.git" "$here/job$1" "$1" "$3" ${5+"$5"}
    cd "$here/job$1" || exit
    report "$4"
    export CI_COMMIT_SHA="$commit" CI_PROJECT_DIR="$PWD"
    freeze "$PWD"
}
pushed() { # pushed NUMBER BEFORE TESTS DEPTH: the pipeline of a push to main
    git -C "$here/shop" push -q --force "$remotes/shop.git" main
    as_gitlab push CI_COMMIT_BRANCH=main CI_COMMIT_REF_NAME=main CI_COMMIT_BEFORE_SHA="$2"
    pipeline "$1" main "$4" "$3" main
}
merge_request() { # merge_request NUMBER TYPE COMMIT DEPTH TESTS VARIABLE=VALUE...
    number=$1 type=$2 head=$3 depth=$4 tests=$5
    shift 5
    as_gitlab merge_request_event CI_MERGE_REQUEST_IID=7 CI_MERGE_REQUEST_ID=70007 CI_COMMIT_BEFORE_SHA=$zeros \
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=topic CI_COMMIT_REF_NAME=topic \
        CI_MERGE_REQUEST_REF_PATH=refs/merge-requests/7/head CI_MERGE_REQUEST_EVENT_TYPE="$type" \
        CI_MERGE_REQUEST_SOURCE_BRANCH_SHA="" CI_MERGE_REQUEST_DIFF_BASE_SHA="$(id main~1)" "$@"
    pipeline "$number" "$head" "$depth" "$tests"
}
echo "-- three pushes to main: 5, 6 and 7 tests"
pushed 1 $zeros 5 20 && judge && note tidegate record --push -q
cd "$here/shop" && change two && pushed 2 "$(id main~1)" 6 20 && judge && note tidegate record --push -q
cd "$here/shop" && change three && pushed 3 "$(id main~1)" 7 1 && judge && note tidegate record -q
untouched "$here/job3"
recorded shop
cd "$here/shop"
git checkout -q -b topic main~1 && echo x > topic && git add topic && git commit -q -m topic
git checkout -q -b other main && echo x > other && git add other && git commit -q -m other
for depth in 20 1; do
    echo "-- a merge request at its own head, depth $depth: compared with where it left main"
    merge_request 1$depth detached topic $depth 6
    judge
    note tidegate record --push
    report 5 && judge
    untouched "$PWD"
done
cd "$here/shop" && git checkout -q -b result main && git merge -q --no-ff -m 'the result' topic
git checkout -q -b train result && git merge -q --no-ff -m 'behind it in the train' other
for depth in 20 1; do
    echo "-- the result of merging it, depth $depth: compared with the target"
    merge_request 2$depth merged_result result $depth 7 CI_MERGE_REQUEST_TARGET_BRANCH_SHA="$(id main)" \
        CI_MERGE_REQUEST_SOURCE_BRANCH_SHA="$(id topic)"
    judge
    note tidegate record --push
    report 6 && judge
done
echo "-- a merge train: behind a result that nobody has recorded; judged by the bar"
merge_request 31 merge_train train 20 7 CI_MERGE_REQUEST_TARGET_BRANCH_SHA="$(id result)"
judge
note tidegate record --push
report 6 && judge
echo "-- both have landed"
cd "$here/shop" && git checkout -q main && git merge -q --ff-only train
pushed 41 "$(id main~2)" 8 20 && judge && note tidegate record --push -q
recorded shop
on shop log -1 --format='%(trailers:key=Tidegate-Covers,valueonly,separator=)' "$ledger_ref" |
    while read -r commit; do on shop log -1 --format='covers: %s' "$commit"; done
echo "-- the first pipeline of a branch, started by a push"
git -C "$here/shop" push -q "$remotes/shop.git" other
as_gitlab push CI_COMMIT_BRANCH=other CI_COMMIT_REF_NAME=other CI_COMMIT_BEFORE_SHA=$zeros
pipeline 51 other 20 7 other
judge
echo "-- a schedule"
as_gitlab schedule CI_COMMIT_BRANCH=main CI_COMMIT_REF_NAME=main CI_COMMIT_BEFORE_SHA=$zeros
pipeline 61 main 20 8 main
judge && note tidegate record --push -q
echo "-- a merge request from a fork, whose pipeline runs in the fork: its origin has no ledger"
git clone -q --bare "$remotes/shop.git" "$remotes/fork.git"
git -C "$remotes/fork.git" update-ref -d "$ledger_ref"
project=fork
cd "$here/shop" && git checkout -q topic
merge_request 71 detached topic 20 8 CI_PROJECT_ID=42 CI_MERGE_REQUEST_PROJECT_ID=41 \
    CI_MERGE_REQUEST_PROJECT_URL="http://127.0.0.1:$PORT/shop"
judge
git remote add upstream "$group/shop.git"
judge
examine shop
grep -rl glcbt-64-secret "$here"/job*/.git/tidegate || echo "the token is written down nowhere"
