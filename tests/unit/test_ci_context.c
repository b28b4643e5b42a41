/* Which run is this? Recorded environments of each provider, and hostile ones. */
#include "check.h"

#include "policy/branch_name.h"
#include "policy/ci_context.h"

#include <string.h>

#define SHA_1   "3f1c9aa0b1c2d3e4f5061728394a5b6c7d8e9f00"
#define SHA_2   "9d02e4a0b1c2d3e4f5061728394a5b6c7d8e9f11"
#define SHA_256 "9d02e4a0b1c2d3e4f5061728394a5b6c7d8e9f119d02e4a0b1c2d3e4f5061728"
#define ZEROS   "0000000000000000000000000000000000000000"

/* `NAME=value` lines, NULL at the end, and what they mean. */
struct run {
    const char *environment[14];
    const char *provider;
    enum ci_event event;
    const char *branch, *base, *url, *summary; /* NULL: unknown */
};

static const char *get(void *self, const char *variable)
{
    const char *const *line = self;
    size_t size = strlen(variable);
    for (; *line != NULL; line++) {
        if (strncmp(*line, variable, size) == 0 && (*line)[size] == '=') {
            return *line + size + 1;
        }
    }
    return NULL;
}

static void assert_text(const struct name *name, const char *text)
{
    if (text == NULL) {
        assert_null(name);
    } else {
        assert_non_null(name);
        assert_string_equal(name_text(name), text);
    }
}

static void check(const struct run *run)
{
    struct arena arena;
    struct names names;
    struct ci_context context;
    arena_init(&arena);
    names_init(&names, &arena);
    ci_context_read(&context, &names, get, (void *)run->environment);
    assert_string_equal(context.provider, run->provider);
    assert_int_equal(context.event, run->event);
    assert_text(context.branch, run->branch);
    assert_text(context.base_commit, run->base);
    assert_text(context.run_url, run->url);
    assert_text(context.step_summary, run->summary);
    names_release(&names);
    arena_release(&arena);
}

static void check_all(const struct run *runs, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        check(&runs[index]);
    }
}

#define CHECK_ALL(runs) check_all(runs, sizeof(runs) / sizeof((runs)[0]))

#define GITHUB                                                                                     \
    "GITHUB_ACTIONS=true", "CI=true", "GITHUB_SERVER_URL=https://github.com",                      \
        "GITHUB_REPOSITORY=octo/tide", "GITHUB_RUN_ID=77", "GITHUB_RUN_NUMBER=5"
#define GITHUB_URL "https://github.com/octo/tide/actions/runs/77"

static void test_github(void **state)
{
    static const struct run runs[] = {
        {{GITHUB, "GITHUB_EVENT_NAME=pull_request", "GITHUB_REF=refs/pull/12/merge",
          "GITHUB_BASE_REF=main", "GITHUB_STEP_SUMMARY=/tmp/summary.md"},
         "github",
         CI_CHANGE,
         "main",
         NULL,
         GITHUB_URL,
         "/tmp/summary.md"},
        {{GITHUB, "GITHUB_EVENT_NAME=push", "GITHUB_REF=refs/heads/release/1.2"},
         "github",
         CI_PUSH,
         "release/1.2",
         NULL,
         GITHUB_URL,
         NULL},
        {{GITHUB, "GITHUB_EVENT_NAME=push", "GITHUB_REF=refs/tags/v1"},
         "github",
         CI_TAG,
         NULL,
         NULL,
         GITHUB_URL,
         NULL},
        {{GITHUB, "GITHUB_EVENT_NAME=schedule", "GITHUB_REF=refs/heads/main"},
         "github",
         CI_SCHEDULE,
         "main",
         NULL,
         GITHUB_URL,
         NULL},
        {{GITHUB, "GITHUB_EVENT_NAME=workflow_dispatch", "GITHUB_REF=refs/heads/main"},
         "github",
         CI_PUSH,
         "main",
         NULL,
         GITHUB_URL,
         NULL},
        {{GITHUB, "GITHUB_EVENT_NAME=merge_group",
          "GITHUB_REF=refs/heads/gh-readonly-queue/release/1.2/pr-104-" SHA_1},
         "github",
         CI_QUEUE,
         "release/1.2",
         NULL,
         GITHUB_URL,
         NULL},
        /* closed by merging: the ref is the branch that it went into */
        {{GITHUB, "GITHUB_EVENT_NAME=pull_request", "GITHUB_REF=refs/heads/main",
          "GITHUB_BASE_REF=main"},
         "github",
         CI_PUSH,
         "main",
         NULL,
         GITHUB_URL,
         NULL},
        /* runs that carry results of a stranger's change are never taken for a push */
        {{GITHUB, "GITHUB_EVENT_NAME=workflow_run", "GITHUB_REF=refs/heads/main"},
         "github",
         CI_CHANGE,
         "main",
         NULL,
         GITHUB_URL,
         NULL},
        {{GITHUB, "GITHUB_EVENT_NAME=pull_request_target", "GITHUB_REF=refs/heads/main",
          "GITHUB_BASE_REF=main"},
         "github",
         CI_CHANGE,
         "main",
         NULL,
         GITHUB_URL,
         NULL},
        {{"GITEA_ACTIONS=true", GITHUB, "GITHUB_EVENT_NAME=push", "GITHUB_REF=refs/heads/main"},
         "gitea",
         CI_PUSH,
         "main",
         NULL,
         "https://github.com/octo/tide/actions/runs/5",
         NULL},
        {{"FORGEJO_ACTIONS=true", "GITEA_ACTIONS=true", GITHUB, "GITHUB_EVENT_NAME=push",
          "GITHUB_REF=refs/heads/main"},
         "forgejo",
         CI_PUSH,
         "main",
         NULL,
         "https://github.com/octo/tide/actions/runs/5",
         NULL}};
    (void)state;
    CHECK_ALL(runs);
}

