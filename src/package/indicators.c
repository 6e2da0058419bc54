/* indicators.csv. The rows become a tree in two steps: parents are looked up and circles opened;
 * then the nodes are laid out in depth, siblings in official order. Only then is it known which are
 * leaves, and with that what their other columns mean. */
#include "base/limits.h"
#include "package/csv.h"
#include "package/indicators_internal.h"
#include "package/tables.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct csv_column columns[INDICATOR_COLUMNS] = {
    [INDICATOR_ID] = {"id", true},
    [INDICATOR_NAME] = {"name", true},
    [INDICATOR_NAME_EN] = {"name_en", false},
    [INDICATOR_PARENT] = {"parent", false},
    [INDICATOR_WEIGHT] = {"weight", true},
    [INDICATOR_KIND] = {"kind", false},
    [INDICATOR_CLASS] = {"class", false},
    [INDICATOR_DIRECTION] = {"direction", false},
    [INDICATOR_METHOD] = {"method", false},
    [INDICATOR_VALUE] = {"value", false},
    [INDICATOR_ACCUMULATE] = {"accumulate", false},
    [INDICATOR_DUE] = {"due", false},
    [INDICATOR_WHEN] = {"when", false},
    [INDICATOR_LO] = {"lo", false},
    [INDICATOR_HI] = {"hi", false},
    [INDICATOR_MISSING] = {"missing", false},
    [INDICATOR_TREAT] = {"treat", false},
    [INDICATOR_AGGREGATE] = {"aggregate", false},
    [INDICATOR_DECIMALS] = {"decimals", false},
    [INDICATOR_FREQUENCY] = {"frequency", false},
    [INDICATOR_ORDER] = {"order", false},
    [INDICATOR_SOURCE] = {"source", false},
    [INDICATOR_VERIFIER] = {"verifier", false},
    [INDICATOR_MEASURE] = {"measure", false},
    [INDICATOR_BASIS] = {"basis", false},
    [INDICATOR_EVIDENCE] = {"evidence", false},
};

/* A row on its way into the tree. */
struct entry {
    uint32_t row;    /* of the table */
    uint32_t parent; /* entry; BATON_NONE = the root */
    double order;
    uint32_t first_child, next, child_count; /* in the order of the file, later of the tree */
    uint32_t walk;                           /* for finding circles */
};

/* Takes the rows with sound and new ids; reader->node gets their entries for now. */
static struct entry *take_rows(struct package_reader *reader, const struct csv_table *table,
                               uint32_t *count) {
    struct entry *entry = arena_alloc(reader->arena, table->row_count, sizeof *entry);
    *count = 0;
    for (uint32_t row = 0; row < table->row_count; row++) {
        const char *id = csv_text(table, row, INDICATOR_ID);
        const uint32_t size = csv_size(table, row, INDICATOR_ID);
        if (!package_id_is_sound(reader, id, size, csv_where(table, row, INDICATOR_ID)))
            continue;
        const uint32_t first = hash_add(reader->arena, &reader->node, id, size, *count);
        if (first != *count) {
            csv_report(table, BATON_ID_DOUBLED, row, INDICATOR_ID, id,
                       package_count(reader->arena, table->line[entry[first].row]), NULL, NULL);
            continue;
        }
        entry[*count] = (struct entry){.row = row,
                                       .parent = BATON_NONE,
                                       .order = NAN,
                                       .first_child = BATON_NONE,
                                       .next = BATON_NONE};
        csv_number(table, row, INDICATOR_ORDER, NULL, &entry[*count].order);
        (*count)++;
    }
    return entry;
}

static const char *id_of(const struct csv_table *table, const struct entry *entry) {
    return csv_text(table, entry->row, INDICATOR_ID);
}

