/* What waits for whom: every stage, every reason for which a post counts as vacant, and when. The lines that are wanted are written by hand from waiting.h and seats.h. */
#include "flow/collect.h"
#include "flow/indicators.h"
#include "flow/ledger_score.h"
#include "flow/overdue.h"
#include "flow/package_session.h"
#include "flow/waiting.h"
#include "flow/waiting_print.h"
#include "flow_fixture.h"
#include "ledger/account.h"
#include "unit/test.h"
#include <string.h>

/* Towns a and b of a county; the statistics bureau reports jobs of all, each town its own growth and roads; audit verifies, but for roads. */
static const char units[] = "id,name,group,parent\ncounty,县,,\na,东岭,town,county\nb,南桥,town,"
                            "county\nstat,统计局,,\naudit,审计局,,\n";
static const char indicators[] =
    "id,name,weight,method,measure,source,verifier\ngrowth,增速,2,efficacy,%,,audit\n"
    "jobs,就业,1,efficacy,人,stat,audit\nroads,道路,1,efficacy,公里,,\n";
static const char figures[] =
    "unit,element,period,value\na,growth,2020,8\na,jobs,2020,450\na,roads,2020,1\n";

static const char *const posts[][3] = {
    {"clerk_a", "unit", "a"},       {"head_a", "approver", "a"},
    {"clerk_b", "unit", "b"},       {"county", "approver", "county"},
    {"stat_clerk", "unit", "stat"}, {"stat_head", "approver", "stat"},
    {"checker", "owner", "audit"},
};

struct world {
    struct flow_test t;
    struct baton_session *session;
    struct calendar calendar;
    struct expected expected;
    struct hash accounts;
    struct standing *standing;
    bool hides; /* reports may not be seen */
    bool answers;
};

static int64_t at(const char *moment) {
    struct civil_moment civil;
    CHECK(civil_moment_parse(moment, strlen(moment), &civil));
    return civil_moment_begins_utc_ms(civil);
}

static void close_session(void *session) {
    baton_session_close(session);
}

static bool post(struct world *w, const char *person, const char *role, const char *unit,
                 const char *more, const char *value) {
    return CHECK_INT(flow_say(&w->t, "li",
                              flow_fact(&w->t, "post", "", "person", person, "role", role, "unit",
                                        unit, "from", "2021-01-01", more, value, NULL),
                              NULL),
                     BATON_OK);
}

static bool person(struct world *w, const char *id) {
    return CHECK_INT(
        flow_say(&w->t, "li", flow_fact(&w->t, "person", "", "id", id, "name", id, NULL), NULL),
        BATON_OK);
}

static bool begin(struct world *w) {
    struct import_result result;
    *w = (struct world){0};
    if (!flow_begin(&w->t))
        return false;
    const char *const path = flow_package(&w->t, "county", "units.csv", units);
    flow_file(&w->t, "county", "indicators.csv", indicators);
    flow_file(&w->t, "county", "observations.csv", figures);
    flow_file(&w->t, "county", "targets.csv", "unit,indicator,period,target\n");
    flow_file(&w->t, "county", "adjustments.csv", "unit,period,item,count,reason\n");
    if (!CHECK_INT(flow_import(&w->t, path, &result), BATON_OK)) {
        CHECK_TEXT(flow_found(&w->t), "");
        return false;
    }
    const struct standing_indicators asked =
        indicators_of(indicators_open(w->t.arena, &w->t.place));
    ledger_indicators(w->t.ledger, &asked);
    for (size_t i = 0; i < LENGTH(posts); i++)
        if (!person(w, posts[i][0]) || !post(w, posts[i][0], posts[i][1], posts[i][2], NULL, NULL))
            return false;
    return CHECK_INT(
        flow_say(&w->t, "li",
                 flow_fact(&w->t, "period", "towns", "period", "2021", "opens", "2021-08-01", "due",
                           "2021-09-10", "grace", "2021-09-13", "locks", "2021-09-30", NULL),
                 NULL),
        BATON_OK);
}