/* Numbers of projects as in https://docs.gitlab.com/ci/variables/predefined_variables/. */
static void test_gitlab_forks(void **state)
{
    static const struct {
        const char *const variables[8];
        const char *fork_of;
    } runs[] = {
        {{"GITLAB_CI=true", "CI_MERGE_REQUEST_IID=7", "CI_PROJECT_ID=42",
          "CI_MERGE_REQUEST_PROJECT_ID=41",
          "CI_MERGE_REQUEST_PROJECT_URL=https://gitlab.example/g/p"},
         "https://gitlab.example/g/p"},
        {{"GITLAB_CI=true", "CI_MERGE_REQUEST_IID=7", "CI_PROJECT_ID=42",
          "CI_MERGE_REQUEST_PROJECT_ID=41"},
         "another project"},
        {{"GITLAB_CI=true", "CI_MERGE_REQUEST_IID=7", "CI_PROJECT_ID=41",
          "CI_MERGE_REQUEST_PROJECT_ID=41",
          "CI_MERGE_REQUEST_PROJECT_URL=https://gitlab.example/g/p"},
         NULL},
        {{"GITLAB_CI=true", "CI_MERGE_REQUEST_IID=7", "CI_PROJECT_ID=41"}, NULL},
        {{"GITLAB_CI=true", "CI_COMMIT_BRANCH=main", "CI_PROJECT_ID=42",
          "CI_MERGE_REQUEST_PROJECT_ID=41"},
         NULL},
    };
    (void)state;
    for (size_t index = 0; index < sizeof(runs) / sizeof(runs[0]); index++) {
        struct arena arena;
        struct names names;
        struct ci_context context;
        arena_init(&arena);
        names_init(&names, &arena);
        ci_context_read(&context, &names, get, (void *)runs[index].variables);
        assert_text(context.fork_of, runs[index].fork_of);
        names_release(&names);
        arena_release(&arena);
    }
}

