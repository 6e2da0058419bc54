/* targets.csv and weights.csv: rows for a unit, a group or everybody, of which each pair with an
 * indicator (and period) may have one only. */
#include "base/limits.h"
#include "package/csv.h"
#include "package/tables.h"
#include <math.h>
#include <string.h>

/* Whom a row is for. */
struct receiver {
    uint32_t unit, group; /* both BATON_NONE: everybody */
};

/* Reads a unit's id, `group:ID`, or `*` where `everybody` may be meant. */
static bool read_receiver(struct package_reader *reader, const struct csv_table *table,
                          uint32_t row, uint32_t column, bool everybody, struct receiver *out) {
    static const char prefix[] = "group:";
    const char *text = csv_text(table, row, column);
    const uint32_t size = csv_size(table, row, column), prefix_size = sizeof prefix - 1;
    const struct baton_where at = csv_where(table, row, column);
    *out = (struct receiver){BATON_NONE, BATON_NONE};
    if (everybody && strcmp(text, "*") == 0)
        return true;
    if (size > prefix_size && memcmp(text, prefix, prefix_size) == 0) {
        out->group = package_find_group(reader, text + prefix_size, size - prefix_size, at);
        return out->group != BATON_NONE;
    }
    out->unit = package_find_unit(reader, text, size, at);
    return out->unit != BATON_NONE;
}

/* What makes two rows say the same; without padding, as its bytes are compared. */
struct row_key {
    uint32_t unit, group, node, period;
};

/* Says whether a row is the first of its key; another is a finding. */
static bool is_first(struct package_reader *reader, const struct csv_table *table,
                     struct hash *keys, struct row_key key, uint32_t row, const char *what) {
    if (hash_find(keys, (const char *)&key, sizeof key) == HASH_NONE) {
        struct row_key *kept = arena_alloc_raw(reader->arena, 1, sizeof *kept);
        *kept = key;
        hash_add(reader->arena, keys, (const char *)kept, sizeof *kept, row);
        return true;
    }
    const uint32_t first = hash_find(keys, (const char *)&key, sizeof key);
    baton_findings_add(reader->found, BATON_ROW_DOUBLED, csv_where_row(table, row),
                       package_count(reader->arena, table->line[first]), what, NULL, NULL);
    return false;
}

enum {
    TARGET_UNIT,
    TARGET_INDICATOR,
    TARGET_PERIOD,
    TARGET_TARGET,
    TARGET_BASELINE,
    TARGET_COLUMNS
};
static const struct csv_column target_columns[TARGET_COLUMNS] = {
    [TARGET_UNIT] = {"unit", true},          [TARGET_INDICATOR] = {"indicator", true},
    [TARGET_PERIOD] = {"period", true},      [TARGET_TARGET] = {"target", true},
    [TARGET_BASELINE] = {"baseline", false},
};

static bool read_target(struct package_reader *reader, const struct csv_table *table, uint32_t row,
                        struct baton_target *out) {
    struct receiver receiver;
    bool sound = read_receiver(reader, table, row, TARGET_UNIT, true, &receiver);
    *out = (struct baton_target){
        .unit = receiver.unit,
        .group = receiver.group,
        .node = package_find_node(reader, csv_text(table, row, TARGET_INDICATOR),
                                  csv_size(table, row, TARGET_INDICATOR),
                                  csv_where(table, row, TARGET_INDICATOR)),
        .target = NAN,
        .baseline = NAN,
        .at = csv_where_row(table, row),
    };
    const char *measure = NULL;
    if (out->node == BATON_NONE) {
        sound = false;
    } else if (reader->scheme->node[out->node].child_count > 0) {
        csv_report(table, BATON_TARGET_OF_INNER, row, TARGET_INDICATOR,
                   csv_text(table, row, TARGET_INDICATOR), NULL, NULL, NULL);
        sound = false;
    } else {
        measure = reader->scheme->node[out->node].measure;
    }
    if (csv_size(table, row, TARGET_PERIOD) == 0)
        csv_report(table, BATON_FIELD_EMPTY, row, TARGET_PERIOD, "period", NULL, NULL, NULL);
    csv_period(table, row, TARGET_PERIOD, &out->period);
    const bool numbers = csv_number(table, row, TARGET_TARGET, measure, &out->target) &&
                         csv_number(table, row, TARGET_BASELINE, measure, &out->baseline);
    if (numbers && isnan(out->target) && isnan(out->baseline)) {
        csv_report(table, BATON_FIELD_EMPTY, row, TARGET_TARGET, "target", NULL, NULL, NULL);
        return false;
    }
    return sound && numbers && out->period.kind != BATON_PERIOD_NONE;
}

