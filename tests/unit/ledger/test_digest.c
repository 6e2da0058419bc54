/* Digests: what the standards say, streams, salts, hexadecimal digits, threads. */
#include "ledger/digest.h"
#include "unit/test.h"
#include <pthread.h>
#include <string.h>

#define ABC16 "abcdabcdabcdabcd"

/* FIPS 180-2, appendix B; GB/T 32905-2016, appendix A; and nothing at all. */
static const struct {
    const char *name;
    enum digest_kind kind;
    const char *bytes, *want;
} known[] = {
    {"SHA-256, one block", DIGEST_SHA256, "abc",
     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"SHA-256, two blocks", DIGEST_SHA256,
     "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"SHA-256 of nothing", DIGEST_SHA256, "",
     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"SM3, one block", DIGEST_SM3, "abc",
     "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"},
    {"SM3, two blocks", DIGEST_SM3, ABC16 ABC16 ABC16 ABC16,
     "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"},
    {"SM3 of nothing", DIGEST_SM3, "",
     "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"},
};

static void check_digest(const struct digest got, const char *want) {
    char hex[DIGEST_HEX_SIZE];
    digest_hex(&got, hex);
    CHECK_TEXT(hex, want);
}

TEST(digest_known_answers) {
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(known); i++) {
        CASE("%s", known[i].name);
        const enum digest_kind kind = known[i].kind;
        const char *const bytes = known[i].bytes;
        const size_t size = strlen(bytes);
        check_digest(digest_bytes(kind, bytes, size), known[i].want);
        struct digest_stream *const stream = digest_begin(arena, kind);
        for (size_t cut = 0; cut <= size; cut++) {
            check_digest(digest_two(kind, bytes, cut, bytes + cut, size - cut), known[i].want);
            digest_add(stream, bytes, cut);
            digest_add(stream, bytes + cut, size - cut);
            check_digest(digest_end(stream), known[i].want); // and begins anew
        }
    }
    arena_close(arena);
}

TEST(digest_words) {
    enum digest_kind kind;
    CHECK_TEXT(digest_word(DIGEST_SHA256), "sha256");
    CHECK_TEXT(digest_word(DIGEST_SM3), "sm3");
    CHECK(digest_of_word("sm3", &kind) && kind == DIGEST_SM3);
    CHECK(digest_of_word("sha256", &kind) && kind == DIGEST_SHA256);
    CHECK(!digest_of_word("SHA256", &kind) && !digest_of_word("", &kind) &&
          !digest_of_word("sm33", &kind));
}

TEST(digest_of_content_has_a_prefix_and_the_salt) {
    struct baton_arena *arena = arena_open();
    uint8_t salt[DIGEST_SIZE], all[1 + DIGEST_SIZE + 5];
    for (size_t i = 0; i < sizeof salt; i++)
        salt[i] = (uint8_t)(7 * i);
    all[0] = 2;
    memcpy(all + 1, salt, sizeof salt);
    memcpy(all + 1 + sizeof salt, "hello", 5);
    for (enum digest_kind kind = DIGEST_SHA256; kind <= DIGEST_SM3; kind++) {
        const struct digest want = digest_bytes(kind, all, sizeof all);
        const struct digest got = digest_content(kind, salt, "hello", 5);
        CHECK(digest_equal(&got, &want));
        struct digest_stream *const stream = digest_content_begin(arena, kind, salt);
        for (unsigned again = 0; again < 2; again++) {
            digest_add(stream, "hel", 3);
            digest_add(stream, "lo", 2);
            const struct digest streamed = digest_end(stream);
            CHECK(digest_equal(&streamed, &want));
        }
        salt[31] ^= 1;
        const struct digest other = digest_content(kind, salt, "hello", 5);
        CHECK(!digest_equal(&other, &want));
        salt[31] ^= 1;
    }
    arena_close(arena);
}

TEST(digest_hex_has_one_form) {
    const char *const text = known[0].want;
    struct digest digest, untouched;
    CHECK(digest_of_hex(text, 64, &digest));
    check_digest(digest, text);
    untouched = digest;
    char wrong[65];
    for (size_t at = 0; at < 64; at++) {
        for (unsigned byte = 0; byte < 256; byte++) {
            if (strchr("0123456789abcdef", (int)byte) != NULL && byte != 0)
                continue;
            memcpy(wrong, text, 65);
            wrong[at] = (char)byte;
            if (digest_of_hex(wrong, 64, &digest))
                FAIL("byte %u at %zu is taken", byte, at);
        }
    }
    CHECK(!digest_of_hex(text, 63, &digest) && !digest_of_hex(text, 62, &digest) &&
          !digest_of_hex(text, 0, &digest));
    CHECK(digest_equal(&digest, &untouched));
    uint8_t bytes[2];
    CHECK(bytes_of_hex("00ff", 4, bytes) && bytes[0] == 0 && bytes[1] == 255);
    CHECK(!bytes_of_hex("00f", 3, bytes) && bytes_of_hex("", 0, bytes));
}

static void *digests_of_a_thread(void *failed) {
    for (size_t round = 0; round < 200; round++) {
        for (size_t i = 0; i < LENGTH(known); i++) {
            struct digest want;
            digest_of_hex(known[i].want, 64, &want);
            const struct digest got =
                digest_bytes(known[i].kind, known[i].bytes, strlen(known[i].bytes));
            *(bool *)failed |= !digest_equal(&got, &want);
        }
    }
    return NULL;
}

TEST(digest_from_threads) {
    pthread_t thread[8];
    bool failed[LENGTH(thread)] = {false};
    for (size_t i = 0; i < LENGTH(thread); i++)
        CHECK_INT(pthread_create(&thread[i], NULL, digests_of_a_thread, &failed[i]), 0);
    for (size_t i = 0; i < LENGTH(thread); i++) {
        CHECK_INT(pthread_join(thread[i], NULL), 0);
        CHECK(!failed[i]);
    }
}
