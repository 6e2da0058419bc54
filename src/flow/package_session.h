/* A package ready to be scored. */
#ifndef FLOW_PACKAGE_SESSION_H
#define FLOW_PACKAGE_SESSION_H

#include "base/macros.h"
#include "baton/package.h"

/* Links a sound package with those that it names, and opens a session of it, which is closed with the arena. *links is what it was linked with; NULL = the caller does not need it. The code of the first error, with all findings; an
 * error of a package that was scored for this one is among them only. */
MUST_USE baton_code package_session(struct baton_arena *arena, struct baton_package *package,
                                    const struct baton_options *options,
                                    const struct baton_links **links, struct baton_session **out,
                                    struct baton_findings *found);

#endif
