# Recording packs the ledger's objects when there are many, loses none of them, and works as well when it cannot pack.
ledger=$PWD/shop/.git/tidegate/ledger.git
say() { echo "== $1"; }
inside() { git --git-dir="$ledger" "$@"; }
commit() {
    printf 'SF:src/a.c\nDA:1,1\nDA:2,%s\nend_of_record\n' "$1" > src.info
    git add -A && git commit -q --allow-empty -m "change"
}
# Objects that nothing points to, as another writer leaves them while it builds an entry.
litter() {
    mkdir ../litter && (cd ../litter && for number in $(seq "$1"); do echo "$2 $number" > "$number"; done
    find . -type f | inside -c core.fsync=none hash-object -w --stdin-paths > ../ids) && rm -r ../litter
}
many() { [ "$(find "$ledger/objects" -path '*/??/*' -type f | wc -l)" -ge 2000 ] && echo "many files" || echo "few files"; }
packs() { echo "$(find "$ledger/objects/pack" -name '*.pack' | wc -l) packs"; }
all_there() { inside cat-file --batch-check < ../ids | grep -c blob; }
git init -q -b main shop && cd shop && mkdir src && echo 'int a;' > src/a.c
printf 'version: 1\nreports: [{path: src.info}]\ngates:\n  - coverage.line: {ratchet: true}\n' > .tidegate.yml
commit 0; tidegate record -q; packs
litter 2600 one
say 'while somebody else packs'
commit 1; : > "$ledger/packing.lock"; flock "$ledger/packing.lock" tidegate record -q; echo "exit $?"; many; packs
say 'without git'
tool=$(dirname "$(command -v tidegate)"); commit 2; PATH=$tool tidegate record -q; echo "exit $?"; many; cat "$ledger/packing.lock"
say 'not again for a day'
commit 3; tidegate record -q; many; packs
say 'after a day: a pack, then all that nothing points to, and nothing is lost'
touch "$ledger/objects/pack/tmp_pack_young"; touch -d '2 days ago' "$ledger/objects/pack/tmp_pack_old" "$ledger/packing.lock"
commit 4; tidegate record -q; packs; ls "$ledger/objects/pack" | grep tmp
commit 5; tidegate record -q; many; packs; all_there; cat "$ledger/packing.lock"; tidegate ledger verify -q; echo "exit $?"
say 'a git that fails'
mkdir ../bad; printf '#!/bin/sh\necho called >> %s\nexit 1\n' "$PWD/../calls" > ../bad/git; chmod +x ../bad/git
litter 4600 two
commit 6; PATH=$PWD/../bad:$PATH tidegate record -q; echo "exit $?"
commit 7; PATH=$PWD/../bad:$PATH tidegate record -q; echo "exit $?"
many; all_there; tidegate doctor | grep 'files of their own' | sed 's/some [0-9]*/some N/; s/=.*shop/=.../'
grep -c called ../calls
say 'where it cannot be written'
rm "$ledger/packing.lock"; mkdir "$ledger/packing.lock"; commit 8; tidegate record -q; echo "exit $?"; many; rmdir "$ledger/packing.lock"
tidegate ledger verify -q; echo "exit $?"
