# A policy with a mistake gates nothing silently: exit 2, with the place and the nearest word.
"$CASE/../../../examples/make-shop" shop && cd shop
printf 'version: 1\nreports:\n  - path: build/*.xml\ngates:\n  - coverage.lines: { at_least: 70 }\n  - tests.failed: { at_mots: 0 }\n' > .tidegate.yml
tidegate check; echo "exit $?"
tidegate record; echo "exit $?"
printf 'version: 1\n' > .tidegate.yml
tidegate check; echo "exit $?"
printf 'version: 1\ngates: [\n' > .tidegate.yml
tidegate check; echo "exit $?"
: > .tidegate.yml
tidegate check -q; echo "exit $?"
# doctor does not look for reports by half a policy.
printf 'version: 1\nreports:\n  - path: /abs.xml\ngates:\n  - tests.failed: { at_most: 0 }\n' > .tidegate.yml
tidegate doctor 2>&1 | grep -v checkout; tidegate init -q --force; tidegate doctor | grep -E 'policy|reports'
GITHUB_ACTIONS=true GITHUB_EVENT_NAME=push GITHUB_REF=refs/heads/main GITHUB_REF_NAME=main tidegate doctor | grep ' run '
GITLAB_CI=true CI_PIPELINE_SOURCE=merge_request_event CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main CI_MERGE_REQUEST_IID=7 tidegate doctor | grep ' run '
