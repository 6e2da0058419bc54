/* observations.csv with further rows. Its records are looked through once: those of figures that come in are compared, all are copied as they stand, and the new
 * ones are put at the end, in the columns that the file has. */
#include "package/sheet_add.h"
#include "base/csv_field.h"
#include "base/limits.h"
#include "base/text.h"
#include "package/csv.h"
#include "package/package_internal.h"
#include <string.h>
#include <sys/stat.h>

static const char file_name[] = "observations.csv";

enum { UNIT, ELEMENT, PERIOD, VALUE, STATE, SOURCE, ORIGIN, COLUMNS };
static const char *const names[COLUMNS] = {"unit",  "element", "period",  "value",
                                           "state", "source",  "x_origin"};

struct adding {
    struct baton_arena *arena;
    struct baton_findings *found;
    const struct sheet_figures *figures;
    bool replace;
    struct sheet_added *out;
    struct file file;
    struct csv_scan scan;
    struct csv_record *record;
    const char *line_end;
    uint32_t column[COLUMNS]; // of the file, from 0
    uint32_t column_count;    // of the file; new ones follow
    uint32_t new_count;
    struct hash keys; // from unit, element and period to the figure
    bool *is_there;   // by figure
    struct writer *writer;
    const char *copied; // up to here the file is written
};

const char *sheet_state_word(enum baton_state state) {
    return state == BATON_NA ? "na" : state == BATON_PENDING ? "pending" : "";
}

static const char *key_of(struct adding *a, const char *unit, size_t unit_size, const char *element,
                          size_t element_size, struct baton_period period) {
    return arena_printf(a->arena, "%.*s\n%.*s\n%u", (int)unit_size, unit, (int)element_size,
                        element, baton_period_key(period));
}

static struct csv_field field_of(const struct adding *a, unsigned which) {
    const uint32_t at = a->column[which];
    return at < a->record->count ? a->record->field[at] : (struct csv_field){"", 0};
}

static bool is_same_text(struct csv_field field, const char *text) {
    return field.size == strlen(text) && memcmp(field.text, text, field.size) == 0;
}

bool sheet_figure_says(const struct sheet_figure *figure, const char *value, size_t value_size,
                       const char *state, size_t state_size) {
    double there, here;
    bool there_percent, here_percent;
    if (!is_same_text((struct csv_field){state, (uint32_t)state_size},
                      sheet_state_word(figure->state)))
        return false;
    if (state_size > 0 || is_same_text((struct csv_field){value, (uint32_t)value_size},
                                       figure->value)) // a value beside a state is not read
        return true;
    return baton_number_parse(value, value_size, &there, &there_percent) == BATON_NUMBER_OK &&
           baton_number_parse(figure->value, strlen(figure->value), &here, &here_percent) ==
               BATON_NUMBER_OK &&
           there_percent == here_percent && baton_number_equal_bits(there, here);
}

static bool is_same(const struct adding *a, const struct sheet_figure *figure) {
    const struct csv_field value = field_of(a, VALUE), state = field_of(a, STATE);
    return sheet_figure_says(figure, value.text, value.size, state.text, state.size);
}

/* What a column has for a figure. */
static const char *text_for(struct baton_arena *arena, unsigned which,
                            const struct sheet_figure *figure) {
    char period[BATON_PERIOD_NAME_SIZE];
    switch (which) {
    case UNIT:
        return figure->unit;
    case ELEMENT:
        return figure->element;
    case PERIOD:
        return arena_text(arena, period, baton_period_format(figure->period, period));
    case VALUE:
        return figure->value;
    case STATE:
        return sheet_state_word(figure->state);
    case SOURCE:
        return figure->source == NULL ? "" : figure->source;
    default:
        return sheet_figure_origin(arena, figure);
    }
}

