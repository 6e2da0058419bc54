/* A cell's text is first looked for among the words of its element, then among those of the mapping for what is missing, not applicable or not yet due; what is
 * no word is a figure, or the code of a level. */
#include "package/sheet_value.h"
#include "base/text.h"
#include "package/mapping_text.h"
#include "package/package.h"
#include <assert.h>
#include <string.h>

enum { WORDS = LENGTH(((struct sheet_values *)NULL)->word_end) };

void sheet_values_open(struct baton_arena *arena, const struct sheet_import *import,
                       struct sheet_values *out, struct baton_findings *found) {
    const struct mapping *m = import->mapping;
    *out = (struct sheet_values){.arena = arena,
                                 .found = found,
                                 .import = import,
                                 .words = {.arena = arena, .loose = m->loose}};
    const struct mapping_texts *const texts[WORDS] = {&m->values.missing, &m->values.na,
                                                      &m->values.pending};
    uint32_t count = 0;
    for (unsigned k = 0; k < WORDS; k++) {
        for (uint32_t i = 0; i < texts[k]->count; i++)
            mapping_index_add(&out->words, texts[k]->item[i].text, false, count++);
        out->word_end[k] = count;
    }
}

/* The element as the package knows it; NULL. */
static const struct baton_element *known_element(const struct sheet_values *values,
                                                 const char *id) {
    const struct baton_package *package = values->import->package;
    if (package == NULL)
        return NULL;
    const uint32_t index = hash_find(&package->reader.element_index, id, strlen(id));
    return index == HASH_NONE ? NULL : &package->scheme.element[index];
}

static bool read_empty(const struct sheet_values *values, struct sheet_figure *figure) {
    static const enum baton_state states[] = {[NOTHING_MISSING] = BATON_EMPTY,
                                              [NOTHING_NA] = BATON_NA,
                                              [NOTHING_PENDING] = BATON_PENDING};
    const enum mapping_nothing nothing = values->import->mapping->values.empty;
    if (nothing == NOTHING_SKIP)
        return false;
    figure->state = states[nothing];
    return true;
}

/* Whether the text is a word; then the figure has its value or state. */
static bool read_word(const struct sheet_values *values, const struct mapping_element *element,
                      const char *text, struct sheet_figure *figure) {
    static const enum baton_state states[WORDS] = {BATON_EMPTY, BATON_NA, BATON_PENDING};
    uint32_t word = mapping_index_first(&element->words, text);
    if (word != HASH_NONE) {
        figure->value = element->word[word].value;
        return true;
    }
    word = mapping_index_first(&values->words, text);
    if (word == HASH_NONE)
        return false;
    unsigned k = 0;
    while (word >= values->word_end[k])
        k++;
    assert(k < WORDS);
    figure->state = states[k];
    return true;
}

/* What to write under `values` of the mapping so that a number as it stands there is read. */
static const char *permission(const struct sheet_values *values, baton_code code,
                              const char *text) {
    const struct mapping_values *v = &values->import->mapping->values;
    switch (code) {
    case BATON_NUMERAL_FULLWIDTH:
        return v->full_width ? NULL : "full_width: true";
    case BATON_NUMERAL_GROUPED:
        return v->thousands ? NULL : "thousands: true";
    case BATON_NUMERAL_PERCENT:
        return v->percent ? NULL : "percent: true";
    case BATON_NUMERAL_DASH:
    case BATON_NUMERAL_BAD:
        return text_length(text, strlen(text)) > 8
                   ? NULL
                   : arena_printf(values->arena, "missing: [\"%s\"]", text);
    case BATON_NUMERAL_TRAILING:
        return "marks: [...]";
    default:
        return NULL;
    }
}

static bool read_number(struct sheet_values *values, const struct sheet_grid *grid,
                        const struct mapping_element *element, const struct baton_element *known,
                        const struct sheet_cell *cell, struct sheet_figure *figure) {
    const struct mapping_values *v = &values->import->mapping->values;
    const char *measure = known == NULL ? NULL : known->measure;
    const struct sheet_number how = {
        .values = v,
        .factor = element->factor != NULL ? element->factor : v->factor,
        .percent = numeral_percent_of(measure),
        .keep_percent = values->import->package == NULL,
    };
    unsigned kinds = 0;
    const baton_code code =
        sheet_number_read(values->arena, &how, cell->text, &figure->value, &kinds);
    for (unsigned kind = 0; code == BATON_OK && kind < SHEET_KINDS; kind++)
        values->read_as[kind] += kinds >> kind & 1;
    if (code != BATON_OK)
        baton_findings_add(values->found, code, sheet_where(grid, cell->row, cell->column),
                           package_excerpt(values->arena, cell->text, cell->size), measure, NULL,
                           permission(values, code, cell->text));
    return code == BATON_OK;
}

bool sheet_value_read(struct sheet_values *values, const struct sheet_grid *grid,
                      const struct mapping_element *element, const struct sheet_cell *cell,
                      struct sheet_figure *figure) {
    if (cell == NULL)
        return read_empty(values, figure);
    const struct arena_mark mark = arena_mark(values->arena);
    const char *text = mapping_normal(values->arena, cell->text, values->import->mapping->loose);
    const bool is_word = cell->kind != CELL_NO_VALUE && read_word(values, element, text, figure);
    arena_reset_to(values->arena, mark);
    if (is_word)
        return true;
    if (cell->kind == CELL_ERROR || cell->kind == CELL_NO_VALUE) {
        baton_findings_add(values->found, BATON_SHEET_CELL_ERROR,
                           sheet_where(grid, cell->row, cell->column),
                           cell->kind == CELL_ERROR ? cell->text : NULL, NULL, NULL, NULL);
        return false;
    }
    const struct baton_element *known = known_element(values, element->id);
    if (known != NULL && known->is_code) {
        figure->value = cell->text;
        return true;
    }
    return read_number(values, grid, element, known, cell, figure);
}

void sheet_values_tell(struct sheet_values *values) {
    const struct baton_where where = {.file = values->import->file->name};
    for (unsigned kind = 0; kind < SHEET_KINDS; kind++) {
        if (values->read_as[kind] == 0)
            continue;
        baton_findings_add(
            values->found,
            1u << kind == SHEET_PERCENT ? BATON_SHEET_PERCENT_READ : BATON_SHEET_READ_AS, where,
            package_count(values->arena, values->read_as[kind]),
            1u << kind == SHEET_FULL_WIDTH ? "1" : NULL, 1u << kind == SHEET_THOUSANDS ? "1" : NULL,
            1u << kind == SHEET_MARK ? "1" : NULL);
    }
}
