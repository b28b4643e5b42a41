# Series of four other tools become the ledger of a remote; it is recorded on and stays sound, until somebody changes it.
# Notes and files as their tools lay them out; ../../cli/ledger-import says where they come from.
. "$KIT/kit.sh"
old=$CASE/../../cli/ledger-import
make_code shop
cd shop
cp "$old/betterer.results" .betterer.results
at_day 02 && git add . && git commit -q -m second
printf '0\034build_time\0341767312000.5\03440.5\034os=linux\034unit=ms\n' | git notes --ref perf-v3 add -F - HEAD
at_day 04 && change third
printf '0\034build_time\0341767484800.5\03439.25\034os=linux\034unit=ms\n' | git notes --ref perf-v3 add -F - HEAD
unset GIT_AUTHOR_DATE GIT_COMMITTER_DATE
cd "$here"
serve web
publish shop shop "$URL/shop.git"
git -C shop push -q "$remotes/shop.git" refs/notes/perf-v3
git clone -q "$URL/shop.git" mover && cd mover && report 5
git fetch -q origin refs/notes/perf-v3:refs/notes/perf-v3
cp "$old/data.js" .git/data.js
freeze "$here/mover"
echo "-- on a laptop only when asked for, then each once"
note tidegate ledger import git-perf perf-v3 -q
note tidegate ledger import git-perf perf-v3 -q --push
note tidegate ledger import git-perf perf-v3 -q --push
note tidegate ledger import betterer .betterer.results -q --push
note tidegate ledger import gh-benchmark .git/data.js -q --push
untouched "$here/mover"
on shop log --reverse --format='%(trailers:key=Tidegate-Origin,valueonly,separator=)' "$ledger_ref"
on shop show "$ledger_ref:branches/main/snapshot.json" | grep -o '"key": .*' | sed 's/,$//'
note tidegate ledger verify -q
echo "-- recorded on top, by a job that never saw the old series"
as_push
checkout_commit "$URL/shop.git" "$here/job" refs/heads/main
cd "$here/job" && report 5 && judge && note tidegate record -q
cd "$here/shop" && change fourth && git push -q "$remotes/shop.git" main
checkout_commit "$URL/shop.git" "$here/next" refs/heads/main
cd "$here/next" && report 6 && judge && note tidegate record -q
tests_of shop
tidegate ledger verify | head -n 1
as_laptop
cd "$here/mover" && note tidegate ledger import git-perf perf-v3 -q --push
tidegate ledger verify | head -n 1
echo "-- an import that a record overtakes brings nothing in, and all of it the next time"
printf 'jshint,9,12\n' | git notes --ref git-ratchet-1-master add -F - HEAD~1
hold_push shop
(note tidegate ledger import git-ratchet -q --push) > "$here/imported.txt" &
await "$here/held"
cd "$here/next" && git checkout -q -B main && change fifth && git push -q "$remotes/shop.git" main 2>&1 && as_push && note tidegate record -q
as_laptop
touch "$here/go"
wait $!; sed 's/.*\(\[ledger.*\)/\1/' "$here/imported.txt"
on shop log -1 --format='%(trailers:key=Tidegate-Origin,valueonly,separator=)' "$ledger_ref"
cd "$here/mover" && note tidegate ledger import git-ratchet -q --push
on shop log -1 --format='%(trailers:key=Tidegate-Origin,valueonly,separator=)' "$ledger_ref"
tidegate ledger verify | head -n 1
anchor=$(on shop rev-parse --short=12 "$ledger_ref")
examine shop
forge() { # forge ENTRY FILE SED: changes a file of that entry, and puts all later entries on top of it, with plain git
    good=$(on shop rev-parse "$ledger_ref")
    later=$(on shop rev-list --reverse "$1..$ledger_ref")
    parent=$(on shop rev-parse "$1~")
    for commit in $(on shop rev-parse "$1") $later; do
        on shop read-tree "$commit"
        if [ "$(on shop rev-parse "$commit:$2")" = "$(on shop rev-parse "$1:$2")" ]; then
            blob=$(on shop cat-file blob "$commit:$2" | sed "$3" | on shop hash-object -w --stdin)
            on shop update-index --add --cacheinfo "100644,$blob,$2"
        fi
        parent=$(on shop cat-file commit "$commit" | sed '1,/^$/d' | on shop commit-tree "$(on shop write-tree)" -p "$parent")
    done
    on shop update-ref "$ledger_ref" "$parent"
    git clone -q "$URL/shop.git" "$here/fresh"
    (cd "$here/fresh" && tidegate ledger verify) > "$here/said"
    echo "exit $?"
    sed '/^ledger /d; /^newest /d; /^oldest /d; /^$/d' "$here/said"
    rm -rf "$here/fresh"
}
echo "-- an imported value made better; who has the id of an entry from before sees that it is gone"
forge "$ledger_ref~6" branches/main/snapshot.json 's/"value": "39.25"/"value": "12.25"/'
cd "$here/next" && tidegate ledger verify --anchor "$anchor" | grep anchor
on shop update-ref "$ledger_ref" "$good"
echo "-- a bar made lower"
forge "$ledger_ref~3" branches/main/bar.json 's/"value": 5/"value": 3/'
on shop update-ref "$ledger_ref" "$good"
(cd "$here/next" && note tidegate ledger verify -q --anchor "$anchor")
