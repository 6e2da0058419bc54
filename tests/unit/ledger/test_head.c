/* Heads and receipts: bytes, texts, what they prove, and what is none. */
#include "journal_fixture.h"
#include "ledger/head.h"
#include "ledger/head_lines.h"
#include "unit/test.h"
#include <stdio.h>

static const struct fixture_how plain = {DIGEST_SHA256, SIGNATURE_ED25519, 12, 5, 0, 0};

TEST(head_bytes_are_the_documented_ones) {
    struct baton_arena *const arena = arena_open();
    struct head head = {.ledger = "city", .size = 258, .time_utc_ms = 0x010203};
    memset(head.root.byte, 0xaa, DIGEST_SIZE);
    memset(head.key.byte, 0xbb, DIGEST_SIZE);
    const uint8_t *bytes;
    size_t size;
    head_bytes(arena, &head, &bytes, &size);
    uint8_t want[1 + 14 + 8 + 8 + 8 + 64];
    memcpy(want, "\1\0\0\0\012baton-head\0\0\0\4city\0\0\0\0\0\0\1\2\0\0\0\0\0\1\2\3", 39);
    memset(want + 39, 0xaa, DIGEST_SIZE);
    memset(want + 71, 0xbb, DIGEST_SIZE);
    if (CHECK_INT(size, sizeof want))
        CHECK_BYTES(bytes, want, size);
    arena_close(arena);
}

TEST(head_times_have_one_form) {
    static const struct {
        int64_t time;
        const char *text;
    } times[] = {
        {0, "1970-01-01T00:00:00.000Z"},
        {1, "1970-01-01T00:00:00.001Z"},
        {1630026123004, "2021-08-27T01:02:03.004Z"},
        {951782399999, "2000-02-28T23:59:59.999Z"},
        {951782400000, "2000-02-29T00:00:00.000Z"},
        {ENTRY_TIME_MAX, "2999-12-31T23:59:59.999Z"},
    };
    for (size_t i = 0; i < LENGTH(times); i++) {
        char text[TIME_TEXT_SIZE];
        int64_t time = -1;
        time_write(times[i].time, text);
        CHECK_TEXT(text, times[i].text);
        CHECK(time_read(text, 24, &time) && time == times[i].time);
    }
    static const char *const wrong[] = {
        "2021-02-29T01:02:03.004Z", "2021-08-27T24:00:00.000Z",  "2021-08-27T01:60:00.000Z",
        "2021-08-27T01:02:60.000Z", "2021-08-27t01:02:03.004Z",  "2021-08-27 01:02:03.004Z",
        "2021-08-27T01:02:03,004Z", "2021-08-27T01:02:03.004z",  "2021-08-27T01:02:03.0040Z",
        "2021-08-27T01:02:03.04Z",  "2021-08-27T1:02:03.0004Z",  "1969-12-31T23:59:59.999Z",
        "3000-01-01T00:00:00.000Z", "2021-08-27T01:02:03.004+0", "2021-08-27T-1:02:03.004Z",
        "2021-08-27T01:02:03.+04Z", "2021-08-27T01:02: 3.004Z",  "",
    };
    for (size_t i = 0; i < LENGTH(wrong); i++) {
        int64_t time;
        CASE("%s", wrong[i]);
        CHECK(!time_read(wrong[i], strlen(wrong[i]), &time));
    }
}

/* What a text says, whichever of the two it is. */
struct trial {
    struct baton_arena *arena;
    struct baton_findings found;
};
static struct trial trial_open(void) {
    struct baton_arena *const arena = arena_open();
    return (struct trial){arena, {.arena = arena}};
}

static bool same_head(const struct head *a, const struct head *b) {
    return strcmp(a->ledger, b->ledger) == 0 && a->digest == b->digest && a->size == b->size &&
           a->time_utc_ms == b->time_utc_ms && digest_equal(&a->root, &b->root) &&
           digest_equal(&a->key, &b->key) && a->signature.size == b->signature.size &&
           memcmp(a->signature.byte, b->signature.byte, a->signature.size) == 0;
}

