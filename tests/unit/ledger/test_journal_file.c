/* Exported journals: written and read back, and everything that is none. */
#include "journal_fixture.h"
#include "ledger/bytes.h"
#include "ledger/journal_file.h"
#include "unit/test.h"
#include <stdio.h>
#include <unistd.h>

/* Opens and reads all of a file, and compares each record with the fixture's where there is one; *digests_hold gets whether the contents have theirs. */
struct count {
    size_t entries, heads, contents, pieces;
    bool same, digests_hold;
};

/* Feeds a piece into the digest of the content, and looks at it when it is whole. */
struct feeding {
    struct digest_stream *stream;
    struct journal_content content;
    uint64_t left;
};

static void feed(struct baton_arena *arena, enum digest_kind kind, struct feeding *feeding,
                 const struct journal_item *item, bool *hold) {
    if (item->type == JOURNAL_CONTENT) {
        feeding->content = item->content;
        feeding->left = item->content.size;
        if (item->content.erased)
            return;
        feeding->stream = digest_content_begin(arena, kind, item->content.salt);
    } else {
        digest_add(feeding->stream, item->bytes, item->size);
        feeding->left -= item->size;
    }
    if (feeding->left == 0) {
        const struct digest got = digest_end(feeding->stream);
        *hold = *hold && digest_equal(&got, &feeding->content.digest);
    }
}

static bool same_content(const struct journal_content *a, const struct journal_content *b) {
    return digest_equal(&a->digest, &b->digest) && a->erased == b->erased && a->size == b->size &&
           memcmp(a->salt, b->salt, DIGEST_SIZE) == 0 && strcmp(a->media, b->media) == 0;
}

static void compare(const struct fixture *fixture, const struct journal_item *item,
                    struct count *count) {
    if (item->type == JOURNAL_ENTRY) {
        const struct fixture_entry *const want = &fixture->entry[count->entries++];
        count->same = count->same && count->entries <= fixture->entry_count &&
                      item->size == want->size && memcmp(item->bytes, want->bytes, item->size) == 0;
    } else if (item->type == JOURNAL_HEAD) {
        const struct head *const want = &fixture->head[count->heads++], *const got = &item->head;
        count->same = count->same && count->heads <= fixture->head_count &&
                      strcmp(got->ledger, want->ledger) == 0 && got->digest == want->digest &&
                      got->size == want->size && got->time_utc_ms == want->time_utc_ms &&
                      digest_equal(&got->root, &want->root) &&
                      digest_equal(&got->key, &want->key) &&
                      got->signature.size == want->signature.size &&
                      memcmp(got->signature.byte, want->signature.byte, want->signature.size) == 0;
    } else if (item->type == JOURNAL_CONTENT) {
        count->same = count->same && count->contents < fixture->content_count &&
                      same_content(&item->content, &fixture->content[count->contents]);
        count->contents++;
    } else if (item->type == JOURNAL_BYTES) {
        count->pieces++;
    }
}

static baton_code read_all(struct baton_arena *arena, const char *path,
                           const struct fixture *fixture, struct count *count,
                           struct baton_findings *found) {
    struct journal_in *in;
    struct feeding feeding = {0};
    *count = (struct count){.same = true, .digests_hold = true};
    TRY(journal_in_open(arena, path, &in, found));
    const struct journal_ledger *const ledger = journal_in_ledger(in);
    count->same = fixture != NULL && strcmp(ledger->id, fixture->id) == 0 &&
                  ledger->digest == fixture->how.digest &&
                  ledger->signature == fixture->how.signature &&
                  ledger->created_utc_ms == 1630026123000;
    for (;;) {
        struct journal_item item;
        const baton_code code = journal_in_next(in, &item, found);
        if (code != BATON_OK) {
            CHECK_INT(journal_in_next(in, &item, found), code); // it stays so
            return code;
        }
        if (item.type == JOURNAL_END) {
            CHECK_INT(journal_in_next(in, &item, found), BATON_OK);
            CHECK_INT(item.type, JOURNAL_END);
            return BATON_OK;
        }
        if (item.type == JOURNAL_CONTENT || item.type == JOURNAL_BYTES)
            feed(arena, ledger->digest, &feeding, &item, &count->digests_hold);
        if (fixture != NULL)
            compare(fixture, &item, count);
    }
}

/* Without contents the first head is of one entry. */
static const struct fixture_how plain = {DIGEST_SHA256, SIGNATURE_ED25519, 4, 0, 0, 0};
static const struct fixture_how small = {DIGEST_SHA256, SIGNATURE_ED25519, 6, 2, 4, 20};

