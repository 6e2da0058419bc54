/* UTF-8, widths, identifiers and guesses; names to indices. */
#include "base/hash.h"
#include "base/text.h"
#include "unit/test.h"
#include <stdio.h>
#include <string.h>

/* What is decoded is encoded to the same bytes, for every code point. */
TEST(text_round_trip) {
    size_t wrong = 0;
    for (uint32_t point = 0; point < 0x110000; point++) {
        char bytes[4];
        uint32_t again = 0;
        if (point >= 0xd800 && point < 0xe000)
            continue;
        const size_t size = text_encode(point, bytes);
        wrong += text_decode(bytes, size, &again) != size || again != point ||
                 text_decode(bytes, size - 1, &again) != 0;
        wrong += text_valid_size(bytes, size) != size;
    }
    CHECK_INT(wrong, 0);
}

static const struct {
    const char *name, *bytes;
    size_t sound; /* bytes before the wrong one */
} broken_cases[] = {
    {"a byte that only continues", "ab\x80", 2},
    {"cut short", "ab\xe6\x97", 2},
    {"two bytes for less than 80", "\xc1\x81", 0},
    {"three bytes for less than 800", "\xe0\x9f\xbf", 0},
    {"four bytes for less than 10000", "\xf0\x8f\xbf\xbf", 0},
    {"a surrogate", "\xed\xa0\x80", 0},
    {"beyond the last", "\xf4\x90\x80\x80", 0},
    {"not in UTF-8 at all", "x\xff", 1},
    {"behind many", "0123456789abcdef0123456789abcdef\xe6\x97\xa5\xe6", 35},
};

TEST(text_broken) {
    for (size_t i = 0; i < LENGTH(broken_cases); i++) {
        CASE("%s", broken_cases[i].name);
        CHECK_INT(text_valid_size(broken_cases[i].bytes, strlen(broken_cases[i].bytes)),
                  broken_cases[i].sound);
    }
}

static const struct {
    const char *text;
    size_t length, width;
} width_cases[] = {
    {"", 0, 0},
    {"abc", 3, 3},
    {"无锡市", 3, 6},
    {"a无b", 3, 4},
    {"，。", 2, 4},
    {"ＡＢ", 2, 4},
    {"é", 1, 1},
    {"e\xcc\x81", 2, 1},
    {"▲1", 2, 2},
    {"한국", 2, 4},
    {"x\xff", 2, 2},
    {"\xf0\xa0\x80\x80", 1, 2},
    {"\xe2\x80\x8b", 1, 0},
    {"\x1b", 1, 0},
};

TEST(text_widths) {
    for (size_t i = 0; i < LENGTH(width_cases); i++) {
        const char *text = width_cases[i].text;
        CASE("%s", text);
        CHECK_INT(text_length(text, strlen(text)), width_cases[i].length);
        CHECK_INT(text_width(text, strlen(text)), width_cases[i].width);
        CHECK_INT(text_fit(text, strlen(text), width_cases[i].width), strlen(text));
    }
    CHECK_INT(text_fit("无锡市", 9, 3), 3);
    CHECK_INT(text_fit("无锡市", 9, 4), 6);
    CHECK_INT(text_fit("abc", 3, 0), 0);
}

TEST(text_trimmed) {
    const char *text = " \t\xe3\x80\x80"
                       "a b\xc2\xa0 ";
    size_t size = strlen(text);
    text_trim(&text, &size);
    CHECK_INT(size, 3);
    CHECK_BYTES(text, "a b", 3);
    text = " \xe3\x80\x80 ";
    size = strlen(text);
    text_trim(&text, &size);
    CHECK_INT(size, 0);
}

TEST(text_blank) {
    static const char *const blank[] = {
        "", " ", "\xe3\x80\x80", "\n\t \r\n", "\xe2\x80\x8b", "\xef\xbb\xbf \xc2\xa0"};
    static const char *const said[] = {".", " \xe6\xb2\xa1 ", "\xe2\x80\x94", "\n0\n"};
    for (size_t i = 0; i < LENGTH(blank); i++)
        CHECK(text_is_blank(blank[i], strlen(blank[i])));
    for (size_t i = 0; i < LENGTH(said); i++)
        CHECK(!text_is_blank(said[i], strlen(said[i])));
}

static const struct {
    const char *id;
    bool want;
} identifier_cases[] = {
    {"a", true},     {"320200", true}, {"a_b.c-d", true}, {"无锡市", true}, {"〇", true},
    {"_", true},     {"A1", true},     {"", false},       {"a b", false},   {"a,b", false},
    {"１２", false}, {"a#b", false},   {"-", false},      {"..", false},    {"group:a", false},
    {"é", false},    {"，", false},    {"a\xff", false},  {"*", false},     {"无 锡", false},
};

