/* Where private keys stand.
 *
 * A new key is written beside its name, brought to the disk, and then linked to its name, which fails where there is a file already: so there is never half a key, and no key is
 * ever replaced. A file is opened once; who may read it is asked of what was opened. Nobody is asked for a passphrase: a key that has one cannot be read. */
#include "ledger/key_file.h"
#include <errno.h>
#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/store.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_FILE_MAX = 1 << 14 };

static baton_code refuse(struct baton_findings *found, baton_code code, const char *place,
                         const char *second, const char *third, const char *fourth) {
    baton_findings_add(found, code, (struct baton_where){0}, place, second, third, fourth);
    ERR_clear_error();
    return code;
}

/* Writes all of it, and to the disk. 0 or errno. */
static int write_through(int file, const char *bytes, size_t size) {
    while (size > 0) {
        const ssize_t written = write(file, bytes, size);
        if (written < 0 && errno != EINTR)
            return errno;
        if (written > 0) {
            bytes += written;
            size -= (size_t)written;
        }
    }
    return fsync(file) != 0 ? errno : 0;
}

/* Gives a file a name that nobody has. 0 or errno, EEXIST where somebody has it. */
static int give_name(const char *aside, const char *path) {
    if (link(aside, path) == 0)
        return unlink(aside) == 0 ? 0 : errno;
    if (errno == EEXIST)
        return EEXIST;
    /* A file system without links. */
    return renameat2(AT_FDCWD, aside, AT_FDCWD, path, RENAME_NOREPLACE) == 0 ? 0 : errno;
}

/* A name is on the disk when its folder is. */
static int keep_name(struct baton_arena *arena, const char *path) {
    const char *const slash = strrchr(path, '/');
    const char *const folder = slash == NULL   ? "."
                               : slash == path ? "/"
                                               : arena_text(arena, path, (size_t)(slash - path));
    const int opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0)
        return errno;
    const int error = fsync(opened) != 0 && errno != EINVAL ? errno : 0;
    close(opened);
    return error;
}

static int write_new(struct baton_arena *arena, const char *path, const char *pem, size_t size) {
    struct stat about;
    if (lstat(path, &about) == 0)
        return EEXIST;
    const char *aside = NULL;
    int file = -1;
    for (unsigned attempt = 0; file < 0 && attempt < 100; attempt++) {
        aside = arena_printf(arena, "%s.%ld-%u.part", path, (long)getpid(), attempt);
        file = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (file < 0 && errno != EEXIST)
            return errno;
    }
    if (file < 0)
        return EBUSY;
    int error = fchmod(file, 0600) != 0 ? errno : write_through(file, pem, size);
    if (close(file) != 0 && error == 0)
        error = errno;
    if (error == 0)
        error = give_name(aside, path);
    if (error != 0) {
        unlink(aside);
        return error;
    }
    return keep_name(arena, path);
}

baton_code key_file_create(struct baton_arena *arena, const char *path, EVP_PKEY *key,
                           struct baton_findings *found) {
    BIO *const memory = BIO_new(BIO_s_secmem());
    if (memory == NULL)
        return BATON_NO_MEMORY;
    char *pem = NULL;
    int error = ENOMEM;
    if (PEM_write_bio_PKCS8PrivateKey(memory, key, NULL, NULL, 0, NULL, NULL) == 1) {
        const long size = BIO_get_mem_data(memory, &pem);
        error = write_new(arena, path, pem, (size_t)size);
    }
    BIO_free(memory);
    if (error == EEXIST)
        return refuse(found, BATON_KEY_EXISTS, path, NULL, NULL, NULL);
    return error == 0 ? BATON_OK
                      : refuse(found, BATON_FILE_WRITE, path, strerror(error), NULL, NULL);
}

static void key_close(void *key) {
    EVP_PKEY_free(key);
}

/* OpenSSL asks for a passphrase: there is none, and that it asked is what is wrong. */
static int no_passphrase(char *to, int size, int is_writing, void *asked) {
    (void)to, (void)size, (void)is_writing;
    *(bool *)asked = true;
    return -1;
}

/* What stands in a file: at most KEY_FILE_MAX bytes. 0 or errno. */
static int read_whole(int file, char *to, size_t *size) {
    *size = 0;
    while (*size < KEY_FILE_MAX) {
        const ssize_t got = read(file, to + *size, KEY_FILE_MAX - *size);
        if (got == 0)
            return 0;
        if (got < 0 && errno != EINTR)
            return errno;
        if (got > 0)
            *size += (size_t)got;
    }
    return EFBIG;
}

