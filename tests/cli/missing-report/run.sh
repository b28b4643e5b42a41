# A report that is gone, cut, or empty never opens the gate.
"$CASE/../../../examples/make-shop" shop && cd shop
tidegate init -q && tidegate record -q
rm build/junit.xml
tidegate check; echo "exit $?"
tidegate record; echo "exit $?"
cp "$CASE/../../../examples/reports/before/junit.xml" build/
head -c 700 build/junit.xml > cut && mv cut build/junit.xml
tidegate check; echo "exit $?"
: > build/junit.xml
tidegate check -q; echo "exit $?"
