# Two pushes whose jobs finish in the wrong order: both are recorded, and the newer commit counts.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
as_push
cd shop && tidegate record -q
change two && git push -q "$remotes/shop.git" main && git clone -q "$URL/shop.git" "$here/older"
change three && git push -q "$remotes/shop.git" main && git clone -q "$URL/shop.git" "$here/newer"
cd "$here/newer" && report 7 && note tidegate record -q
cd "$here/older" && report 6 && note tidegate record -q
recorded shop
tests_of shop
on shop log --format="%(trailers:key=Tidegate-Late,valueonly,separator=)" "$ledger_ref" | sed "s/^$/-/"
cd "$here/shop"
git checkout -q -b topic && change topic && report 7
as_laptop
judge
examine shop
