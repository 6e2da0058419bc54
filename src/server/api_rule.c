/* The expression is compiled by the engine against the names that come with it, so that a draft of a scheme need not be sent for each letter that is typed. Where no names of
 * a kind come, any is taken: the whole package is held to its own names by `packages/check`. */
#include "server/api_rule.h"
#include "base/hash.h"
#include "report/document.h"
#include "report/findings_json.h"
#include "report/methods_report.h"
#include "report/rule_words.h"
#include "server/api.h"
#include "server/api_check.h"
#include "server/route.h"
#include <string.h>

/* An expression is made of 2,000 names at most (docs/rule-language.md), so as many may be new. */
enum { NAMES_MOST = 20000, NAMES_NEW = 2000, EXPRESSION_MOST = 4096 };

enum name_kind { OF_ELEMENT, OF_NODE, OF_UNIT, OF_ITEM, OF_IMPORT, OF_CODE, OF_WHERE, NAME_KINDS };
#define NAME_WORDS "element node unit item import code where"
#define PLACE_WORDS "elements value when methods adjustments grades awards checks"

struct name_asked {
    const char *kind, *id, *name;
};

struct rule_asked {
    const char *expression, *place, *expects;
    struct body_list names; /* of struct name_asked */
};

/* clang-format off */
static const struct body_field name_fields[] = {
    {.name = "kind", .type = BODY_WORD, .needed = true, .words = NAME_WORDS, .offset = offsetof(struct name_asked, kind), .is = {"of what: a figure, an indicator, a unit, an item of adjustments, an import, a level or grade, a name of the method's `where`", "类别：数据项、指标、对象、加减分项、引用包、档次或等次代码、方法 where 中的名称"}},
    {.name = "id",   .type = BODY_TEXT, .needed = true, .length = 128, .offset = offsetof(struct name_asked, id), .is = {"as expressions have it", "在表达式中的写法"}},
    {.name = "name", .type = BODY_TEXT, .offset = offsetof(struct name_asked, name), .is = {"what people call it", "名称"}},
};
static const struct body_shape name_shape = {
    .name = "RuleNameAsked", BODY_FIELDS(name_fields), .size = sizeof(struct name_asked), .is = {"a name that an expression may use", "表达式可用的名称"},
    .example = "{\"kind\": \"element\", \"id\": \"gdp\", \"name\": \"地区生产总值\"}"};

static const struct body_field asked_fields[] = {
    {.name = "expression", .type = BODY_TEXT, .needed = true, .lines = true, .length = EXPRESSION_MOST, .offset = offsetof(struct rule_asked, expression), .is = {"as written", "表达式原文"}},
    {.name = "place",   .type = BODY_WORD, .needed = true, .words = PLACE_WORDS, .offset = offsetof(struct rule_asked, place), .is = {"where it stands: as the places of /api/v1/methods", "所在位置，同 /api/v1/methods 的 places"}},
    {.name = "expects", .type = BODY_WORD, .words = "anything number condition", .offset = offsetof(struct rule_asked, expects), .is = {"what it has to be; anything", "应为何种值，默认不限"}},
    {.name = "names",   .type = BODY_OBJECTS, .inner = &name_shape, .most = NAMES_MOST, .offset = offsetof(struct rule_asked, names), .is = {"the names that there are; of a figure, indicator, unit or code any is taken where none of its kind is given", "已有的名称；某类数据项、指标、对象、代码一个也未列出时，不核对该类名称"}},
};
const struct body_shape rule_asked_shape = {
    .name = "RuleAsked", BODY_FIELDS(asked_fields), .size = sizeof(struct rule_asked), .is = {"an expression to be checked", "待检查的表达式"},
    .example = "{\"expression\": \"100*yoy(gdp)\", \"place\": \"value\", \"expects\": \"number\", \"names\": [{\"kind\": \"element\", \"id\": \"gdp\", \"name\": \"地区生产总值\"}]}"};

