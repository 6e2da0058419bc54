/* Heads and receipts as texts. */
#include "base/text.h"
#include "base/writer.h"
#include "baton/period.h"
#include "ledger/head.h"
#include "ledger/head_lines.h"
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

enum { DAY_MS = 86400000 };

void time_write(int64_t time_utc_ms, char out[TIME_TEXT_SIZE]) {
    assert(time_utc_ms >= 0 && time_utc_ms <= ENTRY_TIME_MAX);
    char day[BATON_PERIOD_NAME_SIZE];
    const unsigned ms = (unsigned)(time_utc_ms % DAY_MS);
    baton_day_format((int32_t)(time_utc_ms / DAY_MS), day);
    const int size = snprintf(out, TIME_TEXT_SIZE, "%.10sT%02u:%02u:%02u.%03uZ", day,
                              ms / 3600000 % 24, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
    assert(size == TIME_TEXT_SIZE - 1);
}

/* Digits of a number below `end`; false where they are none. */
static bool take_digits(const char *text, size_t count, int64_t end, int64_t *out) {
    *out = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *out = 10 * *out + (text[i] - '0');
    }
    return *out < end;
}

bool time_read(const char *text, size_t size, int64_t *out) {
    int32_t day;
    int64_t hour, minute, second, ms;
    if (size != TIME_TEXT_SIZE - 1 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
        text[19] != '.' || text[23] != 'Z')
        return false;
    if (!baton_day_parse(text, 10, &day) || day < 0 || !take_digits(text + 11, 2, 24, &hour) ||
        !take_digits(text + 14, 2, 60, &minute) || !take_digits(text + 17, 2, 60, &second) ||
        !take_digits(text + 20, 3, 1000, &ms))
        return false;
    *out = day * (int64_t)DAY_MS + hour * 3600000 + minute * 60000 + second * 1000 + ms;
    return true;
}

static void put_hex(struct writer *to, const char *name, const uint8_t *bytes, size_t size) {
    char hex[513];
    writer_printf(to, "%s: ", name);
    for (size_t at = 0; at < size; at += 256) {
        const size_t piece = size - at < 256 ? size - at : 256;
        bytes_hex(bytes + at, piece, hex);
        writer_put(to, hex, 2 * piece);
    }
    writer_char(to, '\n');
}

/* All lines behind the first one. */
static void put_head(struct writer *to, const struct head *head, const struct public_key *key) {
    char time[TIME_TEXT_SIZE];
    assert(text_is_identifier(head->ledger, strlen(head->ledger)));
    time_write(head->time_utc_ms, time);
    writer_printf(to, "ledger: %s\ndigest: %s\nsize: %" PRIu64 "\ntime: %s\n", head->ledger,
                  digest_word(head->digest), head->size, time);
    put_hex(to, "root", head->root.byte, DIGEST_SIZE);
    put_hex(to, "key", head->key.byte, DIGEST_SIZE);
    put_hex(to, "public_key", key->der, key->size);
    put_hex(to, "signature", head->signature.byte, head->signature.size);
}

const char *head_text(struct baton_arena *arena, const struct head *head,
                      const struct public_key *key) {
    struct writer *const to = writer_memory(arena);
    writer_text(to, HEAD_LINE "\n");
    put_head(to, head, key);
    return writer_text_of(to);
}

const char *receipt_text(struct baton_arena *arena, const struct receipt *receipt) {
    struct writer *const to = writer_memory(arena);
    writer_text(to, RECEIPT_LINE "\n");
    put_head(to, &receipt->head, &receipt->key);
    writer_printf(to, "position: %" PRIu64 "\n", receipt->position);
    if (receipt->entry != NULL)
        put_hex(to, "entry", receipt->entry, receipt->entry_size);
    put_hex(to, "leaf", receipt->leaf.byte, DIGEST_SIZE);
    for (size_t i = 0; i < receipt->proof_count; i++)
        put_hex(to, "proof", receipt->proof[i].byte, DIGEST_SIZE);
    return writer_text_of(to);
}
