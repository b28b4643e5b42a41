# The user's repository after check and record, byte by byte: refs, index, work tree, HEAD, FETCH_HEAD, config, shallow.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
cd shop && change two && git push -q "$remotes/shop.git" main && cd ..
use() { # use FOLDER: both commands, as CI and as a person
    cd "$here/$1"
    report 6
    freeze "$here/$1"
    as_push && tidegate record -q --branch main; echo "record $?"
    tidegate check -q --base 1111111111111111111111111111111111111111; echo "check $?"
    as_laptop && tidegate check -q; echo "check $?"
    tidegate record -q --push --branch main; echo "record $?"
    untouched "$here/$1"
    cd "$here"
}
echo "-- a clone with staged and unstaged work, a stash, and a FETCH_HEAD"
git clone -q "$URL/shop.git" full
cd full
git fetch -q origin main
echo staged > staged && git add staged && git stash -q
echo staged > staged && git add staged && echo changed >> code
git tag -a -m tag v1
cd ..
use full
echo "-- depth 1"
git clone -q --depth=1 "$URL/shop.git" shallow && use shallow
echo "-- a linked work tree"
git -C full worktree add -q ../linked -b linked
use full
cd linked && report 6 && as_laptop && say tidegate check -q && cd ..
echo "-- without blobs, sparse"
on shop config uploadpack.allowFilter true
git clone -q --filter=blob:none --sparse "$URL/shop.git" sparse && use sparse
echo "-- hooks and settings that would run something"
git clone -q "$URL/shop.git" hostile
for hook in pre-push reference-transaction post-checkout fsmonitor-watchman; do
    printf '#!/bin/sh\necho %s >> "%s"\n' "$hook" "$here/ran" > "hostile/.git/hooks/$hook"
    chmod +x "hostile/.git/hooks/$hook"
done
for key in core.fsmonitor core.pager core.editor diff.external; do
    git -C hostile config "$key" "sh -c 'echo $key >> $here/ran'"
done
rm -f ran
use hostile
cat ran 2>/dev/null
examine shop
