# A monorepo whose pipelines measure only what a change touches: a group is carried, grows too old, and is retired.
at() { GIT_AUTHOR_DATE="2026-03-$1T00:00:00Z" GIT_COMMITTER_DATE="2026-03-$1T00:00:00Z"; export GIT_AUTHOR_DATE GIT_COMMITTER_DATE; }
suite() { # suite NAME TESTS
    mkdir -p "$1" && { echo "<testsuite name='$1'>"; for n in $(seq "$2"); do echo "<testcase name='$n' classname='$1' time='0'/>"; done; echo "</testsuite>"; } > "$1/junit.xml"
}
say() { sed -n '/^NO DATA/p; /^FAIL/p; /^PASS/p; /series/p; /^Baseline/d; /exit code/p'; }
git init -q -b main . && echo junit.xml > .gitignore
cat > .tidegate.yml <<'END'
version: 1
reports:
  - { path: core/junit.xml, group: core, max_age: 14d }
  - { path: web/junit.xml, group: web, max_age: 14d }
gates:
  - tests.total: { ratchet: true }
  - tests.failed: { at_most: 0 }
END
git add . && at 01 && git commit -qm one
suite core 3; suite web 4
tidegate record; echo "exit $?"

echo "== the self-test knows what is carried, and that present does not hold then"
try_web() { tidegate selftest "$@" | sed -n 's/  */ /g; /^web.*missing/p'; }
try_web; sed 's/^gates:/&\n  - web: { present: true }/' .tidegate.yml > present.yml; touch */junit.xml; try_web --config present.yml

echo "== web was not measured"
rm -r web && at 08 && git commit -q --allow-empty -m two
suite core 5
tidegate check -v | say; tidegate check -q; echo "exit $?"
tidegate check | grep "^Not measured"
tidegate check -o markdown | grep -A 2 "^Not measured"
sed 's/^gates:/&\n  - web: { present: true }/' .tidegate.yml > present.yml
tidegate check --config present.yml | say
tidegate record -q; echo "exit $?"
tidegate ledger show main -o json | grep -E '"path"|tests.total'

echo "== its age counts from where it was measured, not from where it was carried to"
at 14 && git commit -q --allow-empty -m three
tidegate check -q; echo "exit $?"
at 16 && git commit -q --allow-empty -m four
tidegate check | say; tidegate check -q 2>&1; echo "exit $?"
tidegate record -q; echo "exit $?"

echo "== nothing measured at all is no run"
rm -r core
tidegate check -q; echo "exit $?"

echo "== there is no web any more"
suite core 5
cat > .tidegate.yml <<'END'
version: 1
reports:
  - { path: core/junit.xml, group: core, max_age: 14d }
retired:
  - { group: web, reason: moved to a repository of its own }
gates:
  - tests.total: { ratchet: true }
END
git commit -qam five
tidegate record -q; echo "exit $?"
tidegate ledger show main -o json | grep -E '"path"|tests.total'
tidegate check -q; echo "exit $?"

echo "== mistakes"
sed -i 's/group: web, reason/group: core, reason/' .tidegate.yml
tidegate check 2>&1 | head -n 1
cat > .tidegate.yml <<'END'
version: 1
reports:
  - { path: core/junit.xml, max_age: soon }
  - { path: web/junit.xml, group: web, max_age: 14d }
gates:
  - tests.total: { ratchet: true }
END
tidegate check; echo "exit $?"

echo "== a group that is there in part is not carried"
cat > .tidegate.yml <<'END'
version: 1
reports:
  - { path: core/junit.xml, group: core, max_age: 14d }
  - { path: core/more.xml, group: core, max_age: 14d }
gates:
  - tests.total: { at_least: 1 }
END
tidegate check | grep -E "^GATE|core/more"
