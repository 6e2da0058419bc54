/* See acks.h. */
#include "ledger/acks.h"
#include "base/hash.h"
#include "ledger/verify.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { WRONG_MAX = 5 };

struct fact_body ack_fact(struct baton_arena *arena, const char *key, const char *value) {
    struct field *field = arena_alloc(arena, 4, sizeof *field);
    field[0] = (struct field){"element", "gdp", 3, 't'};
    field[1] = (struct field){"period", "2021", 4, 't'};
    field[2] = (struct field){"unit", arena_text(arena, key, strlen(key)), strlen(key), 't'};
    field[3] = (struct field){"value", arena_text(arena, value, strlen(value)), strlen(value), 't'};
    return (struct fact_body){"observation", "city", field, 4};
}

struct ack ack_of(const char *key, const struct receipt *receipt) {
    struct ack ack = {.position = receipt->position, .size = receipt->head.size};
    snprintf(ack.key, sizeof ack.key, "%s", key);
    memcpy(ack.leaf, receipt->leaf.byte, ACK_DIGEST_SIZE);
    memcpy(ack.root, receipt->head.root.byte, ACK_DIGEST_SIZE);
    return ack;
}

size_t ack_write(const struct ack *ack, char line[ACK_LINE_SIZE]) {
    char leaf[2 * ACK_DIGEST_SIZE + 1], root[2 * ACK_DIGEST_SIZE + 1];
    bytes_hex(ack->leaf, ACK_DIGEST_SIZE, leaf);
    bytes_hex(ack->root, ACK_DIGEST_SIZE, root);
    return (size_t)snprintf(line, ACK_LINE_SIZE, "%s %" PRIu64 " %s %" PRIu64 " %s\n", ack->key,
                            ack->position, leaf, ack->size, root);
}

static bool ack_read(const char *line, struct ack *ack) {
    char leaf[2 * ACK_DIGEST_SIZE + 1], root[2 * ACK_DIGEST_SIZE + 1];
    int end = 0;
    return sscanf(line, "%39s %" SCNu64 " %32s %" SCNu64 " %32s%n", ack->key, &ack->position, leaf,
                  &ack->size, root, &end) == 5 &&
           line[end] == '\n' && bytes_of_hex(leaf, sizeof leaf - 1, ack->leaf) &&
           bytes_of_hex(root, sizeof root - 1, ack->root);
}

bool acks_read(struct baton_arena *arena, const char *path, struct ack **out, size_t *count) {
    char line[ACK_LINE_SIZE];
    struct ack ack, *list = NULL;
    size_t capacity = 0;
    FILE *file = fopen(path, "r");
    *count = 0;
    *out = NULL;
    if (file == NULL)
        return true; /* nothing was acknowledged */
    bool good = true;
    while (good && fgets(line, sizeof line, file) != NULL) {
        if (ack_read(line, &ack))
            *ARRAY_PUSH(arena, list, *count, capacity) = ack;
        else if (strchr(line, '\n') != NULL || fgetc(file) != EOF) {
            fprintf(stderr, "%s: no acknowledgement: %s\n", path, line);
            good = false;
        }
    }
    fclose(file);
    *out = list;
    return good;
}

void print_found(struct baton_arena *arena, FILE *out, const char *what, baton_code code,
                 const struct baton_findings *found) {
    fprintf(out, "%s: %s\n", what, baton_code_info(code)->name);
    for (size_t i = 0; i < found->count && i < WRONG_MAX; i++)
        fprintf(out, "  %s\n", baton_finding_message(arena, &found->item[i], BATON_EN));
}

/* -- Comparing -- */

struct comparing {
    struct baton_arena *arena;
    const struct ledger_place *place;
    const struct ack *ack;
    size_t count, wrong;
    FILE *out;
    uint64_t entries;
    struct hash acked, keys; /* keys to indices of `ack`, and of all figures */
    enum digest_kind digest;
    size_t found_acks;
    struct baton_findings found;
};

PRINTF_LIKE(2, 3) static void wrong(struct comparing *c, const char *format, ...) {
    va_list values;
    if (c->wrong++ >= WRONG_MAX)
        return;
    va_start(values, format);
    vfprintf(c->out, format, values);
    va_end(values);
    fputc('\n', c->out);
}

