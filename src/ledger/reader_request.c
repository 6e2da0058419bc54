/* What was stored by a request, so that it is known without storing it again. */
#include "ledger/reader.h"
#include "ledger/reader_parts.h"
#include <string.h>

static void take(void *context, const struct store_value *row) {
    struct reader_request *out = context;
    *out = (struct reader_request){.position = (uint64_t)row[1].number,
                                   .count = (uint64_t)row[2].number};
    if (row[0].size == DIGEST_SIZE)
        memcpy(out->digest.byte, row[0].data, DIGEST_SIZE);
}

baton_code reader_request(struct ledger_reader *reader, const char *actor, const char *key,
                          struct reader_request *out, bool *is_there) {
    return reader_one(
        reader, STATEMENT_REQUEST_GET,
        (struct store_value[]){store_int(reader->number), store_word(actor), store_word(key)}, take,
        out, is_there);
}
