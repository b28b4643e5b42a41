# Series of other tools become entries, once.
# betterer.results was written by betterer 5.4.0 over two small files. The notes are laid out as git-perf 0.22.0's
# serialization.rs and git-ratchet's store/notes.go write them, and data.js as github-action-benchmark does; made by hand.
git init -q -b main shop && cd shop
commit() { GIT_AUTHOR_DATE="$1" GIT_COMMITTER_DATE="$1" git commit -q --allow-empty -m "$2"; }
perf() { printf "0\034build_time\034$1.5\034$2\034os=linux\034unit=ms\n0\034build_time\034$1.75\034$3\034os=linux\034unit=ms\n"; }
# The second commit's clock is behind the first's.
commit 2026-01-02T12:00:00Z one; { perf 1767355200 40.5 40.25; printf '0\034Binary Size (MB)\0341767355200.0\0341e2\n'; } | git notes --ref perf-v3 add -F -
printf 'jshint,9,12\n"a ""b"", c",7,7\n' | git notes --ref git-ratchet-1-master add -F -
commit 2026-01-01T12:00:00Z two; { perf 1767268800 41 43; printf '0\034coverage.line\0341767268800.0\03480\n0\034odd\034now\0341\n0\034odd\0341767268800\034NaN\n'; } | git notes --ref perf-v3 add -F -
git for-each-ref > ../refs
echo "--- git-perf"
tidegate ledger import git-perf --dry-run; echo "exit $?"; tidegate ledger log 2> /dev/null; echo "exit $?"
tidegate ledger import git-perf perf-v3; echo "exit $?"
tidegate ledger import git-perf refs/notes/perf-v3 -q; echo "exit $?"; tidegate ledger log | wc -l
tidegate ledger show main | sed '1,/Metrics/d'
git --git-dir .git/tidegate/ledger.git log -1 --format=%B tidegate/ledger | grep Origin
echo "--- git-ratchet, for a commit that has an entry"
tidegate ledger import git-ratchet; tidegate ledger import git-ratchet | tail -n 2
first=$(git rev-parse HEAD~); tidegate ledger show "$first" | sed '1,/Metrics/d'
echo "--- betterer, with the file's history"
cp "$CASE/betterer.results" .betterer.results; git add . && commit 2026-01-03T12:00:00Z three
commit 2026-01-04T12:00:00Z unrelated
sed 's/4012/3999/' "$CASE/betterer.results" > .betterer.results; git add . && commit 2026-01-05T12:00:00Z four
tidegate ledger import betterer .betterer.results --dry-run | sed 's/  [0-9a-f]\{10\}/  COMMIT/'
tidegate ledger import betterer .betterer.results | tail -n 1
echo "--- gh-benchmark, of a commit that is not here"
tidegate ledger import gh-benchmark "$CASE/data.js"; tidegate ledger show 1111111 | sed '1,2d; /^time/d'
echo "--- what tidegate recorded itself stays, and so does all after it"
printf '<testsuite name="s"><testcase name="t"/></testsuite>' > junit.xml; git add . && commit 2026-01-06T12:00:00Z five
tidegate record -q junit.xml
perf 1767700800 39 39 | git notes --ref perf-v3 add -F -; commit 2026-01-07T12:00:00Z six; perf 1767787200 38 38 | git notes --ref perf-v3 add -F -
tidegate ledger import git-perf | tail -n 3; tidegate ledger show main | grep -c tests.total
git for-each-ref refs/notes/git-ratchet-1-master | diff - ../refs | grep -c '^<'
echo "--- mistakes"
tidegate ledger import; echo "exit $?"
tidegate ledger import git-perf nowhere; echo "exit $?"
tidegate ledger import betterer; echo "exit $?"
tidegate ledger import gh-benchmark junit.xml; echo "exit $?"
tidegate ledger import gh-benchmark absent.js; echo "exit $?"
tidegate ledger import betterer absent.results; echo "exit $?"
echo nonsense | git notes --ref perf-odd add -F -; tidegate ledger import git-perf perf-odd; echo "exit $?"
printf 'version: 1\nledger: { remote: none }\ngates:\n  - tests.failed: { at_most: 0 }\n' > .tidegate.yml
git update-ref -d refs/notes/perf-v3; git update-ref -d refs/notes/perf-odd; tidegate ledger import git-perf; echo "exit $?"
cd / && tidegate ledger import git-perf; echo "exit $?"
