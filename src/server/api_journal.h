/* The journal: entries, heads, receipts, proofs, contents, proposals, and rows of tables as they are in force. */
#ifndef SERVER_API_JOURNAL_H
#define SERVER_API_JOURNAL_H

#include "http/http.h"
#include "server/body.h"

/* GET ledger: id, algorithms, newest head, public key. */
http_handler api_ledger;
/* GET head: the newest one as text. */
http_handler api_head;
/* GET consistency?from=N: the proof that the present journal extends one of N entries, with the head that it leads to. */
http_handler api_consistency;
/* GET entries?before=&limit=&kind=&assessment=: newest first; `next` leads on. */
http_handler api_entries;
/* GET entries/{position}, entries/{position}/receipt (text). */
http_handler api_entry, api_receipt;
/* GET proposals?state=open&assessment=. */
http_handler api_proposals;
/* GET assessments/{assessment}/facts/{kind}?known=&after=&limit=: rows in force, by key; `next` leads on. */
http_handler api_facts;
/* GET assessments/{assessment}/facts/{kind}/history?key=: every revision of a row; key fields separated by commas. */
http_handler api_history;

/* The answers, for the document and the tests. */
extern const struct body_shape ledger_shape, consistency_shape, entry_shape, entry_list_shape,
    proposal_list_shape, row_list_shape, revision_list_shape;

#endif
