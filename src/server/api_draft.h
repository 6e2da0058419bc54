/* Drafts of schemes that stand with the server (ledger/draft.h), for whoever may propose a version of the scheme. */
#ifndef SERVER_API_DRAFT_H
#define SERVER_API_DRAFT_H

#include "http/http.h"
#include "server/body.h"

/* GET assessments/{assessment}/drafts: what there is, without its bytes. POST ?name=: a new one, of the archive that is the body. */
http_handler api_drafts, api_draft_add;
/* .../drafts/{draft}: GET its bytes, PUT ?revision= &name= others in their place, DELETE ?revision=. Answers about one have its revision in the header Draft-Revision, those that are refused for an older one
 * (DRAFT_MEANWHILE) too. */
http_handler api_draft, api_draft_save, api_draft_discard;

extern const struct body_shape draft_shape, draft_list_shape, draft_add_query_shape,
    draft_save_query_shape, draft_discard_query_shape;

#endif