void sheet_rows_csv(struct baton_arena *arena, const struct sheet_figures *figures,
                    struct writer *writer) {
    for (unsigned which = 0; which < COLUMNS; which++)
        writer_printf(writer, "%s%s", which > 0 ? "," : "", names[which]);
    writer_char(writer, '\n');
    for (size_t i = 0; i < figures->count; i++)
        for (unsigned which = 0; which < COLUMNS; which++) {
            csv_field(writer, text_for(arena, which, &figures->item[i]));
            writer_char(writer, which + 1 < COLUMNS ? ',' : '\n');
        }
}

/* A row in the columns of the file, those that are no figure's as the record at hand has them (`keep`), or empty. */
static void put_row(struct adding *a, const struct sheet_figure *figure, bool keep) {
    for (uint32_t at = 0; at < a->column_count + a->new_count; at++) {
        unsigned which = 0;
        while (which < COLUMNS && a->column[which] != at)
            which++;
        if (at > 0)
            writer_char(a->writer, ',');
        if (which < COLUMNS)
            csv_field(a->writer, text_for(a->arena, which, figure));
        else if (keep)
            csv_field(a->writer,
                      arena_text(a->arena, a->record->field[at].text, a->record->field[at].size));
    }
}

static void copy_to(struct adding *a, const char *end) {
    writer_put(a->writer, a->copied, (size_t)(end - a->copied));
    a->copied = end;
}

/* The end of the record at hand, before its line end. */
static const char *record_end(const struct adding *a) {
    const char *end = a->scan.at;
    if (end > a->record->start && end[-1] == '\n')
        end--;
    if (end > a->record->start && end[-1] == '\r')
        end--;
    return end;
}

/* The header tells which columns there are; those that are wanted and missing become new ones. */
static void read_header(struct adding *a) {
    bool is_wanted[COLUMNS] = {[ORIGIN] = true};
    for (size_t i = 0; i < a->figures->count; i++) {
        is_wanted[STATE] |= sheet_state_word(a->figures->item[i].state)[0] != '\0';
        is_wanted[SOURCE] |= a->figures->item[i].source != NULL;
    }
    a->column_count = a->record->count;
    for (unsigned which = 0; which < COLUMNS; which++) {
        a->column[which] = UINT32_MAX;
        for (uint32_t i = 0; i < a->record->count; i++)
            if (is_same_text(a->record->field[i], names[which]))
                a->column[which] = i;
    }
    const char *end = record_end(a);
    a->line_end = a->scan.at > end && *end == '\r' ? "\r\n" : "\n";
    copy_to(a, end);
    for (unsigned which = 0; which < COLUMNS; which++) {
        if (!is_wanted[which] || a->column[which] != UINT32_MAX)
            continue;
        a->column[which] = a->column_count + a->new_count++;
        writer_char(a->writer, ',');
        writer_text(a->writer, names[which]);
    }
}

static void report_differs(struct adding *a, const struct sheet_figure *figure) {
    const struct csv_field state = field_of(a, STATE), value = field_of(a, VALUE),
                           shown = state.size > 0 ? state : value;
    char period[BATON_PERIOD_NAME_SIZE];
    baton_period_format(figure->period, period);
    baton_findings_add(
        a->found, BATON_FIGURE_DIFFERS,
        (struct baton_where){.file = file_name, .row = csv_row(a->record->line), .field = "value"},
        figure->unit, figure->element, period,
        shown.size == 0 ? "\"\"" : package_excerpt(a->arena, shown.text, shown.size));
}

/* The figure that a record is about; NULL. */
static const struct sheet_figure *figure_of(struct adding *a) {
    const struct csv_field unit = field_of(a, UNIT), element = field_of(a, ELEMENT),
                           period = field_of(a, PERIOD);
    struct baton_period parsed;
    if (!baton_period_parse(period.text, period.size, &parsed))
        return NULL;
    const char *key = key_of(a, unit.text, unit.size, element.text, element.size, parsed);
    const uint32_t index = hash_find(&a->keys, key, strlen(key));
    if (index == HASH_NONE)
        return NULL;
    a->is_there[index] = true;
    return &a->figures->item[index];
}

