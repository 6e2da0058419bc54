/* Reports: every stage to every stage by everybody, allowed and refused; when, what and how often. What may is written here by hand. */
#include "ledger/stage.h"
#include "ledger/standing.h"
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

/* Who acts: a letter each. */
static const struct {
    char letter;
    const char *id, *post;
} people[] = {
    {'c', "clerk", "role=unit unit=a"},
    {'d', "second", "role=unit unit=a"},
    {'C', "other_clerk", "role=unit unit=b"},
    {'p', "approver", "role=approver unit=a"},
    {'P', "other_approver", "role=approver unit=b"},
    {'v', "verifier", "role=owner unit=v"},
    {'w', "other_owner", "role=owner unit=w"},
    {'o', "li.wei", NULL},
    {'m', "committee", "role=committee"},
    {'l', "leader", "role=leader"},
    {'k', "cadre", "role=cadre unit=a"},
    {'s', "supervisor", "role=supervisor"},
    /* Deputies act as the holders would. */
    {'D', "deputy_clerk", "role=unit unit=a deputy=1"},
    {'q', "deputy_approver", "role=approver unit=a deputy=1"},
    {'V', "deputy_verifier", "role=owner unit=v deputy=1"},
    {'O', "deputy_office", "role=office deputy=1"},
    /* Handed over in the middle of the period: the one before, the one after; one whose post is still to come. */
    {'x', "predecessor", "role=approver unit=a to=2021-09-03"},
    {'y', "successor", "role=approver unit=a from=2021-09-04"},
    {'z', "to_come", "role=approver unit=a from=2021-09-20"},
    /* Moved to another unit: what is under way stays behind. */
    {'n', "moved", "role=unit unit=a to=2021-09-03"},
    {'n', "moved", "role=unit unit=b from=2021-09-04"},
    /* Owners of no department: of the assessment, and of nothing in particular. */
    {'t', "assessment_owner", "role=owner assessment=city"},
    {'u', "any_owner", "role=owner"},
    /* Those who look after the ledger; the last of them ends what the office may do in their place. */
    {'a', "auditor", "role=auditor"},
    {'S', "system_admin", "role=system_admin"},
    {'X', "security_admin", "role=security_admin"},
};

static const char *id_of(char letter) {
    for (size_t i = 0; i < LENGTH(people); i++)
        if (people[i].letter == letter)
            return people[i].id;
    return "nobody";
}

/* From, to, the letters of those who may: of a figure that department v verifies, and of one that nobody does. */
static const struct {
    const char *from, *to, *with, *without;
} steps[] = {
    {"none", "draft", "cdpDqy", "cdpDqy"},       {"draft", "draft", "cdpDqy", "cdpDqy"},
    {"returned", "draft", "cdpDqy", "cdpDqy"},   {"signed", "draft", "cdpDqy", "cdpDqy"},
    {"submitted", "draft", "cdpDqy", "cdpDqy"},  {"draft", "signed", "pqy", "pqy"},
    {"signed", "submitted", "cdpDqy", "cdpDqy"}, {"submitted", "returned", "voVtO", "oO"},
    {"submitted", "verified", "vVt", ""},        {"submitted", "accepted", "", "oO"},
    {"verified", "accepted", "oO", "oO"},        {"verified", "returned", "oO", "oO"},
    {"accepted", "returned", "oO", "oO"},
};

/* How a figure comes to be at a stage: the stages before it, and who takes it there. */
static const struct {
    const char *stage, *before;
    char who;
} ways[] = {{"draft", "none", 'c'},         {"signed", "draft", 'p'},
            {"submitted", "signed", 'c'},   {"returned", "submitted", 'o'},
            {"verified", "submitted", 'v'}, {"accepted", "verified", 'o'}};

static const char *const stages[] = {"none",     "draft",    "signed",  "submitted",
                                     "returned", "verified", "accepted"};

/* An element that nobody asks for any more. */
static const char *forgotten = "";

/* Units report their own figures, s those whose names begin with `s`; v verifies, but for those that begin with `n`. Those that begin with `z` nobody asks for. */
static bool responsible(void *context, int64_t scheme, const struct fact_body *figure,
                        const char **reporter, const char **verifier, bool *is_sound,
                        bool *needs_evidence) {
    static char own[64];
    const char first = body_text(figure, "element")[0];
    (void)context, (void)scheme;
    snprintf(own, sizeof own, "%s", first == 's' ? "s" : body_text(figure, "unit"));
    *reporter = own;
    *verifier = first == 'n' ? "" : "v";
    *needs_evidence = first == 'x';
    *is_sound = strcmp(body_text(figure, "value"), "nonsense") != 0;
    return first != 'z' && strcmp(body_text(figure, "element"), forgotten) != 0;
}

/* A report that is taken along. */
struct report {
    struct ledger_test *test;
    const char *element, *value, *reporter;
    const char *stage, *drafter, *last; /* "" = none yet; who acted last */
    const char *drafted;                /* the value that drafter drafted */
    uint64_t position;                  /* 0 = none yet */
    unsigned returns;                   /* by whoever verifies */
    bool is_reopened;                   /* by the office */
};

static bool verifies(const char *who) {
    return strcmp(who, "verifier") == 0 || strcmp(who, "deputy_verifier") == 0 ||
           strcmp(who, "assessment_owner") == 0 || strcmp(who, "both") == 0;
}

