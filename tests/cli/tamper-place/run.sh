# The job goes into a folder of the checkout, and the change has put something else there: a submodule with a policy and a ledger of
# its own, or a link that leads out of the checkout.
. "$CASE/../tamper/lib.sh"
lax='version: 1
gates:
  - coverage.line: { at_least: 1 }
'
pull() { GITHUB_ACTIONS=true GITHUB_EVENT_NAME=${1:-pull_request} GITHUB_REF=refs/pull/1/merge GITHUB_BASE_REF=main tidegate check; echo "exit $?"; }
into() { mkdir -p "$1/build" && cp build/lcov.info "$1/build/"; cd "$1"; }

mkdir other && (cd other && git init -q -b main . && echo build/ > .gitignore && printf '%s' "$lax" > .tidegate.yml && git add . && git commit -q -m other)
mkdir shop && cd shop && start
reports 100 101 200
echo '== the folder as it was'
change same; (into legacy; pull | grep -e ^FAIL -e ^exit); rm -r legacy/build; drop
echo '== a submodule'
git rm -q -r legacy && rm -rf legacy
git -c protocol.file.allow=always submodule --quiet add "$PWD/../other" legacy
change submodule 2>/dev/null; (into legacy; pull; echo '= in a merge queue'; pull merge_group | tail -n 1; echo '= its reports may be collected there'; GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request tidegate collect -q -o ../part build/lcov.info; echo "exit $?"; rm ../part; echo '= without a CI'; tidegate check -q; echo "exit $?")
git submodule --quiet deinit --force --all; drop
echo '== a link'
git rm -q -r legacy && rm -rf legacy build/legacy && mkdir ../away && ln -s ../away legacy
change link; (into legacy; pull; echo '= a push'; GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_REF=refs/heads/main tidegate check | grep -e ^WARN -e ' compared' -e '->' -e ^Base)
