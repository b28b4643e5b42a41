# Partial snapshots of shards: the whole is the sum, and nothing stale, doubled or cut counts as a fact.
"$CASE/../../../examples/make-shop" shop && cd shop
cat > .tidegate.yml <<'POLICY'
version: 1
reports:
  - path: parts/*.partial
    expect: 2
gates:
  - tests: { present: true }
  - coverage.line: { at_least: 90 }
POLICY
git add .tidegate.yml && git commit -qm policy
touch build/* # not older than the commit
mkdir parts
metrics() { tidegate collect --json "$@" | sed -n '/^  "metrics"/,/^  }/s/^  },/  }/;/^  "metrics"/,/^  }/p'; }

echo "== two shards are one run, in any order"
tidegate collect -q -o parts/1.partial build/junit.xml
tidegate collect -q -o parts/2.partial build/coverage.xml
metrics build/junit.xml build/coverage.xml > whole
metrics parts/1.partial parts/2.partial | cmp - whole && metrics parts/2.partial parts/1.partial | cmp - whole && echo same
tidegate check -q; echo "exit $?"

echo "== equal reports make equal files, packed or not"
tidegate collect -q -o again.partial build/junit.xml && cmp again.partial parts/1.partial && echo same
gzip -dc parts/1.partial > plain.partial && metrics plain.partial parts/2.partial | cmp - whole && echo same

echo "== the same shard twice counts once"
cp parts/1.partial 3.partial
metrics parts/1.partial parts/2.partial 3.partial | cmp - whole && echo same
tidegate collect --json parts/1.partial 3.partial | grep repeated

echo "== but is one too many"
cp parts/1.partial parts/3.partial
tidegate check -q; echo "exit $?"
tidegate record; echo "exit $?"
rm parts/3.partial

echo "== one too few"
mv parts/2.partial .
tidegate check -q; echo "exit $?"
tidegate check | grep "cli/"
mv 2.partial parts/

echo "== cut, and with one byte changed"
for size in 30 200 300; do
    head -c $size parts/1.partial > cut.partial
    tidegate collect -q cut.partial parts/2.partial; echo "exit $?"
done
python3 - parts/1.partial changed.partial <<'PYTHON'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
data[len(data) // 2] ^= 4
open(sys.argv[2], "wb").write(data)
PYTHON
tidegate collect -q changed.partial; echo "exit $?"

echo "== the same content under a new commit, then other content"
git commit -q --allow-empty -m same
tidegate collect -q -o all.partial parts/*.partial; echo "exit $?"
metrics all.partial | cmp - whole && echo same
echo >> README.md && git add README.md && git commit -qm other
tidegate check | grep "partial/\|GATE" | sed 's/[0-9a-f]\{40\}/COMMIT/g'
tidegate collect -q -o 1b.partial build/junit.xml
tidegate collect 1b.partial parts/2.partial | grep "partial/" | sed 's/[0-9a-f]\{40\}/COMMIT/g'
tidegate collect -q 1b.partial parts/2.partial; echo "exit $?"
