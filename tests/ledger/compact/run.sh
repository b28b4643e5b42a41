# Older entries are rolled up at the remote, while others read and record; nothing is lost. With VIA=http over HTTP.
. "$KIT/kit.sh"
make_code shop
address=file://$remotes/shop.git
if [ "${VIA:-path}" = http ]; then
    serve web
    address=$URL/shop.git
fi
publish shop shop "$address"
as_push
cd shop
for number in 1 2 3 4 5 6 7 8; do
    change "change $number" && report $((5 + number)) && git push -q origin main && tidegate record -q
done
cd "$here"
git clone -q --depth 1 "$address" reader
(cd reader && report 13 && judge | tail -n 2)
git clone -q "$address" whole
(cd whole && report 13 && note tidegate ledger verify -q)
sixth=$(git -C shop rev-parse main~2)
cd shop
id=$(on shop rev-parse --short=12 "$ledger_ref~6")
last=$(on shop rev-parse --short=12 "$ledger_ref")
echo "-- what is refused"
note tidegate ledger compact --keep 3
note tidegate ledger compact --keep 0 --push
note tidegate ledger compact --push --offline
note tidegate ledger compact x
note tidegate ledger compact --push
echo "-- three are kept"
note tidegate ledger compact --keep 3 --push
examine shop
on shop ls-tree --name-only "$ledger_ref"
on shop show "$ledger_ref:rollup/$(date -u +%Y).jsonl" | wc -l
tidegate ledger log | wc -l
note tidegate ledger verify
note tidegate ledger verify --anchor "$id" -q
note tidegate ledger verify --anchor "$last" -q
note tidegate ledger verify --anchor 0123456789ab
echo "-- a baseline that was kept is found, older copies go on although the remote has forgotten what they hold"
on shop gc -q --prune=now
judge --base "$sixth" | tail -n 2
cd ../reader
judge | tail -n 2
git fetch -q && git merge -q --ff-only origin/main
change ninth && report 14 && git push -q origin main && note tidegate record -q
examine shop
note tidegate ledger verify -q
cd ../whole && git pull -q --ff-only && report 14 && judge | tail -n 2
change tenth && report 15 && git push -q origin main && note tidegate record -q
note tidegate ledger verify -q --anchor "$last"
examine shop
echo "-- a record that arrives while the branch is replaced, and the other way round"
change eleventh && git push -q origin main && hold_push shop
(note tidegate record -q) > ../eleventh.txt &
await "$here/held"
(cd ../shop && note tidegate ledger compact --keep 2 --push -q)
touch "$here/go"
wait $!; cat ../eleventh.txt
recorded shop | grep .
change twelfth && git push -q origin main && hold_push shop
(cd ../shop && note tidegate ledger compact --keep 1 --push -q) > ../compacted.txt &
await "$here/held"
note tidegate record -q
touch "$here/go"
wait $!; cat ../compacted.txt
recorded shop | grep .
rolled_up() { on shop show "$ledger_ref:rollup/$(date -u +%Y).jsonl" | grep -o '"entries": "[^"]*"' | cut -d '"' -f 4 | wc -w; }
rolled_up
note tidegate ledger verify -q --anchor "$id"
note tidegate ledger verify -q --anchor "$last"
cd "$here"
echo "-- while four writers record"
python3 "$KIT/writers.py" "$address" --writers 4 --records 3 > writers.txt &
writers=$!
cd shop && as_laptop
while kill -0 "$writers" 2>/dev/null; do
    tidegate ledger compact --keep 4 --push -q >> ../compacting.txt 2>&1 || echo "exit $?" >> ../compacting.txt
done
cd "$here"
wait "$writers"; cat writers.txt; sort -u compacting.txt
cd shop
{ on shop log --format='%(trailers:key=Tidegate-Key,valueonly,separator=)' "$ledger_ref" | grep -c .
  rolled_up
} | { read -r kept; read -r older; echo "$((kept + older)) entries in all"; }
note tidegate ledger verify -q
echo "-- a forged roll-up"
good=$(on shop rev-parse "$ledger_ref")
git init -q --bare forge.git && cd forge.git
git fetch -q "$remotes/shop.git" "+$ledger_ref:refs/heads/x"
git read-tree "$(git rev-list --max-parents=0 x)"
blob=$(git cat-file blob "x:rollup/$(date -u +%Y).jsonl" | sed 's/"commit": "./"commit": "x/' | git hash-object -w --stdin)
git update-index --cacheinfo "100644,$blob,rollup/$(date -u +%Y).jsonl"
forged=$(git cat-file commit "$(git rev-list --max-parents=0 x)" | sed '1,/^$/d' | git commit-tree "$(git write-tree)")
git push -q -f "$remotes/shop.git" "$forged:$ledger_ref"
cd ..
note tidegate ledger verify
echo "-- a ledger that stays here"
cd "$here" && make_code lone && cd lone
for number in 1 2 3 4; do change "$number" && tidegate record -q; done
note tidegate ledger compact --keep 2
note tidegate ledger compact --keep 2
note tidegate ledger verify -q
