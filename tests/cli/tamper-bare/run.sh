# The job runs in a folder to which the change has committed what a bare repository consists of, and a policy of its own.
. "$CASE/../tamper/lib.sh"
mkdir shop && cd shop && start
mkdir legacy/objects legacy/refs
echo 'ref: refs/heads/main' > legacy/HEAD; printf '[core]\n\tbare = true\n' > legacy/config; touch legacy/objects/x legacy/refs/x
printf 'version: 1\ngates:\n  - coverage.line: { at_least: 1 }\n' > legacy/.tidegate.yml
reports 100 130 200; change bare; cp -R build legacy/
echo '== at the top'; check
echo '== in the folder'; cd legacy; GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_BASE_REF=main tidegate check; echo "exit $?"