static baton_code act(struct report *report, const char *who, const char *to, const char *more) {
    struct ledger_test *const test = report->test;
    struct baton_arena *const arena = test->arena;
    const bool returns = strcmp(to, "returned") == 0, accepts = strcmp(to, "accepted") == 0;
    const bool drafts = strcmp(to, "draft") == 0 && strcmp(report->stage, "signed") != 0 &&
                        strcmp(report->stage, "submitted") != 0;
    const bool keeps = drafts && strcmp(report->stage, "draft") == 0 &&
                       strcmp(report->drafted, report->value) == 0 &&
                       strcmp(report->drafter, who) != 0; /* the same once more */
    const unsigned count = report->returns + (returns && verifies(who));
    const char *fields = arena_printf(
        arena, "unit=a element=%s period=2021-08 reporter=%s stage=%s value=%s%s%s",
        report->element, report->reporter, to, report->value, more[0] != '\0' ? " " : "", more);
    if (count > 0)
        fields = arena_printf(arena, "%s returns=%u", fields, count);
    const bool reopens = report->is_reopened || (returns && !verifies(who));
    if (reopens)
        fields = arena_printf(arena, "%s reopened=1", fields);
    if ((!drafts || keeps) && report->drafter[0] != '\0')
        fields = arena_printf(arena, "%s drafter=%s", fields, report->drafter);
    if (report->position > 0)
        fields =
            arena_printf(arena, "%s @corrects=%llu", fields, (unsigned long long)report->position);
    if (returns)
        fields = arena_printf(arena, "%s @reason=look_again", fields);
    const char *const note = strstr(more, " note="); /* no part of the figure */
    const int size = (int)(note != NULL ? (size_t)(note - more) : strlen(more));
    const char *const figure = arena_printf(
        arena, "unit=a element=%s period=2021-08 value=%s%s%.*s%s", report->element, report->value,
        size > 0 ? " " : "", size, more,
        strcmp(report->stage, "verified") == 0 ? arena_printf(arena, " @verifier=%s", report->last)
                                               : "");
    struct fact_body facts[2] = {ledger_test_fact(test, "report", "city", fields),
                                 ledger_test_fact(test, "observation", "city", figure)};
    struct submission submission = {.actor = who, .fact = facts, .count = accepts ? 2 : 1};
    test->found = (struct baton_findings){.arena = arena};
    const baton_code code = ledger_append(test->ledger, arena, &submission, &test->found);
    if (code == BATON_OK) {
        report->position = submission.first;
        report->returns = count;
        report->is_reopened = reopens;
        report->stage = to;
        report->last = who;
        if (drafts && !keeps)
            report->drafter = who;
        if (drafts)
            report->drafted = report->value;
    }
    return code;
}

/* Takes a new report to a stage. */
static void bring(struct report *report, const char *stage) {
    for (size_t i = 0; i < LENGTH(ways); i++)
        if (strcmp(ways[i].stage, stage) == 0) {
            const bool skips = report->element[0] == 'n' && strcmp(stage, "accepted") == 0;
            bring(report, skips ? "submitted" : ways[i].before);
            CHECK_DONE(report->test, act(report, id_of(ways[i].who), stage, ""));
        }
}

static bool make(struct ledger_test *test, enum store_kind kind) {
    static const struct standing_indicators indicators = {.responsible = responsible};
    atomic_store(&ledger_test_now_utc_ms, INT64_C(1630800000000)); /* 2021-09-05 in China */
    if (!ledger_test_make(test, store_fixture_new(kind), DIGEST_SHA256, SIGNATURE_ED25519))
        return false;
    ledger_indicators(test->ledger, &indicators);
    CHECK_DONE(test,
               ledger_test_say(test, "li.wei", "scheme", "city", "file:scheme.yaml:=x", NULL));
    CHECK_DONE(test, ledger_test_say(test, "li.wei", "period", "city",
                                     "period=2021-08 opens=2021-09-01 due=2021-09-10 "
                                     "grace=2021-09-13 locks=2021-09-30",
                                     NULL));
    for (size_t i = 0; i < LENGTH(people); i++) {
        if (people[i].post == NULL)
            continue;
        if (i == 0 || people[i].letter != people[i - 1].letter)
            CHECK_DONE(test, ledger_test_say(
                                 test, "li.wei", "person", "",
                                 arena_printf(test->arena, "id=%s name:=P", people[i].id), NULL));
        const bool begins = strstr(people[i].post, "from=") != NULL;
        CHECK_DONE(test,
                   ledger_test_say(test, "li.wei", "post", "",
                                   arena_printf(test->arena, "person=%s %s%s", people[i].id,
                                                begins ? "" : "from=2021-01-01 ", people[i].post),
                                   NULL));
    }
    return true;
}

static void end(struct ledger_test *test) {
    ledger_test_close(test);
    atomic_store(&ledger_test_now_utc_ms, LEDGER_TEST_BEGINS);
}

static struct report begin(struct ledger_test *test, char first) {
    static unsigned number;
    return (struct report){.test = test,
                           .element = arena_printf(test->arena, "%c%u", first, number++),
                           .value = "7",
                           .stage = "",
                           .drafter = "",
                           .drafted = "",
                           .last = "",
                           .reporter = first == 's' ? "s" : "a"};
}

static const char *may(const char *from, const char *to, bool has_verifier) {
    for (size_t i = 0; i < LENGTH(steps); i++)
        if (strcmp(steps[i].from, from) == 0 && strcmp(steps[i].to, to) == 0)
            return has_verifier ? steps[i].with : steps[i].without;
    return "";
}

static void walk_one(struct ledger_test *test, const char *from, const char *to, char first,
                     char who) {
    struct report report = begin(test, first);
    uint64_t before, after;
    if (first == 'n' && strcmp(from, "verified") == 0)
        return; /* nobody verifies it */
    bring(&report, from);
    report.value =
        strcmp(to, "draft") == 0 && strcmp(from, "signed") != 0 && strcmp(from, "submitted") != 0
            ? "8"
            : "7";
    CASE("%s to %s by %s (%c)", from, to, id_of(who), first);
    const bool wanted = strchr(may(from, to, first != 'n'), who) != NULL;
    before = report.position;
    const baton_code code = act(&report, id_of(who), to, "");
    after = report.position;
    CHECK((code == BATON_OK) == wanted);
    CHECK((after != before) == wanted);
    if (!wanted) /* nothing of a step to the same stage would be new */
        CHECK(code == BATON_STAGE_WRONG || code == BATON_RIGHT_LACKING ||
              code == BATON_RIGHT_UNIT || code == BATON_VERIFIER_OTHER ||
              (code == BATON_FACT_SAME && strcmp(from, to) == 0));
}

