# The job names the policy file by --config: whatever the change makes of that path, the target's file of that name judges.
. "$CASE/../tamper/lib.sh"
mkdir shop && cd shop && start
mkdir ci
gate() { # gate FILE RULES [LINE]
    printf 'version: 1\nreports:\n  - path: build/lcov.info\ngates:\n  - coverage.line: { %s }\n%s' "$2" "${3-}" > "$1"
}
gate ci/gate.yml 'ratchet: true'; git add ci; git commit -qm policy; tidegate record -q --config ci/gate.yml
judge() { reports 100 130 200; change "$1"; check --config "${2:-ci/gate.yml}"; drop; }
echo '== edited'
gate ci/gate.yml 'at_least: 1'; judge edited
echo '== a link to another file of the change'
gate ci/loose.yml 'at_least: 1'; ln -sf loose.yml ci/gate.yml; judge link
echo '== a link out of the repository'
gate ../loose.yml 'at_least: 1'; ln -sf ../../loose.yml ci/gate.yml; judge outside
echo '== the folder is a link'
mkdir other; gate other/gate.yml 'at_least: 1'; git rm -rq ci; ln -s other ci; judge folder
echo '== the job names it in full, with a detour, and through a link of its own to the work tree'
gate ci/loose.yml 'at_least: 1'; ln -sf loose.yml ci/gate.yml; judge full "$PWD/ci/../ci/gate.yml"
ln -s shop ../mine
gate ci/loose.yml 'at_least: 1'; ln -sf loose.yml ci/gate.yml; judge through ../mine/ci/gate.yml
echo '== with a baseline file, which the change moves'
gate ci/gate.yml 'ratchet: true' 'ledger: file'; tidegate record -q --config ci/gate.yml; git add .; git commit -qm file
gate ci/gate.yml 'ratchet: true' 'ledger: {file: other.json}'; judge moved
echo '== or gives up'
gate ci/gate.yml 'ratchet: true'; judge given
echo '== a file of the job, outside: no part of the change'
judge job ../loose.yml
echo '== the target itself has a link there: only a ledger knows what it leads to'
mkdir pol; git mv ci/gate.yml pol/gate.yml; ln -s ../pol/gate.yml ci/gate.yml; git add .; git commit -qm link
sed -i '/^ledger/d' pol/gate.yml; git commit -qam branch; tidegate record -q --config ci/gate.yml
gate pol/gate.yml 'at_least: 1'; judge link-ledger
