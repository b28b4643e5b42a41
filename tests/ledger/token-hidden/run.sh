# A token in the address or in a header is never shown, whatever goes wrong and however much is asked to be said.
. "$KIT/kit.sh"
make_code shop
publish shop shop unused
basic=$(printf robot:s3cret-token | base64)
cd shop
as_push
watch_git
number=0
meet() { # meet SERVER-OPTION...: the token in the address, then in a header
    echo "-- $*"
    number=$((number + 1))
    serve "server$number" "$@"
    for address in "http://robot:s3cret-token@127.0.0.1:$PORT" "$URL"; do
        git remote set-url origin "$address/shop.git"
        git config "http.$URL/.extraheader" "AUTHORIZATION: basic $basic"
        rm -rf .git/tidegate
        GIT_TRACE=1 GIT_CURL_VERBOSE=1 GIT_TRACE_CURL=1 tidegate check -v --deadline 1 > "$here/said" 2>&1
        echo "check $?"
        cat "$here/said" >> "$here/all-said"
        tidegate record -v --deadline 1 > "$here/said" 2>&1
        echo "record $?"
        cat "$here/said" >> "$here/all-said"
        tidegate doctor -v --deadline 1 >> "$here/all-said" 2>&1
        git config --remove-section "http.$URL/"
    done
    stop "server$number"
}
meet --user robot:other --private
meet --fault all:status=500
meet --fault push:drop-before
meet --fault all:redirect=http://robot:s3cret-token@127.0.0.1:1
for address in 'http://robot:s3cret-token
@127.0.0.1:1/shop.git' 'git://robot:s3cret-token@127.0.0.1:1/shop.git' "$URL/shop.git?private_token=s3cret-token"; do
    git remote set-url origin "$address"
    tidegate check -v --deadline 1 >> "$here/all-said" 2>&1
    tidegate doctor -v --deadline 1 >> "$here/all-said" 2>&1
done
git remote set-url origin 'https://robot:s3cret-token@code.invalid/shop.git'
tidegate check -v --deadline 1 >> "$here/all-said" 2>&1
git remote set-url origin 'ssh://robot:s3cret-token@code.invalid/shop.git'
GIT_SSH_COMMAND=false tidegate check -v --deadline 1 >> "$here/all-said" 2>&1
git remote set-url origin 'http://robot:s3cret-token@127.0.0.1:port/shop.git'
tidegate check -v --deadline 1 >> "$here/all-said" 2>&1
echo "-- shown"
grep -e s3cret-token -e "$basic" "$here/all-said"
grep -v -e '^git config' -e '^git remote set-url' "$here/arguments.log" | grep -e s3cret-token -e "$basic"
[ "$(wc -l < "$here/all-said")" -gt 100 ] && echo "much was said"
rm -rf .git/tidegate/ledger.git/objects
grep -r -l -e s3cret-token -e "$basic" .git/tidegate
git config --get-all remote.origin.url
