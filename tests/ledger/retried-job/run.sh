# A job that is run again records nothing twice, in the same checkout and in a fresh one.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
as_push
for try in 1 2; do
    checkout_commit "$URL/shop.git" "try$try" refs/heads/main
    cd "try$try"
    report 5
    note tidegate record
    note tidegate record
    cd ..
done
examine shop
echo "-- other reports are another entry"
cd try2 && report 6 && note tidegate record -q && cd ..
examine shop
tests_of shop
