/* What a verification read, for people. */
#include "cli/tell_verified.h"
#include "report/explain_report.h"
#include "report/layout.h"
#include <inttypes.h>

enum { LABEL = 18 };

void tell_line(struct invocation *invocation, const char *label, const char *text) {
    writer_text(invocation->out, "  ");
    layout_pad(invocation->out, label, LABEL, ALIGN_LEFT);
    writer_printf(invocation->out, "%s\n", text);
}

void tell_verified(struct invocation *invocation, const struct verify_report *report) {
    struct baton_arena *arena = invocation->arena;
    const struct head *head = &report->head;
    char hex[DIGEST_HEX_SIZE];
    digest_hex(&head->root, hex);
    tell_line(invocation, in_language(invocation, "ledger", "账本"), head->ledger);
    tell_line(invocation, in_language(invocation, "facts", "事实"),
              arena_printf(arena,
                           in_language(invocation, "%" PRIu64 ", signed in %" PRIu64 " batches",
                                       "%" PRIu64 " 条，分 %" PRIu64 " 批签名"),
                           report->entries, report->heads));
    tell_line(
        invocation, in_language(invocation, "contents", "内容"),
        arena_printf(arena,
                     in_language(invocation, "%" PRIu64 " (%" PRIu64 " bytes), %" PRIu64 " erased",
                                 "%" PRIu64 " 项（%" PRIu64 " 字节），已删除 %" PRIu64 " 项"),
                     report->contents, report->content_bytes, report->erased));
    tell_line(invocation, in_language(invocation, "newest head", "最新签名摘要"),
              arena_printf(arena, "%s", explain_time(arena, head->time_utc_ms)));
    tell_line(invocation, in_language(invocation, "root", "根摘要"), hex);
}
