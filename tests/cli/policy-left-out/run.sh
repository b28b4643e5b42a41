# A commit with a policy, and a work tree without it: in CI a mistake, because the built-in rules would judge; on a laptop it was removed.
git init -q -b main . && mkdir build && echo build/ > .gitignore && echo a > a.c
printf 'version: 1\nreports: [{path: build/lcov.info}]\ngates: [coverage.line: {at_least: 100}]\n' > .tidegate.yml
git add . && git commit -q -m first
printf 'SF:a.c\nDA:1,0\nDA:2,1\nend_of_record\n' > build/lcov.info
push() { GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_REF=refs/heads/main "$@"; echo "exit $?"; }
git config core.sparseCheckout true && echo /a.c > .git/info/sparse-checkout && git read-tree -mu HEAD
push tidegate check -q; push tidegate record -q
push tidegate collect -q
tidegate check -q; echo "laptop: exit $?"
git update-index --force-remove .tidegate.yml && git commit -q -m "no policy"
push tidegate check -q
