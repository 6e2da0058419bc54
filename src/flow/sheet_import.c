/* Figures and rows in force meet by their keys: the figures are put into a map, then the rows of the ledger are gone through once, and once those that were revised, to know what was withdrawn. */
#include "flow/sheet_import.h"
#include "base/hash.h"
#include "flow/correction.h"
#include "flow/entry_print.h"
#include "flow/import_magnitude.h"
#include "flow/ledger_score.h"
#include "flow/request_seen.h"
#include "package/package.h"
#include "package/sheet_add.h"
#include <inttypes.h>
#include <string.h>

enum { OWN_FIELDS = 7, LEDGER_FIELDS = 2 };

/* What the ledger has where a figure goes. */
struct place {
    struct entry row;   /* in force, */
    bool has_row;       /* where there is one */
    uint64_t withdrawn; /* position of its withdrawal; 0 = it was not, or is in force again */
};

struct importing {
    struct baton_arena *arena;
    struct ledger_reader *reader;
    const struct sheet_wish *wish;
    struct sheet_imported *out;
    struct baton_findings *found;
    struct baton_package *package;
    uint64_t known;
    struct hash keys;    /* of figures, to their index */
    struct place *place; /* of each figure */
    struct fact_body *fact;
    size_t fact_count;
};

static baton_code tell(struct importing *i, baton_code code) {
    if (code != BATON_OK && code != BATON_NO_MEMORY)
        reader_report(i->reader, code, i->found);
    return code;
}

/* Reading */

static baton_code read_package(struct importing *i) {
    const struct ledger_view view = {
        .reader = i->reader, .assessment = i->wish->assessment, .known = i->known};
    uint64_t scheme;
    TRY(ledger_package(i->arena, &view, &(struct baton_package_options){.threads = 1}, &i->package,
                       &scheme, i->found));
    struct baton_findings odd = {.arena = i->arena}; /* what is odd of it is for `check` */
    (void)baton_scheme_check(i->arena, baton_package_scheme(i->package), &odd);
    return BATON_OK;
}

static baton_code read_sheet(struct importing *i) {
    struct sheet_import import = {
        .mapping = i->wish->sent, .package = i->package, .period = i->wish->period};
    if (i->wish->mapping != NULL)
        TRY(mapping_of_package(i->package, i->wish->mapping, &import.mapping, i->found));
    mapping_check(import.mapping, i->package, true, i->found);
    if (i->found->errors > 0)
        return baton_findings_worst(i->found);
    TRY(sheet_file_open(i->arena, i->wish->path, &import.file, i->found));
    TRY(sheet_figures_read(i->arena, &import, &i->out->figures, i->found));
    import_magnitude(i->arena, i->package, &i->out->figures, i->found);
    return BATON_OK;
}

/* Comparing */

static void index_figures(struct importing *i) {
    const struct sheet_figures *const figures = &i->out->figures;
    i->place = arena_alloc(i->arena, figures->count, sizeof *i->place);
    for (size_t f = 0; f < figures->count; f++) {
        const struct sheet_figure *const figure = &figures->item[f];
        char period[BATON_PERIOD_NAME_SIZE];
        baton_period_format(figure->period, period);
        const char *const key =
            arena_printf(i->arena, "%s\x1f%s\x1f%s", figure->unit, figure->element, period);
        hash_add(i->arena, &i->keys, key, strlen(key), (uint32_t)f);
    }
}

static struct place *place_of(const struct importing *i, const struct fact_row *row) {
    const uint32_t at = hash_find(&i->keys, row->key, strlen(row->key));
    return at == HASH_NONE ? NULL : &i->place[at];
}

static baton_code take_row(void *context, const struct fact_row *row) {
    struct importing *const i = context;
    struct place *const place = place_of(i, row);
    if (place == NULL)
        return BATON_OK;
    place->has_row = true;
    entry_copy(i->arena, &row->entry, &place->row);
    return BATON_OK;
}

static baton_code take_revision(void *context, const struct fact_row *row) {
    struct place *const place = place_of(context, row);
    if (place != NULL)
        place->withdrawn = row->withdrawn ? row->position : 0;
    return BATON_OK;
}

static struct baton_where where_of(const struct sheet_figure *figure) {
    return sheet_where(figure->grid, figure->row, figure->column);
}

static const char *number_of(const struct importing *i, uint64_t position) {
    return arena_printf(i->arena, "%" PRIu64, position);
}

/* What a figure or a row says for people: its value, else its state. */
static const char *shown(const char *value, const char *state) {
    return *value != '\0' ? value : *state != '\0' ? state : NULL;
}

static void put_text(struct field *field, size_t *count, const char *name, const char *text) {
    if (text != NULL && *text != '\0')
        field[(*count)++] = text_field(name, text);
}

static bool is_own(const char *name) {
    static const char *const own[OWN_FIELDS] = {"unit",  "element", "period",  "value",
                                                "state", "source",  "x_origin"};
    for (size_t k = 0; k < OWN_FIELDS; k++)
        if (strcmp(own[k], name) == 0)
            return true;
    return false;
}

