/* Scoring out of a ledger: a package as any other, only that its source is the ledger. */
#include "flow/ledger_score.h"
#include "flow/package_session.h"

baton_code ledger_package(struct baton_arena *arena, const struct ledger_view *view,
                          const struct baton_package_options *options, struct baton_package **out,
                          uint64_t *scheme, struct baton_findings *found) {
    struct source *source;
    *out = NULL;
    TRY(ledger_source_open(arena, view, &source, found));
    *scheme = ledger_source_scheme(source);
    return baton_package_load_source(arena, source, options, out, found);
}

baton_code ledger_score(struct baton_arena *arena, const struct ledger_view *view,
                        const struct baton_options *options, struct ledger_scored *out,
                        struct baton_findings *found) {
    struct baton_options full = *options;
    full.full = true;
    *out = (struct ledger_scored){0};
    TRY(ledger_package(arena, view,
                       &(struct baton_package_options){.threads = options->threads,
                                                       .want_origins = view->want_origins},
                       &out->package, &out->scheme, found));
    struct baton_scheme *scheme = baton_package_scheme(out->package);
    TRY(package_session(arena, out->package, &full, NULL, &out->session, found));
    TRY(baton_score(out->session,
                    view->period.kind == BATON_PERIOD_NONE ? scheme->period : view->period,
                    &out->result, found));
    return baton_findings_worst(found);
}
