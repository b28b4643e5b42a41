# `ledger: {remote: none}`: everything stays in the checkout, and nobody is asked.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
cd shop
echo 'ledger: { remote: none }' >> .tidegate.yml
git commit -q -a -m 'local'
as_push
say tidegate check -q
note tidegate record
judge
entries shop
logged "$LOG" True
git --git-dir=.git/tidegate/ledger.git rev-list --count refs/heads/tidegate/ledger