static baton_code read_pem(const char *path, const char *pem, size_t size, EVP_PKEY **out,
                           struct baton_findings *found) {
    BIO *const memory = BIO_new_mem_buf(pem, (int)size);
    if (memory == NULL)
        return BATON_NO_MEMORY;
    bool asked = false;
    *out = PEM_read_bio_PrivateKey(memory, NULL, no_passphrase, &asked);
    BIO_free(memory);
    if (*out != NULL)
        return BATON_OK;
    return asked ? refuse(found, BATON_KEY_UNREADABLE, path, NULL, "", NULL)
                 : refuse(found, BATON_KEY_UNREADABLE, path, NULL, NULL, "");
}

/* What a service manager brings stands in a folder that only this service may enter; there the bits of the group may be the mask of a list that names nobody else (systemd since 254). */
static bool is_credential(const char *path) {
    const char *const folder = getenv("CREDENTIALS_DIRECTORY");
    const size_t size = folder == NULL ? 0 : strlen(folder);
    return size > 0 && strncmp(path, folder, size) == 0 && path[size] == '/' &&
           strchr(path + size + 1, '/') == NULL;
}

static baton_code open_file(const char *path, EVP_PKEY **out, struct baton_findings *found) {
    char pem[KEY_FILE_MAX];
    size_t size = 0;
    struct stat about = {0};
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    int error = file < 0 || fstat(file, &about) != 0 ? errno : 0;
    if (error == 0 && !S_ISREG(about.st_mode))
        error = S_ISDIR(about.st_mode) ? EISDIR : EINVAL;
    const bool is_open_to_others =
        error == 0 && (about.st_mode & (is_credential(path) ? 027 : 077)) != 0;
    if (error == 0 && !is_open_to_others)
        error = read_whole(file, pem, &size);
    if (file >= 0)
        close(file);
    if (error != 0)
        return refuse(found, BATON_KEY_UNREADABLE, path, strerror(error), NULL, NULL);
    if (is_open_to_others)
        return refuse(found, BATON_KEY_OPEN_TO_OTHERS, path, NULL, NULL, NULL);
    const baton_code code = read_pem(path, pem, size, out, found);
    OPENSSL_cleanse(pem, sizeof pem);
    return code;
}

/* The first private key that the provider tells of. */
static EVP_PKEY *first_key(OSSL_STORE_CTX *store) {
    EVP_PKEY *key = NULL;
    while (key == NULL && OSSL_STORE_eof(store) == 0) {
        OSSL_STORE_INFO *const info = OSSL_STORE_load(store);
        if (info == NULL && OSSL_STORE_error(store))
            break;
        if (info != NULL && OSSL_STORE_INFO_get_type(info) == OSSL_STORE_INFO_PKEY)
            key = OSSL_STORE_INFO_get1_PKEY(info);
        OSSL_STORE_INFO_free(info);
    }
    return key;
}

static baton_code open_uri(const char *uri, EVP_PKEY **out, struct baton_findings *found) {
    OSSL_STORE_CTX *const store = OSSL_STORE_open(uri, NULL, NULL, NULL, NULL);
    if (store == NULL) {
        const char *const reason = ERR_reason_error_string(ERR_peek_last_error());
        return refuse(found, BATON_KEY_UNREADABLE, uri, reason != NULL ? reason : "?", NULL, NULL);
    }
    OSSL_STORE_expect(store, OSSL_STORE_INFO_PKEY);
    *out = first_key(store);
    OSSL_STORE_close(store);
    return *out != NULL ? BATON_OK : refuse(found, BATON_KEY_UNREADABLE, uri, NULL, NULL, "");
}

/* Whether it begins with the scheme of a URI, of two characters or more. */
static bool is_uri(const char *place) {
    size_t size = 0;
    while ((place[size] >= 'a' && place[size] <= 'z') ||
           (size > 0 && ((place[size] >= '0' && place[size] <= '9') || place[size] == '+' ||
                         place[size] == '-' || place[size] == '.')))
        size++;
    return size > 1 && place[size] == ':';
}

baton_code key_open(struct baton_arena *arena, const char *place, EVP_PKEY **out,
                    struct baton_findings *found) {
    if (strncmp(place, "file:", 5) == 0)
        place += strncmp(place, "file:///", 8) == 0 ? 7 : 5;
    EVP_PKEY *key = NULL;
    if (is_uri(place) && access(place, F_OK) != 0)
        TRY(open_uri(place, &key, found));
    else
        TRY(open_file(place, &key, found));
    arena_on_close(arena, key_close, key);
    *out = key;
    return BATON_OK;
}
