# The bar of a branch that two clones record: slack is used up, better values wait their turn, noise goes by the middle.
. "$KIT/kit.sh"
make_code shop
cat > shop/.tidegate.yml <<'POLICY'
version: 1
reports:
  - path: build/junit.xml
gates:
  - tests.total: { ratchet: true, slack: 2, total_slack: 3 }
  - tests.skipped: { ratchet: true, raise: 3 }
  - tests.time: { ratchet: true, median: 3, slack: 1 }
POLICY
git -C shop commit -q -a -m rules
serve web
publish shop shop "$URL/shop.git"
suite() { # suite TESTS SKIPPED SECONDS
    report "$1"
    awk -v skip="$2" -v time="$3" '/<testcase/ && skip-- > 0 { sub(/\/>/, "><skipped/></testcase>") }
        /<testcase/ && !timed++ { sub(/ name/, " time=\"" time "\" name") } { print }' build/junit.xml > build/new.xml
    mv build/new.xml build/junit.xml
}
clone() { git clone -q -b "${2:-main}" "$URL/shop.git" "$here/$1" && cd "$here/$1" || exit; }
look() { # look [METRIC]: outcome, yardstick and reason
    code=0
    tidegate check -o json > "$here/judged.json" || code=$?
    python3 - "$here/judged.json" "${1:-tests.total}" <<'PYTHON'
import json, sys
told = json.load(open(sys.argv[1], encoding="utf-8"))
for check in told["checks"]:
    if check["metric"] == sys.argv[2]:
        print("%s by the %s: %s" % (check["outcome"], told["baseline"]["yardstick"], check["why"]))
PYTHON
    echo "exit $code"
}
bar() { # bar METRIC: the bar of the newest entry, and what waits to raise it
    on shop show "$ledger_ref:branches/main/bar.json" | python3 -c '
import json, sys
for bar in json.load(sys.stdin)["bars"]:
    if bar["key"] == sys.argv[1]:
        print("bar", bar["value"], "pending", bar.get("pending", {}).get("entries", 0))' "$1"
}
land() { # land CLONE TESTS SKIPPED SECONDS: a commit on main, checked and recorded by that clone
    cd "$here/$1" && git pull -q --ff-only && change "$2" && git push -q origin main
    suite "$2" "$3" "$4" && as_push && look && note tidegate record -q
    as_laptop
}
pull() { # pull CLONE TESTS [SKIPPED SECONDS]: the run of a pull request off the tip of main, in a clone that never fetched a ledger
    git -C "$here/shop" fetch -q origin && git -C "$here/shop" checkout -q -B topic origin/main
    (cd "$here/shop" && git commit -q --allow-empty -m "topic $1")
    merge_ref "$here/shop" shop 3 origin/main topic
    checkout_commit "$URL/shop.git" "$here/$1" refs/pull/3/merge
    cd "$here/$1" && suite "$2" "${3:-2}" "${4:-10}" && as_pull 3
}
clone ada && clone bob
echo "-- ada records 20 tests, bob 18: within the slack of 2"
land ada 20 4 10
pull first 18 && look
land bob 18 3 10.9
echo "-- one less: the total slack of 3 is used up; and one more less, which is too much"
pull second 17 && look
land ada 17 2 10.5
pull third 16 && look
echo "-- it lands all the same: red, recorded, and not the fault of those who follow"
land bob 16 3 10.2
bar tests.total
pull fourth 16 && look
pull fifth 15 && look
land ada 16 3 30
pull sixth 17 && look
echo "-- fewer skipped: 3, 2, 3 in a row, recorded by bob, ada and bob"
for entry in 4 3 2 1 0; do
    on shop show "$ledger_ref~$entry:branches/main/bar.json" | grep -c '"pending"' | tr '\n' ' '
done
bar tests.skipped
pull seventh 17 4 && look tests.skipped
echo "-- the middle of the last three runs, 10.5, 10.2 and 30"
pull eighth 17 3 11.4 && look tests.time
pull ninth 17 3 11.6 && look tests.time
cd "$here/ada" && note tidegate ledger verify -q
