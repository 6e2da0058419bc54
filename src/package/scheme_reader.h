/* What the parts of the reader of scheme.yaml share; one file for each subject. */
#ifndef PACKAGE_SCHEME_READER_H
#define PACKAGE_SCHEME_READER_H

#include "engine/methods.h"
#include "package/keys.h"
#include "package/package_internal.h"

/* A reference that is looked up when units and indicators are known. */
struct scheme_later {
    /* its text is the id of a node, or of a unit where `node` is NULL */
    const struct yaml_value *value;
    uint32_t *node; /* gets the index of the node; BATON_NONE until then, and where there is none */
    uint32_t method;  /* index of the method whose of_unit gets the unit's index */
    const char *file; /* in which the value stands */
};

/* An entry of `gates`; its leaf is looked up later too. */
struct scheme_gate {
    const struct yaml_value *value; /* its key is the leaf's id */
    double at_least;
    uint32_t effect; /* index; BATON_NONE = it was wrong */
};

struct scheme_reader {
    struct package_reader *package;
    struct baton_scheme *scheme; /* package->scheme */
    struct keys keys;
    struct scheme_later *later;
    size_t later_count, later_capacity;
    struct scheme_gate *gate;
    uint32_t gate_count;
    struct hash grades; /* from names of lists of grades to their indices */
    /* from ids of grades, of all lists, to their codes: what grade_at_most may name */
    struct hash grade_ids;
};

/* Of `total`. */
#define SCHEME_TOTAL_LOWEST 1e-6
#define SCHEME_TOTAL_HIGHEST 1e12

/* Has *node filled in the second phase; it is BATON_NONE until then. The entry is valid until the next one is added. */
struct scheme_later *scheme_later(struct scheme_reader *r, const struct yaml_value *value,
                                  uint32_t *node);

/* Whether the map of a list has an id that none before it had; a doubled one is a finding. `ids` is for one list. */
bool scheme_id_is_new(struct scheme_reader *r, struct hash *ids, const struct yaml_value *map,
                      const char *id);

/* [lo, hi], each a number or none. */
void scheme_bounds(struct scheme_reader *r, const struct yaml_value *list, double *lo, double *hi);

/* A list of nodes, resolved later; answers how many. */
const uint32_t *scheme_nodes(struct scheme_reader *r, const struct yaml_value *list,
                             uint32_t *count);

/* The parts. A value that is NULL is not there; others are maps or lists, perhaps empty ones. `otherwise` has what a group
 * has that does not say otherwise. Order: scoring, then methods; ratings, grades, then groups, adjustments (which make
 * room for the effects of gates), gates, awards and
 * checks. */
void scheme_read_methods(struct scheme_reader *r, const struct yaml_value *map);
/* The method that is to be tried (package->trial), if there is one: it becomes the last of scheme->method. After all others. */
void scheme_try_method(struct scheme_reader *r);
void scheme_read_ratings(struct scheme_reader *r, const struct yaml_value *list,
                         struct baton_ratings *out);
void scheme_read_grades(struct scheme_reader *r, const struct yaml_value *map);
void scheme_read_groups(struct scheme_reader *r, const struct yaml_value *list,
                        const struct baton_group *otherwise);
void scheme_read_adjustments(struct scheme_reader *r, const struct yaml_value *map,
                             const struct yaml_value *gates);
void scheme_read_gates(struct scheme_reader *r, const struct yaml_value *map);
void scheme_read_awards(struct scheme_reader *r, const struct yaml_value *list);
void scheme_read_checks(struct scheme_reader *r, const struct yaml_value *list);

/* Second phase: the leaves that `gates` names. */
void scheme_resolve_gates(struct scheme_reader *r);

#endif
