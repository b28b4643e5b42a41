# A server whose hook refuses every third push.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
cat > "$remotes/shop.git/hooks/pre-receive" <<'HOOK'
#!/bin/sh
while ! mkdir counting 2>/dev/null; do sleep 0.01; done
number=$(($(cat count 2>/dev/null || echo 0) + 1))
echo "$number" > count
rmdir counting
[ $((number % 3)) -ne 0 ] || { echo "the disk is busy, try again"; exit 1; }
HOOK
chmod +x "$remotes/shop.git/hooks/pre-receive"
python3 "$KIT/writers.py" "$URL/shop.git" --writers 4
examine_all shop 4
[ "$(cat "$remotes/shop.git/count")" -gt "$((4 * ${TIDEGATE_RECORDS:-3}))" ] && echo "pushes were refused"
