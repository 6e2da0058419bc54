/* Keys that sign heads: Ed25519 (RFC 8032), or SM2 with SM3 (GB/T 32918; the signer's id is 1234567812345678). The private key stands outside of the
 * database: a PEM file that nobody else may read, or whatever an OpenSSL provider opens by a URI ("pkcs11:..."). */
#ifndef LEDGER_SIGNING_H
#define LEDGER_SIGNING_H

#include "baton/findings.h"
#include "ledger/digest.h"

enum signature_kind { SIGNATURE_ED25519, SIGNATURE_SM2 };
enum { SIGNATURE_SIZE_MAX = 128, PUBLIC_KEY_SIZE_MAX = 256 };

const char *signature_word(enum signature_kind kind); /* "ed25519", "sm2" */
bool signature_of_word(const char *word, enum signature_kind *out);

/* A public key: its SubjectPublicKeyInfo in DER, 44 bytes of Ed25519, 91 of SM2 (a named curve, the point uncompressed). Its digest, by the ledger's algorithm, names it. */
struct public_key {
    uint8_t der[PUBLIC_KEY_SIZE_MAX];
    size_t size;
};
struct digest public_key_digest(enum digest_kind kind, const struct public_key *key);

struct signature {
    uint8_t byte[SIGNATURE_SIZE_MAX]; /* Ed25519: 64 bytes; SM2: DER */
    size_t size;
};

struct signer;
struct verifier;

/* Makes a key and writes it (PEM, PKCS#8, without a passphrase) to a new file, mode 0600, that appears when it is whole and on the disk. KEY_EXISTS where
 * there is a file of that name, which stays as it was; FILE_WRITE. The key is of OpenSSL's own randomness: the one thing here that nobody passes in. */
MUST_USE baton_code signer_create(struct baton_arena *arena, const char *path,
                                  enum signature_kind kind, struct baton_findings *found);

/* Opens a key: a path or a URI (letters and digits, a colon, as `pkcs11:object=ledger`, where there is no file of that name; `file:` is a path). KEY_UNREADABLE;
 * KEY_OPEN_TO_OTHERS for a file that others than its owner may read or write; KEY_KIND where it is of neither algorithm. Closed with the arena. */
MUST_USE baton_code signer_open(struct baton_arena *arena, const char *place, struct signer **out,
                                struct baton_findings *found);
const struct public_key *signer_public(const struct signer *signer);
enum signature_kind signer_kind(const struct signer *signer);
/* KEY_FAILED (without a finding) where the provider refuses. From one thread at a time. */
MUST_USE baton_code signer_sign(struct signer *signer, const void *bytes, size_t size,
                                struct signature *out);

/* What checks signatures by a public key; KEY_KIND (without a finding) where it is none of the two, or not in DER's one form. Closed with the arena; from one
 * thread at a time. */
MUST_USE baton_code verifier_open(struct baton_arena *arena, const struct public_key *key,
                                  struct verifier **out);
enum signature_kind verifier_kind(const struct verifier *verifier);
bool verifier_holds(struct verifier *verifier, const void *bytes, size_t size,
                    const struct signature *signature);

#endif
