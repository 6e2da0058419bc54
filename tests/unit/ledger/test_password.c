/* Passwords: what is kept of them, against the reference implementation's own examples; which are refused; the first one. */
#include "base/arena.h"
#include "ledger/password.h"
#include "unit/test.h"
#include <string.h>

static const struct password_cost cheap = {.memory_kib = 64, .passes = 1};

/* Counts up, so that what should differ does, and the same in every run. */
static void fill(void *context, void *out, size_t size) {
    uint64_t *state = context;
    for (size_t i = 0; i < size; i++) {
        *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        ((uint8_t *)out)[i] = (uint8_t)(*state >> 56);
    }
}

static struct ledger_world world_of(uint64_t *state) {
    return (struct ledger_world){.context = state, .random = fill};
}

static bool holds(const char *hash, const char *text) {
    bool is = false;
    CHECK_INT(password_holds(hash, text, strlen(text), &is), BATON_OK);
    return is;
}

TEST(what_is_kept_holds_for_the_password_alone) {
    uint64_t state = 1;
    const struct ledger_world world = world_of(&state);
    char hash[2][PASSWORD_HASH_SIZE];
    static const char text[] = "船到桥头自然直 2021";
    for (int i = 0; i < 2; i++)
        CHECK_INT(password_hash(&cheap, &world, text, strlen(text), hash[i]), BATON_OK);
    CHECK(strncmp(hash[0], "$argon2id$v=19$m=64,t=1,p=1$", 28) == 0);
    CHECK(strcmp(hash[0], hash[1]) != 0); // salted
    CHECK(strstr(hash[0], "2021") == NULL);
    CHECK(holds(hash[0], text) && holds(hash[1], text));
    CHECK(!holds(hash[0], "船到桥头自然直 2022"));
    CHECK(!holds(hash[0], "船到桥头自然直 202"));
    CHECK(!holds(hash[0], ""));
    CHECK(!holds("", text) && !holds("?", text) && !holds("$argon2id$v=19$m=64,t=1,p=1$", text));
    char long_one[300];
    memset(long_one, 'a', sizeof long_one);
    long_one[sizeof long_one - 1] = '\0';
    CHECK(!holds(long_one, text));
}

TEST(what_the_reference_implementation_kept_holds) {
    static const char *const kept[] = {
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    };
    for (size_t i = 0; i < LENGTH(kept); i++) {
        CASE("%s", kept[i]);
        CHECK(holds(kept[i], "password"));
        CHECK(!holds(kept[i], "passwort"));
    }
}

TEST(a_cost_that_was_raised_shows) {
    uint64_t state = 1;
    const struct ledger_world world = world_of(&state);
    const struct password_cost more = {.memory_kib = 128, .passes = 1}, longer = {64, 2};
    char hash[PASSWORD_HASH_SIZE];
    CHECK_INT(password_hash(&cheap, &world, "x", 1, hash), BATON_OK);
    CHECK(password_costs(hash, &cheap));
    CHECK(!password_costs(hash, &more) && !password_costs(hash, &longer));
    CHECK(!password_costs("", &cheap));
}

TEST(memory_that_is_not_to_be_had_is_told) {
    uint64_t state = 1;
    const struct ledger_world world = world_of(&state);
    const struct password_cost absurd = {.memory_kib = UINT32_MAX, .passes = 1};
    char hash[PASSWORD_HASH_SIZE];
    CHECK_INT(password_hash(&absurd, &world, "x", 1, hash), BATON_NO_MEMORY);
}

