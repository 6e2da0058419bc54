/* Whether a request was stored before. */
#ifndef FLOW_REQUEST_SEEN_H
#define FLOW_REQUEST_SEEN_H

#include "ledger/ledger.h"
#include "ledger/reader.h"

/* What the actor stored by the request; *is_there false = nothing, also of NULL. REQUEST_DIFFERS, with a finding, where another request had its key; what the reader answers. */
MUST_USE baton_code request_seen(struct ledger_reader *reader, const char *actor,
                                 const struct request *request, struct reader_request *out,
                                 bool *is_there, struct baton_findings *found);

#endif
