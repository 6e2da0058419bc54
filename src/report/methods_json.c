/* Methods and functions as JSON. */
#include "base/json.h"
#include "report/method_words.h"
#include "report/methods_report.h"

/* Words in both languages; left out where there are none. */
static void both(struct json *json, const char *name, const char *const words[2]) {
    if (*words[BATON_EN] == '\0')
        return;
    json_object_tight(json, name);
    json_text(json, "zh", words[BATON_ZH]);
    json_text(json, "en", words[BATON_EN]);
    json_end(json);
}

/* The bounds of a number, where it has any. */
static void bounds(struct json *json, const struct method_parameter *p) {
    static const double any = 1e100; /* ANY of methods.def */
    if (p->type != METHOD_NUMBER && p->type != METHOD_SHARE)
        return;
    if (p->lowest > -any)
        json_number(json, "lowest", p->lowest);
    if (p->highest < any)
        json_number(json, "highest", p->highest);
}

/* What it is called; of a common one as of any kind. */
static void called(struct json *json, enum baton_method_kind kind, const char *parameter) {
    const char *const words[2] = {[BATON_ZH] = method_words_parameter(kind, parameter, BATON_ZH),
                                  [BATON_EN] = method_words_parameter(kind, parameter, BATON_EN)};
    if (words[BATON_EN] != NULL)
        both(json, "title", words);
}

static void parameters(struct json *json, const char *name, enum baton_method_kind kind,
                       const struct method_parameter *p, uint32_t count) {
    json_array(json, name);
    for (uint32_t i = 0; i < count; i++) {
        json_object_tight(json, NULL);
        json_text(json, "name", p[i].name);
        called(json, kind, p[i].name);
        json_text(json, "type", methods_type_id(p[i].type));
        json_flag(json, "needed", p[i].initial == NULL);
        if (p[i].initial != NULL && *p[i].initial != '\0')
            json_text(json, "default", p[i].initial);
        if (*p[i].words != '\0')
            json_text(json, "words", p[i].words + (p[i].words[0] == ' '));
        bounds(json, &p[i]);
        both(json, "is", p[i].doc);
        json_end(json);
    }
    json_end(json);
}

static void method(struct json *json, enum baton_method_kind k) {
    const struct method_kind *kind = method_kind(k);
    uint32_t count;
    const struct method_parameter *own = method_parameters(k, &count);
    json_object(json, NULL);
    json_text(json, "name", kind->name);
    struct baton_method plain;
    method_initial(k, &plain);
    both(json, "title",
         (const char *const[]){[BATON_ZH] = method_words_kind(&plain, BATON_ZH),
                               [BATON_EN] = method_words_kind(&plain, BATON_EN)});
    both(json, "score", kind->formula);
    both(json, "down", kind->down);
    both(json, "notes", kind->notes);
    both(json, "source", kind->source);
    if (*kind->floor != '\0')
        json_text(json, "floor", kind->floor);
    parameters(json, "parameters", k, own, count);
    json_end(json);
}

static void places(struct json *json, uint32_t bits) {
    json_array_tight(json, "places");
    for (unsigned place = 0; place < METHODS_PLACES; place++)
        if ((bits >> place & 1) != 0)
            json_text(json, NULL, methods_place_id((enum rule_place)place));
    json_end(json);
}

static void function(struct json *json, const struct rule_function *of) {
    json_object(json, NULL);
    json_text(json, "name", of->name);
    json_text(json, "kind", methods_function_kind_id(of->kind));
    json_text(json, "usage", of->usage);
    both(json, "formula", of->formula);
    both(json, "is", of->words);
    places(json, of->places);
    json_text(json, "example", of->example);
    json_text(json, "value", *of->expected == '\0' ? NULL : of->expected);
    json_end(json);
}

void methods_json(const struct methods_report *report) {
    struct json json = json_to(report->writer);
    uint32_t count;
    json_object(&json, NULL);
    json_array(&json, "methods");
    for (unsigned k = 0; k < BATON_METHOD_KINDS; k++)
        if (methods_wanted(report, method_kind((enum baton_method_kind)k)->name))
            method(&json, (enum baton_method_kind)k);
    json_end(&json);
    const struct method_parameter *common = method_parameters_common(&count);
    parameters(&json, "parameters", BATON_METHOD_KINDS, common, count);
    json_array(&json, "functions");
    const struct rule_function *of = rule_functions(&count);
    for (uint32_t i = 0; i < count; i++)
        if (methods_wanted(report, of[i].name))
            function(&json, &of[i]);
    json_end(&json);
    json_array(&json, "names");
    for (unsigned i = 0; i < RULE_NAMES; i++) {
        const struct rule_name_entry *name = &rule_names()[i];
        if (!methods_wanted(report, name->name))
            continue;
        json_object(&json, NULL);
        json_text(&json, "name", name->name);
        json_text(&json, "type", name->type == 't' ? "text" : "number");
        both(&json, "is", name->words);
        places(&json, name->places);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
}