/* What the ledger says now. */
static bool look(struct world *w) {
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1};
    struct ledger_view view = {.assessment = "towns", .reader = w->t.reader};
    struct baton_package *package;
    uint64_t scheme;
    const bool is_read =
        CHECK_INT(reader_size(view.reader, &view.known), BATON_OK) &&
        CHECK_INT(ledger_package(w->t.arena, &view, &(struct baton_package_options){.threads = 1},
                                 &package, &scheme, &w->t.found),
                  BATON_OK) &&
        CHECK_INT(package_session(w->t.arena, package, &options, NULL, &w->session, &w->t.found),
                  BATON_OK);
    if (!is_read)
        return false;
    arena_on_close(w->t.arena, close_session, w->session);
    expected_all(w->t.arena, w->session, &w->expected);
    return CHECK_INT(calendar_read(w->t.arena, w->t.reader, "towns", view.known, &w->calendar,
                                   &w->t.found),
                     BATON_OK) &&
           CHECK_INT(reader_standing(w->t.reader, w->t.arena, &w->standing), BATON_OK) &&
           CHECK_INT(reader_accounts(w->t.reader, w->t.arena, &w->accounts), BATON_OK);
}

static bool sees(void *context, const struct report_list *list, const struct report_step *step) {
    const struct world *const w = context;
    (void)list, (void)step;
    return !w->hides;
}

static bool read_waiting_of(struct world *w, struct waiting_world *world, struct waiting *out) {
    if (!look(w))
        return false;
    *world = (struct waiting_world){.assessment = "towns",
                                    .session = w->session,
                                    .calendar = &w->calendar,
                                    .expected = &w->expected,
                                    .standing = w->standing,
                                    .accounts = &w->accounts,
                                    .now_utc_ms = w->t.now_utc_ms,
                                    .sees = sees,
                                    .answers = w->answers,
                                    .context = w};
    return CHECK_INT(reader_size(w->t.reader, &world->known), BATON_OK) &&
           CHECK_INT(waiting_read(w->t.arena, w->t.reader, world, NULL, 0, out, &w->t.found),
                     BATON_OK);
}

static bool read_waiting(struct world *w, struct waiting *out) {
    struct waiting_world world;
    return read_waiting_of(w, &world, out);
}

/* "draft sign approver@b -> approver@county: county, until 2021-09-10"; "" = it does not wait. */
static const char *line(struct world *w, const char *unit, const char *element) {
    struct baton_arena *const arena = w->t.arena;
    struct waiting waiting = {0};
    if (!read_waiting(w, &waiting))
        return "?";
    for (size_t i = 0; i < waiting.count; i++) {
        const struct waiting_item *const item = &waiting.item[i];
        const struct seat *const seat = item->seat;
        char until[CIVIL_MOMENT_SIZE] = "";
        if (strcmp(item->figure->unit, unit) != 0 || strcmp(item->figure->element, element) != 0)
            continue;
        const char *text =
            arena_printf(arena, "%s %s %s@%s", stage_word(item->stage), waiting_act_word(item->act),
                         waiting_role_words(arena, seat->roles), seat->unit);
        if (seat->is_vacant)
            text = arena_printf(arena, "%s -> %s@%s", text,
                                waiting_role_words(arena, seat->falls_on), seat->falls_on_unit);
        for (size_t p = 0; p < seat->count; p++)
            text = arena_printf(arena, "%s%s%s%s", text, p == 0 ? ": " : " ", seat->person[p].id,
                                seat->person[p].is_deputy ? "*" : "");
        if (item->has_until)
            civil_moment_format(item->until, until);
        return arena_printf(arena, "%s, %s%s", text, until, item->is_late ? " late" : "");
    }
    return "";
}

/* Takes the report of a figure a step further, from wherever it is. */
static baton_code act_on(struct world *w, const char *who, enum act act, const char *unit,
                         const char *element, const char *value) {
    struct submission submission = {.actor = who};
    struct entry report;
    bool is_there;
    const bool is_pending = value != NULL && strcmp(value, "pending") == 0;
    w->t.found = (struct baton_findings){.arena = w->t.arena};
    w->t.now_utc_ms += 1000;
    if (!look(w))
        return BATON_STORE_FAILED;
    TRY(collect_report(w->t.arena, w->t.reader, "towns", "2021", unit, element, &report,
                       &is_there));
    const struct collect_item item = {.unit = unit,
                                      .element = element,
                                      .at = is_there ? report.position : COLLECT_NEW,
                                      .value = is_pending ? NULL : value,
                                      .state = is_pending ? "pending" : NULL,
                                      .note = is_pending ? "the survey is in October" : NULL};
    const struct collect_wish wish = {.assessment = "towns",
                                      .actor = who,
                                      .period = "2021",
                                      .expected = &w->expected,
                                      .act = act,
                                      .reason =
                                          act == ACT_RETURN || act == ACT_REJECT ? "no" : NULL,
                                      .item = &item,
                                      .count = 1};
    TRY(collect_make(w->t.arena, w->t.reader, &wish, &submission.fact, &submission.count,
                     &w->t.found));
    return ledger_append(w->t.ledger, w->t.arena, &submission, &w->t.found);
}

