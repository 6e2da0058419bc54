/* Keys and signatures: what the standards say, key files and who may read them, what is no key. */
#include "ledger/bytes.h"
#include "ledger/signing.h"
#include "unit/test.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Everything that a test of keys needs. */
struct bench {
    struct baton_arena *arena;
    struct baton_findings found;
};

static struct bench bench_open(void) {
    struct baton_arena *const arena = arena_open();
    return (struct bench){arena, {.arena = arena}};
}

static size_t unhex(const char *hex, uint8_t *out) {
    CHECK(bytes_of_hex(hex, strlen(hex), out));
    return strlen(hex) / 2;
}

/* A file that nobody else may read. */
static const char *key_file(const char *name, const char *text) {
    const char *const path = test_file(name, text, strlen(text));
    CHECK_INT(chmod(path, 0600), 0);
    return path;
}

#define PEM(text) "-----BEGIN PRIVATE KEY-----\n" text "\n-----END PRIVATE KEY-----\n"
#define ED_DER "302a300506032b6570032100"
#define SM2_DER "3059301306072a8648ce3d020106082a811ccf5501822d03420004"
#define SM2_KEY \
    PEM("MIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQgOUUgj3shRLE/NuOK\n" \
        "xtOflYiTk2koYLUaQvuB7033xbihRANCAAQJ+d8xHlQhoVDdfRYeS8XGchefrRgz\n" \
        "/AdrsI/zVvNQIMzqSQziZ3WlLcbqcYzBqmAK7QX7814ISmYy9gctqa0T")

/* RFC 8032, 7.1, tests 1 to 3: the private key in PEM, the public one in DER, the message, the signature. */
static const struct {
    const char *pem, *der, *message, *signature;
} ed25519[] = {
    {PEM("MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g"),
     ED_DER "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
     "46bd25bf5f0595bbe24655141438e7a100b"},
    {PEM("MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7"),
     ED_DER "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11"
     "d8c387b2eaeb4302aeeb00d291612bb0c00"},
    {PEM("MC4CAQAwBQYDK2VwBCIEIMWqjfQ/n4N77bdELzHct7Fm04U1B28JS4XOOi4LRFj3"),
     ED_DER "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc"
     "6594a7c15e9716ed28dc027beceea1ec40a"},
};

static bool same_key(const struct public_key *key, const char *hex) {
    uint8_t want[PUBLIC_KEY_SIZE_MAX];
    const size_t size = unhex(hex, want);
    return key->size == size && memcmp(key->der, want, size) == 0;
}

TEST(signing_ed25519_known_answers) {
    for (size_t i = 0; i < LENGTH(ed25519); i++) {
        CASE("test %zu of RFC 8032", i + 1);
        struct bench bench = bench_open();
        struct signer *signer;
        struct verifier *verifier;
        struct signature made;
        uint8_t message[8], want[64];
        const size_t size = unhex(ed25519[i].message, message);
        unhex(ed25519[i].signature, want);
        const char *const path = key_file("key.pem", ed25519[i].pem);
        if (CHECK_INT(signer_open(bench.arena, path, &signer, &bench.found), BATON_OK)) {
            CHECK_INT(signer_kind(signer), SIGNATURE_ED25519);
            CHECK(same_key(signer_public(signer), ed25519[i].der));
            for (unsigned again = 0; again < 2; again++) {
                CHECK_INT(signer_sign(signer, message, size, &made), BATON_OK);
                CHECK_INT(made.size, 64);
                CHECK_BYTES(made.byte, want, 64);
            }
            CHECK_INT(verifier_open(bench.arena, signer_public(signer), &verifier), BATON_OK);
            CHECK(verifier_holds(verifier, message, size, &made));
            CHECK(!verifier_holds(verifier, "another", 7, &made));
        }
        arena_close(bench.arena);
    }
}

static void der_number(uint8_t **to, const char *hex) {
    *(*to)++ = 2;
    uint8_t number[32];
    unhex(hex, number);
    const bool is_high = number[0] >= 0x80;
    *(*to)++ = (uint8_t)(32 + is_high);
    if (is_high)
        *(*to)++ = 0;
    *to = put_bytes(*to, number, 32);
}

