/* What the readers of a package share while it is being read.
 *
 * The order of reading: scheme.yaml (groups, methods, items, named elements, defaults), units,
 * indicators, documents, observations, targets, weights, adjustments, successions. Each reader adds
 * findings for everything that is wrong with its file and fills its part of the scheme; one that
 * found errors leaves in the scheme only what is sound, so that the next ones can go on and find
 * more. */
#ifndef PACKAGE_PACKAGE_INTERNAL_H
#define PACKAGE_PACKAGE_INTERNAL_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "baton/facts.h"
#include "baton/package.h"
#include "package/source.h"

/* `defaults` of scheme.yaml, as far as the readers of tables need them. */
struct package_defaults {
    const char *method; /* name; NULL = none */
    struct baton_where method_at;
    enum baton_direction direction;
    enum baton_missing_rule missing;
    double missing_factor;
    enum baton_aggregate aggregate, root_aggregate;
};

/* What is known of an element besides its struct baton_element: */
struct package_element {
    /* where it is_code: indices of the codes that its figures may be, ascending */
    const uint32_t *code;
    uint32_t code_count;
    struct baton_where code_at; /* of the first leaf that makes it a code */
};

struct package_reader {
    struct baton_arena *arena;
    struct baton_findings *found;
    struct baton_scheme *scheme;
    struct source *source;
    struct parallel *parallel;              /* NULL = one thread */
    bool want_origins;                      /* keep the line of each figure */
    const struct baton_method_trial *trial; /* NULL = none */
    uint32_t trial_method;                  /* index, once scheme.yaml is read */

    struct package_defaults defaults;
    struct baton_where period_at; /* of `period` of scheme.yaml */

    /* From ids to indices of the arrays of scheme. `node` has no entry for the root. Who fills
     * group, item or unit adds to its hash (hash_add tells what is doubled); the others have
     * functions below. */
    struct hash group, item, unit, node, method, code, element_index;
    size_t method_capacity, code_capacity, element_capacity;
    struct package_element *element; /* [scheme->element_count] */
    size_t element_also;             /* capacity of `element` */

    /* NULL = not read yet, or there is no folder of that name */
    struct package_documents *documents;
    size_t guesses; /* names that may still be compared with misspelt ones */
};

/* Begins: all empty, the defaults as the format has them. `scheme` is emptied. */
void package_reader_open(struct package_reader *reader, struct baton_arena *arena,
                         struct baton_scheme *scheme, struct source *source,
                         struct baton_findings *found);

/* The index of an element, a code; a new one at the end where there is none. `id` is copied when it
 * is new. */
uint32_t package_element(struct package_reader *reader, const char *id, size_t size);
uint32_t package_code(struct package_reader *reader, const char *id, size_t size);

/* Adds a method of scheme.yaml; returns its index, or that of the one that has the same id already
 * (then nothing is added). The id is borrowed for as long as the scheme lives. */
uint32_t package_method_add(struct package_reader *reader, const struct baton_method *method);

/* The method that a leaf names: one of scheme->method by its id, else a kind by its name, which
 * becomes a method of that id with the defaults of its kind. BATON_NONE and a finding at `at` where
 * there is none, or where the kind needs parameters. */
uint32_t package_method(struct package_reader *reader, const char *name, struct baton_where at);

/* Whether it is one of the words that are taken: total, base. */
bool package_id_is_taken(const char *id, size_t size);

/* Checks the identifier of something that is being defined: FIELD_EMPTY, ID_BAD, ID_TAKEN. */
bool package_id_is_sound(struct package_reader *reader, const char *id, size_t size,
                         struct baton_where at);

/* What was an unknown name meant to be? The nearest of all names of `names` (in the order in which
 * they were added), NULL where none is near. */
const char *package_guess(struct package_reader *reader, const struct hash *names, const char *text,
                          size_t size);

/* The same out of `count` words. */
const char *package_guess_word(const char *const words[], size_t count, const char *text,
                               size_t size);

/* The index of a unit, a group or an indicator that a field names; BATON_NONE and a finding where
 * there is none (or the text is empty). The root is no indicator. */
uint32_t package_find_unit(struct package_reader *reader, const char *id, size_t size,
                           struct baton_where at);
uint32_t package_find_group(struct package_reader *reader, const char *id, size_t size,
                            struct baton_where at);
uint32_t package_find_node(struct package_reader *reader, const char *id, size_t size,
                           struct baton_where at);

/* The finding for a unit that does not exist, with what was perhaps meant. */
void package_unit_unknown(struct package_reader *reader, const char *id, size_t size,
                          struct baton_where at);

/* "a, b, c" of some ids, for a message; shortened by "..." after twelve. */
const char *package_list(struct baton_arena *arena, size_t count,
                         const char *(*id)(const void *context, size_t index), const void *context);

/* Decimal digits of a count, for a message; in the arena. */
const char *package_count(struct baton_arena *arena, uint64_t count);

/* A text as a message quotes it: shortened where it is long. */
const char *package_excerpt(struct baton_arena *arena, const char *text, size_t size);

#endif
