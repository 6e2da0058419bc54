/* units.csv. Rows are read in the order of the file and then brought into the scheme's order, so
 * that nothing depends on the order of rows; parents are looked up when every unit has its
 * place. */
#include "base/limits.h"
#include "base/text.h"
#include "package/csv.h"
#include "package/tables.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ID, NAME, NAME_EN, GROUP, PARENT, KIND, ORDER, JOINED, LEFT, COLUMNS };
static const struct csv_column columns[COLUMNS] = {
    [ID] = {"id", true},        [NAME] = {"name", true},      [NAME_EN] = {"name_en", false},
    [GROUP] = {"group", true},  [PARENT] = {"parent", false}, [KIND] = {"kind", false},
    [ORDER] = {"order", false}, [JOINED] = {"joined", false}, [LEFT] = {"left", false},
};

/* A unit on its way to its place. */
struct place {
    const char *id;
    double order;
    uint32_t group;
    uint32_t row; /* of the table */
};

/* By group, order (none last), id; without a group by id alone. */
static int compare_places(const void *left, const void *right) {
    const struct place *a = left, *b = right;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1; // BATON_NONE is the greatest
    if (a->group != BATON_NONE) {
        if (isnan(a->order) != isnan(b->order))
            return isnan(a->order) ? 1 : -1;
        if (a->order < b->order || a->order > b->order)
            return a->order < b->order ? -1 : 1;
    }
    return strcmp(a->id, b->id);
}

static void check_times(const struct csv_table *table, uint32_t row,
                        const struct baton_unit *unit) {
    if (unit->joined.kind == BATON_PERIOD_NONE || unit->left.kind == BATON_PERIOD_NONE ||
        baton_period_first_day(unit->joined) <= baton_period_last_day(unit->left))
        return;
    csv_report(table, BATON_LEFT_BEFORE_JOINED, row, LEFT, csv_text(table, row, LEFT),
               csv_text(table, row, JOINED), NULL, NULL);
}

/* Reads a row. False where it gives no unit. */
static bool read_row(struct package_reader *reader, const struct csv_table *table, uint32_t row,
                     struct hash *rows, struct baton_unit *unit) {
    const char *id = csv_text(table, row, ID);
    const uint32_t size = csv_size(table, row, ID);
    if (!package_id_is_sound(reader, id, size, csv_where(table, row, ID)))
        return false;
    const uint32_t first = hash_add(reader->arena, rows, id, size, row);
    if (first != row) {
        csv_report(table, BATON_ID_DOUBLED, row, ID, id,
                   package_count(reader->arena, table->line[first]), NULL, NULL);
        return false;
    }
    *unit = (struct baton_unit){
        .id = id,
        .name = {csv_optional(table, row, NAME), csv_optional(table, row, NAME_EN)},
        .at = csv_where_row(table, row),
        .group = BATON_NONE,
        .parent = BATON_NONE,
        .kind = csv_optional(table, row, KIND),
        .order = NAN,
    };
    if (unit->name.zh == NULL)
        csv_report(table, BATON_FIELD_EMPTY, row, NAME, "name", NULL, NULL, NULL);
    const uint32_t group_size = csv_size(table, row, GROUP);
    if (group_size > 0)
        unit->group = package_find_group(reader, csv_text(table, row, GROUP), group_size,
                                         csv_where(table, row, GROUP));
    csv_number(table, row, ORDER, NULL, &unit->order);
    csv_period(table, row, JOINED, &unit->joined);
    csv_period(table, row, LEFT, &unit->left);
    check_times(table, row, unit);
    return true;
}

/* Brings units into their order; row_of[unit] becomes each one's row. */
static void sort_units(struct package_reader *reader, struct baton_unit *unit, uint32_t count,
                       uint32_t *row_of) {
    struct place *place = arena_alloc_raw(reader->arena, count, sizeof *place);
    bool sorted = true;
    for (uint32_t i = 0; i < count; i++) {
        place[i] = (struct place){unit[i].id, unit[i].order, unit[i].group, i};
        sorted = sorted && (i == 0 || compare_places(&place[i - 1], &place[i]) < 0);
    }
    reader->scheme->unit = unit;
    if (sorted) // as most files are
        return;
    qsort(place, count, sizeof *place, compare_places);
    struct baton_unit *in_order = arena_alloc_raw(reader->arena, count, sizeof *in_order);
    uint32_t *row_in_order = arena_alloc_raw(reader->arena, count, sizeof *row_in_order);
    for (uint32_t i = 0; i < count; i++) {
        in_order[i] = unit[place[i].row];
        row_in_order[i] = row_of[place[i].row];
    }
    memcpy(row_of, row_in_order, count * sizeof *row_of);
    reader->scheme->unit = in_order;
}

static void count_groups(struct baton_scheme *scheme) {
    for (uint32_t i = 0; i < scheme->unit_count; i++) {
        const uint32_t group = scheme->unit[i].group;
        if (group == BATON_NONE)
            continue;
        if (scheme->group[group].unit_count++ == 0)
            scheme->group[group].first_unit = i;
        scheme->ranked_count = i + 1;
    }
    for (uint32_t g = 0, next = 0; g < scheme->group_count;
         g++) { // a group without units has its place too
        struct baton_group *group = &scheme->group[g];
        if (group->unit_count == 0)
            group->first_unit = next;
        next = group->first_unit + group->unit_count;
    }
}

