/* The scheme's own period by its name is a result of its own, for another version than the newest may be in force for it; it is kept from the first time on that somebody asks. */
#include "server/kept.h"
#include "report/result_view.h"

static const struct baton_period whole = {0};

static bool is_own_period(struct live *live, const char *assessment, struct baton_period period) {
    struct live_result own;
    if (!live_result(live, assessment, whole, &own))
        return false;
    const bool is_own =
        own.session != NULL &&
        baton_period_compare(result_view_of(own.session).result->period, period) == 0;
    live_release(&own);
    return is_own;
}

baton_code kept_result(struct live *live, const char *assessment, struct baton_period period,
                       struct live_result *out, bool *is_kept) {
    *is_kept = live_result(live, assessment, period, out);
    if (*is_kept)
        return BATON_OK;
    TRY(live_watch(live, assessment, whole));
    if (period.kind != BATON_PERIOD_NONE && is_own_period(live, assessment, period))
        TRY(live_watch(live, assessment, period));
    *is_kept = live_result(live, assessment, period, out);
    return BATON_OK;
}