/* GB/T 32918.5-2017, appendix A.2: the signer 1234567812345678 signs "message digest". */
TEST(signing_sm2_known_answer) {
    struct bench bench = bench_open();
    struct signer *signer;
    struct verifier *verifier;
    struct signature known = {.byte = {0x30}};
    uint8_t *to = known.byte + 2;
    der_number(&to, "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3");
    der_number(&to, "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
    known.size = (size_t)(to - known.byte);
    known.byte[1] = (uint8_t)(known.size - 2);
    const char *const path = key_file("key.pem", SM2_KEY);
    if (CHECK_INT(signer_open(bench.arena, path, &signer, &bench.found), BATON_OK)) {
        CHECK_INT(signer_kind(signer), SIGNATURE_SM2);
        CHECK(same_key(signer_public(signer),
                       SM2_DER "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                               "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"));
        CHECK_INT(verifier_open(bench.arena, signer_public(signer), &verifier), BATON_OK);
        CHECK_INT(verifier_kind(verifier), SIGNATURE_SM2);
        CHECK(verifier_holds(verifier, "message digest", 14, &known));
        struct signature made;
        for (unsigned again = 0; again < 20; again++) { // each time another one
            CHECK_INT(signer_sign(signer, "message digest", 14, &made), BATON_OK);
            CHECK(verifier_holds(verifier, "message digest", 14, &made));
            CHECK(!verifier_holds(verifier, "message digesu", 14, &made));
        }
    }
    arena_close(bench.arena);
}

/* Every bit of a signature counts, and its length. */
TEST(signing_changed_signatures_do_not_hold) {
    struct bench bench = bench_open();
    for (enum signature_kind kind = SIGNATURE_ED25519; kind <= SIGNATURE_SM2; kind++) {
        CASE("%s", signature_word(kind));
        const char *const path =
            arena_printf(bench.arena, "%s/%s.pem", test_folder(), signature_word(kind));
        struct signer *signer;
        struct verifier *verifier;
        struct signature made;
        CHECK_INT(signer_create(bench.arena, path, kind, &bench.found), BATON_OK);
        if (!CHECK_INT(signer_open(bench.arena, path, &signer, &bench.found), BATON_OK) ||
            !CHECK_INT(verifier_open(bench.arena, signer_public(signer), &verifier), BATON_OK))
            continue;
        CHECK_INT(signer_sign(signer, "bytes", 5, &made), BATON_OK);
        for (size_t bit = 0; bit < 8 * made.size; bit++) {
            made.byte[bit / 8] ^= (uint8_t)(1 << bit % 8);
            if (verifier_holds(verifier, "bytes", 5, &made))
                FAIL("bit %zu does not count", bit);
            made.byte[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
        for (size_t size = 0; size <= sizeof made.byte; size++) {
            struct signature other = made;
            other.size = size;
            if (verifier_holds(verifier, "bytes", 5, &other) != (size == made.size))
                FAIL("with %zu bytes of %zu", size, made.size);
        }
        CHECK(verifier_holds(verifier, "bytes", 5, &made));
    }
    arena_close(bench.arena);
}

TEST(signing_created_keys) {
    struct bench bench = bench_open();
    const mode_t mask = umask(0);
    for (enum signature_kind kind = SIGNATURE_ED25519; kind <= SIGNATURE_SM2; kind++) {
        CASE("%s", signature_word(kind));
        const char *const path =
            arena_printf(bench.arena, "%s/new-%s.pem", test_folder(), signature_word(kind));
        struct signer *signer, *again;
        struct stat about;
        CHECK_INT(signer_create(bench.arena, path, kind, &bench.found), BATON_OK);
        CHECK_INT(stat(path, &about), 0);
        CHECK_INT(about.st_mode & 0777, 0600);
        CHECK_INT(about.st_nlink, 1);
        if (CHECK_INT(signer_open(bench.arena, path, &signer, &bench.found), BATON_OK)) {
            CHECK_INT(signer_kind(signer), kind);
            CHECK_INT(signer_create(bench.arena, path, kind, &bench.found), BATON_KEY_EXISTS);
            const char *const uri = arena_printf(bench.arena, "file://%s", path);
            if (CHECK_INT(signer_open(bench.arena, uri, &again, &bench.found), BATON_OK))
                CHECK_BYTES(signer_public(signer)->der, signer_public(again)->der,
                            signer_public(signer)->size);
        }
    }
    umask(mask);
    CHECK_INT(signer_create(bench.arena, arena_printf(bench.arena, "%s/no/key", test_folder()),
                            SIGNATURE_ED25519, &bench.found),
              BATON_FILE_WRITE);
    arena_close(bench.arena);
}

/* A link to nothing is a name too: what it names is not made. */
TEST(signing_creates_through_no_link) {
    struct bench bench = bench_open();
    const char *const path = arena_printf(bench.arena, "%s/link.pem", test_folder());
    CHECK_INT(symlink("elsewhere.pem", path), 0);
    CHECK_INT(signer_create(bench.arena, path, SIGNATURE_ED25519, &bench.found), BATON_KEY_EXISTS);
    arena_close(bench.arena);
}

/* A service manager gives the service a folder of its own, and perhaps the right to read by a list, whose mask stands where the group's bits are. */
TEST(signing_takes_credentials_of_a_service) {
    struct bench bench = bench_open();
    struct signer *signer;
    const char *const path = key_file("credential.pem", ed25519[0].pem);
    const char *const folder = arena_text(bench.arena, path, (size_t)(strrchr(path, '/') - path));
    CHECK_INT(chmod(path, 0440), 0);
    CHECK_INT(signer_open(bench.arena, path, &signer, &bench.found), BATON_KEY_OPEN_TO_OTHERS);
    CHECK_INT(setenv("CREDENTIALS_DIRECTORY", folder, 1), 0);
    CHECK_INT(signer_open(bench.arena, path, &signer, &bench.found), BATON_OK);
    CHECK_INT(chmod(path, 0444), 0);
    CHECK_INT(signer_open(bench.arena, path, &signer, &bench.found), BATON_KEY_OPEN_TO_OTHERS);
    CHECK_INT(chmod(path, 0460), 0);
    CHECK_INT(signer_open(bench.arena, path, &signer, &bench.found), BATON_KEY_OPEN_TO_OTHERS);
    CHECK_INT(setenv("CREDENTIALS_DIRECTORY", "/nowhere", 1), 0);
    CHECK_INT(chmod(path, 0440), 0);
    CHECK_INT(signer_open(bench.arena, path, &signer, &bench.found), BATON_KEY_OPEN_TO_OTHERS);
    unsetenv("CREDENTIALS_DIRECTORY");
    arena_close(bench.arena);
}

TEST(signing_refuses_keys_that_others_may_read) {
    struct bench bench = bench_open();
    struct signer *signer;
    const char *const path = key_file("key.pem", ed25519[0].pem);
    static const struct {
        mode_t mode;
        baton_code code;
    } modes[] = {{0600, BATON_OK},
                 {0400, BATON_OK},
                 {0700, BATON_OK},
                 {0604, BATON_KEY_OPEN_TO_OTHERS},
                 {0640, BATON_KEY_OPEN_TO_OTHERS},
                 {0620, BATON_KEY_OPEN_TO_OTHERS},
                 {0644, BATON_KEY_OPEN_TO_OTHERS},
                 {0601, BATON_KEY_OPEN_TO_OTHERS}};
    for (size_t i = 0; i < LENGTH(modes); i++) {
        CASE("%o", (unsigned)modes[i].mode);
        CHECK_INT(chmod(path, modes[i].mode), 0);
        CHECK_INT(signer_open(bench.arena, path, &signer, &bench.found), modes[i].code);
    }
    arena_close(bench.arena);
}

TEST(signing_refuses_what_is_no_key) {
    static const struct {
        const char *name, *text;
        baton_code code;
    } files[] = {
        {"empty", "", BATON_KEY_UNREADABLE},
        {"a text", "hello\n", BATON_KEY_UNREADABLE},
        {"a public key",
         "-----BEGIN PUBLIC KEY-----\n"
         "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
         "-----END PUBLIC KEY-----\n",
         BATON_KEY_UNREADABLE},
        {"one cut short",
         "-----BEGIN PRIVATE KEY-----\n"
         "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMc\n"
         "-----END PRIVATE KEY-----\n",
         BATON_KEY_UNREADABLE},
        {"one with a passphrase",
         "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
         "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgv7RSqVoFZ6QICCAAw\n"
         "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEPex6R8sEsgZ2qBkcD9bOsAEQCdl\n"
         "J+ioZlNEipvlYTWDDHE+juXexzwZeeJ5PAdBEX6pZnMerFmq9Du1sErum7hxDijr\n"
         "dRN0hc6MKEFC9wflYcw=\n"
         "-----END ENCRYPTED PRIVATE KEY-----\n",
         BATON_KEY_UNREADABLE},
        {"one of another algorithm (P-256)",
         PEM("MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8aDxlnLG5bPLl1yj\n"
             "z8kDEPl7rXJWiyYCZZtXoG3gszahRANCAAQ9xqihUAFHrV7++Gois4fwL75h23Ja\n"
             "L6tHESI19EPWeddLMfxzwTjgh6cZx80kh77HwJGLgHJd6VXLOIJ4DUDl"),
         BATON_KEY_KIND},
    };
    struct bench bench = bench_open();
    struct signer *signer = NULL;
    for (size_t i = 0; i < LENGTH(files); i++) {
        CASE("%s", files[i].name);
        const size_t before = bench.found.errors;
        const char *const path = key_file(arena_printf(bench.arena, "k%zu", i), files[i].text);
        CHECK_INT(signer_open(bench.arena, path, &signer, &bench.found), files[i].code);
        CHECK_INT(bench.found.errors, before + 1);
    }
    const char *const large = arena_alloc(bench.arena, 20000, 1);
    const char *const path = test_file("large", large, 20000);
    chmod(path, 0600);
    CHECK_INT(signer_open(bench.arena, path, &signer, &bench.found), BATON_KEY_UNREADABLE);
    static const char *const places[] = {
        "/nowhere/at/all.pem", "/",         "/dev/null", "", "pkcs11:object=none",
        "no-such-scheme:x",    "file:///no"};
    for (size_t i = 0; i < LENGTH(places); i++) {
        CASE("%s", places[i]);
        CHECK_INT(signer_open(bench.arena, places[i], &signer, &bench.found), BATON_KEY_UNREADABLE);
    }
    CHECK(signer == NULL);
    arena_close(bench.arena);
}

TEST(signing_refuses_public_keys_of_other_forms) {
    struct bench bench = bench_open();
    struct public_key key;
    struct verifier *verifier = NULL;
    key.size = unhex(ed25519[0].der, key.der);
    CHECK_INT(verifier_open(bench.arena, &key, &verifier), BATON_OK);
    key.der[key.size++] = 0; // bytes left over
    CHECK_INT(verifier_open(bench.arena, &key, &verifier), BATON_KEY_KIND);
    for (size_t size = 0; size < 44; size++) {
        key.size = size;
        CHECK_INT(verifier_open(bench.arena, &key, &verifier), BATON_KEY_KIND);
    }
    key.size = unhex(SM2_DER "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                             "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13",
                     key.der);
    CHECK_INT(verifier_open(bench.arena, &key, &verifier), BATON_OK);
    key.der[key.size - 1] ^= 1; // a point that is not on the curve
    CHECK_INT(verifier_open(bench.arena, &key, &verifier), BATON_KEY_KIND);
    key.size = unhex("3039301306072a8648ce3d020106082a811ccf5501822d032200"
                     "0309f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020",
                     key.der); // the same point, compressed
    CHECK_INT(verifier_open(bench.arena, &key, &verifier), BATON_KEY_KIND);
    arena_close(bench.arena);
}

TEST(signing_words) {
    enum signature_kind kind;
    CHECK_TEXT(signature_word(SIGNATURE_ED25519), "ed25519");
    CHECK_TEXT(signature_word(SIGNATURE_SM2), "sm2");
    CHECK(signature_of_word("sm2", &kind) && kind == SIGNATURE_SM2);
    CHECK(signature_of_word("ed25519", &kind) && kind == SIGNATURE_ED25519);
    CHECK(!signature_of_word("SM2", &kind) && !signature_of_word("", &kind));
}