static void act(struct world *w, const char *who, enum act act, const char *unit,
                const char *element, const char *value) {
    CASE("%s: %s %s of %s", who, act_info(act)->word, element, unit);
    if (!CHECK_INT(act_on(w, who, act, unit, element, value), BATON_OK))
        CHECK_TEXT(flow_found(&w->t), "");
}

TEST(waiting_follows_a_figure_from_stage_to_stage) {
    struct world w;
    if (!begin(&w))
        return;
    CHECK_TEXT(line(&w, "a", "growth"), "none draft unit approver@a: clerk_a head_a, 2021-09-10");
    CHECK_TEXT(line(&w, "a", "jobs"),
               "none draft unit approver@stat: stat_clerk stat_head, 2021-09-10");
    CHECK_TEXT(line(&w, "b", "roads"), "none draft unit approver@b: clerk_b, 2021-09-10");
    act(&w, "clerk_a", ACT_DRAFT, "a", "growth", "7.5");
    CHECK_TEXT(line(&w, "a", "growth"), "draft sign approver@a: head_a, 2021-09-10");
    act(&w, "head_a", ACT_SIGN, "a", "growth", NULL);
    CHECK_TEXT(line(&w, "a", "growth"),
               "signed submit unit approver@a: clerk_a head_a, 2021-09-10");
    act(&w, "clerk_a", ACT_SUBMIT, "a", "growth", NULL);
    CHECK_TEXT(line(&w, "a", "growth"), "submitted verify owner@audit: checker, 2021-09-30");
    act(&w, "checker", ACT_RETURN, "a", "growth", NULL);
    CHECK_TEXT(line(&w, "a", "growth"),
               "returned draft unit approver@a: clerk_a head_a, 2021-09-10");
    act(&w, "clerk_a", ACT_DRAFT, "a", "growth", "7.6");
    act(&w, "head_a", ACT_SIGN, "a", "growth", NULL);
    act(&w, "clerk_a", ACT_SUBMIT, "a", "growth", NULL);
    act(&w, "checker", ACT_VERIFY, "a", "growth", NULL);
    CHECK_TEXT(line(&w, "a", "growth"), "verified accept office@: li, 2021-09-30");
    act(&w, "li", ACT_ACCEPT, "a", "growth", NULL);
    CHECK_TEXT(line(&w, "a", "growth"), "");
    /* Nobody verifies roads. */
    act(&w, "clerk_a", ACT_DRAFT, "a", "roads", "3");
    act(&w, "head_a", ACT_SIGN, "a", "roads", NULL);
    act(&w, "clerk_a", ACT_SUBMIT, "a", "roads", NULL);
    CHECK_TEXT(line(&w, "a", "roads"), "submitted accept office@: li, 2021-09-30");
    flow_end(&w.t);
}

TEST(waiting_is_for_the_office_after_three_returns) {
    struct world w;
    if (!begin(&w))
        return;
    for (int i = 0; i < 3; i++) {
        act(&w, "clerk_a", ACT_DRAFT, "a", "growth", i == 0 ? "7" : i == 1 ? "8" : "9");
        act(&w, "head_a", ACT_SIGN, "a", "growth", NULL);
        act(&w, "clerk_a", ACT_SUBMIT, "a", "growth", NULL);
        act(&w, "checker", ACT_RETURN, "a", "growth", NULL);
    }
    act(&w, "clerk_a", ACT_DRAFT, "a", "growth", "10");
    act(&w, "head_a", ACT_SIGN, "a", "growth", NULL);
    act(&w, "clerk_a", ACT_SUBMIT, "a", "growth", NULL);
    CHECK_TEXT(line(&w, "a", "growth"), "submitted accept office@: li, 2021-09-30");
    flow_end(&w.t);
}

