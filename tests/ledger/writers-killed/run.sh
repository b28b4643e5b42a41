# Writers that are killed at random moments, alone or with the git they run, each job run again: every record stands on the branch, once.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
python3 "$KIT/writers.py" "$URL/shop.git" --writers 4 --kill 50
examine_all shop 4
