# What a checkout must hold: the commit that the change starts from, and never the copy that the change brings.
. "$CASE/../toy.sh"
toy project
recorded 'baseline'
git switch -qc change; file src/more 10 6; recorded 'loss, and the file lowered with it'
git switch -q main; echo more > tests/more; recorded 'a gain of somebody else'
git switch -qc merged; git merge -q --no-edit -s ours -m merge change; git checkout -q change -- src tests; commit 'x'
git reset -q --soft HEAD~1; git commit -q --amend -m 'the merge commit of the change'; git tag merged
clone() { rm -rf ../"$1"; git clone -q "$@" ; }
look() { measure; github tidegate check > ../out.txt 2>&1; code=$?; grep -E '^(GATE|Baseline)| error: |git fetch' ../out.txt; echo "exit $code"; }
origin=file://$PWD; cd ..
echo '# the merge commit: depth 1 is one too few, and the message says how to mend it'
git clone -q --depth 1 -b merged "$origin" one 2>/dev/null && cd one && look
git fetch -q --depth=1 origin "$(git cat-file -p HEAD | sed -n 's/^parent //p' | head -n 1)" && look; cd ..
git clone -q --depth 2 -b merged "$origin" two 2>/dev/null && cd two && look; cd ..
echo '# the head of the change: where it left main, not the tip of main'
git clone -q --depth 1 -b change "$origin" head 2>/dev/null && cd head && look; cd ..
git clone -q -b change "$origin" all 2>/dev/null && cd all && look
echo '# a push to a branch that is not the target'
measure; GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_REF=refs/heads/change tidegate check | grep Baseline
git switch -q main; measure
GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_REF=refs/heads/main tidegate check | grep -E 'GATE|Baseline'
GITHUB_ACTIONS=true GITHUB_EVENT_NAME=schedule GITHUB_REF=refs/heads/main tidegate check | grep -E 'GATE|Baseline'
echo '# a laptop on a branch of its own'
git switch -q change; measure; tidegate check | grep -E 'GATE|Baseline'
tidegate check --base "$(git rev-parse HEAD~1)" | grep -E 'GATE|Baseline'
tidegate check --base "$(git rev-parse origin/main)" | grep -E 'GATE|Baseline'
tidegate check --base 1111111111111111111111111111111111111111 2>&1 | grep -E 'GATE|Baseline|error'
cd ..
echo '# no commit, and the first one'
git init -q fresh && cd fresh && cp "$CASE/../toy.yml" .tidegate.yml && mkdir src tests && file src/a 1 0 && echo a > tests/a
measure; tidegate check | grep Baseline; git add .; git commit -qm one
GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_REF=refs/heads/main tidegate check | grep Baseline
