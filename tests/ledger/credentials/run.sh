# What lets the user's own git in lets tidegate in: each way alone, against a private server; and the token is never shown.
. "$KIT/kit.sh"
make_code shop
serve web --user robot:s3cret-token --private
publish shop shop "$URL/shop.git"
basic=$(printf robot:s3cret-token | base64)
export GIT_TERMINAL_PROMPT=0
watch_git
number=4
way() { # way NAME: a checkout of its own, in which `setting` gives the credentials; records and checks
    echo "-- $1"
    number=$((number + 1))
    git clone -q "$remotes/shop.git" "$here/$1"
    cd "$here/$1"
    git remote set-url origin "$URL/shop.git"
    git config credential.helper ''
    setting
    git commit -q --allow-empty -m "$1"
    report "$number"
    freeze "$here/$1"
    as_push
    tidegate record -q > said 2>&1
    echo "record: exit $?"
    cat said >> "$here/all-said"
    tidegate check --verbose --base "$(git rev-parse HEAD)" > said 2>&1
    echo "check: exit $?, $(grep -c "the entry of the base commit" said) baseline"
    cat said >> "$here/all-said"
    rm said
    untouched "$here/$1"
    as_laptop
    cd "$here"
}
setting() { :; }
git clone -q "$remotes/shop.git" nobody
cd nobody
git remote set-url origin "$URL/shop.git"
report 5
as_push
note tidegate record --deadline 5
judge
as_laptop
cd ..
entries shop

setting() { git config --add "http.$URL/.extraheader" "AUTHORIZATION: basic $basic"; }
way extraheader
setting() {
    git config -f "$here/checkout.config" "http.$URL/.extraheader" "AUTHORIZATION: basic $basic"
    git config "includeIf.gitdir:$PWD/.git.path" "$here/checkout.config"
}
way include-if
setting() { git config --add credential.helper "store --file=$here/store"; }
printf 'http://robot:s3cret-token@127.0.0.1:%s\n' "$PORT" > store
way credential-store
setting() { :; }
printf '#!/bin/sh\ncase $1 in User*) echo robot ;; *) echo s3cret-token ;; esac\n' > askpass
chmod +x askpass
export GIT_ASKPASS="$here/askpass"
way askpass-variable
unset GIT_ASKPASS
setting() { git config core.askPass "$here/askpass"; }
way askpass-setting
setting() { :; }
printf 'machine 127.0.0.1 login robot password s3cret-token\n' > "$HOME/.netrc"
way netrc
rm "$HOME/.netrc"
setting() { :; }
git config --global "http.$URL/.extraheader" "AUTHORIZATION: basic $basic"
way global-config
git config --global --remove-section "http.$URL/"
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$URL/.extraheader" GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $basic"
way config-variables
unset GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0
setting() {
    git remote set-url origin https://code.invalid/team/shop.git
    git config "url.http://robot:s3cret-token@127.0.0.1:$PORT/.insteadOf" https://code.invalid/team/
}
way instead-of
setting() { git remote set-url origin "http://robot:s3cret-token@127.0.0.1:$PORT/shop.git"; }
way in-the-address

examine shop
echo "-- shown"
grep -c -e s3cret-token -e "$basic" all-said
grep -v -e '^git -C ' -e '^git config' -e '^git remote set-url' arguments.log | grep -c -e s3cret-token -e "$basic"
