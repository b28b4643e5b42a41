/* libFuzzer harness of the policy reader. */
#include "gates/gates.h"
#include "model/run.h"
#include "policy/policy_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const formats[] = {"lcov", "junit", NULL};
    const struct policy_vocabulary vocabulary = {rules_specs(), formats};
    struct run run;
    struct policy policy;
    run_init(&run);
    policy_init(&policy);
    policy_read(&policy, &run.names, span_make((const char *)data, size),
                names_add(&run.names, SPAN("fuzz.yml")), &vocabulary, &run.diags);
    policy_release(&policy);
    run_release(&run);
    return 0;
}
