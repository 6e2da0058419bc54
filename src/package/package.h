/* A package that has been read. The public part is include/baton/package.h. */
#ifndef PACKAGE_PACKAGE_H
#define PACKAGE_PACKAGE_H

#include "baton/package.h"
#include "package/observations.h"
#include "package/package_internal.h"

/* A package that another one names, by the path with which it does. */
struct package_link {
    const char *path;
    struct baton_package *package;
};

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
    /* those that it names, each path once; of baton_package_link */
    struct package_link *link;
    size_t link_count, link_capacity;
};

/* As baton_package_load, from a source that is open, of whatever form, in `arena`. */
MUST_USE baton_code baton_package_load_source(struct baton_arena *arena, struct source *source,
                                              const struct baton_package_options *options,
                                              struct baton_package **out,
                                              struct baton_findings *found);

/* Packages that were loaded already, each sound and as it is to be scored: `other` answers the one that `from` names by a path, and the name by which two packages are known to be one;
 * NULL = it names none so. */
struct package_shelf {
    void *context;
    struct baton_package *(*other)(void *context, const struct baton_package *from,
                                   const char *path, const char **name);
};

/* As baton_package_link, with the packages of a shelf instead of what stands at the paths; the sessions live in `arena`, which is that of `found` too. `name` is that of the
 * package itself. Schemes of packages get elements and codes added, so each is for one call. */
MUST_USE baton_code package_link_loaded(struct baton_arena *arena, struct baton_package *package,
                                        const char *name, const struct package_shelf *shelf,
                                        const struct baton_options *options,
                                        const struct baton_links **out,
                                        struct baton_findings *found);

#endif