static bool same_key(const struct public_key *a, const struct public_key *b) {
    return a->size == b->size && memcmp(a->der, b->der, a->size) == 0;
}

static bool same_receipt(const struct receipt *a, const struct receipt *b) {
    return same_head(&a->head, &b->head) && same_key(&a->key, &b->key) &&
           a->position == b->position && (a->entry == NULL) == (b->entry == NULL) &&
           a->entry_size == b->entry_size &&
           (a->entry == NULL || memcmp(a->entry, b->entry, a->entry_size) == 0) &&
           digest_equal(&a->leaf, &b->leaf) && a->proof_count == b->proof_count &&
           memcmp(a->proof, b->proof, a->proof_count * sizeof a->proof[0]) == 0;
}

/* Every receipt of a ledger, with every head that covers it, in every combination of algorithms. */
TEST(receipts_read_back_and_hold) {
    for (unsigned how = 0; how < 4; how++) {
        struct trial trial = trial_open();
        struct fixture_how with = plain;
        with.digest = how % 2 == 0 ? DIGEST_SHA256 : DIGEST_SM3;
        with.signature = how < 2 ? SIGNATURE_ED25519 : SIGNATURE_SM2;
        CASE("%s, %s", digest_word(with.digest), signature_word(with.signature));
        struct fixture *const fixture = fixture_make(trial.arena, test_folder(), with);
        for (size_t head = 0; head < fixture->head_count; head++) {
            for (uint64_t at = 0; at < fixture->head[head].size; at++) {
                struct receipt receipt = fixture_receipt(fixture, at, head), read;
                if (at % 3 == 0)
                    receipt.entry = NULL, receipt.entry_size = 0;
                const char *const text = receipt_text(trial.arena, &receipt);
                if (receipt_read(trial.arena, "r", text, strlen(text), &read, &trial.found) !=
                        BATON_OK ||
                    !same_receipt(&receipt, &read) ||
                    strcmp(receipt_text(trial.arena, &read), text) != 0)
                    FAIL("receipt %d of head %zu reads back otherwise", (int)at, head);
                if (receipt_check(trial.arena, "r", &read, &trial.found) != BATON_OK)
                    FAIL("receipt %d of head %zu does not hold", (int)at, head);
            }
        }
        CHECK_INT(trial.found.count, 0);
        arena_close(trial.arena);
    }
}

TEST(head_texts_read_back) {
    struct trial trial = trial_open();
    struct fixture *const fixture = fixture_make(trial.arena, test_folder(), plain);
    for (size_t i = 0; i < fixture->head_count; i++) {
        struct head read;
        struct public_key key;
        const char *const text = head_text(trial.arena, &fixture->head[i], &fixture->key[i]);
        CHECK_INT(head_read(trial.arena, "h", text, strlen(text), &read, &key, &trial.found),
                  BATON_OK);
        CHECK(same_head(&read, &fixture->head[i]) && same_key(&key, &fixture->key[i]));
        CHECK_INT(head_check(trial.arena, "h", &read, &key, &trial.found), BATON_OK);
        CHECK_TEXT(head_text(trial.arena, &read, &key), text);
        /* A receipt holds a head. */
        const struct receipt receipt = fixture_receipt(fixture, 0, i);
        const char *const longer = receipt_text(trial.arena, &receipt);
        CHECK_INT(head_read(trial.arena, "h", longer, strlen(longer), &read, &key, &trial.found),
                  BATON_OK);
        CHECK(same_head(&read, &fixture->head[i]));
        struct receipt none;
        CHECK_INT(receipt_read(trial.arena, "h", text, strlen(text), &none, &trial.found),
                  BATON_RECEIPT_BROKEN);
    }
    arena_close(trial.arena);
}

