/* The rows of a table against the facts in force: what is the same, what is new, what differs, what is no longer there.
 *
 * A row and a fact are compared by their canonical bytes, without the ledger's own fields. They belong together by the key of their kind; adjustments have none, and
 * belong together where unit, item and period are the same: first those that are the same altogether, then in the order in which they stand. */
#include "base/hash.h"
#include "base/limits.h"
#include "flow/import_parts.h"
#include "package/csv.h"
#include <stdlib.h>
#include <string.h>

enum { KEY_FIELDS_MAX = 4 };

/* A fact in force. */
struct standing_fact {
    uint64_t position, first;
    const uint8_t *bytes; /* canonical, without the ledger's own fields */
    size_t size;
    uint32_t next; /* of the same key; HASH_NONE = none */
    uint32_t last; /* of those of its key, where it is the first */
    bool claimed;  /* a row of the package belongs to it */
};

/* A row of the package: its fields, in the order of their names, empty ones left out. */
struct row {
    struct field *field;
    uint32_t count;
    uint32_t line; /* as findings call it */
    bool is_same;
};

struct comparing {
    struct import *import;
    struct importing *of;
    const struct flow_table *table;
    struct import_count *count;
    const char *key_name[KEY_FIELDS_MAX];
    size_t key_count;
    char key[KEY_FIELDS_MAX * LIMIT_FIELD_SIZE + KEY_FIELDS_MAX];
    struct hash keys; /* to the first fact of the key */
    struct standing_fact *fact;
    size_t fact_count, fact_capacity;
    struct row *row;
    size_t row_count, row_capacity;
    struct file file;
    struct import_withdrawn withdrawn;
};

/* ---- Keys. */

static void find_key_names(struct comparing *c) {
    static const char loose[] = "unit item period";
    const char *names = fact_kind_info(c->table->kind)->key;
    names = names[0] != '\0' ? names : loose;
    while (*names != '\0') {
        const size_t size = strcspn(names, " ");
        c->key_name[c->key_count++] = arena_text(c->import->arena, names, size);
        names += size;
        names += *names == ' ';
    }
}

/* The key of some fields, in c->key; returns its size. */
static size_t key_of(struct comparing *c, const struct field *field, size_t count) {
    size_t used = 0;
    for (size_t k = 0; k < c->key_count; k++) {
        for (size_t i = 0; i < count; i++)
            if (strcmp(field[i].name, c->key_name[k]) == 0) {
                memcpy(c->key + used, field[i].value, field[i].size);
                used += field[i].size;
            }
        c->key[used++] = '\x1f';
    }
    return used;
}

/* ---- What is in force. */

void import_bytes(struct baton_arena *arena, const struct fact_body *body, const uint8_t **bytes,
                  size_t *size) {
    struct field *field = arena_alloc_raw(arena, body->field_count + 1, sizeof *field);
    struct fact_body plain = {body->kind, body->assessment, field, 0};
    for (size_t i = 0; i < body->field_count; i++)
        if (body->field[i].name[0] != '@')
            field[plain.field_count++] = body->field[i];
    body_write(arena, &plain, bytes, size);
}

static baton_code take_fact(void *context, const struct fact_row *row) {
    struct comparing *c = context;
    struct baton_arena *arena = c->import->arena;
    struct standing_fact *fact = ARRAY_PUSH(arena, c->fact, c->fact_count, c->fact_capacity);
    fact->position = row->position;
    fact->first = row->first;
    import_bytes(arena, &row->entry.body, &fact->bytes, &fact->size);
    return BATON_OK;
}

static int by_first(const void *left, const void *right) {
    const struct standing_fact *a = left, *b = right;
    return a->first < b->first ? -1 : a->first > b->first;
}

