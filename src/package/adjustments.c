/* adjustments.csv: what happened that counts outside of the hundred points. Two rows that are alike
 * are two events. */
#include "base/limits.h"
#include "base/text.h"
#include "package/csv.h"
#include "package/tables.h"
#include <math.h>
#include <string.h>

enum { UNIT, PERIOD, ITEM, LEVEL, POINTS, COUNT, HONOUR, ISSUED, REASON, DOCUMENT, COLUMNS };
static const struct csv_column columns[COLUMNS] = {
    [UNIT] = {"unit", true},          [PERIOD] = {"period", true},  [ITEM] = {"item", true},
    [LEVEL] = {"level", false},       [POINTS] = {"points", false}, [COUNT] = {"count", false},
    [HONOUR] = {"honour", false},     [ISSUED] = {"issued", false}, [REASON] = {"reason", true},
    [DOCUMENT] = {"document", false},
};

static uint32_t find_item(struct package_reader *reader, const struct csv_table *table,
                          uint32_t row) {
    const char *id = csv_text(table, row, ITEM);
    const uint32_t size = csv_size(table, row, ITEM);
    if (size == 0) {
        csv_report(table, BATON_FIELD_EMPTY, row, ITEM, "item", NULL, NULL, NULL);
        return BATON_NONE;
    }
    const uint32_t item = hash_find(&reader->item, id, size);
    if (item == HASH_NONE)
        csv_report(table, BATON_ITEM_UNKNOWN, row, ITEM, package_excerpt(reader->arena, id, size),
                   package_guess(reader, &reader->item, id, size), NULL, NULL);
    return item;
}

static const char *level_id(const void *context, size_t index) {
    return ((const struct baton_item *)context)->level[index].id;
}

static const char *levels_of(struct package_reader *reader, const struct baton_item *item) {
    return item->level_count == 0 ? NULL
                                  : package_list(reader->arena, item->level_count, level_id, item);
}

/* The level of an item; BATON_NONE with a finding where there is no such level. */
static uint32_t find_level(struct package_reader *reader, const struct csv_table *table,
                           uint32_t row, const struct baton_item *item) {
    const char *id = csv_text(table, row, LEVEL);
    struct text_guess guess = {.text = id, .size = csv_size(table, row, LEVEL)};
    for (uint32_t i = 0; i < item->level_count; i++) {
        if (strcmp(item->level[i].id, id) == 0)
            return i;
        text_guess_offer(&guess, item->level[i].id, strlen(item->level[i].id));
    }
    csv_report(table, BATON_LEVEL_UNKNOWN, row, LEVEL,
               package_excerpt(reader->arena, id, guess.size), item->id, guess.best,
               levels_of(reader, item));
    return BATON_NONE;
}

static bool is_filled(const struct csv_table *table, uint32_t row, uint32_t column) {
    if (csv_size(table, row, column) > 0)
        return true;
    csv_report(table, BATON_FIELD_EMPTY, row, column, columns[column].name, NULL, NULL, NULL);
    return false;
}

/* What a row is worth: level, points, count. */
static bool read_worth(struct package_reader *reader, const struct csv_table *table, uint32_t row,
                       struct baton_adjustment *out) {
    const struct baton_item *item = &reader->scheme->item[out->item];
    bool sound = csv_number(table, row, POINTS, NULL, &out->points);
    if (csv_size(table, row, LEVEL) > 0) {
        out->level = find_level(reader, table, row, item);
        sound = sound && out->level != BATON_NONE;
    }
    if (!csv_number(table, row, COUNT, NULL, &out->count))
        return false;
    if (out->count < 0) {
        csv_report(table, BATON_COUNT_BAD, row, COUNT, csv_text(table, row, COUNT), NULL, NULL,
                   NULL);
        return false;
    }
    const bool is_worth = !isnan(out->points) || out->level != BATON_NONE || !isnan(item->points) ||
                          item->points_rule.text != NULL || item->kind == BATON_VETO;
    if (sound && !is_worth) {
        csv_report(table, BATON_POINTS_MISSING, row, POINTS, item->id, levels_of(reader, item),
                   NULL, NULL);
        return false;
    }
    return sound;
}

static bool read_row(struct package_reader *reader, const struct csv_table *table, uint32_t row,
                     struct baton_adjustment *out) {
    *out = (struct baton_adjustment){
        .unit = package_find_unit(reader, csv_text(table, row, UNIT), csv_size(table, row, UNIT),
                                  csv_where(table, row, UNIT)),
        .item = find_item(reader, table, row),
        .level = BATON_NONE,
        .points = NAN,
        .count = 1,
        .honour = csv_optional(table, row, HONOUR),
        .issued_day = INT32_MIN,
        .reason = csv_optional(table, row, REASON),
        .document = csv_optional(table, row, DOCUMENT),
        .at = csv_where_row(table, row),
    };
    bool sound = out->unit != BATON_NONE && out->item != BATON_NONE;
    sound = is_filled(table, row, PERIOD) && csv_period(table, row, PERIOD, &out->period) && sound;
    sound = csv_date(table, row, ISSUED, &out->issued_day) && sound;
    sound = is_filled(table, row, REASON) && sound;
    if (out->item != BATON_NONE)
        sound = read_worth(reader, table, row, out) && sound;
    return sound;
}

baton_code adjustments_read(struct package_reader *reader) {
    struct csv_table table;
    TRY(csv_table_read(reader->source, "adjustments.csv", false, LIMIT_TABLE_SIZE, columns, COLUMNS,
                       &table, reader->found));
    struct baton_adjustment *adjustment =
        arena_alloc_raw(reader->arena, table.row_count, sizeof *adjustment);
    uint32_t count = 0;
    for (uint32_t row = 0; row < table.row_count; row++)
        count += read_row(reader, &table, row, &adjustment[count]);
    reader->scheme->adjustment = adjustment;
    reader->scheme->adjustment_count = count;
    return BATON_OK;
}
