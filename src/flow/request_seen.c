/* What compares before it writes has to know first: compared with what it stored itself nothing would be new. */
#include "flow/request_seen.h"

baton_code request_seen(struct ledger_reader *reader, const char *actor,
                        const struct request *request, struct reader_request *out, bool *is_there,
                        struct baton_findings *found) {
    *is_there = false;
    if (request == NULL)
        return BATON_OK;
    const baton_code code = reader_request(reader, actor, request->key, out, is_there);
    if (code != BATON_OK) {
        reader_report(reader, code, found);
        return code;
    }
    if (!*is_there || digest_equal(&out->digest, &request->digest))
        return BATON_OK;
    baton_findings_add(found, BATON_REQUEST_DIFFERS, (struct baton_where){0}, request->key, NULL,
                       NULL, NULL);
    return BATON_REQUEST_DIFFERS;
}
