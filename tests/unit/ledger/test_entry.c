/* Entries: their canonical bytes as docs/journal.md has them, back again, and everything that is none. */
#include "ledger/bytes.h"
#include "ledger/entry.h"
#include "unit/test.h"
#include <stdio.h>
#include <string.h>

static const char digest32[] = "0123456789abcdef0123456789ABCDEF";
/* A proposed fact: kind observation, assessment a, one field. */
static const char proposed[] = "\0\0\0\013observation\0\0\0\1a\0\0\0\1\0\0\0\5valuet\0\0\0\00212";
static const struct field fields[] = {
    {"content", digest32, 32, 'c'},
    {"fact:000", proposed, sizeof proposed - 1, 'f'},
    {"unit", "\xe5\x8c\x97\xe4\xba\xac", 6, 't'},
    {"value", "1.5", 3, 't'},
};
static const struct entry example = {.position = 258,
                                     .time_utc_ms = 1630026123004,
                                     .actor = "li",
                                     .body = {"proposal", "city", fields, LENGTH(fields)}};

static bool same_body(const struct fact_body *a, const struct fact_body *b) {
    if (strcmp(a->kind, b->kind) != 0 || strcmp(a->assessment, b->assessment) != 0 ||
        a->field_count != b->field_count)
        return false;
    for (size_t i = 0; i < a->field_count; i++) {
        const struct field *const x = &a->field[i], *const y = &b->field[i];
        if (strcmp(x->name, y->name) != 0 || x->type != y->type || x->size != y->size ||
            memcmp(x->value, y->value, x->size) != 0)
            return false;
    }
    return true;
}

TEST(entry_bytes_are_the_documented_ones) {
    struct baton_arena *arena = arena_open();
    const struct field one[] = {{"id", "c1", 2, 't'}};
    const struct entry entry = {
        .position = 1, .time_utc_ms = 0x0102030405, .actor = "", .body = {"unit", "a", one, 1}};
    static const char want[] = "\1"
                               "\0\0\0\0\0\0\0\1"
                               "\0\0\0\1\2\3\4\5"
                               "\0\0\0\4unit"
                               "\0\0\0\1"
                               "a"
                               "\0\0\0\0"
                               "\0\0\0\1"
                               "\0\0\0\2id"
                               "t"
                               "\0\0\0\2c1";
    const uint8_t *bytes;
    size_t size;
    entry_write(arena, &entry, &bytes, &size);
    if (CHECK_INT(size, sizeof want - 1))
        CHECK_BYTES(bytes, want, size);
    arena_close(arena);
}

TEST(entry_reads_back) {
    struct baton_arena *arena = arena_open();
    const uint8_t *bytes, *again;
    size_t size, again_size;
    entry_write(arena, &example, &bytes, &size);
    struct entry read;
    if (CHECK_INT(entry_read(arena, bytes, size, &read), BATON_OK)) {
        CHECK(read.position == example.position && read.time_utc_ms == example.time_utc_ms);
        CHECK_TEXT(read.actor, "li");
        CHECK(same_body(&read.body, &example.body));
        CHECK_TEXT(body_text(&read.body, "value"), "1.5");
        CHECK_TEXT(body_text(&read.body, "valu"), "");
        CHECK(body_field(&read.body, "zz") == NULL && body_field(&read.body, "") == NULL);
        for (size_t i = 0; i < LENGTH(fields); i++) {
            const struct field *const field = body_field(&read.body, fields[i].name);
            CHECK(field == &read.body.field[i] && field->value[field->size] == '\0');
        }
        entry_write(arena, &read, &again, &again_size);
        CHECK(size == again_size && memcmp(bytes, again, size) == 0);
        struct fact_body inner;
        const struct field *const fact = body_field(&read.body, "fact:000");
        CHECK_INT(body_read(arena, fact->value, fact->size, &inner), BATON_OK);
        CHECK_TEXT(inner.kind, "observation");
        CHECK_TEXT(inner.assessment, "a");
        CHECK_TEXT(body_text(&inner, "value"), "12");
        body_write(arena, &inner, &again, &again_size);
        CHECK(again_size == sizeof proposed - 1 && memcmp(again, proposed, again_size) == 0);
    }
    arena_close(arena);
}

