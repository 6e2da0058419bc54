/* Argon2id by libsodium, with a salt from the world: its own function for storing would take one from elsewhere. The text form is the one that it reads. */
#include "ledger/password.h"
#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { HASH_SIZE = 32, HASH_TEXT_SIZE = 44, SALT_TEXT_SIZE = 24 }; // texts with room for the NUL

static void sodium_begin(void) {
    const int begun = sodium_init();
    assert(begun >= 0);
    (void)begun;
}

static void base64(const void *bytes, size_t size, char *out, size_t room) {
    sodium_bin2base64(out, room, bytes, size, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}

baton_code password_hash(const struct password_cost *cost, const struct ledger_world *world,
                         const char *text, size_t size, char out[PASSWORD_HASH_SIZE]) {
    uint8_t salt[crypto_pwhash_SALTBYTES], hash[HASH_SIZE];
    char salt_text[SALT_TEXT_SIZE], hash_text[HASH_TEXT_SIZE];
    sodium_begin();
    world->random(world->context, salt, sizeof salt);
    if (crypto_pwhash(hash, sizeof hash, text, size, salt, cost->passes,
                      (size_t)cost->memory_kib * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return BATON_NO_MEMORY;
    base64(salt, sizeof salt, salt_text, sizeof salt_text);
    base64(hash, sizeof hash, hash_text, sizeof hash_text);
    snprintf(out, PASSWORD_HASH_SIZE, "$argon2id$v=19$m=%u,t=%u,p=1$%s$%s", cost->memory_kib,
             cost->passes, salt_text, hash_text);
    sodium_memzero(hash, sizeof hash);
    return BATON_OK;
}

/* The function fills what it is given up to crypto_pwhash_STRBYTES when it compares, and reads no further than the NUL. */
baton_code password_holds(const char *hash, const char *text, size_t size, bool *holds) {
    char whole[crypto_pwhash_STRBYTES] = {0};
    *holds = false;
    sodium_begin();
    if (strlen(hash) >= sizeof whole)
        return BATON_OK;
    memcpy(whole, hash, strlen(hash));
    errno = 0;
    *holds = crypto_pwhash_str_verify(whole, text, size) == 0;
    return !*holds && errno == ENOMEM ? BATON_NO_MEMORY : BATON_OK;
}

bool password_costs(const char *hash, const struct password_cost *cost) {
    char whole[crypto_pwhash_STRBYTES] = {0};
    sodium_begin();
    if (strlen(hash) >= sizeof whole)
        return false;
    memcpy(whole, hash, strlen(hash));
    return crypto_pwhash_str_needs_rehash(whole, cost->passes, (size_t)cost->memory_kib * 1024) ==
           0;
}

void password_draw(const struct ledger_world *world, const char *alphabet, char *out, size_t size) {
    const size_t count = strlen(alphabet);
    const unsigned most = 256 - 256 % (unsigned)count; // from there on some would be likelier
    assert(count > 0 && count <= 256);
    for (size_t i = 0; i < size;) {
        uint8_t chance[64];
        world->random(world->context, chance, sizeof chance);
        for (size_t j = 0; j < sizeof chance && i < size; j++)
            if (chance[j] < most)
                out[i++] = alphabet[chance[j] % count];
        sodium_memzero(chance, sizeof chance);
    }
}

void password_first(const struct ledger_world *world, char out[PASSWORD_FIRST_SIZE]) {
    password_draw(world, "abcdefghjkmnpqrstuvwxyz23456789", out, PASSWORD_FIRST_SIZE - 1);
    out[PASSWORD_FIRST_SIZE - 1] = '\0';
}
