# A change of the policy is judged by two policies; the ledger that both mean is fetched once.
git init -q --bare --initial-branch=main code.git && git clone -q "file://$PWD/code.git" shop 2> /dev/null && cd shop
mkdir src ../bin && echo 'int a;' > src/a.c
printf 'version: 1\nreports: [{path: src.info}]\ngates:\n  - coverage.line: {at_least: 50}\n' > .tidegate.yml
printf 'SF:src/a.c\nDA:1,1\nDA:2,0\nend_of_record\n' > src.info
git switch -qc main 2> /dev/null; git add -A && git commit -qm first && git push -q origin main && tidegate record -q --push
git switch -qc change && sed -i 's/50/40/' .tidegate.yml && git commit -qam laxer
printf '#!/bin/sh\necho "$*" >> %s/calls\nexec %s "$@"\n' "$PWD/.." "$(command -v git)" > ../bin/git && chmod +x ../bin/git
PATH=$PWD/../bin:$PATH tidegate check | grep -i 'polic'; grep -c ' fetch ' ../calls
