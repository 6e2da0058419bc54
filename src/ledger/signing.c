/* Signatures by OpenSSL. Both algorithms go through the same calls; SM2 is told the id of the signer, which is part of what it hashes.
 *
 * An Ed25519 key that gives itself out, as one in a file does, signs by libsodium, which takes less than half the time: the signature of a batch is what it waits for before the disk. The
 * signature is the same, for Ed25519 leaves nothing to chance. Keys of providers that keep them, and SM2, sign where they are. See docs/adr/0013. */
#include "ledger/signing.h"
#include "ledger/key_file.h"
#include <assert.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <sodium.h>
#include <string.h>

enum { KINDS = 2 };
static const struct {
    const char *word, *algorithm, *digest;
    size_t der_size; // of a public key in its one form
} kinds[KINDS] = {{"ed25519", "ED25519", NULL, 44}, {"sm2", "SM2", "SM3", 91}};

/* GB/T 35276: the id of a signer who has told no other. */
static const char sm2_id[] = "1234567812345678";

struct signer {
    EVP_PKEY *key; // closed with the arena
    EVP_MD_CTX *context;
    enum signature_kind kind;
    struct public_key public_key;
    unsigned char *
        raw; // seed and public key as libsodium wants them, in guarded memory; NULL = OpenSSL signs
};

struct verifier {
    EVP_PKEY *key;
    EVP_MD_CTX *context;
    enum signature_kind kind;
};

const char *signature_word(enum signature_kind kind) {
    assert((unsigned)kind < KINDS);
    return kinds[kind].word;
}

bool signature_of_word(const char *word, enum signature_kind *out) {
    for (unsigned i = 0; i < KINDS; i++) {
        if (strcmp(word, kinds[i].word) == 0) {
            *out = (enum signature_kind)i;
            return true;
        }
    }
    return false;
}

struct digest public_key_digest(enum digest_kind kind, const struct public_key *key) {
    return digest_bytes(kind, key->der, key->size);
}

/* The algorithm of a key; false where it is neither. */
static bool kind_of(const EVP_PKEY *key, enum signature_kind *out) {
    for (unsigned i = 0; i < KINDS; i++) {
        if (EVP_PKEY_is_a(key, kinds[i].algorithm)) {
            *out = (enum signature_kind)i;
            return true;
        }
    }
    return false;
}

/* False where it is in another form: a compressed point, or a curve that is written out. */
static bool public_of(const EVP_PKEY *key, enum signature_kind kind, struct public_key *out) {
    unsigned char *to = out->der;
    const int size = (int)kinds[kind].der_size;
    if (i2d_PUBKEY(key, NULL) != size || i2d_PUBKEY(key, &to) != size)
        return false;
    out->size = (size_t)size;
    return true;
}

baton_code signer_create(struct baton_arena *arena, const char *path, enum signature_kind kind,
                         struct baton_findings *found) {
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *const making = EVP_PKEY_CTX_new_from_name(NULL, kinds[kind].algorithm, NULL);
    const bool made =
        making != NULL && EVP_PKEY_keygen_init(making) == 1 && EVP_PKEY_generate(making, &key) == 1;
    EVP_PKEY_CTX_free(making);
    baton_code code = BATON_KEY_FAILED;
    if (made) {
        code = key_file_create(arena, path, key, found);
    } else {
        const char *const reason = ERR_reason_error_string(ERR_peek_last_error());
        baton_findings_add(found, code, (struct baton_where){0}, reason, NULL, NULL, NULL);
    }
    EVP_PKEY_free(key);
    ERR_clear_error();
    return code;
}

static void context_close(void *context) {
    EVP_MD_CTX_free(context);
}

static EVP_MD_CTX *context_new(struct baton_arena *arena) {
    EVP_MD_CTX *const context = EVP_MD_CTX_new();
    if (context == NULL)
        arena_out_of_memory(arena);
    arena_on_close(arena, context_close, context);
    return context;
}

static void raw_close(void *raw) {
    sodium_free(raw);
}

/* The key for libsodium, where it is of Ed25519 and gives itself out. Anything else leaves it to OpenSSL. */
static void take_raw(struct baton_arena *arena, struct signer *signer) {
    size_t size = crypto_sign_SEEDBYTES;
    unsigned char seed[crypto_sign_SEEDBYTES], public_key[crypto_sign_PUBLICKEYBYTES];
    if (signer->kind != SIGNATURE_ED25519 || sodium_init() < 0 ||
        EVP_PKEY_get_raw_private_key(signer->key, seed, &size) != 1 || size != sizeof seed)
        return;
    unsigned char *raw = sodium_malloc(crypto_sign_SECRETKEYBYTES);
    if (raw == NULL) {
        sodium_memzero(seed, sizeof seed);
        arena_out_of_memory(arena);
    }
    arena_on_close(arena, raw_close, raw);
    crypto_sign_seed_keypair(public_key, raw, seed);
    sodium_memzero(seed, sizeof seed);
    const uint8_t *told = signer->public_key.der + signer->public_key.size - sizeof public_key;
    if (memcmp(public_key, told, sizeof public_key) == 0)
        signer->raw = raw;
}