TEST(reports_go_from_stage_to_stage_by_whoever_may) {
    struct ledger_test test;
    if (!make(&test, STORE_SQLITE))
        return;
    for (size_t f = 0; f < LENGTH(stages); f++)
        for (size_t t = 1; t < LENGTH(stages); t++)
            for (size_t w = 0; w < LENGTH(people); w++) {
                walk_one(&test, stages[f], stages[t], 'e', people[w].letter);
                walk_one(&test, stages[f], stages[t], 'n', people[w].letter);
            }
    end(&test);
}

static bool has_step(const char *from, const char *to) {
    for (size_t i = 0; i < LENGTH(steps); i++)
        if (strcmp(steps[i].from, from) == 0 && strcmp(steps[i].to, to) == 0)
            return true;
    return false;
}

/* Whether somebody above holds a post of the role; the office is held by whoever founded the ledger. */
static bool has_role(enum role role) {
    char post[64];
    snprintf(post, sizeof post, "role=%s", role_word(role));
    for (size_t i = 0; i < LENGTH(people); i++) {
        const char *const at = people[i].post == NULL ? NULL : strstr(people[i].post, post);
        if (at != NULL && (at[strlen(post)] == '\0' || at[strlen(post)] == ' '))
            return true;
    }
    return false;
}

/* What is added to the program's tables is missed here until the tables above have it, too. */
TEST(every_stage_act_and_role_is_walked) {
    CHECK_INT(LENGTH(stages), STAGES);
    for (int stage = 0; stage < STAGES; stage++)
        CHECK_TEXT(stages[stage], stage_word((enum stage)stage));
    for (int role = 0; role < ROLE_COUNT; role++) {
        CASE("%s", role_word((enum role)role));
        CHECK(has_role((enum role)role));
    }
    bool leads[STAGES][STAGES] = {{false}};
    for (int act = 0; act < ACTS; act++)
        for (int from = 0; from < STAGES; from++)
            for (int to = 0; to < STAGES; to++)
                leads[from][to] |= act_leads((enum act)act, (enum stage)from, (enum stage)to);
    for (int from = 0; from < STAGES; from++)
        for (int to = 0; to < STAGES; to++) {
            CASE("%s to %s", stages[from], stages[to]);
            CHECK_INT(leads[from][to], has_step(stages[from], stages[to]));
        }
}

/* On both stores: all the way, and back. */
TEST(reports_are_returned_three_times_and_then_for_the_office) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        if (!make(&test, kind))
            return;
        struct report report = begin(&test, 'e');
        for (unsigned i = 0; i < 3; i++) {
            CHECK_DONE(&test, act(&report, "clerk", "draft", ""));
            CHECK_DONE(&test, act(&report, "approver", "signed", ""));
            CHECK_DONE(&test, act(&report, "second", "submitted", ""));
            if (i == 1)
                CHECK_INT(act(&report, "li.wei", "accepted", ""), BATON_STAGE_WRONG);
            CHECK_DONE(&test, act(&report, "verifier", "returned", ""));
        }
        CHECK_DONE(&test, act(&report, "clerk", "draft", ""));
        CHECK_DONE(&test, act(&report, "approver", "signed", ""));
        CHECK_DONE(&test, act(&report, "clerk", "submitted", ""));
        CHECK_INT(act(&report, "verifier", "returned", ""), BATON_REPORT_RETURNS);
        CHECK_TEXT(test.found.item[0].arg[0], "3");
        CHECK_DONE(&test, act(&report, "li.wei", "accepted", ""));
        CHECK_INT(
            ledger_test_say(&test, "li.wei", "observation", "city",
                            arena_printf(test.arena, "unit=a element=%s period=2021-08 value=9",
                                         report.element),
                            NULL),
            BATON_FIGURE_ACCEPTED);
        end(&test);
    }
}

/* What was accepted to be pending is owed still: whoever reports it drafts the figure from it, and nobody else does, nor from anything else that was accepted. */
TEST(reports_go_on_from_what_was_pending) {
    static const char *const states[] = {"pending", "na", ""};
    static const struct {
        const char *who, *to;
    } all_the_way[] = {
        {"clerk", "draft"}, {"approver", "signed"}, {"clerk", "submitted"}, {"li.wei", "accepted"}};
    struct ledger_test test;
    if (!make(&test, STORE_SQLITE))
        return;
    for (size_t i = 0; i < LENGTH(states); i++) {
        const bool is_owed = i == 0;
        const char *const more =
            states[i][0] == '\0' ? "" : arena_printf(test.arena, "state=%s note=so", states[i]);
        struct report report = begin(&test, 'n');
        CASE("%s", states[i]);
        report.value = states[i][0] == '\0' ? "7" : "";
        for (size_t a = 0; a < LENGTH(all_the_way); a++)
            CHECK_DONE(&test, act(&report, all_the_way[a].who, all_the_way[a].to, more));
        report.value = "8";
        CHECK_INT(act(&report, "approver", "signed", ""), BATON_STAGE_WRONG);
        CHECK_INT(act(&report, "li.wei", "draft", ""),
                  is_owed ? BATON_RIGHT_LACKING : BATON_STAGE_WRONG);
        CHECK_INT(act(&report, "clerk", "draft", ""), is_owed ? BATON_OK : BATON_STAGE_WRONG);
    }
    /* As long as figures come in. */
    struct report late = begin(&test, 'n');
    late.value = "";
    for (size_t a = 0; a < LENGTH(all_the_way); a++)
        CHECK_DONE(&test,
                   act(&late, all_the_way[a].who, all_the_way[a].to, "state=pending note=so"));
    atomic_store(&ledger_test_now_utc_ms, INT64_C(1631577600000)); /* 2021-09-14 */
    late.value = "8";
    CHECK_INT(act(&late, "clerk", "draft", ""), BATON_PERIOD_SHUT);
    end(&test);
}

