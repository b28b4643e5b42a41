# As many files as expected, but one is a copy of another: it must not stand in for the shard that is lost.
git init -q -b main . && mkdir build && echo build > .gitignore
printf 'version: 1\nreports: [{ path: build/*.xml, expect: 2 }]\ngates:\n  - tests.failed: { at_most: 0 }\n' > .tidegate.yml
git add . && git commit -qm one
suite() { echo "<testsuite name='s'>$2</testsuite>" > "build/$1.xml"; }
check() { tidegate check "$@" > out 2>&1; code=$?; sed -n '/^NO DATA/p; /^PASS/p; /: missing/p; /\[cli/p' out; echo "exit $code"; }
echo "== two shards"
suite 1 "<testcase classname='s' name='a'/>"; suite 2 "<testcase classname='s' name='b'/>"
check
echo "== one shard twice"
cp build/1.xml build/2.xml
check
echo "== the same in partial snapshots"
for n in 1 2; do tidegate collect -q -o build/$n.partial build/$n.xml; done
sed 's/xml/partial/' .tidegate.yml > partial.yml
check --config partial.yml
echo "== two shards with nothing to run may be equal"
suite 1 ""; suite 2 ""
sed -i 's/expect: 2/expect: 2, empty: ok/' .tidegate.yml
check
