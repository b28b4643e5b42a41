# From a folder inside the repository the same reports, paths and policy are found.
examples=$CASE/../../../examples
"$examples/make-shop" shop && cd shop
tidegate init -q
tidegate record -q
cd tests
tidegate check -q; echo "exit $?"
tidegate collect --json ../build/coverage.xml | grep -c '"covered"'
cd .. && git worktree add -q ../other HEAD && cp -R build .tidegate.yml ../other && cd ../other
tidegate check -q; echo "exit $?"
