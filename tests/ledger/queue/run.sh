# A merge queue of three: each group is compared, none is recorded, and the landed commits are.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
cd shop
as_push
tidegate record -q
for number in 1 2 3; do
    change "group $number"
    git push -q "$remotes/shop.git" "HEAD:refs/heads/gh-readonly-queue/main/pr-$number-0000000000000000000000000000000000000000"
done
for number in 1 2 3; do
    ref=refs/heads/gh-readonly-queue/main/pr-$number-0000000000000000000000000000000000000000
    checkout_commit "$URL/shop.git" "$here/group$number" "$ref"
    cd "$here/group$number"
    report $((5 + number))
    as_queue "$number"
    event_says '{"merge_group": {"base_sha": "%s"}}' "$(git -C "$here/shop" rev-parse "HEAD~$((4 - number))")"
    echo "-- group $number"
    judge
    note tidegate record
done
cd "$here/shop"
git push -q "$remotes/shop.git" main
as_push
report 8
note tidegate record -q
recorded shop
