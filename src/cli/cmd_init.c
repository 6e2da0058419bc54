/* `baton init`: begins a ledger, and brings a package into it where that is wished. */
#include "base/text.h"
#include "cli/import_tell.h"
#include "cli/open_ledger.h"
#include "cli/print_findings.h"
#include "cli/world.h"
#include "ledger/store.h"
#include <inttypes.h>
#include <string.h>

/* The name of a file without its folders and its ending; NULL of a server's address. */
static const char *usual_id(struct baton_arena *arena, const char *address) {
    if (store_kind_of(address) != STORE_SQLITE)
        return NULL;
    const char *slash = strrchr(address, '/'), *name = slash == NULL ? address : slash + 1;
    const char *dot = strrchr(name, '.');
    return arena_text(arena, name,
                      dot == NULL || dot == name ? strlen(name) : (size_t)(dot - name));
}

static void tell_made(struct invocation *invocation, const struct ledger_place *place,
                      struct ledger_reader *reader, const struct head *head) {
    const char *key =
        place->key != NULL ? place->key : arena_printf(invocation->arena, "%s.key", place->address);
    writer_printf(invocation->out,
                  in_language(invocation, "The ledger '%s' begins in %s (%s, %s).\n",
                              "账本“%s”已在 %s 中建立（%s，%s）。\n"),
                  reader_ledger(reader), store_address_shown(invocation->arena, place->address),
                  digest_word(reader_digest(reader)), signature_word(reader_signature(reader)));
    writer_printf(
        invocation->out,
        in_language(invocation,
                    "Its key is %s: keep a copy elsewhere, and let nobody else read it.\n",
                    "密钥为 %s，请另存备份，不得让他人读取。\n"),
        key);
    writer_printf(invocation->out,
                  in_language(invocation, "Facts so far: %" PRIu64 "; head %s…\n",
                              "现有事实 %" PRIu64 " 条；签名摘要 %s…\n"),
                  head->size, digest_shown(invocation->arena, &head->root));
}

/* What was made, told from what is stored. */
static baton_code tell(struct invocation *invocation, const struct ledger_place *place) {
    struct ledger_reader *reader;
    struct head head;
    struct public_key key;
    struct baton_findings found = {.arena = invocation->arena};
    baton_code code = reader_open(invocation->arena, place, &reader, &found);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
    code = reader_head(reader, invocation->arena, &head, &key);
    if (code != BATON_OK)
        return refuse_reader(invocation, reader, code);
    tell_made(invocation, place, reader, &head);
    return BATON_OK;
}

baton_code cmd_init(struct invocation *invocation) {
    const struct settings *settings = &invocation->settings;
    const char *const address = invocation->operand[0];
    struct baton_findings found = {.arena = invocation->arena};
    struct ledger_place place = ledger_place_of(invocation, address);
    struct ledger_founder founder = {.name = settings->name};
    place.ledger = settings->id != NULL ? settings->id : usual_id(invocation->arena, address);
    TRY(who_acts(invocation, &founder.id));
    if (founder.name == NULL || place.ledger == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, "init",
                      founder.name == NULL ? "--name" : "--id", NULL, NULL);
    if (settings->from_package != NULL)
        TRY(import_look(invocation, settings->from_package));
    baton_code code = ledger_create(invocation->arena, world_of_system(), &place,
                                    settings->digest == 0 ? DIGEST_SHA256 : DIGEST_SM3,
                                    settings->signature == 0 ? SIGNATURE_ED25519 : SIGNATURE_SM2,
                                    &founder, &found);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
    TRY(tell(invocation, &place));
    return settings->from_package == NULL
               ? BATON_OK
               : import_package(invocation, &place, settings->from_package, founder.id);
}
