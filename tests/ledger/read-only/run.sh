# A git directory that we may not write: a private repository elsewhere takes its place, and leaves nothing behind.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
report 5
cd shop
as_push
ordinary='sh -c'
if [ "$(id -u)" = 0 ]; then # a superuser may write everywhere
    chown -R 65534:65534 "$here/shop"
    chmod 755 "$HOME" "$here"
    ordinary='setpriv --reuid=65534 --regid=65534 --clear-groups sh -c'
fi
mkdir -m 777 "$here/tmp"
export TMPDIR="$here/tmp"
chmod -R a-w .git
$ordinary 'tidegate record -q; echo "exit $?"; tidegate check -q --base "$(git rev-parse HEAD)"; echo "exit $?"'
ls -A .git/tidegate 2>/dev/null
ls -A "$here/tmp"
chmod -R u+w .git
entries shop
