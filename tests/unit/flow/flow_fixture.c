/* Ledgers for the tests of src/flow. */
#include "flow_fixture.h"
#include "flow/ledger_source.h"
#include "package/package.h"
#include "report/result_csv.h"
#include "unit/test.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int64_t now(void *context) {
    struct flow_test *test = context;
    return test->now_utc_ms;
}

/* SplitMix64: the same in every run. */
static void chance(void *context, void *out, size_t size) {
    struct flow_test *test = context;
    uint8_t *byte = out;
    for (size_t i = 0; i < size; i++) {
        uint64_t z = test->chance += UINT64_C(0x9e3779b97f4a7c15);
        z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
        byte[i] = (uint8_t)(z ^ z >> 31);
    }
}

bool flow_begin(struct flow_test *test) {
    static const struct ledger_founder founder = {"li", "李强"};
    *test = (struct flow_test){.arena = arena_open(), .now_utc_ms = INT64_C(1630000000000)};
    test->found.arena = test->arena;
    test->world = (struct ledger_world){test, now, chance};
    const char *server = getenv("BATON_TEST_POSTGRES");
    const char *file = arena_printf(test->arena, "%s/ledger.db", test_folder());
    static unsigned ledgers; /* a server keeps those of the tests before */
    test->place = (struct ledger_place){
        .address = server != NULL ? server : file,
        .ledger = arena_printf(test->arena, "city-%ld-%u", (long)getpid(), ledgers++),
        .key = arena_printf(test->arena, "%s.key", file),
        .holder = "test"};
    remove(file);
    remove(test->place.key);
    return CHECK_INT(ledger_create(test->arena, &test->world, &test->place, DIGEST_SHA256,
                                   SIGNATURE_ED25519, &founder, &test->found),
                     BATON_OK) &&
           CHECK_INT(
               ledger_open(test->arena, &test->world, &test->place, &test->ledger, &test->found),
               BATON_OK) &&
           CHECK_INT(reader_open(test->arena, &test->place, &test->reader, &test->found), BATON_OK);
}

void flow_end(struct flow_test *test) {
    reader_close(test->reader);
    ledger_close(test->ledger);
    arena_close(test->arena);
}

struct fact_body flow_fact(struct flow_test *test, const char *kind, const char *assessment, ...) {
    struct field *field = arena_alloc(test->arena, 32, sizeof *field);
    struct fact_body body = {kind, assessment, field, 0};
    va_list list;
    va_start(list, assessment);
    for (const char *name; (name = va_arg(list, const char *)) != NULL;) {
        const char *value = va_arg(list, const char *);
        const bool is_content = strcmp(name, "name") == 0 && strcmp(kind, "person") == 0;
        field[body.field_count++] =
            (struct field){name, value, strlen(value), is_content ? 'C' : 't'};
    }
    va_end(list);
    return body;
}

baton_code flow_say(struct flow_test *test, const char *actor, struct fact_body fact,
                    uint64_t *position) {
    struct submission submission = {.actor = actor, .fact = &fact, .count = 1};
    test->now_utc_ms += 1000;
    const baton_code code = ledger_append(test->ledger, test->arena, &submission, &test->found);
    if (position != NULL)
        *position = submission.first;
    return code;
}

bool flow_person(struct flow_test *test, const char *id, const char *name, const char *role) {
    return CHECK_INT(flow_say(test, "li",
                              flow_fact(test, "person", "", "id", id, "name", name, NULL), NULL),
                     BATON_OK) &&
           CHECK_INT(flow_say(test, "li",
                              flow_fact(test, "post", "", "person", id, "role", role, "from",
                                        "2020-01-01", NULL),
                              NULL),
                     BATON_OK);
}

void flow_file(struct flow_test *test, const char *folder, const char *file, const char *text) {
    test_file(arena_printf(test->arena, "%s/%s", folder, file), text, strlen(text));
}