static void test_gitlab(void **state)
{
    static const struct run runs[] = {
        {{"GITLAB_CI=true", "CI_MERGE_REQUEST_IID=7", "CI_MERGE_REQUEST_EVENT_TYPE=detached",
          "CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main",
          "CI_MERGE_REQUEST_TARGET_BRANCH_SHA=", "CI_MERGE_REQUEST_DIFF_BASE_SHA=" SHA_1,
          "CI_COMMIT_BEFORE_SHA=" ZEROS, "CI_JOB_URL=https://gitlab.example/g/p/-/jobs/9"},
         "gitlab",
         CI_CHANGE,
         "main",
         SHA_1,
         "https://gitlab.example/g/p/-/jobs/9",
         NULL},
        {{"GITLAB_CI=true", "CI_MERGE_REQUEST_IID=7", "CI_MERGE_REQUEST_EVENT_TYPE=merged_result",
          "CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main", "CI_MERGE_REQUEST_TARGET_BRANCH_SHA=" SHA_2,
          "CI_MERGE_REQUEST_DIFF_BASE_SHA=" SHA_1},
         "gitlab",
         CI_CHANGE,
         "main",
         SHA_2,
         NULL,
         NULL},
        {{"GITLAB_CI=true", "CI_MERGE_REQUEST_IID=7", "CI_MERGE_REQUEST_EVENT_TYPE=merge_train",
          "CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main", "CI_MERGE_REQUEST_TARGET_BRANCH_SHA=" SHA_2},
         "gitlab",
         CI_QUEUE,
         "main",
         SHA_2,
         NULL,
         NULL},
        {{"GITLAB_CI=true", "CI_EXTERNAL_PULL_REQUEST_IID=7",
          "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME=trunk",
          "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA=" SHA_2},
         "gitlab",
         CI_CHANGE,
         "trunk",
         SHA_2,
         NULL,
         NULL},
        {{"GITLAB_CI=true", "CI_COMMIT_BRANCH=main", "CI_PIPELINE_SOURCE=push",
          "CI_COMMIT_BEFORE_SHA=" SHA_1},
         "gitlab",
         CI_PUSH,
         "main",
         SHA_1,
         NULL,
         NULL},
        {{"GITLAB_CI=true", "CI_COMMIT_BRANCH=new", "CI_PIPELINE_SOURCE=push",
          "CI_COMMIT_BEFORE_SHA=" ZEROS},
         "gitlab",
         CI_PUSH,
         "new",
         NULL,
         NULL,
         NULL},
        {{"GITLAB_CI=true", "CI_COMMIT_BRANCH=main", "CI_PIPELINE_SOURCE=schedule"},
         "gitlab",
         CI_SCHEDULE,
         "main",
         NULL,
         NULL,
         NULL},
        {{"GITLAB_CI=true", "CI_COMMIT_TAG=v1", "CI_PIPELINE_SOURCE=push"},
         "gitlab",
         CI_TAG,
         NULL,
         NULL,
         NULL,
         NULL},
        {{"GITLAB_CI=true"}, "gitlab", CI_CHANGE, NULL, NULL, NULL, NULL}};
    (void)state;
    CHECK_ALL(runs);
}

