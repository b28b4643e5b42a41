# The policy may name another remote; a name that does not exist is a mistake, not "no ledger".
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
make_remote ledgers
cd shop
git remote add store "$URL/ledgers.git"
echo 'ledger: { remote: store }' >> .tidegate.yml
git commit -q -a -m 'store'
as_push
note tidegate record
entries shop
entries ledgers
say tidegate check -q
git remote remove store
judge
note tidegate record
git remote remove origin
sed -i '/^ledger/d' .tidegate.yml
note tidegate record -q
