# Reading from one address, writing to another: remote.origin.pushurl and url.pushInsteadOf are git's own words for it.
. "$KIT/kit.sh"
make_code shop
serve reader
publish shop shop "$URL/shop.git"
on shop config http.receivepack false
read_url=$URL
serve writer --user robot:secret
make_remote unused
cd shop
as_push
note tidegate record -q --deadline 5
git config remote.origin.pushurl "$remotes/shop.git"
note tidegate record -q
entries shop
git config --unset remote.origin.pushurl
git config "url.$remotes/.pushInsteadOf" "$read_url/"
change two && report 6
note tidegate record -q
entries shop
say tidegate check -q --base "$(git rev-parse HEAD)"