/* Whoever drafted it does not sign it off; where nobody else of the unit may, the approver above does, else the office sees to it. */
TEST(waiting_at_a_vacant_post_falls_on_the_next) {
    struct world w;
    if (!begin(&w))
        return;
    act(&w, "clerk_b", ACT_DRAFT, "b", "growth", "5");
    CHECK_TEXT(line(&w, "b", "growth"),
               "draft sign approver@b -> approver@county: county, 2021-09-10");
    act(&w, "head_a", ACT_DRAFT, "a", "growth", "5");
    CHECK_TEXT(line(&w, "a", "growth"),
               "draft sign approver@a -> approver@county: county, 2021-09-10");
    CHECK_INT(act_on(&w, "head_a", ACT_SIGN, "a", "growth", NULL), BATON_SIGN_OWN);
    act(&w, "county", ACT_SIGN, "a", "growth", NULL); /* on whom it fell, may */
    CHECK_TEXT(line(&w, "a", "growth"),
               "signed submit unit approver@a: clerk_a head_a, 2021-09-10");
    /* The county's approver drafts for b: then nobody is left above. */
    act(&w, "county", ACT_DRAFT, "b", "roads", "5");
    CHECK_TEXT(line(&w, "b", "roads"), "draft sign approver@b -> office@: li, 2021-09-10");
    /* A deputy of the approver counts, and is told to be one; as holder and deputy in one person, as the holder. */
    person(&w, "deputy_b");
    post(&w, "deputy_b", "approver", "b", "deputy", "1");
    CHECK_TEXT(line(&w, "b", "growth"), "draft sign approver@b: deputy_b*, 2021-09-10");
    act(&w, "deputy_b", ACT_SIGN, "b", "growth", NULL);
    post(&w, "county", "approver", "b", "deputy", "1");
    CHECK_TEXT(line(&w, "b", "growth"),
               "signed submit unit approver@b: clerk_b county* deputy_b*, 2021-09-10");
    /* Whoever drafted it does not verify it either. */
    post(&w, "checker", "unit", "a", "deputy", "1");
    act(&w, "clerk_a", ACT_RECALL, "a", "growth", NULL);
    act(&w, "checker", ACT_DRAFT, "a", "growth", "6");
    act(&w, "county", ACT_SIGN, "a", "growth", NULL);
    act(&w, "clerk_a", ACT_SUBMIT, "a", "growth", NULL);
    CHECK_TEXT(line(&w, "a", "growth"), "submitted verify owner@audit -> office@: li, 2021-09-30");
    CHECK_INT(act_on(&w, "checker", ACT_VERIFY, "a", "growth", NULL), BATON_VERIFY_OWN);
    w.t.found = (struct baton_findings){.arena = w.t.arena};
    person(&w, "second");
    post(&w, "second", "owner", "audit", "deputy", "1");
    CHECK_TEXT(line(&w, "a", "growth"), "submitted verify owner@audit: second*, 2021-09-30");
    act(&w, "second", ACT_VERIFY, "a", "growth", NULL);
    flow_end(&w.t);
}

static void withdraw_person(struct world *w, const char *id, uint64_t position) {
    CHECK_INT(flow_say(&w->t, "li",
                       flow_fact(&w->t, "person", "", "@corrects",
                                 arena_printf(w->t.arena, "%llu", (unsigned long long)position),
                                 "@reason", "left", "@withdrawn", "1", "id", id, NULL),
                       NULL),
              BATON_OK);
}

/* Where the fact of a kind with that text in a field stands. */
struct looking_for {
    const char *field, *text;
    uint64_t position;
};

static baton_code take_position(void *context, const struct fact_row *row) {
    struct looking_for *const for_it = context;
    if (strcmp(body_text(&row->entry.body, for_it->field), for_it->text) == 0)
        for_it->position = row->position;
    return BATON_OK;
}

static uint64_t position_of(struct world *w, enum fact_kind kind, const char *field,
                            const char *text) {
    struct looking_for for_it = {field, text, 0};
    CHECK_INT(reader_rows(w->t.reader, "", kind, UINT64_MAX >> 1, take_position, &for_it),
              BATON_OK);
    CHECK(for_it.position > 0);
    return for_it.position;
}

