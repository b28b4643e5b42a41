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
