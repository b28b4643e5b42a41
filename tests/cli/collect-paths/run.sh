# Inside a repository collect knows which spellings of a path are one file, as check does.
git init -q -b main . && mkdir src build && echo 'int a;' >src/a.c && git add -A && git commit -qm 0
printf 'SF:src/a.c\nDA:1,1\nDA:2,0\nend_of_record\n' >build/1.info
printf 'SF:./src/a.c\nDA:1,0\nDA:2,1\nend_of_record\n' >build/2.info
printf 'SF:%s/src/a.c\nDA:1,0\nDA:2,1\nend_of_record\n' "$PWD" >build/3.info
tidegate collect build/1.info build/2.info build/3.info | sed -n '/^Metrics/,$p'
cd src && tidegate collect ../build/1.info ../build/3.info | grep coverage.line