TEST(passwords_that_are_refused) {
    static const struct {
        const char *text;
        baton_code want;
    } cases[] = {
        {"correct horse battery", BATON_OK},
        {"xk7mq2vb9d", BATON_OK},
        {"船到桥头自然直呀呀哈", BATON_OK},
        {"Wangdefu+7+brothers", BATON_OK},
        {"8305192746183057", BATON_OK}, // 16 digits
        {"xk7mq2vb9", BATON_PASSWORD_SHORT},
        {"", BATON_PASSWORD_SHORT},
        {"船到桥头自然直", BATON_PASSWORD_SHORT}, // 21 bytes, 7 characters
        {"xk7mq2vb9d\x01", BATON_PASSWORD_TEXT},
        {"xk7mq2vb9d\x7f", BATON_PASSWORD_TEXT},
        {"xk7mq2vb9d\xff", BATON_PASSWORD_TEXT},
        {"password123!", BATON_PASSWORD_COMMON},
        {"P@ssw0rd2021", BATON_PASSWORD_COMMON},
        {"Admin@19880827", BATON_PASSWORD_COMMON},
        {"1qaz2wsx3edc", BATON_PASSWORD_COMMON},
        {"qwertyuiop[]", BATON_PASSWORD_COMMON},
        {"0987654321abc", BATON_PASSWORD_COMMON},
        {"woaini1314520", BATON_PASSWORD_COMMON},
        {"Kaohe2021!!!", BATON_PASSWORD_COMMON},
        {"aaaaaaaaaaaa", BATON_PASSWORD_COMMON},
        {"xk7mxk7mxk7m", BATON_PASSWORD_COMMON},
        {"xk7xk7xk7xk", BATON_PASSWORD_COMMON},
        {"abababbabaabab", BATON_PASSWORD_COMMON},
        {"13800571234", BATON_PASSWORD_COMMON}, // a telephone
        {"830519274618305", BATON_PASSWORD_COMMON},
        {"my WANG_min is", BATON_PASSWORD_NAMED},
        {"xk7-wangmin-9d", BATON_PASSWORD_NAMED},
        {"我是王敏呀你猜不到吧", BATON_PASSWORD_NAMED},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].text);
        struct baton_arena *arena = arena_open();
        struct baton_findings found = {.arena = arena};
        CHECK_INT(password_check(cases[i].text, strlen(cases[i].text), "wang.min", "王敏", &found),
                  cases[i].want);
        CHECK_INT(found.errors > 0, cases[i].want != BATON_OK);
        arena_close(arena);
    }
}

TEST(everything_that_is_wrong_is_told_at_once) {
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    CHECK_INT(password_check("li.wei\t1", 8, "li.wei", "", &found), BATON_PASSWORD_SHORT);
    CHECK_INT(found.errors, 3); // short, a tab, the id
    char text[PASSWORD_SIZE_MAX + 1];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('!' + i * 37 % 90);
    found = (struct baton_findings){.arena = arena};
    CHECK_INT(password_check(text, PASSWORD_SIZE_MAX, "li.wei", "", &found), BATON_OK);
    CHECK_INT(password_check(text, PASSWORD_SIZE_MAX + 1, "li.wei", "", &found),
              BATON_PASSWORD_LONG);
    found = (struct baton_findings){.arena = arena};
    CHECK_INT(password_check("the li in this one", 18, "li", "", &found), BATON_OK); // too short
    arena_close(arena);
}

TEST(a_first_password_is_sound_and_by_chance) {
    uint64_t state = 7;
    const struct ledger_world world = world_of(&state);
    char before[PASSWORD_FIRST_SIZE] = "", text[PASSWORD_FIRST_SIZE];
    unsigned count[256] = {0};
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    for (int i = 0; i < 2000; i++) {
        password_first(&world, text);
        CHECK_INT(strlen(text), 16);
        CHECK(strcmp(text, before) != 0);
        CHECK(strpbrk(text, "ilo01 ") == NULL);
        for (size_t j = 0; j < 16; j++)
            count[(unsigned char)text[j]]++;
        memcpy(before, text, sizeof before);
    }
    CHECK_INT(password_check(text, strlen(text), "li.wei", "", &found), BATON_OK);
    unsigned different = 0;
    for (int i = 0; i < 256;
         i++) { // 32,000 characters of 31: 1,032 of each, give or take 5 deviations
        different += count[i] > 0;
        if (count[i] > 0)
            CHECK(count[i] > 870 && count[i] < 1195);
    }
    CHECK_INT(different, 31);
    arena_close(arena);
}