TEST(entry_extremes_read_back) {
    struct baton_arena *arena = arena_open();
    static char names[ENTRY_FIELDS_MAX][8];
    static struct field many[ENTRY_FIELDS_MAX + 1];
    for (size_t i = 0; i < ENTRY_FIELDS_MAX; i++) {
        const int size = snprintf(names[i], sizeof names[i], "f%03zu", i);
        many[i] = (struct field){names[i], names[i], (size_t)size, 't'};
    }
    struct entry entry = {.position = ENTRY_POSITION_MAX,
                          .time_utc_ms = ENTRY_TIME_MAX,
                          .actor = "",
                          .body = {"k", "", many, ENTRY_FIELDS_MAX}};
    const uint8_t *bytes;
    size_t size;
    struct entry read = {0};
    entry_write(arena, &entry, &bytes, &size);
    CHECK_INT(entry_read(arena, bytes, size, &read), BATON_OK);
    CHECK(read.position == ENTRY_POSITION_MAX && read.time_utc_ms == ENTRY_TIME_MAX);
    CHECK(same_body(&read.body, &entry.body));
    many[ENTRY_FIELDS_MAX] = (struct field){"g", "g", 1, 't'};
    entry.body.field_count++;
    entry_write(arena, &entry, &bytes, &size);
    CHECK_INT(entry_read(arena, bytes, size, &read), BATON_ENTRY_BROKEN);
    /* Without fields; then as large as may be, and a byte larger. */
    entry.body.field_count = 0;
    entry.time_utc_ms = 0;
    entry_write(arena, &entry, &bytes, &size);
    CHECK_INT(entry_read(arena, bytes, size, &read), BATON_OK);
    CHECK_INT(read.body.field_count, 0);
    const size_t room = ENTRY_SIZE_MAX - size - 10;
    char *const text = arena_alloc(arena, room + 2, 1);
    memset(text, 'x', room + 1);
    const struct field large = {"v", text, room, 't'};
    struct field larger = large;
    larger.size++;
    entry.body.field_count = 1;
    entry.body.field = &large;
    entry_write(arena, &entry, &bytes, &size);
    CHECK_INT(size, ENTRY_SIZE_MAX);
    CHECK_INT(entry_read(arena, bytes, size, &read), BATON_OK);
    entry.body.field = &larger;
    entry_write(arena, &entry, &bytes, &size);
    CHECK_INT(entry_read(arena, bytes, size, &read), BATON_ENTRY_BROKEN);
    arena_close(arena);
}

TEST(entry_fields_are_sorted) {
    struct field mixed[] = {
        {"b", "1", 1, 't'},  {"a:z", "2", 1, 't'}, {"a", "3", 1, 't'},    {"", NULL, 0, 't'},
        {"ab", "4", 1, 't'}, {"a", NULL, 0, 't'},  {"\xe4", "5", 1, 't'}, {"Z", "6", 1, 't'},
    };
    size_t count = LENGTH(mixed);
    CHECK(fields_sort(mixed, &count));
    static const char *const want[] = {"Z", "a", "a:z", "ab", "b", "\xe4"};
    if (CHECK_INT(count, LENGTH(want)))
        for (size_t i = 0; i < count; i++)
            CHECK_TEXT(mixed[i].name, want[i]);
    CHECK_TEXT(mixed[1].value, "3");
    struct field twice[] = {{"b", "1", 1, 't'}, {"a", "2", 1, 't'}, {"b", "1", 1, 't'}};
    count = 3;
    CHECK(!fields_sort(twice, &count));
    count = 0;
    CHECK(fields_sort(twice, &count));
    CHECK_INT(count, 0);
}