static bool is_same_leaf(struct comparing *c, const struct entry *entry, const struct ack *ack) {
    const uint8_t *bytes;
    size_t size;
    const struct arena_mark mark = arena_mark(c->arena);
    entry_write(c->arena, entry, &bytes, &size);
    const struct digest leaf = merkle_leaf(c->digest, bytes, size);
    arena_reset_to(c->arena, mark);
    return memcmp(leaf.byte, ack->leaf, ACK_DIGEST_SIZE) == 0;
}

static baton_code compare_entry(void *context, const struct fact_row *row) {
    struct comparing *c = context;
    const struct entry *entry = &row->entry;
    if (strcmp(entry->body.kind, "observation") != 0 ||
        body_field(&entry->body, "@corrects") != NULL)
        return BATON_OK;
    const char *key = body_text(&entry->body, "unit");
    const size_t size = strlen(key);
    const uint32_t acked = hash_find(&c->acked, key, size);
    if (acked == HASH_NONE) {
        char *copy = arena_text(c->arena, key, size);
        const uint32_t number = (uint32_t)c->keys.count;
        if (hash_add(c->arena, &c->keys, copy, size, number) != number)
            wrong(c, "%s stands twice, the second time at %" PRIu64, key, entry->position);
        return BATON_OK;
    }
    const struct ack *ack = &c->ack[acked];
    if (ack->position != entry->position)
        wrong(c, "%s stands at %" PRIu64 " and was acknowledged for %" PRIu64, key, entry->position,
              ack->position);
    else if (!is_same_leaf(c, entry, ack))
        wrong(c, "%s at %" PRIu64 " is not what was acknowledged", key, entry->position);
    c->found_acks++;
    return BATON_OK;
}

static int by_size(const void *left, const void *right) {
    const struct ack *a = *(const struct ack *const *)left, *b = *(const struct ack *const *)right;
    return a->size < b->size ? -1 : a->size > b->size;
}

/* The heads of the receipts. */
static baton_code compare_heads(struct comparing *c, struct ledger_reader *reader) {
    const struct ack **sorted = arena_alloc_raw(c->arena, c->count, sizeof(const struct ack *));
    struct public_key key;
    struct head head = {0};
    for (size_t i = 0; i < c->count; i++)
        sorted[i] = &c->ack[i];
    if (c->count > 0)
        qsort((void *)sorted, c->count, sizeof(const struct ack *), by_size);
    for (size_t i = 0; i < c->count; i++) {
        const struct arena_mark mark = arena_mark(c->arena);
        if (i == 0 || sorted[i]->size != sorted[i - 1]->size)
            TRY(reader_head_at(reader, sorted[i]->size, &head, &key));
        if (head.size != sorted[i]->size ||
            memcmp(head.root.byte, sorted[i]->root, ACK_DIGEST_SIZE) != 0)
            wrong(c, "the receipt of %s has a head of size %" PRIu64 " that is not there",
                  sorted[i]->key, sorted[i]->size);
        arena_reset_to(c->arena, mark);
    }
    return BATON_OK;
}

static baton_code compare(void *context) {
    struct comparing *c = context;
    struct ledger_reader *reader;
    struct verify_report report;
    hash_reserve(c->arena, &c->acked, c->count);
    for (uint32_t i = 0; i < c->count; i++)
        if (hash_add(c->arena, &c->acked, c->ack[i].key, strlen(c->ack[i].key), i) != i)
            wrong(c, "%s was acknowledged twice", c->ack[i].key);
    TRY(ledger_verify(c->arena, c->place, NULL, NULL, NULL, NULL, &report, &c->found));
    TRY(reader_open(c->arena, c->place, &reader, &c->found));
    c->digest = reader_digest(reader);
    TRY(reader_begin(reader));
    TRY(reader_size(reader, &c->entries));
    TRY(reader_entries(reader, 0, c->entries, compare_entry, c));
    TRY(compare_heads(c, reader));
    reader_close(reader);
    return BATON_OK;
}

bool acks_hold(struct baton_arena *arena, const struct ledger_place *place, const struct ack *ack,
               size_t count, FILE *out, uint64_t *entries) {
    struct comparing c = {.arena = arena,
                          .place = place,
                          .ack = ack,
                          .count = count,
                          .out = out,
                          .found = {.arena = arena}};
    const baton_code code = arena_run(arena, compare, &c);
    if (code != BATON_OK)
        print_found(arena, out, "the ledger does not verify", code, &c.found);
    else if (c.found_acks != count)
        wrong(&c, "%zu figures were acknowledged, %zu of them stand there", count, c.found_acks);
    if (entries != NULL)
        *entries = c.entries;
    return code == BATON_OK && c.wrong == 0;
}
