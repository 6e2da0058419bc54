/* Results posted, and made again. */
#include "flow/posting.h"
#include "flow_fixture.h"
#include "unit/test.h"
#include <string.h>

static struct flow_test t;

static bool propose(struct posting_made *made) {
    struct posting_wish wish = {.view = {.reader = t.reader, .assessment = "towns"},
                                .actor = "li",
                                .reason = "年度考核结果",
                                .engine = "1.2.3",
                                .threads = 1};
    return CHECK_INT(reader_size(t.reader, &wish.view.known), BATON_OK) &&
           CHECK_INT(posting_propose(t.arena, t.ledger, &wish, made, &t.found), BATON_OK);
}

static baton_code accept(uint64_t proposal, struct submission *out) {
    return ledger_decide(t.ledger, t.arena, "wang", NULL, proposal, true, "同意", out, &t.found);
}

/* A ledger with a posted result; *position of the posting. */
static bool posted(struct posting_made *made, uint64_t *position) {
    struct import_result result;
    struct submission decision;
    if (!flow_begin(&t) || !flow_person(&t, "wang", "王敏", "committee") ||
        !CHECK_INT(flow_import(&t, flow_package(&t, "p", NULL, NULL), &result), BATON_OK) ||
        !propose(made) || !CHECK_INT(accept(made->proposal, &decision), BATON_OK))
        return false;
    *position = decision.first + 1;
    return true;
}

static baton_code verify(struct posting_report *report) {
    return posting_verify(t.arena, t.reader, "1.2.3", 1, NULL, NULL, report, &t.found);
}

TEST(posting_is_what_was_scored) {
    struct posting_made made;
    struct posting_report report;
    struct entry entry;
    uint64_t position;
    char hex[DIGEST_HEX_SIZE];
    if (!posted(&made, &position))
        return;
    CHECK_TEXT(made.table, flow_score(&t, "towns", 0, NULL));
    CHECK_INT(reader_entry(t.reader, t.arena, position, &entry), BATON_OK);
    digest_hex(&made.digest, hex);
    CHECK_TEXT(entry.body.kind, "posting");
    CHECK_TEXT(body_text(&entry.body, "digest"), hex);
    CHECK_TEXT(body_text(&entry.body, "period"), "2021");
    CHECK_TEXT(body_text(&entry.body, "engine"), "1.2.3");
    CHECK_INT(verify(&report), BATON_OK);
    CHECK_INT(report.postings, 1);
    flow_end(&t);
}

TEST(posting_stays_when_figures_are_corrected) {
    struct posting_made made;
    struct posting_report report;
    struct submission decision;
    uint64_t position;
    if (!posted(&made, &position))
        return;
    struct import_result result;
    struct import_wish wish = {
        .path = flow_package(&t, "q", "observations.csv",
                             "unit,element,period,value,state,source\na,growth,2021,1,,统计局\n"
                             "b,growth,2021,6,,\nc,growth,2021,4,,\na,jobs,2021,450,,\n"
                             "b,jobs,2021,600,,\nc,jobs,2021,,,\n"),
        .actor = "li",
        .correct = true,
        .reason = "核算"};
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_LOCKED); /* what is posted is locked */
    flow_found(&t);
    wish.propose = true; /* and may be proposed, all of it together */
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_OK);
    CHECK_INT(result.facts, 0);
    CHECK(result.package[0].facts_proposal > 0);
    CHECK_TEXT(made.table, flow_score(&t, "towns", 0, NULL));
    CHECK_INT(ledger_decide(t.ledger, t.arena, "wang", NULL, result.package[0].facts_proposal,
                            false, "先核实", &decision, &t.found),
              BATON_OK);
    wish.reason = NULL;
    CHECK_INT(flow_import_as(&t, &wish, &result), BATON_REASON_NEEDED);
    flow_found(&t);
    struct fact_body figure =
        flow_fact(&t, "observation", "towns", "unit", "a", "element", "growth", "period", "2021",
                  "value", "1", "@corrects", "10", "@reason", "核算", NULL);
    struct submission submission = {.actor = "li", .fact = &figure, .count = 1};
    CHECK_INT(ledger_propose(t.ledger, t.arena, &submission, "核算", 0, &t.found), BATON_OK);
    CHECK_INT(accept(submission.first, &decision), BATON_OK);
    CHECK_TEXT(flow_found(&t), "");
    CHECK(strcmp(made.table, flow_score(&t, "towns", 0, NULL)) != 0);
    CHECK_INT(verify(&report), BATON_OK);
    flow_end(&t);
}

/* A posting said by hand that is not what it says, and how verifying tells. */
static const struct {
    const char *what, *scheme, *table, *digest, *assessment, *size;
    baton_code want;
    const char *message;
} cases[] = {
    {"another table", NULL, "period,group\n", NULL, "towns", NULL, BATON_POSTING_DIFFERS,
     "it says 'period,group'"},
    {"another digest", NULL, NULL, "00", "towns", NULL, BATON_POSTING_DIGEST, "no. "},
    {"another version", "1", NULL, NULL, "towns", NULL, BATON_POSTING_SCHEME,
     "names the version no. 1 of the scheme, but no. 5 was in force"},
    {"before there was a scheme", NULL, NULL, NULL, "towns", "3", BATON_POSTING_LOST,
     "the assessment 'towns' has no scheme"},
};

static struct fact_body forged(size_t i, const struct posting_made *made) {
    const char *table = cases[i].table != NULL ? cases[i].table : made->table;
    const struct digest own = digest_bytes(reader_digest(t.reader), table, strlen(table));
    char hex[DIGEST_HEX_SIZE];
    digest_hex(&own, hex);
    struct fact_body body = flow_fact(
        &t, "posting", cases[i].assessment, "digest",
        cases[i].digest != NULL ? cases[i].digest : arena_text(t.arena, hex, 64), "engine", "1.2.3",
        "period", "2021", "scheme", cases[i].scheme != NULL ? cases[i].scheme : "5", "size",
        cases[i].size != NULL ? cases[i].size : "18", NULL);
    ((struct field *)body.field)[body.field_count++] =
        (struct field){"table", table, strlen(table), 'C'};
    return body;
}

TEST(posting_that_is_not_what_it_says) {
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct posting_made made;
        struct posting_report report;
        struct submission decision;
        uint64_t position;
        CASE("%s", cases[i].what);
        if (!posted(&made, &position))
            return;
        struct fact_body fact = forged(i, &made);
        struct submission submission = {.actor = "li", .fact = &fact, .count = 1};
        CHECK_INT(ledger_propose(t.ledger, t.arena, &submission, "x", 0, &t.found), BATON_OK);
        CHECK_INT(accept(submission.first, &decision), BATON_OK);
        CHECK_TEXT(flow_found(&t), "");
        CHECK_INT(verify(&report), cases[i].want);
        CHECK_INT(report.postings, 2);
        CHECK_INT(t.found.count, 1);
        const char *told = baton_finding_message(t.arena, &t.found.item[0], BATON_EN);
        if (!CHECK(strstr(told, cases[i].message) != NULL))
            FAIL("%s", told);
        flow_end(&t);
    }
}