/* Nothing stays with somebody who is gone: withdrawn, handed over, moved, without an account. */
TEST(waiting_stays_with_nobody_who_is_gone) {
    struct world w;
    if (!begin(&w))
        return;
    act(&w, "clerk_a", ACT_DRAFT, "a", "growth", "5");
    withdraw_person(&w, "head_a", position_of(&w, FACT_PERSON, "id", "head_a"));
    CHECK_TEXT(line(&w, "a", "growth"),
               "draft sign approver@a -> approver@county: county, 2021-09-10");
    /* The clerk's post ends and goes to a successor, in the middle of the period. */
    person(&w, "successor");
    const uint64_t old = position_of(&w, FACT_POST, "person", "clerk_a");
    CHECK_INT(flow_say(&w.t, "li",
                       flow_fact(&w.t, "post", "", "@corrects",
                                 arena_printf(w.t.arena, "%llu", (unsigned long long)old),
                                 "@reason", "moves", "from", "2021-01-01", "person", "clerk_a",
                                 "role", "unit", "to", "2021-08-31", "unit", "a", NULL),
                       NULL),
              BATON_OK);
    CHECK_INT(flow_say(&w.t, "li",
                       flow_fact(&w.t, "post", "", "from", "2021-09-01", "person", "successor",
                                 "role", "unit", "unit", "a", NULL),
                       NULL),
              BATON_OK);
    CHECK_INT(flow_say(&w.t, "li",
                       flow_fact(&w.t, "post", "", "from", "2021-09-01", "person", "clerk_a",
                                 "role", "unit", "unit", "b", NULL),
                       NULL),
              BATON_OK);
    CHECK_TEXT(line(&w, "a", "roads"), "none draft unit approver@a: clerk_a, 2021-09-10");
    CHECK_TEXT(line(&w, "b", "roads"), "none draft unit approver@b: clerk_b, 2021-09-10");
    w.t.now_utc_ms = at("2021-09-01");
    CHECK_TEXT(line(&w, "a", "roads"), "none draft unit approver@a: successor, 2021-09-10");
    CHECK_TEXT(line(&w, "b", "roads"), "none draft unit approver@b: clerk_a clerk_b, 2021-09-10");
    CHECK_INT(act_on(&w, "clerk_a", ACT_DRAFT, "a", "roads", "1"), BATON_RIGHT_UNIT);
    act(&w, "successor", ACT_DRAFT, "a", "growth", "5.5"); /* what was under way goes on */
    flow_end(&w.t);
}

TEST(waiting_stays_with_no_closed_account) {
    static const char *const holders[] = {"li", "clerk_a", "head_a", "clerk_b", "county"};
    const struct accounts_settings cheap = {.cost = {8, 1}};
    struct accounts *accounts;
    char first[PASSWORD_FIRST_SIZE];
    struct world w;
    if (!begin(&w) ||
        !CHECK_INT(accounts_open(w.t.arena, &w.t.world, &w.t.place, &cheap, &accounts, &w.t.found),
                   BATON_OK))
        return;
    act(&w, "clerk_a", ACT_DRAFT, "a", "growth", "5");
    CHECK_TEXT(line(&w, "a", "growth"), "draft sign approver@a: head_a, 2021-09-10");
    for (size_t i = 0; i < LENGTH(holders); i++)
        CHECK_INT(account_make(accounts, holders[i], first, &w.t.found), BATON_OK);
    CHECK_TEXT(line(&w, "a", "growth"), "draft sign approver@a: head_a, 2021-09-10");
    CHECK_TEXT(line(&w, "a", "jobs"),
               "none draft unit approver@stat -> office@: li, 2021-09-10"); /* they have none */
    CHECK_INT(account_close(accounts, "head_a", &w.t.found), BATON_OK);
    CHECK_TEXT(line(&w, "a", "growth"),
               "draft sign approver@a -> approver@county: county, 2021-09-10");
    CHECK_INT(account_close(accounts, "county", &w.t.found), BATON_OK);
    CHECK_TEXT(line(&w, "a", "growth"), "draft sign approver@a -> office@: li, 2021-09-10");
    CHECK_INT(account_close(accounts, "clerk_a", &w.t.found), BATON_OK);
    CHECK_TEXT(line(&w, "a", "roads"), "none draft unit approver@a -> office@: li, 2021-09-10");
    CHECK_INT(account_close(accounts, "li", &w.t.found), BATON_OK);
    CHECK_TEXT(line(&w, "a", "roads"), "none draft unit approver@a -> office@, 2021-09-10");
    CHECK_INT(account_make(accounts, "head_a", first, &w.t.found), BATON_OK);
    CHECK_TEXT(line(&w, "a", "growth"), "draft sign approver@a: head_a, 2021-09-10");
    flow_end(&w.t);
}