/* Facts in the order in which they were first said, found by their keys. */
static baton_code read_facts(struct comparing *c) {
    struct import *import = c->import;
    TRY(import_tell(import, reader_rows(import->reader, c->of->id, c->table->kind, import->known,
                                        take_fact, c)));
    if (c->fact_count > 1)
        qsort(c->fact, c->fact_count, sizeof *c->fact, by_first);
    hash_reserve(import->arena, &c->keys, c->fact_count);
    for (size_t i = 0; i < c->fact_count; i++) {
        struct fact_body body;
        TRY(body_read(import->arena, c->fact[i].bytes, c->fact[i].size, &body));
        const size_t size = key_of(c, body.field, body.field_count);
        const uint32_t before = hash_find(&c->keys, c->key, size);
        c->fact[i].next = HASH_NONE;
        c->fact[i].last = (uint32_t)i;
        if (before == HASH_NONE) {
            hash_add(import->arena, &c->keys, arena_text(import->arena, c->key, size), size,
                     (uint32_t)i);
        } else {
            c->fact[c->fact[before].last].next = (uint32_t)i;
            c->fact[before].last = (uint32_t)i;
        }
    }
    return import_read_withdrawn(import, c->of, c->table->kind, &c->withdrawn);
}

/* ---- What the package has. */

/* The columns of the file: their names, in the order of the names. */
struct header {
    const char *name[LIMIT_COLUMNS];
    uint32_t order[LIMIT_COLUMNS];
    uint32_t count;
};

static baton_code read_header(struct comparing *c, const struct csv_record *record,
                              struct header *header) {
    struct baton_arena *arena = c->import->arena;
    header->count = record->count;
    for (uint32_t i = 0; i < record->count; i++) {
        header->name[i] = arena_text(arena, record->field[i].text, record->field[i].size);
        uint32_t place = i;
        for (; place > 0 && strcmp(header->name[header->order[place - 1]], header->name[i]) > 0;
             place--)
            header->order[place] = header->order[place - 1];
        header->order[place] = i;
    }
    for (uint32_t i = 1; i < header->count; i++) {
        const char *name = header->name[header->order[i]];
        if (strcmp(name, header->name[header->order[i - 1]]) == 0)
            return import_refuse(
                c->import, c->of, BATON_COLUMN_DOUBLED,
                (struct baton_where){.file = c->file.name, .row = 1, .field = name}, name, NULL,
                NULL, NULL);
    }
    return BATON_OK;
}

static void take_record(struct comparing *c, const struct csv_record *record,
                        const struct header *header) {
    struct baton_arena *arena = c->import->arena;
    struct row *row = ARRAY_PUSH(arena, c->row, c->row_count, c->row_capacity);
    row->line = file_row(&c->file, record->line);
    row->field = arena_alloc_raw(arena, record->count, sizeof *row->field);
    for (uint32_t i = 0; i < record->count; i++) {
        const uint32_t column = header->order[i];
        const struct csv_field *field = &record->field[column];
        if (field->size > 0)
            row->field[row->count++] =
                (struct field){header->name[column], field->text, field->size, 't'};
    }
}

static baton_code read_rows(struct comparing *c) {
    struct import *import = c->import;
    struct header *header = arena_alloc(import->arena, 1, sizeof *header);
    struct csv_record *record = arena_alloc_raw(import->arena, 1, sizeof *record);
    TRY(source_map(c->of->package->source, c->table->file, LIMIT_OBSERVATIONS_SIZE, &c->file,
                   import->found));
    if (!c->file.there)
        return BATON_OK;
    TRY(file_decode(import->arena, &c->file, import->found));
    struct csv_scan scan = {c->file.text, c->file.text + c->file.size, 1};
    if (!csv_next(&scan, record, import->arena))
        return BATON_OK;
    TRY(read_header(c, record, header));
    while (csv_next(&scan, record, import->arena)) {
        if (record->problem != BATON_OK || record->count != header->count) {
            /* The package was sound when it was read a moment ago. */
            csv_report_ragged(import->found, c->file.name, record->line, record->count,
                              header->count);
            return BATON_CSV_RAGGED;
        }
        take_record(c, record, header);
    }
    return BATON_OK;
}

/* ---- What becomes of them. */