/* Prints the circle of parents that begins and ends at an entry, and opens it there. */
static void report_circle(const struct csv_table *table, struct entry *entry, uint32_t start) {
    const char *text = id_of(table, &entry[start]);
    uint32_t at = start;
    do {
        at = entry[at].parent;
        text = arena_printf(table->arena, "%s -> %s", text, id_of(table, &entry[at]));
    } while (at != start && strlen(text) < LIMIT_FIELD_SIZE);
    csv_report(table, BATON_PARENT_CYCLE, entry[start].row, INDICATOR_PARENT, text, NULL, NULL,
               NULL);
    entry[start].parent = BATON_NONE;
}

static void find_parents(struct package_reader *reader, const struct csv_table *table,
                         struct entry *entry, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        const char *parent = csv_text(table, entry[i].row, INDICATOR_PARENT);
        const uint32_t size = csv_size(table, entry[i].row, INDICATOR_PARENT);
        if (size > 0 && strcmp(parent, "total") != 0)
            entry[i].parent = package_find_node(reader, parent, size,
                                                csv_where(table, entry[i].row, INDICATOR_PARENT));
    }
    for (uint32_t start = 0; start < count; start++) {
        uint32_t at = start;
        while (at != BATON_NONE && entry[at].walk == 0) {
            entry[at].walk = start + 1;
            at = entry[at].parent;
        }
        if (at == BATON_NONE || entry[at].walk != start + 1)
            continue;
        uint32_t first = at;
        for (uint32_t i = entry[at].parent; i != at; i = entry[i].parent)
            first = i < first ? i : first;
        report_circle(table, entry, first);
    }
}

