/* What the handlers of /api/v1 work with: a ledger that is appended to, connections for reading it, live results of its assessments, tables answered before. */
#ifndef SERVER_API_H
#define SERVER_API_H

#include "flow/live.h"
#include "http/http.h"
#include "ledger/ledger.h"
#include "ledger/session.h"
#include "server/api_evidence.h"
#include "server/blobs.h"
#include "server/events.h"
#include "server/people.h"
#include "server/readers.h"

struct audit;         /* audit.h */
struct chaser;        /* chaser.h */
struct kept_expected; /* kept_expected.h */
struct writer;
struct costly;     /* costly.h */
struct evidence;   /* flow/evidence.h */
struct verifying;  /* verifying.h */
struct limits;     /* limits.h */
struct metrics;    /* metrics.h */
struct news;       /* news.h */
struct pages;      /* pages.h */
struct ready;      /* ready.h */
struct server_log; /* log.h */
struct sharer;     /* sharer.h */

struct api {
    const struct ledger_world *world;
    struct ledger_place place;
    struct ledger *ledger;
    struct live *live;
    struct kept_expected *expected;
    struct readers *readers;
    struct blobs *blobs;
    struct accounts *accounts;
    struct people *people;
    struct news *news;
    struct events *events;
    struct costly *costly;
    struct evidence *evidence;
    struct evidence_taken evidence_taken;
    struct verifying *verifying;
    struct limits *limits;
    struct metrics *metrics;
    struct pages *pages;
    struct ready *ready;
    struct server_log *log; /* NULL = none is kept */
    struct http_server *http;
    struct audit *audit;
    struct sharer *sharer;
    struct chaser *chaser;
};

/* One call of a handler, in the request's arena. */
struct call {
    struct http_request *request;
    struct api *api;
    struct baton_arena *arena;
    struct baton_findings found;
    struct ledger_reader *reader; /* NULL until call_reader */
    bool has_turn;                /* see costly.h */
    const char *sent; /* folder of what the body was written to; NULL = it was not: see sent.h */
};

/* Runs the work of a handler: what it answers other than BATON_OK, or has found, becomes the answer. Work that answers BATON_OK has answered. */
void call_run(struct http_request *request, void *api, baton_code (*work)(struct call *call));

/* A reader that nobody else uses, until the request has been answered: call->reader. */
MUST_USE baton_code call_reader(struct call *call);

/* A finding without a place; answers the code. */
baton_code call_refuse(struct call *call, baton_code code, const char *a, const char *b,
                       const char *c, const char *d);
/* A finding about a part of the request: "known", "/facts/3/unit". */
baton_code call_refuse_at(struct call *call, baton_code code, const char *field, const char *a,
                          const char *b, const char *c, const char *d);

/* Has write(context, scratch, writer) write to memory: *bytes lives as long as the request. What the writer grows in is another arena than `scratch`, for printers give back what they took of
 * theirs. */
MUST_USE baton_code call_write(struct call *call,
                               baton_code (*write)(void *context, struct baton_arena *scratch,
                                                   struct writer *writer),
                               void *context, const char **bytes, size_t *size);

/* Answers 200 with what was written to memory. */
void call_answer(struct call *call, const char *media, struct writer *writer);

/* Who asks: the id of the person. Of a route that takes nobody without signing in. */
const char *call_actor(const struct call *call);

/* What the request says. */

/* Its key, by which sending it again is known, and the digest of all that it asks for. REQUEST_KEY_NEEDED. */
MUST_USE baton_code call_request(struct call *call, struct request *out);

/* The assessments that whoever asks may see, sorted. Needs the reader. */
MUST_USE baton_code call_assessments(struct call *call, const char ***out, size_t *count);
/* The assessment of the path. ASSESSMENT_UNKNOWN, with what it could have been, also of one that they may not see. Needs the reader. */
MUST_USE baton_code call_assessment(struct call *call, const char **out);
MUST_USE baton_code call_assessment_named(struct call *call, const char *asked, const char **out);
/* ?known=2021-08-27 (to the end of that day by the clocks of China) or the number of the last entry that counts; without it *out is how many there are and *is_now true. Needs the
 * reader. KNOWN_BAD, ENTRY_UNKNOWN. */
MUST_USE baton_code call_known(struct call *call, uint64_t *out, bool *is_now);
/* {period} of the path; of kind NONE where the pattern has none. PERIOD_BAD. */
MUST_USE baton_code call_period(struct call *call, struct baton_period *out);
/* The same of any text; NULL = none, *out stays. `field` is where it stands. */
MUST_USE baton_code call_period_of(struct call *call, const char *field, const char *text,
                                   struct baton_period *out);
/* A number of the path or the query: digits. NUMBER_BAD. *out stays where the query has none. */
MUST_USE baton_code call_number(struct call *call, const char *name, const char *text,
                                uint64_t *out);
/* ?limit=, at most `most`. */
MUST_USE baton_code call_limit(struct call *call, size_t usual, size_t most, size_t *out);

/* Which form of a table is wanted: ?format=, else the first of Accept that is here, else JSON. MEDIA_NOT_ACCEPTABLE. */
enum form { FORM_JSON, FORM_CSV, FORM_XLSX, FORM_COUNT };
MUST_USE baton_code call_form(struct call *call, unsigned allowed, enum form *out);
/* The one of `allowed` that an Accept header likes best, JSON without one (NULL); false = none. */
bool form_accepted(const char *accept, unsigned allowed, enum form *out);
extern const char *const form_media[FORM_COUNT];

#endif
