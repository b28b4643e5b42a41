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
# What keeps it from being recorded is named with its cause; what the policy accepts is not blamed.
head -c 600 "$CASE/../../../examples/reports/before/junit.xml" > build/junit.xml
printf 'SF:shop/cart.py\nDA:1,1\nDA:x,1\nend_of_record\n' > build/cart.info
printf 'version: 1\nreports:\n  - path: build/junit.xml\n  - { path: build/cart.info, partial: ok }\ngates:\n  - tests.failed: { at_most: 0 }\n' > .tidegate.yml
tidegate record; echo "exit $?"
# A link that matches and leads nowhere is not passed over; what is behind a link to a folder is found by its name.
mkdir ../outside links && cp "$CASE/../../../examples/reports/before/junit.xml" ../outside/ && ln -s ../../outside/junit.xml links/a.xml
ln -s ../outside folder && ln -s ../../outside/gone.xml links/b.xml
printf 'version: 1\nreports:\n  - path: links/*.xml\n  - path: folder/**/junit.xml\ngates:\n  - tests.failed: { at_most: 0 }\n' > .tidegate.yml
tidegate check -q; echo "exit $?"
rm links/b.xml
tidegate collect | head -n 3
# A folder is no report, whether it may be missing or not.
printf 'version: 1\nreports:\n  - { path: build, optional: true }\n  - path: build/trivy.sarif\ngates:\n  - security.high: { at_most: 0 }\n' > .tidegate.yml
tidegate check -q; echo "exit $?"
# However deep a report lies, a pattern finds it: the last one is 60 folders down.
deep=deep && for level in $(seq 60); do deep=$deep/d; done
mkdir -p $deep && printf '<testsuite name="s"><testcase name="t"><failure/></testcase></testsuite>' > $deep/junit.xml
printf 'version: 1\nreports:\n  - { path: "deep/**/junit.xml", optional: true }\ngates:\n  - tests.failed: { at_most: 0 }\n' > .tidegate.yml
tidegate collect | grep -o -E '1 tests?, .*'
