/* What libyaml says about a file that is not YAML, in words that help. */
#ifndef PACKAGE_YAML_PROBLEMS_H
#define PACKAGE_YAML_PROBLEMS_H

#include <stddef.h>

struct yaml_problem {
    const char *said;     /* by libyaml */
    const char *words[2]; /* by enum baton_language */
    const char *advice[2];
};

/* The entry for what libyaml said; one with general words where it is not in the list. Never NULL. */
const struct yaml_problem *yaml_problem(const char *said);

/* The one for a line with a full-width mark (：，“ ...) in the place of YAML's own; NULL without such a mark. */
const struct yaml_problem *yaml_problem_of_line(const char *line, size_t size);

#endif
