# Reports that move with the change: what the target's policy misses is said to be where it reads them, not to be a step that failed.
. "$CASE/../tamper/lib.sh"
cat > policy.yml <<'END'
version: 1
reports:
  - path: build/junit.xml
  - path: build/lcov.info
gates:
  - tests.failed: { at_most: 0 }
END
mkdir shop && cd shop && start
sed -i 's/build/out/' .tidegate.yml; echo out/ > .gitignore; change move; mv build out
check
GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_REF=refs/pull/1/merge GITHUB_BASE_REF=main \
    GITHUB_SHA="$(git rev-parse HEAD)" tidegate check | grep -A3 '^NO DATA'
echo '== and in Markdown'
GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request GITHUB_REF=refs/pull/1/merge GITHUB_BASE_REF=main \
    GITHUB_SHA="$(git rev-parse HEAD)" tidegate check --output markdown | grep '^- .*policy of'
