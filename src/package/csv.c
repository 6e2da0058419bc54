/* Records of a CSV text, one after the other. A field runs to the next byte that means something;
 * only quotation marks, carriage returns and the like leave the straight way. What is wrong is
 * noted once for a record and reading goes on behind it, so that the rest of a file can be looked
 * at too. */
#include "package/csv.h"
#include "base/text.h"
#include "package/package_internal.h"
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

const char *csv_special(const char *at, const char *end) {
#if defined(__SSE2__)
    const __m128i comma = _mm_set1_epi8(','), quote = _mm_set1_epi8('"'),
                  line = _mm_set1_epi8('\n'), carriage = _mm_set1_epi8('\r'),
                  nul = _mm_setzero_si128();
    for (; end - at >= 16; at += 16) {
        const __m128i block = _mm_loadu_si128((const __m128i *)(const void *)at);
        const __m128i ends =
            _mm_or_si128(_mm_cmpeq_epi8(block, comma), _mm_cmpeq_epi8(block, line));
        const __m128i odd =
            _mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, carriage));
        const int mask =
            _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(ends, odd), _mm_cmpeq_epi8(block, nul)));
        if (mask != 0)
            return at + __builtin_ctz((unsigned)mask);
    }
#endif
    for (; at < end; at++)
        if (*at == ',' || *at == '\n' || *at == '"' || *at == '\r' || *at == '\0')
            return at;
    return end;
}

static void note(struct csv_record *record, baton_code code, const char *at) {
    if (record->problem == BATON_OK) {
        record->problem = code;
        record->problem_at = at;
    }
}

static void skip_spaces(struct csv_scan *scan) {
    uint32_t point;
    size_t taken;
    while ((taken = text_decode(scan->at, (size_t)(scan->end - scan->at), &point)) > 0 &&
           text_is_space(point))
        scan->at += taken;
}

static bool at_line_end(const struct csv_scan *scan) {
    return scan->at == scan->end || *scan->at == '\n' ||
           (*scan->at == '\r' && (scan->at + 1 == scan->end || scan->at[1] == '\n'));
}

/* Takes bytes up to the end of the field: a comma, the end of the line or of the text. */
static void to_field_end(struct csv_scan *scan, struct csv_record *record) {
    for (;; scan->at++) {
        scan->at = csv_special(scan->at, scan->end);
        if (at_line_end(scan) || *scan->at == ',')
            return;
        note(record,
             *scan->at == '"'    ? BATON_CSV_QUOTE_STRAY
             : *scan->at == '\r' ? BATON_CSV_CARRIAGE_RETURN
                                 : BATON_CSV_NUL,
             scan->at);
    }
}

char *csv_writable(const char *text) {
    char *same;
    memcpy(&same, &text, sizeof same);
    return same;
}

/* The text between two quotation marks with the doubled ones made single. */
static const char *single_quotes(const char *text, size_t size, size_t *size_single,
                                 struct baton_arena *arena) {
    char *const out = arena != NULL ? arena_alloc_raw(arena, size, 1) : csv_writable(text);
    size_t have = 0;
    for (size_t i = 0; i < size; i++) {
        out[have++] = text[i];
        i += text[i] == '"';
    }
    *size_single = have;
    return out;
}

/* Reads a field in quotation marks; scan->at is on the first. Answers its text. */
static const char *quoted(struct csv_scan *scan, struct csv_record *record, size_t *size,
                          struct baton_arena *arena) {
    const char *const open = scan->at++;
    bool doubled = false;
    for (;; scan->at++) {
        scan->at = csv_special(scan->at, scan->end);
        if (scan->at == scan->end) {
            note(record, BATON_CSV_QUOTE_OPEN, open);
            record->is_open = true;
            *size = (size_t)(scan->end - open - 1);
            return open + 1;
        }
        if (*scan->at == '\n') {
            scan->line++;
        } else if (*scan->at == '\0') {
            note(record, BATON_CSV_NUL, scan->at);
        } else if (*scan->at == '"') {
            if (scan->at + 1 == scan->end || scan->at[1] != '"')
                break;
            doubled = true;
            scan->at++;
        }
    }
    const char *text = open + 1;
    *size = (size_t)(scan->at - text);
    scan->at++;
    skip_spaces(scan);
    if (!at_line_end(scan) && *scan->at != ',') {
        note(record, BATON_CSV_QUOTE_STRAY, scan->at);
        to_field_end(scan, record);
    }
    return doubled ? single_quotes(text, *size, size, arena) : text;
}

/* Reads a field up to the byte that ends it. */
static void read_field(struct csv_scan *scan, struct csv_record *record,
                       struct baton_arena *arena) {
    const char *text = scan->at;
    size_t size;
    skip_spaces(scan);
    if (scan->at < scan->end && *scan->at == '"') {
        text = quoted(scan, record, &size, arena);
    } else {
        to_field_end(scan, record);
        size = (size_t)(scan->at - text);
    }
    text_trim(&text, &size);
    if (size > LIMIT_FIELD_SIZE) {
        note(record, BATON_FIELD_TOO_LONG, text);
        size = 0;
    }
    if (record->count < LIMIT_COLUMNS)
        record->field[record->count] = (struct csv_field){text, (uint32_t)size};
    else
        note(record, BATON_TOO_MANY_COLUMNS, text);
    record->count += record->count <= LIMIT_COLUMNS;
}

