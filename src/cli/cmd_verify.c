/* `baton verify`: whether a ledger is what it says; or, without any ledger, whether a receipt or an exported journal is. */
#include "cli/open_ledger.h"
#include "cli/print_findings.h"
#include "cli/progress.h"
#include "cli/public_key.h"
#include "cli/tell_verified.h"
#include "flow/entry_print.h"
#include "flow/entry_words.h"
#include "flow/posting.h"
#include "ledger/verify.h"
#include "report/explain_report.h"
#include <inttypes.h>
#include <string.h>

enum { STEPS = 1000 };

/* A receipt */

static void tell_key(struct invocation *invocation, const struct head *head, bool is_compared) {
    char hex[DIGEST_HEX_SIZE];
    digest_hex(&head->key, hex);
    tell_line(invocation, in_language(invocation, "key", "公钥摘要"), hex);
    if (!is_compared)
        writer_text(invocation->out,
                    in_language(invocation,
                                "Compare this digest with the one that the office has given out, "
                                "or name that with --key.\n",
                                "请与考核办公布的公钥摘要核对，或用 --key 指定后重新核验。\n"));
}

static void tell_receipt(struct invocation *invocation, const char *path,
                         const struct receipt *receipt, bool is_compared) {
    struct baton_arena *arena = invocation->arena;
    struct entry entry;
    writer_printf(invocation->out,
                  in_language(invocation, "%s holds: no. %" PRIu64 " of the ledger '%s'.\n",
                              "%s 核验通过：第 %" PRIu64 " 号，账本“%s”。\n"),
                  path, receipt->position, receipt->head.ledger);
    if (receipt->entry != NULL &&
        entry_read(arena, receipt->entry, receipt->entry_size, &entry) == BATON_OK) {
        tell_line(invocation, in_language(invocation, "said", "时间"),
                  explain_time(arena, entry.time_utc_ms));
        tell_line(invocation, in_language(invocation, "by", "经办人"), entry.actor);
        if (*entry.body.assessment != '\0')
            tell_line(invocation, in_language(invocation, "assessment", "考核"),
                      entry.body.assessment);
        tell_line(invocation, in_language(invocation, "what", "内容"),
                  entry_words(arena, &entry.body, invocation->language));
        if (body_field(&entry.body, "@reason") != NULL)
            tell_line(invocation, in_language(invocation, "because", "理由"),
                      body_text(&entry.body, "@reason"));
    }
    tell_line(
        invocation, in_language(invocation, "head", "签名摘要"),
        arena_printf(arena,
                     in_language(invocation, "of %" PRIu64 " facts, %s", "前 %" PRIu64 " 条，%s"),
                     receipt->head.size, explain_time(arena, receipt->head.time_utc_ms)));
    tell_key(invocation, &receipt->head, is_compared);
}

static baton_code verify_receipt(struct invocation *invocation) {
    const struct settings *settings = &invocation->settings;
    const char *const path = settings->receipt;
    struct baton_findings found = {.arena = invocation->arena};
    struct receipt *receipt = arena_alloc(invocation->arena, 1, sizeof *receipt);
    const char *text;
    size_t size;
    struct digest wanted;
    TRY(read_whole(invocation, path, RECEIPT_TEXT_MAX, &text, &size));
    baton_code code = receipt_read(invocation->arena, path, text, size, receipt, &found);
    if (code == BATON_OK)
        code = receipt_check(invocation->arena, path, receipt, &found);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
    if (settings->key != NULL) {
        TRY(public_key_named(invocation, settings->key, receipt->head.digest, &wanted));
        if (!digest_equal(&wanted, &receipt->head.key))
            return refuse(invocation, BATON_RECEIPT_KEY, path,
                          digest_shown(invocation->arena, &receipt->head.key),
                          digest_shown(invocation->arena, &wanted), NULL);
    }
    tell_receipt(invocation, path, receipt, settings->key != NULL);
    return BATON_OK;
}

/* A ledger, or the file of one */

static void tell_holds(struct invocation *invocation, const char *name,
                       const struct verify_report *report) {
    writer_printf(
        invocation->out,
        in_language(invocation, "%s holds: it is what it says.\n", "%s 核验通过：与所载一致。\n"),
        name);
    tell_verified(invocation, report);
}

struct watching {
    struct invocation *invocation;
    struct progress *progress;
    const char *doing;
};

static _Atomic uint32_t steps_done;

static bool watch(void *context, uint64_t done, uint64_t of) {
    struct watching *watching = context;
    steps_done = of == 0 ? 0 : (uint32_t)(done >= of ? STEPS : done * STEPS / of);
    progress_say(watching->progress, watching->doing, &steps_done, STEPS);
    return true;
}

