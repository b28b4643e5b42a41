/* Environment variables -> which run this is, by a table of providers.
 *
 * GitHub and GitLab name the kind of run in ways of their own and have a function each; the others
 * fit the columns. Kinds of run that are not known count as a change: judged, never recorded. */
#include "policy/ci_context.h"

#include "base/path.h"
#include "policy/ci_environment.h"

/* All but the name are variables; NULL where a provider has none. */
struct provider {
    const char *name;
    const char *detect, *detected; /* set, and to this value when it is not NULL */
    void (*read)(const struct environment *, struct ci_context *); /* NULL: by the columns */
    const char *change;                                            /* set in the run of a change */
    const char *target;                                            /* its target branch */
    const char *target_commit; /* the commit of that branch that it was merged with */
    const char *source_commit; /* the head of the change */
    const char
        *built_commit;  /* what was checked out: the platform's own merge commit where `branch`
                                  is its ref for that */
    const char *branch; /* that was pushed */
    const char *remote_branch; /* the same as `origin/main`, if `branch` is not set */
    const char *before;        /* the commit before the push */
    const char *tag;           /* set in the run of a tag */
    const char *cause;         /* why the run was started */
    const char *scheduled;     /* value of `cause` for a scheduled run */
    const char *workspace;     /* the folder that it checks out into */
    const char *run_url[8];    /* pieces of the address; variables begin with `$` */
};

/* ---- GitHub, Gitea, Forgejo ---- */

/* `refs/heads/gh-readonly-queue/main/pr-7-<id>`: the branch that the queue merges into. */
static struct span queue_target(struct span ref)
{
    struct span rest = without_prefix(ref, SPAN("refs/heads/gh-readonly-queue/"));
    size_t slash = span_find_last(rest, '/');
    return rest.size < ref.size && slash != SIZE_MAX ? span_until(rest, slash) : span_make(NULL, 0);
}

/* `refs/pull/7/merge`: the platform's own merge of the change into its target. Nobody else can
 * write it. */
static bool is_merge_ref(struct span ref)
{
    return span_starts(ref, "refs/pull/") && span_ends(ref, "/merge");
}

/* The base commit stands in the event file only; of a merge ref the first parent is exact. */
static void read_github(const struct environment *environment, struct ci_context *context)
{
    struct span event = environment_value(environment, "GITHUB_EVENT_NAME");
    struct span ref = environment_value(environment, "GITHUB_REF");
    struct span summary = environment_value(environment, "GITHUB_STEP_SUMMARY");
    bool merged = span_is(event, "pull_request") && span_starts(ref, "refs/heads/");
    struct span event_file = environment_value(environment, "GITHUB_EVENT_PATH");
    if (path_is_absolute(event_file)) {
        context->event_file = names_add(environment->names, event_file);
    }
    if (path_is_absolute(summary)) {
        context->step_summary = names_add(environment->names, summary);
    }
    context->branch = environment_branch(environment, ref);
    if (span_is(event, "merge_group")) {
        context->event = CI_QUEUE;
        context->base_expected = true;
        context->branch = environment_branch(environment, queue_target(ref));
    } else if (span_is(event, "schedule")) {
        context->event = CI_SCHEDULE;
    } else if (span_is(event, "push") || span_is(event, "workflow_dispatch") || merged) {
        context->event = span_starts(ref, "refs/tags/") ? CI_TAG : CI_PUSH;
    } else {
        struct span target = environment_value(environment, "GITHUB_BASE_REF");
        context->event = CI_CHANGE;
        context->base_expected = span_starts(event, "pull_request");
        if (is_merge_ref(ref)) {
            context->merge_commit =
                environment_commit(environment, environment_value(environment, "GITHUB_SHA"));
        }
        context->branch = environment_branch(environment, target.size > 0 ? target : ref);
    }
}

/* ---- GitLab ---- */

/* A merge request from a fork has its pipeline in the fork as a rule, with its variables and its
 * origin. */