/* A fact of a figure: what it says, and of a row that it corrects what stays. */
static void add_fact(struct importing *i, const struct sheet_figure *figure,
                     const struct place *place) {
    const struct fact_body *const row = place->has_row ? &place->row.body : NULL;
    struct field *const field = arena_alloc(
        i->arena, OWN_FIELDS + LEDGER_FIELDS + (row != NULL ? row->field_count : 0), sizeof *field);
    char period[BATON_PERIOD_NAME_SIZE];
    size_t count = 0;
    const size_t size = baton_period_format(figure->period, period);
    put_text(field, &count, "unit", figure->unit);
    put_text(field, &count, "element", figure->element);
    put_text(field, &count, "period", arena_text(i->arena, period, size));
    put_text(field, &count, "value", figure->value);
    put_text(field, &count, "state", sheet_state_word(figure->state));
    put_text(field, &count, "source", figure->source);
    put_text(field, &count, "x_origin", sheet_figure_origin(i->arena, figure));
    for (size_t k = 0; row != NULL && k < row->field_count; k++)
        if (correction_keeps(&row->field[k], true, true) && !is_own(row->field[k].name))
            field[count++] = row->field[k];
    if (row != NULL)
        put_text(field, &count, "@corrects", number_of(i, place->row.position));
    if (row != NULL || place->withdrawn > 0)
        put_text(field, &count, "@reason", i->wish->reason);
    i->fact[i->fact_count++] = (struct fact_body){fact_kind_info(FACT_OBSERVATION)->word,
                                                  i->wish->assessment, field, count};
}

static void refuse_row(struct importing *i, const struct sheet_figure *figure,
                       const struct place *place) {
    const struct fact_body *const row = &place->row.body;
    if (place->has_row)
        baton_findings_add(i->found, BATON_IMPORT_DIFFERS, where_of(figure), "value",
                           shown(figure->value, sheet_state_word(figure->state)),
                           shown(body_text(row, "value"), body_text(row, "state")),
                           number_of(i, place->row.position));
    else
        baton_findings_add(i->found, BATON_IMPORT_WITHDRAWN, where_of(figure),
                           number_of(i, place->withdrawn), NULL, NULL, NULL);
}

static void settle(struct importing *i, const struct sheet_figure *figure,
                   const struct place *place) {
    const struct fact_body *const row = &place->row.body;
    const bool is_new = !place->has_row && place->withdrawn == 0;
    if (place->has_row) {
        const char *const value = body_text(row, "value"), *const state = body_text(row, "state");
        if (sheet_figure_says(figure, value, strlen(value), state, strlen(state))) {
            i->out->same++;
            return;
        }
    }
    if (!is_new && !i->wish->correct) {
        refuse_row(i, figure, place);
        return;
    }
    *(is_new ? &i->out->added : &i->out->corrected) += 1;
    add_fact(i, figure, place);
}

static baton_code compare(struct importing *i) {
    const struct sheet_figures *const figures = &i->out->figures;
    index_figures(i);
    TRY(tell(i,
             reader_rows(i->reader, i->wish->assessment, FACT_OBSERVATION, i->known, take_row, i)));
    TRY(tell(i, reader_revised(i->reader, i->wish->assessment, FACT_OBSERVATION, i->known,
                               take_revision, i)));
    i->fact = arena_alloc(i->arena, figures->count, sizeof *i->fact);
    for (size_t f = 0; f < figures->count; f++)
        settle(i, &figures->item[f], &i->place[f]);
    return i->found->errors > 0 ? baton_findings_worst(i->found) : BATON_OK;
}

/* Saying */

static baton_code say(struct importing *i, struct ledger *ledger) {
    const struct sheet_wish *const wish = i->wish;
    struct submission submission = {
        .actor = wish->actor, .fact = i->fact, .count = i->fact_count, .request = wish->request};
    if (i->fact_count == 0)
        return BATON_OK;
    if (wish->may != NULL)
        TRY(wish->may(wish->may_context, wish->propose, i->fact, i->fact_count));
    TRY(wish->propose ? ledger_propose(ledger, i->arena, &submission, wish->reason, 0, i->found)
                      : ledger_append(ledger, i->arena, &submission, i->found));
    i->out->is_proposal = wish->propose;
    i->out->first = submission.first;
    i->out->facts = wish->propose ? 1 : submission.count;
    return BATON_OK;
}

static baton_code check_reason(struct importing *i) {
    if ((!i->wish->correct && !i->wish->propose) || i->wish->reason != NULL)
        return BATON_OK;
    baton_findings_add(i->found, BATON_REASON_NEEDED, (struct baton_where){0}, NULL, NULL, NULL,
                       NULL);
    return BATON_REASON_NEEDED;
}

static baton_code read_all(struct importing *i) {
    TRY(tell(i, reader_size(i->reader, &i->known)));
    TRY(read_package(i));
    TRY(read_sheet(i));
    return i->wish->trial ? BATON_OK : compare(i);
}

baton_code sheet_import(struct baton_arena *arena, struct ledger *ledger,
                        struct ledger_reader *reader, const struct sheet_wish *wish,
                        struct sheet_imported *out, struct baton_findings *found) {
    struct importing *const i = arena_alloc(arena, 1, sizeof *i);
    struct reader_request stored;
    *i = (struct importing){
        .arena = arena, .reader = reader, .wish = wish, .out = out, .found = found};
    *out = (struct sheet_imported){0};
    TRY(check_reason(i));
    TRY(request_seen(reader, wish->actor, wish->trial ? NULL : wish->request, &stored,
                     &out->is_repeat, found));
    if (out->is_repeat) {
        out->first = stored.position;
        out->facts = stored.count;
        return BATON_OK;
    }
    TRY(tell(i, reader_begin(reader)));
    const baton_code code = read_all(i);
    reader_end(reader);
    TRY(code);
    return wish->trial ? BATON_OK : say(i, ledger);
}
