/* Codes of the second factor, against the examples of RFC 4226 and RFC 6238. */
#include "ledger/password.h"
#include "ledger/totp.h"
#include "unit/test.h"
#include <string.h>

static const uint8_t rfc_secret[] = "12345678901234567890";

static void fill(void *context, void *out, size_t size) {
    uint64_t *state = context;
    for (size_t i = 0; i < size; i++) {
        *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        ((uint8_t *)out)[i] = (uint8_t)(*state >> 56);
    }
}

TEST(codes_of_the_rfc) {
    static const char *const counter[] = {"755224", "287082", "359152", "969429", "338314",
                                          "254676", "287922", "162583", "399871", "520489"};
    static const struct {
        int64_t seconds;
        const char *code; // the last six of eight digits
    } timed[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
                 {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
    char code[TOTP_CODE_SIZE];
    for (size_t i = 0; i < LENGTH(counter); i++) {
        totp_code(rfc_secret, 20, (int64_t)i, code);
        CHECK_TEXT(code, counter[i]);
    }
    for (size_t i = 0; i < LENGTH(timed); i++) {
        totp_code(rfc_secret, 20, totp_step(timed[i].seconds * 1000), code);
        CHECK_TEXT(code, timed[i].code);
    }
}

TEST(a_code_holds_near_its_time_and_once) {
    const int64_t now = INT64_C(1111111111000);
    const int64_t step = totp_step(now);
    char code[TOTP_CODE_SIZE];
    for (int64_t away = -3; away <= 3; away++) {
        CASE("%d steps away", (int)away);
        int64_t got = -1;
        totp_code(rfc_secret, 20, step + away, code);
        CHECK_INT(totp_holds(rfc_secret, code, now, -1, &got), away >= -1 && away <= 1);
        CHECK_INT(got, away >= -1 && away <= 1 ? step + away : -1);
    }
    int64_t got = -1;
    totp_code(rfc_secret, 20, step, code);
    CHECK(totp_holds(rfc_secret, code, now, step - 1, &got));
    CHECK(!totp_holds(rfc_secret, code, now, step, &got)); // taken
    totp_code(rfc_secret, 20, step - 1, code);
    CHECK(!totp_holds(rfc_secret, code, now, step, &got)); // one before one that was taken
}

TEST(texts_that_are_no_code) {
    const int64_t now = INT64_C(1111111111000);
    int64_t got = -1;
    CHECK(totp_holds(rfc_secret, "050471", now, -1, &got));
    CHECK(totp_holds(rfc_secret, "050 471", now, -1, &got));
    static const char *const bad[] = {"",       "05047", "0504711", "050472",
                                      "O50471", "50471", "      ",  "05047\xef\xbc\x91"};
    for (size_t i = 0; i < LENGTH(bad); i++) {
        CASE("%s", bad[i]);
        CHECK(!totp_holds(rfc_secret, bad[i], now, -1, &got));
    }
}

TEST(what_an_authenticator_is_told) {
    struct baton_arena *arena = arena_open();
    char text[TOTP_SECRET_TEXT_SIZE];
    totp_secret_text(rfc_secret, text);
    CHECK_TEXT(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    CHECK_TEXT(totp_uri(arena, rfc_secret, "某市 考核", "wang.min"),
               "otpauth://totp/%E6%9F%90%E5%B8%82%20%E8%80%83%E6%A0%B8:wang.min"
               "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E6%9F%90%E5%B8%82%20%E8%80%83%E6%"
               "A0%B8&algorithm=SHA1&digits=6&period=30");
    CHECK(strstr(totp_uri(arena, rfc_secret, "a&b=c", "x:y?z"), "totp/a%26b%3Dc:x%3Ay%3Fz?") !=
          NULL);
    arena_close(arena);
}

TEST(recovery_codes) {
    uint64_t state = 3;
    const struct ledger_world world = {.context = &state, .random = fill};
    char code[2][RECOVERY_CODE_SIZE];
    struct digest digest, again;
    recovery_code(&world, code[0]);
    recovery_code(&world, code[1]);
    CHECK(strcmp(code[0], code[1]) != 0);
    CHECK_INT(strlen(code[0]), 19);
    CHECK(code[0][4] == '-' && code[0][9] == '-' && code[0][14] == '-');
    if (!CHECK(recovery_digest("li.wei", code[0], &digest)))
        return;
    char loose[40], *to = loose;
    for (const char *at = code[0]; *at != '\0'; at++) {
        if (*at == '-')
            *to++ = ' ';
        else
            *to++ = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
    }
    *to = '\0';
    CHECK(recovery_digest("li.wei", loose, &again) && digest_equal(&digest, &again));
    CHECK(recovery_digest("li.we", code[0], &again) && !digest_equal(&digest, &again));
    CHECK(recovery_digest("li.wei", code[1], &again) && !digest_equal(&digest, &again));
    CHECK(!recovery_digest("li.wei", "", &again));
    CHECK(!recovery_digest("li.wei", "123456", &again));
    CHECK(!recovery_digest("li.wei", "abcd-efgh-jkmn-pqr", &again));
    CHECK(!recovery_digest("li.wei", "abcd-efgh-jkmn-pqrsx", &again));
    CHECK(!recovery_digest("li.wei", "abcd-efgh-ilo0-pqrs", &again));
}

TEST(secrets_are_by_chance) {
    uint64_t state = 3;
    const struct ledger_world world = {.context = &state, .random = fill};
    uint8_t one[TOTP_SECRET_SIZE], two[TOTP_SECRET_SIZE];
    totp_secret(&world, one);
    totp_secret(&world, two);
    CHECK(memcmp(one, two, sizeof one) != 0);
}
