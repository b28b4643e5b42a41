# A job in which one group of reports is missing records nothing and leaves the former baseline.
. "$KIT/kit.sh"
make_code shop
serve web
cd shop
cat > .tidegate.yml <<'POLICY'
version: 1
reports:
  - { path: build/junit.xml, group: unit }
  - { path: build/web/junit.xml, group: web }
gates:
  - tests.total: { ratchet: true }
POLICY
git commit -q -a -m groups
cd ..
publish shop shop "$URL/shop.git"
cd shop
as_push
mkdir build/web
cp build/junit.xml build/web/junit.xml
note tidegate record -q
before=$(on shop rev-parse "$ledger_ref")
on shop show "$ledger_ref:branches/main/snapshot.json" | grep -o '"group": "[a-z]*"' | sort -u
change two
rm build/web/junit.xml
note tidegate record
note tidegate check -q
[ "$(on shop rev-parse "$ledger_ref")" = "$before" ] && echo "the ledger stands where it stood"