static baton_code read_since(struct invocation *invocation, struct head *head,
                             struct public_key *key) {
    const char *const path = invocation->settings.since;
    struct baton_findings found = {.arena = invocation->arena};
    const char *text;
    size_t size;
    TRY(read_whole(invocation, path, RECEIPT_TEXT_MAX, &text, &size));
    const baton_code code = head_read(invocation->arena, path, text, size, head, key, &found);
    return code == BATON_OK || code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
}

/* Posted results are made again, once the facts are known to be what they were. */
static baton_code verify_postings(struct invocation *invocation, struct watching *watching,
                                  struct posting_report *report, struct baton_findings *found) {
    struct ledger_reader *reader;
    const struct ledger_place place = ledger_place_of(invocation, invocation->operand[0]);
    watching->doing = in_language(invocation, "Scoring posted results", "正在重算已公布结果");
    TRY(reader_open(invocation->arena, &place, &reader, found));
    return posting_verify(invocation->arena, reader, BATON_VERSION, invocation->settings.threads,
                          watch, watching, report, found);
}

static void tell_since(struct invocation *invocation, const struct head *since) {
    if (since == NULL)
        return;
    tell_line(invocation, in_language(invocation, "since", "衔接"),
              arena_printf(invocation->arena,
                           in_language(invocation, "extends the head of %" PRIu64 " facts, %s",
                                       "接续留存的前 %" PRIu64 " 条的签名摘要，%s"),
                           since->size, explain_time(invocation->arena, since->time_utc_ms)));
}

/* What was kept elsewhere; *since NULL = nothing was named. */
struct kept {
    struct head head;
    struct public_key key;
    const struct head *since;
};

static baton_code read_kept(struct invocation *invocation, struct kept *kept) {
    kept->since = NULL;
    if (invocation->settings.since == NULL)
        return BATON_OK;
    TRY(read_since(invocation, &kept->head, &kept->key));
    kept->since = &kept->head;
    return BATON_OK;
}

static baton_code verify_journal(struct invocation *invocation) {
    const char *const path = invocation->settings.journal;
    struct baton_findings found = {.arena = invocation->arena};
    struct verify_report report;
    struct kept kept;
    TRY(read_kept(invocation, &kept));
    const baton_code code =
        ledger_verify_file(invocation->arena, path, kept.since, &kept.key, &report, &found);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
    tell_holds(invocation, path, &report);
    tell_since(invocation, kept.since);
    return BATON_OK;
}

static baton_code verify_ledger(struct invocation *invocation) {
    const struct ledger_place place = ledger_place_of(invocation, invocation->operand[0]);
    struct baton_findings found = {.arena = invocation->arena};
    struct kept kept;
    struct verify_report report;
    struct posting_report postings = {0};
    TRY(read_kept(invocation, &kept));
    struct watching watching = {invocation, progress_open(invocation->arena),
                                in_language(invocation, "Verifying", "正在核验")};
    baton_code code = ledger_verify(invocation->arena, &place, kept.since, &kept.key, watch,
                                    &watching, &report, &found);
    if (code == BATON_OK)
        code = verify_postings(invocation, &watching, &postings, &found);
    progress_close(watching.progress);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
    tell_holds(invocation, place.address, &report);
    if (postings.postings > 0)
        tell_line(
            invocation, in_language(invocation, "posted results", "已公布结果"),
            arena_printf(invocation->arena,
                         in_language(invocation, "%" PRIu64 ", scored again to the same bytes",
                                     "%" PRIu64 " 项，重算结果逐字节相同"),
                         postings.postings));
    tell_since(invocation, kept.since);
    print_findings(
        invocation->arena, invocation->err, &found,
        (struct findings_style){invocation->language, invocation->colour_err, BATON_NOTE});
    return BATON_OK;
}

baton_code cmd_verify(struct invocation *invocation) {
    const struct settings *settings = &invocation->settings;
    const bool has_file = settings->receipt != NULL || settings->journal != NULL;
    if (settings->receipt != NULL && (settings->since != NULL || settings->journal != NULL))
        return refuse(invocation, BATON_OPTIONS_APART, "--receipt",
                      settings->since != NULL ? "--since" : "--journal", NULL, NULL);
    if (has_file && invocation->operand_count > 0)
        return refuse(invocation, BATON_OPERAND_EXCESS, "verify", invocation->operand[0], NULL,
                      NULL);
    if (settings->key != NULL && settings->receipt == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, "verify --key", "--receipt", NULL, NULL);
    if (!has_file && invocation->operand_count == 0)
        return refuse(invocation, BATON_OPERAND_MISSING, "verify",
                      in_language(invocation, "LEDGER, --receipt FILE or --journal FILE",
                                  "LEDGER、--receipt FILE 或 --journal FILE"),
                      NULL, NULL);
    return settings->receipt != NULL   ? verify_receipt(invocation)
           : settings->journal != NULL ? verify_journal(invocation)
                                       : verify_ledger(invocation);
}