TEST(reports_have_the_evidence_that_they_need) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        struct content_stream *stream;
        struct digest digest;
        char hex[DIGEST_HEX_SIZE];
        if (!make(&test, kind))
            return;
        struct report report = begin(&test, 'x');
        CHECK_DONE(&test, act(&report, "clerk", "draft", ""));
        CHECK_INT(act(&report, "approver", "signed", ""), BATON_EVIDENCE_NEEDED);
        CHECK_TEXT(test.found.item[0].arg[0], report.element);
        memset(hex, '0', sizeof hex);
        hex[DIGEST_HEX_SIZE - 1] = '\0';
        CHECK_INT(act(&report, "clerk", "draft", arena_printf(test.arena, "@evidence=%s", hex)),
                  BATON_CONTENT_UNKNOWN);
        if (CHECK_DONE(&test,
                       ledger_content_open(test.ledger, test.arena, "text/plain", &stream)) &&
            CHECK_DONE(&test, ledger_content_put(stream, "proof", 5)) &&
            CHECK_DONE(&test, ledger_content_close(stream, &digest))) {
            digest_hex(&digest, hex);
            const char *const evidence = arena_printf(test.arena, "@evidence=%s", hex);
            CHECK_DONE(&test, act(&report, "clerk", "draft", evidence));
            CHECK_DONE(&test, act(&report, "approver", "signed", evidence));
            CHECK_DONE(&test, act(&report, "clerk", "submitted", evidence));
        }
        end(&test);
    }
}

TEST(reports_say_what_they_may) {
    struct ledger_test test;
    uint64_t position;
    if (!make(&test, STORE_SQLITE))
        return;
    struct report report = begin(&test, 'e');
    /* One that drafted it does not sign it off, though an approver. */
    report.value = "6";
    CHECK_DONE(&test, act(&report, "approver", "draft", ""));
    CHECK_INT(act(&report, "approver", "signed", ""), BATON_SIGN_OWN);
    report.value = "7";
    CHECK_DONE(&test, act(&report, "clerk", "draft", "document=d1"));
    /* Two at one figure: the second is told which fact is there now. */
    const uint64_t seen = report.position;
    CHECK_DONE(&test, act(&report, "second", "draft", "document=d2"));
    const uint64_t newer = report.position;
    report.position = seen;
    CHECK_INT(act(&report, "clerk", "draft", "document=d3"), BATON_FACT_SUPERSEDED);
    CHECK_TEXT(test.found.item[0].arg[2],
               arena_printf(test.arena, "%llu", (unsigned long long)newer));
    report.position = newer;
    /* What is signed off is what was drafted, and no field of it changes after. */
    CHECK_INT(act(&report, "approver", "signed", "document=d9"), BATON_REPORT_CHANGED);
    CHECK_TEXT(test.found.item[0].arg[0], "document");
    CHECK_INT(act(&report, "approver", "signed", ""), BATON_REPORT_CHANGED);
    CHECK_DONE(&test, act(&report, "approver", "signed", "document=d2"));
    report.value = "9";
    CHECK_INT(act(&report, "clerk", "submitted", "document=d2"), BATON_REPORT_CHANGED);
    CHECK_INT(act(&report, "clerk", "draft", "document=d2"),
              BATON_REPORT_CHANGED); /* it is taken back as it is */
    report.value = "7";
    report.returns = 1;
    CHECK_INT(act(&report, "clerk", "submitted", "document=d2"), BATON_REPORT_CHANGED);
    CHECK_TEXT(test.found.item[0].arg[0], "returns");
    report.returns = 0;
    CHECK_DONE(&test, act(&report, "clerk", "submitted", "document=d2"));
    const char *const without = arena_printf(
        test.arena,
        "unit=a element=%s period=2021-08 reporter=a stage=returned value=7 document=d2 "
        "drafter=clerk returns=1 @corrects=%llu",
        report.element, (unsigned long long)report.position);
    CHECK_INT(ledger_test_say(&test, "verifier", "report", "city", without, NULL),
              BATON_REASON_NEEDED);
    CHECK_DONE(&test, act(&report, "verifier", "verified", "document=d2"));
    /* Accepted only with its figure, and with that one. */
    struct report other = report;
    other.value = "8";
    CHECK_INT(act(&other, "li.wei", "accepted", "document=d2"), BATON_REPORT_CHANGED);
    const char *const alone = arena_printf(
        test.arena,
        "unit=a element=%s period=2021-08 reporter=a stage=accepted value=7 document=d2 "
        "drafter=clerk @corrects=%llu",
        report.element, (unsigned long long)report.position);
    CHECK_INT(ledger_test_say(&test, "li.wei", "report", "city", alone, NULL), BATON_REPORT_ALONE);
    /* What is no value of the element is not drafted. */
    struct report unsound = begin(&test, 'e');
    unsound.value = "nonsense";
    CHECK_INT(act(&unsound, "clerk", "draft", ""), BATON_FIGURE_BAD);
    /* That it does not apply is said with a reason, which stays with it. */
    struct report none = begin(&test, 'e');
    none.value = "";
    CHECK_INT(act(&none, "clerk", "draft", "state=na"), BATON_REASON_NEEDED);
    CHECK_DONE(&test, act(&none, "clerk", "draft", "state=na note=no_port"));
    CHECK_INT(act(&none, "approver", "signed", "state=na"), BATON_REPORT_CHANGED);
    CHECK_TEXT(test.found.item[0].arg[0], "note");
    CHECK_DONE(&test, act(&none, "approver", "signed", "state=na note=no_port"));
    /* So is that it cannot be there yet. */
    struct report later = begin(&test, 'e');
    later.value = "";
    CHECK_INT(act(&later, "clerk", "draft", "state=pending"), BATON_REASON_NEEDED);
    CHECK_DONE(&test, act(&later, "clerk", "draft", "state=pending note=in_May"));
    /* Of a figure that is asked for, by whoever reports it. */
    struct report unexpected = begin(&test, 'z'), others = begin(&test, 's');
    CHECK_INT(act(&unexpected, "clerk", "draft", ""), BATON_FIGURE_UNEXPECTED);
    CHECK_INT(act(&others, "clerk", "draft", ""), BATON_RIGHT_UNIT);
    others.reporter = "a";
    CHECK_INT(act(&others, "clerk", "draft", ""), BATON_REPORTER_OTHER);
    CHECK_TEXT(test.found.item[0].arg[2], "s");
    /* What has a value does apply. */
    struct report twofold = begin(&test, 'e');
    CHECK_INT(act(&twofold, "clerk", "draft", "state=na note=x"), BATON_FORM_VALUE_AND_STATE);
    CHECK_TEXT(test.found.item[0].arg[0], "7");
    CHECK_TEXT(test.found.item[0].arg[1], "na");
    CHECK_INT(act(&twofold, "clerk", "draft", "state=pending"), BATON_FORM_VALUE_AND_STATE);
    /* Where a period is opened figures go this way, unless the office says them; in other assessments as before. */
    CHECK_INT(ledger_test_say(&test, "clerk", "observation", "city",
                              "unit=a element=e period=2021-08 value=1", NULL),
              BATON_COLLECTED);
    CHECK_INT(ledger_test_say(&test, "verifier", "observation", "city",
                              "unit=a element=e period=2021-08 value=1", NULL),
              BATON_COLLECTED);
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                      "unit=a element=e period=2021-08 value=1", NULL));
    CHECK_INT(ledger_test_say(&test, "clerk", "observation", "city",
                              "unit=a element=e period=2021-08-01 value=1", NULL),
              BATON_COLLECTED); /* nor by a period of another name */
    CHECK_INT(ledger_test_say(&test, "clerk", "observation", "city",
                              "unit=a element=e period=2021 value=1", NULL),
              BATON_COLLECTED);
    CHECK_INT(ledger_test_say(&test, "clerk", "observation", "city",
                              "unit=a element=e period=2021-09 value=1", NULL),
              BATON_COLLECTED); /* nor before that one is opened */
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                      "unit=a element=e period=2021-09 value=1", NULL));
    CHECK_DONE(&test, ledger_test_say(&test, "clerk", "observation", "city",
                                      "unit=a element=e period=2021-07 value=1",
                                      NULL)); /* nothing was collected then */
    CHECK_DONE(&test, ledger_test_say(&test, "clerk", "observation", "other",
                                      "unit=a element=e period=2021-08 value=1", NULL));
    /* A draft is thrown away by whoever may draft it, and begins anew; what is signed off is not. */
    struct report thrown = begin(&test, 'e');
    CHECK_DONE(&test, act(&thrown, "clerk", "draft", ""));
    const char *const away = arena_printf(
        test.arena, "unit=a element=%s period=2021-08 @withdrawn=1 @reason=no @corrects=%llu",
        thrown.element, (unsigned long long)thrown.position);
    CHECK_INT(ledger_test_say(&test, "other_clerk", "report", "city", away, NULL),
              BATON_RIGHT_UNIT);
    CHECK_INT(ledger_test_say(&test, "li.wei", "report", "city", away, NULL), BATON_RIGHT_LACKING);
    CHECK_DONE(&test, ledger_test_say(&test, "second", "report", "city", away, &position));
    thrown.position = 0;
    CHECK_DONE(&test, act(&thrown, "clerk", "draft", ""));
    CHECK_DONE(&test, act(&thrown, "approver", "signed", ""));
    const char *const late = arena_printf(
        test.arena, "unit=a element=%s period=2021-08 @withdrawn=1 @reason=no @corrects=%llu",
        thrown.element, (unsigned long long)thrown.position);
    CHECK_INT(ledger_test_say(&test, "clerk", "report", "city", late, NULL), BATON_STAGE_WRONG);
    CHECK_INT(ledger_test_say(&test, "clerk", "report", "city",
                              "unit=a element=x period=2021-08 reporter=a stage=sent value=1",
                              NULL),
              BATON_FACT_FIELD_BAD);
    end(&test);
}