/* `unit indicator period` of a row, for a message. */
static const char *fields_of(const struct csv_table *table, uint32_t row, uint32_t count) {
    const char *text = csv_text(table, row, 0);
    for (uint32_t i = 1; i < count; i++)
        text = arena_printf(table->arena, "%s, %s", text, csv_text(table, row, i));
    return text;
}

baton_code targets_read(struct package_reader *reader) {
    struct csv_table table;
    TRY(csv_table_read(reader->source, "targets.csv", false, LIMIT_UNITS_SIZE, target_columns,
                       TARGET_COLUMNS, &table, reader->found));
    struct baton_target *target = arena_alloc_raw(reader->arena, table.row_count, sizeof *target);
    struct hash keys = {0};
    uint32_t count = 0;
    for (uint32_t row = 0; row < table.row_count; row++) {
        struct baton_target *to = &target[count];
        if (!read_target(reader, &table, row, to))
            continue;
        const struct row_key key = {to->unit, to->group, to->node, baton_period_key(to->period)};
        count += is_first(reader, &table, &keys, key, row, fields_of(&table, row, 3));
    }
    reader->scheme->target = target;
    reader->scheme->target_count = count;
    return BATON_OK;
}

enum { WEIGHT_FOR, WEIGHT_INDICATOR, WEIGHT_WEIGHT, WEIGHT_COLUMNS };
static const struct csv_column weight_columns[WEIGHT_COLUMNS] = {
    [WEIGHT_FOR] = {"for", true},
    [WEIGHT_INDICATOR] = {"indicator", true},
    [WEIGHT_WEIGHT] = {"weight", true},
};

static bool read_weight(struct package_reader *reader, const struct csv_table *table, uint32_t row,
                        struct baton_weight *out) {
    struct receiver receiver;
    bool sound = read_receiver(reader, table, row, WEIGHT_FOR, false, &receiver);
    *out = (struct baton_weight){
        .unit = receiver.unit,
        .group = receiver.group,
        .node = package_find_node(reader, csv_text(table, row, WEIGHT_INDICATOR),
                                  csv_size(table, row, WEIGHT_INDICATOR),
                                  csv_where(table, row, WEIGHT_INDICATOR)),
        .weight = NAN,
        .at = csv_where_row(table, row),
    };
    sound = sound && out->node != BATON_NONE;
    if (csv_size(table, row, WEIGHT_WEIGHT) == 0) {
        csv_report(table, BATON_FIELD_EMPTY, row, WEIGHT_WEIGHT, "weight", NULL, NULL, NULL);
        return false;
    }
    if (!csv_number(table, row, WEIGHT_WEIGHT, NULL, &out->weight))
        return false;
    if (out->weight < 0) {
        csv_report(table, BATON_WEIGHT_NEGATIVE, row, WEIGHT_WEIGHT,
                   csv_text(table, row, WEIGHT_WEIGHT), NULL, NULL, NULL);
        return false;
    }
    if (sound && out->unit != BATON_NONE && reader->scheme->unit[out->unit].group == BATON_NONE)
        csv_report(table, BATON_RANKED_ONLY, row, WEIGHT_FOR, csv_text(table, row, WEIGHT_FOR),
                   NULL, NULL, NULL);
    return sound;
}

baton_code weights_read(struct package_reader *reader) {
    struct csv_table table;
    TRY(csv_table_read(reader->source, "weights.csv", false, LIMIT_UNITS_SIZE, weight_columns,
                       WEIGHT_COLUMNS, &table, reader->found));
    struct baton_weight *weight = arena_alloc_raw(reader->arena, table.row_count, sizeof *weight);
    struct hash keys = {0};
    uint32_t count = 0;
    for (uint32_t row = 0; row < table.row_count; row++) {
        struct baton_weight *to = &weight[count];
        if (!read_weight(reader, &table, row, to))
            continue;
        const struct row_key key = {to->unit, to->group, to->node, 0};
        count += is_first(reader, &table, &keys, key, row, fields_of(&table, row, 2));
    }
    reader->scheme->weight = weight;
    reader->scheme->weight_count = count;
    return BATON_OK;
}
