# What was recorded can be listed, shown, and compared.
examples=$CASE/../../../examples
"$examples/make-shop" shop && cd shop
tidegate ledger log; echo "exit $?"
tidegate record -q
"$examples/change-shop" .
tidegate record --branch voucher -q; echo "exit $?"
tidegate ledger log; echo "exit $?"
tidegate ledger show main -o json > base.json; echo "exit $?"
tidegate ledger show main; echo "exit $?"
tidegate ledger show nonsense; echo "exit $?"
tidegate ledger log -n x; echo "exit $?"
tidegate compare base.json voucher; echo "exit $?"
tidegate compare main voucher -o json | head -n 3
tidegate compare main voucher -o markdown | head -n 3
tidegate compare main nonsense; echo "exit $?"
tidegate compare main voucher -o html; echo "exit $?"
head -c 100 base.json > cut.json
tidegate check --base base.json -q; echo "exit $?"
tidegate check --base cut.json -q; echo "exit $?"
# A mistake in the policy is none of the ledger.
printf 'version: 3\n' > .tidegate.yml
for words in 'ledger log' 'ledger show' 'ledger verify' 'ledger compact' 'compare main voucher'; do
    tidegate $words 2>&1 | head -n 1; tidegate $words 2> /dev/null; echo "exit $?"
done
rm .tidegate.yml; git checkout -q --detach
tidegate record -q --branch refs/heads/release; echo "exit $?"; tidegate ledger show release | sed -n 's/^branch //p'
tidegate simulate --branch refs/heads/release | head -n 1
# A branch that nobody records is not the baseline's.
printf 'version: 1\nbaseline: {branch: origin/main}\ngates: [{tests.failed: {at_most: 0}}]\n' > .tidegate.yml
tidegate doctor | grep ' branch '
