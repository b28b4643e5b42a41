# Surefire's files without a test are whole beside one that has some, and no data where none has any. The shape is that of
# Surefire 3.5.2 with JUnit 5.11 and a class with two @Nested ones, properties removed: Maven said that 3 tests ran.
git init -q -b main . && printf 'target\n' > .gitignore && git add . && git commit -qm one && mkdir -p target/surefire-reports
xsd=https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd
suite() { # NAME TESTS CASES
    printf '<?xml version="1.0" encoding="UTF-8"?>\n<testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="%s" version="3.0.2" name="%s" time="0.1" tests="%s" errors="0" skipped="0" failures="0">\n%s</testsuite>\n' \
        "${4:-$xsd}" "$1" "$2" "$3" > "target/surefire-reports/TEST-$1.xml"
}
cases='  <testcase name="top" classname="shop.NestTest" time="0.001"/>
  <testcase name="in" classname="shop.NestTest$Inner" time="0.001"/>
  <testcase name="deep" classname="shop.NestTest$Inner$Deep" time="0.001"/>
'
suite shop.NestTest 0 ''
suite 'shop.NestTest$Inner' 0 ''
suite 'shop.NestTest$Inner$Deep' 1 "$cases"
tidegate init -q; grep -A1 'path:' .tidegate.yml
tidegate check | grep -E 'GATE|tests'
tidegate selftest | tail -1
tidegate record | sed 's/ [0-9a-f]\{12\}//g'
echo "== a module of its own in which no test ran"
mkdir -p core/target/surefire-reports && cp 'target/surefire-reports/TEST-shop.NestTest.xml' core/target/surefire-reports/
tidegate collect target/surefire-reports/*.xml core/target/surefire-reports/*.xml | grep -E 'core|nothing'; rm -r core
echo "== another tool's"
suite shop.NestTest 0 '' other.xsd
tidegate check | grep -E 'GATE|nothing\]'
echo "== none has a test"
suite shop.NestTest 0 '' && rm target/surefire-reports/*Deep.xml
tidegate check | grep -E 'GATE|nothing\]|unknown'
tidegate record > /dev/null 2>&1; echo "exit $?"