static void read_gitlab_project(const struct environment *environment, struct ci_context *context)
{
    struct span here = environment_value(environment, "CI_PROJECT_ID");
    struct span target = environment_value(environment, "CI_MERGE_REQUEST_PROJECT_ID");
    struct span address = environment_value(environment, "CI_MERGE_REQUEST_PROJECT_URL");
    if (here.size > 0 && target.size > 0 && !span_equal(here, target)) {
        context->fork_of =
            names_add(environment->names, address.size > 0 ? address : SPAN("another project"));
    }
}

static void read_gitlab_change(const struct environment *environment, struct ci_context *context)
{
    static const char *const bases[] = {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA",
                                        "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA",
                                        "CI_MERGE_REQUEST_DIFF_BASE_SHA", NULL};
    bool train = environment_says(environment, "CI_MERGE_REQUEST_EVENT_TYPE", "merge_train");
    bool external = environment_is_set(environment, "CI_EXTERNAL_PULL_REQUEST_IID");
    read_gitlab_project(environment, context);
    context->event = train ? CI_QUEUE : CI_CHANGE;
    context->branch = environment_branch(
        environment,
        environment_value(environment, external ? "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME"
                                                : "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"));
    for (size_t index = 0; context->base_commit == NULL && bases[index] != NULL; index++) {
        context->base_commit =
            environment_commit(environment, environment_value(environment, bases[index]));
        context->base_is_start = context->base_commit != NULL && bases[index + 1] == NULL;
    }
    context->source_commit = environment_commit(
        environment, environment_value(environment, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"));
}

static void read_gitlab(const struct environment *environment, struct ci_context *context)
{
    if (environment_is_set(environment, "CI_MERGE_REQUEST_IID") ||
        environment_is_set(environment, "CI_EXTERNAL_PULL_REQUEST_IID")) {
        read_gitlab_change(environment, context);
        return;
    }
    context->branch =
        environment_branch(environment, environment_value(environment, "CI_COMMIT_BRANCH"));
    if (environment_is_set(environment, "CI_COMMIT_TAG")) {
        context->event = CI_TAG;
    } else if (environment_says(environment, "CI_PIPELINE_SOURCE", "schedule")) {
        context->event = CI_SCHEDULE;
    } else if (context->branch != NULL) {
        context->event = CI_PUSH;
        context->base_commit =
            environment_commit(environment, environment_value(environment, "CI_COMMIT_BEFORE_SHA"));
    }
}

/* ---- all others ---- */

static const struct name *pushed_branch(const struct environment *environment,
                                        const struct provider *provider)
{
    if (environment_is_set(environment, provider->branch) || provider->remote_branch == NULL) {
        return environment_branch(environment, environment_value(environment, provider->branch));
    }
    struct span text = environment_value(environment, provider->remote_branch);
    return environment_branch(environment, without_prefix(text, SPAN("origin/")));
}

static void read_change(const struct environment *environment, const struct provider *provider,
                        struct ci_context *context)
{
    struct span base = environment_value(environment, provider->target_commit);
    context->branch =
        environment_branch(environment, environment_value(environment, provider->target));
    context->base_commit = environment_commit(environment, base);
    if (context->base_commit == NULL && base.size > 0) {
        context->base_text = names_add(environment->names, base);
    }
    context->source_commit =
        environment_commit(environment, environment_value(environment, provider->source_commit));
    if (is_merge_ref(environment_value(environment, provider->branch))) {
        context->merge_commit =
            environment_commit(environment, environment_value(environment, provider->built_commit));
    }
}

static void read_columns(const struct environment *environment, const struct provider *provider,
                         struct ci_context *context)
{
    if (environment_is_set(environment, provider->change)) {
        read_change(environment, provider, context);
        return;
    }
    bool tag_ref = span_starts(environment_value(environment, provider->branch), "refs/tags/");
    if (tag_ref || environment_is_set(environment, provider->tag)) {
        context->event = CI_TAG;
        return;
    }
    context->branch = pushed_branch(environment, provider);
    if (environment_says(environment, provider->cause, provider->scheduled)) {
        context->event = CI_SCHEDULE;
    } else if (context->branch != NULL) {
        context->event = CI_PUSH;
        context->base_commit =
            environment_commit(environment, environment_value(environment, provider->before));
    }
}

/* ---- the providers ---- */

/* The first one that is detected counts: those that imitate another one stand before it. */
static const struct provider providers[] = {
    {.name = "forgejo",
     .detect = "FORGEJO_ACTIONS",
     .read = read_github,
     .workspace = "GITHUB_WORKSPACE",
     .run_url = {"$GITHUB_SERVER_URL", "/", "$GITHUB_REPOSITORY", "/actions/runs/",
                 "$GITHUB_RUN_NUMBER"}},
    {.name = "gitea",
     .detect = "GITEA_ACTIONS",
     .read = read_github,
     .workspace = "GITHUB_WORKSPACE",
     .run_url = {"$GITHUB_SERVER_URL", "/", "$GITHUB_REPOSITORY", "/actions/runs/",
                 "$GITHUB_RUN_NUMBER"}},
    {.name = "github",
     .detect = "GITHUB_ACTIONS",
     .read = read_github,
     .workspace = "GITHUB_WORKSPACE",
     .run_url = {"$GITHUB_SERVER_URL", "/", "$GITHUB_REPOSITORY", "/actions/runs/",
                 "$GITHUB_RUN_ID"}},
    {.name = "gitlab",
     .detect = "GITLAB_CI",
     .read = read_gitlab,
     .workspace = "CI_PROJECT_DIR",
     .run_url = {"$CI_JOB_URL"}},
    {.name = "azure",
     .detect = "TF_BUILD",
     .change = "SYSTEM_PULLREQUEST_TARGETBRANCH",
     .target = "SYSTEM_PULLREQUEST_TARGETBRANCH",
     .source_commit = "SYSTEM_PULLREQUEST_SOURCECOMMITID",
     .built_commit = "BUILD_SOURCEVERSION",
     .branch = "BUILD_SOURCEBRANCH",
     .cause = "BUILD_REASON",
     .scheduled = "Schedule",
     .workspace = "BUILD_SOURCESDIRECTORY",
     .run_url = {"$SYSTEM_COLLECTIONURI", "$SYSTEM_TEAMPROJECTID",
                 "/_build/results?buildId=", "$BUILD_BUILDID"}},
    {.name = "bitbucket",
     .detect = "BITBUCKET_BUILD_NUMBER",
     .change = "BITBUCKET_PR_ID",
     .target = "BITBUCKET_PR_DESTINATION_BRANCH",
     .target_commit = "BITBUCKET_PR_DESTINATION_COMMIT",
     .source_commit = "BITBUCKET_COMMIT",
     .branch = "BITBUCKET_BRANCH",
     .tag = "BITBUCKET_TAG",
     .workspace = "BITBUCKET_CLONE_DIR",
     .run_url = {"https://bitbucket.org/", "$BITBUCKET_REPO_FULL_NAME", "/pipelines/results/",
                 "$BITBUCKET_BUILD_NUMBER"}},
    {.name = "buildkite",
     .detect = "BUILDKITE",
     .change = "BUILDKITE_PULL_REQUEST",
     .target = "BUILDKITE_PULL_REQUEST_BASE_BRANCH",
     .source_commit = "BUILDKITE_COMMIT",
     .branch = "BUILDKITE_BRANCH",
     .tag = "BUILDKITE_TAG",
     .cause = "BUILDKITE_SOURCE",
     .scheduled = "schedule",
     .workspace = "BUILDKITE_BUILD_CHECKOUT_PATH",
     .run_url = {"$BUILDKITE_BUILD_URL"}},
    {.name = "circleci",
     .detect = "CIRCLECI",
     .change = "CIRCLE_PULL_REQUEST",
     .source_commit = "CIRCLE_SHA1",
     .branch = "CIRCLE_BRANCH",
     .tag = "CIRCLE_TAG",
     .run_url = {"$CIRCLE_BUILD_URL"}},
    {.name = "jenkins",
     .detect = "JENKINS_URL",
     .change = "CHANGE_ID",
     .target = "CHANGE_TARGET",
     .source_commit = "GIT_COMMIT",
     .branch = "BRANCH_NAME",
     .remote_branch = "GIT_BRANCH",
     .tag = "TAG_NAME",
     .workspace = "WORKSPACE",
     .run_url = {"$BUILD_URL"}},
    {.name = "woodpecker",
     .detect = "CI",
     .detected = "woodpecker",
     .change = "CI_COMMIT_PULL_REQUEST",
     .target = "CI_COMMIT_TARGET_BRANCH",
     .source_commit = "CI_COMMIT_SHA",
     .branch = "CI_COMMIT_BRANCH",
     .tag = "CI_COMMIT_TAG",
     .cause = "CI_PIPELINE_EVENT",
     .scheduled = "cron",
     .workspace = "CI_WORKSPACE",
     .run_url = {"$CI_PIPELINE_URL"}},
    {.name = "drone",
     .detect = "DRONE",
     .change = "DRONE_PULL_REQUEST",
     .target = "DRONE_TARGET_BRANCH",
     .source_commit = "DRONE_COMMIT_SHA",
     .branch = "DRONE_BRANCH",
     .before = "DRONE_COMMIT_BEFORE",
     .tag = "DRONE_TAG",
     .cause = "DRONE_BUILD_EVENT",
     .scheduled = "cron",
     .workspace = "DRONE_WORKSPACE",
     .run_url = {"$DRONE_BUILD_LINK"}},
    {.name = "travis",
     .detect = "TRAVIS",
     .change = "TRAVIS_PULL_REQUEST",
     .target = "TRAVIS_BRANCH",
     .source_commit = "TRAVIS_PULL_REQUEST_SHA",
     .branch = "TRAVIS_BRANCH",
     .tag = "TRAVIS_TAG",
     .cause = "TRAVIS_EVENT_TYPE",
     .scheduled = "cron",
     .workspace = "TRAVIS_BUILD_DIR",
     .run_url = {"$TRAVIS_BUILD_WEB_URL"}},
    {.name = "appveyor",
     .detect = "APPVEYOR",
     .change = "APPVEYOR_PULL_REQUEST_NUMBER",
     .target = "APPVEYOR_REPO_BRANCH",
     .source_commit = "APPVEYOR_PULL_REQUEST_HEAD_COMMIT",
     .branch = "APPVEYOR_REPO_BRANCH",
     .tag = "APPVEYOR_REPO_TAG_NAME",
     .cause = "APPVEYOR_SCHEDULED_BUILD",
     .scheduled = "true",
     .workspace = "APPVEYOR_BUILD_FOLDER",
     .run_url = {"$APPVEYOR_URL", "/project/", "$APPVEYOR_ACCOUNT_NAME", "/",
                 "$APPVEYOR_PROJECT_SLUG", "/builds/", "$APPVEYOR_BUILD_ID"}},
};

static const struct provider *detect(const struct environment *environment)
{
    for (size_t index = 0; index < sizeof(providers) / sizeof(providers[0]); index++) {
        const struct provider *provider = &providers[index];
        if (environment_is_set(environment, provider->detect) &&
            (provider->detected == NULL ||
             environment_says(environment, provider->detect, provider->detected))) {
            return provider;
        }
    }
    return NULL;
}

void ci_context_read(struct ci_context *context, struct names *names,
                     const char *(*get)(void *self, const char *variable), void *self)
{
    struct environment environment = {get, self, names};
    const struct provider *provider = detect(&environment);
    *context = (struct ci_context){.provider = "local", .event = CI_LOCAL};
    if (provider == NULL) {
        return;
    }
    context->provider = provider->name;
    context->event = CI_CHANGE; /* until something else is proven */
    context->run_url = environment_url(&environment, provider->run_url);
    struct span workspace = environment_value(&environment, provider->workspace);
    if (path_is_absolute(workspace)) {
        context->workspace = names_add(names, workspace);
    }
    if (provider->read != NULL) {
        provider->read(&environment, context);
    } else {
        read_columns(&environment, provider, context);
    }
}