TEST(journal_reads_back) {
    static const struct fixture_how hows[] = {
        {DIGEST_SHA256, SIGNATURE_ED25519, 1, 0, 0, 0},
        {DIGEST_SHA256, SIGNATURE_ED25519, 6, 2, 4, 20},
        {DIGEST_SM3, SIGNATURE_SM2, 30, 7, 11, 600000},
        {DIGEST_SM3, SIGNATURE_ED25519, 20, 0, 0, JOURNAL_PIECE},
    };
    for (size_t i = 0; i < LENGTH(hows); i++) {
        CASE("%zu", i);
        struct baton_arena *const arena = arena_open();
        struct baton_findings found = {.arena = arena};
        struct fixture *const fixture = fixture_make(arena, test_folder(), hows[i]);
        const char *const path = arena_printf(arena, "%s/out.journal", test_folder());
        struct count count;
        CHECK_INT(fixture_write(fixture, path), 0);
        CHECK_INT(read_all(arena, path, fixture, &count, &found), BATON_OK);
        CHECK(count.same && count.digests_hold);
        CHECK_INT(count.entries, fixture->entry_count);
        CHECK_INT(count.heads, fixture->head_count);
        CHECK_INT(count.contents, fixture->content_count);
        CHECK_INT(found.count, 0);
        if (hows[i].content > JOURNAL_PIECE)
            CHECK(count.pieces > 3);
        arena_close(arena);
    }
}

struct bytes {
    const uint8_t *bytes;
    size_t size;
};

static struct bytes whole_of(struct baton_arena *arena, const char *path) {
    FILE *const file = fopen(path, "rb");
    uint8_t *const bytes = arena_alloc(arena, 1 << 16, 1);
    struct bytes out = {.bytes = bytes};
    if (!CHECK(file != NULL))
        return out;
    out.size = fread(bytes, 1, 1 << 16, file);
    CHECK(out.size < 1 << 16);
    fclose(file);
    return out;
}

/* The path of a file with these bytes, in the place of the last one. */
static const char *file_of(struct baton_arena *arena, const uint8_t *bytes, size_t size) {
    const char *const path = arena_printf(arena, "%s/x.journal", test_folder());
    unlink(
        path); // a new file is not brought to the disk on closing, as some file systems do with one that is cut
    FILE *const file = fopen(path, "wb");
    CHECK(file != NULL && fwrite(bytes, 1, size, file) == size && fclose(file) == 0);
    return path;
}

/* Every truncation, and bytes behind the end, are refused; so is every change of a byte, by the digest at the end if by nothing else. */
TEST(journal_changed_anywhere_is_refused) {
    struct baton_arena *const arena = arena_open();
    struct baton_findings found = {.arena = arena};
    struct fixture *const fixture = fixture_make(arena, test_folder(), small);
    const char *const path = arena_printf(arena, "%s/out.journal", test_folder());
    struct count count;
    CHECK_INT(fixture_write(fixture, path), 0);
    const struct bytes good = whole_of(arena, path);
    uint8_t *const changed = arena_alloc(arena, good.size + 1, 1);
    memcpy(changed, good.bytes, good.size);
    CHECK_INT(read_all(arena, file_of(arena, changed, good.size + 1), NULL, &count, &found),
              BATON_JOURNAL_BROKEN);
    for (size_t cut = 0; cut < good.size; cut++) {
        const struct arena_mark mark = arena_mark(arena);
        found = (struct baton_findings){.arena = arena};
        if (read_all(arena, file_of(arena, changed, cut), NULL, &count, &found) !=
            BATON_JOURNAL_BROKEN)
            FAIL("it may end at byte %zu", cut);
        arena_reset_to(arena, mark);
    }
    for (size_t at = 0; at < good.size; at++) {
        const struct arena_mark mark = arena_mark(arena);
        found = (struct baton_findings){.arena = arena};
        changed[at] ^= (uint8_t)(1 + at * 37 % 255);
        if (read_all(arena, file_of(arena, changed, good.size), NULL, &count, &found) !=
                BATON_JOURNAL_BROKEN ||
            found.count != 1)
            FAIL("byte %zu may change", at);
        changed[at] = good.bytes[at];
        arena_reset_to(arena, mark);
    }
    CHECK_INT(read_all(arena, file_of(arena, changed, good.size), fixture, &count, &found),
              BATON_OK);
    arena_close(arena);
}

/* A journal whose end is right and whose records are not; each is refused by what it says. */
struct making {
    struct baton_arena *arena;
    struct writer *writer;
    struct journal_out *out;
    struct fixture *fixture;
};

static struct journal_content content_of(uint8_t first, uint64_t size, bool erased) {
    return (struct journal_content){
        .digest = {{first}}, .media = "", .size = size, .erased = erased};
}

static void entry(struct making *making, size_t i) {
    journal_out_entry(making->out, making->fixture->entry[i].bytes, making->fixture->entry[i].size);
}
static void head(struct making *making, size_t i) {
    journal_out_head(making->out, &making->fixture->head[i]);
}
static void content(struct making *making, uint8_t first, uint64_t size, bool erased) {
    const struct journal_content made = content_of(first, size, erased);
    journal_out_content(making->out, &made);
}

