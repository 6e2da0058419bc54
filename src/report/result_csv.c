/* A result as CSV.
 *
 * Results are long (millions of rows), so what rows share is made once: the text before the unit's own, of each node
 * its columns, and the texts of numbers that repeat from unit to unit, which weights nearly always do. Units are printed by
 * rank, and what is known of them stands by node, far apart; so the cells of some units at a time are gathered first,
 * node by node, where one unit's need not wait for the other's to come from memory. */
#include "report/result_csv.h"
#include "base/csv_field.h"
#include <math.h>

/* A piece of a row that is the same in many. */
struct piece {
    const char *text;
    size_t size;
};

/* A number that may repeat: its last value and what was printed for it. */
struct remembered {
    double number;
    uint8_t size; /* 0 = nothing remembered */
    char text[BATON_NUMBER_FIXED_SIZE];
};

/* What is known of a node of a unit; node 0 is the total, the one behind the last is `base`. */
struct cell {
    double score, value, share, points;
    uint32_t rank, earlier, rating;
    uint16_t notes;
    bool has_row;
};

enum { BLOCK = 32 }; /* units whose cells are gathered at once */

struct csv {
    const struct result_view *view;
    struct writer *writer;
    struct baton_arena *arena;
    uint32_t nodes;
    const struct baton_grade *first_grade; /* of the group */
    struct piece *node;           /* [nodes + 1] ",id,level,"; the last is that of `base` */
    struct remembered *weight;    /* [nodes + 1] */
    uint32_t *of;                 /* [nodes + 1] of the group */
    uint8_t *decimals;            /* [nodes + 1] of the group */
    struct piece *rating, *grade; /* of the group */
    struct writer *scratch;       /* what csv->unit is made in */
    struct piece unit;            /* "period,group,unit" */
    struct cell *cell;            /* [nodes + 1][BLOCK] */
    double *share, *points;       /* [nodes] of a unit */
    struct piece notes[1 << 8];   /* texts of the notes that came up, by the mask's hash */
    uint16_t mask[1 << 8];
};

static struct piece piece_of(struct baton_arena *arena, const char *before, const char *text,
                             const char *behind) {
    struct writer *writer = writer_memory(arena);
    writer_text(writer, before);
    csv_field(writer, text);
    writer_text(writer, behind);
    const size_t size = writer->used;
    return (struct piece){arena_text(arena, writer->buffer, size), size};
}

static char *put_piece(char *to, struct piece piece) {
    memcpy(to, piece.text, piece.size);
    return to + piece.size;
}

static char *put_count(char *to, uint32_t count) {
    char digits[10];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + count % 10);
        count /= 10;
    } while (count > 0);
    memcpy(to, digits + at, sizeof digits - at);
    return to + sizeof digits - at;
}

/* Half of a number: ranks are kept doubled, those of ties may lie between two. */
static char *put_half(char *to, uint32_t doubled) {
    to = put_count(to, doubled / 2);
    if (doubled % 2 != 0) {
        *to++ = '.';
        *to++ = '5';
    }
    return to;
}

static char *put_number(char *to, double number) {
    return to + baton_number_shortest(number, to);
}

static char *put_score(const struct csv *csv, char *to, double number, uint8_t decimals) {
    if (!csv->view->rounded)
        return put_number(to, number);
    return to + baton_number_fixed(result_rounded(csv->view, number, decimals), decimals, to);
}

static char *put_remembered(const struct csv *csv, struct remembered *last, char *to, double number,
                            uint8_t decimals) {
    if (last->size == 0 || !baton_number_equal_bits(last->number, number)) {
        last->number = number;
        last->size = (uint8_t)(put_score(csv, last->text, number, decimals) - last->text);
    }
    memcpy(to, last->text, last->size);
    return to + last->size;
}

/* "na clamped" of a mask of notes; texts are made once. */
static struct piece notes_text(struct csv *csv, uint16_t mask) {
    const unsigned at = (mask ^ mask >> 7) & 0xff;
    if (csv->notes[at].text == NULL || csv->mask[at] != mask) {
        struct writer *writer = writer_memory(csv->arena);
        for (unsigned i = 0; i < BATON_NOTES; i++)
            if ((mask >> i & 1) != 0) {
                if (writer->used > 0)
                    writer_char(writer, ' ');
                writer_text(writer, baton_note_name(i));
            }
        const size_t size = writer->used;
        csv->notes[at] = (struct piece){arena_text(csv->arena, writer->buffer, size), size};
        csv->mask[at] = mask;
    }
    return csv->notes[at];
}

/* The leaf's derived figure; a code as its text. */
static char *put_value(const struct csv *csv, char *to, uint32_t leaf, double value) {
    const struct baton_scheme *scheme = csv->view->scheme;
    if (isnan(value))
        return to;
    if (!scheme->element[scheme->node[leaf].element].is_code)
        return put_number(to, value);
    csv->writer->used = (size_t)(to - csv->writer->buffer);
    (csv->view->exact ? csv_field : csv_cell)(csv->writer, scheme->code[(size_t)value]);
    return writer_room(csv->writer);
}