/* Copies with LF, with CRLF, and without the last end of line mean the same. */
TEST(receipts_survive_other_ends_of_lines) {
    struct trial trial = trial_open();
    struct fixture *const fixture = fixture_make(trial.arena, test_folder(), plain);
    struct receipt receipt = fixture_receipt(fixture, 4, 7), read;
    const char *const text = receipt_text(trial.arena, &receipt);
    const size_t size = strlen(text);
    char *const other = arena_alloc(trial.arena, 2 * size, 1);
    size_t other_size = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\n')
            other[other_size++] = '\r';
        other[other_size++] = text[i];
    }
    CHECK_INT(receipt_read(trial.arena, "r", other, other_size, &read, &trial.found), BATON_OK);
    CHECK(same_receipt(&receipt, &read));
    CHECK_INT(receipt_read(trial.arena, "r", text, size - 1, &read, &trial.found), BATON_OK);
    CHECK(same_receipt(&receipt, &read));
    CHECK_INT(receipt_read(trial.arena, "r", other, other_size - 1, &read, &trial.found),
              BATON_RECEIPT_BROKEN); // a carriage return that ends nothing
    arena_close(trial.arena);
}

/* Whether a text is taken as a receipt that holds; *same gets whether it says what the receipt says. */
static bool is_taken(struct trial *trial, const char *text, size_t size,
                     const struct receipt *receipt, bool *same) {
    struct receipt read;
    if (receipt_read(trial->arena, "r", text, size, &read, &trial->found) != BATON_OK ||
        receipt_check(trial->arena, "r", &read, &trial->found) != BATON_OK)
        return false;
    *same = same_receipt(&read, receipt);
    return true;
}

/* Every single-byte change of a receipt is refused, or leaves what it says as it was (no such change is known). */
TEST(receipts_changed_anywhere_are_refused) {
    struct trial trial = trial_open();
    struct fixture *const fixture = fixture_make(trial.arena, test_folder(), plain);
    const struct receipt receipt = fixture_receipt(fixture, 6, 8);
    const char *const text = receipt_text(trial.arena, &receipt);
    const size_t size = strlen(text);
    char *const changed = arena_text(trial.arena, text, size);
    size_t refused = 0;
    for (size_t at = 0; at < size; at++) {
        for (unsigned byte = 0; byte < 256; byte += byte == 0 || at % 16 == 3 ? 1 : 3) {
            if (byte == (uint8_t)text[at])
                continue;
            const struct arena_mark mark = arena_mark(trial.arena);
            trial.found = (struct baton_findings){.arena = trial.arena};
            bool same = false;
            changed[at] = (char)byte;
            if (!is_taken(&trial, changed, size, &receipt, &same))
                refused++;
            else if (!same)
                FAIL("byte %zu may be %u", at, byte);
            changed[at] = text[at];
            arena_reset_to(trial.arena, mark);
        }
    }
    CHECK(refused > 80 * size);
    for (size_t cut = 0; cut + 1 < size; cut++) { // cut short; only the last end of line may go
        const struct arena_mark mark = arena_mark(trial.arena);
        trial.found = (struct baton_findings){.arena = trial.arena};
        bool same;
        if (is_taken(&trial, text, cut, &receipt, &same))
            FAIL("it may end at %zu", cut);
        arena_reset_to(trial.arena, mark);
    }
    arena_close(trial.arena);
}

/* The lines of a receipt, to be put together otherwise. */
static const char *joined(struct baton_arena *arena, const char *text, int left_out, int twice,
                          int swapped, const char *more) {
    struct writer *const to = writer_memory(arena);
    const char *line[200] = {0};
    size_t size[200] = {0};
    int count = 0;
    for (const char *at = text; *at != '\0'; at = strchr(at, '\n') + 1) {
        line[count] = at;
        size[count++] = (size_t)(strchr(at, '\n') + 1 - at);
    }
    for (int i = 0; i < count; i++) {
        const int from = i == swapped ? i + 1 : i == swapped + 1 && swapped >= 0 ? i - 1 : i;
        if (i != left_out && from < count)
            writer_put(to, line[from], size[from]);
        if (i == twice)
            writer_put(to, line[from], size[from]);
    }
    writer_text(to, more);
    return writer_text_of(to);
}

