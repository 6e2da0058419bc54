/* Public keys in files. */
#include "cli/public_key.h"
#include "ledger/head.h"
#include "package/file.h"
#include <string.h>

#define PEM_BEGIN "-----BEGIN PUBLIC KEY-----"
#define PEM_END "-----END PUBLIC KEY-----"

enum { LINE = 48, NO_DIGIT = 64 };

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const char *public_key_pem(struct baton_arena *arena, const struct public_key *key) {
    struct writer *out = writer_memory(arena);
    writer_text(out, PEM_BEGIN "\n");
    for (size_t i = 0; i < key->size; i += 3) {
        const size_t left = key->size - i;
        const uint32_t three = (uint32_t)key->der[i] << 16 |
                               (left > 1 ? (uint32_t)key->der[i + 1] << 8 : 0) |
                               (left > 2 ? key->der[i + 2] : 0);
        writer_char(out, digits[three >> 18]);
        writer_char(out, digits[three >> 12 & 63]);
        writer_char(out, left > 1 ? digits[three >> 6 & 63] : '=');
        writer_char(out, left > 2 ? digits[three & 63] : '=');
        if ((i + 3) % LINE == 0 || left <= 3)
            writer_char(out, '\n');
    }
    writer_text(out, PEM_END "\n");
    return writer_text_of(out);
}

static uint32_t digit_of(char c) {
    const char *at = c == '\0' ? NULL : strchr(digits, c);
    return at == NULL ? NO_DIGIT : (uint32_t)(at - digits);
}

/* The bytes of base64 up to what is neither a digit nor the end of a line. */
static bool read_base64(const char *text, const char *end, struct public_key *out) {
    uint32_t bits = 0;
    unsigned count = 0;
    out->size = 0;
    for (; text < end; text++) {
        if (*text == '\n' || *text == '\r' || *text == '=')
            continue;
        const uint32_t digit = digit_of(*text);
        if (digit == NO_DIGIT)
            return false;
        bits = bits << 6 | digit;
        count += 6;
        if (count < 8)
            continue;
        count -= 8;
        if (out->size == PUBLIC_KEY_SIZE_MAX)
            return false;
        out->der[out->size++] = (uint8_t)(bits >> count);
    }
    return out->size > 0;
}

static bool read_pem(const char *text, struct public_key *out) {
    const char *begin = strstr(text, PEM_BEGIN);
    const char *end = begin == NULL ? NULL : strstr(begin, PEM_END);
    return end != NULL && read_base64(begin + strlen(PEM_BEGIN), end, out);
}

baton_code read_whole(struct invocation *invocation, const char *path, uint64_t most,
                      const char **text, size_t *size) {
    struct baton_findings found = {.arena = invocation->arena};
    struct file file;
    const baton_code code =
        file_read(invocation->arena, path[0] == '/' ? "" : ".", path, most, &file, &found);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
    if (!file.there)
        return refuse(invocation, BATON_SHEET_FILE_MISSING, path, NULL, NULL, NULL);
    *text = file.text;
    *size = file.size;
    return BATON_OK;
}

baton_code public_key_named(struct invocation *invocation, const char *name, enum digest_kind kind,
                            struct digest *out) {
    struct baton_findings unheard = {.arena = invocation->arena};
    struct public_key key;
    struct head head;
    const char *text = "";
    size_t size = 0;
    if (digest_of_hex(name, strlen(name), out))
        return BATON_OK;
    TRY(read_whole(invocation, name, RECEIPT_TEXT_MAX, &text, &size));
    if (!read_pem(text, &key) &&
        head_read(invocation->arena, name, text, size, &head, &key, &unheard) != BATON_OK)
        return refuse(invocation, BATON_PUBLIC_KEY_BAD, name, NULL, NULL, NULL);
    *out = public_key_digest(kind, &key);
    return BATON_OK;
}
