/* Rows with all that was said of them. Which rows were revised is asked first, then the history of each: both are rows of the ledger's tables. */
#include "flow/vintages.h"
#include "base/hash.h"
#include "flow/fact_origin.h"
#include <stdlib.h>
#include <string.h>

/* What a kind calls the parts of its key, and its figure. */
struct kind_words {
    const char *unit, *what, *period, *value;
};

static struct kind_words words_of(enum fact_kind kind) {
    switch (kind) {
    case FACT_OBSERVATION:
        return (struct kind_words){"unit", "element", "period", "value"};
    case FACT_TARGET:
        return (struct kind_words){"unit", "indicator", "period", "target"};
    case FACT_ADJUSTMENT:
        return (struct kind_words){"unit", "item", "period", "points"};
    default:
        return (struct kind_words){"id", "", "", "name"};
    }
}

static bool is_key(const struct kind_words *words, const char *name) {
    return strcmp(name, words->unit) == 0 || strcmp(name, words->what) == 0 ||
           strcmp(name, words->period) == 0;
}

static const char *kept(struct baton_arena *arena, const struct fact_body *body, const char *name) {
    const struct field *field = NULL;
    for (size_t i = 0; i < body->field_count && field == NULL; i++)
        if (body->field[i].type == 't' && strcmp(body->field[i].name, name) == 0)
            field = &body->field[i];
    return field == NULL ? NULL : arena_text(arena, field->value, field->size);
}

static void add_text(struct vintage *vintage, const char *name, const char *text) {
    vintage->name[vintage->count] = name;
    vintage->text[vintage->count++] = text;
}

/* The texts of a row but its key, in the order of the format. */
static void take_texts(struct baton_arena *arena, enum fact_kind kind, const struct fact_body *body,
                       struct vintage *out) {
    const struct kind_words words = words_of(kind);
    const struct flow_table *table = flow_table_of_kind(kind);
    out->name = arena_alloc(arena, body->field_count + 1, sizeof *out->name);
    out->text = arena_alloc(arena, body->field_count + 1, sizeof *out->text);
    for (const struct flow_column *column = table->column; column->name != NULL; column++) {
        const char *text = kept(arena, body, column->name);
        if (text != NULL && !is_key(&words, column->name))
            add_text(out, column->name, text);
    }
    for (size_t i = 0; i < body->field_count; i++)
        if (strncmp(body->field[i].name, "x_", 2) == 0)
            add_text(out, arena_text(arena, body->field[i].name, strlen(body->field[i].name)),
                     arena_text(arena, body->field[i].value, body->field[i].size));
    out->value = kept(arena, body, words.value);
}

struct history {
    struct baton_arena *arena;
    struct vintages *out;
    size_t capacity;
};

static baton_code take_revision(void *context, const struct fact_row *row) {
    struct history *h = context;
    const struct kind_words words = words_of(h->out->kind);
    const struct fact_body *body = &row->entry.body;
    struct vintage *vintage = ARRAY_PUSH(h->arena, h->out->vintage, h->out->count, h->capacity);
    vintage->fact.position = row->position;
    vintage->withdrawn = row->withdrawn;
    take_texts(h->arena, h->out->kind, body, vintage);
    if (h->out->count == 1) {
        h->out->unit = kept(h->arena, body, words.unit);
        h->out->what = kept(h->arena, body, words.what);
        h->out->period = kept(h->arena, body, words.period);
    }
    return BATON_OK;
}

static baton_code tell(struct ledger_reader *reader, baton_code code,
                       struct baton_findings *found) {
    if (code != BATON_OK && code != BATON_NO_MEMORY)
        reader_report(reader, code, found);
    return code;
}

baton_code vintages_of(struct baton_arena *arena, struct ledger_reader *reader,
                       const char *assessment, enum fact_kind kind, const char *key,
                       struct vintages *out, struct baton_findings *found) {
    struct history h = {.arena = arena, .out = out};
    *out = (struct vintages){.kind = kind, .key = key};
    TRY(tell(reader, reader_history(reader, assessment, kind, key, take_revision, &h), found));
    for (size_t i = 0; i < out->count; i++) {
        struct baton_fact *fact = &out->vintage[i].fact;
        TRY(tell(reader, fact_origin(arena, reader, fact->position, fact), found));
        fact->was = NULL;
    }
    return BATON_OK;
}

/* Rows that were revised, each once. */
struct revised {
    struct baton_arena *arena;
    struct hash seen; /* keys, to `row` */
    struct revised_row {
        const char *key;
        uint64_t newest;
    } * row;
    size_t count, capacity;
};

static baton_code take_key(void *context, const struct fact_row *row) {
    struct revised *r = context;
    const size_t size = strlen(row->key);
    uint32_t index = hash_find(&r->seen, row->key, size);
    if (index == HASH_NONE) {
        const char *key = arena_text(r->arena, row->key, size);
        index = (uint32_t)r->count;
        hash_add(r->arena, &r->seen, key, size, index);
        ARRAY_PUSH(r->arena, r->row, r->count, r->capacity)->key = key;
    }
    r->row[index].newest = row->position;
    return BATON_OK;
}

static int by_newest(const void *left, const void *right) {
    const struct revised_row *a = left, *b = right;
    return a->newest < b->newest ? -1 : a->newest > b->newest;
}

baton_code vintages_revised(struct baton_arena *arena, struct ledger_reader *reader,
                            const char *assessment, enum fact_kind kind, uint64_t known,
                            struct vintages **out, size_t *count, struct baton_findings *found) {
    struct revised r = {.arena = arena};
    TRY(tell(reader, reader_revised(reader, assessment, kind, known, take_key, &r), found));
    if (r.count > 1)
        qsort(r.row, r.count, sizeof *r.row, by_newest);
    *out = arena_alloc(arena, r.count, sizeof **out);
    *count = r.count;
    for (size_t i = 0; i < r.count; i++) {
        struct vintages *row = &(*out)[i];
        TRY(vintages_of(arena, reader, assessment, kind, r.row[i].key, row, found));
        while (row->count > 0 && row->vintage[row->count - 1].fact.position >= known)
            row->count--; /* said later than what is looked at */
    }
    return BATON_OK;
}