static void at_day(const char *day) {
    struct civil_moment moment;
    CHECK(civil_moment_parse(day, strlen(day), &moment));
    atomic_store(&ledger_test_now_utc_ms, civil_moment_begins_utc_ms(moment));
}

TEST(reports_come_in_while_their_period_is_open) {
    struct ledger_test test;
    uint64_t proposal;
    if (!make(&test, STORE_SQLITE))
        return;
    struct report on_the_way = begin(&test, 'e'), returned = begin(&test, 'e'),
                  drafted = begin(&test, 'e'), another = begin(&test, 'e');
    CHECK_INT(ledger_test_say(&test, "clerk", "report", "city",
                              "unit=a element=e period=2021-09 reporter=a stage=draft value=1",
                              NULL),
              BATON_PERIOD_UNOPENED);
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "period", "city",
                                      "period=2021-09 opens=2021-10-01 due=2021-10-10", NULL));
    CHECK_INT(ledger_test_say(&test, "clerk", "report", "city",
                              "unit=a element=e period=2021-09 reporter=a stage=draft value=1",
                              NULL),
              BATON_PERIOD_SHUT);
    CHECK_TEXT(test.found.item[0].arg[1], "2021-10-01");
    bring(&on_the_way, "submitted");
    bring(&returned, "returned");
    bring(&drafted, "draft");
    struct report signed_off = begin(&test, 'e'), submitted = begin(&test, 'e'),
                  recalled = begin(&test, 'e');
    bring(&signed_off, "signed");
    bring(&submitted, "submitted");
    bring(&recalled, "submitted");
    at_day("2021-09-13T23:59"); /* days of grace */
    CHECK_DONE(&test, act(&recalled, "clerk", "draft", ""));
    CHECK_DONE(&test, act(&another, "clerk", "draft", ""));
    at_day("2021-09-14");
    CHECK_INT(act(&drafted, "approver", "signed", ""), BATON_PERIOD_SHUT);
    CHECK_TEXT(test.found.item[0].arg[2], "2021-09-13");
    struct report fresh = begin(&test, 'e');
    CHECK_INT(act(&fresh, "clerk", "draft", ""), BATON_PERIOD_SHUT);
    /* What is taken back now could not be signed off again; the office may return it. */
    CHECK_INT(act(&signed_off, "clerk", "draft", ""), BATON_PERIOD_SHUT);
    CHECK_INT(act(&submitted, "approver", "draft", ""), BATON_PERIOD_SHUT);
    CHECK_DONE(&test, act(&submitted, "li.wei", "returned", ""));
    CHECK_DONE(&test, act(&submitted, "clerk", "draft", ""));
    CHECK_DONE(&test, act(&submitted, "approver", "signed", ""));
    CHECK_DONE(&test, act(&submitted, "clerk", "draft", "")); /* takes it back, until the lock */
    /* What was returned is put right until the lock; whoever verifies and accepts works on. */
    CHECK_DONE(&test, act(&returned, "clerk", "draft", ""));
    CHECK_DONE(&test, act(&returned, "approver", "signed", ""));
    CHECK_DONE(&test, act(&returned, "clerk", "submitted", ""));
    CHECK_DONE(&test, act(&on_the_way, "verifier", "verified", ""));
    /* An exception opens it for the unit; one that ends before the period opens would open nothing. */
    CHECK_INT(ledger_test_propose(&test, "clerk", "exception", "city",
                                  "period=2021-08 unit=a element=* due=2021-08-31", &proposal),
              BATON_DEADLINES_CROSS);
    CHECK_TEXT(test.found.item[0].arg[1], "2021-08-31");
    CHECK_TEXT(test.found.item[0].arg[3], "2021-09-01");
    CHECK_DONE(&test,
               ledger_test_propose(&test, "clerk", "exception", "city",
                                   arena_printf(test.arena,
                                                "period=2021-08 unit=a element=%s due=2021-09-20",
                                                drafted.element),
                                   &proposal));
    CHECK_DONE(&test, ledger_test_accept(&test, "li.wei", proposal));
    CHECK_DONE(&test, act(&drafted, "approver", "signed", ""));
    CHECK_INT(act(&another, "approver", "signed", ""), BATON_PERIOD_SHUT);
    at_day("2021-10-01");
    CHECK_INT(act(&on_the_way, "li.wei", "accepted", ""), BATON_LOCKED);
    CHECK_INT(act(&returned, "verifier", "verified", ""), BATON_LOCKED);
    end(&test);
}

