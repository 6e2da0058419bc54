/* scheme.yaml: everything that the package format says under "Every key of scheme.yaml", read in two phases.
 *
 * The first fills the scheme with what the file itself can tell: period, scoring, methods, groups, ratings, grades,
 * items, awards, imports, named elements, and the defaults for the readers of tables. The second, when units and
 * indicators are known, looks up the ones that it names. */
#ifndef PACKAGE_SCHEME_YAML_H
#define PACKAGE_SCHEME_YAML_H

#include "package/keys.h"
#include "package/package_internal.h"

struct scheme_reader;

/* First phase. `bytes` of `size` are borrowed for the call.
 *
 * BATON_OK: the scheme has what could be read; findings may have been added. *out is for the second phase and lives in
 * the package's arena. Otherwise the file is no YAML (a finding says why), or memory is out. */
MUST_USE baton_code scheme_read(struct package_reader *package, const char *bytes, size_t size,
                                struct scheme_reader **out);

/* The same from a tree, wherever that comes from; both live in the package's arena. `keys` says how findings name places. */
struct scheme_reader *scheme_read_tree(struct package_reader *package, const struct keys *keys,
                                       const struct yaml_value *root);

/* Second phase, after units and indicators. What names nothing becomes a finding and BATON_NONE. */
void scheme_resolve(struct scheme_reader *reader);

#endif