static const struct body_field checked_fields[] = {
    {.name = "sound",    .type = BODY_FLAG, .needed = true, .is = {"there is no error", "没有错误"}},
    {.name = "words",    .type = BODY_TEXT, .lines = true, .length = 100000, .is = {"what it says, in the language of the request; not told of one that is not sound", "表达式的文字表述；有错误时不给出"}},
    {.name = "unknown",  .type = BODY_TEXTS, .needed = true, .is = {"figures that it reads and that were not among the names, where some were given", "已列出数据项时，表达式所读而未列出的数据项"}},
    {.name = "findings", .type = BODY_OBJECTS, .needed = true, .inner = &finding_shape, .is = {"what is wrong or odd; column = character of the expression, from 1", "问题；column 为表达式中的字符位置，从 1 起"}},
};
const struct body_shape rule_checked_shape = {
    .name = "RuleChecked", BODY_FIELDS(checked_fields), .is = {"whether an expression is sound", "表达式检查结果"},
    .example = "{\"sound\": true, \"words\": \"地区生产总值比上年同期增长的百分数\", \"unknown\": [], \"findings\": []}"};
/* clang-format on */

/* A scheme that has names and nothing else; each array has room for NAMES_NEW more. */
struct names {
    struct baton_arena *arena;
    struct baton_scheme scheme;
    struct hash hash[NAME_KINDS];
    const char **element_name;
    const char **where_name;
    const struct rule **where_rule;
    uint32_t where_count;
    bool any[NAME_KINDS]; /* none of the kind was given */
};

static uint32_t word_of(const char *words, const char *word) {
    uint32_t n = 0;
    size_t size;
    for (const char *at; (at = body_word_at(words, n, &size)) != NULL; n++)
        if (strlen(word) == size && memcmp(at, word, size) == 0)
            return n;
    return n;
}

static struct baton_text text_of(const char *name) {
    return (struct baton_text){.zh = name, .en = name};
}

static void put(struct names *names, enum name_kind kind, const char *id, const char *name) {
    struct baton_scheme *const scheme = &names->scheme;
    struct hash *const hash = &names->hash[kind];
    const uint32_t next = (uint32_t)hash->count;
    if (hash_add(names->arena, hash, id, strlen(id), next) != next)
        return;
    switch (kind) {
    case OF_ELEMENT:
        scheme->element[next] = (struct baton_element){.id = id};
        names->element_name[next] = name;
        scheme->element_count = next + 1;
        break;
    case OF_NODE:
        scheme->node[next] = (struct baton_node){.id = id, .name = text_of(name)};
        scheme->node_count = next + 1;
        break;
    case OF_UNIT:
        scheme->unit[next] = (struct baton_unit){.id = id, .name = text_of(name)};
        scheme->unit_count = next + 1;
        break;
    case OF_ITEM:
        scheme->item[next] = (struct baton_item){.id = id, .title = text_of(name)};
        scheme->item_count = next + 1;
        break;
    case OF_IMPORT:
        scheme->import[next] = (struct baton_import){.id = id};
        scheme->import_count = next + 1;
        break;
    case OF_CODE:
        scheme->code[next] = id;
        scheme->code_count = next + 1;
        break;
    default:
        names->where_name[next] = id;
    }
}

/* The index of a name; where there are to be none but those given, BATON_NONE. */
static uint32_t find(struct names *names, enum name_kind kind, const char *id, size_t size) {
    const uint32_t at = hash_find(&names->hash[kind], id, size);
    if (at != HASH_NONE)
        return at;
    put(names, kind, arena_text(names->arena, id, size), NULL);
    return (uint32_t)names->hash[kind].count - 1;
}

static uint32_t find_element(void *context, const char *id, size_t size) {
    return find(context, OF_ELEMENT, id, size);
}

static uint32_t find_code(void *context, const char *id, size_t size) {
    struct names *const names = context;
    return names->any[OF_CODE] ? 0 : find(names, OF_CODE, id, size);
}

static uint32_t find_known(struct names *names, enum name_kind kind, const char *id, size_t size) {
    if (!names->any[kind] && hash_find(&names->hash[kind], id, size) == HASH_NONE)
        return BATON_NONE;
    return find(names, kind, id, size);
}

static uint32_t find_unit(void *context, const char *id, size_t size) {
    return find_known(context, OF_UNIT, id, size);
}

static uint32_t find_node(void *context, const char *id, size_t size) {
    return find_known(context, OF_NODE, id, size);
}

