/* successions.csv: which unit took over from which, when, and how much of it. A unit whose own
 * figures would, through others, come from itself is refused. */
#include "base/limits.h"
#include "package/csv.h"
#include "package/tables.h"
#include <string.h>

enum { FROM, TO, DATE, SHARE, COLUMNS };
static const struct csv_column columns[COLUMNS] = {
    [FROM] = {"from", true},
    [TO] = {"to", true},
    [DATE] = {"date", true},
    [SHARE] = {"share", false},
};

static uint32_t find_unit(struct package_reader *reader, const struct csv_table *table,
                          uint32_t row, uint32_t column) {
    return package_find_unit(reader, csv_text(table, row, column), csv_size(table, row, column),
                             csv_where(table, row, column));
}

static bool read_row(struct package_reader *reader, const struct csv_table *table, uint32_t row,
                     struct baton_succession *out) {
    *out = (struct baton_succession){
        .from = find_unit(reader, table, row, FROM),
        .to = find_unit(reader, table, row, TO),
        .share = 1,
        .at = csv_where_row(table, row),
    };
    bool sound = out->from != BATON_NONE && out->to != BATON_NONE;
    if (csv_size(table, row, DATE) == 0) {
        csv_report(table, BATON_FIELD_EMPTY, row, DATE, "date", NULL, NULL, NULL);
        sound = false;
    }
    sound = csv_date(table, row, DATE, &out->date) && sound;
    if (!csv_number(table, row, SHARE, "1", &out->share))
        return false;
    if (!(out->share > 0)) {
        csv_report(table, BATON_SHARE_BAD, row, SHARE, csv_text(table, row, SHARE), NULL, NULL,
                   NULL);
        return false;
    }
    return sound;
}

/* Two rows with the same units. */
static void check_doubled(struct package_reader *reader, const struct baton_succession *list,
                          uint32_t count) {
    struct hash pairs = {0};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t *pair = arena_alloc_raw(reader->arena, 2, sizeof *pair);
        pair[0] = list[i].from;
        pair[1] = list[i].to;
        const uint32_t first =
            hash_add(reader->arena, &pairs, (const char *)pair, 2 * sizeof *pair, i);
        if (first == i)
            continue;
        const struct baton_unit *unit = reader->scheme->unit;
        baton_findings_add(
            reader->found, BATON_ROW_DOUBLED, list[i].at,
            package_count(reader->arena, list[first].at.row),
            arena_printf(reader->arena, "%s, %s", unit[pair[0]].id, unit[pair[1]].id), NULL, NULL);
    }
}

/* For the search of circles: rows by the unit that they come from, and how far each unit has been
 * looked at. */
struct search {
    struct package_reader *reader;
    const struct baton_succession *list;
    const uint32_t *next; /* by row: the next with the same `from` */
    uint32_t *todo;       /* by unit: the row to look at next */
    uint8_t *state;       /* by unit: 0 new, 1 on the path, 2 done */
    uint32_t *path;       /* units */
    uint32_t path_count;
};

static void report_circle(const struct search *s, uint32_t row) {
    const struct baton_unit *unit = s->reader->scheme->unit;
    const uint32_t first = s->list[row].to;
    uint32_t at = s->path_count;
    while (s->path[at - 1] != first)
        at--;
    const char *text = unit[first].id;
    for (; at < s->path_count && strlen(text) < LIMIT_FIELD_SIZE; at++)
        text = arena_printf(s->reader->arena, "%s -> %s", text, unit[s->path[at]].id);
    text = arena_printf(s->reader->arena, "%s -> %s", text, unit[first].id);
    baton_findings_add(s->reader->found, BATON_SUCCESSION_CYCLE, s->list[row].at, text, NULL, NULL,
                       NULL);
}

/* Walks on from `start`, depth first, without recursion. */
static void search_from(struct search *s, uint32_t start) {
    s->path[0] = start;
    s->path_count = 1;
    s->state[start] = 1;
    while (s->path_count > 0) {
        const uint32_t unit = s->path[s->path_count - 1], row = s->todo[unit];
        if (row == BATON_NONE) {
            s->state[unit] = 2;
            s->path_count--;
            continue;
        }
        s->todo[unit] = s->next[row];
        const uint32_t to = s->list[row].to;
        if (s->state[to] == 1) {
            report_circle(s, row);
        } else if (s->state[to] == 0) {
            s->state[to] = 1;
            s->path[s->path_count++] = to;
        }
    }
}

static void check_circles(struct package_reader *reader, const struct baton_succession *list,
                          uint32_t count) {
    const uint32_t units = reader->scheme->unit_count;
    uint32_t *next = arena_alloc_raw(reader->arena, count, sizeof *next);
    struct search s = {
        .reader = reader,
        .list = list,
        .next = next,
        .todo = arena_alloc_raw(reader->arena, units, sizeof *s.todo),
        .state = arena_alloc(reader->arena, units, 1),
        .path = arena_alloc_raw(reader->arena, (size_t)units + 1, sizeof *s.path),
    };
    for (uint32_t i = 0; i < units; i++)
        s.todo[i] = BATON_NONE;
    for (uint32_t i = count; i-- > 0;) {
        next[i] = s.todo[list[i].from];
        s.todo[list[i].from] = i;
    }
    for (uint32_t i = 0; i < count; i++)
        if (s.state[list[i].from] == 0)
            search_from(&s, list[i].from);
}

baton_code successions_read(struct package_reader *reader) {
    struct csv_table table;
    TRY(csv_table_read(reader->source, "successions.csv", false, LIMIT_TABLE_SIZE, columns, COLUMNS,
                       &table, reader->found));
    struct baton_succession *list = arena_alloc_raw(reader->arena, table.row_count, sizeof *list);
    uint32_t count = 0;
    for (uint32_t row = 0; row < table.row_count; row++)
        count += read_row(reader, &table, row, &list[count]);
    check_doubled(reader, list, count);
    check_circles(reader, list, count);
    reader->scheme->succession = list;
    reader->scheme->succession_count = count;
    return BATON_OK;
}
