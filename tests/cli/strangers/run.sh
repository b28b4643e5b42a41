# Reports of common kinds that are not read are named, unless one of their family is there.
git init -q -b main . && printf 'target\n' > .gitignore && git add . && git commit -qm one && mkdir -p target/site/jacoco
printf '<?xml version="1.0"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="x"><sessioninfo id="a"/></report>\n' > target/site/jacoco/jacoco.xml
echo "== alone"
tidegate check | grep -E 'jacoco|no-reports'
echo "== with tests"
echo '<testsuite name="s"><testcase classname="c" name="t"/></testsuite>' > target/TEST-s.xml
tidegate init 2>&1 | grep -E 'jacoco|wrote'
rm .tidegate.yml
echo "== with coverage"
printf 'SF:a.c\nDA:1,1\nend_of_record\n' > target/lcov.info
tidegate init 2>&1 | grep -E 'jacoco|wrote'