static void open_names(struct call *call, const struct rule_asked *asked, struct names *names) {
    const struct name_asked *const item = asked->names.item;
    const size_t room = asked->names.count + NAMES_NEW + 2;
    struct baton_arena *const arena = names->arena = call->arena;
    struct baton_scheme *const scheme = &names->scheme;
    scheme->element = arena_alloc(arena, room, sizeof *scheme->element);
    scheme->node = arena_alloc(arena, room, sizeof *scheme->node);
    scheme->unit = arena_alloc(arena, room, sizeof *scheme->unit);
    scheme->item = arena_alloc(arena, room, sizeof *scheme->item);
    scheme->import = arena_alloc(arena, room, sizeof *scheme->import);
    scheme->code = arena_alloc(arena, room, sizeof *scheme->code);
    names->element_name = arena_alloc(arena, room, sizeof *names->element_name);
    names->where_name = arena_alloc(arena, room, sizeof *names->where_name);
    names->where_rule = arena_alloc(arena, room, sizeof *names->where_rule);
    for (size_t i = 0; i < NAME_KINDS; i++)
        names->any[i] = true;
    put(names, OF_NODE, "total", NULL); /* the root is the first */
    for (size_t i = 0; i < asked->names.count; i++) {
        const enum name_kind kind = (enum name_kind)word_of(NAME_WORDS, item[i].kind);
        names->any[kind] = false;
        put(names, kind, item[i].id, item[i].name);
    }
    for (uint32_t e = 0; e < scheme->element_count; e++)
        scheme->element[e].frequency = BATON_YEAR; /* known, so that it is no misspelt name */
    if (names->any[OF_CODE])
        put(names, OF_CODE, "", NULL); /* stands for every code */
}

static baton_code compile(struct names *names, const struct rule_asked *asked,
                          const struct rule **out, struct baton_findings *found) {
    struct rule_scope scope = {.place = (enum rule_place)word_of(PLACE_WORDS, asked->place),
                               .scheme = &names->scheme,
                               .context = names,
                               .element = find_element,
                               .code = find_code,
                               .unit = find_unit,
                               .node = find_node,
                               .where_name = names->where_name,
                               .where_rule = names->where_rule};
    /* What the names of `where` stand for matters to their own expressions, which are checked for themselves. */
    for (uint32_t i = 0; i < names->hash[OF_WHERE].count; i++) {
        TRY(rule_compile(names->arena, &scope, (struct baton_expression){.text = "0"},
                         &names->where_rule[i], found));
        scope.where_count = i + 1;
    }
    if (asked->expects != NULL)
        scope.expects = (enum rule_expects)word_of("anything number condition", asked->expects);
    return rule_compile(names->arena, &scope, (struct baton_expression){.text = asked->expression},
                        out, found);
}

static void put_unknown(struct json *json, const struct names *names, uint32_t given,
                        const struct rule *rule) {
    const struct rule_uses *const uses = rule == NULL ? NULL : rule_uses(rule);
    json_array(json, "unknown");
    for (uint32_t i = 0; uses != NULL && !names->any[OF_ELEMENT] && i < uses->element_count; i++)
        if (uses->element[i] >= given)
            json_text(json, NULL, names->scheme.element[uses->element[i]].id);
    json_end(json);
}

static baton_code check(struct call *call) {
    struct baton_findings found = {.arena = call->arena};
    const struct rule *rule = NULL;
    struct names names = {0};
    const void *body;
    TRY(route_body(call->request, &body, &call->found));
    open_names(call, body, &names);
    const uint32_t given = names.scheme.element_count;
    const baton_code code = compile(&names, body, &rule, &found);
    if (code != BATON_OK && baton_code_info(code)->exit_status != 2)
        return code;
    const enum baton_language language = call->request->language;
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    json_object(&json, NULL);
    json_flag(&json, "sound", rule != NULL);
    if (rule != NULL)
        json_text(&json, "words",
                  document_plain(
                      call->arena,
                      rule_in_words(
                          &(struct rule_words){.arena = call->arena,
                                               .scheme = &names.scheme,
                                               .element_name = names.element_name,
                                               .language = language,
                                               .before_adjustments =
                                                   strcmp(((const struct rule_asked *)body)->place,
                                                          "adjustments") == 0},
                          rule)));
    put_unknown(&json, &names, given, rule);
    findings_list(&json, "findings", call->arena, &found, language);
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_rule(struct http_request *request, void *api) {
    call_run(request, api, check);
}
