# A ledger that was deleted, replaced, damaged, written by a newer version, or is none at all: closed, with the reason.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
cd shop
as_push
tidegate record -q
change two && report 6 && tidegate record -q
git push -q "$remotes/shop.git" main
good=$(on shop rev-parse "$ledger_ref")
try() { # try TEXT: a fresh clone, and the checkout that knows the former state
    echo "-- $1"
    rm -rf "$here/fresh"
    git clone -q "$remotes/shop.git" "$here/fresh" && cd "$here/fresh"
    git remote set-url origin "$URL/shop.git"
    change fresh && report 6
    echo "fresh: check"; say tidegate check -q --deadline 1 2>/dev/null
    cd "$here/shop"
    echo "old: check"; say tidegate check -q --deadline 1 2>/dev/null
    echo "old: record"; note tidegate record -q --deadline 1
    cd "$here/fresh"
    echo "fresh: record"; note tidegate record -q --deadline 1
    [ "$(on shop rev-parse -q --verify "$ledger_ref")" = "$bad" ] && echo "the ledger stands where it stood"
    on shop update-ref "$ledger_ref" "$good"
    cd "$here/shop"
    echo "mended: check"; say tidegate check -q --deadline 1 2>/dev/null
}
replace() { # replace FILE TEXT: a commit on top of the tip in which that file is other
    blob=$(printf '%s\n' "$2" | on shop hash-object -w --stdin)
    GIT_INDEX_FILE=$here/index
    export GIT_INDEX_FILE
    on shop read-tree "$good"
    on shop update-index --add --cacheinfo "100644,$blob,$1"
    tree=$(on shop write-tree)
    unset GIT_INDEX_FILE
    rm "$here/index"
    bad=$(on shop log -1 --format=%B "$good" | on shop commit-tree "$tree" -p "$good")
    on shop update-ref "$ledger_ref" "$bad"
}
replace branches/main/snapshot.json '{'
try "damaged snapshot"
echo "-- a recording may be made over it"
on shop update-ref "$ledger_ref" "$bad"
note tidegate record -q --accept-loss
say tidegate check -q 2>/dev/null
on shop update-ref "$ledger_ref" "$good"
(cd "$here/shop" && rm -rf .git/tidegate)
replace format.json nonsense
try "damaged format"
replace format.json "$(on shop show "$good:format.json" | sed 's,ledger/1,ledger/99,')"
try "newer format"
bad=$(on shop rev-parse main)
on shop update-ref "$ledger_ref" "$bad"
try "a branch of somebody else"
make_code "$here/twin" && cd "$here/twin"
make_remote twin && git remote add origin "$remotes/twin.git"
tidegate record -q
cd "$here/shop"
on shop fetch -q "$remotes/twin.git" "+$ledger_ref:$ledger_ref"
bad=$(on shop rev-parse "$ledger_ref")
try "another ledger"
on shop update-ref -d "$ledger_ref"
bad=
try "deleted"

echo "-- the same with the ledger's id in the policy"
id=$(on shop show "$good:format.json" | grep -o '[0-9a-f]\{32\}')
[ "${#id}" -eq 32 ] && echo "ledger: { id: $id }" >> .tidegate.yml
git commit -q -a -m id
git push -q "$remotes/shop.git" main
on shop update-ref -d "$ledger_ref"
try "deleted"
on shop update-ref "$ledger_ref" "$(git -C "$here/twin" ls-remote "$remotes/twin.git" "$ledger_ref" | cut -f 1)"
bad=$(on shop rev-parse "$ledger_ref")
try "another ledger"
