/* Evidence and other contents: brought in, listed, given out. A file is never in memory: it comes into a file without a name (http_body.h), is looked at there (files/media.h), goes into the ledger piece by piece, and comes out the same way. */
#ifndef SERVER_API_EVIDENCE_H
#define SERVER_API_EVIDENCE_H

#include "baton/findings.h"
#include "http/http.h"
#include "server/body.h"

/* No server takes larger files; each takes what its configuration says. */
#define EVIDENCE_MOST (UINT64_C(4) << 30)
#define EVIDENCE_USUAL (UINT64_C(256) << 20)

/* What is taken: server_settings. */
struct evidence_taken {
    uint64_t size_max; /* bytes */
    uint64_t kinds;    /* of files/media.h */
};

/* POST assessments/{assessment}/evidence?name=: a file; the answer has the digest by which facts name it. */
http_handler api_evidence;
/* GET assessments/{assessment}/evidence ?unit= ?period= ?element= ?indicator= ?state= ?limit= ?before= */
http_handler api_evidence_list;
/* GET contents/{digest}: its bytes, by their media type, never as a page; one range of them. */
http_handler api_content;

struct call;
struct fact_body;

/* Whether facts that are to be said, proposed or decided on may be, as to evidence: what they name may be read by whoever names it (CONTENT_UNKNOWN), so that nobody comes by a file by its digest; and nothing is erased before its term
 * (EVIDENCE_TERM). Needs the reader where they name or erase any. */
MUST_USE baton_code call_evidence(struct call *call, const struct fact_body *fact, size_t count);
/* The second, of what was proposed at a position. */
MUST_USE baton_code call_evidence_proposed(struct call *call, uint64_t position);

extern const struct body_shape evidence_query_shape, evidence_list_query_shape, evidence_list_shape;

#endif
