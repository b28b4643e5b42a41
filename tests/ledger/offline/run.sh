# `check --offline` takes what was fetched last and says so; without a copy there is no baseline.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
cd shop
say tidegate check --offline -q 2>/dev/null
as_push && tidegate record -q && as_laptop
git clone -q "$URL/shop.git" "$here/clone"
cd "$here/clone"
report 5
judge --offline
say tidegate check -q 2>/dev/null
stop web
say tidegate check -q 2>/dev/null
judge --offline
wc -l < "$LOG" > "$here/before"
say tidegate check --offline -q 2>/dev/null
wc -l < "$LOG" | diff - "$here/before"
