/* Ledgers as files: written, checked, and made again from them, from each store to each. */
#include "ledger/journal_file.h"
#include "unit/ledger/trial.h"
#include "unit/test.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The bytes of a file, in the arena. */
static char *read_whole(struct trial *t, const char *path, size_t *size) {
    FILE *const file = fopen(path, "rb");
    *size = 0;
    if (!CHECK(file != NULL))
        return NULL;
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    char *const bytes = arena_alloc_raw(t->arena, *size + 1, 1);
    CHECK_INT(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

static bool same_files(struct trial *t, const char *one, const char *other) {
    size_t size, other_size;
    const char *const a = read_whole(t, one, &size), *const b = read_whole(t, other, &other_size);
    return CHECK_INT(size, other_size) && a != NULL && b != NULL && CHECK(memcmp(a, b, size) == 0);
}

static const char *path_of(struct trial *t, const char *name) {
    return arena_printf(t->arena, "%s/%s", test_folder(), name);
}

static bool export_to(struct trial *t, const char *path, struct verify_report *report) {
    return CHECK_CODE(t, ledger_export(t->arena, &t->place, path, report, &t->found), BATON_OK);
}

TEST(exchange_brings_a_ledger_from_store_to_store) {
    FOR_EACH_STORE(kind)
    for (int sm = 0; sm < 2; sm++) {
        struct trial t;
        struct verify_report out, in, again;
        uint64_t differed;
        struct head kept;
        struct public_key key;
        const char *const first = "first.journal", *const second = "second.journal";
        if (!trial_open(&t, kind, sm ? DIGEST_SM3 : DIGEST_SHA256,
                        sm ? SIGNATURE_SM2 : SIGNATURE_ED25519))
            continue;
        trial_fill(&t);
        trial_content(&t, "text/plain", "left by a crash", 15);
        trial_rest(&t);
        trial_head(&t, &kept, &key);
        if (!export_to(&t, path_of(&t, first), &out) ||
            !export_to(&t, path_of(&t, second), &again)) {
            trial_close(&t);
            continue;
        }
        same_files(&t, path_of(&t, first), path_of(&t, second));
        CHECK_INT(out.entries, 329);
        CHECK_INT(out.facts, 324);
        CHECK_INT(out.contents, 8);
        CHECK_INT(out.erased, 1);
        CHECK_INT(out.orphans, 0);
        /* To the other store, where there is one. */
        const enum store_kind to = getenv("BATON_TEST_POSTGRES") == NULL ? STORE_SQLITE
                                   : kind == STORE_SQLITE                ? STORE_POSTGRES
                                                                         : STORE_SQLITE;
        const char *const address = store_fixture_new(to);
        t.place.address = arena_text(t.arena, address, strlen(address));
        CHECK_CODE(&t,
                   ledger_import(t.arena, &t.world, &t.place, path_of(&t, first), &in, &t.found),
                   BATON_OK);
        CHECK_INT(in.entries, out.entries);
        CHECK_INT(in.heads, out.heads);
        CHECK_INT(in.contents, out.contents);
        CHECK_INT(in.content_bytes, out.content_bytes);
        CHECK_INT(in.erased, 1);
        CHECK_INT(in.orphans, 0);
        CHECK(digest_equal(&in.head.root, &out.head.root));
        if (export_to(&t, path_of(&t, second), &again))
            same_files(&t, path_of(&t, first), path_of(&t, second));
        CHECK_CODE(&t, ledger_rebuild(t.arena, &t.world, &t.place, &differed, &t.found), BATON_OK);
        CHECK_INT(differed, 0);
        CHECK_CODE(&t,
                   ledger_import(t.arena, &t.world, &t.place, path_of(&t, first), &in, &t.found),
                   BATON_LEDGER_EXISTS);
        CHECK_TEXT(trial_found(&t), arena_printf(t.arena, "LEDGER_EXISTS %s city",
                                                 store_address_shown(t.arena, t.place.address)));
        /* It goes on where it stopped. */
        if (trial_wake(&t)) {
            SAY(&t, "unit", "city", "id", "u3", "name", "城北区");
            trial_figures(&t, "town", 200);
            CHECK_CODE(&t, ledger_verify(t.arena, &t.place, &kept, &key, NULL, NULL, &in, &t.found),
                       BATON_OK);
            CHECK_INT(in.entries, out.entries + 201);
        }
        trial_close(&t);
    }
}

TEST(exchange_refuses_another_name) {
    struct trial t;
    struct verify_report report;
    if (!trial_open(&t, STORE_SQLITE, DIGEST_SHA256, SIGNATURE_ED25519))
        return;
    export_to(&t, path_of(&t, "a.journal"), &report);
    struct ledger_place place = t.place;
    place.address = path_of(&t, "new.db");
    place.ledger = "town";
    CHECK_CODE(
        &t, ledger_import(t.arena, &t.world, &place, path_of(&t, "a.journal"), &report, &t.found),
        BATON_HEAD_OF_OTHER);
    CHECK_TEXT(trial_found(&t), "HEAD_OF_OTHER city town");
    CHECK(access(place.address, F_OK) != 0);
    place.ledger = NULL;
    CHECK_CODE(
        &t, ledger_import(t.arena, &t.world, &place, path_of(&t, "a.journal"), &report, &t.found),
        BATON_OK);
    trial_close(&t);
}

TEST(exchange_writes_no_file_of_what_is_damaged) {
    static const struct {
        const char *sql, *want;
    } cases[] = {
        {"DELETE FROM entry WHERE position = 5", "ENTRY_MISSING 5 6"},
        {"DELETE FROM head WHERE size = (SELECT MAX(size) FROM head)", "HEAD_MISSING 328"},
        {"DELETE FROM content WHERE size = 600000", "CONTENT_MISSING "},
    };
    FOR_EACH_STORE(kind)
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct trial t;
        struct verify_report report;
        if (!trial_open(&t, kind, DIGEST_SHA256, SIGNATURE_ED25519))
            continue;
        trial_fill(&t);
        trial_rest(&t);
        store_fixture_sql(t.place.address, cases[i].sql);
        const char *const path = path_of(&t, "damaged.journal");
        CHECK(ledger_export(t.arena, &t.place, path, &report, &t.found) != BATON_OK);
        const char *const found = trial_found(&t);
        if (strncmp(found, cases[i].want, strlen(cases[i].want)) != 0)
            FAIL("%s, not %s", found, cases[i].want);
        CHECK(access(path, F_OK) != 0);
        trial_close(&t);
    }
}

/* A file written again with one thing otherwise; its end is right. */
struct rewriting {
    enum journal_record type; /* of the record that is changed */
    unsigned number;          /* the how manyth of its type, from 0 */
    bool drop;                /* else a byte of it is changed */
};

static void rewrite_one(struct trial *t, struct journal_out *out, const struct journal_item *item,
                        bool is_it, bool drop) {
    uint8_t *bytes = NULL;
    struct head head = item->head;
    struct journal_content content = item->content;
    if (is_it && drop)
        return;
    if (item->type == JOURNAL_ENTRY || item->type == JOURNAL_BYTES) {
        bytes = arena_alloc_raw(t->arena, item->size, 1);
        memcpy(bytes, item->bytes, item->size);
        bytes[item->size - 1] ^= is_it;
    }
    head.root.byte[5] ^= is_it;
    content.salt[5] ^= is_it;
    if (item->type == JOURNAL_ENTRY)
        journal_out_entry(out, bytes, item->size);
    else if (item->type == JOURNAL_HEAD)
        journal_out_head(out, &head);
    else if (item->type == JOURNAL_CONTENT)
        journal_out_content(out, &content);
    else if (item->type == JOURNAL_BYTES)
        journal_out_bytes(out, bytes, item->size);
    else
        journal_out_end(out);
}

static void rewrite(struct trial *t, const char *from, const char *to,
                    const struct rewriting *how) {
    struct journal_in *in;
    struct journal_item item = {.type = JOURNAL_ENTRY};
    unsigned count = 0;
    if (!CHECK_CODE(t, journal_in_open(t->arena, from, &in, &t->found), BATON_OK))
        return;
    struct writer *const writer = writer_file(t->arena, to);
    struct journal_out *const out = journal_out_open(t->arena, writer, journal_in_ledger(in));
    while (item.type != JOURNAL_END &&
           CHECK_CODE(t, journal_in_next(in, &item, &t->found), BATON_OK))
        rewrite_one(t, out, &item, item.type == how->type && count++ == how->number, how->drop);
    CHECK_INT(writer_close(writer), 0);
}

TEST(exchange_names_what_was_changed_in_a_file) {
    static const struct {
        const char *name;
        struct rewriting how;
        const char *want;
    } cases[] = {
        {"a byte of an entry", {JOURNAL_ENTRY, 100, false}, "HEAD_ROOT 305"},
        {"an entry is left out", {JOURNAL_ENTRY, 100, true}, "JOURNAL_BROKEN "},
        {"the last entry is left out", {JOURNAL_ENTRY, 328, true}, "JOURNAL_BROKEN "},
        {"a root", {JOURNAL_HEAD, 3, false}, "HEAD_ROOT 305"},
        {"a head is left out", {JOURNAL_HEAD, 4, true}, "HEAD_MISSING 305"},
        {"salt", {JOURNAL_CONTENT, 0, false}, "CONTENT_WRONG "},
        {"bytes", {JOURNAL_BYTES, 0, false}, "CONTENT_WRONG "},
    };
    struct trial t;
    struct verify_report report;
    if (!trial_open(&t, STORE_SQLITE, DIGEST_SHA256, SIGNATURE_ED25519))
        return;
    trial_fill(&t);
    trial_rest(&t);
    const char *const whole = path_of(&t, "whole.journal"), *const other =
                                                                path_of(&t, "other.journal");
    if (export_to(&t, whole, &report)) {
        for (size_t i = 0; i < LENGTH(cases); i++) {
            CASE("%s", cases[i].name);
            rewrite(&t, whole, other, &cases[i].how);
            CHECK(ledger_verify_file(t.arena, other, NULL, NULL, &report, &t.found) != BATON_OK);
            const char *const found = trial_found(&t);
            if (strncmp(found, cases[i].want, strlen(cases[i].want)) != 0)
                FAIL("%s, not %s", found, cases[i].want);
            struct ledger_place place = t.place;
            place.address = path_of(&t, "new.db");
            CHECK(ledger_import(t.arena, &t.world, &place, other, &report, &t.found) != BATON_OK);
            CHECK(access(place.address, F_OK) != 0);
            trial_found(&t);
        }
        CASE("a change of nothing");
        rewrite(&t, whole, other, &(struct rewriting){JOURNAL_END, 9, false});
        CHECK_CODE(&t, ledger_verify_file(t.arena, other, NULL, NULL, &report, &t.found), BATON_OK);
        same_files(&t, whole, other);
    }
    trial_close(&t);
}

/* Content of which every c field of a proposal, accepted or not, is a name: it goes with the file. */
TEST(exchange_takes_any_changed_byte_for_damage) {
    struct trial t;
    struct verify_report report;
    size_t size;
    if (!trial_open(&t, STORE_SQLITE, DIGEST_SM3, SIGNATURE_SM2))
        return;
    trial_fill(&t);
    trial_rest(&t);
    const char *const whole = path_of(&t, "whole.journal");
    if (export_to(&t, whole, &report)) {
        char *const bytes = read_whole(&t, whole, &size);
        for (size_t at = 0; bytes != NULL && at < size; at += 1 + size / 61) {
            CASE("byte %zu", at);
            bytes[at] ^= 1;
            const char *const path = test_file("flipped.journal", bytes, size);
            bytes[at] ^= 1;
            CHECK(ledger_verify_file(t.arena, path, NULL, NULL, &report, &t.found) != BATON_OK);
            trial_found(&t);
        }
    }
    trial_close(&t);
}