/* The fact that a row belongs to: with `same` one of the same bytes, else any that no row belongs to yet. */
static struct standing_fact *find_fact(struct comparing *c, const struct row *row, bool same) {
    if (c->fact_count == 0)
        return NULL;
    struct baton_arena *arena = c->import->arena;
    const struct arena_mark mark = arena_mark(arena);
    const struct fact_body body = {fact_kind_info(c->table->kind)->word, c->of->id, row->field,
                                   row->count};
    const uint8_t *bytes = NULL;
    size_t size = 0;
    struct standing_fact *found = NULL;
    uint32_t i = hash_find(&c->keys, c->key, key_of(c, row->field, row->count));
    if (same && i != HASH_NONE)
        body_write(arena, &body, &bytes, &size);
    for (; i != HASH_NONE && found == NULL; i = c->fact[i].next) {
        struct standing_fact *fact = &c->fact[i];
        if (!fact->claimed &&
            (!same || (fact->size == size && memcmp(fact->bytes, bytes, size) == 0)))
            found = fact;
    }
    arena_reset_to(arena, mark);
    if (found != NULL)
        found->claimed = true;
    return found;
}

static const char *position_text(const struct import *import, uint64_t position) {
    return arena_printf(import->arena, "%llu", (unsigned long long)position);
}

/* The fields of a row with those of the ledger's own that a correction has. */
static void add_correction(struct import *import, const struct importing *of, const char *kind,
                           const struct field *fields, size_t count, uint64_t corrects,
                           bool withdrawn) {
    const char *position = position_text(import, corrects);
    const char *reason = import->wish->reason;
    struct field *field = import_add(import, kind, of->id, count + 2 + (withdrawn ? 1 : 0));
    *field++ = text_field("@corrects", position);
    *field++ = text_field("@reason", reason);
    if (withdrawn)
        *field++ = (struct field){"@withdrawn", "1", 1, 't'};
    memcpy(field, fields, count * sizeof *field);
}

static const struct field *field_named(const struct field *field, size_t count, const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(field[i].name, name) == 0)
            return &field[i];
    return NULL;
}

/* A field in which a row and a fact differ, the first by the package's names, else the first that only the fact has. */
static const char *differing(const struct row *row, const struct fact_body *fact) {
    for (size_t i = 0; i < row->count; i++) {
        const struct field *other = field_named(fact->field, fact->field_count, row->field[i].name);
        if (other == NULL || other->size != row->field[i].size ||
            memcmp(other->value, row->field[i].value, other->size) != 0)
            return row->field[i].name;
    }
    for (size_t i = 0; i < fact->field_count; i++)
        if (field_named(row->field, row->count, fact->field[i].name) == NULL)
            return fact->field[i].name;
    return "";
}

static const char *shown(const struct import *import, const struct field *field) {
    return field == NULL ? NULL : package_excerpt(import->arena, field->value, field->size);
}

static baton_code tell_difference(struct comparing *c, const struct row *row,
                                  const struct standing_fact *fact) {
    struct import *import = c->import;
    struct fact_body body;
    TRY(body_read(import->arena, fact->bytes, fact->size, &body));
    const char *name = differing(row, &body);
    return import_refuse(import, c->of, BATON_IMPORT_DIFFERS,
                         (struct baton_where){.file = c->file.name, .row = row->line}, name,
                         shown(import, field_named(row->field, row->count, name)),
                         shown(import, field_named(body.field, body.field_count, name)),
                         position_text(import, fact->position));
}

/* Where a row was withdrawn from the ledger: the position of that; 0 = it was not. */
static uint64_t find_withdrawn(struct comparing *c, const struct row *row) {
    const char *kind = fact_kind_info(c->table->kind)->word;
    const uint8_t *bytes;
    size_t size;
    uint32_t index;
    if (c->withdrawn.count == 0)
        return 0;
    if (fact_kind_info(c->table->kind)->key[0] == '\0') {
        body_write(c->import->arena, &(struct fact_body){kind, c->of->id, row->field, row->count},
                   &bytes, &size);
        index = hash_find(&c->withdrawn.keys, (const char *)bytes, size);
    } else {
        size = key_of(c, row->field, row->count);
        index = hash_find(&c->withdrawn.keys, c->key, size - 1); /* as keys of facts end */
    }
    return index == HASH_NONE ? 0 : c->withdrawn.position[index];
}

