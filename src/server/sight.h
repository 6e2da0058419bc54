/* What whoever asks may read: that which a post of today gives them (ledger/reading.def), of the units that the post reaches over, of the indicators that it names, and of those what a token covers. Whoever has no
 * post today reads nothing; the gate sees to it before a handler. */
#ifndef SERVER_SIGHT_H
#define SERVER_SIGHT_H

#include "flow/live.h"
#include "ledger/reader.h"
#include "server/people.h"

struct api;
struct call;
struct http_request;
struct signed_in;

/* More posts of one person on one day count for nothing. */
enum { SIGHT_POSTS = 64 };

struct sight {
    const struct people_now *now;
    const struct signed_in *who;
    uint32_t roles; /* of today, within those of the token */
    uint32_t whole; /* of these, of the ledger as a whole */
    struct standing_post post[SIGHT_POSTS];
    size_t post_count;
    /* Filled as needed, of the assessment that was asked about last. */
    const char *reached; /* NULL = none yet */
    const struct post_reach
        *by_indicator[SIGHT_POSTS]; /* of a post that names one; NULL = it reaches nothing */
    bool has_evidence; /* what the journal has of evidence was read since the request came */
};

/* In the arena. NULL without a code: persons and posts have to be read first, and `at_once` forbids it. */
MUST_USE baton_code sight_make(struct api *api, struct baton_arena *arena,
                               const struct signed_in *who, bool at_once, struct sight **out,
                               struct baton_findings *found);

/* The roles that posts give in an assessment; "" = of the ledger as a whole: any post. */
uint32_t sight_roles_over(const struct sight *sight, const char *assessment);
/* Those of the ledger as a whole, for what takes one: a token of an assessment or of units has none. */
uint32_t sight_roles_of_ledger(const struct sight *sight);
/* Whether they see that there is such an assessment. */
bool sight_over(const struct sight *sight, const char *assessment);

/* How far facts of a kind may be read in an assessment at all. */
enum sight_far { SIGHT_NOTHING, SIGHT_PART, SIGHT_ALL };
enum sight_far sight_far(const struct sight *sight, enum fact_kind kind, const char *assessment);

/* READING_LACKING where they may not read even the totals of an assessment. */
MUST_USE baton_code sight_board(struct call *call, const char *assessment);

/* The same for events.h, of an api, outside of any request. */
bool sight_may_watch(void *api, const struct signed_in *who, const char *assessment);

/* Of a request that the gate let through. */
struct sight *sight_of(const struct call *call);

/* False where it is certain, without asking the reader, that an entry may not be read; of rows of tables the answer, once sight_prepare was called for their kind. */
bool sight_may(struct call *call, const struct entry *entry);
MUST_USE baton_code sight_prepare(struct call *call, enum fact_kind kind, const char *assessment);
/* Whether a post in one of the roles `needed`, within those of the token, reaches a fact that is to be said, as the ledger judges it for all posts of the person. */
bool sight_acts(struct call *call, uint32_t needed, enum fact_kind kind,
                const struct fact_body *body);
/* Of a route that is for one's own account only, and then asks for more. */
MUST_USE baton_code sight_need(struct call *call);

/* Whether an entry may be read. Asks the call's reader for what decisions and withdrawals are about, and for what names evidence. */
MUST_USE baton_code sight_reads(struct call *call, const struct entry *entry, bool *out);
/* READING_LACKING where it may not. */
MUST_USE baton_code sight_entry(struct call *call, const struct entry *entry);
/* Whether a file may be read in an assessment: it is one's own, or a fact that may be read names it, or named it; what no fact names is for whoever brought it in. A draft is for those who report it, and so is its evidence.
 * sight_reads_named: whether a fact that names one may be read. */
struct evidence_file;
struct evidence_name;
bool sight_file(struct call *call, const struct evidence_file *file, const char *assessment);
bool sight_reads_named(struct call *call, const struct evidence_name *name);
/* Whether a content may be read: an entry that names it may. */
MUST_USE baton_code sight_content(struct call *call, const struct digest *digest, bool *out);

/* The unit of the keys of figures from which on there may be some that may be read, not before `unit`; NULL = none. */
const char *sight_next_unit(struct call *call, const char *assessment, const char *unit);

/* What stands under the totals of a result: bit i of a unit and of a node = the i-th post reaches it; both have one in common where it may be read. */
struct sight_result {
    const uint64_t *of_unit, *of_node; /* NULL = everything may be read */
    const char *reach; /* a text that is the same for whoever may read the same; "" = everything */
};
MUST_USE baton_code sight_result(struct call *call, const char *assessment,
                                 const struct baton_session *session, struct sight_result *out);
/* READING_LACKING unless they read everything under the totals of an assessment: for what holds or compares all units. */
MUST_USE baton_code sight_whole(struct call *call, const char *assessment, const char *what);
/* Whether they are told what is wrong with the scheme and figures of an assessment: it quotes rows of any unit. */
bool sight_is_told(const struct call *call, const char *assessment);
/* The code of reading or scoring an assessment, with what was found; NOT_SCORED and nothing else where what is wrong may not be told. */
MUST_USE baton_code sight_scored(struct call *call, const char *assessment, baton_code code);
/* READING_LACKING unless everything under a node of a unit may be read. */
MUST_USE baton_code sight_node(struct call *call, const struct sight_result *result, uint32_t unit,
                               uint32_t node, const char *what);

#endif