/* What a step goes on from may be of the same batch; posts of several roles, and of other assessments, are told apart. */
TEST(reports_cannot_be_taken_past_their_stages) {
    struct ledger_test test;
    if (!make(&test, STORE_SQLITE))
        return;
    CHECK_DONE(&test,
               ledger_test_say(&test, "security_admin", "person", "", "id=both name:=B", NULL));
    CHECK_DONE(&test, ledger_test_say(&test, "security_admin", "post", "",
                                      "person=both from=2021-01-01 role=unit unit=a", NULL));
    CHECK_DONE(&test, ledger_test_say(&test, "security_admin", "post", "",
                                      "person=both from=2021-01-01 role=owner unit=v", NULL));
    CHECK_DONE(&test,
               ledger_test_say(&test, "security_admin", "post", "",
                               "person=both from=2021-01-01 role=office assessment=other", NULL));
    /* The tree of units is not read at this moment; whose posts are of a unit is asked nevertheless. */
    struct report others = begin(&test, 's');
    CHECK_INT(act(&others, "both", "draft", ""), BATON_RIGHT_UNIT);
    /* The office of another assessment is no way past collection. */
    CHECK_INT(ledger_test_say(&test, "both", "observation", "city",
                              "unit=a element=e period=2021-08 value=1", NULL),
              BATON_COLLECTED);
    /* Verified, and in the same submission a draft again. */
    struct report report = begin(&test, 'e');
    bring(&report, "submitted");
    const char *const common =
        arena_printf(test.arena, "unit=a element=%s period=2021-08 reporter=a", report.element);
    struct fact_body facts[2] = {
        ledger_test_fact(&test, "report", "city",
                         arena_printf(test.arena,
                                      "%s stage=verified value=7 drafter=clerk @corrects=%llu",
                                      common, (unsigned long long)report.position)),
        ledger_test_fact(&test, "report", "city",
                         arena_printf(test.arena, "%s stage=draft value=777 @corrects=%llu", common,
                                      (unsigned long long)report.position + 1))};
    struct submission both = {.actor = "both", .fact = facts, .count = 2};
    test.found = (struct baton_findings){.arena = test.arena};
    CHECK_INT(ledger_append(test.ledger, test.arena, &both, &test.found), BATON_STAGE_WRONG);
    /* In the roles of a token. */
    both.count = 1;
    both.roles = rights_bits("unit approver");
    CHECK_INT(ledger_append(test.ledger, test.arena, &both, &test.found), BATON_RIGHT_LACKING);
    both.roles = rights_bits("owner");
    CHECK_DONE(&test, ledger_append(test.ledger, test.arena, &both, &test.found));
    /* Whoever drafted it does not verify it, though an owner; it may be returned. */
    struct report verified = begin(&test, 'e');
    CHECK_DONE(&test, act(&verified, "both", "draft", ""));
    CHECK_DONE(&test, act(&verified, "approver", "signed", ""));
    CHECK_DONE(&test, act(&verified, "both", "submitted", ""));
    CHECK_INT(act(&verified, "both", "verified", ""), BATON_VERIFY_OWN);
    CHECK_TEXT(test.found.item[0].arg[0], "both");
    CHECK_DONE(&test, act(&verified, "both", "returned", ""));
    CHECK_DONE(&test, act(&verified, "clerk", "draft", ""));
    CHECK_DONE(&test, act(&verified, "approver", "signed", ""));
    CHECK_DONE(&test, act(&verified, "clerk", "submitted", ""));
    CHECK_DONE(&test, act(&verified, "both", "verified", ""));
    /* Whoever drafted it does not sign it off after others took it back; and who only took it back may. */
    struct report own = begin(&test, 'e'), anothers = begin(&test, 'e');
    CHECK_DONE(&test, ledger_test_say(&test, "security_admin", "person", "",
                                      "id=second_head name:=H", NULL));
    CHECK_DONE(&test,
               ledger_test_say(&test, "security_admin", "post", "",
                               "person=second_head from=2021-01-01 role=approver unit=a", NULL));
    CHECK_DONE(&test, act(&own, "approver", "draft", ""));
    CHECK_DONE(&test, act(&own, "second_head", "signed", ""));
    CHECK_DONE(&test, act(&own, "clerk", "draft", "")); /* takes it back */
    CHECK_INT(act(&own, "approver", "signed", ""), BATON_SIGN_OWN);
    CHECK_DONE(&test, act(&anothers, "clerk", "draft", ""));
    CHECK_DONE(&test, act(&anothers, "approver", "signed", ""));
    CHECK_DONE(&test, act(&anothers, "approver", "draft", ""));
    CHECK_DONE(&test, act(&anothers, "approver", "signed", ""));
    /* Nor after others drafted the same once more, with another note. */
    struct report same_again = begin(&test, 'e');
    CHECK_DONE(&test, act(&same_again, "approver", "draft", ""));
    struct report hidden = same_again;
    hidden.drafter = "";
    CHECK_INT(act(&hidden, "clerk", "draft", "note=checked"), BATON_REPORT_CHANGED);
    CHECK_TEXT(test.found.item[0].arg[0], "drafter");
    CHECK_DONE(&test, act(&same_again, "clerk", "draft", "note=checked"));
    CHECK_INT(act(&same_again, "second", "draft", "note=checked"), BATON_FACT_SAME);
    hidden.position = same_again.position;
    CHECK_INT(act(&hidden, "second", "draft", "note=checked"), BATON_FACT_SAME);
    CHECK_INT(act(&same_again, "approver", "signed", "note=checked"), BATON_SIGN_OWN);
    same_again.value = "8";
    CHECK_DONE(&test, act(&same_again, "clerk", "draft", "note=checked"));
    CHECK_DONE(&test, act(&same_again, "approver", "signed", "note=checked"));
    /* What was returned is put right, not thrown away; returns by the office are not counted. */
    struct report returned = begin(&test, 'e');
    for (int i = 0; i < 4; i++) {
        CHECK_DONE(&test, act(&returned, "clerk", "draft", ""));
        CHECK_DONE(&test, act(&returned, "approver", "signed", ""));
        CHECK_DONE(&test, act(&returned, "clerk", "submitted", ""));
        CHECK_DONE(&test, act(&returned, "li.wei", "returned", ""));
    }
    CHECK_INT(returned.returns, 0);
    CHECK_DONE(&test, act(&returned, "clerk", "draft", ""));
    const char *const away = arena_printf(
        test.arena, "unit=a element=%s period=2021-08 @withdrawn=1 @reason=no @corrects=%llu",
        returned.element, (unsigned long long)returned.position);
    CHECK_INT(ledger_test_say(&test, "clerk", "report", "city", away, NULL), BATON_STAGE_WRONG);
    /* The same figure accepted once more. */
    struct report same = begin(&test, 'e');
    bring(&same, "accepted");
    CHECK_DONE(&test, act(&same, "li.wei", "returned", ""));
    end(&test);
}

