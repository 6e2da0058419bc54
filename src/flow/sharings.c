/* Both sides are read as they are in force and compared: so a figure is said exactly once, however often this is done and whatever happened before. What has been said is known by its `@from`. */
#include "flow/sharings.h"
#include "base/hash.h"
#include "flow/entry_print.h"
#include <inttypes.h>
#include <string.h>

/* ---- Reading. */

struct reading {
    struct baton_arena *arena;
    struct sharings *into;
};

static baton_code take_sharing(void *context, const struct fact_row *row) {
    const struct reading *const r = context;
    struct entry entry;
    entry_copy(r->arena, &row->entry, &entry);
    sharings_add(r->arena, r->into, &entry.body);
    return BATON_OK;
}

baton_code sharings_read_of(struct baton_arena *arena, struct ledger_reader *reader,
                            const char *assessment, uint64_t known, struct sharings *out) {
    struct reading r = {arena, out};
    *out = (struct sharings){0};
    return reader_rows(reader, assessment, FACT_SHARING, known, take_sharing, &r);
}

baton_code sharings_read(struct baton_arena *arena, struct ledger_reader *reader, uint64_t known,
                         struct sharings *out) {
    struct reading r = {arena, out};
    const char **assessment;
    size_t count;
    *out = (struct sharings){0};
    TRY(reader_assessments(reader, arena, &assessment, &count));
    for (size_t i = 0; i < count; i++)
        if (assessment[i][0] != '\0')
            TRY(reader_rows(reader, assessment[i], FACT_SHARING, known, take_sharing, &r));
    return BATON_OK;
}

/* ---- What is owed. */

/* A figure in force of an element that is taken over, or taken from. */
struct figure {
    struct entry entry;
};

/* An assessment that has to do with sharings. */
struct side {
    const char *assessment;
    struct hash element; /* those that count */
    struct hash unit;    /* its units */
    struct hash at;      /* unit, element and period to their figure */
    struct figure *figure;
    size_t count, capacity;
};

struct looking {
    struct baton_arena *arena;
    struct ledger_reader *reader;
    uint64_t known;
    struct sharings sharings;
    struct side *side;
    size_t count, capacity;
    struct sharings_owed *out;
};

static const char *key_of(struct baton_arena *arena, const char *unit, const char *element,
                          const char *period) {
    return arena_printf(arena, "%s\x1f%s\x1f%s", unit, element, period);
}

static struct side *side_of(struct looking *l, const char *assessment) {
    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->side[i].assessment, assessment) == 0)
            return &l->side[i];
    struct side *const side = ARRAY_PUSH(l->arena, l->side, l->count, l->capacity);
    *side = (struct side){.assessment = assessment};
    return side;
}

static void add_element(struct looking *l, const char *assessment, const char *element) {
    hash_add(l->arena, &side_of(l, assessment)->element, element, strlen(element), 0);
}

struct taking {
    struct looking *looking;
    struct side *side;
};

static baton_code take_unit(void *context, const struct fact_row *row) {
    const struct taking *const t = context;
    struct baton_arena *const arena = t->looking->arena;
    const char *const id = body_text(&row->entry.body, "id");
    const char *const own = arena_text(arena, id, strlen(id));
    hash_add(arena, &t->side->unit, own, strlen(own), 0);
    return BATON_OK;
}

static baton_code take_figure(void *context, const struct fact_row *row) {
    const struct taking *const t = context;
    struct baton_arena *const arena = t->looking->arena;
    struct side *const side = t->side;
    const char *const element = body_text(&row->entry.body, "element");
    struct figure figure = {0};
    if (hash_find(&side->element, element, strlen(element)) == HASH_NONE)
        return BATON_OK;
    entry_copy(arena, &row->entry, &figure.entry);
    const struct fact_body *const body = &figure.entry.body;
    const char *const key = key_of(arena, body_text(body, "unit"), body_text(body, "element"),
                                   body_text(body, "period"));
    hash_add(arena, &side->at, key, strlen(key), (uint32_t)side->count);
    *ARRAY_PUSH(arena, side->figure, side->count, side->capacity) = figure;
    return BATON_OK;
}

static const struct entry *find(const struct looking *l, const struct side *side, const char *unit,
                                const char *element, const char *period) {
    const char *const key = key_of(l->arena, unit, element, period);
    const uint32_t at = hash_find(&side->at, key, strlen(key));
    return at == HASH_NONE ? NULL : &side->figure[at].entry;
}

static const char *number(struct baton_arena *arena, uint64_t position) {
    return arena_printf(arena, "%" PRIu64, position);
}

/* A fact in the making. */
struct making {
    struct field *field;
    size_t count;
};
enum { FIELDS_MOST = 10 };

static void put(struct making *m, const char *name, const char *value) {
    if (value != NULL && value[0] != '\0')
        m->field[m->count++] = text_field(name, value);
}

