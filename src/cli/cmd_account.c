/* `baton account`: who may sign in to the server. First passwords are printed once and kept by nobody. */
#include "base/text.h"
#include "cli/list_table.h"
#include "cli/open_ledger.h"
#include "cli/terminal.h"
#include "cli/world.h"
#include "ledger/account.h"
#include "report/explain_report.h"
#include <string.h>

static baton_code open_accounts(struct invocation *invocation, struct accounts **out) {
    struct baton_findings found = {.arena = invocation->arena};
    const struct accounts_settings usual = {0};
    struct ledger_place *place = arena_alloc(invocation->arena, 1, sizeof *place);
    *place = ledger_place_of(invocation, invocation->operand[0]);
    const baton_code code =
        accounts_open(invocation->arena, world_of_system(), place, &usual, out, &found);
    return code == BATON_OK || found.errors == 0 ? code : refuse_all(invocation, &found);
}

/* What a call has found, told. */
static baton_code told(struct invocation *invocation, baton_code code,
                       struct baton_findings *found) {
    return code == BATON_OK || found->errors == 0 ? code : refuse_all(invocation, found);
}

static baton_code make(struct invocation *invocation, struct accounts *accounts) {
    struct baton_findings found = {.arena = invocation->arena};
    char first[PASSWORD_FIRST_SIZE];
    TRY(told(invocation, account_make(accounts, invocation->operand[2], first, &found), &found));
    writer_printf(invocation->out, "%s\n", first);
    return BATON_OK;
}

static baton_code reset(struct invocation *invocation, struct accounts *accounts) {
    struct baton_findings found = {.arena = invocation->arena};
    char first[PASSWORD_FIRST_SIZE];
    TRY(told(invocation, account_reset(accounts, invocation->operand[2], true, first, &found),
             &found));
    writer_printf(invocation->out, "%s\n", first);
    return BATON_OK;
}

static baton_code shut(struct invocation *invocation, struct accounts *accounts) {
    struct baton_findings found = {.arena = invocation->arena};
    return told(invocation, account_close(accounts, invocation->operand[2], &found), &found);
}

static baton_code list(struct invocation *invocation, struct accounts *accounts) {
    static const char *const titles[2][4] = {{"person", "since", "password until", ""},
                                             {"人员", "开通时间", "密码有效期至", ""}};
    static const enum layout_align aligned[] = {ALIGN_LEFT, ALIGN_LEFT, ALIGN_LEFT, ALIGN_LEFT};
    struct baton_arena *arena = invocation->arena;
    struct baton_findings found = {.arena = arena};
    struct list_table table = {
        .arena = arena, .columns = 4, .title = titles[invocation->language], .align = aligned};
    struct account *account;
    size_t count;
    TRY(told(invocation, account_list(accounts, arena, &account, &count, &found), &found));
    for (size_t i = 0; i < count; i++) {
        const char **cell = list_add(&table);
        cell[0] = account[i].person;
        cell[1] = explain_time(arena, account[i].made_utc_ms);
        cell[2] = explain_time(arena, account[i].expires_utc_ms);
        cell[3] = account[i].is_first
                      ? in_language(invocation, "first password", "初始密码，未更改")
                      : "";
    }
    list_print(&table, invocation->out, invocation->colour_out, terminal_width(invocation));
    return BATON_OK;
}

static const struct {
    const char *word;
    size_t operands; /* with the ledger and the word */
    const char *shape;
    baton_code (*run)(struct invocation *invocation, struct accounts *accounts);
} words[] = {{"make", 3, "LEDGER make ID", make},
             {"reset", 3, "LEDGER reset ID", reset},
             {"close", 3, "LEDGER close ID", shut},
             {"list", 2, "LEDGER list", list}};

baton_code cmd_account(struct invocation *invocation) {
    const char *const word = invocation->operand[1];
    struct text_guess guess = {.text = word, .size = strlen(word)};
    struct accounts *accounts;
    for (size_t i = 0; i < LENGTH(words); i++) {
        text_guess_offer(&guess, words[i].word, strlen(words[i].word));
        if (strcmp(words[i].word, word) != 0)
            continue;
        if (invocation->operand_count < words[i].operands)
            return refuse(invocation, BATON_OPERAND_MISSING, "account", words[i].shape, NULL, NULL);
        if (invocation->operand_count > words[i].operands)
            return refuse(invocation, BATON_OPERAND_EXCESS, "account",
                          invocation->operand[words[i].operands], NULL, NULL);
        TRY(open_accounts(invocation, &accounts));
        return words[i].run(invocation, accounts);
    }
    return refuse(invocation, BATON_OPERAND_WORD, "account", word, "make, reset, close, list",
                  guess.best);
}