/* Takes back the figure that was accepted with a report. */
static const char *taken_back(const struct report *report) {
    return arena_printf(report->test->arena,
                        "unit=a element=%s period=2021-08 @withdrawn=1 @reason=no @corrects=%llu",
                        report->element, (unsigned long long)report->position + 1);
}

static baton_code withdraw(struct report *report, const char *who) {
    return ledger_test_say(report->test, who, "observation", "city", taken_back(report), NULL);
}

/* An accepted report without its figure would wait for nobody, so the office returns it instead. */
TEST(figures_are_not_withdrawn_behind_their_reports) {
    FOR_EACH_STORE(kind) {
        struct ledger_test test;
        uint64_t proposal, figure;
        if (!make(&test, kind))
            return;
        struct report report = begin(&test, 'e'), kept = begin(&test, 'e');
        bring(&report, "accepted");
        bring(&kept, "accepted");
        figure = report.position + 1;
        CHECK_INT(withdraw(&report, "li.wei"), BATON_FIGURE_ACCEPTED);
        CHECK_TEXT(test.found.item[0].arg[0], report.element);
        CHECK_TEXT(test.found.item[0].arg[1], "a");
        CHECK_TEXT(test.found.item[0].arg[2], "2021-08");
        CHECK_INT(withdraw(&report, "deputy_office"), BATON_FIGURE_ACCEPTED);
        CASE("nor by two");
        CHECK_DONE(&test, ledger_test_propose(&test, "li.wei", "observation", "city",
                                              taken_back(&report), &proposal));
        CHECK_INT(ledger_test_accept(&test, "wang.min", proposal), BATON_FIGURE_ACCEPTED);
        CASE("nor corrected, so that the report would say something else");
        const char *const corrected = arena_printf(
            test.arena, "unit=a element=%s period=2021-08 value=9 @reason=no @corrects=%llu",
            report.element, (unsigned long long)figure);
        CHECK_INT(ledger_test_say(&test, "li.wei", "observation", "city", corrected, NULL),
                  BATON_FIGURE_ACCEPTED);
        CHECK_DONE(&test, ledger_test_propose(&test, "li.wei", "observation", "city", corrected,
                                              &proposal));
        CHECK_INT(ledger_test_accept(&test, "wang.min", proposal), BATON_FIGURE_ACCEPTED);
        CASE("once it is returned somebody has to act");
        CHECK_DONE(&test, act(&report, "li.wei", "returned", ""));
        CHECK_DONE(&test,
                   ledger_test_say(&test, "li.wei", "observation", "city", corrected, &figure));
        CHECK_DONE(
            &test,
            ledger_test_say(&test, "li.wei", "observation", "city",
                            arena_printf(test.arena,
                                         "unit=a element=%s period=2021-08 @withdrawn=1 @reason=no "
                                         "@corrects=%llu",
                                         report.element, (unsigned long long)figure),
                            NULL));
        CHECK_DONE(&test, act(&report, "clerk", "draft", ""));
        CASE("what never was reported");
        CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "observation", "city",
                                          "unit=a element=e period=2021-08 value=1", &figure));
        CHECK_DONE(&test,
                   ledger_test_say(&test, "li.wei", "observation", "city",
                                   arena_printf(test.arena,
                                                "unit=a element=e period=2021-08 @withdrawn=1 "
                                                "@reason=no @corrects=%llu",
                                                (unsigned long long)figure),
                                   NULL));
        CASE("what is locked is withdrawn by two, as before");
        atomic_store(&ledger_test_now_utc_ms, INT64_C(1633104000000)); /* 2021-10-02 */
        CHECK_INT(withdraw(&kept, "li.wei"), BATON_LOCKED);
        CHECK_DONE(&test, ledger_test_propose(&test, "li.wei", "observation", "city",
                                              taken_back(&kept), &proposal));
        CHECK_DONE(&test, ledger_test_accept(&test, "wang.min", proposal));
        end(&test);
    }
}

