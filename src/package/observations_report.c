/* What is wrong with observations.csv, worded when the lines of all rows are known: the rows' own
 * errors in the order of the file, then what is wrong with elements as a whole. */
#include "base/text.h"
#include "package/observations_internal.h"
#include <stdlib.h>
#include <string.h>

static const char *const field_names[ROLES] = {
    [ROLE_UNIT] = "unit",   [ROLE_ELEMENT] = "element", [ROLE_PERIOD] = "period",
    [ROLE_VALUE] = "value", [ROLE_STATE] = "state",
};

struct codes {
    const struct package_reader *reader;
    const struct figure_element *element;
};

static const char *code_at(const void *context, size_t index) {
    const struct codes *codes = context;
    return codes->reader->scheme->code[codes->element->code[index]];
}

static void report_code(struct package_reader *reader, const struct row_error *error,
                        const char *shown, struct baton_where at) {
    const struct codes codes = {reader, error->element};
    struct text_guess guess = {.text = error->text, .size = error->size};
    for (uint32_t i = 0; i < error->element->code_count; i++)
        text_guess_offer(&guess, code_at(&codes, i), strlen(code_at(&codes, i)));
    baton_findings_add(reader->found, BATON_CODE_UNKNOWN, at, shown, error->element->id,
                       package_list(reader->arena, error->element->code_count, code_at, &codes),
                       guess.best);
}

static void report_row(struct parsing *p, const struct chunk *chunk,
                       const struct row_error *error) {
    struct package_reader *reader = p->reader;
    struct baton_findings *found = reader->found;
    struct baton_arena *arena = reader->arena;
    const uint64_t line = chunk->first_line + error->line;
    const struct baton_where at = {.file = p->file.name,
                                   .row = file_row(&p->file, line),
                                   .column = error->role != ROLE_SKIP ? 1 : error->column,
                                   .field = field_names[error->role]};
    const char *shown =
        error->text == NULL ? NULL : package_excerpt(arena, error->text, error->size);
    char period[BATON_PERIOD_NAME_SIZE];
    switch (error->code) {
    case BATON_CSV_RAGGED:
        csv_report_ragged(found, p->file.name, at.row, error->count, p->columns);
        break;
    case BATON_UNIT_UNKNOWN:
        package_unit_unknown(reader, error->text, error->size, at);
        break;
    case BATON_FIELD_EMPTY:
        baton_findings_add(found, error->code, at, at.field, NULL, NULL, NULL);
        break;
    case BATON_ID_BAD:
    case BATON_ID_TAKEN:
        baton_findings_add(found, error->code, at, shown, package_count(arena, LIMIT_ID_SIZE), NULL,
                           NULL);
        break;
    case BATON_CODE_UNKNOWN:
        report_code(reader, error, shown, at);
        break;
    case BATON_FIGURE_DOUBLED:
        baton_period_format(error->period, period);
        baton_findings_add(found, error->code, at, shown, error->element->id, period,
                           package_count(arena, error->other));
        break;
    default:
        if (error->role == ROLE_SKIP) // of the form of the row
            csv_report_at(found, error->code, at);
        else // of a number, period or state
            baton_findings_add(found, error->code, at, shown,
                               error->element == NULL ? NULL : error->element->measure, NULL, NULL);
        break;
    }
}

/* The first series of an element of each kind of period. */
struct first {
    const struct series *of_kind[BATON_YEAR + 1];
};

struct element_finding {
    const struct series *series,
        *other; /* other: the first of all, of another kind; NULL = the element is a named one */
};

static int compare_findings(const void *left, const void *right) {
    const struct element_finding *a = left, *b = right;
    if (a->series->first_line != b->series->first_line)
        return a->series->first_line < b->series->first_line ? -1 : 1;
    return strcmp(a->series->element->id, b->series->element->id);
}

static void report_element(struct parsing *p, const struct element_finding *finding) {
    const struct series *series = finding->series, *other = finding->other;
    struct baton_where at = {.file = p->file.name,
                             .row = file_row(&p->file, series->first_line),
                             .column = 1,
                             .field = "element"};
    if (other == NULL) {
        baton_findings_add(p->reader->found, BATON_FIGURE_OF_NAMED, at, series->element->id, NULL,
                           NULL, NULL);
        return;
    }
    char here[BATON_PERIOD_NAME_SIZE], there[BATON_PERIOD_NAME_SIZE];
    baton_period_format(series->period, here);
    baton_period_format(other->period, there);
    at.field = "period";
    baton_findings_add(p->reader->found, BATON_FIGURE_KINDS, at, series->element->id, here, there,
                       package_count(p->reader->arena, file_row(&p->file, other->first_line)));
}

/* Named elements with figures, and elements with periods of several kinds: once each, at the first
 * such row. */
static void report_elements(struct parsing *p) {
    const struct registry *registry = p->registry;
    struct baton_arena *arena = p->reader->arena;
    struct first *first = arena_alloc(arena, registry->element_count, sizeof *first);
    for (size_t i = 0; i < registry->series_count; i++) {
        const struct series *series = registry->series[i];
        const struct series **to = &first[series->element->index].of_kind[series->period.kind];
        if (*to == NULL || series->first_line < (*to)->first_line)
            *to = series;
    }
    struct element_finding *list = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < registry->element_count; i++) {
        const struct series *earliest = NULL;
        for (int kind = BATON_DAY; kind <= BATON_YEAR; kind++) {
            const struct series *series = first[i].of_kind[kind];
            if (series != NULL && (earliest == NULL || series->first_line < earliest->first_line))
                earliest = series;
        }
        if (earliest == NULL)
            continue; // an element all of whose rows have no sound period
        if (registry->element[i]->is_named)
            *ARRAY_PUSH(arena, list, count, capacity) = (struct element_finding){earliest, NULL};
        for (int kind = BATON_DAY; kind <= BATON_YEAR; kind++)
            if (first[i].of_kind[kind] != NULL && first[i].of_kind[kind] != earliest)
                *ARRAY_PUSH(arena, list, count, capacity) =
                    (struct element_finding){first[i].of_kind[kind], earliest};
    }
    if (count > 1)
        qsort(list, count, sizeof *list, compare_findings);
    for (size_t i = 0; i < count; i++)
        report_element(p, &list[i]);
}

void observations_report(struct parsing *p) {
    struct baton_findings *found = p->reader->found;
    size_t told = 0;
    for (size_t i = 0; i < p->chunk_count; i++) {
        const struct chunk *chunk = &p->chunk[i];
        size_t of_chunk = 0;
        for (; of_chunk < chunk->error_count && told < BATON_FINDINGS_PER_FILE; of_chunk++, told++)
            report_row(p, chunk, &chunk->error[of_chunk]);
        found->errors += chunk->errors - of_chunk; // too many to tell, but counted
        found->left_out += chunk->errors - of_chunk;
    }
    report_elements(p);
}
