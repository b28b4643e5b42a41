# Reports of common kinds that are not read are named, unless one of their family is there.
git init -q -b main . && printf 'target\n' > .gitignore && git add . && git commit -qm one && mkdir -p target/site/jacoco
printf '<?xml version="1.0"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="x"><sessioninfo id="a"/></report>\n' > target/site/jacoco/jacoco.xml
echo "== alone"
tidegate check | grep -E 'jacoco|no-reports'
echo "== by names that no report has which is read"
mkdir target/go && printf 'mode: set\nexample.org/d/d.go:3.19,4.11 1 1\n' > target/go/cover.out
printf '{"Time":"2026-01-02T03:04:05Z","Action":"start","Package":"example.org/d"}\n' > target/go/test.json
echo '<TestRun id="x"/>' > target/go/results.trx && echo '{"name":"no report"}' > target/go/coverage.json
tidegate init 2>&1 | grep -E 'target/go|error'; rm -r target/go
echo "== named"
printf '{"ImportPath":"example.org/d","Action":"build-output","Output":"# example.org/d\\n"}\n' > target/a.json
printf '<?xml version="1.0"?>\n<coverage version="1"><file path="src/t.c"><lineToCover lineNumber="2" covered="true"/></file></coverage>\n' > target/sonar.xml
printf '{"files":[{"file":"src/t.c","functions":[],"lines":[{"count":2,"line_number":2}]}],"gcovr/format_version":"0.1"}\n' > target/g.json
printf '{"data":[{"files":[{"filename":"/d/src/t.rs"}],"functions":[]}],"type":"llvm.coverage.json.export"}\n' > target/l.json
printf '{"stats":{"suites":1,"tests":1,"passes":1},"tests":[]}\n' > target/m.json
printf '{"config":{"configFile":"/d/p.config.ts","version":"1.50.0"},"suites":[]}\n' > target/p.json
printf '<?xml version="1.0"?>\n<robot generator="Robot 7.0"><suite id="s1"/></robot>\n' > target/output.xml
printf '{\n  "tests": 1,\n  "failures": 0,\n  "disabled": 0,\n  "name": "AllTests",\n  "testsuites": []\n}\n' > target/t.json
printf '{ "type": "suite", "event": "started", "test_count": 1 }\n{ "type": "test", "event": "started", "name": "t" }\n' > target/u.json
printf '{"root": ".", "gcovr/summary_format_version": "0.6", "files": [], "line_total": 10, "branch_total": 12}\n' > target/v.json
printf '{"run_at": "2026-11-21 08:23:21 UTC", "git": {"branch": "main"}, "source_files": []}\n' > target/w.json
printf '[{"file": "q.sql", "start_line": 1, "title": "SQLFluff", "message": "LT01: m", "annotation_level": "warning"}]\n' > target/x.json
printf -- "---\nMainSourceFile:  '/d/src/w.c'\nDiagnostics:\n" > target/fixes.yaml
echo '<plist version="1.0"><dict><key>clang_version</key></dict></plist>' > target/w.plist
tidegate collect target/fixes.yaml target/w.plist 2>&1 | grep not-read; rm target/fixes.yaml target/w.plist
echo '<Report ToolsVersion="8.2"><Information/><Issues/></Report>' > target/inspect.xml
echo '<analysis><scanInfo/><dependencies/></analysis>' > target/dependency-check.xml
tidegate collect target/dependency-check.xml target/inspect.xml 2>&1 | grep not-read; rm target/inspect.xml target/dependency-check.xml
tidegate collect target/[a-z].json target/sonar.xml target/output.xml 2>&1 | grep not-read; rm target/[a-z].json target/sonar.xml target/output.xml
echo "== with tests"
echo '<testsuite name="s"><testcase classname="c" name="t"/></testsuite>' > target/TEST-s.xml
tidegate init 2>&1 | grep -E 'jacoco|wrote'
rm .tidegate.yml
echo "== with coverage"
printf 'SF:a.c\nDA:1,1\nend_of_record\n' > target/lcov.info
tidegate init 2>&1 | grep -E 'jacoco|wrote'