baton_code signer_open(struct baton_arena *arena, const char *place, struct signer **out,
                       struct baton_findings *found) {
    struct signer *const signer = arena_alloc(arena, 1, sizeof *signer);
    TRY(key_open(arena, place, &signer->key, found));
    const bool is_known = kind_of(signer->key, &signer->kind) &&
                          public_of(signer->key, signer->kind, &signer->public_key);
    ERR_clear_error();
    if (!is_known) {
        baton_findings_add(found, BATON_KEY_KIND, (struct baton_where){0}, place, NULL, NULL, NULL);
        return BATON_KEY_KIND;
    }
    signer->context = context_new(arena);
    take_raw(arena, signer);
    ERR_clear_error();
    *out = signer;
    return BATON_OK;
}

const struct public_key *signer_public(const struct signer *signer) {
    return &signer->public_key;
}

enum signature_kind signer_kind(const struct signer *signer) {
    return signer->kind;
}

/* Tells SM2 whose signature it is; Ed25519 takes nothing. After the beginning, not with it: OpenSSL 3.0 refuses it there. */
static bool tell_id(enum signature_kind kind, EVP_PKEY_CTX *begun) {
    return kind != SIGNATURE_SM2 || EVP_PKEY_CTX_set1_id(begun, sm2_id, sizeof sm2_id - 1) == 1;
}

baton_code signer_sign(struct signer *signer, const void *bytes, size_t size,
                       struct signature *out) {
    if (signer->raw != NULL) {
        *out = (struct signature){.size = crypto_sign_BYTES};
        crypto_sign_detached(out->byte, NULL, bytes, size, signer->raw);
        return BATON_OK;
    }
    EVP_PKEY_CTX *begun = NULL;
    struct signature made = {.size = sizeof made.byte};
    const bool done = EVP_MD_CTX_reset(signer->context) == 1 &&
                      EVP_DigestSignInit_ex(signer->context, &begun, kinds[signer->kind].digest,
                                            NULL, NULL, signer->key, NULL) == 1 &&
                      tell_id(signer->kind, begun) &&
                      EVP_DigestSign(signer->context, made.byte, &made.size, bytes, size) == 1;
    ERR_clear_error();
    if (!done)
        return BATON_KEY_FAILED;
    memset(made.byte + made.size, 0, sizeof made.byte - made.size);
    *out = made;
    return BATON_OK;
}

static void key_close(void *key) {
    EVP_PKEY_free(key);
}

/* DER has more forms than one for the same key where it is read kindly; only what is written again to the same bytes is taken. */
static bool is_same_key(const EVP_PKEY *key, enum signature_kind kind,
                        const struct public_key *want) {
    struct public_key again;
    return public_of(key, kind, &again) && again.size == want->size &&
           memcmp(again.der, want->der, again.size) == 0;
}

baton_code verifier_open(struct baton_arena *arena, const struct public_key *key,
                         struct verifier **out) {
    const unsigned char *from = key->der;
    struct verifier *const verifier = arena_alloc(arena, 1, sizeof *verifier);
    assert(key->size <= PUBLIC_KEY_SIZE_MAX);
    verifier->key = d2i_PUBKEY(NULL, &from, (long)key->size);
    arena_on_close(arena, key_close, verifier->key);
    const bool is_known = verifier->key != NULL && kind_of(verifier->key, &verifier->kind) &&
                          is_same_key(verifier->key, verifier->kind, key);
    ERR_clear_error();
    if (!is_known)
        return BATON_KEY_KIND;
    verifier->context = context_new(arena);
    *out = verifier;
    return BATON_OK;
}

enum signature_kind verifier_kind(const struct verifier *verifier) {
    return verifier->kind;
}

bool verifier_holds(struct verifier *verifier, const void *bytes, size_t size,
                    const struct signature *signature) {
    EVP_PKEY_CTX *begun = NULL;
    const bool holds =
        EVP_MD_CTX_reset(verifier->context) == 1 &&
        EVP_DigestVerifyInit_ex(verifier->context, &begun, kinds[verifier->kind].digest, NULL, NULL,
                                verifier->key, NULL) == 1 &&
        tell_id(verifier->kind, begun) &&
        EVP_DigestVerify(verifier->context, signature->byte, signature->size, bytes, size) == 1;
    ERR_clear_error();
    return holds;
}