static void take_record(struct adding *a) {
    const struct arena_mark mark = arena_mark(a->arena);
    const struct sheet_figure *figure = figure_of(a);
    arena_reset_to(a->arena, mark);
    const char *end = record_end(a);
    if (figure != NULL && !is_same(a, figure)) {
        if (!a->replace) {
            report_differs(a, figure);
            return;
        }
        copy_to(a, a->record->start);
        put_row(a, figure, true);
        a->copied = end;
        a->out->replaced++;
        return;
    }
    a->out->same += figure != NULL;
    copy_to(a, end);
    for (uint32_t i = 0; i < a->new_count; i++)
        writer_char(a->writer, ',');
}

static void put_new(struct adding *a) {
    const char *const end = a->file.text + a->file.size;
    copy_to(a, end);
    if (a->file.size > 0 && end[-1] != '\n')
        writer_text(a->writer, a->line_end);
    for (size_t i = 0; i < a->figures->count; i++) {
        if (a->is_there[i])
            continue;
        put_row(a, &a->figures->item[i], false);
        writer_text(a->writer, a->line_end);
        a->out->added++;
    }
}

static baton_code open_file(struct adding *a, const char *folder) {
    struct stat status;
    const bool is_folder = stat(folder, &status) == 0 && S_ISDIR(status.st_mode);
    if (is_folder) {
        TRY(file_read(a->arena, folder, file_name, LIMIT_OBSERVATIONS_SIZE, &a->file, a->found));
        if (text_valid_size(a->file.text, a->file.size) == a->file.size)
            return BATON_OK;
    }
    baton_findings_add(a->found, BATON_OBSERVATIONS_FIXED, (struct baton_where){0}, NULL, NULL,
                       NULL, NULL);
    return BATON_OBSERVATIONS_FIXED;
}

static void begin(struct adding *a, const char *path) {
    a->is_there = arena_alloc(a->arena, a->figures->count, sizeof *a->is_there);
    a->record = arena_alloc_raw(a->arena, 1, sizeof *a->record);
    a->writer = writer_file(a->arena, path);
    a->copied = a->file.text;
    for (size_t i = 0; i < a->figures->count; i++) {
        const struct sheet_figure *figure = &a->figures->item[i];
        const char *key = key_of(a, figure->unit, strlen(figure->unit), figure->element,
                                 strlen(figure->element), figure->period);
        hash_add(a->arena, &a->keys, key, strlen(key), (uint32_t)i);
    }
    struct file body = a->file;
    file_drop_mark(&body);
    a->scan = (struct csv_scan){body.text, body.text + body.size, 1};
}

baton_code sheet_add(struct baton_arena *arena, const char *folder,
                     const struct sheet_figures *figures, bool replace, struct sheet_added *out,
                     struct baton_findings *found) {
    struct adding adding = {
        .arena = arena, .found = found, .figures = figures, .replace = replace, .out = out};
    struct adding *const a = &adding;
    *out = (struct sheet_added){0};
    const size_t errors = found->errors;
    TRY(open_file(a, folder));
    const char *path = arena_printf(arena, "%s/%s", folder, file_name);
    begin(a, path);
    for (bool is_header = true; csv_next(&a->scan, a->record, arena); is_header = false) {
        if (is_header)
            read_header(a);
        else
            take_record(a);
    }
    if (found->errors > errors)
        return BATON_FIGURE_DIFFERS; // what was written aside goes with the arena
    put_new(a);
    if (out->added + out->replaced == 0)
        return BATON_OK; // the file stays as it is
    const int error = writer_close(a->writer);
    if (error == 0)
        return BATON_OK;
    baton_findings_add(found, BATON_FILE_WRITE, (struct baton_where){0}, path, strerror(error),
                       NULL, NULL);
    return BATON_FILE_WRITE;
}
