# A policy with a mistake gates nothing silently: exit 2, with the place and the nearest word.
"$CASE/../../../examples/make-shop" shop && cd shop
printf 'version: 1\nreports:\n  - path: build/*.xml\ngates:\n  - coverage.lines: { at_least: 70 }\n  - tests.failed: { at_mots: 0 }\n' > .tidegate.yml
tidegate check; echo "exit $?"
tidegate record; echo "exit $?"
printf 'version: 1\n' > .tidegate.yml
tidegate check; echo "exit $?"
printf 'version: 1\ngates: [\n' > .tidegate.yml
tidegate check; echo "exit $?"
: > .tidegate.yml
tidegate check -q; echo "exit $?"
