/* What the appender has at hand of a ledger's state, so that a batch need not ask the store: persons and their roles, and of each assessment whether it has a scheme, what is
 * posted and until when its periods are open. Read when the ledger is opened, and anew after a batch that changed any of it. Which unit is below which is read when somebody first says a figure of a unit that is not their post's own,
 * and forgotten when a batch brings units. */
#ifndef LEDGER_STANDING_H
#define LEDGER_STANDING_H

#include "base/civil_moment.h"
#include "base/hash.h"
#include "ledger/rights.h"
#include "ledger/store.h"

struct standing;
struct deadlines;
struct permits;
struct registrations;
struct request_question;
struct request_refused;
struct sharings;
struct unit_levels;

/* Reads it; lives in the arena. */
MUST_USE baton_code standing_read(struct baton_arena *arena, struct store *store, int64_t ledger,
                                  struct standing **out);
/* Whether a fact of the kind changes it. */
bool standing_changes(enum fact_kind kind);

/* A person's roles on the civil day (of China, UTC+8) of a time, as a set of bits; false where the ledger knows no such person. Whoever holds office has the roles
 * security_admin and system_admin too (who has it of the ledger as a whole) until the first day on which somebody has them, for good. Posts of persons who were withdrawn, or never known, count for nothing. */
bool standing_roles(const struct standing *standing, const char *person, int64_t time_utc_ms,
                    uint32_t *roles);

/* Whether a post that names an indicator (or block) of an assessment is for a fact of a kind that leans on indicators, by the version of the scheme at that position (-1 = there is none). The ledger knows no schemes:
 * whoever opens it says so (flow/indicators.h). */
struct standing_indicators {
    bool (*cover)(void *context, const char *assessment, int64_t scheme, const char *indicator,
                  enum fact_kind kind, const struct fact_body *body);
    /* Whether that version asks for the figure of a unit, element and period; *reporter gets the unit that reports it, *verifier the one that verifies it, "" = the office. The texts hold until the next call. *is_sound:
     * what the figure says, value or state, is one of the element. *needs_evidence: it is reported with evidence only. */
    bool (*responsible)(void *context, int64_t scheme, const struct fact_body *figure,
                        const char **reporter, const char **verifier, bool *is_sound,
                        bool *needs_evidence);
    /* Whether that version has the unit of an exception, and asks for its figure (all: "*") in a period of that kind; *unit_is_unknown: it has no such unit. True too where the version cannot be read, or is not sound. */
    bool (*excepts)(void *context, int64_t scheme, const struct fact_body *exception,
                    bool *unit_is_unknown);
    /* The first figure asked of a level that has a list, but is not on it (requests.h); false = there is none, or that version of the scheme cannot be read, or is not sound. */
    bool (*refused)(void *context, const struct request_question *question,
                    struct request_refused *out);
    /* The year of the period that a version of a scheme names. `text` of `size`: its scheme.yaml, where that comes in the same submission; NULL = it is in the store. False where it cannot be read. */
    bool (*year)(void *context, const struct fact_body *scheme, const char *text, size_t size,
                 int *year);
    /* Tells that a batch has brought units or successions. */
    void (*units_changed)(void *context);
    void *context;
};

/* What a person's posts of a day give rights over. As long as the standing lives. */
struct reach {
    const struct standing *standing;
    const struct standing_indicators
        *indicators; /* NULL = posts that name one are for no fact that leans on indicators */
    uint32_t roles;
    uint32_t
        whole; /* of these, of the ledger as a whole: those of an administrator take a post that names no assessment */
    uint32_t free;   /* the roles that some post gives for all units, assessments and indicators */
    uint32_t within; /* posts of other roles count for nothing */
    uint32_t person;
    int32_t day;
};
/* As standing_roles. */
bool standing_reach(const struct standing *standing, const char *person, int64_t time_utc_ms,
                    struct reach *out);
/* Whether one of the posts with a role of `needed` reaches a fact. A post that names an assessment is for facts of that one and, unless it is an administrator's, of none (of the ledger as a whole); a post of role unit or approver that names
 * a unit reaches, of facts that lean on units, those of that unit and of all below it. A post that names an indicator reaches, of facts that lean on indicators, those that `indicators`
 * says. REACHES_UNREAD: the units of the assessment have to be read first. REACHES_ELSEWHERE: some post would reach it, were it not for its indicator. */
enum reaches { REACHES_NOT, REACHES, REACHES_UNREAD, REACHES_ELSEWHERE };
enum reaches standing_reaches(const struct reach *reach, uint32_t needed, enum fact_kind kind,
                              const struct fact_body *body);
/* A post that is held on the day of a reach. */
struct standing_post {
    enum role role;
    const char *unit, *assessment, *indicator; /* "" = it names none */
    bool is_of_unit; /* it reaches over that unit and those below it only */
    bool is_deputy;
    int32_t from, to; /* INT32_MAX = without an end */
};
/* At most `room` are written. Returns how many there are. */
size_t standing_posts(const struct reach *reach, size_t room, struct standing_post *out);

