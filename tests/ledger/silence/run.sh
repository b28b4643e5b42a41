# A server that accepts and never answers holds nobody for ever.
. "$KIT/kit.sh"
make_code shop
serve seed
publish shop shop "$URL/shop.git"
cd shop && as_push && tidegate record -q
serve silent --fault all:silence
git remote set-url origin "$URL/shop.git"
change two
start=$(date +%s)
note tidegate record -q --deadline 1
[ $(($(date +%s) - start)) -le 6 ] && echo "in time"
judge --deadline 1
[ $(($(date +%s) - start)) -le 12 ] && echo "in time"
pgrep -f "127.0.0.1:$PORT/shop.git" || echo "no git is left behind"
