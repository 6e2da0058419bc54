/* A result posted. The CSV depends on nothing but the facts that were known and the program, so the same bytes come out whenever it is made again. */
#include "flow/posting_parts.h"
#include "report/result_csv.h"
#include <string.h>

baton_code posting_made(struct baton_arena *arena, const struct ledger_view *view, unsigned threads,
                        struct posting_made *out, struct baton_findings *found) {
    struct ledger_scored scored;
    TRY(ledger_score(arena, view,
                     &(struct baton_options){.as_of_day = INT32_MAX, .threads = threads}, &scored,
                     found));
    struct result_view result = result_view_of(scored.session);
    result.as_of_day = INT32_MAX;
    result.exact = true;
    struct writer *csv = writer_memory(arena);
    result_csv(arena, &result, csv, NULL);
    *out = (struct posting_made){
        .scheme = scored.scheme,
        .period = scored.result->period,
        .table = writer_text_of(csv),
        .size = csv->used,
        .digest = digest_bytes(reader_digest(view->reader), csv->buffer, csv->used)};
    return BATON_OK;
}

static const char *number(struct baton_arena *arena, uint64_t value) {
    return arena_printf(arena, "%llu", (unsigned long long)value);
}

baton_code posting_propose(struct baton_arena *arena, struct ledger *ledger,
                           const struct posting_wish *wish, struct posting_made *out,
                           struct baton_findings *found) {
    char period[BATON_PERIOD_NAME_SIZE], hex[DIGEST_HEX_SIZE];
    TRY(posting_made(arena, &wish->view, wish->threads, out, found));
    baton_period_format(out->period, period);
    digest_hex(&out->digest, hex);
    const struct field field[] = {
        text_field("digest", hex),
        text_field("engine", wish->engine),
        text_field("period", period),
        text_field("scheme", number(arena, out->scheme)),
        text_field("size", number(arena, wish->view.known)),
        {"table", out->table, out->size, 'C'},
    };
    struct fact_body posting = {"posting", wish->view.assessment, field, LENGTH(field)};
    struct submission submission = {
        .actor = wish->actor, .fact = &posting, .count = 1, .request = wish->request};
    TRY(ledger_propose(ledger, arena, &submission, wish->reason, wish->expires_utc_ms, found));
    out->proposal = submission.first;
    out->is_repeat = submission.is_repeat;
    return BATON_OK;
}
