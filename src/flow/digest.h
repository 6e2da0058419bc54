/* What one person ought to know today: of each assessment what they owe and by when, what waits for them, what came back and why, what was accepted, what is overdue below them; of all of them the proposals that they may decide on. For a page, and
 * as plain text for a letter. */
#ifndef FLOW_DIGEST_H
#define FLOW_DIGEST_H

#include "base/json.h"
#include "flow/deciding.h"
#include "flow/entry_print.h"
#include "flow/waiting.h"

enum { DIGEST_DAYS = 7, DIGEST_ITEMS_MOST = 200 };

/* returned  came back, and is to be drafted anew
 * draft, sign, submit, verify, accept   wait for the person
 * except    may only come in by an exception now, of those that fall to the person
 * late      overdue, and not the person's own turn: of the units below an approver, of all for the office
 * accepted  drafted by the person, and accepted within DIGEST_DAYS */
#define DIGEST_SECTIONS_OF(X) \
    X(RETURNED, "returned", "Came back", "被退回，须修改") \
    X(DRAFT, "draft", "To be drafted", "待填报") \
    X(SIGN, "sign", "To be signed off", "待审签") \
    X(SUBMIT, "submit", "To be submitted", "待报送") \
    X(VERIFY, "verify", "To be verified", "待审核") \
    X(ACCEPT, "accept", "To be accepted", "待认定") \
    X(EXCEPT, "except", "Closed, needs an exception or a correction", "已截止，须批准延期或更正") \
    X(LATE, "late", "Overdue with others", "下属单位或其他单位逾期") \
    X(ACCEPTED, "accepted", "Accepted lately", "近日已认定")
enum digest_section {
#define X(name, word, en, zh) DIGEST_##name,
    DIGEST_SECTIONS_OF(X)
#undef X
        DIGEST_SECTIONS
};

struct digest_line {
    const char *period, *unit, *element, *reporter;
    const char *unit_name[2];    /* by enum baton_language */
    const char *element_name[2]; /* figure_name */
    struct civil_moment until;
    bool has_until, is_late;
    const char *reason, *by; /* of what came back; "" */
};
struct digest_list {
    struct digest_line *line;
    size_t count, capacity;
};
struct digest_of {
    const char *assessment, *person;
    const char *title[2];                        /* of the assessment, by enum baton_language */
    struct digest_list section[DIGEST_SECTIONS]; /* by until, those without at the end */
};

/* By the world as waiting.h has it (without `tells` and `sees`: what waits for somebody they may see).  In the arena. What the reader answers, told. */
MUST_USE baton_code digest_read(struct baton_arena *arena, struct ledger_reader *reader,
                                const struct waiting_world *world, const char *person,
                                struct digest_of *out, struct baton_findings *found);

/* Of all assessments. */
struct person_digest {
    const char *person;
    const struct digest_of *of;
    size_t count;
    struct deciding deciding;
};

/* An object: "person", "proposals" (how many), "decisions" (those, at most DIGEST_ITEMS_MOST, in words of the language), "assessments" with "assessment" and "sections": "what", "count", "items" (at most DIGEST_ITEMS_MOST) of those that have any. */
void digest_json(struct baton_arena *arena, struct json *json, const struct person_digest *digest,
                 enum baton_language language);
/* For a letter: headings and lines of what there is; a line that says so where there is nothing. In the language of the names. */
void digest_text(struct writer *writer, struct names *names, const struct person_digest *digest);

#endif
