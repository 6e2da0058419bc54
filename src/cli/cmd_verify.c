/* `baton verify`: whether a ledger is what it says; or, without any ledger, whether a receipt or an exported journal is. */
#include "cli/entry_print.h"
#include "cli/entry_words.h"
#include "cli/open_ledger.h"
#include "cli/print_findings.h"
#include "cli/progress.h"
#include "cli/public_key.h"
#include "flow/posting.h"
#include "ledger/verify.h"
#include "report/explain_report.h"
#include "report/layout.h"
#include <inttypes.h>
#include <string.h>

enum { STEPS = 1000, LABEL = 18 };

static void put_line(struct invocation *invocation, const char *label, const char *text) {
    writer_text(invocation->out, "  ");
    layout_pad(invocation->out, label, LABEL, ALIGN_LEFT);
    writer_printf(invocation->out, "%s\n", text);
}

/* A receipt */

static void tell_key(struct invocation *invocation, const struct head *head, bool is_compared) {
    char hex[DIGEST_HEX_SIZE];
    digest_hex(&head->key, hex);
    put_line(invocation, in_language(invocation, "key", "公钥摘要"), hex);
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
        put_line(invocation, in_language(invocation, "said", "时间"),
                 explain_time(arena, entry.time_utc_ms));
        put_line(invocation, in_language(invocation, "by", "经办人"), entry.actor);
        if (*entry.body.assessment != '\0')
            put_line(invocation, in_language(invocation, "assessment", "考核"),
                     entry.body.assessment);
        put_line(invocation, in_language(invocation, "what", "内容"),
                 entry_words(arena, &entry.body, invocation->language));
        if (body_field(&entry.body, "@reason") != NULL)
            put_line(invocation, in_language(invocation, "because", "理由"),
                     body_text(&entry.body, "@reason"));
    }
    put_line(
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

/* A ledger */

struct watching {
    struct invocation *invocation;
    struct progress *progress;
    const char *doing;
};

static _Atomic uint32_t steps_done;

static void watch(void *context, uint64_t done, uint64_t of) {
    struct watching *watching = context;
    steps_done = of == 0 ? 0 : (uint32_t)(done >= of ? STEPS : done * STEPS / of);
    progress_say(watching->progress, watching->doing, &steps_done, STEPS);
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

static void tell_report(struct invocation *invocation, const char *name,
                        const struct verify_report *report) {
    struct baton_arena *arena = invocation->arena;
    const struct head *head = &report->head;
    char hex[DIGEST_HEX_SIZE];
    digest_hex(&head->root, hex);
    writer_printf(
        invocation->out,
        in_language(invocation, "%s holds: it is what it says.\n", "%s 核验通过：与所载一致。\n"),
        name);
    put_line(invocation, in_language(invocation, "ledger", "账本"), head->ledger);
    put_line(invocation, in_language(invocation, "facts", "事实"),
             arena_printf(arena,
                          in_language(invocation, "%" PRIu64 ", signed in %" PRIu64 " batches",
                                      "%" PRIu64 " 条，分 %" PRIu64 " 批签名"),
                          report->entries, report->heads));
    put_line(
        invocation, in_language(invocation, "contents", "内容"),
        arena_printf(arena,
                     in_language(invocation, "%" PRIu64 " (%" PRIu64 " bytes), %" PRIu64 " erased",
                                 "%" PRIu64 " 项（%" PRIu64 " 字节），已删除 %" PRIu64 " 项"),
                     report->contents, report->content_bytes, report->erased));
    put_line(invocation, in_language(invocation, "newest head", "最新签名摘要"),
             arena_printf(arena, "%s", explain_time(arena, head->time_utc_ms)));
    put_line(invocation, in_language(invocation, "root", "根摘要"), hex);
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

static baton_code verify_ledger(struct invocation *invocation) {
    const struct settings *settings = &invocation->settings;
    const struct ledger_place place = ledger_place_of(invocation, invocation->operand[0]);
    struct baton_findings found = {.arena = invocation->arena};
    struct head *since = NULL, kept;
    struct public_key key;
    struct verify_report report;
    struct posting_report postings = {0};
    if (settings->since != NULL) {
        TRY(read_since(invocation, &kept, &key));
        since = &kept;
    }
    struct watching watching = {invocation, progress_open(invocation->arena),
                                in_language(invocation, "Verifying", "正在核验")};
    baton_code code =
        ledger_verify(invocation->arena, &place, since, &key, watch, &watching, &report, &found);
    if (code == BATON_OK)
        code = verify_postings(invocation, &watching, &postings, &found);
    progress_close(watching.progress);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
    tell_report(invocation, place.address, &report);
    if (postings.postings > 0)
        put_line(invocation, in_language(invocation, "posted results", "已公布结果"),
                 arena_printf(invocation->arena,
                              in_language(invocation, "%" PRIu64 ", scored again to the same bytes",
                                          "%" PRIu64 " 项，重算结果逐字节相同"),
                              postings.postings));
    if (since != NULL)
        put_line(invocation, in_language(invocation, "since", "衔接"),
                 arena_printf(invocation->arena,
                              in_language(invocation, "extends the head of %" PRIu64 " facts, %s",
                                          "接续留存的前 %" PRIu64 " 条的签名摘要，%s"),
                              since->size, explain_time(invocation->arena, since->time_utc_ms)));
    print_findings(
        invocation->arena, invocation->err, &found,
        (struct findings_style){invocation->language, invocation->colour_err, BATON_NOTE});
    return BATON_OK;
}

baton_code cmd_verify(struct invocation *invocation) {
    const struct settings *settings = &invocation->settings;
    if (settings->receipt != NULL && settings->since != NULL)
        return refuse(invocation, BATON_OPTIONS_APART, "--receipt", "--since", NULL, NULL);
    if (settings->receipt != NULL && invocation->operand_count > 0)
        return refuse(invocation, BATON_OPERAND_EXCESS, "verify", invocation->operand[0], NULL,
                      NULL);
    if (settings->receipt != NULL)
        return verify_receipt(invocation);
    if (invocation->operand_count == 0)
        return refuse(
            invocation, BATON_OPERAND_MISSING, "verify",
            in_language(invocation, "LEDGER, or --receipt FILE", "LEDGER 或 --receipt FILE"), NULL,
            NULL);
    if (settings->key != NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, "verify --key", "--receipt", NULL, NULL);
    return verify_ledger(invocation);
}