/* Prints the circle that begins and ends at `unit`, and opens it. */
static void report_circle(struct package_reader *reader, uint32_t unit) {
    struct baton_scheme *scheme = reader->scheme;
    const char *text = scheme->unit[unit].id;
    uint32_t at = unit, shown = 0;
    do {
        at = scheme->unit[at].parent;
        if (++shown <= LIMIT_UNIT_LEVEL || at == unit)
            text = arena_printf(reader->arena, "%s -> %s", text, scheme->unit[at].id);
    } while (at != unit);
    struct baton_where where = scheme->unit[unit].at;
    where.field = columns[PARENT].name;
    baton_findings_add(reader->found, BATON_PARENT_CYCLE, where, text, NULL, NULL, NULL);
    scheme->unit[unit].parent = BATON_NONE;
}

/* Reports every circle of parents once, at the unit of it that comes first, and chains that are too
 * long. */
static void check_parents(struct package_reader *reader) {
    struct baton_scheme *scheme = reader->scheme;
    uint32_t *const walk =
        arena_alloc(reader->arena, scheme->unit_count, sizeof *walk); // the walk that came by
    for (uint32_t start = 0; start < scheme->unit_count; start++) {
        uint32_t at = start;
        while (at != BATON_NONE && walk[at] == 0) {
            walk[at] = start + 1;
            at = scheme->unit[at].parent;
        }
        if (at == BATON_NONE || walk[at] != start + 1)
            continue;
        uint32_t first = at;
        for (uint32_t i = scheme->unit[at].parent; i != at; i = scheme->unit[i].parent)
            first = i < first ? i : first;
        report_circle(reader, first);
    }
    uint8_t *const depth =
        arena_alloc(reader->arena, scheme->unit_count, 1); // above it, plus 1; 0 = not known
    for (uint32_t start = 0; start < scheme->unit_count; start++) {
        uint32_t above = 0, at = start;
        for (; depth[at] == 0 && scheme->unit[at].parent != BATON_NONE && above <= LIMIT_UNIT_LEVEL;
             above++)
            at = scheme->unit[at].parent;
        const uint32_t whole = above + (depth[at] > 0 ? depth[at] - 1u : 0);
        if (whole <= LIMIT_UNIT_LEVEL) {
            depth[start] = (uint8_t)(whole + 1);
            continue;
        }
        struct baton_where where = scheme->unit[start].at;
        where.field = columns[PARENT].name;
        baton_findings_add(reader->found, BATON_TREE_TOO_DEEP, where, scheme->unit[start].id,
                           package_count(reader->arena, LIMIT_UNIT_LEVEL), NULL, NULL);
        scheme->unit[start].parent = BATON_NONE;
        depth[start] = 1;
    }
}

static void find_parents(struct package_reader *reader, const struct csv_table *table,
                         const uint32_t *row_of) {
    struct baton_scheme *scheme = reader->scheme;
    bool any = false;
    for (uint32_t i = 0; i < scheme->unit_count && csv_has(table, PARENT); i++) {
        const uint32_t size = csv_size(table, row_of[i], PARENT);
        if (size == 0)
            continue;
        scheme->unit[i].parent = package_find_unit(reader, csv_text(table, row_of[i], PARENT), size,
                                                   csv_where(table, row_of[i], PARENT));
        any = true;
    }
    if (any)
        check_parents(reader);
}

baton_code units_read(struct package_reader *reader) {
    const size_t errors = reader->found->errors;
    struct csv_table table;
    TRY(csv_table_read(reader->source, "units.csv", true, LIMIT_UNITS_SIZE, columns, COLUMNS,
                       &table, reader->found));
    struct baton_scheme *scheme = reader->scheme;
    struct baton_unit *unit = arena_alloc_raw(reader->arena, table.row_count, sizeof *unit);
    uint32_t *row_of = arena_alloc_raw(reader->arena, table.row_count, sizeof *row_of);
    struct hash rows = {0};
    hash_reserve(reader->arena, &rows, table.row_count);
    for (uint32_t row = 0; row < table.row_count; row++) {
        if (!read_row(reader, &table, row, &rows, &unit[scheme->unit_count]))
            continue;
        row_of[scheme->unit_count++] = row;
    }
    sort_units(reader, unit, scheme->unit_count, row_of);
    count_groups(scheme);
    reader->unit = rows; // has the rows; now the units
    uint32_t *unit_of = arena_alloc_raw(reader->arena, table.row_count, sizeof *unit_of);
    for (uint32_t i = 0; i < scheme->unit_count; i++)
        unit_of[row_of[i]] = i;
    for (size_t i = 0; i < reader->unit.count; i++)
        reader->unit.key[i].value = unit_of[reader->unit.key[i].value];
    find_parents(reader, &table, row_of);
    if (table.there && table.row_count == 0 && reader->found->errors == errors)
        baton_findings_add(reader->found, BATON_TABLE_WITHOUT_ROWS,
                           (struct baton_where){.file = table.file}, NULL, NULL, NULL, NULL);
    return BATON_OK;
}