/* By order (none last), then by row. */
static int compare_siblings(const void *left, const void *right) {
    const struct entry *a = *(const struct entry *const *)left,
                       *b = *(const struct entry *const *)right;
    if (isnan(a->order) != isnan(b->order))
        return isnan(a->order) ? 1 : -1;
    if (a->order < b->order || a->order > b->order)
        return a->order < b->order ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

/* Chains the children of every entry, in official order; *first_root and *root_count are those of
 * the root. */
static void chain_children(struct baton_arena *arena, struct entry *entry, uint32_t count,
                           uint32_t *first_root, uint32_t *root_count) {
    const struct entry **sorted = arena_alloc_raw(arena, count, sizeof *sorted);
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = &entry[i];
    if (count > 1)
        qsort(sorted, count, sizeof *sorted, compare_siblings);
    *first_root = BATON_NONE;
    *root_count = 0;
    for (uint32_t i = count; i-- > 0;) { // from the last on, each goes before those that are there
        const uint32_t at = (uint32_t)(sorted[i] - entry);
        const uint32_t parent = entry[at].parent;
        uint32_t *const first = parent == BATON_NONE ? first_root : &entry[parent].first_child;
        entry[at].next = *first;
        *first = at;
        (*(parent == BATON_NONE ? root_count : &entry[parent].child_count))++;
    }
}

struct layout {
    struct package_reader *reader;
    const struct csv_table *table;
    const struct entry *entry;
    struct baton_node *node;
    uint32_t *row_of; /* by node */
    uint32_t *index;  /* room for all lists of children */
    uint32_t index_count;
};

/* Lays out the children of a node and everything below them. */
static void lay_out(struct layout *to, uint32_t parent, uint32_t first_child, uint32_t count,
                    uint32_t level) {
    uint32_t *child = to->index + to->index_count;
    to->index_count += count;
    to->node[parent].child = child;
    to->node[parent].child_count = count;
    struct baton_scheme *scheme = to->reader->scheme;
    for (uint32_t i = first_child; i != BATON_NONE; i = to->entry[i].next) {
        const uint32_t at = scheme->node_count++;
        *child++ = at;
        to->row_of[at] = to->entry[i].row;
        to->node[at] = (struct baton_node){
            .id = id_of(to->table, &to->entry[i]), .parent = parent, .level = level};
        uint32_t below = to->entry[i].child_count, first_below = to->entry[i].first_child;
        if (below > 0 && level == LIMIT_NODE_LEVEL) {
            csv_report(to->table, BATON_TREE_TOO_DEEP, to->entry[first_below].row, INDICATOR_PARENT,
                       id_of(to->table, &to->entry[first_below]),
                       package_count(to->reader->arena, LIMIT_NODE_LEVEL), NULL, NULL);
            below = 0;
            first_below = BATON_NONE;
        }
        lay_out(to, at, first_below, below, level + 1);
    }
}

struct named {
    const char *id;
    uint32_t node;
};

static int compare_ids(const void *left, const void *right) {
    return strcmp(((const struct named *)left)->id, ((const struct named *)right)->id);
}

/* Fills in child_by_id. */
static void sort_by_id(struct baton_arena *arena, struct baton_scheme *scheme) {
    uint32_t *index = arena_alloc_raw(arena, scheme->node_count, sizeof *index);
    struct named *named = arena_alloc_raw(arena, scheme->node_count, sizeof *named);
    for (uint32_t i = 0; i < scheme->node_count; i++) {
        struct baton_node *node = &scheme->node[i];
        for (uint32_t k = 0; k < node->child_count; k++)
            named[k] = (struct named){scheme->node[node->child[k]].id, node->child[k]};
        if (node->child_count > 1)
            qsort(named, node->child_count, sizeof *named, compare_ids);
        for (uint32_t k = 0; k < node->child_count; k++)
            index[k] = named[k].node;
        node->child_by_id = index;
        index += node->child_count;
    }
}

/* Gives the ids the indices of their nodes in the place of their entries. */
static void index_nodes(struct package_reader *reader, const uint32_t *row_of, uint32_t row_count,
                        const struct entry *entry) {
    uint32_t *node_of = arena_alloc_raw(reader->arena, row_count, sizeof *node_of);
    for (uint32_t row = 0; row < row_count; row++)
        node_of[row] = BATON_NONE; // the rows of levels that are too deep
    for (uint32_t i = 1; i < reader->scheme->node_count; i++)
        node_of[row_of[i]] = i;
    for (size_t i = 0; i < reader->node.count; i++)
        reader->node.key[i].value = node_of[entry[reader->node.key[i].value].row];
}

static void read_tree(struct package_reader *reader, const struct csv_table *table,
                      uint32_t *row_of) {
    struct baton_scheme *scheme = reader->scheme;
    uint32_t count, first_root, root_count;
    struct entry *entry = take_rows(reader, table, &count);
    find_parents(reader, table, entry, count);
    chain_children(reader->arena, entry, count, &first_root, &root_count);
    scheme->node = arena_alloc(reader->arena, (size_t)count + 1, sizeof *scheme->node);
    struct layout laid = {
        .reader = reader,
        .table = table,
        .entry = entry,
        .node = scheme->node,
        .row_of = row_of,
        .index = arena_alloc_raw(reader->arena, count, sizeof *laid.index),
    };
    scheme->node_count = 1;
    scheme->node[0] = (struct baton_node){.id = "total", .parent = BATON_NONE};
    lay_out(&laid, 0, first_root, root_count, 1);
    sort_by_id(reader->arena, scheme);
    index_nodes(reader, row_of, table->row_count, entry);
}

baton_code indicators_read(struct package_reader *reader) {
    const size_t errors = reader->found->errors;
    struct csv_table table;
    TRY(csv_table_read(reader->source, "indicators.csv", true, LIMIT_TABLE_SIZE, columns,
                       INDICATOR_COLUMNS, &table, reader->found));
    uint32_t *row_of = arena_alloc(reader->arena, (size_t)table.row_count + 1, sizeof *row_of);
    read_tree(reader, &table, row_of);
    indicator_fields_read(reader, &table, row_of);
    if (table.there && table.row_count == 0 && reader->found->errors == errors)
        baton_findings_add(reader->found, BATON_TABLE_WITHOUT_ROWS,
                           (struct baton_where){.file = table.file}, NULL, NULL, NULL, NULL);
    return BATON_OK;
}
