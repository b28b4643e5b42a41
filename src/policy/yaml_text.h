/* What YAML is before and below its structure: bytes that may stand in a file, and types of plain
 * scalars. */
#ifndef TIDEGATE_POLICY_YAML_TEXT_H
#define TIDEGATE_POLICY_YAML_TEXT_H

#include "policy/yaml.h"

/* Size, UTF-8 and control characters; false after a diagnostic. */
bool yaml_text_check(struct span text, const struct name *path, struct diags *diags);

/* The type of a plain scalar in the core schema, of which the forms that no policy needs are left
 * as text: octal, hexadecimal, infinite and signed (`+1`) numbers. */
enum yaml_type yaml_plain_type(struct span text);

#endif