/* Each is the bytes of an entry without its beginning (version, position, time): kind, assessment, actor, fields. */
/* clang-format off */
#define BEGIN "\0\0\0\1k\0\0\0\0\0\0\0\0"
#define FIELDS(n) "\0\0\0" n
#define TEXT_FIELD(name) "\0\0\0\1" name "t\0\0\0\1x"
#define INNER(rest) "\0\0\0\1k\0\0\0\0" rest
#define OF(size) "\0\0\0" size
#define CASE_OF(name, bytes) {name, bytes, sizeof(bytes) - 1}
static const struct {
    const char *name, *bytes;
    size_t size;
} broken[] = {
    CASE_OF("no kind", "\0\0\0\0\0\0\0\0\0\0\0\0" FIELDS("\0")),
    CASE_OF("a NUL in the kind", "\0\0\0\2k\0\0\0\0\0\0\0\0\0" FIELDS("\0")),
    CASE_OF("a kind that is no UTF-8", "\0\0\0\1\xff\0\0\0\0\0\0\0\0" FIELDS("\0")),
    CASE_OF("an assessment that is no UTF-8", "\0\0\0\1k\0\0\0\2\xc0\x80\0\0\0\0" FIELDS("\0")),
    CASE_OF("an actor with a surrogate", "\0\0\0\1k\0\0\0\0\0\0\0\3\xed\xa0\x80" FIELDS("\0")),
    CASE_OF("more fields than there are", BEGIN FIELDS("\1")),
    CASE_OF("fewer fields than there are", BEGIN FIELDS("\0") TEXT_FIELD("a")),
    CASE_OF("very many fields", BEGIN "\xff\xff\xff\xff" TEXT_FIELD("a")),
    CASE_OF("names out of order", BEGIN FIELDS("\2") TEXT_FIELD("b") TEXT_FIELD("a")),
    CASE_OF("a name twice", BEGIN FIELDS("\2") TEXT_FIELD("b") TEXT_FIELD("b")),
    CASE_OF("a field without a name", BEGIN FIELDS("\1") "\0\0\0\0t\0\0\0\1x"),
    CASE_OF("a name with a NUL", BEGIN FIELDS("\1") "\0\0\0\2a\0t\0\0\0\1x"),
    CASE_OF("an empty value", BEGIN FIELDS("\1") "\0\0\0\1at\0\0\0\0"),
    CASE_OF("a value with a NUL", BEGIN FIELDS("\1") "\0\0\0\1at\0\0\0\1\0"),
    CASE_OF("a value that is no UTF-8", BEGIN FIELDS("\1") "\0\0\0\1at\0\0\0\1\xe4"),
    CASE_OF("an unknown type", BEGIN FIELDS("\1") "\0\0\0\1au\0\0\0\1x"),
    CASE_OF("type 0", BEGIN FIELDS("\1") "\0\0\0\1a\0\0\0\0\1x"),
    CASE_OF("a short digest", BEGIN FIELDS("\1") "\0\0\0\1ac\0\0\0\037" "123456789012345678901234567890x"),
    CASE_OF("a size beyond the end", BEGIN FIELDS("\1") "\0\0\0\1at\0\0\0\2x"),
    CASE_OF("a size far beyond the end", BEGIN FIELDS("\1") "\0\0\0\1at\xff\xff\xff\xffx"),
    CASE_OF("a proposed fact with bytes left over", BEGIN FIELDS("\1") "\0\0\0\1af" OF("\016") INNER(FIELDS("\0") "x")),
    CASE_OF("a proposed fact cut short", BEGIN FIELDS("\1") "\0\0\0\1af" OF("\014") INNER("\0\0\0")),
    CASE_OF("a proposed fact without a kind", BEGIN FIELDS("\1") "\0\0\0\1af" OF("\014") "\0\0\0\0\0\0\0\0" FIELDS("\0")),
    CASE_OF("a proposed fact with more fields than there are", BEGIN FIELDS("\1") "\0\0\0\1af" OF("\015") INNER(FIELDS("\1"))),
    CASE_OF("a proposed fact with an empty value", BEGIN FIELDS("\1") "\0\0\0\1af" OF("\027") INNER(FIELDS("\1") "\0\0\0\1at\0\0\0\0")),
    CASE_OF("a proposed fact with names out of order", BEGIN FIELDS("\1") "\0\0\0\1af" OF("\043") INNER(FIELDS("\2") TEXT_FIELD("b") TEXT_FIELD("a"))),
    CASE_OF("a proposed fact with a longer name first", BEGIN FIELDS("\1") "\0\0\0\1af" OF("\044") INNER(FIELDS("\2") "\0\0\0\2abt\0\0\0\1x" TEXT_FIELD("a"))),
    CASE_OF("a proposed fact that proposes", BEGIN FIELDS("\1") "\0\0\0\1af" OF("\044") INNER(FIELDS("\1") "\0\0\0\1af" OF("\015") INNER(FIELDS("\0")))),
};
static const struct {
    const char *name, *bytes;
    size_t size;
} sound[] = {
    CASE_OF("no fields", BEGIN FIELDS("\0")),
    CASE_OF("two fields", BEGIN FIELDS("\2") TEXT_FIELD("a") TEXT_FIELD("b")),
    CASE_OF("a proposed fact", BEGIN FIELDS("\1") "\0\0\0\1af" OF("\015") INNER(FIELDS("\0"))),
    CASE_OF("a proposed fact with fields", BEGIN FIELDS("\1") "\0\0\0\1af" OF("\043") INNER(FIELDS("\2") TEXT_FIELD("a") TEXT_FIELD("b"))),
};
/* clang-format on */

