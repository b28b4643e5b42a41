# Only the tip is fetched, and more only when the wanted entry is not the tip.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
cd shop
as_push
for number in 1 2 3 4 5 6 7 8 9 10 11 12; do
    git commit -q --allow-empty -m "$number"
    tidegate record -q || echo "not recorded"
done
as_laptop
traffic() { # traffic TEXT TIDEGATE-WORDS...
    : > "$LOG"
    echo "-- $1"
    shift
    say tidegate check -q "$@"
    python3 -c 'import json, sys
requests = [json.loads(line) for line in open(sys.argv[1])]
words = sorted({line for request in requests for line in request["lines"] if line.startswith("deepen")})
size = sum(request["sent"] + request["received"] for request in requests)
print("asked for", ", ".join(words) or "no depth" if requests else "nothing", "and moved", "less than 20 kB" if size < 20000 else size)' "$LOG"
}
rm -rf .git/tidegate
traffic "the tip" --base "$(git rev-parse HEAD)"
traffic "the tip again" --base "$(git rev-parse HEAD)"
rm -rf .git/tidegate
traffic "the first" --base "$(git rev-parse HEAD~11)"
traffic "none" --base 1111111111111111111111111111111111111111
asked_for "$LOG"
echo "-- the first, while every third answer is lost: the one to the question for more"
serve losing --fault fetch:drop-response=0:every=3
git remote set-url origin "$URL/shop.git" && rm -rf .git/tidegate
say tidegate check -q --base "$(git rev-parse HEAD~11)"
[ "$(logged "$LOG" 'r["where"] == "fetch" and r["sent"] == 0')" -gt 0 ] && echo "answers were lost"
git --git-dir=.git/tidegate/ledger.git fsck --strict --no-dangling --no-progress 2>&1 | grep -v "^notice: HEAD"