static void make_sound(struct making *making) {
    entry(making, 0);
    head(making, 0);
    entry(making, 1);
    content(making, 1, 3, false);
    journal_out_bytes(making->out, "a", 1);
    journal_out_bytes(making->out, "bc", 2);
    content(making, 2, 0, true);
    content(making, 3, 0, false);
}
static void make_empty(struct making *making) {
    (void)making;
}
static void make_gap(struct making *making) {
    entry(making, 0);
    entry(making, 2);
}
static void make_twice(struct making *making) {
    entry(making, 0);
    entry(making, 0);
}
static void make_late_start(struct making *making) {
    entry(making, 1);
}
static void make_version(struct making *making) {
    uint8_t bytes[100] = {2};
    journal_out_entry(making->out, bytes, sizeof bytes);
}
static void make_short_entry(struct making *making) {
    journal_out_entry(making->out, "\1\0\0\0\0\0\0\0", 8);
}
static void make_large_entry(struct making *making) {
    uint8_t *const bytes = arena_alloc(making->arena, ENTRY_SIZE_MAX + 1, 1);
    bytes[0] = 1;
    journal_out_entry(making->out, bytes, ENTRY_SIZE_MAX + 1);
}
static void make_head_early(struct making *making) {
    head(making, 0);
    entry(making, 0);
}
static void make_head_twice(struct making *making) {
    entry(making, 0);
    head(making, 0);
    head(making, 0);
}
static void make_head_of_none(struct making *making) {
    struct head none = making->fixture->head[0];
    none.size = 0;
    entry(making, 0);
    journal_out_head(making->out, &none);
}
static void make_head_unsigned(struct making *making) {
    struct head none = making->fixture->head[0];
    none.signature.size = 0;
    entry(making, 0);
    journal_out_head(making->out, &none);
}
static void make_head_time(struct making *making) {
    struct head late = making->fixture->head[0];
    late.time_utc_ms = ENTRY_TIME_MAX + 1;
    entry(making, 0);
    journal_out_head(making->out, &late);
}
static void make_entry_late(struct making *making) {
    content(making, 1, 0, false);
    entry(making, 0);
}
static void make_head_late(struct making *making) {
    entry(making, 0);
    content(making, 1, 0, false);
    head(making, 0);
}
static void make_bytes_alone(struct making *making) {
    journal_out_bytes(making->out, "a", 1);
}
static void make_bytes_missing(struct making *making) {
    content(making, 1, 2, false);
    journal_out_bytes(making->out, "a", 1);
}
static void make_bytes_missing_before(struct making *making) {
    content(making, 1, 2, false);
    content(making, 2, 0, false);
}
static void make_bytes_many(struct making *making) {
    content(making, 1, 2, false);
    journal_out_bytes(making->out, "abc", 3);
}
static void make_erased_size(struct making *making) {
    content(making, 1, 2, true);
}
static void make_bytes_of_erased(struct making *making) {
    content(making, 1, 0, true);
    journal_out_bytes(making->out, "ab", 2);
}
static void make_contents_falling(struct making *making) {
    content(making, 2, 0, false);
    content(making, 1, 0, false);
}
static void make_contents_same(struct making *making) {
    content(making, 2, 0, true);
    content(making, 2, 0, true);
}
static void make_erased_media(struct making *making) {
    struct journal_content made = content_of(1, 0, true);
    made.media = "text/plain";
    journal_out_content(making->out, &made);
}
static void make_media_no_utf8(struct making *making) {
    struct journal_content made = content_of(1, 0, false);
    made.media = "\xff";
    journal_out_content(making->out, &made);
}

