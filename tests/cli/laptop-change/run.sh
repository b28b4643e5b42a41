# Where nothing was recorded, a branch on a laptop is judged by the policy of the branch that it has left, as in CI.
. "$CASE/../tamper/lib.sh"
policy() { printf 'version: 1\nbaseline: { branch: main }\ngates:\n  - coverage.line: { at_least: %s }\n' "$1" > .tidegate.yml; }
look() { tidegate check "$@" > out.txt 2>&1; code=$?; sed -E 's/[0-9a-f]{10}/{id}/g' out.txt | grep -E '^(GATE|FAIL|Policy|  [a-z].*(is|new))'; echo "exit $code"; rm out.txt; }
git init -q -b main shop && cd shop && mkdir src legacy && echo 'int a;' > src/a.c && echo 'int b;' > legacy/b.c
printf 'build/\nout.txt\n' > .gitignore
git add -A && git commit -q -m start
echo '== the first policy file'
git checkout -q -b first; policy 70; git add -A; git commit -q -m policy; reports 100 150 200; look
echo '== a branch that lowers the bar that main has'
git checkout -q main; git merge -q first; git checkout -q -b lower; policy 50; git commit -q -a -m lower; reports 100 120 200; look
echo '== without a branch'
git checkout -q --detach; look
echo '== a clone whose policy names a branch that nobody has'
git checkout -q main; git clone -q . ../clone; cd ../clone; git checkout -q -b lower origin/lower; sed -i s/main/none/ .tidegate.yml; git commit -q -a -m none
reports 100 120 200; look; cd ../shop
echo '== on main itself, and where main is not known'
git checkout -q main; git merge -q lower; reports 100 120 200; look
git checkout -q lower; git branch -q -D main first; look
echo '== a checkout that ends lines in another way'
git checkout -q -b main; git checkout -q -b ends; git commit -q --allow-empty -m ends; sed -i 's/$/\r/' .tidegate.yml; look
