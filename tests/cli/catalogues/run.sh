# Every listing has a table and JSON; help, man page and completions are well formed.
for list in formats rules metrics codes; do
    tidegate $list | head -n 1 | cut -d' ' -f1
    tidegate $list --json | python3 -c 'import json,sys; print(len(json.load(sys.stdin)) > 3)'
done
tidegate schema | python3 -c 'import json,sys; print(json.load(sys.stdin)["$schema"])'
tidegate --version | cut -d' ' -f1
tidegate --help | head -n 1
tidegate help check | head -n 1
tidegate check --help | head -n 1
tidegate completion bash > c.bash && bash -n c.bash && echo "bash ok"
tidegate completion zsh | head -n 1
tidegate completion fish | head -n 1
tidegate docs man > t.1 && mandoc -T lint -W warning t.1 && echo "man ok"
bash -c '. ./c.bash
complete_it() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tidegate; echo "$*: ${COMPREPLY[*]}"; }
complete_it tidegate se; complete_it tidegate ledger ""; complete_it tidegate ledger ver; complete_it tidegate completion ""
complete_it tidegate check --o; complete_it tidegate check bu; complete_it tidegate ledger log sh'
tidegate completion zsh | grep -c "'1:word:(log show verify accept compact import)'"
tidegate completion fish | grep -c -- "-f -a 'bash zsh fish'"
