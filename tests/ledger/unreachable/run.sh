# A remote that cannot be asked blocks with exit code 4 and names the command that failed; it is never "no ledger yet".
. "$KIT/kit.sh"
make_code shop
serve seed
publish shop shop "$URL/shop.git"
cd shop && as_push && tidegate record -q && as_pull 1
meet() { # meet NAME FAULT: check against a server with that fault
    echo "-- $2"
    serve "$1" --fault "$2"
    git remote set-url origin "$URL/shop.git"
    rm -rf .git/tidegate
    judge
    stop "$1"
}
meet forbidden all:status=403
meet missing all:status=404
meet broken all:status=500
meet portal all:html
meet listing fetch:status=500
meet cut fetch:drop-response=60
as_push && change two
echo "-- nobody there"
git remote set-url origin http://127.0.0.1:1/shop.git
say tidegate check -q 2>/dev/null
note tidegate record -q --deadline 3
echo "-- no such host"
git remote set-url origin https://code.invalid/shop.git
say tidegate check -q 2>/dev/null
echo "-- no such folder"
git remote set-url origin "$remotes/nothing.git"
say tidegate check -q 2>/dev/null
note tidegate record -q --deadline 3
echo "-- a reason, and then silence until the deadline"
serve turned --fault all:status=500:times=1 --fault all:silence
git remote set-url origin "$URL/shop.git"
note tidegate record -q --deadline 3
stop turned
examine shop
