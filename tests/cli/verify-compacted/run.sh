# What is left of a compacted ledger is checked against what it says to have been; each way of changing it is found.
ledger=$PWD/shop/.git/tidegate/ledger.git
say() { echo "== $1"; }
inside() { git --git-dir="$ledger" "$@"; }
verify() { tidegate ledger verify "$@" | grep -v '^ledger\|^newest\|^oldest\|^$'; }
reset() { inside update-ref refs/heads/tidegate/ledger "$good"; }
commit() {
    printf 'SF:src/a.c\nDA:1,1\nDA:2,%s\nDA:3,0\nend_of_record\n' "$1" > src.info
    git add -A && git commit -qm "change" --allow-empty
}
# chain COMMAND...: builds the branch anew from its first commit on. COMMAND may change, for each commit, the variables
# tree, message and parent, and sees its place in $place.
chain() {
    place=0 parent=
    for old in $(inside rev-list --reverse tidegate/ledger); do
        tree=$(inside rev-parse "$old^{tree}")
        message=$(inside cat-file commit "$old" | sed '1,/^$/d')
        date=$(inside log -1 --format='%ct +0000' "$old")
        place=$((place + 1))
        "$@"
        parent=$(printf '%s\n' "$message" |
                 GIT_COMMITTER_DATE="$date" GIT_AUTHOR_DATE="$date" GIT_COMMITTER_NAME=tidegate GIT_AUTHOR_NAME=tidegate \
                 GIT_COMMITTER_EMAIL=tidegate@localhost GIT_AUTHOR_EMAIL=tidegate@localhost \
                 git --git-dir="$ledger" commit-tree "$tree" ${parent:+-p "$parent"})
    done
    inside update-ref refs/heads/tidegate/ledger "$parent"
}
days() { date="$((1790000000 + 90000 * place)) +0000"; }
edit_message() { [ "$place" != "$1" ] || message=$(printf '%s\n' "$message" | sed "$2"); }
# The roll-up is the same folder in every tree.
edit_rollup() {
    export GIT_INDEX_FILE="$ledger/forged"
    inside read-tree "$old"
    blob=$(inside cat-file blob "$old:rollup/2026.jsonl" | sed "$1" | inside hash-object -w --stdin)
    inside update-index --add --cacheinfo "100644,$blob,rollup/2026.jsonl"
    tree=$(inside write-tree)
    unset GIT_INDEX_FILE
}
git init -q -b main shop && cd shop && mkdir src && echo 'int a;' > src/a.c
printf 'version: 1\nreports: [{path: src.info}]\ngates:\n  - coverage.line: {ratchet: true}\n' > .tidegate.yml
for number in 1 2 3 4 5; do commit 0 && tidegate record -q; done
git switch -qc side && commit 0 && tidegate record -q && git switch -q main
commit 0 && tidegate record -q && commit 1 && tidegate record -q
chain days
first=$(inside rev-parse tidegate/ledger~7) kept=$(inside rev-parse tidegate/ledger)
say 'compacted twice'
tidegate ledger compact --keep 4 -q
between=$(inside rev-parse tidegate/ledger~1)
commit 1 && tidegate record -q
middle=$(inside rev-parse tidegate/ledger)
tidegate ledger compact --keep 3 -q
commit 1 && tidegate record -q
good=$(inside rev-parse tidegate/ledger)
verify
inside log --format='%s' tidegate/ledger | sed 's/record main .*:/record main ...:/'
inside cat-file blob tidegate/ledger:rollup/2026.jsonl | sed 's/"[0-9a-f ]\{12,\}"/"..."/g'
inside log -1 --format=%b "$(inside rev-list --max-parents=0 tidegate/ledger)" | sed 's/[0-9a-f]\{40\}/ID/g'
say 'anchors: kept twice, kept once, between, rolled up, never there'
for anchor in "$kept" "$middle" "$between" "$first" 0123456789ab; do verify --anchor "$anchor"; done
say 'another former id'
chain edit_message 3 's/\(Tidegate-Was: \)...../\100000/'; verify; verify --anchor "$kept"; reset
say 'another former id under the oldest'
chain edit_message 2 's/\(Tidegate-Was: .*\)...../\100000/'; verify; reset
say 'former ids that are too many'
chain edit_message 5 "\$a Tidegate-Was: $kept"; verify --anchor "$kept"; reset
say 'a trailer that no digest covers'
chain edit_message 3 's/^\(Tidegate-Time: \).*/\11/'; verify; reset
say 'the newest kept ones are gone'
inside update-ref refs/heads/tidegate/ledger "$good~2"; verify; reset
say 'the roll-up stands for another commit'
chain edit_message 1 's/\(Tidegate-Was: \)....../\1000000/'; verify; reset
say 'the roll-up names nothing'
chain edit_message 1 '/Tidegate-Rollups/d'; verify; reset
say 'another roll-up is no former one'
chain edit_message 1 's/\(Tidegate-Rollups: none \)...../\100000/'; verify; reset
say 'the newest values of a branch are told otherwise'
chain edit_rollup '/side/s/"covered": 1/"covered": 2/'; verify; reset
say 'days go back'; chain edit_rollup '1{h;d};2{G}'; verify; reset
say 'an entry is named twice'; chain edit_rollup '1s/"entries": "\([^"]*\)"/"entries": "\1 \1"/'; verify; reset
say 'not an id'; chain edit_rollup '1s/"entries": "./"entries": "X/'; verify; reset
say 'no entry'; chain edit_rollup '1s/"entries": "[^"]*"/"entries": ""/'; verify; reset
say 'another member'; chain edit_rollup '1s/"time"/"note": 1, "time"/'; verify; reset
say 'other bytes'; chain edit_rollup '1s/: /:/'; verify; reset
say 'a value that cannot be'; chain edit_rollup '1s/"covered": 1/"covered": 9/'; verify; reset
say 'a time behind its day'; chain edit_rollup '1s/"time": 1/"time": 2/'; verify; reset
say 'another year'; chain edit_rollup '1s/"2026/"2027/'; verify; reset
say 'cut'; chain edit_rollup '$d;1!d'; verify; reset
say 'empty'; chain edit_rollup d; verify; reset
say 'changed in the midst'
hide() { [ "$place" -lt 4 ] || edit_rollup 1d; }
chain hide; verify; reset
