# Helpers for tests/ledger/*/run.sh: `. "$KIT/kit.sh"`. What stands on a remote is always read by plain git.
# Everything lives below the folder of the case: remotes/NAME.git, and the folders that the case names.

here=$PWD
remotes=$here/remotes
ledger_ref=refs/heads/tidegate/ledger
mkdir -p "$remotes"

# ---- servers and remotes ----

await() { # await FILE: until it is there; a server that does not start ends the case
    tries=0
    until [ -s "$1" ]; do
        tries=$((tries + 1))
        [ "$tries" -lt 200 ] || { echo "$1 does not come"; exit 99; }
        sleep 0.05
    done
}

serve() { # serve NAME [OPTION...]: sets URL and LOG, and PORT; options as in git_server.py
    name=$1
    shift
    LOG=$here/$name.log
    : > "$LOG"
    python3 "$KIT/git_server.py" "$remotes" "$LOG" --port-file "$here/$name.port" "$@" &
    echo $! > "$here/$name.pid"
    await "$here/$name.port"
    PORT=$(cat "$here/$name.port")
    URL=http://127.0.0.1:$PORT
}

proxy() { # proxy NAME [USER:PASSWORD]: sets PROXY_PORT and PROXY_LOG
    PROXY_LOG=$here/$1.log
    : > "$PROXY_LOG"
    python3 "$KIT/http_proxy.py" "$PROXY_LOG" "$here/$1.port" ${2+"$2"} &
    echo $! > "$here/$1.pid"
    await "$here/$1.port"
    PROXY_PORT=$(cat "$here/$1.port")
}

stop() { # stop NAME: of serve or proxy
    kill "$(cat "$here/$1.pid")"
    wait "$(cat "$here/$1.pid")" 2>/dev/null || true
    rm -f "$here/$1.port"
}

certificates() { # ca.pem, and server.pem with server.key for 127.0.0.1 and git.example.org
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj '/CN=A test' \
        -keyout "$here/ca.key" -out "$here/ca.pem" 2>/dev/null
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj '/CN=git.example.org' \
        -keyout "$here/server.key" -out "$here/server.csr" 2>/dev/null
    printf 'subjectAltName=DNS:git.example.org,IP:127.0.0.1\n' > "$here/server.ext"
    openssl x509 -req -in "$here/server.csr" -CA "$here/ca.pem" -CAkey "$here/ca.key" -CAcreateserial -days 2 \
        -extfile "$here/server.ext" -out "$here/server.pem" 2>/dev/null
}

make_remote() { # make_remote NAME: an empty bare repository that takes pushes
    git init -q --bare -b main "$remotes/$1.git"
    git -C "$remotes/$1.git" config http.receivepack true
    git -C "$remotes/$1.git" config uploadpack.allowAnySHA1InWant true
    git -C "$remotes/$1.git" config gc.auto 0
    git -C "$remotes/$1.git" config receive.autogc false
}

on() { # on NAME GIT-WORDS...: plain git in a remote
    remote=$1
    shift
    git -C "$remotes/$remote.git" "$@"
}

# ---- code ----

report() { # report TESTS [FAILED]: build/junit.xml of the folder we are in
    mkdir -p build
    {
        printf '<testsuites><testsuite name="s" tests="%d" failures="%d">\n' "$1" "${2:-0}"
        test=0
        while [ "$test" -lt "$1" ]; do
            test=$((test + 1))
            if [ "$test" -le "${2:-0}" ]; then
                printf '<testcase classname="c" name="t%d"><failure message="no"/></testcase>\n' "$test"
            else
                printf '<testcase classname="c" name="t%d"/>\n' "$test"
            fi
        done
        printf '</testsuite></testsuites>\n'
    } > build/junit.xml
}

make_code() { # make_code FOLDER: a repository with a policy, one commit on main, and a report of 5 tests; no remote
    git init -q -b main "$1"
    printf 'build/\n' > "$1/.gitignore"
    cat > "$1/.tidegate.yml" <<'POLICY'
version: 1
reports:
  - path: build/junit.xml
gates:
  - tests.failed: { at_most: 0 }
  - tests.total: { ratchet: true }
POLICY
    echo 1 > "$1/code"
    git -C "$1" add .
    git -C "$1" commit -q -m 'the first'
    (cd "$1" && report 5)
}

change() { # change [WORD]: a commit on what is checked out; prints nothing
    echo "${1:-more}" >> code
    git commit -q -a -m "${1:-more}"
}

publish() { # publish FOLDER NAME URL: a new remote NAME with the branches of FOLDER, which gets URL as its origin
    make_remote "$2"
    git -C "$1" push -q "$remotes/$2.git" --all
    git -C "$1" remote add origin "$3"
}