const char *flow_package(struct flow_test *test, const char *folder, const char *file,
                         const char *text) {
    static const char *const parts[][2] = {
        {"scheme.yaml",
         "baton: 1\nid: towns\ntitle: {zh: 乡镇考核, en: Towns}\nperiod: 2021\nfrequency: year\n"
         "methods:\n  efficacy: {kind: range, low: 60, high: 100}\n"
         "  completion: {kind: target, cap: 120}\ngroups:\n  - {id: town, title: {zh: 乡镇, en: "
         "Towns}}\nadjustments:\n  items:\n    - {id: accident, kind: deduction, points: 2, title: "
         "{zh: 事故, en: Accident}}\n"},
        {"units.csv",
         "id,name,group,x_phone\na,东岭,town,\nb,\"南桥, 新区\",town,123\nc,西溪,town,\n"},
        {"indicators.csv", "id,name,weight,method,measure\ngrowth,增速,2,efficacy,%\n"
                           "jobs,就业,1,completion,人\n"},
        {"observations.csv", "unit,element,period,value,state,source\na,growth,2021,8,,统计局\n"
                             "b,growth,2021,6,,\nc,growth,2021,4,,\na,jobs,2021,450,,\n"
                             "b,jobs,2021,600,,\nc,jobs,2021,,,\n"},
        {"targets.csv", "unit,indicator,period,target\n*,jobs,2021,500\n"},
        {"adjustments.csv", "unit,period,item,count,reason\na,2021,accident,1,石料厂\n"
                            "a,2021,accident,1,石料厂\n"},
        {"documents/rules.md", "# 办法\n\n## 第一条 {#art-1}\n\n按核算数计。\n"},
    };
    for (size_t i = 0; i < LENGTH(parts); i++)
        flow_file(test, folder, parts[i][0],
                  file != NULL && strcmp(file, parts[i][0]) == 0 ? text : parts[i][1]);
    return arena_printf(test->arena, "%s/%s", test_folder(), folder);
}

baton_code flow_import_as(struct flow_test *test, const struct import_wish *wish,
                          struct import_result *out) {
    test->now_utc_ms += 1000;
    return package_import(test->arena, test->ledger, test->reader, wish, out, &test->found);
}

baton_code flow_import(struct flow_test *test, const char *path, struct import_result *out) {
    return flow_import_as(test, &(struct import_wish){.path = path, .actor = "li", .threads = 1},
                          out);
}

const char *flow_found(struct flow_test *test) {
    const char *list = "";
    for (size_t i = 0; i < test->found.count; i++) {
        const struct baton_finding *finding = &test->found.item[i];
        const struct baton_where *where = &finding->where;
        list = arena_printf(
            test->arena, "%s%s%s%s", list, i > 0 ? "; " : "", baton_code_info(finding->code)->name,
            where->file == NULL ? ""
                                : arena_printf(test->arena, " %s:%u", where->file, where->row));
        if (where->field != NULL)
            list = arena_printf(test->arena, "%s %s", list, where->field);
    }
    test->found = (struct baton_findings){.arena = test->arena};
    return list;
}

/* The result of a package that is open. */
static const char *score(struct flow_test *test, struct baton_package *package,
                         const char *period) {
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1, .full = true};
    const struct baton_links *links;
    struct baton_session *session;
    const struct baton_result *result;
    struct baton_period of = baton_package_scheme(package)->period;
    if (period != NULL)
        baton_period_parse(period, strlen(period), &of);
    if (!CHECK_INT(baton_package_link(package, &options, &links, &test->found), BATON_OK) ||
        !CHECK_INT(baton_session_open(test->arena, baton_package_scheme(package),
                                      baton_package_facts(package), links, &options, &session,
                                      &test->found),
                   BATON_OK) ||
        !CHECK_INT(baton_score(session, of, &result, &test->found), BATON_OK))
        return NULL;
    struct result_view view = result_view_of(session);
    view.as_of_day = INT32_MAX;
    struct writer *csv = writer_memory(test->arena);
    result_csv(test->arena, &view, csv, NULL);
    const char *text = writer_text_of(csv);
    baton_session_close(session);
    return text;
}

const char *flow_score(struct flow_test *test, const char *assessment, uint64_t known,
                       const char *period) {
    struct ledger_view view = {.reader = test->reader, .assessment = assessment, .known = known};
    struct source *source;
    struct baton_package *package;
    if (known == 0 && !CHECK_INT(reader_size(test->reader, &view.known), BATON_OK))
        return NULL;
    if (period != NULL)
        baton_period_parse(period, strlen(period), &view.period);
    if (!CHECK_INT(ledger_source_open(test->arena, &view, &source, &test->found), BATON_OK) ||
        !CHECK_INT(baton_package_load_source(test->arena, source,
                                             &(struct baton_package_options){.threads = 1},
                                             &package, &test->found),
                   BATON_OK))
        return NULL;
    return score(test, package, period);
}

const char *flow_score_package(struct flow_test *test, const char *path, const char *period) {
    struct baton_package *package;
    if (!CHECK_INT(baton_package_load(test->arena, path,
                                      &(struct baton_package_options){.threads = 1}, &package,
                                      &test->found),
                   BATON_OK))
        return NULL;
    return score(test, package, period);
}
