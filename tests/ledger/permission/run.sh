# No permission to push: the job says what to allow and ends with 5, at once; reading goes on.
. "$KIT/kit.sh"
make_code shop
serve web
publish shop shop "$URL/shop.git"
cd shop
as_push && tidegate record -q
change two && report 6
echo "-- a token that may only read"
on shop config http.receivepack false
start=$(date +%s)
note tidegate record -q
echo "-- a protected branch"
on shop config http.receivepack true
cat > "$remotes/shop.git/hooks/pre-receive" <<'HOOK'
#!/bin/sh
echo 'error: GH006: Protected branch update failed for refs/heads/tidegate/ledger.'
exit 1
HOOK
chmod +x "$remotes/shop.git/hooks/pre-receive"
note tidegate record -q --deadline 4
[ $(($(date +%s) - start)) -le 10 ] && echo "in time"
entries shop
say tidegate check -q --base "$(git rev-parse HEAD~1)"