static const struct {
    const char *name;
    void (*make)(struct making *making);
    baton_code code;
} makings[] = {
    {"a sound one", make_sound, BATON_OK},
    {"one without entries", make_empty, BATON_OK},
    {"a gap", make_gap, BATON_JOURNAL_BROKEN},
    {"an entry twice", make_twice, BATON_JOURNAL_BROKEN},
    {"a late start", make_late_start, BATON_JOURNAL_BROKEN},
    {"an entry of another version", make_version, BATON_JOURNAL_BROKEN},
    {"an entry without a position", make_short_entry, BATON_JOURNAL_BROKEN},
    {"an entry that is too large", make_large_entry, BATON_JOURNAL_BROKEN},
    {"a head before its entries", make_head_early, BATON_JOURNAL_BROKEN},
    {"a head twice", make_head_twice, BATON_JOURNAL_BROKEN},
    {"a head of nothing", make_head_of_none, BATON_JOURNAL_BROKEN},
    {"a head without a signature", make_head_unsigned, BATON_JOURNAL_BROKEN},
    {"a head of the year 3000", make_head_time, BATON_JOURNAL_BROKEN},
    {"an entry behind contents", make_entry_late, BATON_JOURNAL_BROKEN},
    {"a head behind contents", make_head_late, BATON_JOURNAL_BROKEN},
    {"bytes of nothing", make_bytes_alone, BATON_JOURNAL_BROKEN},
    {"too few bytes", make_bytes_missing, BATON_JOURNAL_BROKEN},
    {"no bytes", make_bytes_missing_before, BATON_JOURNAL_BROKEN},
    {"too many bytes", make_bytes_many, BATON_JOURNAL_BROKEN},
    {"bytes of erased content", make_bytes_of_erased, BATON_JOURNAL_BROKEN},
    {"a size of erased content", make_erased_size, BATON_JOURNAL_BROKEN},
    {"contents out of order", make_contents_falling, BATON_JOURNAL_BROKEN},
    {"a content twice", make_contents_same, BATON_JOURNAL_BROKEN},
    {"a media type of erased content", make_erased_media, BATON_JOURNAL_BROKEN},
    {"a media type that is no UTF-8", make_media_no_utf8, BATON_JOURNAL_BROKEN},
};

TEST(journal_records_out_of_order_are_refused) {
    for (size_t i = 0; i < LENGTH(makings); i++) {
        CASE("%s", makings[i].name);
        struct baton_arena *const arena = arena_open();
        struct baton_findings found = {.arena = arena};
        struct fixture *const fixture = fixture_make(arena, test_folder(), plain);
        const struct journal_ledger ledger = {"city", DIGEST_SHA256, SIGNATURE_ED25519, 0};
        const char *const path = arena_printf(arena, "%s/made.journal", test_folder());
        struct writer *const writer = writer_file(arena, path);
        struct making making = {arena, writer, journal_out_open(arena, writer, &ledger), fixture};
        struct count count;
        makings[i].make(&making);
        journal_out_end(making.out);
        CHECK_INT(writer_close(writer), 0);
        CHECK_INT(read_all(arena, path, NULL, &count, &found), makings[i].code);
        arena_close(arena);
    }
}

/* The first record says of which ledger it is; whatever is wrong with it. */
TEST(journal_of_unsound_ledgers_is_refused) {
    static const struct journal_ledger ledgers[] = {
        {"", DIGEST_SHA256, SIGNATURE_ED25519, 0},
        {"a b", DIGEST_SHA256, SIGNATURE_ED25519, 0},
        {"city", DIGEST_SHA256, SIGNATURE_ED25519, -1},
        {"city", DIGEST_SHA256, SIGNATURE_ED25519, ENTRY_TIME_MAX + 1},
    };
    for (size_t i = 0; i < LENGTH(ledgers); i++) {
        struct baton_arena *const arena = arena_open();
        struct baton_findings found = {.arena = arena};
        const char *const path = arena_printf(arena, "%s/made.journal", test_folder());
        struct writer *const writer = writer_file(arena, path);
        struct journal_out *const out = journal_out_open(arena, writer, &ledgers[i]);
        struct journal_in *in;
        journal_out_end(out);
        CHECK_INT(writer_close(writer), 0);
        CHECK_INT(journal_in_open(arena, path, &in, &found), BATON_JOURNAL_BROKEN);
        CHECK_INT(found.count, 1);
        arena_close(arena);
    }
}

TEST(journal_findings_name_the_record) {
    struct baton_arena *const arena = arena_open();
    struct baton_findings found = {.arena = arena};
    struct journal_in *in;
    CHECK_INT(journal_in_open(arena, "/nowhere", &in, &found), BATON_FILE_READ);
    CHECK_INT(journal_in_open(arena, test_file("j", "baton-journal 1\n", 16), &in, &found),
              BATON_JOURNAL_BROKEN);
    CHECK_INT(journal_in_open(arena, test_file("j", "baton-journal 2\n", 16), &in, &found),
              BATON_JOURNAL_BROKEN);
    CHECK_INT(journal_in_open(arena, test_file("j", "baton-journal 1\nQ\0\0\0\0\0\0\0\0", 25), &in,
                              &found),
              BATON_JOURNAL_BROKEN);
    if (CHECK_INT(found.count, 4)) {
        const char *const path = found.item[1].arg[0];
        CHECK_TEXT(baton_finding_message(arena, &found.item[1], BATON_EN),
                   arena_printf(arena,
                                "%s is no exported journal, or is damaged: record 1, which begins "
                                "at byte 16, is cut short",
                                path));
        CHECK_TEXT(
            baton_finding_message(arena, &found.item[3], BATON_ZH),
            arena_printf(arena,
                         "%s 不是导出的流水文件，或已损坏：自第 16 字节起的第 1 条记录有误（Q）",
                         path));
    }
    arena_close(arena);
}