static void test_others(void **state)
{
    static const struct run runs[] = {
        {{"TF_BUILD=True", "SYSTEM_PULLREQUEST_TARGETBRANCH=refs/heads/main",
          "BUILD_SOURCEBRANCH=refs/pull/3/merge", "SYSTEM_COLLECTIONURI=https://dev.azure.com/o/",
          "SYSTEM_TEAMPROJECTID=f7e1-x", "BUILD_BUILDID=8"},
         "azure",
         CI_CHANGE,
         "main",
         NULL,
         "https://dev.azure.com/o/f7e1-x/_build/results?buildId=8",
         NULL},
        {{"TF_BUILD=True", "BUILD_SOURCEBRANCH=refs/heads/main", "BUILD_REASON=IndividualCI"},
         "azure",
         CI_PUSH,
         "main",
         NULL,
         NULL,
         NULL},
        {{"TF_BUILD=True", "BUILD_SOURCEBRANCH=refs/heads/main", "BUILD_REASON=Schedule"},
         "azure",
         CI_SCHEDULE,
         "main",
         NULL,
         NULL,
         NULL},
        {{"TF_BUILD=True", "BUILD_SOURCEBRANCH=refs/tags/v1"},
         "azure",
         CI_TAG,
         NULL,
         NULL,
         NULL,
         NULL},
        {{"BITBUCKET_BUILD_NUMBER=4", "BITBUCKET_PR_ID=2", "BITBUCKET_BRANCH=feature",
          "BITBUCKET_PR_DESTINATION_BRANCH=main", "BITBUCKET_PR_DESTINATION_COMMIT=" SHA_1,
          "BITBUCKET_REPO_FULL_NAME=w/r"},
         "bitbucket",
         CI_CHANGE,
         "main",
         SHA_1,
         "https://bitbucket.org/w/r/pipelines/results/4",
         NULL},
        {{"BITBUCKET_BUILD_NUMBER=4", "BITBUCKET_PR_ID=2", "BITBUCKET_PR_DESTINATION_BRANCH=main",
          "BITBUCKET_PR_DESTINATION_COMMIT=3f1c9aa0b1c2"},
         "bitbucket",
         CI_CHANGE,
         "main",
         NULL,
         NULL,
         NULL},
        {{"BUILDKITE=true", "BUILDKITE_PULL_REQUEST=false", "BUILDKITE_BRANCH=main",
          "BUILDKITE_BUILD_URL=https://buildkite.com/o/p/builds/1"},
         "buildkite",
         CI_PUSH,
         "main",
         NULL,
         "https://buildkite.com/o/p/builds/1",
         NULL},
        {{"BUILDKITE=true", "BUILDKITE_PULL_REQUEST=12", "BUILDKITE_BRANCH=feature",
          "BUILDKITE_PULL_REQUEST_BASE_BRANCH=main"},
         "buildkite",
         CI_CHANGE,
         "main",
         NULL,
         NULL,
         NULL},
        {{"CIRCLECI=true", "CIRCLE_BRANCH=feature", "CIRCLE_PULL_REQUEST=https://x/pull/1"},
         "circleci",
         CI_CHANGE,
         NULL,
         NULL,
         NULL,
         NULL},
        {{"CIRCLECI=true", "CIRCLE_TAG=v1"}, "circleci", CI_TAG, NULL, NULL, NULL, NULL},
        {{"JENKINS_URL=https://j/", "CHANGE_ID=9", "CHANGE_TARGET=main", "BRANCH_NAME=PR-9"},
         "jenkins",
         CI_CHANGE,
         "main",
         NULL,
         NULL,
         NULL},
        {{"JENKINS_URL=https://j/", "GIT_BRANCH=origin/main", "BUILD_URL=https://j/job/1/"},
         "jenkins",
         CI_PUSH,
         "main",
         NULL,
         "https://j/job/1/",
         NULL},
        {{"CI=woodpecker", "DRONE=true", "CI_COMMIT_BRANCH=main", "CI_PIPELINE_EVENT=cron"},
         "woodpecker",
         CI_SCHEDULE,
         "main",
         NULL,
         NULL,
         NULL},
        {{"DRONE=true", "DRONE_BRANCH=main", "DRONE_COMMIT_BEFORE=" SHA_2},
         "drone",
         CI_PUSH,
         "main",
         SHA_2,
         NULL,
         NULL},
        {{"TRAVIS=true", "TRAVIS_PULL_REQUEST=5", "TRAVIS_BRANCH=main"},
         "travis",
         CI_CHANGE,
         "main",
         NULL,
         NULL,
         NULL},
        {{"APPVEYOR=True", "APPVEYOR_REPO_BRANCH=main", "APPVEYOR_SCHEDULED_BUILD=True"},
         "appveyor",
         CI_SCHEDULE,
         "main",
         NULL,
         NULL,
         NULL}};
    (void)state;
    CHECK_ALL(runs);
}

/* What proves which parent of a merge commit is the target, and what is only the beginning of an
 * id. */