/* The next version of the last one that was said. `source` is what it is taken over from, or the withdrawal of that. */
static void owe(struct looking *l, const struct sharing *sharing, const struct entry *source,
                const struct entry *before) {
    const struct fact_body *const from = &source->body;
    const bool is_withdrawn = body_field(from, "@withdrawn") != NULL;
    struct making m = {arena_alloc(l->arena, FIELDS_MOST, sizeof(struct field)), 0};
    const char *value;
    if (!sharing_value(l->arena, sharing->shift, body_text(from, "value"), &value))
        return; /* a code has no tenfold; the ledger would not take it */
    if (before != NULL) {
        const char *const why = body_text(from, "@reason");
        put(&m, "@corrects", number(l->arena, before->position));
        put(&m, "@reason",
            why[0] != '\0' ? why
                           : arena_printf(l->arena, "%s %s", sharing->from, sharing->from_element));
    }
    put(&m, "@from", number(l->arena, source->position));
    if (is_withdrawn)
        put(&m, "@withdrawn", "1");
    put(&m, "element", sharing->element);
    put(&m, "period", body_text(from, "period"));
    if (!is_withdrawn) {
        put(&m, "source",
            arena_printf(l->arena, "%s %s %s (no. %" PRIu64 ")", sharing->from,
                         sharing->from_element, body_text(from, "period"), source->position));
        put(&m, "state", body_text(from, "state"));
        put(&m, "value", value);
    }
    put(&m, "unit", body_text(from, "unit"));
    struct sharings_owed *const out = l->out;
    const size_t capacity = out->capacity;
    *ARRAY_PUSH(l->arena, out->fact, out->count, out->capacity) = (struct fact_body){
        fact_kind_info(FACT_OBSERVATION)->word, sharing->assessment, m.field, m.count};
    if (capacity != out->capacity) {
        const char **const actor = arena_alloc(l->arena, out->capacity, sizeof *actor);
        if (out->actor != NULL)
            memcpy(actor, out->actor, (out->count - 1) * sizeof *actor);
        out->actor = actor;
    }
    out->actor[out->count - 1] = source->actor;
}

/* What stands here is what that source says. */
static bool is_up_to_date(const struct entry *before, const struct entry *source) {
    uint64_t from;
    return fact_position(body_text(&before->body, "@from"), &from) && from == source->position;
}

/* Of one sharing: every figure there that is not here as it is there. */
static void look_from(struct looking *l, const struct sharing *sharing) {
    const struct side *const from = side_of(l, sharing->from);
    const struct side *const to = side_of(l, sharing->assessment);
    for (size_t i = 0; i < from->count; i++) {
        const struct entry *const source = &from->figure[i].entry;
        const char *const unit = body_text(&source->body, "unit");
        const char *const period = body_text(&source->body, "period");
        if (strcmp(body_text(&source->body, "element"), sharing->from_element) != 0 ||
            hash_find(&to->unit, unit, strlen(unit)) == HASH_NONE ||
            sharings_of(&l->sharings, sharing->assessment, sharing->element, period) != sharing)
            continue;
        const struct entry *const before = find(l, to, unit, sharing->element, period);
        if (before == NULL || !is_up_to_date(before, source))
            owe(l, sharing, source, before);
    }
}

/* The last revision of a key. */
struct last {
    struct baton_arena *arena;
    struct entry entry;
    bool is_there, is_withdrawn;
};

static baton_code take_last(void *context, const struct fact_row *row) {
    struct last *const last = context;
    entry_copy(last->arena, &row->entry, &last->entry);
    last->is_there = true;
    last->is_withdrawn = row->withdrawn;
    return BATON_OK;
}

/* Of one sharing: every figure here whose source is there no more. */
static baton_code look_gone(struct looking *l, const struct sharing *sharing) {
    const struct side *const from = side_of(l, sharing->from);
    const struct side *const to = side_of(l, sharing->assessment);
    for (size_t i = 0; i < to->count; i++) {
        const struct entry *const before = &to->figure[i].entry;
        const char *const unit = body_text(&before->body, "unit");
        const char *const period = body_text(&before->body, "period");
        struct last last = {.arena = l->arena};
        if (strcmp(body_text(&before->body, "element"), sharing->element) != 0 ||
            body_field(&before->body, "@from") == NULL ||
            sharings_of(&l->sharings, sharing->assessment, sharing->element, period) != sharing ||
            find(l, from, unit, sharing->from_element, period) != NULL)
            continue;
        TRY(reader_history(l->reader, sharing->from, FACT_OBSERVATION,
                           key_of(l->arena, unit, sharing->from_element, period), take_last,
                           &last));
        if (last.is_withdrawn)
            owe(l, sharing, &last.entry, before);
    }
    return BATON_OK;
}

static baton_code look_all(struct looking *l) {
    TRY(reader_size(l->reader, &l->known));
    TRY(sharings_read(l->arena, l->reader, l->known, &l->sharings));
    for (size_t i = 0; i < l->sharings.count; i++) {
        add_element(l, l->sharings.item[i].assessment, l->sharings.item[i].element);
        add_element(l, l->sharings.item[i].from, l->sharings.item[i].from_element);
    }
    for (size_t i = 0; i < l->count; i++) {
        struct taking taking = {l, &l->side[i]};
        const char *const assessment = l->side[i].assessment;
        TRY(reader_rows(l->reader, assessment, FACT_UNIT, l->known, take_unit, &taking));
        TRY(reader_rows(l->reader, assessment, FACT_OBSERVATION, l->known, take_figure, &taking));
    }
    for (size_t i = 0; i < l->sharings.count; i++) {
        look_from(l, &l->sharings.item[i]);
        TRY(look_gone(l, &l->sharings.item[i]));
    }
    return BATON_OK;
}

