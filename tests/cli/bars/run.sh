# The bar of a branch through six merges: slack that is used up, a branch below its bar, a waiver.
git init -q -b main shop && cd shop
cat > .tidegate.yml <<'END'
version: 1
reports:
  - path: c.info
baseline:
  branch: main
gates:
  - coverage.line: { ratchet: true, slack: 1 }
END
echo c.info > .gitignore

# So many of the hundred lines of a.c run, in a commit of its own.
commit() {
    seq 100 > a.c
    echo "$1 $2" >> a.c
    git add . && git commit -q -m "$2"
    { echo SF:a.c; seq 100 | awk -v ran="$1" '{ print "DA:" $1 "," ($1 <= ran ? 1 : 0) }'; echo end_of_record; } > c.info
}
on_main() {
    GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_REF=refs/heads/main tidegate "$@"
}
say() {
    grep -E "^[A-Z]+ +coverage.line|^ +[0-9.]+ % =|^ +branch's bar"
}
bar() {
    git --git-dir=.git/tidegate/ledger.git show tidegate/ledger:branches/main/bar.json | grep key
}

commit 90 first
on_main record -q; bar
commit 89 "within the slack"
tidegate check -q; echo "change: exit $?"
on_main check -q; echo "push: exit $?"
on_main record -q
commit 88 "within the slack again"
tidegate check | say; tidegate check -q; echo "change: exit $?"
on_main record -q; echo "record: exit $?"
commit 88 "not this change's doing"
tidegate check | say; tidegate check -q; echo "change: exit $?"
on_main check | say; on_main check -q; echo "push: exit $?"
GITHUB_ACTIONS=true GITHUB_EVENT_NAME=schedule tidegate check | say
GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_REF=refs/tags/v1 tidegate check -q; echo "tag: exit $?"
on_main record -q; bar
cat >> .tidegate.yml <<'END'
waivers:
  - { gate: coverage.line, reason: "the generated parser", owner: "@ada", until: 2999-12-31 }
END
commit 88 "accept it"
on_main check | say; on_main check -q; echo "push: exit $?"
on_main record -q; bar
git checkout -q HEAD~1 -- .tidegate.yml
commit 88 "the waiver goes"
on_main check | say; on_main check -q; echo "push: exit $?"
on_main record -q; bar
commit 95 better
on_main record -q
git revert --no-edit HEAD > /dev/null 2>&1
seq 100 | awk '{ print "DA:" $1 "," ($1 <= 88 ? 1 : 0) }' | { echo SF:a.c; cat; echo end_of_record; } > c.info
on_main check | say; on_main check -q; echo "revert: exit $?"
tidegate ledger show | sed -n '/^Bars/,$p'
