# A policy under a name that is nearly right is a mistake, not no policy; --config reads it under any name.
git init -q -b main . && mkdir sub build
printf 'SF:a.c\nDA:1,0\nend_of_record\n' >build/lcov.info
for name in .tidegate.yaml tidegate.yml tidegate.yaml; do
    printf 'version: 1\nreports: [{path: build/lcov.info}]\ngates: [coverage.line: {at_least: 100}]\n' >$name
    tidegate check; echo "check: exit $?"
    tidegate check -q --config $name; echo "named: exit $?"
    for words in record init 'explain a.c:1' 'collect build/lcov.info' 'ledger accept coverage.line'; do
        tidegate $words >/dev/null 2>&1; echo "$words: exit $?"
    done
    (cd sub && tidegate check -q; echo "below: exit $?")
    rm $name
done
# Beside the right one it is not read, which is said.
printf 'version: 1\nledger: {remote: none}\nreports: [{path: build/lcov.info}]\ngates: [coverage.line: {at_least: 0}]\n' >.tidegate.yml
printf 'version: 1\ngates: [coverage.line: {at_least: 100}]\n' >.tidegate.yaml
tidegate check | grep -A 1 -E 'GATE|second'