TEST(receipts_with_other_lines_are_refused) {
    struct trial trial = trial_open();
    struct fixture *const fixture = fixture_make(trial.arena, test_folder(), plain);
    const struct receipt receipt = fixture_receipt(fixture, 6, 8);
    const char *const text = receipt_text(trial.arena, &receipt);
    bool same = false;
    CHECK(is_taken(&trial, joined(trial.arena, text, -1, -1, -2, ""), strlen(text), &receipt,
                   &same) &&
          same);
    for (int i = 0; i < 11 + (int)receipt.proof_count; i++) {
        CASE("line %d", i + 1);
        const bool is_entry = i == 10; // may be left out: the leaf alone is proved then
        const char *const without = joined(trial.arena, text, i, -1, -2, "");
        CHECK(is_taken(&trial, without, strlen(without), &receipt, &same) == is_entry);
        const char *const twice = joined(trial.arena, text, -1, i, -2, "");
        CHECK(!is_taken(&trial, twice, strlen(twice), &receipt, &same));
        const char *const swapped = joined(trial.arena, text, -1, -1, i, "");
        CHECK(!is_taken(&trial, swapped, strlen(swapped), &receipt, &same));
    }
    static const char *const more[] = {"\n", "x: 1\n", " ", "\r\n", "note: x"};
    for (size_t i = 0; i < LENGTH(more); i++) {
        CASE("%s behind it", more[i]);
        const char *const longer = joined(trial.arena, text, -1, -1, -2, more[i]);
        CHECK(!is_taken(&trial, longer, strlen(longer), &receipt, &same));
    }
    arena_close(trial.arena);
}

