# Outside of CI nothing is pushed unless it is asked for.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
cd shop
note tidegate record
entries shop
note tidegate record --push
entries shop
change again
git push -q "$remotes/shop.git" main
report 6
judge
note tidegate record --push -q
recorded shop
