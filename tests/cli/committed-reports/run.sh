# A report that comes with the commit has the time of the checkout, but no step of the run has written it.
git init -q -b main seed && cd seed && mkdir build
echo '<testsuite name="s"><testcase classname="c" name="good"/></testsuite>' > build/junit.xml
printf 'version: 1\nreports:\n  - path: build/*.xml\ngates:\n  - tests: { present: true }\n  - tests.failed: { at_most: 0 }\n' > .tidegate.yml
git add . && git commit -qm forged && cd .. && git clone -q seed shop && cd shop && git remote remove origin
look() { tidegate "$@" > ../out.txt 2>&1; code=$?; grep -E '^(GATE|NO DATA|recorded|error)|present|committed|out of date' ../out.txt; echo "exit $code"; }
echo '== the step that should have written it has not run'
look check; look record
echo '== there are two'
cp build/junit.xml build/more.xml; sed -i s/good/more/ build/more.xml; git add build/more.xml; git commit -qm two; rm build/more.xml; git checkout -q build/more.xml; look check
echo '== one is written again, with the same content, and then the other'
sleep 0.01; cp build/junit.xml new && cat new > build/junit.xml; look check
cp build/more.xml new && cat new > build/more.xml; look check; look record
echo '== what is looked at by its name is not asked where it comes from'
git checkout -q .; rm build/more.xml; git checkout -q build; tidegate collect build/more.xml; echo "exit $?"