checkout_commit() { # checkout_commit URL FOLDER REF: depth 1 and detached, with the commands of actions/checkout
    git init -q "$2"
    git -C "$2" remote add origin "$1"
    git -C "$2" fetch -q --no-tags --no-recurse-submodules --depth=1 origin "+$3:refs/remotes/${3#refs/}"
    git -C "$2" -c advice.detachedHead=false checkout -q --force "refs/remotes/${3#refs/}"
}

checkout_pipeline() { # checkout_pipeline URL FOLDER NUMBER DEPTH [BRANCH]: refs/pipelines/NUMBER, as GitLab's runner does it
    git init -q "$2"
    git -C "$2" remote add origin "$1"
    git -C "$2" fetch -q origin --no-recurse-submodules "+refs/pipelines/$3:refs/pipelines/$3" \
        ${5+"+refs/heads/$5:refs/remotes/origin/$5"} --depth "$4" --prune
    git -C "$2" checkout -f -q "$(git -C "$2" rev-parse "refs/pipelines/$3")"
}

merge_ref() { # merge_ref FOLDER NAME NUMBER BASE HEAD...: what the forge tests: refs/pull/NUMBER/merge in remote NAME
    folder=$1 remote=$2 number=$3 base=$4
    shift 4
    git -C "$folder" -c advice.detachedHead=false checkout -q --detach "$base"
    git -C "$folder" merge -q --no-ff -m "merge $number" "$@"
    git -C "$folder" push -q "$remotes/$remote.git" "+HEAD:refs/pull/$number/merge"
    git -C "$folder" checkout -q main
}

at_day() { # at_day DAY: the date of the commits that follow, in January 2026
    GIT_AUTHOR_DATE=2026-01-$1T00:00:00Z
    GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
    export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
}

hold_push() { # hold_push NAME: the next push to the remote arrives, which `await $here/held` sees, and waits for $here/go
    rm -rf "$here/held" "$here/go" "$here/holding"
    cat > "$remotes/$1.git/hooks/pre-receive" <<HOOK
#!/bin/sh
mkdir "$here/holding" 2>/dev/null || exit 0
echo held > "$here/held"
until [ -e "$here/go" ]; do sleep 0.05; done
HOOK
    chmod +x "$remotes/$1.git/hooks/pre-receive"
}

# ---- kinds of run ----