/* What is well-formed and not true; each with the code that says so. */
TEST(receipts_that_do_not_hold) {
    struct trial trial = trial_open();
    struct fixture *const fixture = fixture_make(trial.arena, test_folder(), plain);
    const struct receipt good = fixture_receipt(fixture, 6, 8);
    struct receipt bad;
    CHECK_INT(receipt_check(trial.arena, "r", &good, &trial.found), BATON_OK);
#define REFUSED(code, change) \
    do { \
        bad = good; \
        change; \
        CASE("%s", #change); \
        trial.found = (struct baton_findings){.arena = trial.arena}; \
        CHECK_INT(receipt_check(trial.arena, "r", &bad, &trial.found), code); \
        CHECK_INT(trial.found.errors, 1); \
    } while (0)
    REFUSED(BATON_RECEIPT_PROOF, bad.position = 5);
    REFUSED(BATON_RECEIPT_PROOF, bad.entry = fixture->entry[5].bytes;
            bad.entry_size = fixture->entry[5].size);
    REFUSED(BATON_RECEIPT_PROOF, bad.proof_count--);
    REFUSED(BATON_RECEIPT_PROOF, bad.leaf.byte[0] ^= 1);
    REFUSED(BATON_HEAD_SIGNATURE, bad.head.size++);
    REFUSED(BATON_HEAD_SIGNATURE, bad.head.time_utc_ms++);
    REFUSED(BATON_HEAD_SIGNATURE, bad.head.ledger = "town");
    REFUSED(BATON_HEAD_SIGNATURE, bad.head.root.byte[31] ^= 1);
    REFUSED(BATON_HEAD_SIGNATURE, bad.head.digest = DIGEST_SM3);
    REFUSED(BATON_HEAD_SIGNATURE, bad.key = fixture->key[0]); // not the one that it names
    REFUSED(BATON_HEAD_SIGNATURE, bad.head.key.byte[0] ^= 1);
    REFUSED(BATON_KEY_KIND, bad.key.size = 3);
    /* Without the entry nothing but the proof says where the leaf stands. */
    REFUSED(BATON_RECEIPT_PROOF, bad.entry = NULL; bad.position = 5);
    /* An entry that is proved, and says of itself that it stands elsewhere; one that is none. */
    struct merkle *tree;
    static const char *const entries[] = {"", "hello"};
    for (size_t i = 0; i < 2; i++) {
        CHECK_INT(merkle_open(DIGEST_SHA256, 0, (struct merkle_source){0}, &tree), BATON_OK);
        struct receipt forged = good;
        if (i == 1) {
            forged.entry = (const uint8_t *)entries[1];
            forged.entry_size = 5;
        }
        forged.leaf = merkle_leaf(DIGEST_SHA256, forged.entry, forged.entry_size);
        CHECK_INT(merkle_append(tree, forged.leaf), BATON_OK);
        forged.position = 0;
        forged.head.size = 1;
        CHECK_INT(merkle_root(tree, 1, &forged.head.root), BATON_OK);
        CHECK_INT(merkle_inclusion(tree, 0, 1, forged.proof, &forged.proof_count), BATON_OK);
        const uint8_t *bytes;
        size_t size;
        head_bytes(trial.arena, &forged.head, &bytes, &size);
        CHECK_INT(signer_sign(fixture->signer, bytes, size, &forged.head.signature), BATON_OK);
        CHECK_INT(receipt_check(trial.arena, "r", &forged, &trial.found), BATON_RECEIPT_PROOF);
        forged.entry = NULL;
        CHECK_INT(receipt_check(trial.arena, "r", &forged, &trial.found), BATON_OK);
        merkle_close(tree);
    }
    arena_close(trial.arena);
}

/* What a message says of a line: which one, what it should be, what it is. */
TEST(head_findings_name_the_line) {
    static const struct {
        const char *text, *en, *zh;
    } cases[] = {
        {"", "this is no head of a ledger: line 1 should be `baton-head 1`",
         "这不是账本的签名摘要：第 1 行应为“baton-head 1”"},
        {"baton-head 2\n",
         "this is no head of a ledger: line 1 should be `baton-head 1`, not `baton-head 2`",
         "这不是账本的签名摘要：第 1 行应为“baton-head 1”，而不是“baton-head 2”"},
        {"baton-head 1\nledger: a\ndigest: md5\n",
         "this is no head of a ledger: line 3 should be `digest: ...`, not `digest: md5`",
         "这不是账本的签名摘要：第 3 行应为“digest: ...”，而不是“digest: md5”"},
        {"baton-head 1\nledger: \x01\n",
         "this is no head of a ledger: line 2 should be `ledger: ...`, not `ledger: ?`",
         "这不是账本的签名摘要：第 2 行应为“ledger: ...”，而不是“ledger: ?”"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct trial trial = trial_open();
        struct head head;
        struct public_key key;
        CHECK_INT(head_read(trial.arena, "h", cases[i].text, strlen(cases[i].text), &head, &key,
                            &trial.found),
                  BATON_HEAD_BROKEN);
        if (CHECK_INT(trial.found.count, 1)) {
            CHECK_TEXT(baton_finding_message(trial.arena, trial.found.item, BATON_EN), cases[i].en);
            CHECK_TEXT(baton_finding_message(trial.arena, trial.found.item, BATON_ZH), cases[i].zh);
        }
        arena_close(trial.arena);
    }
}

TEST(head_texts_that_are_too_large_are_refused) {
    struct trial trial = trial_open();
    struct receipt read;
    const size_t size = RECEIPT_TEXT_MAX + 1;
    char *const text = arena_alloc(trial.arena, size, 1);
    memset(text, '0', size);
    CHECK_INT(receipt_read(trial.arena, "r", text, size, &read, &trial.found),
              BATON_RECEIPT_BROKEN);
    CHECK_INT(trial.found.count, 1);
    arena_close(trial.arena);
}
