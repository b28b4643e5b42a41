# What may not be read is not taken for what is not there: no repository, a repository without a remote.
. "$KIT/kit.sh"
[ "$(id -u)" = 0 ] && command -v setpriv >/dev/null || exit 77 # who may read everything must be able to become somebody else
cp "$(readlink -f "$(command -v tidegate)")" "$HOME/tidegate"
chmod 711 "$HOME" "$here"
stranger() { setpriv --reuid=65534 --regid=65534 --clear-groups "$HOME/tidegate" "$@" 2>&1 | sed "s,$here,HERE,"; }
make_code shop
cd shop
tidegate record -q
git remote add origin "$here/remote.git"
chmod -R a+rX .
for hidden in .git .git/config .git/HEAD .git/objects; do
    echo "-- $hidden"
    mode=$(stat -c %a $hidden)
    chmod 000 $hidden
    stranger check -q
    chmod "$mode" $hidden
done
# Nor is a folder that reports may be in, where a pattern of the policy leads there.
mkdir -p build/a build/b
for suite in a b; do echo "<testsuite name='$suite'><testcase classname='$suite' name='t'/></testsuite>" > build/$suite/junit.xml; done
printf 'version: 1\nledger: {remote: none}\nreports: [{path: "build/*/junit.xml", optional: true}]\ngates: [{tests.failed: {at_most: 0}}]\n' > .tidegate.yml
echo "-- build/b"
chmod -R a+rX . && stranger check | grep GATE
chmod 000 build/b
stranger check | grep -E 'GATE|build|NO DATA'
chmod 755 build/b
# A folder that may be listed but not entered hides what is in it, too, also from a report that may be absent.
for pattern in 'build/*/junit.xml' build/b/junit.xml; do
    sed -i "s|path: \"[^\"]*\"|path: \"$pattern\"|" .tidegate.yml
    chmod 644 build/b
    stranger check | grep -E 'GATE|build/|NO DATA'
    chmod 755 build/b
done
