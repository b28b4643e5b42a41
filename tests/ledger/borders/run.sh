# Full disk, read-only repository, a lock, no git program: closed or aside, never wrong, and the ledger stays whole.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
cd shop
as_push
tidegate record -q
change two && report 6
echo "-- no room (a limit on the size of files)"
(ulimit -f 0; tidegate record -q --deadline 2 2>&1; echo "exit $?") | grep -v '^    '
(ulimit -f 0; tidegate check -q 2>/dev/null; echo "exit $?") | cat
examine shop
git clone -q "$remotes/shop.git" "$here/fresh" && cd "$here/fresh" && git remote set-url origin "$URL/shop.git" && report 6
(ulimit -f 0; tidegate check -q --deadline 1 2>/dev/null; echo "exit $?") | cat
tidegate check -q
echo "exit $?"
cd "$here/shop"
echo "-- locked"
: > .git/tidegate/ledger.git/refs/tidegate/origin.lock
git clone -q "$remotes/shop.git" "$here/other"
(cd "$here/other" && change other && report 7 && tidegate record -q) # the remote moves on, the copy cannot follow
note tidegate record -q --deadline 4
rm -f .git/tidegate/ledger.git/refs/tidegate/origin.lock
examine shop
echo "-- no git program"
mkdir "$here/tools" && ln -s "$(command -v tidegate)" "$here/tools/tidegate"
change three
(PATH=$here/tools; tidegate check -q 2>/dev/null; echo "exit $?"; tidegate record -q 2>&1; echo "exit $?") | grep -v '^    '
note tidegate record -q
examine shop
