# What a pull request is compared with: the entry of the first parent of the tested merge, in a checkout of depth 1.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
cd shop
as_push
for tests in 5 6 7 8; do
    report "$tests"
    tidegate record -q || echo "not recorded"
    change "main $tests"
    git push -q "$remotes/shop.git" main
done
as_laptop
git checkout -q -b topic main~2
change topic
git checkout -q -b second main~2
echo two > two && git add two && git commit -q -m second
git checkout -q -b third main~2
echo three > three && git add three && git commit -q -m third
git checkout -q main
base() { # base FOLDER TESTS [TIDEGATE-OPTION...]: what the run in FOLDER is compared with
    cd "$here/$1"
    report "$2"
    freeze "$here/$1"
    GITHUB_SHA=$(git rev-parse HEAD) judge
    untouched "$here/$1"
    cd "$here/shop"
}
echo "-- merge with the recorded tip"
merge_ref . shop 1 main~1 second
checkout_commit "$URL/shop.git" "$here/pull1" refs/pull/1/merge
as_pull 1 && base pull1 8
echo "-- merge with an older commit"
merge_ref . shop 2 main~3 second
checkout_commit "$URL/shop.git" "$here/pull2" refs/pull/2/merge
as_pull 2 && base pull2 6
echo "-- octopus"
merge_ref . shop 3 main~1 second third > "$here/said"
checkout_commit "$URL/shop.git" "$here/pull3" refs/pull/3/merge
as_pull 3 && base pull3 8
echo "-- merge with a tip that is not recorded yet"
merge_ref . shop 4 main second
checkout_commit "$URL/shop.git" "$here/pull4" refs/pull/4/merge
as_pull 4 && base pull4 8
echo "-- a test less than the base"
as_pull 1 && base pull1 7
entries shop
