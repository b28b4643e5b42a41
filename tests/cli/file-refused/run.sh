# A baseline file that cannot be read blocks; recording mends all but what a newer program wrote.
. "$CASE/../toy.sh"
toy project
recorded 'baseline'
cp .tidegate-ledger.json good.json
look() { git commit -qam "$1"; measure; tidegate check > ../out.txt 2>&1; code=$?; grep -E '^(GATE|Baseline)| error: ' ../out.txt; echo "exit $code"; }
printf '{"schema": "tidegate/ledger-file/1", "metrics": [' > .tidegate-ledger.json; look cut
{ sed '4,$d' good.json; echo '<<<<<<< ours'; sed -n 4p good.json; echo =======; sed '1,3d' good.json; } > .tidegate-ledger.json; look conflict
tidegate record; echo "exit $?"; cmp .tidegate-ledger.json good.json && look mended
sed 's|ledger-file/1|ledger-file/2|' good.json > .tidegate-ledger.json; look newer
tidegate record; echo "exit $?"
sed 's/"covered": 80/"covered": 800/' good.json > .tidegate-ledger.json; look impossible
: > .tidegate-ledger.json; look empty
ln -sf good.json .tidegate-ledger.json; git add .; look link
cp good.json .tidegate-ledger.json 2>/dev/null; rm .tidegate-ledger.json; cp good.json .tidegate-ledger.json; look good
# Nothing is written of incomplete reports, or where nothing can be written.
rm build/junit.xml; tidegate record; echo "exit $?"
measure; sed -i 's|^ledger: file|ledger: { file: no/such/folder.json }|' .tidegate.yml; tidegate record; echo "exit $?"
# Nothing is written over what is no baseline file: the policy itself, a source, a text with a line like a conflict mark. An empty one is.
over() { sed -i "s|^ledger: .*|ledger: { file: $1 }|" .tidegate.yml; cp "$1" ../before; tidegate record -q; echo "exit $?"; cmp "$1" ../before && echo kept; }
cp .tidegate.yml ../policy.yml
over .tidegate.yml | grep -v '^ '; over src/core; printf 'Title\n=======\n' > notes.md; over notes.md; printf '\0\1' > odd; over odd; : > new.json; over new.json > ../out.txt 2>&1; head -n 2 new.json
cp ../policy.yml .tidegate.yml
# The merge driver: what cannot be read or added up is a conflict, and the result says so in its bytes.
echo '{}' > bad.json; cp good.json ours.json
tidegate merge-driver good.json ours.json bad.json x.json; echo "exit $?"; head -n 1 ours.json; tail -n 3 ours.json
cp good.json ours.json; tidegate merge-driver good.json ours.json none.json; echo "exit $?"
cp good.json ours.json; tidegate merge-driver good.json ours.json; echo "exit $?"
tidegate merge-driver --install a b c; echo "exit $?"
cd ..; mkdir bare && cd bare && git init -q --bare . && tidegate merge-driver --install; echo "exit $?"