baton_code sharings_look(struct baton_arena *arena, struct ledger_reader *reader,
                         struct sharings_owed *out, struct baton_findings *found) {
    struct looking l = {.arena = arena, .reader = reader, .out = out};
    *out = (struct sharings_owed){0};
    const baton_code code = look_all(&l);
    if (code != BATON_OK)
        reader_report(reader, code, found);
    return code;
}

/* ---- Of a few. */

static baton_code find_last(struct looking *l, const char *assessment, enum fact_kind kind,
                            const char *key, struct last *out) {
    *out = (struct last){.arena = l->arena};
    return reader_history(l->reader, assessment, kind, key, take_last, out);
}

static baton_code look_at(struct looking *l, const struct sharing *sharing,
                          const struct sharings_touched *touched) {
    struct last source, unit, before;
    TRY(find_last(l, sharing->assessment, FACT_UNIT, touched->unit, &unit));
    if (!unit.is_there || unit.is_withdrawn)
        return BATON_OK;
    TRY(find_last(l, sharing->from, FACT_OBSERVATION,
                  key_of(l->arena, touched->unit, sharing->from_element, touched->period),
                  &source));
    TRY(find_last(l, sharing->assessment, FACT_OBSERVATION,
                  key_of(l->arena, touched->unit, sharing->element, touched->period), &before));
    const bool has_before = before.is_there && !before.is_withdrawn;
    if (!source.is_there ||
        (source.is_withdrawn && (!has_before || body_field(&before.entry.body, "@from") == NULL)))
        return BATON_OK;
    if (!has_before || !is_up_to_date(&before.entry, &source.entry))
        owe(l, sharing, &source.entry, has_before ? &before.entry : NULL);
    return BATON_OK;
}

static bool is_from(const struct sharing *sharing, const char *assessment, const char *element) {
    return strcmp(sharing->from, assessment) == 0 && strcmp(sharing->from_element, element) == 0;
}

bool sharings_touch(const struct sharings *sharings, const struct fact_body *figure) {
    for (size_t i = 0; i < sharings->count; i++)
        if (is_from(&sharings->item[i], figure->assessment, body_text(figure, "element")))
            return true;
    return false;
}

static baton_code look_few(struct looking *l, const struct sharings_touched *touched,
                           size_t count) {
    struct hash seen = {0};
    for (size_t t = 0; t < count; t++) {
        const char *const key =
            arena_printf(l->arena, "%s\x1f%s", touched[t].assessment,
                         key_of(l->arena, touched[t].unit, touched[t].element, touched[t].period));
        if (hash_add(l->arena, &seen, key, strlen(key), (uint32_t)t) != t)
            continue;
        for (size_t i = 0; i < l->sharings.count; i++) {
            const struct sharing *const one = &l->sharings.item[i];
            if (is_from(one, touched[t].assessment, touched[t].element) &&
                sharings_of(&l->sharings, one->assessment, one->element, touched[t].period) == one)
                TRY(look_at(l, one, &touched[t]));
        }
    }
    return BATON_OK;
}

baton_code sharings_look_at(struct baton_arena *arena, struct ledger_reader *reader,
                            const struct sharings *sharings, const struct sharings_touched *touched,
                            size_t count, struct sharings_owed *out, struct baton_findings *found) {
    struct looking l = {.arena = arena, .reader = reader, .sharings = *sharings, .out = out};
    *out = (struct sharings_owed){0};
    const baton_code code = look_few(&l, touched, count);
    if (code != BATON_OK)
        reader_report(reader, code, found);
    return code;
}

/* ---- Saying. */

static baton_code say(struct baton_arena *arena, struct ledger *ledger,
                      const struct sharings_owed *owed, size_t first, size_t count,
                      struct baton_findings *found) {
    struct submission submission = {
        .fact = owed->fact + first, .count = count, .actors = owed->actor + first};
    return ledger_derive(ledger, arena, &submission, found);
}

static bool is_refused(baton_code code) {
    return code != BATON_OK && baton_code_info(code)->exit_status == 2;
}

baton_code sharings_say(struct baton_arena *arena, struct ledger *ledger,
                        const struct sharings_owed *owed, size_t *said,
                        struct baton_findings *found) {
    struct baton_findings unheard = {.arena = arena};
    *said = 0;
    if (owed->count == 0)
        return BATON_OK;
    baton_code code = say(arena, ledger, owed, 0, owed->count, &unheard);
    if (code == BATON_OK)
        *said = owed->count;
    if (!is_refused(code))
        return code;
    for (size_t i = 0; i < owed->count; i++) {
        code = say(arena, ledger, owed, i, 1, found);
        if (code != BATON_OK && !is_refused(code))
            return code;
        *said += code == BATON_OK;
    }
    return BATON_OK;
}
