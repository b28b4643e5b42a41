# In a checkout of depth 1 the base commit is not there: the ledger's copies of its policy and of CODEOWNERS count.
. "$CASE/../tamper/lib.sh"
cat > policy.yml <<'POLICY'
version: 1
reports:
  - path: build/junit.xml
  - path: build/lcov.info
gates:
  - coverage.line: { at_least: 70 }
POLICY
mkdir shop && cd shop
echo '.tidegate.yml @lead' > CODEOWNERS
start
# Takes a copy of depth 1 with the ledger, or without.
shallow() {
    (cd .. && git clone -q --depth 1 "file://$PWD/shop" ci 2> clone.txt || cat clone.txt)
    [ "$1" = without ] || { mkdir -p ../ci/.git/tidegate && cp -R .git/tidegate/ledger.git ../ci/.git/tidegate/; }
    cp -R build ../ci/
    (cd ../ci && git remote remove origin && check)
    rm -rf ../ci ../clone.txt
}
echo '== lowers the bar'
sed -i 's/at_least: 70/at_least: 60/' .tidegate.yml; reports 100 130 200; change lower; shallow with; drop
echo '== leaves it as it is'
echo more >> src/a.c; change same; shallow with; drop
echo '== moves the ledger away from itself'
printf 'ledger: {remote: none}\nbaseline: {branch: nowhere}\n' >> .tidegate.yml
sed -i 's/at_least: 70/at_least: 60/' .tidegate.yml; reports 100 130 200; change away; shallow with; drop
echo '== adds a waiver that the recorded owners must approve'
printf 'waivers:\n  - {gate: coverage.line, reason: later, owner: me, until: 2099-12-31}\n' >> .tidegate.yml
reports 100 130 200; change waiver; shallow with; drop
echo '== without the ledger nobody knows'
sed -i 's/at_least: 70/at_least: 60/' .tidegate.yml; reports 100 130 200; change unknown; shallow without
echo '== with a ledger that cannot be read, nor can the bar be known'
cd ../shop; rm -f .git/tidegate/ledger.git/objects/*/*; shallow with; drop
