# Eight writers at once, each with a clone of its own, over HTTP: every record stands on the branch, once.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
python3 "$KIT/writers.py" "$URL/shop.git" --clone "file://$remotes/shop.git"
examine_all shop 8
asked_for "$LOG" | sed "s,refs/heads/refs/.*,..., ; s,refs/\(tags\|remotes\|refs\)/.*,...," | sort -u
