# The helpers do what they say, shown with plain git as the client: without this, the other cases prove little.
. "$KIT/kit.sh"
make_code shop
publish shop shop http://unused.invalid
export GIT_TERMINAL_PROMPT=0
tip() { git -c credential.helper= "$@" 2>&1 | sed 's/^[0-9a-f]\{40\}/ID/; s/127.0.0.1:[0-9]*/SERVER/g'; }

echo "== users"
serve public --user robot:secret
tip ls-remote "$URL/shop.git" refs/heads/main
git clone -q "$URL/shop.git" clone
cd clone
change one
tip push -q "$URL/shop.git" HEAD:main
tip push -q "http://robot:wrong@127.0.0.1:$PORT/shop.git" HEAD:main
tip push -q "http://robot:secret@127.0.0.1:$PORT/shop.git" HEAD:main
on shop log -1 --format=%s main
cd ..
stop public
serve private --user robot:secret --private
tip ls-remote "$URL/shop.git" refs/heads/main
tip -c "http.$URL/.extraheader=AUTHORIZATION: basic $(printf robot:secret | base64)" ls-remote "$URL/shop.git" refs/heads/main
stop private
serve gateway --need-header 'X-Gate: open'
tip ls-remote "$URL/shop.git" refs/heads/main
tip -c 'http.extraHeader=X-Gate: open' ls-remote "$URL/shop.git" refs/heads/main
logged "$LOG" 'r["headers"].get("X-Gate") == "open"'

echo "== faults"
ask() { # ask FAULT: list the refs of a server with that fault
    echo "-- $1"
    serve faulty --fault "$1"
    timeout 2 git ls-remote "$URL/shop.git" refs/heads/main > said 2>&1
    echo "exit $?"
    sed 's/127.0.0.1:[0-9]*/SERVER/g; s/[0-9a-f]\{40\}/ID/; s/ [0-9]* bytes/ N bytes/; s/curl [0-9]* .*/curl .../' said
    stop faulty
}
give() { # give FAULT: push a commit to a server with that fault, and see what got there
    echo "-- $1"
    serve faulty --fault "$1"
    (cd clone && change "$1" && timeout 5 git push -q "$URL/shop.git" HEAD:main > ../said 2>&1)
    echo "exit $?"
    sed 's/127.0.0.1:[0-9]*/SERVER/g; s/ [0-9]* bytes/ N bytes/; s/curl [0-9]* .*/curl .../' said
    on shop log -1 --format=%s main
    stop faulty
}
ask advertise:status=403
ask advertise:status=404
ask advertise:status=500
ask advertise:html
ask all:silence
ask all:trickle=0.0002
ask advertise:delay=0.2
ask fetch:drop-response=20
give push:drop-request=10
give push:drop-before
give push:drop-after
give push:status=500:times=1
serve twice --fault advertise:status=500:every=2
for round in 1 2 3 4; do git ls-remote "$URL/shop.git" refs/heads/main >/dev/null 2>&1; echo "round $round: exit $?"; done
stop twice

echo "== TLS and proxies"
certificates
serve safe --certificate "$here/server.pem" --key "$here/server.key"
git ls-remote "https://127.0.0.1:$PORT/shop.git" 2>&1 | sed 's/127.0.0.1:[0-9]*/SERVER/g'
tip -c http.sslCAInfo="$here/ca.pem" ls-remote "https://127.0.0.1:$PORT/shop.git" refs/heads/main
proxy tunnel robot:secret
tip -c http.sslCAInfo="$here/ca.pem" -c "http.proxy=http://robot:secret@127.0.0.1:$PROXY_PORT" \
    ls-remote "https://git.example.org:$PORT/shop.git" refs/heads/main
stop safe
serve plain
tip -c "http.proxy=http://robot:secret@127.0.0.1:$PROXY_PORT" ls-remote "http://git.example.org:$PORT/shop.git" refs/heads/main
tip -c "http.proxy=http://127.0.0.1:$PROXY_PORT" ls-remote "http://git.example.org:$PORT/shop.git" refs/heads/main |
    sed 's/:[0-9]*\//:N\//'
sed 's/:[0-9]*/:N/g' "$PROXY_LOG"

echo "== ssh"
export FAKE_SSH_LOG="$here/ssh.log"
tip -c "core.sshCommand=$KIT/fake_ssh" -c ssh.variant=simple ls-remote "git.example.org:$remotes/shop.git" refs/heads/main
sed "s,$remotes,REMOTES," ssh.log

echo "== looking"
git -C clone -c protocol.version=2 fetch -q "$URL/shop.git" main
asked_for "$LOG"
git -C clone push -q "$URL/shop.git" HEAD:other
asked_for "$LOG"
freeze shop; untouched shop; touch shop/.git/index.lock; untouched shop | sed 's/[0-9a-f]\{60,\}/ID/'
