/* Makes exported journals for tests/ledger/verify.py without a ledger: tests/ledger/run says what is made of them.
 *
 *   make-journal FOLDER     for each pair of algorithms: NAME.journal, NAME-HEAD.head of some heads, NAME-POSITION.receipt of some entries
 */
#include "unit/ledger/journal_fixture.h"
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    struct fixture_how how;
} journals[] = {
    {"sha256-ed25519", {DIGEST_SHA256, SIGNATURE_ED25519, 40, 7, 11, 600000}},
    {"sm3-sm2", {DIGEST_SM3, SIGNATURE_SM2, 16, 7, 11, 3000}},
    {"sha256-sm2", {DIGEST_SHA256, SIGNATURE_SM2, 8, 0, 4, 100}},
    {"sm3-ed25519", {DIGEST_SM3, SIGNATURE_ED25519, 14, 4, 0, 0}},
    {"example", {DIGEST_SHA256, SIGNATURE_ED25519, 4, 0, 0, 0}},
    {"one", {DIGEST_SHA256, SIGNATURE_ED25519, 1, 0, 0, 0}},
};

static void put_text(const char *path, const char *text) {
    FILE *const file = fopen(path, "wb");
    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0)
        perror(path);
}

static baton_code make_all(void *context) {
    const char *const folder = *(const char **)context;
    struct baton_arena *const arena = ((void **)context)[1];
    for (size_t i = 0; i < LENGTH(journals); i++) {
        const char *const name = arena_printf(arena, "%s/%s", folder, journals[i].name);
        struct fixture *const fixture = fixture_make(arena, folder, journals[i].how);
        const int error = fixture_write(fixture, arena_printf(arena, "%s.journal", name));
        if (error != 0) {
            fprintf(stderr, "%s: %s\n", name, strerror(error));
            return BATON_FILE_WRITE;
        }
        const size_t last = fixture->head_count - 1;
        for (size_t head = 0; head < fixture->head_count; head += 1 + head / 3)
            put_text(arena_printf(arena, "%s-%zu.head", name, head),
                     head_text(arena, &fixture->head[head], &fixture->key[head]));
        for (uint64_t at = 0; at < fixture->entry_count; at += 1 + at / 2) {
            struct receipt receipt = fixture_receipt(fixture, at, last);
            if (at == 2)
                receipt.entry = NULL;
            put_text(arena_printf(arena, "%s-%d.receipt", name, (int)at),
                     receipt_text(arena, &receipt));
        }
    }
    return BATON_OK;
}

int main(int count, char **argument) {
    if (count != 2) {
        fputs("make-journal FOLDER\n", stderr);
        return 2;
    }
    struct baton_arena *const arena = arena_open();
    void *context[] = {argument[1], arena};
    const baton_code code = arena_run(arena, make_all, context);
    arena_close(arena);
    return code == BATON_OK ? 0 : 3;
}
