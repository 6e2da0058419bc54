/* The table of methods.def, laid out for lookup. Parameters stand in one array in the order of the file; enumerators
 * counted along with them tell where those of each kind begin. */
#include "engine/methods.h"
#include "baton/number.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* BEGIN_X is the index of the first parameter of kind X: the enumerator behind it takes the same value again. */
enum {
#define KIND(NAME, ...) BEGIN_##NAME, BACK_##NAME = BEGIN_##NAME - 1,
#define PARAMETER(KIND_NAME, name, member, ...) PARAMETER_##KIND_NAME##_##member,
#define COMMON(name, member, ...)
#include "engine/methods.def"
#undef KIND
#undef PARAMETER
#undef COMMON
    PARAMETERS
};

static const uint32_t begin[BATON_METHOD_KINDS + 1] = {
#define KIND(NAME, ...) [BATON_METHOD_##NAME] = BEGIN_##NAME,
#define PARAMETER(...)
#define COMMON(...)
#include "engine/methods.def"
#undef KIND
#undef PARAMETER
#undef COMMON
    [BATON_METHOD_KINDS] = PARAMETERS,
};

static const struct method_kind kinds[BATON_METHOD_KINDS] = {
#define KIND(NAME, name, floor, formula_en, formula_zh, down_en, down_zh, notes_en, notes_zh, \
             source_en, source_zh) \
    [BATON_METHOD_##NAME] = {name, \
                             floor, \
                             {formula_en, formula_zh}, \
                             {down_en, down_zh}, \
                             {notes_en, notes_zh}, \
                             {source_en, source_zh}},
#define PARAMETER(...)
#define COMMON(...)
#include "engine/methods.def"
#undef KIND
#undef PARAMETER
#undef COMMON
};

#define ROW(name, member, type, initial, lowest, highest, words, en, zh) \
    {name, \
     METHOD_##type, \
     offsetof(struct baton_method, member), \
     sizeof(((struct baton_method *)0)->member), \
     initial, \
     lowest, \
     highest, \
     words, \
     {en, zh}},
/* A list like ANY in methods.def becomes its parts before ROW takes them. */
#define EXPANDED(...) ROW(__VA_ARGS__)

static const struct method_parameter parameters[PARAMETERS] = {
#define KIND(...)
#define PARAMETER(KIND_NAME, ...) EXPANDED(__VA_ARGS__)
#define COMMON(...)
#include "engine/methods.def"
#undef KIND
#undef PARAMETER
#undef COMMON
};

static const struct method_parameter common[] = {
#define KIND(...)
#define PARAMETER(...)
#define COMMON(...) EXPANDED(__VA_ARGS__)
#include "engine/methods.def"
#undef KIND
#undef PARAMETER
#undef COMMON
};

const struct method_kind *method_kind(enum baton_method_kind kind) {
    assert(kind < BATON_METHOD_KINDS);
    return &kinds[kind];
}

enum baton_method_kind method_kind_find(const char *name) {
    for (enum baton_method_kind kind = 0; kind < BATON_METHOD_KINDS; kind++)
        if (strcmp(kinds[kind].name, name) == 0)
            return kind;
    return BATON_METHOD_KINDS;
}

const struct method_parameter *method_parameters(enum baton_method_kind kind, uint32_t *count) {
    assert(kind < BATON_METHOD_KINDS);
    *count = begin[kind + 1] - begin[kind];
    return parameters + begin[kind];
}

const struct method_parameter *method_parameters_common(uint32_t *count) {
    *count = LENGTH(common);
    return common;
}

static const struct method_parameter *find(const struct method_parameter *list, uint32_t count,
                                           const char *name) {
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(list[i].name, name) == 0)
            return &list[i];
    return NULL;
}

const struct method_parameter *method_parameter_find(enum baton_method_kind kind,
                                                     const char *name) {
    uint32_t count;
    const struct method_parameter *own = method_parameters(kind, &count);
    const struct method_parameter *found = find(own, count, name);
    return found != NULL ? found : find(common, LENGTH(common), name);
}

int method_word(const char *words, const char *text) {
    size_t size = strlen(text);
    int index = 0;
    for (const char *word = words; size > 0; index++) {
        size_t length = strcspn(word, " ");
        if (length == size && memcmp(word, text, size) == 0)
            return index;
        if (word[length] == '\0')
            return -1;
        word += length + 1;
    }
    return -1;
}

/* Writes the default where one can be written in a member of its type; everything else is empty already. */
static void set_initial(struct baton_method *out, const struct method_parameter *parameter,
                        const char *initial) {
    char *member = (char *)out + parameter->offset;
    if (parameter->type == METHOD_NUMBER || parameter->type == METHOD_SHARE) {
        double number = NAN;
        if (initial != NULL && initial[0] != '\0') {
            enum baton_number_error error =
                baton_number_parse(initial, strlen(initial), &number, NULL);
            assert(error == BATON_NUMBER_OK);
        }
        memcpy(member, &number, sizeof(number));
    } else if ((parameter->type == METHOD_WORD || parameter->type == METHOD_FLAG) &&
               initial != NULL && initial[0] != '\0') {
        int word = method_word(parameter->words, initial);
        assert(word == 0); /* which all bytes 0 stand for */
    }
}

void method_initial(enum baton_method_kind kind, struct baton_method *out) {
    *out = (struct baton_method){.kind = kind};
    /* Members that other kinds have are numbers too: none of them is a 0 by accident. */
    for (size_t i = 0; i < LENGTH(parameters); i++)
        set_initial(out, &parameters[i], "");
    uint32_t count;
    const struct method_parameter *own = method_parameters(kind, &count);
    for (uint32_t i = 0; i < count; i++)
        set_initial(out, &own[i], own[i].initial);
    for (size_t i = 0; i < LENGTH(common); i++)
        set_initial(out, &common[i],
                    strcmp(common[i].name, "floor") == 0 ? kinds[kind].floor : common[i].initial);
    out->of_unit = BATON_NONE;
}
