/* OpenSSL reads them; the server's library, which is another, is given the text. */
#include "cli/serve_tls.h"
#include "package/file.h"
#include <errno.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { PEM_SIZE_MAX = 1 << 20 };

static baton_code read_text(struct baton_arena *arena, const char *path, const char **out,
                            struct baton_findings *found) {
    const char *const slash = strrchr(path, '/');
    const char *const folder =
        slash == NULL ? "." : arena_text(arena, path, (size_t)(slash - path) + 1);
    struct file file;
    TRY(file_read(arena, folder, slash == NULL ? path : slash + 1, PEM_SIZE_MAX, &file, found));
    if (!file.there) {
        baton_findings_add(found, BATON_FILE_READ, (struct baton_where){0}, path, strerror(ENOENT),
                           NULL, NULL);
        return BATON_FILE_READ;
    }
    *out = file.text;
    return BATON_OK;
}

static int64_t utc_ms(const ASN1_TIME *time) {
    struct tm broken = {0};
    return ASN1_TIME_to_tm(time, &broken) == 1 ? (int64_t)timegm(&broken) * 1000 : 0;
}

static int no_passphrase(char *to, int size, int writes, void *context) {
    (void)to, (void)size, (void)writes, (void)context;
    return -1;
}

/* What OpenSSL makes of the two; NULL = nothing. */
struct opened {
    BIO *certificate_text, *key_text;
    X509 *certificate;
    EVP_PKEY *key;
};

static void open_both(const struct serve_tls *tls, struct opened *out) {
    out->certificate_text = BIO_new_mem_buf(tls->certificate, -1);
    out->key_text = BIO_new_mem_buf(tls->key, -1);
    if (out->certificate_text != NULL)
        out->certificate = PEM_read_bio_X509(out->certificate_text, NULL, no_passphrase, NULL);
    if (out->key_text != NULL)
        out->key = PEM_read_bio_PrivateKey(out->key_text, NULL, no_passphrase, NULL);
}

static void close_both(const struct opened *opened) {
    X509_free(opened->certificate);
    EVP_PKEY_free(opened->key);
    BIO_free(opened->certificate_text);
    BIO_free(opened->key_text);
    ERR_clear_error();
}

/* In the arena, which may be left while it grows: what OpenSSL has is closed by then. */
static bool look(struct serve_tls *out, char *subject, size_t room) {
    struct opened opened = {0};
    open_both(out, &opened);
    const bool belongs = opened.certificate != NULL && opened.key != NULL &&
                         X509_check_private_key(opened.certificate, opened.key) == 1;
    if (belongs) {
        out->from_utc_ms = utc_ms(X509_get0_notBefore(opened.certificate));
        out->until_utc_ms = utc_ms(X509_get0_notAfter(opened.certificate));
        X509_NAME_oneline(X509_get_subject_name(opened.certificate), subject, (int)room);
    }
    close_both(&opened);
    return belongs;
}

baton_code serve_tls_read(struct baton_arena *arena, const char *certificate, const char *key,
                          struct serve_tls *out, struct baton_findings *found) {
    char subject[256] = "";
    struct stat about;
    *out = (struct serve_tls){0};
    TRY(read_text(arena, certificate, &out->certificate, found));
    TRY(read_text(arena, key, &out->key, found));
    if (!look(out, subject, sizeof subject)) {
        baton_findings_add(found, BATON_SERVER_TLS, (struct baton_where){0}, NULL, NULL, NULL,
                           NULL);
        return BATON_SERVER_TLS;
    }
    out->subject = arena_text(arena, subject, strlen(subject));
    out->key_is_open = stat(key, &about) == 0 && (about.st_mode & S_IRWXO) != 0;
    return BATON_OK;
}