/* A row that is not in force: said for the first time, or again after it was withdrawn. */
static baton_code add_row(struct comparing *c, const struct row *row) {
    struct import *import = c->import;
    const char *kind = fact_kind_info(c->table->kind)->word;
    const uint64_t withdrawn = find_withdrawn(c, row);
    if (withdrawn == 0) {
        c->count->added++;
        import_take(import, kind, c->of->id, row->field, row->count);
        return BATON_OK;
    }
    if (!import->wish->correct)
        return import_refuse(import, c->of, BATON_IMPORT_WITHDRAWN,
                             (struct baton_where){.file = c->file.name, .row = row->line},
                             position_text(import, withdrawn), NULL, NULL, NULL);
    c->count->corrected++;
    struct field *field = import_add(import, kind, c->of->id, row->count + 1u);
    *field++ = text_field("@reason", import->wish->reason);
    memcpy(field, row->field, row->count * sizeof *field);
    return BATON_OK;
}

/* All that differ are told; answers the code of the first. */
static baton_code settle_rows(struct comparing *c) {
    struct import *import = c->import;
    const char *kind = fact_kind_info(c->table->kind)->word;
    baton_code worst = BATON_OK;
    for (size_t i = 0; i < c->row_count; i++)
        c->row[i].is_same = find_fact(c, &c->row[i], true) != NULL;
    for (size_t i = 0; i < c->row_count; i++) {
        const struct row *row = &c->row[i];
        const struct standing_fact *fact = row->is_same ? NULL : find_fact(c, row, false);
        if (row->is_same) {
            c->count->same++;
        } else if (fact == NULL) {
            const baton_code code = add_row(c, row);
            worst = worst == BATON_OK ? code : worst;
        } else if (import->wish->correct) {
            c->count->corrected++;
            add_correction(import, c->of, kind, row->field, row->count, fact->position, false);
        } else {
            const baton_code code = tell_difference(c, row, fact);
            worst = worst == BATON_OK ? code : worst;
        }
    }
    return worst;
}

/* A fact that no row of the package belongs to. */
static baton_code settle_rest(struct comparing *c) {
    struct import *import = c->import;
    const enum fact_kind kind = c->table->kind;
    const bool has_key = fact_kind_info(kind)->key[0] != '\0';
    for (size_t i = 0; i < c->fact_count; i++) {
        struct fact_body body;
        if (c->fact[i].claimed)
            continue;
        if (!import->wish->withdraw) {
            c->count->left++;
            continue;
        }
        struct field key[KEY_FIELDS_MAX];
        size_t count = 0;
        TRY(body_read(import->arena, c->fact[i].bytes, c->fact[i].size, &body));
        for (size_t k = 0; k < c->key_count && has_key; k++) {
            const struct field *field = field_named(body.field, body.field_count, c->key_name[k]);
            if (field != NULL)
                key[count++] = *field;
        }
        c->count->withdrawn++;
        add_correction(import, c->of, fact_kind_info(kind)->word, key, count, c->fact[i].position,
                       true);
    }
    return BATON_OK;
}

baton_code import_rows(struct import *import, struct importing *of,
                       const struct flow_table *table) {
    struct comparing *c = arena_alloc(import->arena, 1, sizeof *c);
    *c = (struct comparing){
        .import = import, .of = of, .table = table, .count = &of->told->table[table - flow_tables]};
    find_key_names(c);
    if (of->is_known)
        TRY(read_facts(c));
    TRY(read_rows(c));
    ARRAY_RESERVE(import->arena, import->fact, import->fact_count, import->fact_capacity,
                  import->fact_count + c->row_count);
    TRY(settle_rows(c));
    return settle_rest(c);
}
