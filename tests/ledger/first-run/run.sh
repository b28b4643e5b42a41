# The first run: "none yet" is said when the server answered and has no such branch, and only then.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
cd shop
as_pull 1
event_says '{"pull_request": {"base": {"sha": "%s"}}}' "$(git rev-parse HEAD)"
judge
entries shop
as_push
say tidegate check -q
note tidegate record
entries shop
tests_of shop
judge
stop web
judge
