# What stands where the policy expects a report and is no file: a pipe to which nobody writes never ends, a device neither.
git init -q -b main . && printf 'version: 1\nreports:\n  - path: junit.xml\n    optional: true\ngates:\n  - tests.failed: { at_most: 0 }\n' > .tidegate.yml
git add . && git commit -qm one
look() { timeout 20 tidegate check 2>&1 | grep -E '^(GATE|NO DATA)|junit.xml'; rm -rf junit.xml; }
mkfifo junit.xml; look
ln -s /dev/zero junit.xml; look
mkdir junit.xml; look
echo '== and where the policy is expected'
git rm -q .tidegate.yml; mkdir .tidegate.yml; tidegate check 2>&1 | grep error
