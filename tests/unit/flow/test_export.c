/* Packages out of a ledger: what was imported comes back, in every form, and is scored to the same bytes where it stands. */
#include "flow/package_export.h"
#include "flow_fixture.h"
#include "unit/test.h"
#include <string.h>
#include <sys/stat.h>

static struct flow_test t;

static baton_code export_to(const char *name, bool replace, struct export_result *out) {
    struct export_wish wish = {.view = {.reader = t.reader, .assessment = "towns"},
                               .output = arena_printf(t.arena, "%s/%s", test_folder(), name),
                               .replace = replace};
    if (!CHECK_INT(reader_size(t.reader, &wish.view.known), BATON_OK))
        return BATON_STORE_FAILED;
    return package_export(t.arena, &wish, out, &t.found);
}

/* All in one file, as the server sends it. */
static baton_code export_together(const char *name, struct export_result *out) {
    struct export_wish wish = {.view = {.reader = t.reader, .assessment = "towns"},
                               .output = arena_printf(t.arena, "%s/%s", test_folder(), name),
                               .together = true};
    if (!CHECK_INT(reader_size(t.reader, &wish.view.known), BATON_OK))
        return BATON_STORE_FAILED;
    return package_export(t.arena, &wish, out, &t.found);
}

static const char *at(const char *name) {
    return arena_printf(t.arena, "%s/%s", test_folder(), name);
}

static bool is_there(const char *name) {
    struct stat status;
    return stat(at(name), &status) == 0;
}

#define LINKED(id, more) \
    "baton: 1\nid: " id "\ntitle: {zh: 方案}\nperiod: 2021\nfrequency: year\n" \
    "methods: {efficacy: {kind: range}, completion: {kind: target}}\ngroups: [{id: town}]\n" \
    "adjustments: {items: [{id: accident, kind: deduction, points: 2, title: {zh: 事故}}]}\n" more

/* towns reads city, which stands beside it, and succeeds towns-2020, which stands in its folder. */
static const char *linked_packages(void) {
    flow_package(&t, "in/city", "scheme.yaml", LINKED("city", ""));
    flow_package(&t, "in/p/2020", "scheme.yaml", LINKED("towns-2020", ""));
    const char *path = flow_package(&t, "in/p", "scheme.yaml",
                                    LINKED("towns", "imports: {city: ../city}\nsucceeds: 2020\n"));
    flow_file(&t, "in/p", "indicators.csv",
              "id,name,weight,method,value\ngrowth,增速,2,efficacy,\n"
              "jobs,就业,1,completion,\"jobs + result(city, b, total)\"\n");
    return path;
}

TEST(export_gives_back_what_was_imported) {
    static const char *const forms[] = {"out", "out.zip", "out.xlsx"};
    struct import_result imported;
    struct export_result exported = {0};
    if (!flow_begin(&t))
        return;
    const char *path = flow_package(&t, "p", NULL, NULL);
    CHECK_INT(flow_import(&t, path, &imported), BATON_OK);
    const char *want = flow_score_package(&t, path, NULL);
    for (size_t i = 0; i < LENGTH(forms); i++) {
        CASE("%s", forms[i]);
        CHECK_INT(export_to(forms[i], false, &exported), BATON_OK);
        CHECK_TEXT(flow_found(&t), "");
        CHECK_INT(exported.count, 1);
        CHECK_TEXT(flow_score_package(&t, at(forms[i]), NULL), want);
        CHECK_INT(flow_import(&t, at(forms[i]), &imported), BATON_OK);
        CHECK_INT(imported.facts, 0);
        CHECK_INT(imported.package[0].scheme, IMPORT_SCHEME_SAME);
        CHECK_TEXT(flow_found(&t), "");
    }
    flow_end(&t);
}

/* Brings the linked packages in; what they score as files. */
static const char *score_of_linked(void) {
    struct import_result imported;
    const char *const path = linked_packages();
    CHECK_INT(flow_import(&t, path, &imported), BATON_OK);
    return flow_score_package(&t, path, NULL);
}

TEST(export_puts_others_where_paths_lead) {
    static const char *const forms[] = {"a/out", "b/out.zip", "c/out.xlsx"};
    static const char *const beside[] = {"a/city", "b/city.zip", "c/city.xlsx"};
    struct export_result exported = {0};
    if (!flow_begin(&t))
        return;
    const char *const want = score_of_linked();
    for (size_t i = 0; i < LENGTH(forms); i++) {
        CASE("%s", forms[i]);
        flow_file(&t, arena_text(t.arena, forms[i], 1), "keep.txt", "");
        CHECK_INT(export_to(forms[i], false, &exported), BATON_OK);
        CHECK_TEXT(flow_found(&t), "");
        CHECK_INT(exported.count, i < 2 ? 2 : 3);
        CHECK(is_there(beside[i]));
        CHECK_TEXT(flow_score_package(&t, at(forms[i]), NULL), want);
    }
    flow_end(&t);
}