static void what_is_known_of_a_change(void **state)
{
    static const struct {
        const char *const variables[10];
        const char *merge, *source, *text;
        bool is_start, expected;
    } runs[] = {
        {{GITHUB, "GITHUB_EVENT_NAME=pull_request", "GITHUB_REF=refs/pull/7/merge",
          "GITHUB_SHA=" SHA_1},
         SHA_1,
         NULL,
         NULL,
         false,
         true},
        /* Gitea checks the head out, and a workflow may do so */
        {{GITHUB, "GITHUB_EVENT_NAME=pull_request", "GITHUB_REF=refs/pull/7/head",
          "GITHUB_SHA=" SHA_1},
         NULL,
         NULL,
         NULL,
         false,
         true},
        {{GITHUB, "GITHUB_EVENT_NAME=issue_comment", "GITHUB_REF=refs/heads/pull/7/merge"},
         NULL,
         NULL,
         NULL,
         false,
         false},
        {{GITHUB, "GITHUB_EVENT_NAME=merge_group", "GITHUB_REF=refs/heads/gh-readonly-queue/main/x",
          "GITHUB_SHA=" SHA_1},
         NULL,
         NULL,
         NULL,
         false,
         true},
        {{"GITLAB_CI=true", "CI_MERGE_REQUEST_IID=7", "CI_MERGE_REQUEST_DIFF_BASE_SHA=" SHA_1},
         NULL,
         NULL,
         NULL,
         true,
         false},
        {{"GITLAB_CI=true", "CI_MERGE_REQUEST_IID=7", "CI_MERGE_REQUEST_DIFF_BASE_SHA=" SHA_1,
          "CI_MERGE_REQUEST_TARGET_BRANCH_SHA=" SHA_2, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=" SHA_1},
         NULL,
         SHA_1,
         NULL,
         false,
         false},
        {{"TF_BUILD=True", "SYSTEM_PULLREQUEST_TARGETBRANCH=refs/heads/main",
          "BUILD_SOURCEBRANCH=refs/pull/3/merge", "BUILD_SOURCEVERSION=" SHA_1,
          "SYSTEM_PULLREQUEST_SOURCECOMMITID=" SHA_2},
         SHA_1,
         SHA_2,
         NULL,
         false,
         false},
        {{"BITBUCKET_BUILD_NUMBER=4", "BITBUCKET_PR_ID=2", "BITBUCKET_COMMIT=" SHA_2,
          "BITBUCKET_PR_DESTINATION_COMMIT=3f1c9aa0b1c2"},
         NULL,
         SHA_2,
         "3f1c9aa0b1c2",
         false,
         false},
        {{"JENKINS_URL=https://j/", "CHANGE_ID=9", "GIT_COMMIT=" SHA_1},
         NULL,
         SHA_1,
         NULL,
         false,
         false},
    };
    (void)state;
    for (size_t index = 0; index < sizeof(runs) / sizeof(runs[0]); index++) {
        struct arena arena;
        struct names names;
        struct ci_context context;
        arena_init(&arena);
        names_init(&names, &arena);
        ci_context_read(&context, &names, get, (void *)runs[index].variables);
        assert_text(context.merge_commit, runs[index].merge);
        assert_text(context.source_commit, runs[index].source);
        assert_text(context.base_text, runs[index].text);
        assert_int_equal(context.base_is_start, runs[index].is_start);
        assert_int_equal(context.base_expected, runs[index].expected);
        names_release(&names);
        arena_release(&arena);
    }
}

static void test_local(void **state)
{
    static const struct run runs[] = {
        {{NULL}, "local", CI_LOCAL, NULL, NULL, NULL, NULL},
        {{"CI=true"}, "local", CI_LOCAL, NULL, NULL, NULL, NULL},
        {{"GITLAB_CI=false", "GITHUB_ACTIONS="}, "local", CI_LOCAL, NULL, NULL, NULL, NULL}};
    (void)state;
    CHECK_ALL(runs);
}

/* Whoever names a branch or opens a change writes these values. */
static void test_hostile(void **state)
{
    static const struct run runs[] = {
        {{GITHUB, "GITHUB_EVENT_NAME=push", "GITHUB_REF=refs/heads/a..b"},
         "github",
         CI_PUSH,
         NULL,
         NULL,
         GITHUB_URL,
         NULL},
        {{GITHUB, "GITHUB_EVENT_NAME=push", "GITHUB_REF=refs/heads/--upload-pack=x",
          "GITHUB_STEP_SUMMARY=summary.md"},
         "github",
         CI_PUSH,
         NULL,
         NULL,
         GITHUB_URL,
         NULL},
        {{"GITHUB_ACTIONS=true", "GITHUB_EVENT_NAME=merge_group", "GITHUB_REF=refs/heads/main",
          "GITHUB_SERVER_URL=javascript:x", "GITHUB_REPOSITORY=r", "GITHUB_RUN_ID=1"},
         "github",
         CI_QUEUE,
         NULL,
         NULL,
         NULL,
         NULL},
        {{"GITLAB_CI=true", "CI_COMMIT_BRANCH=main", "CI_COMMIT_BEFORE_SHA=--all",
          "CI_JOB_URL=https://x/\x1b[31m"},
         "gitlab",
         CI_PUSH,
         "main",
         NULL,
         NULL,
         NULL},
        {{"GITLAB_CI=true", "CI_COMMIT_BRANCH=main",
          "CI_COMMIT_BEFORE_SHA=3F1C9AA0B1C2D3E4F5061728394A5B6C7D8E9F00",
          "CI_JOB_URL=https://x/](y)"},
         "gitlab",
         CI_PUSH,
         "main",
         SHA_1,
         NULL,
         NULL},
        {{"GITLAB_CI=true", "CI_COMMIT_BRANCH=main", "CI_COMMIT_BEFORE_SHA=" SHA_256},
         "gitlab",
         CI_PUSH,
         "main",
         SHA_256,
         NULL,
         NULL},
        {{"GITLAB_CI=true", "CI_COMMIT_BRANCH=main",
          "CI_COMMIT_BEFORE_SHA=3f1c9aa0b1c2d3e4f5061728394a5b6c7d8e9f0g"},
         "gitlab",
         CI_PUSH,
         "main",
         NULL,
         NULL,
         NULL}};
    (void)state;
    CHECK_ALL(runs);
}

static void test_branch_names(void **state)
{
    static const char *const good[] = {"main", "release/1.2", "feature_x", "a.b",
                                       "@x",   "ünï",         "x/HEAD"};
    static const char *const bad[] = {"",       "-x",   "/x",    ".x",   "x/",       "x.",
                                      "x.lock", "a..b", "a//b",  "a/.b", "a@{b",     "@",
                                      "a b",    "a~1",  "a^",    "a:b",  "a?",       "a*",
                                      "a[b",    "a\\b", "a\x7f", "a\nb", "x.lock/y", "HEAD"};
    (void)state;
    for (size_t index = 0; index < sizeof(good) / sizeof(good[0]); index++) {
        assert_true(branch_name_valid(span_of(good[index])));
    }
    for (size_t index = 0; index < sizeof(bad) / sizeof(bad[0]); index++) {
        assert_false(branch_name_valid(span_of(bad[index])));
    }
}

/* The members are those of GitHub's payloads; the ids are made up. */
static void the_event_file_tells_the_rest(void **state)
{
    static const struct {
        enum ci_event event;
        const char *json, *base;
        bool forced, sound;
    } cases[] = {
        {CI_PUSH, "{\"before\": \"" SHA_1 "\", \"forced\": true}", SHA_1, true, true},
        {CI_PUSH, "{\"before\": \"" ZEROS "\", \"forced\": false}", NULL, false, true},
        {CI_PUSH, "{\"before\": 7}", NULL, false, true},
        {CI_PUSH, "{\"before\": \"" SHA_1 "\"", NULL, false, false},
        {CI_QUEUE, "{\"merge_group\": {\"base_sha\": \"" SHA_2 "\"}}", SHA_2, false, true},
        {CI_CHANGE, "{\"pull_request\": {\"base\": {\"sha\": \"" SHA_2 "\"}}}", SHA_2, false, true},
        {CI_SCHEDULE, "{\"before\": \"" SHA_1 "\"}", NULL, false, true},
    };
    (void)state;
    for (size_t index = 0; index < sizeof(cases) / sizeof(cases[0]); index++) {
        struct arena arena;
        struct names names;
        struct ci_context context = {.event = cases[index].event};
        arena_init(&arena);
        names_init(&names, &arena);
        struct fault fault = {.kind = FAULT_NONE};
        assert_int_equal(
            ci_context_read_event(&context, &names, span_of(cases[index].json), &fault),
            cases[index].sound);
        assert_text(context.base_commit, cases[index].base);
        assert_int_equal(context.forced, cases[index].forced);
        names_release(&names);
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_event_file_tells_the_rest),
                                       cmocka_unit_test(what_is_known_of_a_change),
                                       cmocka_unit_test(test_github),
                                       cmocka_unit_test(test_gitlab),
                                       cmocka_unit_test(test_gitlab_forks),
                                       cmocka_unit_test(test_others),
                                       cmocka_unit_test(test_local),
                                       cmocka_unit_test(test_hostile),
                                       cmocka_unit_test(test_branch_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