/* What is due, late, too late, locked; an exception; a post for an indicator. */
TEST(waiting_knows_the_time) {
    struct world w;
    uint64_t proposal = 0;
    if (!begin(&w))
        return;
    w.t.now_utc_ms = at("2021-07-31");
    CHECK_TEXT(line(&w, "a", "growth"), ""); /* not open yet */
    w.t.now_utc_ms = at("2021-09-05");
    act(&w, "clerk_a", ACT_DRAFT, "a", "growth", "5");
    act(&w, "clerk_a", ACT_DRAFT, "a", "roads", "5");
    act(&w, "head_a", ACT_SIGN, "a", "roads", NULL);
    act(&w, "clerk_a", ACT_SUBMIT, "a", "roads", NULL);
    act(&w, "li", ACT_REJECT, "a", "roads", NULL);
    act(&w, "clerk_b", ACT_DRAFT, "b", "roads", "pending");
    act(&w, "county", ACT_SIGN, "b", "roads", NULL);
    act(&w, "clerk_b", ACT_SUBMIT, "b", "roads", NULL);
    act(&w, "li", ACT_ACCEPT, "b", "roads", NULL);
    CHECK_TEXT(line(&w, "b", "roads"), "accepted draft unit approver@b: clerk_b, 2021-09-10");
    w.t.now_utc_ms = at("2021-09-11");
    CHECK_TEXT(line(&w, "b", "roads"), "accepted draft unit approver@b: clerk_b, 2021-09-13 late");
    CHECK_TEXT(line(&w, "a", "growth"), "draft sign approver@a: head_a, 2021-09-13 late");
    w.t.now_utc_ms = at("2021-09-14");
    CHECK_TEXT(line(&w, "a", "growth"), "draft except office@: li,  late");
    CHECK_TEXT(line(&w, "b", "growth"), "none except office@: li,  late");
    CHECK_TEXT(line(&w, "b", "roads"), "accepted except office@: li,  late");
    CHECK_TEXT(line(&w, "a", "roads"),
               "returned draft unit approver@a: clerk_a head_a, 2021-09-30 late");
    struct fact_body exception =
        flow_fact(&w.t, "exception", "towns", "due", "2021-09-20", "element", "growth", "period",
                  "2021", "unit", "a", NULL);
    struct submission decided, submission = {.actor = "clerk_a", .fact = &exception, .count = 1};
    CHECK_INT(ledger_propose(w.t.ledger, w.t.arena, &submission, "ill", 0, &w.t.found), BATON_OK);
    proposal = submission.first;
    CHECK_INT(ledger_decide(w.t.ledger, w.t.arena, "li", NULL, proposal, true, "seen", &decided,
                            &w.t.found),
              BATON_OK);
    CHECK_TEXT(line(&w, "a", "growth"), "draft sign approver@a: head_a, 2021-09-20");
    w.t.now_utc_ms = at("2021-10-01");
    CHECK_TEXT(line(&w, "a", "growth"), "draft correct office@: li,  late");
    CHECK_TEXT(line(&w, "a", "roads"), "returned correct office@: li, ");
    CHECK_TEXT(line(&w, "b", "roads"), "accepted correct office@: li,  late");
    flow_end(&w.t);
}

TEST(waiting_goes_by_the_indicator_of_a_post) {
    struct world w;
    if (!begin(&w))
        return;
    person(&w, "roads_b");
    post(&w, "roads_b", "approver", "b", "indicator", "roads");
    act(&w, "clerk_b", ACT_DRAFT, "b", "roads", "5");
    act(&w, "clerk_b", ACT_DRAFT, "b", "growth", "5");
    CHECK_TEXT(line(&w, "b", "roads"), "draft sign approver@b: roads_b, 2021-09-10");
    CHECK_TEXT(line(&w, "b", "growth"),
               "draft sign approver@b -> approver@county: county, 2021-09-10");
    flow_end(&w.t);
}

