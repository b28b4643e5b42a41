# GitHub's event file tells the base of a merge group and of a change. Without it neither is guessed.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
cd shop
verdict() { report 5; code=0; tidegate check > ../out.txt 2>&1 || code=$?; grep -E '^(GATE|FAIL|Baseline|Policy:)|error: |warning: ' ../out.txt; echo "exit $code"; }
group() { as_queue 7; git checkout -q queue; }
change two && git push -q "$remotes/shop.git" main
git checkout -q -b queue
sed -i 's/ratchet: true/at_least: 1/' .tidegate.yml && git commit -q -a -m loosen && change three
echo "-- nothing was recorded and the base is not known: the first parent would be the group's own commit"
git update-ref -d refs/remotes/origin/main; group
verdict
echo "-- a file that is not there, one that is cut off, one that is too long"
export GITHUB_EVENT_PATH="$here/nowhere.json" && verdict
event_says '{"merge_group": {"base_sha": "%s"' "$(git rev-parse main)" && verdict
truncate -s 17M "$GITHUB_EVENT_PATH" && verdict
echo "-- with an entry of main that is what counts"
unset GITHUB_EVENT_PATH
git checkout -q main && as_push && report 6 && tidegate record -q
group && verdict
echo "-- a long event file is read"
python3 - "$(git rev-parse main)" > "$here/long.json" <<'PYTHON'
import json, sys
print(json.dumps({"merge_group": {"base_sha": sys.argv[1], "head_commit": {"message": "x" * 1100000}}}))
PYTHON
export GITHUB_EVENT_PATH="$here/long.json" && verdict
