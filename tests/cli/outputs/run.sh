# All outputs of one check: files, standard output, the CI's summary page.
examples=$CASE/../../../examples
"$examples/make-shop" shop && cd shop
tidegate record -q
"$examples/change-shop" .
export GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=$PWD/../summary.md
tidegate check -o markdown=../gate.md -o json=../gate.json -o text > ../gate.txt; echo "exit $?"
cmp ../gate.md ../summary.md && echo "the summary page is the Markdown"
python3 - <<'P'
import json
gate = json.load(open("../gate.json"))
print(gate["schema"], gate["exit_code"])
P
head -n 2 ../gate.md
ls .. | sort
tidegate check -o json=/no/such/folder/x -q; echo "exit $?"
tidegate record -q; tidegate check -q -o text=/no/such/folder/x 2>&1 | head -n 1