static char *put_ranks(const struct csv *csv, char *to, const struct cell *cell, uint32_t column) {
    const uint32_t rank = cell->rank, earlier = cell->earlier;
    if (rank != 0)
        to = put_half(to, rank);
    *to++ = ',';
    to = put_count(to, csv->of[column]);
    *to++ = ',';
    if (rank != 0 && earlier != 0) {
        if (earlier < rank)
            *to++ = '-';
        to = put_half(to, earlier < rank ? rank - earlier : earlier - rank);
    }
    *to++ = ',';
    return to;
}

static void row(struct csv *csv, uint32_t column, const struct cell *cell,
                const struct baton_grade *grade) {
    const uint8_t decimals = csv->decimals[column];
    const bool is_leaf =
        column > 0 && column < csv->nodes && csv->view->scheme->node[column].child_count == 0;
    struct writer *writer = csv->writer;
    char *to = writer_room(writer);
    to = put_piece(to, csv->unit);
    to = put_piece(to, csv->node[column]);
    if (is_leaf)
        to = put_value(csv, to, column, cell->value);
    *to++ = ',';
    to = put_score(csv, to, cell->score, decimals);
    *to++ = ',';
    to = put_remembered(csv, &csv->weight[column], to, cell->share, decimals);
    *to++ = ',';
    to = put_score(csv, to, cell->points, decimals);
    *to++ = ',';
    to = put_ranks(csv, to, cell, column);
    if (cell->rating != BATON_NONE)
        to = put_piece(to, csv->rating[cell->rating]);
    *to++ = ',';
    if (grade != NULL)
        to = put_piece(to, csv->grade[grade - csv->first_grade]);
    *to++ = ',';
    if (cell->notes != 0)
        to = put_piece(to, notes_text(csv, cell->notes));
    *to++ = '\n';
    writer->used = (size_t)(to - writer->buffer);
}

static void gather_node(struct csv *csv, uint32_t node, const uint32_t *units, uint32_t count) {
    const struct result_view *view = csv->view;
    const struct baton_result *result = view->result;
    const size_t first = (size_t)node * result->stride;
    const bool is_leaf = view->scheme->node[node].child_count == 0;
    struct cell *cell = csv->cell + (size_t)node * BLOCK;
    /* Short loops, so that many units' memory is waited for at the same time. */
    for (uint32_t i = 0; i < count; i++)
        cell[i].score = result->score[first + units[i]];
    for (uint32_t i = 0; i < count; i++)
        cell[i].rank = result->rank[first + units[i]];
    for (uint32_t i = 0; i < count; i++)
        cell[i].notes = result->note == NULL || !result_shows(view, node, units[i])
                            ? 0
                            : result->note[first + units[i]];
    for (uint32_t i = 0; i < count; i++)
        cell[i].value = is_leaf ? baton_result_value(view->session, node, units[i]) : NAN;
    for (uint32_t i = 0; i < count; i++) {
        cell[i].has_row = baton_result_has_row(view->session, node, units[i]) &&
                          result_shows(view, node, units[i]);
        cell[i].earlier = baton_result_earlier_rank(view->session, node, units[i]);
        cell[i].rating = is_leaf ? baton_result_rating(view->session, node, units[i]) : BATON_NONE;
    }
}

static void gather_base(struct csv *csv, const uint32_t *units, uint32_t count) {
    const struct result_view *view = csv->view;
    struct cell *cell = csv->cell + (size_t)csv->nodes * BLOCK;
    for (uint32_t i = 0; i < count; i++)
        cell[i] =
            (struct cell){.score = view->result->base[units[i]],
                          .value = NAN,
                          .points = view->result->base[units[i]],
                          .rank = view->result->base_rank[units[i]],
                          .earlier = baton_result_earlier_rank(view->session, BATON_NONE, units[i]),
                          .rating = BATON_NONE,
                          .has_row = true};
}

static void gather(struct csv *csv, const uint32_t *units, uint32_t count) {
    const bool has_base = result_has_base(csv->view);
    for (uint32_t n = 0; n < csv->nodes; n++)
        gather_node(csv, n, units, count);
    if (has_base)
        gather_base(csv, units, count);
    for (uint32_t i = 0; i < count; i++) {
        baton_result_points(csv->view->session, units[i], csv->share, csv->points);
        for (uint32_t n = 0; n < csv->nodes; n++) {
            csv->cell[(size_t)n * BLOCK + i].share = csv->share[n];
            csv->cell[(size_t)n * BLOCK + i].points = csv->points[n];
        }
        if (has_base)
            csv->cell[(size_t)csv->nodes * BLOCK + i].share = csv->share[0];
    }
}