static baton_code read_with_beginning(struct baton_arena *arena, const char *bytes, size_t size) {
    uint8_t *const all = arena_alloc(arena, 17 + size, 1);
    all[0] = ENTRY_VERSION;
    memcpy(all + 17, bytes, size);
    struct entry read;
    const baton_code code = entry_read(arena, all, 17 + size, &read);
    if (code == BATON_OK) {
        const uint8_t *again;
        size_t again_size;
        entry_write(arena, &read, &again, &again_size);
        CHECK(again_size == 17 + size && memcmp(all, again, again_size) == 0);
    }
    return code;
}

TEST(entry_refuses_what_is_not_canonical) {
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(broken); i++) {
        CASE("%s", broken[i].name);
        CHECK_INT(read_with_beginning(arena, broken[i].bytes, broken[i].size), BATON_ENTRY_BROKEN);
    }
    for (size_t i = 0; i < LENGTH(sound); i++) {
        CASE("%s", sound[i].name);
        CHECK_INT(read_with_beginning(arena, sound[i].bytes, sound[i].size), BATON_OK);
    }
    arena_close(arena);
}

TEST(entry_refuses_versions_positions_and_times) {
    struct baton_arena *arena = arena_open();
    const uint8_t *good;
    size_t size;
    entry_write(arena, &example, &good, &size);
    uint8_t *const bytes = arena_alloc(arena, size + 1, 1);
    struct entry read;
    for (unsigned version = 0; version < 256; version++) {
        memcpy(bytes, good, size);
        bytes[0] = (uint8_t)version;
        CHECK_INT(entry_read(arena, bytes, size, &read),
                  version == 1 ? BATON_OK : BATON_ENTRY_BROKEN);
    }
    memcpy(bytes, good, size);
    put_u64(bytes + 1, (uint64_t)INT64_MAX);
    CHECK_INT(entry_read(arena, bytes, size, &read), BATON_ENTRY_BROKEN);
    memcpy(bytes, good, size);
    put_u64(bytes + 9, (uint64_t)ENTRY_TIME_MAX + 1);
    CHECK_INT(entry_read(arena, bytes, size, &read), BATON_ENTRY_BROKEN);
    put_u64(bytes + 9, UINT64_MAX);
    CHECK_INT(entry_read(arena, bytes, size, &read), BATON_ENTRY_BROKEN);
    for (size_t cut = 0; cut < size; cut++) // cut short, in memory that ends there
        if (entry_read(arena, memcpy(arena_alloc(arena, cut + 1, 1), good, cut), cut, &read) !=
            BATON_ENTRY_BROKEN)
            FAIL("cut to %zu bytes it is taken", cut);
    memcpy(bytes, good, size);
    CHECK_INT(entry_read(arena, bytes, size + 1, &read), BATON_ENTRY_BROKEN);
    arena_close(arena);
}

/* Whatever byte is changed: refused, or another entry with exactly these bytes. */
TEST(entry_changed_bytes_are_refused_or_read_back) {
    struct baton_arena *arena = arena_open();
    const uint8_t *good;
    size_t size, refused = 0;
    entry_write(arena, &example, &good, &size);
    uint8_t *const bytes = arena_alloc(arena, size, 1);
    for (size_t at = 0; at < size; at++) {
        for (unsigned byte = 0; byte < 256; byte++) {
            const struct arena_mark mark = arena_mark(arena);
            memcpy(bytes, good, size);
            bytes[at] = (uint8_t)byte;
            struct entry read;
            if (entry_read(arena, bytes, size, &read) != BATON_OK) {
                refused++;
                if (byte == good[at])
                    FAIL("the entry itself is refused");
            } else {
                const uint8_t *again;
                size_t again_size;
                entry_write(arena, &read, &again, &again_size);
                if (again_size != size || memcmp(again, bytes, size) != 0)
                    FAIL("byte %u at %zu reads back otherwise", byte, at);
            }
            arena_reset_to(arena, mark);
        }
    }
    CHECK(refused > size * 64);
    arena_close(arena);
}