/* One submission may return it and take the figure back; and what nothing asks for any more could not be returned. */
TEST(figures_are_withdrawn_with_their_reports) {
    struct ledger_test test;
    if (!make(&test, STORE_SQLITE))
        return;
    struct report report = begin(&test, 'n'), old = begin(&test, 'e');
    bring(&report, "accepted");
    bring(&old, "accepted");
    struct fact_body facts[2] = {
        ledger_test_fact(
            &test, "report", "city",
            arena_printf(test.arena,
                         "unit=a element=%s period=2021-08 reporter=a stage=returned value=7 "
                         "drafter=clerk reopened=1 @reason=no @corrects=%llu",
                         report.element, (unsigned long long)report.position)),
        ledger_test_fact(&test, "observation", "city", taken_back(&report))};
    struct submission both = {.actor = "li.wei", .fact = facts, .count = 2};
    test.found = (struct baton_findings){.arena = test.arena};
    CHECK_DONE(&test, ledger_append(test.ledger, test.arena, &both, &test.found));
    CHECK_INT(withdraw(&old, "li.wei"), BATON_FIGURE_ACCEPTED);
    forgotten = old.element;
    CHECK_DONE(&test, withdraw(&old, "li.wei"));
    forgotten = "";
    end(&test);
}

static baton_code propose(struct ledger_test *test, const char *who, const char *period,
                          uint64_t *proposal) {
    return ledger_test_propose(
        test, who, "observation", "city",
        arena_printf(test->arena, "unit=a element=e period=%s value=1", period), proposal);
}

/* What may not be said past approver, department, checks and evidence is not proposed past them either, until the lock. */
TEST(figures_are_not_proposed_past_their_reports) {
    struct ledger_test test;
    uint64_t early, proposal;
    if (!make(&test, STORE_SQLITE))
        return;
    CHECK_INT(propose(&test, "clerk", "2021-08", &proposal), BATON_COLLECTED);
    CHECK_TEXT(test.found.item[0].arg[0], "2021-08");
    CHECK_INT(propose(&test, "clerk", "2021-08-01", &proposal), BATON_COLLECTED);
    CHECK_INT(propose(&test, "clerk", "2021", &proposal), BATON_COLLECTED);
    CHECK_INT(propose(&test, "clerk", "2021-09", &proposal), BATON_COLLECTED);
    CASE("what was before collecting began may be");
    CHECK_DONE(&test, propose(&test, "clerk", "2021-07", &proposal));
    CASE("where nothing is collected they may be");
    const char *const elsewhere = "unit=a element=e period=2021-07 value=1";
    CHECK_DONE(&test,
               ledger_test_propose(&test, "clerk", "observation", "other", elsewhere, &proposal));
    CHECK_DONE(&test, ledger_test_accept(&test, "li.wei", proposal));
    CASE("the office may say them, so it may propose them");
    CHECK_DONE(&test, propose(&test, "li.wei", "2021-08", &proposal));
    CHECK_DONE(&test, ledger_test_accept(&test, "wang.min", proposal));
    CASE("what was proposed before any period was opened");
    const char *const before = "unit=a element=e period=2021-09 value=1";
    CHECK_DONE(&test, ledger_test_propose(&test, "clerk", "observation", "other", before, &early));
    CHECK_DONE(&test, ledger_test_say(&test, "li.wei", "period", "other",
                                      "period=2021-09 opens=2021-10-01 due=2021-10-10 "
                                      "locks=2021-10-31",
                                      NULL));
    CHECK_INT(ledger_test_accept(&test, "li.wei", early), BATON_COLLECTED);
    CASE("from the lock on");
    at_day("2021-10-01");
    const char *const locked = "unit=a element=late period=2021-08 value=1";
    CHECK_DONE(&test,
               ledger_test_propose(&test, "clerk", "observation", "city", locked, &proposal));
    CHECK_DONE(&test, ledger_test_accept(&test, "li.wei", proposal));
    CHECK_INT(propose(&test, "clerk", "2021-08-01", &proposal), BATON_COLLECTED);
    CHECK_INT(propose(&test, "clerk", "2021", &proposal), BATON_COLLECTED); /* it has no lock */
    at_day("2021-11-01");
    CHECK_DONE(&test, ledger_test_accept(&test, "li.wei", early));
    end(&test);
}
