/* The comments of a YAML file, which its tree does not have. */
#ifndef PACKAGE_YAML_COMMENTS_H
#define PACKAGE_YAML_COMMENTS_H

#include "package/yaml.h"

/* Attaches every comment of the text that `root` was read from by yaml_read: one on a line of its own to the value whose
 * key (or text, in a list) comes next, one behind something to what begins first on its line; one that nothing follows
 * to the root. Several become several lines; the `#` and one space behind it are left out. No word is lost. */
MUST_USE baton_code yaml_comments(struct baton_arena *arena, const char *bytes, size_t size,
                                  struct yaml_value *root);

#endif
