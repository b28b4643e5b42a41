# A network that drops connections: before git saw the push, after it took it, and in the middle of answers.
. "$KIT/kit.sh"
make_code shop
serve web --fault push:drop-after:every=3 --fault push:drop-before:every=4 --fault fetch:drop-response=100:every=7 \
    --fault advertise:status=503:every=9
publish shop shop "$remotes/shop.git"
git -C shop remote set-url origin "$URL/shop.git"
git clone -q "$remotes/shop.git" seed
python3 "$KIT/writers.py" "$URL/shop.git" --clone "file://$remotes/shop.git" --writers 4
examine_all shop 4
[ "$(logged "$LOG" 'r["where"] == "push" and r["status"] == 0')" -gt 0 ] && echo "pushes were dropped"
