/* A result proposed for posting: scored out of the ledger as it is now, its table stored as content. Somebody else decides; then what it was made of is locked. */
#include "cli/score_post.h"
#include "cli/open_ledger.h"
#include "flow/posting.h"
#include "report/words.h"
#include <inttypes.h>

static void tell(struct invocation *invocation, const struct posting_made *made) {
    const char *const period = words_period(invocation->arena, made->period, invocation->language);
    writer_printf(invocation->out,
                  in_language(invocation,
                              "No. %" PRIu64 ": the result of %s is proposed for posting, by the "
                              "scheme no. %" PRIu64 "; its table is %s…\n",
                              "第 %" PRIu64 " 号：提请公布%s的结果，依据第 %" PRIu64
                              " 号方案；结果表摘要 %s…\n"),
                  made->proposal, period, made->scheme,
                  digest_shown(invocation->arena, &made->digest));
    writer_printf(invocation->out,
                  in_language(invocation,
                              "  It waits for somebody else: `baton decide %s %" PRIu64
                              " --accept`. "
                              "From then on figures of that period can only be corrected by two.\n",
                              "  待他人决定：`baton decide %s %" PRIu64
                              " --accept`。公布后，该周期的数据须经两人方可更正。\n"),
                  invocation->settings.ledger, made->proposal);
}

/* What does not go with it. */
static baton_code look_at_options(struct invocation *invocation) {
    const struct settings *s = &invocation->settings;
    if (s->ledger == NULL || s->reason == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, "score --post",
                      s->ledger == NULL ? "--ledger" : "--reason", NULL, NULL);
    if (invocation->operand_count > 0)
        return refuse(invocation, BATON_OPERAND_EXCESS, "score --post", invocation->operand[0],
                      NULL, NULL);
    const char *const idle = s->known != NULL        ? "--known"
                             : s->as_of != INT32_MAX ? "--as-of"
                             : s->output != NULL     ? "--output"
                                                     : NULL;
    return idle == NULL ? BATON_OK
                        : refuse(invocation, BATON_OPTIONS_APART, "--post", idle, NULL, NULL);
}

baton_code score_post(struct invocation *invocation) {
    const struct settings *settings = &invocation->settings;
    struct baton_findings found = {.arena = invocation->arena};
    struct posting_wish wish = {.view = {.period = settings->period},
                                .reason = settings->reason,
                                .engine = BATON_VERSION,
                                .threads = settings->threads};
    struct posting_made made;
    struct ledger *ledger;
    TRY(look_at_options(invocation));
    TRY(who_acts(invocation, &wish.actor));
    TRY(open_reader(invocation, settings->ledger, &wish.view.reader));
    TRY(which_assessment(invocation, wish.view.reader, &wish.view.assessment));
    TRY(open_appender(invocation, settings->ledger, &ledger));
    TRY(known_as_asked(invocation, wish.view.reader, &wish.view.known));
    const baton_code code = posting_propose(invocation->arena, ledger, &wish, &made, &found);
    ledger_close(ledger);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
    tell(invocation, &made);
    return BATON_OK;
}
