/* The tables of functions.def, laid out for lookup. */
#include "engine/rule_tree.h"
#include <string.h>

static const struct rule_function functions[FUNCTIONS] = {
#define FUNCTION(ID, name, least, most, kind, arguments, result, places, usage, formula_en, \
                 formula_zh, en, zh, example, expected) \
    [FN_##ID] = {name,     least,     most, \
                 kind,     arguments, result, \
                 places,   usage,     {formula_en, formula_zh}, \
                 {en, zh}, example,   expected},
#include "engine/functions.def"
};

static const struct rule_name_entry names[RULE_NAMES] = {
#define NAME(ID, name, type, places, en, zh) [RULE_##ID] = {name, type, places, {en, zh}},
#include "engine/functions.def"
};

const struct rule_function *rule_functions(uint32_t *count) {
    *count = FUNCTIONS;
    return functions;
}

const struct rule_name_entry *rule_names(void) {
    return names;
}

const struct rule_function *function_of(enum rule_function_id id) {
    return &functions[id];
}

bool function_find(const char *text, uint32_t size, enum rule_function_id *out) {
    for (uint32_t i = 0; i < FUNCTIONS; i++)
        if (strlen(functions[i].name) == size && memcmp(functions[i].name, text, size) == 0) {
            *out = (enum rule_function_id)i;
            return true;
        }
    return false;
}
