/* A package that has been read. The public part is include/baton/package.h. */
#ifndef PACKAGE_PACKAGE_H
#define PACKAGE_PACKAGE_H

#include "baton/package.h"
#include "package/observations.h"
#include "package/package_internal.h"

struct baton_package {
    struct baton_arena *arena;
    struct baton_package_options options;
    const char *folder; /* as the caller gave it */
    struct source *source;
    struct baton_scheme scheme;
    struct baton_facts facts;
    struct observations *observations;
    /* its hashes find units and nodes by id as long as the package lives */
    struct package_reader reader;
};

#endif
