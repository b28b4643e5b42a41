# A waiver is written into the policy file, or nothing is.
git init -q -b main . && mkdir deep
accept() { tidegate ledger accept "$@"; echo "exit $?"; }
why='--reason generated --owner @core --until 2999-01-31'
accept coverage.line $why
cat > policy.yml <<'END'
version: 1   # the first
reports:
  - {path: "*.xml", group: unit}
gates:
  - coverage.line: {ratchet: true}   # stays
  - tests.failed: {group: unit, at_most: 0}

# the end
END
ln -s policy.yml .tidegate.yml
chmod 640 policy.yml
cp policy.yml before
accept coverage.line $why --dry-run
accept coverage.lien $why
accept tests.failed --group untit $why
accept tests.failed --component api $why
accept denominators --group unit $why
accept coverage.line --reason x --owner y --until 2001-02-03
accept coverage.line --reason x --owner y --until 2999-02-30
accept coverage.line --reason ' ' --owner y --until 2999-02-28
accept coverage.line --owner y --until 2999-02-28
accept coverage.line --reason x --until 2999-02-28
accept $why
accept "$(printf '\377')" $why
accept coverage.line --reason "$(printf '\377')" --owner y --until 2999-02-28
cmp before policy.yml && echo untouched
(cd deep && accept coverage.line $why)
accept tests.failed --group unit -q $why
ls -l .tidegate.yml policy.yml | cut -c 1-10
diff before policy.yml
accept coverage.line $why
for word in codeowners deny allow; do
    { cat before; echo "waiver_in_change: $word"; } > "$word.yml"
    accept policy --config "$word.yml" $why; accept denominators --config "$word.yml" $why
done
mkdir shut && cp before shut/p.yml && chmod 555 shut
[ "$(id -u)" = 0 ] || tidegate ledger accept coverage.line --config shut/p.yml $why > said 2>&1 || true
chmod 755 shut && cmp before shut/p.yml && ls shut
echo '{version: 1, gates: [coverage.line: {ratchet: true}]}' > one-line.yml
accept coverage.line --config one-line.yml $why
echo 'version: 2' > newer.yml
accept coverage.line --config newer.yml $why
tidegate ledger nonsense; echo "exit $?"
