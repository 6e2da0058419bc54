/* HMAC-SHA-1 by OpenSSL; everything around it is arithmetic. */
#include "ledger/totp.h"
#include "ledger/password.h"
#include <assert.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { MAC_SIZE = 20, RECOVERY_SIGNS = 16, RECOVERY_GROUP = 4 };
static const char recovery_alphabet[] = "abcdefghjkmnpqrstuvwxyz23456789";

void totp_secret(const struct ledger_world *world, uint8_t out[TOTP_SECRET_SIZE]) {
    world->random(world->context, out, TOTP_SECRET_SIZE);
}

void totp_secret_text(const uint8_t secret[TOTP_SECRET_SIZE], char out[TOTP_SECRET_TEXT_SIZE]) {
    static const char sign[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    uint32_t bits = 0;
    int count = 0;
    for (size_t i = 0; i < TOTP_SECRET_SIZE; i++) {
        bits = bits << 8 | secret[i];
        for (count += 8; count >= 5; count -= 5)
            *out++ = sign[bits >> (count - 5) & 31];
    }
    *out = '\0';
}

/* What is not a letter, digit or one of -._~ as %XX. */
static const char *escaped(struct baton_arena *arena, const char *text) {
    char *const made = arena_alloc_raw(arena, 3 * strlen(text) + 1, 1);
    char *to = made;
    for (; *text != '\0'; text++) {
        const char one = *text;
        const bool is_plain = (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') ||
                              (one >= '0' && one <= '9') || strchr("-._~", one) != NULL;
        if (is_plain)
            *to++ = one;
        else
            to += snprintf(to, 4, "%%%02X", (unsigned char)one);
    }
    *to = '\0';
    return made;
}

const char *totp_uri(struct baton_arena *arena, const uint8_t secret[TOTP_SECRET_SIZE],
                     const char *issuer, const char *person) {
    char text[TOTP_SECRET_TEXT_SIZE];
    const char *const name = escaped(arena, issuer);
    totp_secret_text(secret, text);
    return arena_printf(
        arena, "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d", name,
        escaped(arena, person), text, name, TOTP_DIGITS, TOTP_STEP_MS / 1000);
}

int64_t totp_step(int64_t time_utc_ms) {
    return time_utc_ms / TOTP_STEP_MS;
}

void totp_code(const uint8_t *secret, size_t size, int64_t step, char out[TOTP_CODE_SIZE]) {
    uint8_t counter[8], mac[EVP_MAX_MD_SIZE];
    unsigned mac_size = 0;
    for (int i = 0; i < 8; i++)
        counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
    const void *made = HMAC(EVP_sha1(), secret, (int)size, counter, sizeof counter, mac, &mac_size);
    assert(made != NULL && mac_size == MAC_SIZE);
    (void)made;
    const uint8_t *at = mac + (mac[MAC_SIZE - 1] & 15); // RFC 4226, 5.3
    uint32_t number =
        (uint32_t)(at[0] & 127) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    for (int i = TOTP_DIGITS; i-- > 0; number /= 10)
        out[i] = (char)('0' + number % 10);
    out[TOTP_DIGITS] = '\0';
}

/* The signs of a text but for spaces and dashes, in small letters. False where they are not `count`. */
static bool signs_of(const char *text, size_t count, char *out) {
    size_t size = 0;
    for (; *text != '\0'; text++) {
        if (*text == ' ' || *text == '-')
            continue;
        if (size == count)
            return false;
        out[size++] = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;
    }
    return size == count;
}

bool totp_holds(const uint8_t secret[TOTP_SECRET_SIZE], const char *text, int64_t time_utc_ms,
                int64_t last, int64_t *step) {
    char given[TOTP_DIGITS], code[TOTP_CODE_SIZE];
    bool holds = false;
    if (!signs_of(text, TOTP_DIGITS, given))
        return false;
    for (int64_t i = -TOTP_WINDOW; i <= TOTP_WINDOW; i++) {
        const int64_t at = totp_step(time_utc_ms) + i;
        totp_code(secret, TOTP_SECRET_SIZE, at, code);
        if (sodium_memcmp(code, given, TOTP_DIGITS) == 0 && at > last) {
            *step = at;
            holds = true;
        }
    }
    return holds;
}

void recovery_code(const struct ledger_world *world, char out[RECOVERY_CODE_SIZE]) {
    char sign[RECOVERY_SIGNS];
    password_draw(world, recovery_alphabet, sign, sizeof sign);
    for (size_t i = 0; i < sizeof sign; i++) {
        if (i > 0 && i % RECOVERY_GROUP == 0)
            *out++ = '-';
        *out++ = sign[i];
    }
    *out = '\0';
}

bool recovery_digest(const char *person, const char *text, struct digest *out) {
    char sign[RECOVERY_SIGNS];
    if (!signs_of(text, sizeof sign, sign))
        return false;
    for (size_t i = 0; i < sizeof sign; i++)
        if (memchr(recovery_alphabet, sign[i], sizeof recovery_alphabet - 1) == NULL)
            return false;
    *out = digest_two(DIGEST_SHA256, person, strlen(person) + 1, sign, sizeof sign);
    return true;
}
