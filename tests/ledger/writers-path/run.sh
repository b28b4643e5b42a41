# Eight writers at once against a repository on the same disk.
. "$KIT/kit.sh"
make_code shop
publish shop shop "$remotes/shop.git"
python3 "$KIT/writers.py" "file://$remotes/shop.git"
examine_all shop 8
