# explain knows codes, metrics, rules, formats and lines of code.
examples=$CASE/../../../examples
"$examples/make-shop" shop && cd shop && "$examples/change-shop" .
tidegate explain input/truncated
tidegate explain coverage.line
tidegate explain ratchet | head -n 1
tidegate explain lcov | head -n 1
tidegate explain shop/price.py:31
tidegate explain shop/stock.py:3
tidegate explain shop/stock.py:9999
tidegate explain 'shop/stock.py:x'; echo "exit $?"
# As findings are shown, and as messages end; what was nearly right is named.
tidegate explain Dockerfile:1:1
tidegate explain '[input/truncated]' | head -n 1
tidegate explain coverage.lin; echo "exit $?"