as_laptop() {
    unset GITHUB_ACTIONS GITHUB_EVENT_NAME GITHUB_REF GITHUB_BASE_REF GITHUB_HEAD_REF GITHUB_EVENT_PATH CI GITLAB_CI
}
as_github() { # as_github EVENT REF [BASE-REF]
    as_laptop
    export CI=true GITHUB_ACTIONS=true GITHUB_EVENT_NAME="$1" GITHUB_REF="$2"
    [ $# -lt 3 ] || export GITHUB_BASE_REF="$3"
}
as_push() { # as_push [BRANCH [BEFORE FORCED]]: with BEFORE, the event file says so, as on GitHub
    as_github push "refs/heads/${1:-main}"
    [ $# -lt 3 ] || printf '{"before": "%s", "forced": %s}\n' "$2" "$3" > "$here/event.json"
    [ $# -lt 3 ] || export GITHUB_EVENT_PATH="$here/event.json"
}
as_gitlab() { # as_gitlab SOURCE VARIABLE=VALUE...: a pipeline of that source, with what GitLab sets in it
    as_laptop
    for variable in $(env | sed -n 's/^\(CI_[A-Z_]*\)=.*/\1/p'); do unset "$variable"; done
    export CI=true GITLAB_CI=true CI_PIPELINE_SOURCE="$1" CI_DEFAULT_BRANCH=main CI_SERVER_NAME=GitLab
    shift
    [ $# -eq 0 ] || export "$@"
}
event_says() { # event_says FORMAT WORD...: GitHub's event file, by printf
    GITHUB_EVENT_PATH=$here/event.json
    export GITHUB_EVENT_PATH
    printf "$@" > "$GITHUB_EVENT_PATH"
}
as_pull() { as_github pull_request "refs/pull/$1/merge" "${2:-main}"; }
as_queue() { as_github merge_group "refs/heads/gh-readonly-queue/main/pr-$1-0000000000000000000000000000000000000000"; }

# ---- what came out ----

say() { # say COMMAND...: what it prints, and its exit code
    code=0
    "$@" || code=$?
    echo "exit $code"
}

note() { # note COMMAND...: the same without the remedies, which belong to other tests
    code=0
    "$@" > "$here/noted" 2>&1 || code=$?
    grep -v '^    ' "$here/noted"
    echo "exit $code"
}

judge() { # judge [TIDEGATE-OPTION...]: what a check is compared with, what it complains of, and its exit code
    code=0
    tidegate check -o json "$@" > "$here/judged.json" 2> "$here/judged.txt" || code=$?
    python3 - "$here/judged.json" <<'PYTHON'
import json, sys
told = json.load(open(sys.argv[1], encoding="utf-8"))
for check in told["checks"]:
    if check["metric"] == "tests.total" and check.get("baseline") is not None:
        print("compared with %s tests" % check["baseline"])
for message in told["diagnostics"]:
    print("%s: %s [%s]" % (message["severity"], message["message"], message["code"]))
print("baseline %s: %s" % (told["baseline"]["state"], told["baseline"]["reason"]))
PYTHON
    grep -e 'error: ' "$here/judged.txt"
    echo "exit $code"
}

entries() { # entries NAME: how many commits the ledger of the remote has
    on "$1" rev-list --count "$ledger_ref" -- 2>/dev/null || echo none
}

recorded() { # recorded NAME: the code commits of the entries, oldest first, as the subjects of their commits
    on "$1" log --reverse --format='%(trailers:key=Tidegate-Commit,valueonly,separator=)' "$ledger_ref" |
        while read -r commit; do
            on "$1" log -1 --format=%s "$commit" 2>/dev/null || echo "$commit"
        done
}

examine() { # examine NAME: the shape of a remote's ledger, one line
    git -C "$remotes/$1.git" fsck --strict --no-dangling --no-progress 2>&1
    on "$1" log --format='%(trailers:key=Tidegate-Commit,valueonly,separator=)' "$ledger_ref" > "$here/recorded.txt"
    echo "$(entries "$1") entries, $(sort -u "$here/recorded.txt" | wc -l) commits," \
        "$(on "$1" rev-list --count --max-parents=0 "$ledger_ref") root," \
        "$(on "$1" rev-list --count --min-parents=2 "$ledger_ref") merges"
}

examine_all() { # examine_all NAME WRITERS: the same after writers.py, where ALL is what every one of them recorded
    examine "$1" | sed "s/\\b$(($2 * ${TIDEGATE_RECORDS:-3}))\\b/ALL/g"
}

tests_of() { # tests_of NAME [BRANCH]: tests.total of the newest entry, as its file says
    on "$1" show "$ledger_ref:branches/${2:-main}/snapshot.json" | sed -n 's/.*"tests\.total".*"value": *\([0-9]*\).*/\1/p'
}

logged() { # logged LOG EXPRESSION: how many requests `r` of a server's log it is true for
    python3 -c 'import json, sys
print(sum(bool(eval(sys.argv[2], {"r": json.loads(line)})) for line in open(sys.argv[1])))' "$1" "$2"
}

asked_for() { # asked_for LOG: the refs that clients asked for or pushed
    python3 -c 'import json, re, sys
found = set()
for line in open(sys.argv[1]):
    request = json.loads(line)
    for text in request["lines"]:
        if text.startswith("ref-prefix "):
            found.add("list " + text[11:])
        elif request["where"] == "push" and (match := re.match(r"[0-9a-f]{40} [0-9a-f]{40} ([^\0]*)", text)):
            found.add("push " + match[1])
    if "command=ls-refs" in request["lines"] and not any(text.startswith("ref-prefix") for text in request["lines"]):
        found.add("list everything")
print("\n".join(sorted(found)))' "$1"
}

picture() { # picture FOLDER: one line for each file of a checkout and its git directory, without the private ledger
    (cd "$1" && find . -path ./.git/tidegate -prune -o -path ./build -prune -o -type f -print | LC_ALL=C sort |
        xargs -d '\n' sha256sum)
    git -C "$1" for-each-ref
}
freeze() { picture "$1" > "$here/frozen.$(basename "$1")"; }
untouched() { # untouched FOLDER: since freeze
    picture "$1" > "$here/thawed"
    if diff "$here/frozen.$(basename "$1")" "$here/thawed"; then echo "untouched"; fi
}

watch_git() { # from now on the arguments of every git program that is run are written to arguments.log
    mkdir -p "$here/watched"
    printf '#!/bin/sh\nprintf "%%s\\n" "git $*" >> "%s"\nexec "%s" "$@"\n' "$here/arguments.log" "$(command -v git)" \
        > "$here/watched/git"
    chmod +x "$here/watched/git"
    : > "$here/arguments.log"
    PATH=$here/watched:$PATH
}