TEST(text_identifiers) {
    char longest[130];
    for (size_t i = 0; i < LENGTH(identifier_cases); i++) {
        CASE("%s", identifier_cases[i].id);
        CHECK_INT(text_is_identifier(identifier_cases[i].id, strlen(identifier_cases[i].id)),
                  identifier_cases[i].want);
    }
    memset(longest, 'a', sizeof longest);
    CHECK(text_is_identifier(longest, 128));
    CHECK(!text_is_identifier(longest, 129));
}

static const struct {
    const char *a, *b;
    size_t want;
} distance_cases[] = {
    {"gdp", "gdp", 0},     {"gdp", "gpd", 1},        {"gdp", "gd", 1}, {"gdp", "xgdp", 1},
    {"gdp", "gap", 1},     {"kitten", "sitting", 3}, {"", "abc", 3},   {"财政", "财证", 1},
    {"无锡市", "无市", 1}, {"abcdef", "fedcba", 5},  {"ab", "ba", 1},  {"abcd", "badc", 2},
};

TEST(text_distances) {
    for (size_t i = 0; i < LENGTH(distance_cases); i++) {
        const char *a = distance_cases[i].a, *b = distance_cases[i].b;
        CASE("%s %s", a, b);
        for (size_t most = 0; most < 6; most++) {
            const size_t want = distance_cases[i].want <= most ? distance_cases[i].want : most + 1;
            CHECK_INT(text_distance(a, strlen(a), b, strlen(b), most), want);
            CHECK_INT(text_distance(b, strlen(b), a, strlen(a), most), want);
        }
    }
}

static const char *guess(const char *text) {
    static const char *const names[] = {"economy", "economics", "gdp", "GDP_growth", "safety",
                                        "无锡市",  "财政局",    "a",   "b"};
    struct text_guess guess = {.text = text, .size = strlen(text)};
    for (size_t i = 0; i < LENGTH(names); i++)
        text_guess_offer(&guess, names[i], strlen(names[i]));
    return guess.best;
}

TEST(text_guesses) {
    CHECK_TEXT(guess("econmy"), "economy");
    CHECK_TEXT(guess("economis"), "economics"); // the nearer of two
    CHECK_TEXT(guess("gpd"), "gdp");
    CHECK_TEXT(guess("gdp_growth"), "GDP_growth");
    CHECK_TEXT(guess("A"), "a");
    CHECK_TEXT(guess("c"), NULL); // anything is near to a single letter
    CHECK_TEXT(guess("财证局"), "财政局");
    CHECK_TEXT(guess("population"), NULL);
    CHECK_TEXT(guess(""), NULL);
}

TEST(hash_finds_what_was_added) {
    struct baton_arena *arena = arena_open();
    struct hash hash = {0};
    CHECK_INT(hash_find(&hash, "x", 1), HASH_NONE);
    enum { COUNT = 20000 };
    for (uint32_t i = 0; i < COUNT; i++) {
        char name[16];
        const int size = snprintf(name, sizeof name, "name%u", i);
        hash_add(arena, &hash, arena_text(arena, name, (size_t)size), (size_t)size, i);
    }
    size_t right = 0;
    for (uint32_t i = 0; i < COUNT; i++) {
        char name[16];
        const int size = snprintf(name, sizeof name, "name%u", i);
        right += hash_find(&hash, name, (size_t)size) == i;
    }
    CHECK_INT(right, COUNT);
    CHECK_INT(hash.count, COUNT);
    CHECK_INT(hash_find(&hash, "name", 4), HASH_NONE);
    CHECK_INT(hash_find(&hash, "name20000", 9), HASH_NONE);
    CHECK_INT(hash_add(arena, &hash, "name7", 5, 99999), 7);
    CHECK_INT(hash_add(arena, &hash, "", 0, 5), 5);
    CHECK_INT(hash_find(&hash, "", 0), 5);
    arena_close(arena);
}

TEST(hash_reserves) {
    struct baton_arena *arena = arena_open();
    struct hash hash = {0};
    hash_reserve(arena, &hash, 1000);
    const struct hash_key *const key = hash.key;
    const size_t mask = hash.mask;
    static const char digits[] = "0123456789012345678901234567890123456789";
    for (uint32_t i = 0; i < 30; i++)
        hash_add(arena, &hash, digits, i, i);
    CHECK(hash.key == key && hash.mask == mask);
    for (uint32_t i = 0; i < 30; i++)
        CHECK_INT(hash_find(&hash, digits, i), i);
    arena_close(arena);
}