/* What may not be seen is as if it were not there, unless it has fallen on whoever asks. */
TEST(waiting_hides_drafts) {
    struct world w;
    if (!begin(&w))
        return;
    act(&w, "clerk_a", ACT_DRAFT, "a", "growth", "5");
    act(&w, "county", ACT_DRAFT, "b", "roads", "5"); /* nobody else may sign it off */
    w.hides = true;
    CHECK_TEXT(line(&w, "a", "growth"), "none draft unit approver@a: clerk_a head_a, 2021-09-10");
    CHECK_TEXT(line(&w, "b", "roads"), "none draft unit approver@b: clerk_b, 2021-09-10");
    w.answers = true;
    CHECK_TEXT(line(&w, "a", "growth"), "none draft unit approver@a: clerk_a head_a, 2021-09-10");
    CHECK_TEXT(line(&w, "b", "roads"), "draft sign approver@b -> office@: li, 2021-09-10");
    flow_end(&w.t);
}

static struct fact_body roads_withdrawn(struct world *w, uint64_t position) {
    return flow_fact(&w->t, "observation", "towns", "@corrects",
                     arena_printf(w->t.arena, "%llu", (unsigned long long)position), "@reason",
                     "wrong", "@withdrawn", "1", "element", "roads", "period", "2021", "unit", "a",
                     NULL);
}

/* The figure of a that is accepted. */
static uint64_t accept_roads(struct world *w) {
    struct looking_for for_it = {"element", "roads", 0};
    act(w, "clerk_a", ACT_DRAFT, "a", "roads", "5");
    act(w, "head_a", ACT_SIGN, "a", "roads", NULL);
    act(w, "clerk_a", ACT_SUBMIT, "a", "roads", NULL);
    act(w, "li", ACT_ACCEPT, "a", "roads", NULL);
    CHECK_TEXT(line(w, "a", "roads"), "");
    CHECK_INT(reader_rows(w->t.reader, "towns", FACT_OBSERVATION, UINT64_MAX >> 1, take_position,
                          &for_it),
              BATON_OK);
    return for_it.position;
}

/* An accepted figure that is gone waits for the office: to be returned, where an earlier version let it be withdrawn. */
TEST(waiting_sees_that_an_accepted_figure_is_gone) {
    struct world w;
    if (!begin(&w))
        return;
    const uint64_t figure = accept_roads(&w);
    CHECK_INT(flow_say(&w.t, "li", roads_withdrawn(&w, figure), NULL), BATON_FIGURE_ACCEPTED);
    flow_found(&w.t);
    CHECK_TEXT(line(&w, "a", "roads"), "");
    ledger_indicators(w.t.ledger, &(struct standing_indicators){0}); /* as if nobody asked for it */
    CHECK_INT(flow_say(&w.t, "li", roads_withdrawn(&w, figure), NULL), BATON_OK);
    CHECK_TEXT(line(&w, "a", "roads"), "accepted return office@: li, 2021-09-30");
    flow_end(&w.t);
}

/* Where it is locked two may withdraw it; then two have to say what is right. */
TEST(waiting_sees_that_a_locked_figure_is_gone) {
    struct world w;
    if (!begin(&w))
        return;
    struct fact_body withdrawn = roads_withdrawn(&w, accept_roads(&w));
    person(&w, "second");
    post(&w, "second", "office", "", "to", "2999-12-31");
    w.t.now_utc_ms = at("2021-10-01");
    struct submission decided, submission = {.actor = "li", .fact = &withdrawn, .count = 1};
    CHECK_INT(ledger_propose(w.t.ledger, w.t.arena, &submission, "wrong", 0, &w.t.found), BATON_OK);
    CHECK_INT(ledger_decide(w.t.ledger, w.t.arena, "second", NULL, submission.first, true, "",
                            &decided, &w.t.found),
              BATON_OK);
    CHECK_TEXT(line(&w, "a", "roads"), "accepted correct office@: li second, ");
    flow_end(&w.t);
}