static void begin_group(struct csv *csv, uint32_t group) {
    const struct result_view *view = csv->view;
    const struct baton_ratings *ratings = &view->scheme->group[group].ratings;
    for (uint32_t n = 0; n <= csv->nodes; n++) {
        const bool is_base = n == csv->nodes;
        csv->of[n] = is_base && !result_has_base(view)
                         ? 0
                         : baton_result_of(view->session, is_base ? BATON_NONE : n, group);
        csv->decimals[n] = (uint8_t)baton_result_decimals(view->session, is_base ? 0 : n, group);
        csv->weight[n].size = 0;
    }
    csv->rating = arena_alloc(csv->arena, ratings->count + 1, sizeof *csv->rating);
    for (uint32_t i = 0; i < ratings->count; i++)
        csv->rating[i] = piece_of(csv->arena, "", ratings->item[i].id, "");
    if (view->scheme->group[group].grades == BATON_NONE)
        return;
    const struct baton_grades *grades = &view->scheme->grades[view->scheme->group[group].grades];
    csv->first_grade = grades->item;
    csv->grade = arena_alloc(csv->arena, grades->count + 1, sizeof *csv->grade);
    for (uint32_t i = 0; i < grades->count; i++)
        csv->grade[i] = piece_of(csv->arena, "", grades->item[i].id, "");
}

static void unit_rows(struct csv *csv, const char *before, uint32_t unit, const struct cell *cell) {
    const struct result_view *view = csv->view;
    csv->scratch->used = 0;
    writer_text(csv->scratch, before);
    csv_field(csv->scratch, view->scheme->unit[unit].id);
    csv->unit = (struct piece){csv->scratch->buffer, csv->scratch->used};
    row(csv, 0, cell, result_grade(view, unit));
    if (result_has_base(view) && result_shows(view, 0, unit))
        row(csv, csv->nodes, cell + (size_t)csv->nodes * BLOCK, NULL);
    for (uint32_t n = 1; n < csv->nodes; n++)
        if (cell[(size_t)n * BLOCK].has_row)
            row(csv, n, cell + (size_t)n * BLOCK, NULL);
}

static struct csv *csv_open(struct baton_arena *arena, const struct result_view *view,
                            struct writer *writer) {
    const struct baton_scheme *scheme = view->scheme;
    const uint32_t nodes = scheme->node_count;
    struct csv *csv = arena_alloc(arena, 1, sizeof *csv);
    csv->view = view;
    csv->writer = writer;
    csv->arena = arena;
    csv->nodes = nodes;
    csv->scratch = writer_memory(arena);
    csv->node = arena_alloc(arena, nodes + (size_t)1, sizeof *csv->node);
    csv->weight = arena_alloc(arena, nodes + (size_t)1, sizeof *csv->weight);
    csv->of = arena_alloc(arena, nodes + (size_t)1, sizeof *csv->of);
    csv->decimals = arena_alloc(arena, nodes + (size_t)1, 1);
    csv->cell = arena_alloc(arena, (nodes + (size_t)1) * BLOCK, sizeof *csv->cell);
    csv->share = arena_alloc(arena, nodes, sizeof(double));
    csv->points = arena_alloc(arena, nodes, sizeof(double));
    for (uint32_t n = 0; n < nodes; n++)
        csv->node[n] = piece_of(arena, ",", scheme->node[n].id,
                                arena_printf(arena, ",%u,", scheme->node[n].level));
    csv->node[nodes] = piece_of(arena, ",", "base", ",0,");
    return csv;
}

void result_csv(struct baton_arena *arena, const struct result_view *view, struct writer *writer,
                _Atomic uint32_t *done) {
    struct csv *csv = csv_open(arena, view, writer);
    uint32_t *units = result_units_room(arena, view);
    char period[BATON_PERIOD_NAME_SIZE];
    baton_period_format(view->result->period, period);
    writer_text(writer, "period,group,unit,node,level,value,score,weight,points,rank,of,rank_"
                        "change,rating,grade,notes\n");
    for (uint32_t g = 0; g < view->scheme->group_count; g++) {
        if (!result_has_group(view, g))
            continue;
        begin_group(csv, g);
        const char *before =
            piece_of(arena, arena_printf(arena, "%s,", period), view->scheme->group[g].id, ",")
                .text;
        const uint32_t count = result_units(view, g, units);
        for (uint32_t i = 0; i < count && writer->error == 0; i += BLOCK) {
            const uint32_t block = count - i < BLOCK ? count - i : BLOCK;
            gather(csv, units + i, block);
            for (uint32_t j = 0; j < block; j++)
                unit_rows(csv, before, units[i + j], csv->cell + j);
            if (done != NULL)
                *done += block;
        }
    }
}

void result_csv_awards(const struct result_view *view, struct writer *writer) {
    const struct baton_scheme *scheme = view->scheme;
    char period[BATON_PERIOD_NAME_SIZE];
    baton_period_format(view->result->period, period);
    writer_text(writer, "period,award,group,unit,place,by\n");
    uint32_t count;
    const struct baton_award_row *award = baton_result_awards(view->session, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!result_has_group(view, award[i].group) ||
            (view->unit != BATON_NONE && view->unit != award[i].unit))
            continue;
        writer_printf(writer, "%s,", period);
        csv_field(writer, scheme->award[award[i].award].id);
        writer_char(writer, ',');
        csv_field(writer, scheme->group[award[i].group].id);
        writer_char(writer, ',');
        csv_field(writer, scheme->unit[award[i].unit].id);
        writer_printf(writer, ",%u,", award[i].place);
        writer_number(writer, award[i].by);
        writer_char(writer, '\n');
    }
}
