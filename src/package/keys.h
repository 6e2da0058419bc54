/* What the keys of scheme.yaml are: a table for each map, and readers for single values.
 *
 * A table names the keys that a map may have, with type, range or words, and the member that each fills. Whatever does
 * not fit is a finding with its line, column and key path; a member whose key is not there, or does not fit, stays as it
 * was. A value that is YAML_REFUSED has its finding already and is passed over. */
#ifndef PACKAGE_KEYS_H
#define PACKAGE_KEYS_H

#include "baton/scheme.h"
#include "package/yaml.h"

/* Who reads. */
struct keys {
    struct baton_arena *arena;
    struct baton_findings *found;
    const char *file; /* "scheme.yaml" */
    bool is_sheet;    /* the tree is that of a sheet, whose keys findings name (scheme_sheet.h) */
};

/* The type of a key, and of the member that it fills. */
enum key_type {
    KEY_NUMBER,     /* a number, lowest <= x <= highest; double */
    KEY_WHOLE,      /* a whole one; int32_t */
    KEY_FLAG,       /* true or false; bool */
    KEY_WORD,       /* one of `words`; an enum, its value the word's place from 0 */
    KEY_ID,         /* an identifier; const char * */
    KEY_TEXT,       /* any text that is not empty; const char * */
    KEY_TITLE,      /* a map from zh, en to texts; struct baton_text */
    KEY_EXPRESSION, /* of the rule language; struct baton_expression */
    KEY_PERIOD,     /* struct baton_period */
    KEY_DAYS,       /* days, written 10d; int32_t */
    KEY_MAP, /* a map that the caller reads; const struct yaml_value *. An empty key is an empty map */
    KEY_LIST, /* a list likewise */
    KEY_ANY   /* whatever it is */
};

struct key {
    const char *name;
    enum key_type type;
    bool needed;
    size_t offset; /* of the member in the struct that is filled */
    double lowest, highest;
    const char *words; /* separated by spaces */
};

/* Reads the keys of `map` into `out`. Unknown keys and needed ones that are not there are findings. False where `map` is
 * no map at all. */
bool keys_read(const struct keys *k, const struct yaml_value *map, const struct key *key,
               size_t count, void *out);

/* Where a value, and where its key stands (itself where it has none); adds a finding at a value. */
struct baton_where keys_at(const struct keys *k, const struct yaml_value *value);
struct baton_where keys_at_key(const struct keys *k, const struct yaml_value *value);
void keys_report(const struct keys *k, baton_code code, const struct yaml_value *value,
                 const char *arg1, const char *arg2, const char *arg3, const char *arg4);

/* The text of a value, and its key (NULL where it has none), as a message quotes them. */
const char *keys_excerpt(const struct keys *k, const struct yaml_value *value);
const char *keys_key(const struct keys *k, const struct yaml_value *value);

/* The names separated by spaces, for a message. */
const char *keys_joined(const struct keys *k, size_t count,
                        const char *(*name)(const void *context, size_t index),
                        const void *context);

/* Single values. False, with a finding, where it does not fit; *out is untouched then.
 * A number may be written 30%, which is 0.3; keys_share expects that (0 or more, at most `highest`), keys_number warns.
 * keys_hundredths is a share too, but *out is the number of hundredths: 60 for 60% or 0.6. */
bool keys_number(const struct keys *k, const struct yaml_value *value, double lowest,
                 double highest, double *out);
bool keys_share(const struct keys *k, const struct yaml_value *value, double highest, double *out);
bool keys_hundredths(const struct keys *k, const struct yaml_value *value, double highest,
                     double *out);
bool keys_whole(const struct keys *k, const struct yaml_value *value, double lowest, double highest,
                int32_t *out);
bool keys_flag(const struct keys *k, const struct yaml_value *value, bool *out);
bool keys_word(const struct keys *k, const struct yaml_value *value, const char *words, int *out);
bool keys_text(const struct keys *k, const struct yaml_value *value, const char **out);
bool keys_id(const struct keys *k, const struct yaml_value *value, const char **out);
bool keys_title(const struct keys *k, const struct yaml_value *value, struct baton_text *out);
bool keys_expression(const struct keys *k, const struct yaml_value *value,
                     struct baton_expression *out);
bool keys_period(const struct keys *k, const struct yaml_value *value, struct baton_period *out);
bool keys_days(const struct keys *k, const struct yaml_value *value, int32_t *out);

/* A list, a map; an empty key (null) is one without values. */
bool keys_is_list(const struct keys *k, const struct yaml_value *value);
bool keys_is_map(const struct keys *k, const struct yaml_value *value);

/* The key of a value in a map of names: an identifier. */
bool keys_name(const struct keys *k, const struct yaml_value *value);

#endif
