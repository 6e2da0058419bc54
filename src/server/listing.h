/* Lists of entries, page by page. */
#ifndef SERVER_LISTING_H
#define SERVER_LISTING_H

#include "base/json.h"
#include "flow/entry_print.h"
#include "server/api.h"

enum { LIMIT_USUAL = 50, LIMIT_MOST = 1000 };

/* Entries that were read, with what else is known of each; in the request's arena. */
struct list {
    struct call *call;
    const char *kind, *assessment, *actor; /* NULL = any */
    struct entry *entry;
    struct fact_row *about; /* of each; its entry is not there any more */
    size_t count, capacity, about_capacity;
};
void list_keep(struct list *list, const struct fact_row *row);

/* The member `next`: the address of the request with another query; NULL = there is no more. */
void list_next(struct call *call, struct json *json, const char *query);

/* A key as the ledger has it, of one in a request: its fields separated by commas. NULL = "". */
const char *list_key(struct call *call, const char *words);

/* How entries are printed for whoever asks. Needs the reader. */
struct names *call_names(struct call *call);

#endif