/* Every post that is held on the civil day (of China) of a time by somebody whom the ledger knows, in no particular order; at most `room` are written. Returns how many there are. */
struct standing_holder {
    const char *person;
    struct standing_post post;
};
size_t standing_held(const struct standing *standing, int64_t time_utc_ms, size_t room,
                     struct standing_holder *out);

/* Whether a unit is another one or stands below it; the units of an assessment by their ids, in no order. Of an assessment whose units were not read, or that has none, no unit stands below another. */
bool standing_unit_within(const struct standing *standing, const char *assessment, const char *unit,
                          const char *above);
size_t standing_units(const struct standing *standing, const char *assessment,
                      const struct hash_key **out);

/* The unit by which a post reaches a fact that leans on units: of a report the one that reports it; "" of others. */
const char *standing_unit_of(enum fact_kind kind, const struct fact_body *body);
/* Whether some post with a role of `needed`, for the assessment and the indicator of a fact, is of that unit or department; or of none, where it names the assessment: one that names neither is of no department. */
bool standing_has_post_at(const struct reach *reach, uint32_t needed, enum fact_kind kind,
                          const struct fact_body *body, const char *unit);
/* The deadlines of a figure (deadlines.h); false where its period is not opened. */
bool standing_deadlines(const struct standing *standing, const struct fact_body *figure,
                        struct deadlines *out);
/* Whether the assessment of a figure collects by then: its period is opened, or one that is not later. Figures of periods that are still to be opened are collected too, those of the years before are not. */
bool standing_collects(const struct standing *standing, const struct fact_body *figure);
/* Whether the scheme in force asks for a figure, and of whom: as `indicators` says; false also where there is nobody to ask. */
bool standing_responsible(const struct reach *reach, const struct fact_body *figure,
                          const char **reporter, const char **verifier, bool *is_sound,
                          bool *needs_evidence);

/* Whether the scheme in force has what an exception is about: as `indicators` says; true also where there is nobody to ask. */
bool standing_excepts(const struct reach *reach, const struct fact_body *exception,
                      bool *unit_is_unknown);

/* What may be asked of whom (requests.h). As long as the standing lives. */
const struct permits *standing_permits(const struct standing *standing);
const struct registrations *standing_registrations(const struct standing *standing);
const struct sharings *standing_sharings(const struct standing *standing);
/* The levels of the units of all assessments, once they are read (requests.h): NULL = they are not. Until the units are forgotten. */
const struct unit_levels *standing_levels(const struct standing *standing);
MUST_USE baton_code standing_read_levels(struct standing *standing, struct store *store,
                                         int64_t ledger);
/* Whether an assessment has begun: it has a scheme, or opened periods. */
bool standing_has_begun(const struct standing *standing, const char *assessment);
/* Position of the newest version of an assessment's scheme; -1 = there is none. */
int64_t standing_scheme(const struct standing *standing, const char *assessment);

/* Whether it matters for facts of the kind of which unit they are, of which indicator. */
bool standing_leans_on_units(enum fact_kind kind);
bool standing_leans_on_indicators(enum fact_kind kind);
/* The posts with a role of `needed`, for people: "jinting, city: heping, town: *"; cut where it does not fit. */
void standing_reach_words(const struct reach *reach, uint32_t needed, char *out, size_t size);
/* Their indicators: "growth, city: safety". */
void standing_indicator_words(const struct reach *reach, uint32_t needed, char *out, size_t size);
/* Whether the person has a role of `needed` only by posts of a deputy, of whose holder (a post of the same role, unit, assessment and indicator that is no deputy's) `holder` is one. */
bool standing_is_deputy_of(const struct reach *reach, uint32_t needed, const char *holder,
                           const struct fact_body *body);
MUST_USE baton_code standing_read_units(struct standing *standing, struct store *store,
                                        int64_t ledger, const char *assessment);
void standing_forget_units(struct standing *standing);

/* Whether a post would be held on a day on which the same person holds a role that does not go with it (roles_apart); *other gets that role. Of persons whom the ledger does not know yet, too.
 * post_clashes asks the same of two posts. */
bool standing_clashes(const struct standing *standing, const struct fact_body *post,
                      enum role *other);
bool post_clashes(const struct fact_body *post, const struct fact_body *before, enum role *other);
/* The person whose id is nearest; NULL = none is near. */
const char *standing_guess(const struct standing *standing, const char *person);

/* Why a fact may only be proposed: a period is posted; a period is locked, since then; both NULL = there is a version of the scheme already. */
struct standing_lock {
    const char *posted, *period;
    struct civil_moment since;
};
/* Whether it may only be proposed at that time. `corrected` is the fact that it corrects, as far as its own fields do not say the period; NULL = none. What locks a figure by time
 * is the period that is opened under the name of its own, with the exceptions of its unit (deadlines.h); it locks that opened period too. */
bool standing_locks(const struct standing *standing, enum fact_kind kind,
                    const struct fact_body *body, const struct fact_body *corrected,
                    int64_t time_utc_ms, struct standing_lock *out);
/* Whether a version of the scheme would be in force within what is posted; *from gets the first day on which it may begin. */
bool standing_refuses_scheme(const struct standing *standing, const struct fact_body *body,
                             const char **posted, int32_t *from);

#endif
