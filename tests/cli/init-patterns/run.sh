# init lists reports of one kind as a pattern that a new test class, shard or module falls under, and that matches no
# other file; a report of its own name stands alone.
git init -q -b main . && git config user.email a@example.org && git config user.name A
junit() { mkdir -p "$(dirname "$1")"; echo "<testsuite name='$1'><testcase classname='$1' name='a'/></testsuite>" >"$1"; }
lcov() { mkdir -p "$(dirname "$1")"; printf 'SF:src/a.c\nDA:1,1\nend_of_record\n' >"$1"; }
mkdir src && echo 'int a;' >src/a.c && git add -A && git commit -qm 0
# classes, in the root and in modules; one in a folder with another tail
for class in com.shop.First com.shop.Second org.shop.Third; do junit target/surefire-reports/TEST-$class.xml; done
for module in core web; do junit $module/target/surefire-reports/TEST-$module.xml; lcov packages/$module/coverage/lcov.info; done
junit solo/target/failsafe-reports/TEST-Slow.xml
# only dots in common: the whole folder, unless another document lies there
for class in com.shop.First com.shop.Second org.shop.Third; do junit gradle/$class.xml; junit ant/$class.xml; done
echo '<project><target/></project>' >ant/build.xml
# suites by their folder, and by their own names
lcov coverage/unit/lcov.info; lcov coverage/e2e/lcov.info; lcov out/unit.info; lcov out/e2e.info; lcov out/web.info
# shards
for shard in 1 2; do junit reports/shard-$shard.xml; junit "odd [x]/part$shard.xml"; done
junit reports/all.xml
mkdir shards
tidegate collect -q --out shards/a.partial reports/shard-1.xml
tidegate collect -q --out shards/b.partial reports/shard-2.xml
# TestNG's own copies of what Surefire wrote would count twice
junit solo/target/surefire-reports/TEST-TestSuite.xml && junit solo/target/surefire-reports/junitreports/TEST-Slow.xml
junit "solo/target/surefire-reports/Surefire suite/Surefire test.xml"
# which a folder that the build gives to other tests does not
junit solo/target/surefire-reports/slow/TEST-Slow.xml
# a name that hardly anything but SARIF has
printf '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"SpotBugs"}},"results":[]}]}' >solo/target/spotbugsSarif.json
tidegate init -q; echo "exit $?"
grep -A1 ' - path:' .tidegate.yml
tidegate check -q; echo "exit $?"
# what comes later is read, and what goes is not missed
rm target/surefire-reports/TEST-com.shop.Second.xml
tidegate check -q; echo "exit $?"
mkdir -p new/target/surefire-reports
echo '<testsuite name="n"><testcase classname="n" name="a"><failure/></testcase></testsuite>' >new/target/surefire-reports/TEST-n.xml
tidegate check -q; echo "exit $?"
# What is special in patterns may begin a path, and what init writes can be read.
rm -rf new && junit '[x]/junit.xml' && junit '*/junit.xml' && tidegate init -q --force && grep -F "path: '\\" .tidegate.yml
tidegate check -q; echo "exit $?"