TEST(export_of_several_in_one_archive) {
    struct import_result imported;
    struct export_result exported = {0};
    if (!flow_begin(&t))
        return;
    const char *const want = score_of_linked();
    CHECK_INT(export_together("one.zip", &exported), BATON_OK);
    CHECK_INT(exported.count, 1);
    CHECK(!is_there("city.zip"));
    const char *inside = arena_printf(t.arena, "%s/towns", at("one.zip"));
    CHECK_TEXT(flow_score_package(&t, inside, NULL), want);
    /* It may be brought in by strangers: all that it names is in it. */
    struct import_wish wish = {
        .path = inside, .actor = "li", .assessment = "towns", .in_file_only = true, .threads = 1};
    CHECK_INT(package_import(t.arena, t.ledger, t.reader, &wish, &imported, &t.found), BATON_OK);
    CHECK_INT(imported.facts, 0);
    wish.assessment = "city";
    CHECK_INT(package_import(t.arena, t.ledger, t.reader, &wish, &imported, &t.found),
              BATON_IMPORT_OTHER);
    CHECK_INT(export_together("one.xlsx", &exported), BATON_EXPORT_SEVERAL);
    CHECK_INT(export_to("alone.zip", false, &exported), BATON_OK); /* the city is beside it */
    wish = (struct import_wish){
        .path = at("alone.zip"), .actor = "li", .in_file_only = true, .threads = 1};
    CHECK_INT(package_import(t.arena, t.ledger, t.reader, &wish, &imported, &t.found),
              BATON_PACKAGE_OUTSIDE);
    flow_end(&t);
}

TEST(export_takes_no_name_that_is_taken) {
    struct import_result imported;
    struct export_result exported = {0};
    if (!flow_begin(&t))
        return;
    CHECK_INT(flow_import(&t, linked_packages(), &imported), BATON_OK);
    flow_file(&t, "a/city", "mine.txt", "mine");
    CHECK_INT(export_to("a/out", false, &exported), BATON_FOLDER_NOT_EMPTY);
    CHECK(!is_there("a/out"));
    CHECK_INT(export_to("a/out", true, &exported), BATON_OK);
    CHECK(is_there("a/city.old/mine.txt"));
    flow_file(&t, "b", "city.zip", "mine");
    CHECK_INT(export_to("b/out.zip", false, &exported), BATON_FILE_THERE);
    CHECK(!is_there("b/out.zip"));
    flow_end(&t);
}

TEST(export_of_two_that_would_stand_at_one_place) {
    struct import_result imported;
    struct export_result exported = {0};
    if (!flow_begin(&t))
        return;
    flow_package(&t, "in/x/b", "scheme.yaml", LINKED("b-inner", ""));
    flow_package(&t, "in/b", "scheme.yaml", LINKED("b-outer", ""));
    flow_package(&t, "in/x/a", "scheme.yaml", LINKED("a", "succeeds: ../b\n"));
    CHECK_INT(flow_import(&t,
                          flow_package(&t, "in/p", "scheme.yaml",
                                       LINKED("towns", "imports: {o: ../b}\nsucceeds: ../x/a\n")),
                          &imported),
              BATON_OK);
    CHECK_TEXT(flow_found(&t), "");
    /* In the ledger the path of `a` may come to mean another assessment that its new place leads elsewhere with. */
    flow_file(&t, "o", "keep.txt", "");
    CHECK_INT(export_to("o/out", false, &exported), BATON_OK);
    CHECK(is_there("o/x/b/scheme.yaml") && is_there("o/b/scheme.yaml"));
    const struct fact_body moved =
        flow_fact(&t, "scheme", "towns", "link:../b", "b-outer", "link:../x/../b", "b-inner", NULL);
    struct submission submission = {.actor = "li", .fact = (struct fact_body *)&moved, .count = 1};
    struct submission decision;
    CHECK(flow_person(&t, "wang", "王敏", "committee"));
    CHECK_INT(ledger_propose(t.ledger, t.arena, &submission, "改", 0, &t.found), BATON_OK);
    CHECK_INT(ledger_decide(t.ledger, t.arena, "wang", NULL, submission.first, true, "可",
                            &decision, &t.found),
              BATON_OK);
    CHECK_TEXT(flow_found(&t), "");
    CHECK_INT(export_to("o2/out", false, &exported), BATON_EXPORT_PLACES);
    flow_end(&t);
}

/* A path of a ledger's may lead anywhere. */
TEST(export_replaces_no_folder_beside_that_is_no_package) {
    struct import_result imported;
    struct export_result exported = {0};
    if (!flow_begin(&t))
        return;
    CHECK_INT(flow_import(&t, flow_package(&t, "p", NULL, NULL), &imported), BATON_OK);
    const char *scheme = LINKED("above", "");
    struct field field[] = {{"file:scheme.yaml", scheme, strlen(scheme), 'C'},
                            {"link:..", "towns", 5, 't'}};
    const struct fact_body fact = {"scheme", "above", field, LENGTH(field)};
    CHECK_INT(flow_say(&t, "li", fact, NULL), BATON_OK);
    flow_file(&t, "home", "keep.txt", "");
    struct export_wish wish = {.view = {.reader = t.reader, .assessment = "above"},
                               .output = at("home/out"),
                               .replace = true};
    CHECK_INT(reader_size(t.reader, &wish.view.known), BATON_OK);
    CHECK_INT(package_export(t.arena, &wish, &exported, &t.found), BATON_FOLDER_NOT_EMPTY);
    CHECK(is_there("home/keep.txt"));
    CHECK(!is_there("home.old"));
    flow_end(&t);
}
