/* `baton key`: the keys that sign a ledger's heads; a new one in the place of the old. */
#include "cli/list_table.h"
#include "cli/open_ledger.h"
#include "cli/print_findings.h"
#include "cli/public_key.h"
#include "cli/terminal.h"
#include "flow/entry_print.h"
#include "report/explain_report.h"
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

/* A key, from the fact that put it in force. */
struct key {
    struct entry entry;
    struct digest digest;
};

struct keys {
    struct baton_arena *arena;
    enum digest_kind kind;
    struct key *key;
    size_t count, capacity;
};

static baton_code take_key(void *context, const struct fact_row *row) {
    struct keys *keys = context;
    struct public_key public = {0};
    const char *hex = body_text(&row->entry.body, "public_key");
    const size_t size = strlen(hex);
    if (size / 2 > PUBLIC_KEY_SIZE_MAX || !bytes_of_hex(hex, size, public.der))
        return BATON_OK;
    public.size = size / 2;
    struct key *key = ARRAY_PUSH(keys->arena, keys->key, keys->count, keys->capacity);
    entry_copy(keys->arena, &row->entry, &key->entry);
    key->digest = public_key_digest(keys->kind, &public);
    return BATON_OK;
}

static void sort(struct keys *keys) {
    for (size_t i = 1; i < keys->count; i++)
        for (size_t k = i; k > 0 && keys->key[k].entry.position < keys->key[k - 1].entry.position;
             k--) {
            const struct key moved = keys->key[k];
            keys->key[k] = keys->key[k - 1];
            keys->key[k - 1] = moved;
        }
}

static baton_code list(struct invocation *invocation, struct ledger_reader *reader) {
    static const char *const titles[2][5] = {{"no.", "from", "by", "because", "digest of the key"},
                                             {"编号", "启用时间", "经办人", "理由", "公钥摘要"}};
    struct keys keys = {.arena = invocation->arena, .kind = reader_digest(reader)};
    struct names names = {
        .arena = invocation->arena, .reader = reader, .language = invocation->language};
    uint64_t size;
    baton_code code = reader_size(reader, &size);
    if (code == BATON_OK)
        code = reader_rows(reader, "", FACT_LEDGER, size, take_key, &keys);
    if (code == BATON_OK)
        code = reader_rows(reader, "", FACT_KEY, size, take_key, &keys);
    if (code != BATON_OK)
        return refuse_reader(invocation, reader, code);
    sort(&keys);
    struct list_table table = {
        .arena = invocation->arena, .columns = 5, .title = titles[invocation->language]};
    for (size_t i = 0; i < keys.count; i++) {
        const struct key *key = &keys.key[i];
        char hex[DIGEST_HEX_SIZE];
        const char **cell = list_add(&table);
        digest_hex(&key->digest, hex);
        cell[0] = arena_printf(invocation->arena, "%" PRIu64, key->entry.position);
        cell[1] = explain_time(invocation->arena, key->entry.time_utc_ms);
        cell[2] = names_shown(&names, key->entry.actor);
        cell[3] = body_text(&key->entry.body, "@reason");
        cell[4] = arena_text(invocation->arena, hex, strlen(hex));
    }
    list_print(&table, invocation->out, invocation->colour_out, terminal_width(invocation));
    return BATON_OK;
}

static baton_code show(struct invocation *invocation) {
    struct ledger_reader *reader;
    struct head head;
    struct public_key key;
    TRY(open_reader(invocation, invocation->operand[0], &reader));
    if (invocation->settings.output == NULL)
        return list(invocation, reader);
    const baton_code code = reader_head(reader, invocation->arena, &head, &key);
    return code == BATON_OK ? put_text(invocation, public_key_pem(invocation->arena, &key))
                            : refuse_reader(invocation, reader, code);
}

/* Makes the new key where there is none of that name, then has both sign. */
static baton_code change(struct invocation *invocation, struct ledger *ledger,
                         enum signature_kind kind, const char *actor, struct submission *submission,
                         struct baton_findings *found) {
    const struct settings *settings = &invocation->settings;
    const char *const place = settings->new_key;
    if (strchr(place, ':') == NULL && access(place, F_OK) != 0)
        TRY(signer_create(invocation->arena, place, kind, found));
    return ledger_rotate_key(ledger, invocation->arena, actor, place, settings->reason, submission,
                             found);
}

static baton_code rotate(struct invocation *invocation) {
    const struct settings *settings = &invocation->settings;
    struct baton_findings found = {.arena = invocation->arena};
    struct ledger_reader *reader;
    struct ledger *ledger;
    struct submission submission = {0};
    const char *actor;
    if (settings->reason == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, "key", "--reason", NULL, NULL);
    TRY(who_acts(invocation, &actor));
    TRY(open_reader(invocation, invocation->operand[0], &reader));
    const enum signature_kind kind = reader_signature(reader);
    reader_close(reader);
    TRY(open_appender(invocation, invocation->operand[0], &ledger));
    const baton_code code = change(invocation, ledger, kind, actor, &submission, &found);
    ledger_close(ledger);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
    tell_stored(invocation, &submission);
    writer_printf(
        invocation->out,
        in_language(invocation,
                    "From now on the ledger is signed with %s: name it with --key, or put it "
                    "where the old one is. Keep a copy elsewhere.\n",
                    "今后以 %s 签名：请用 --key 指定，或放到原密钥的位置；并请另存备份。\n"),
        settings->new_key);
    return BATON_OK;
}

baton_code cmd_key(struct invocation *invocation) {
    const struct settings *settings = &invocation->settings;
    if (settings->new_key != NULL && settings->output != NULL)
        return refuse(invocation, BATON_OPTIONS_APART, "--new", "--output", NULL, NULL);
    return settings->new_key != NULL ? rotate(invocation) : show(invocation);
}
