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
# What is no file stays what it is, and so does a link.
mkfifo ../pipe && (wc -l < ../pipe > ../piped &) && tidegate check -q -o text=../pipe; test -p ../pipe && echo "still a pipe"
echo old > ../old.txt && ln -s old.txt ../link.txt && tidegate check -q -o text=../link.txt
test -L ../link.txt && head -n 1 ../old.txt
tidegate check -q -o json=/dev/null; test -c /dev/null && echo "still a device"
tidegate collect -q --out ../link.txt; test -L ../link.txt && gzip -t < ../old.txt && echo "written through the link"
# Where nothing could be judged, no file of an older run is left to be taken for the verdict of this one.
tidegate check -q -o json=../gate.json; printf 'version: 1\ngates: 3\n' > ../bad.yml
tidegate check --config ../bad.yml -o json=../gate.json -o markdown=../gate.md; echo "exit $?"
python3 - <<'P'
import json
gate = json.load(open("../gate.json"))
print(gate["status"], gate["exit_code"], gate["headline"], gate["checks"], gate["diagnostics"][0]["code"])
P
cat ../gate.md; tail -n 8 ../summary.md | cmp - ../gate.md && echo "the summary page says so, too"
tidegate check --config ../bad.yml -o json 2>&1 > ../gate.txt | wc -l; head -n 5 ../gate.txt
# Quiet is not silent about what keeps it from judging.
tidegate check -q build/none.xml; echo "exit $?"
tidegate collect -q build/none.xml build/junit.xml; echo "exit $?"
tidegate check -q --base nowhere; echo "exit $?"
# So it is with the policy that init writes.
(grep version < ../pipe > ../piped &) && tidegate init -q -o ../pipe; echo "exit $?"; test -p ../pipe && echo "still a pipe"
mkdir ci && echo old > ci/policy.yml && ln -s ci/policy.yml .tidegate.yml
tidegate init -q 2>&1 | head -n 1; cat ci/policy.yml
tidegate init -q --force; test -L .tidegate.yml && grep version ci/policy.yml
# "-" is standard output, as everywhere, and what goes there stands alone.
tidegate check -q; tidegate check -o markdown=- | head -n 2
tidegate init --force -o - | head -n 1
tidegate collect -o - build/junit.xml > ../piped.partial; echo "exit $?"
tidegate collect ../piped.partial | head -n 1
tidegate collect --json -o - build/junit.xml; echo "exit $?"
test -e - && echo 'a file called "-"'
tidegate check -o json=../gate.json -o text=../gate.json; echo "exit $?"
python3 -c 'import pty, sys; sys.exit(pty.spawn(["tidegate", "collect", "-o", "-", "build/junit.xml"]) >> 8)' > ../terminal.txt; echo "exit $?"
tr -d '\r' < ../terminal.txt
