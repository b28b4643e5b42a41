# Commits by the names that git knows, with a policy file there.
examples=$CASE/../../../examples
"$examples/make-shop" shop && cd shop
printf 'version: 1\nreports: [{path: build/coverage.xml}]\ngates: [{coverage.line: {ratchet: true}}]\n' > .tidegate.yml
git add . && git commit -q -m policy
tidegate record -q; echo "exit $?"
git switch -q -c later && git commit -q --allow-empty -m later
for base in main main~0 "$(git rev-parse --short=8 main)"; do
    tidegate check --base "$base" | grep -A 1 -E 'GATE|Baseline'; echo
done
tidegate check --base nonsense 2>&1 | grep -A 1 -E 'GATE|nonsense'
tidegate compare main main; echo "exit $?"
# A folder of the name is not meant, and neither is a file that a change adds to be compared with.
mkdir main && tidegate check --base main | grep -A 1 GATE; tidegate compare main main | head -n 2; rmdir main
tidegate ledger show main --output json | sed 's/"covered": 35, "total": 36/"covered": 1, "total": 36/' > main
tidegate check --base main 2>&1 | grep -A 1 -E 'GATE|error|Baseline|exit code'
tidegate check --base refs/heads/main | grep -E 'GATE|Baseline'
tidegate check --base ./main | grep -E '^PASS|Baseline'
# Where the branch was not fetched, only the file is there; in the run of a change it is not taken either, nor a link to it.
mkdir -p origin && mv main origin/main && ln -s origin/main link && git add -A && git commit -q -m 'a base of my own' && cp origin/main other.json
run() { GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_REF=refs/pull/1/merge GITHUB_BASE_REF=main tidegate check --base "$1" 2>&1; }
for base in origin/main ./origin/../origin/main link "$PWD/link" other.json; do run "$base" | grep -E '^GATE|^PASS|own-base'; done
tidegate check --base origin/main | grep -E '^GATE|^PASS'