/* Reads the record that begins where scan stands, blank or not. */
static void read_record(struct csv_scan *scan, struct csv_record *record,
                        struct baton_arena *arena) {
    record->line = scan->line;
    record->start = scan->at;
    record->count = 0;
    record->problem = BATON_OK;
    record->is_open = false;
    for (;;) {
        read_field(scan, record, arena);
        if (at_line_end(scan))
            break;
        scan->at++; // the comma
    }
    if (scan->at < scan->end && *scan->at == '\r')
        scan->at++;
    if (scan->at < scan->end) {
        scan->at++;
        scan->line++;
    }
}

static bool is_blank(const struct csv_record *record) {
    if (record->problem != BATON_OK)
        return false;
    for (uint32_t i = 0; i < record->count; i++)
        if (record->field[i].size > 0)
            return false;
    return true;
}

bool csv_next(struct csv_scan *scan, struct csv_record *record, struct baton_arena *arena) {
    while (scan->at < scan->end) {
        read_record(scan, record, arena);
        if (!is_blank(record))
            return true;
    }
    return false;
}

uint32_t csv_row(uint64_t line) {
    return line < UINT32_MAX ? (uint32_t)line : UINT32_MAX;
}

void csv_problem_place(const struct csv_record *record, uint64_t *line, uint32_t *column) {
    *line = record->line;
    const char *start = record->start;
    for (const char *end; (end = memchr(start, '\n', (size_t)(record->problem_at - start))) != NULL;
         start = end + 1)
        (*line)++; // inside of quotation marks
    *column = (uint32_t)text_length(start, (size_t)(record->problem_at - start)) + 1;
}

void csv_report_at(struct baton_findings *found, baton_code problem, struct baton_where at) {
    const uint64_t limit = problem == BATON_FIELD_TOO_LONG ? LIMIT_FIELD_SIZE : LIMIT_COLUMNS;
    baton_findings_add(found, problem, at, package_count(found->arena, limit), NULL, NULL, NULL);
}

void csv_report_problem(struct baton_findings *found, const char *file,
                        const struct csv_record *record) {
    uint64_t line;
    struct baton_where at = {.file = file};
    csv_problem_place(record, &line, &at.column);
    at.row = csv_row(line);
    csv_report_at(found, record->problem, at);
}

void csv_report_ragged(struct baton_findings *found, const char *file, uint64_t line,
                       uint32_t count, uint32_t expected) {
    baton_findings_add(
        found, BATON_CSV_RAGGED, (struct baton_where){.file = file, .row = csv_row(line)},
        package_count(found->arena, count), package_count(found->arena, expected), NULL, NULL);
}

static int find_column(const struct csv_column *columns, uint32_t count,
                       const struct csv_field *name) {
    for (uint32_t i = 0; i < count; i++)
        if (strlen(columns[i].name) == name->size &&
            memcmp(columns[i].name, name->text, name->size) == 0)
            return (int)i;
    return CSV_NO_COLUMN;
}

/* The names of the columns, of the needed ones alone or of all. */
static const char *list_columns(struct baton_arena *arena, const struct csv_column *columns,
                                uint32_t count, bool needed) {
    const char *list = "";
    for (uint32_t i = 0; i < count; i++)
        if (columns[i].needed || !needed)
            list =
                arena_printf(arena, "%s%s%s", list, list[0] != '\0' ? ", " : "", columns[i].name);
    return list;
}

bool csv_header(struct baton_findings *found, const char *file, const struct csv_record *header,
                const struct csv_column *columns, uint32_t column_count,
                int16_t column_of[LIMIT_COLUMNS]) {
    struct baton_where at = {.file = file, .row = csv_row(header->line)};
    bool has[LIMIT_COLUMNS] = {false};
    for (uint32_t i = 0; i < header->count && i < LIMIT_COLUMNS; i++) {
        const struct csv_field *name = &header->field[i];
        const char *shown = package_excerpt(found->arena, name->text, name->size);
        at.field = shown;
        column_of[i] = (int16_t)find_column(columns, column_count, name);
        if (column_of[i] != CSV_NO_COLUMN) {
            if (has[column_of[i]]) {
                baton_findings_add(found, BATON_COLUMN_DOUBLED, at, shown, NULL, NULL, NULL);
                column_of[i] = CSV_NO_COLUMN;
            } else {
                has[column_of[i]] = true;
            }
        } else if (name->size < 2 || memcmp(name->text, "x_", 2) != 0) {
            struct text_guess guess = {.text = name->text, .size = name->size};
            for (uint32_t k = 0; k < column_count; k++)
                text_guess_offer(&guess, columns[k].name, strlen(columns[k].name));
            baton_findings_add(found, BATON_COLUMN_UNKNOWN, at, shown, guess.best,
                               list_columns(found->arena, columns, column_count, false), NULL);
        }
    }
    bool complete = true;
    for (uint32_t i = 0; i < column_count; i++) {
        if (!columns[i].needed || has[i])
            continue;
        complete = false;
        at.field = columns[i].name;
        baton_findings_add(found, BATON_COLUMN_MISSING, at, columns[i].name,
                           list_columns(found->arena, columns, column_count, true), NULL, NULL);
    }
    return complete;
}
