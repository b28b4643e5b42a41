# A monorepo whose groups are recorded by jobs of their own: carried, at once, too old, retired.
. "$KIT/kit.sh"
make_code shop
serve web
policy() { # policy WEB-LINES: the policy of `shop`, with what it says about the group web
    printf 'version: 1\nreports:\n  - { path: core/build/junit.xml, group: core, max_age: 14d }\n%s\n' "$1"
    printf 'gates:\n  - tests.failed: { at_most: 0 }\n  - tests.total: { ratchet: true }\n'
}
job() { # job FOLDER: main of the remote at depth 1
    checkout_commit "$URL/shop.git" "$here/$1" refs/heads/main
    cd "$here/$1" || exit
    mkdir core web
}
suite() { # suite GROUP TESTS [FAILED]
    group=$1
    shift
    (cd "$group" && report "$@")
}
held() { # held FILE: the newest entry's totals, and which commits its reports were measured at
    on shop show "$ledger_ref:branches/main/snapshot.json" | python3 -c '
import json, sys
entry = json.load(sys.stdin)
for metric in entry["metrics"]:
    if metric["key"] == "tests.total":
        print(metric.get("group", "all"), metric["value"])
for source in entry["sources"]:
    print(source["group"], "of", source.get("from", "this commit"))' | while read -r group word commit; do
        case $commit in [0-9a-f]*[0-9a-f]) commit=$(on shop log -1 --format=%s "$commit") ;; esac
        echo "$group $word${commit:+ $commit}"
    done
}
land() { # land DAY WORD: one more commit on main
    cd "$here/shop" && at_day "$1" && change "$2" && git push -q "$remotes/shop.git" main
}
policy '  - { path: web/build/junit.xml, group: web, max_age: 14d }' > shop/.tidegate.yml
git -C shop commit -q -a -m groups
publish shop shop "$URL/shop.git"
as_push
echo "-- one job measures everything"
land 01 one
job nightly && suite core 3 && suite web 4 && note tidegate record -q
held
echo "-- one job for each group"
land 08 two
job core2 && suite core 5 && judge && note tidegate record -q
held
job web2 && suite web 6 && judge && note tidegate record -q
held
echo "-- both at once"
land 09 three
job core3 && suite core 7
job web3 && suite web 8
hold_push shop
(cd "$here/core3" && note tidegate record -q) > "$here/core3.txt" &
await "$here/held"
note tidegate record -q
touch "$here/go"
wait $!; cat "$here/core3.txt"
held
examine shop
echo "-- a job of an older commit, run again"
git clone -q "$URL/shop.git" "$here/again" && cd "$here/again" && git checkout -q HEAD~1 && mkdir core web
suite core 4 && note tidegate record -q
tidegate ledger show "$(git rev-parse HEAD)" | grep tests.total
echo "-- a job so slow that newer commits are always recorded first"
land 10 slow
job slow && suite core 9
land 11 fast
job fast && suite web 9 && note tidegate record -q
held
cd "$here/slow" && note tidegate record -q
land 12 faster
job faster && suite web 10 && note tidegate record -q
held
echo "-- a group that nobody has measured for three weeks"
land 30 four
job core4 && suite core 9 && judge && note tidegate record -q
echo "-- and that is retired"
cd "$here/shop"
policy 'retired: [{ group: web, reason: moved }]' > .tidegate.yml
land 31 five
job core5 && suite core 8 && judge # which is one less, with or without the others
suite core 9 && judge && note tidegate record -q
held
on shop show "$ledger_ref:branches/main/bar.json" | grep -o '"value": [0-9]*'
cd "$here/core5" && tidegate ledger verify | grep -e SOUND -e 'came down'
