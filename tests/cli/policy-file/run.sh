# init writes a policy that works as it stands, and never overwrites one.
examples=$CASE/../../../examples
"$examples/make-shop" shop && cd shop
tidegate init; echo "exit $?"
cat .tidegate.yml
tidegate init; echo "exit $?"
tidegate record -q; tidegate check -q; echo "exit $?"
"$examples/change-shop" .
tidegate check -q; echo "exit $?"