TEST(waiting_is_looked_for) {
    struct world w;
    struct waiting waiting = {0};
    struct waiting_totals totals = {0};
    size_t of_a = 0, of_stat = 0, drafts = 0, of_checker = 0, of_office = 0;
    if (!begin(&w))
        return;
    act(&w, "clerk_a", ACT_DRAFT, "a", "growth", "5");
    act(&w, "stat_clerk", ACT_DRAFT, "a", "jobs", "5");
    act(&w, "stat_head", ACT_SIGN, "a", "jobs", NULL);
    act(&w, "stat_clerk", ACT_SUBMIT, "a", "jobs", NULL);
    if (!read_waiting(&w, &waiting))
        return;
    CHECK_INT(waiting.count, 6);
    for (size_t i = 0; i < waiting.count; i++) {
        const struct waiting_item *const item = &waiting.item[i];
        waiting_count(&totals, item);
        of_a += waiting_is(item, &(struct waiting_filter){.unit = "a"});
        of_stat += waiting_is(item, &(struct waiting_filter){.reporter = "stat"});
        drafts += waiting_is(item, &(struct waiting_filter){.stage = "draft"});
        of_checker += waiting_is(item, &(struct waiting_filter){.person = "checker"});
        of_office += waiting_is(item, &(struct waiting_filter){.role = rights_bits("office")});
    }
    CHECK_INT(of_a, 3);
    CHECK_INT(of_stat, 2);
    CHECK_INT(drafts, 1);
    CHECK_INT(of_checker, 1);
    CHECK_INT(of_office, 0);
    CHECK_INT(totals.stage[STAGE_NONE], 4);
    CHECK_INT(totals.stage[STAGE_DRAFT], 1);
    CHECK_INT(totals.stage[STAGE_SUBMITTED], 1);
    CHECK_INT(totals.vacant, 0);
    flow_end(&w.t);
}

/* "stat 2 shut 0 due 2021-09-10 approver@stat: stat_head; ..." */
static const char *overdue(struct world *w) {
    struct baton_arena *const arena = w->t.arena;
    struct waiting_world world;
    struct waiting waiting = {0};
    struct overdue of;
    const char *text = "";
    if (!read_waiting_of(w, &world, &waiting))
        return "?";
    overdue_of(arena, &world, &waiting, &of);
    uint64_t late = 0;
    for (size_t i = 0; i < of.count; i++) {
        const struct overdue_row *const row = &of.row[i];
        char due[CIVIL_MOMENT_SIZE];
        civil_moment_format(row->due, due);
        text = arena_printf(
            arena, "%s%s%s %llu shut %llu due %s %s%s", text, i > 0 ? "; " : "", row->reporter,
            (unsigned long long)row->count, (unsigned long long)row->shut, due,
            waiting_role_words(arena, row->seat->roles), row->seat->is_vacant ? " vacant" : "");
        for (size_t p = 0; p < row->seat->count; p++)
            text =
                arena_printf(arena, "%s%s%s", text, p == 0 ? ": " : " ", row->seat->person[p].id);
        late += row->count;
    }
    CHECK_INT(of.figures, late);
    return text;
}

/* The approver answers, the clerk where there is none; what was submitted is not late, whoever has it. */
TEST(overdue_tells_who_answers) {
    struct world w;
    if (!begin(&w))
        return;
    act(&w, "stat_clerk", ACT_DRAFT, "a", "jobs", "5");
    act(&w, "stat_head", ACT_SIGN, "a", "jobs", NULL);
    act(&w, "stat_clerk", ACT_SUBMIT, "a", "jobs", NULL);
    CHECK_TEXT(overdue(&w), "");
    w.t.now_utc_ms = at("2021-09-11");
    CHECK_TEXT(overdue(&w), "a 2 shut 0 due 2021-09-10 approver: head_a; "
                            "b 2 shut 0 due 2021-09-10 unit approver: clerk_b; "
                            "stat 1 shut 0 due 2021-09-10 approver: stat_head");
    w.t.now_utc_ms = at("2021-09-14");
    withdraw_person(&w, "clerk_b", position_of(&w, FACT_PERSON, "id", "clerk_b"));
    person(&w, "roads_a");
    post(&w, "roads_a", "approver", "a", "indicator", "roads");
    CHECK_TEXT(overdue(&w), "b 2 shut 2 due 2021-09-10 approver vacant: county; "
                            "a 1 shut 1 due 2021-09-10 approver: head_a; "
                            "a 1 shut 1 due 2021-09-10 approver: head_a roads_a; "
                            "stat 1 shut 1 due 2021-09-10 approver: stat_head");
    flow_end(&w.t);
}
