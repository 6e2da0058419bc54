/* The kinds of methods, and the functions and names of the rule language, as the tables of the engine have them: for
 * people, as JSON and as Markdown. */
#ifndef REPORT_METHODS_REPORT_H
#define REPORT_METHODS_REPORT_H

#include "base/writer.h"
#include "baton/code.h"
#include "engine/methods.h"
#include "engine/rule.h"

struct methods_report {
    struct baton_arena *arena;
    struct writer *writer;
    enum baton_language language;
    bool colour;
    uint32_t width;
    const char *const *name; /* only these; count 0 = all */
    size_t count;
};

/* Whether a method, function or name is called so; *guess gets what was perhaps meant, NULL = nothing is near. */
bool methods_has(const char *name, const char **guess);

/* Whether the report is to tell of it. */
bool methods_wanted(const struct methods_report *report, const char *name);

/* All: a line each. Some: each in full. */
void methods_text(const struct methods_report *report);
/* {"methods": [...], "parameters": [...] of every kind, "functions": [...], "names": [...]}, words in both languages. */
void methods_json(const struct methods_report *report);
/* Each in full, as a page for documentation. */
void methods_markdown(const struct methods_report *report);

/* "a number; 60%" and so on: what is to be written for a parameter; in the arena. */
const char *methods_type_words(struct baton_arena *arena, const struct method_parameter *parameter,
                               enum baton_language language);
/* "needed", "none", or the default. */
const char *methods_default_words(const char *initial, enum baton_language language);
/* The heading of a kind of functions. */
const char *methods_function_kind(enum rule_function_kind kind, enum baton_language language);
/* Where it may stand, as the keys and columns of a package: "value, when"; in the arena. */
const char *methods_places(struct baton_arena *arena, uint32_t places,
                           enum baton_language language);
/* Identifiers for programs. */
const char *methods_type_id(enum method_type type);
const char *methods_function_kind_id(enum rule_function_kind kind);
const char *methods_place_id(enum rule_place place);
enum { METHODS_PLACES = RULE_CHECK + 1 };

#endif
