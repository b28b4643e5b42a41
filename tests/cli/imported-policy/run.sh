# Entries that were imported from another tool tell nothing about a policy, neither the target's nor that there was none.
git init -q -b main . && echo build/ > .gitignore && echo a > a.c && git add . && git commit -q -m first
import() { # the newest commit, as github-action-benchmark would know it
    printf '{"entries": {"B": [{"commit": {"id": "%s"}, "date": 1767225600000, "tool": "cargo", "benches": [{"name": "size", "value": 12, "unit": "kB"}]}]}}' \
        "$(git rev-parse HEAD)" > build/data.json
    tidegate ledger import gh-benchmark build/data.json -q; echo "import: exit $?"
}
suite() { mkdir -p build; echo '<testsuite name="s"><testcase name="1"/><testcase name="2"><failure/></testcase></testsuite>' > build/junit.xml; }
policy() { printf 'version: 1\nreports: [{path: build/junit.xml}]\ngates: [tests.failed: {at_most: %s}]\n' "$1" > .tidegate.yml; git add .; git commit -q -m "$2"; }
pull() { # pull: what is checked out as the merge commit of a pull request
    suite; GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_REF=refs/pull/1/merge GITHUB_BASE_REF=main \
        GITHUB_SHA="$(git rev-parse HEAD)" tidegate check > build/out.txt 2>&1
    code=$?; grep -E '^(GATE|FAIL|NO DATA|Policy|  .*rule is gone|  the policy|  .*-> Check out)' build/out.txt; echo "exit $code"
}
suite; import
echo '== the first policy: no rule was in force before it'
git checkout -q -b change && policy 1 mine && git checkout -q --detach main && git merge -q --no-ff -m merge change; pull
echo '== the policy of the target is in its commit'
git checkout -q main && policy 0 strict && import && git checkout -q -b lax && policy 2 lax && git checkout -q --detach main && git merge -q --no-ff -m merge lax; pull
echo '== where that is not here, nobody knows it, which closes the gate'
git clone -q --depth 1 "file://$PWD" shallow 2>/dev/null && cp -R .git/tidegate shallow/.git/ && cd shallow && git remote remove origin; pull
echo '== compared with a file'
tidegate ledger show main --output json > build/base.json 2>/dev/null
GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_REF=refs/pull/1/merge GITHUB_BASE_REF=main GITHUB_SHA="$(git rev-parse HEAD)" \
    tidegate check --base build/base.json | grep -E '^(GATE|Policy)'
