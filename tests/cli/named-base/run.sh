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
