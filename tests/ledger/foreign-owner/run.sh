# A checkout that belongs to somebody else, as in a container: git itself refuses it, tidegate reads its settings all the same.
. "$KIT/kit.sh"
[ "$(id -u)" = 0 ] || exit 77 # only a superuser can give files away
make_code shop
serve web --user robot:secret --private
publish shop shop "$URL/shop.git"
git -C shop config "http.$URL/.extraheader" "AUTHORIZATION: basic $(printf robot:secret | base64)"
commit=$(git -C shop rev-parse HEAD)
chown -R 65534:65534 shop
cd shop
git status 2>&1 | sed "s,$here,HERE,"
as_push
say tidegate check -q 2>/dev/null
export GITHUB_WORKSPACE="$here"
note tidegate record -q
say tidegate check -q --base "$commit" 2>/dev/null
entries shop
