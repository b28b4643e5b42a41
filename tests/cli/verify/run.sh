# A ledger as record has written it is sound; each way of changing it afterwards is found.
ledger=$PWD/shop/.git/tidegate/ledger.git
say() { echo "== $1"; }
inside() { git --git-dir="$ledger" "$@"; }
verify() { tidegate ledger verify "$@"; echo "exit $?"; }
reset() { inside update-ref refs/heads/tidegate/ledger "$good"; }
# commit MISSED: src.info with that many of ten lines missed, committed
commit() {
    { printf 'SF:src/a.c\n'; for line in 1 2 3 4 5 6 7 8 9 10; do
        [ "$line" -le "$1" ] && echo "DA:$line,0" || echo "DA:$line,1"
    done; echo end_of_record; } > src.info
    git add -A && git commit -qm "missed $1"
}
# put [FILE SED [SED-OF-MESSAGE [BASE]]]: one more or the newest commit again, with a file and its message changed
put() {
    export GIT_INDEX_FILE="$ledger/forged"
    inside read-tree tidegate/ledger
    if [ -n "$1" ]; then
        blob=$(inside cat-file blob "tidegate/ledger:$1" | sed "$2" | inside hash-object -w --stdin)
        inside update-index --add --cacheinfo "100644,$blob,$1"
    fi
    tree=$(inside write-tree)
    forged=$(inside cat-file commit tidegate/ledger | sed '1,/^$/d' | sed "${3:-}" |
             inside commit-tree "$tree" -p "${4:-tidegate/ledger^}")
    inside update-ref refs/heads/tidegate/ledger "$forged"
    unset GIT_INDEX_FILE
}
git init -q -b main shop && cd shop && mkdir src && echo 'int a;' > src/a.c
verify
printf 'version: 1\nreports: [{path: src.info}]\ngates:\n  - coverage.line: {ratchet: true}\n  - coverage.uncovered: {ratchet: true}\n' > .tidegate.yml
commit 2 && tidegate record -q
commit 1 && tidegate record -q
commit 4 && tidegate record -q
say sound; verify
tidegate ledger accept coverage.line --reason moved --owner @core --until 2999-01-31 -q
commit 5 && tidegate record -q
git switch -qc side && commit 3 && tidegate record -q && git switch -q main
commit 4 && git commit -q --allow-empty -m empty && tidegate record -q
good=$(inside rev-parse tidegate/ledger)
anchor=$(inside rev-parse --short=12 tidegate/ledger~2)
say 'sound, with a waiver'; verify --anchor "$anchor"
say 'the newest two'; verify -n 2 -q; verify -n 2 --anchor "$anchor" | head -n 1
say json; verify -o json
say lowered; put branches/main/bar.json 's/"covered": [0-9]*/"covered": 2/;s/, "waiver.*}}/}/'; verify; reset
say 'lowered in the name of nobody'
put branches/main/bar.json 's/"covered": 6, "total": 10}, "commit": \(".*"\)}/"covered": 2, "total": 10}, "commit": \1, "waiver": {"owner": "@else", "until": "2998-01-31"}}/'; verify; reset
say raised; put branches/main/bar.json 's/"covered": [0-9]*/"covered": 10/'; verify; reset
say gone; put branches/main/bar.json '/"coverage.line"/d'; verify; reset
say 'other snapshot'; put branches/main/snapshot.json 's/"covered": 6/"covered": 7/'; verify; reset
say 'other bytes'; put branches/main/snapshot.json 's/^  "commit"/ "commit"/'; verify; reset
say 'other policy'; put branches/main/policy 's/ratchet: true/at_least: 1/'; verify; reset
say 'other message'; put '' '' 's/^Tidegate-Branch: main/& /'; verify; reset
say 'other words'; put '' '' '1s/60/90/'; verify; reset
say 'message cut'; put '' '' '/^Tidegate-Key/d'; verify; reset
say 'other branch'; put branches/side/snapshot.json 's/"covered": 7/"covered": 8/'; verify; reset
say 'other ledger'; put format.json 's/"ledger": "./"ledger": "x/'; verify; reset
say 'newer format'; put format.json 's/ledger.1/ledger\/9/' '' "$good"; put format.json 's/ledger.9/ledger\/1/' '' tidegate/ledger; verify; reset
say foreign; put README.md 1d 's/^Tidegate-.*//' tidegate/ledger; verify; verify --allow-foreign; reset
say unreadable; put branches/main/snapshot.json 's/^{/[/'; verify; reset
say 'gone before'; inside update-ref refs/heads/tidegate/ledger "$good~3"
verify --anchor "$anchor"; verify --anchor "$(echo "$good" | cut -c 1-7)"; reset
say usage; verify x; verify -n x; verify -o html; verify --anchor zzzz; verify --anchor abc
say log; tidegate ledger log -n 1
