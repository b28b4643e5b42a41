# Proxies: http.proxy and http_proxy, in absolute form and through a tunnel, with a password; the host is known to the proxy only.
. "$KIT/kit.sh"
make_code shop
certificates
serve safe --certificate "$here/server.pem" --key "$here/server.key"
safe_url=https://git.example.org:$PORT/shop.git
serve plain
publish shop shop "http://git.example.org:$PORT/shop.git"
proxy tunnel robot:s3cret-token
cd shop
as_push
export no_proxy=
echo "-- without a proxy"
note tidegate record -q --deadline 2
echo "-- http.proxy"
git config http.proxy "http://robot:s3cret-token@127.0.0.1:$PROXY_PORT"
note tidegate record
say tidegate check -q --base "$(git rev-parse HEAD)"
git config --unset http.proxy
echo "-- http_proxy"
change two && report 6
http_proxy=http://robot:s3cret-token@127.0.0.1:$PROXY_PORT
export http_proxy
note tidegate record -q
unset http_proxy
echo "-- https_proxy"
git remote set-url origin "$safe_url"
git config http.sslCAInfo "$here/ca.pem"
change three && report 7
HTTPS_PROXY=http://robot:s3cret-token@127.0.0.1:$PROXY_PORT
export HTTPS_PROXY
note tidegate record -q
say tidegate check -q --base "$(git rev-parse HEAD)"
entries shop
sed 's/:[0-9]*/:N/g; s/?[^ ]*//' "$PROXY_LOG" | sort -u
