# A private certificate authority, told to git in each of its ways; without it nothing is fetched.
. "$KIT/kit.sh"
make_code shop
certificates
serve web --certificate "$here/server.pem" --key "$here/server.key"
publish shop shop "https://127.0.0.1:$PORT/shop.git"
cd shop
as_push
judge
note tidegate record -q --deadline 3
git config http.sslCAInfo "$here/ca.pem"
note tidegate record -q
entries shop
say tidegate check -q
git config --unset http.sslCAInfo
GIT_SSL_CAINFO=$here/ca.pem
export GIT_SSL_CAINFO
say tidegate check -q --base "$(git rev-parse HEAD)"
unset GIT_SSL_CAINFO
git config "http.https://127.0.0.1:$PORT/.sslVerify" false
say tidegate check -q --base "$(git rev-parse HEAD)"
