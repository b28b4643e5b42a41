# The main job on the example project: no baseline, record, a change that makes things worse.
examples=$CASE/../../../examples
"$examples/make-shop" shop && cd shop
tidegate check; echo "exit $?"
tidegate record; echo "exit $?"
tidegate record; echo "exit $?"
tidegate check -q; echo "exit $?"
"$examples/change-shop" .
tidegate check; echo "exit $?"
git status --short; git for-each-ref --format='%(refname)'
