# Squash, rebase, revert, force push: what a push to main is compared with, and that every commit gets its entry.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
before=0000000000000000000000000000000000000000
land() { # land TESTS [FORCED]: main of `shop` is pushed, then checked out at depth 1, checked and recorded
    git -C "$here/shop" push -q --force "$remotes/shop.git" main
    as_push main "$before" "${2:-false}"
    before=$(git -C "$here/shop" rev-parse main)
    rm -rf "$here/job"
    checkout_commit "$URL/shop.git" "$here/job" refs/heads/main
    cd "$here/job"
    report "$1"
    judge
    note tidegate record -q
    cd "$here/shop"
}
cd shop
land 5
change two && land 6
echo "-- squash"
git checkout -q -b topic && change three && change four && git checkout -q main
git merge -q --squash topic > "$here/said" && git commit -q -m squashed && land 7
echo "-- rebase"
git checkout -q -b other main~1
echo x > other && git add other && git commit -q -m other
git rebase -q main
git checkout -q main && git merge -q --ff-only other && land 8
echo "-- revert of an older commit: what has come since is not undone, so it is compared with the base"
git revert --no-edit HEAD~1 > "$here/said" && land 7
echo "-- revert of the tip: compared with the same files"
git revert --no-edit HEAD > "$here/said" && land 8
echo "-- several commits in one push"
change five && change six && land 9
echo "-- force push"
git reset -q --hard HEAD~3 && change elsewhere && land 8 true
recorded shop
examine shop
echo "-- what the entries say"
on shop log --reverse --format='%(trailers:key=Tidegate-Event,valueonly,separator=)%(trailers:key=Tidegate-Covers,valueonly,separator=)' \
    "$ledger_ref" | sed 's/[0-9a-f]\{40\}/ID/g; s/^$/-/'
