# A slow server: answers come late, or byte by byte.
. "$KIT/kit.sh"
make_code shop
serve web --fault push:delay=0.2 --fault fetch:trickle=0.0002:every=2 --fault advertise:delay=0.1:odds=50
publish shop shop "$URL/shop.git"
python3 "$KIT/writers.py" "$URL/shop.git" --clone "file://$remotes/shop.git" --writers 3
examine_all shop 3
