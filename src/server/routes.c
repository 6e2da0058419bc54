/* The table of routes, made of routes.def: once for us, once for the HTTP layer. */
#include "server/api_about.h"
#include "server/api_accounts.h"
#include "server/api_audit.h"
#include "server/api_burden.h"
#include "server/api_calendar.h"
#include "server/api_check.h"
#include "server/api_checks.h"
#include "server/api_collect.h"
#include "server/api_curve.h"
#include "server/api_doctor.h"
#include "server/api_draft.h"
#include "server/api_events.h"
#include "server/api_evidence.h"
#include "server/api_expected.h"
#include "server/api_factor.h"
#include "server/api_form.h"
#include "server/api_indicator.h"
#include "server/api_journal.h"
#include "server/api_notices.h"
#include "server/api_operation.h"
#include "server/api_overdue.h"
#include "server/api_package.h"
#include "server/api_pages.h"
#include "server/api_people.h"
#include "server/api_posting.h"
#include "server/api_posts.h"
#include "server/api_punctual.h"
#include "server/api_read_shapes.h"
#include "server/api_register.h"
#include "server/api_results.h"
#include "server/api_rule.h"
#include "server/api_scheme.h"
#include "server/api_session.h"
#include "server/api_sheet.h"
#include "server/api_verify.h"
#include "server/api_vintages.h"
#include "server/api_waiting.h"
#include "server/api_write.h"
#include "server/route_answer.h"
#include <pthread.h>

static const struct route table[] = {
#define X(...) ROUTE_ROW(__VA_ARGS__),
#include "server/routes.def"
#undef X
};

/* The same for the HTTP layer, the n-th of the n-th; filled when it is first asked for. */
static struct http_route for_http[LENGTH(table)];

/* A body that is no JSON may be of any type: its handler looks. */
static const char *media_of(const struct route *route) {
    return route->body != NULL ? "application/json" : route->body_max > 0 ? "" : NULL;
}

static void fill(void) {
    for (size_t i = 0; i < LENGTH(table); i++)
        for_http[i] = (struct http_route){.method = table[i].method,
                                          .way = table[i].way,
                                          .pattern = table[i].pattern,
                                          .body_max = table[i].body_max,
                                          .media = media_of(&table[i]),
                                          .handle = route_answer};
}

const struct route *routes(size_t *count) {
    *count = LENGTH(table);
    return table;
}

const struct http_route *routes_for_http(size_t *count) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, fill);
    *count = LENGTH(for_http);
    return for_http;
}

const struct route *route_of(const struct http_request *request) {
    return request->route == NULL ? NULL : &table[request->route - for_http];
}
