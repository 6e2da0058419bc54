/* A result as CSV.
 *
 * Results are long (millions of rows), so what rows share is made once: the text before the unit's own, of each node
 * its columns, and the texts of numbers that repeat from unit to unit, which weights nearly always do. */
#include "report/result_csv.h"
#include <math.h>

void csv_field(struct writer *writer, const char *text) {
    const size_t size = strlen(text);
    bool plain = size == 0 || (text[0] != ' ' && text[size - 1] != ' ');
    for (size_t i = 0; plain && i < size; i++)
        plain = text[i] != ',' && text[i] != '"' && text[i] != '\n' && text[i] != '\r';
    if (plain) {
        writer_put(writer, text, size);
        return;
    }
    writer_char(writer, '"');
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '"')
            writer_char(writer, '"');
        writer_char(writer, text[i]);
    }
    writer_char(writer, '"');
}

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

struct csv {
    const struct result_view *view;
    struct writer *writer;
    struct baton_arena *arena;
    uint32_t nodes;
    const struct baton_grade *first_grade; /* of the group */
    struct piece *node;        /* [nodes + 1] ",id,level,"; the last is that of `base` */
    struct remembered *weight; /* [nodes + 1] */
    uint32_t *of;              /* [nodes + 1] of the group */
    uint8_t *decimals;         /* [nodes + 1] of the group */
    struct piece *rating, *grade; /* of the group */
    struct writer *scratch;    /* what csv->unit is made in */
    struct piece unit;         /* "period,group,unit" */
    double *share, *points;    /* [nodes] of the unit */
    struct piece notes[1 << 8]; /* texts of the notes that came up, by the mask's hash */
    uint16_t mask[1 << 8];
};

static struct piece piece_of(struct baton_arena *arena, const char *before, const char *text, const char *behind) {
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
static char *put_value(struct csv *csv, char *to, uint32_t leaf, uint32_t unit) {
    const struct baton_scheme *scheme = csv->view->scheme;
    const double value = baton_result_value(csv->view->session, leaf, unit);
    if (isnan(value) || !scheme->element[scheme->node[leaf].element].is_code)
        return put_number(to, value);
    csv->writer->used += (size_t)(to - (csv->writer->buffer + csv->writer->used));
    csv_field(csv->writer, scheme->code[(size_t)value]);
    return writer_room(csv->writer);
}

static char *put_ranks(const struct csv *csv, char *to, uint32_t node, uint32_t unit, uint32_t column) {
    const uint32_t rank = result_rank(csv->view, node, unit);
    if (rank != 0)
        to = put_half(to, rank);
    *to++ = ',';
    to = put_count(to, csv->of[column]);
    *to++ = ',';
    const uint32_t earlier = rank == 0 ? 0 : baton_result_earlier_rank(csv->view->session, node, unit);
    if (earlier != 0) {
        if (earlier < rank)
            *to++ = '-';
        to = put_half(to, earlier < rank ? rank - earlier : earlier - rank);
    }
    *to++ = ',';
    return to;
}

/* The row of a node; node BATON_NONE is `base`. */
static void row(struct csv *csv, uint32_t node, uint32_t unit) {
    const struct result_view *view = csv->view;
    const bool is_base = node == BATON_NONE;
    const uint32_t column = is_base ? csv->nodes : node;
    const uint8_t decimals = csv->decimals[column];
    const double score =
        is_base ? view->result->base[unit] : view->result->score[(size_t)node * view->result->stride + unit];
    const bool is_leaf = !is_base && view->scheme->node[node].child_count == 0;
    struct writer *writer = csv->writer;
    char *to = writer_room(writer);
    to = put_piece(to, csv->unit);
    to = put_piece(to, csv->node[column]);
    if (is_leaf)
        to = put_value(csv, to, node, unit);
    *to++ = ',';
    to = put_score(csv, to, score, decimals);
    *to++ = ',';
    to = put_remembered(csv, &csv->weight[column], to, csv->share[is_base ? 0 : node], decimals);
    *to++ = ',';
    to = put_score(csv, to, is_base ? score : csv->points[node], decimals);
    *to++ = ',';
    to = put_ranks(csv, to, node, unit, column);
    const uint32_t rating = is_leaf ? baton_result_rating(view->session, node, unit) : BATON_NONE;
    if (rating != BATON_NONE)
        to = put_piece(to, csv->rating[rating]);
    *to++ = ',';
    const struct baton_grade *grade = node == 0 ? result_grade(view, unit) : NULL;
    if (grade != NULL)
        to = put_piece(to, csv->grade[grade - csv->first_grade]);
    *to++ = ',';
    const uint16_t notes = result_notes(view, node, unit);
    if (notes != 0)
        to = put_piece(to, notes_text(csv, notes));
    *to++ = '\n';
    writer->used = (size_t)(to - writer->buffer);
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

static void unit_rows(struct csv *csv, const char *before, uint32_t unit) {
    const struct result_view *view = csv->view;
    csv->scratch->used = 0;
    writer_text(csv->scratch, before);
    csv_field(csv->scratch, view->scheme->unit[unit].id);
    csv->unit = (struct piece){csv->scratch->buffer, csv->scratch->used};
    baton_result_points(view->session, unit, csv->share, csv->points);
    row(csv, 0, unit);
    if (result_has_base(view))
        row(csv, BATON_NONE, unit);
    for (uint32_t n = 1; n < csv->nodes; n++)
        if (baton_result_has_row(view->session, n, unit))
            row(csv, n, unit);
}

static struct csv *csv_open(struct baton_arena *arena, const struct result_view *view, struct writer *writer) {
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
    csv->share = arena_alloc(arena, nodes, sizeof(double));
    csv->points = arena_alloc(arena, nodes, sizeof(double));
    for (uint32_t n = 0; n < nodes; n++)
        csv->node[n] =
            piece_of(arena, ",", scheme->node[n].id, arena_printf(arena, ",%u,", scheme->node[n].level));
    csv->node[nodes] = piece_of(arena, ",", "base", ",0,");
    return csv;
}

void result_csv(struct baton_arena *arena, const struct result_view *view, struct writer *writer, uint32_t *done) {
    struct csv *csv = csv_open(arena, view, writer);
    uint32_t *units = result_units_room(arena, view);
    char period[BATON_PERIOD_NAME_SIZE];
    baton_period_format(view->result->period, period);
    writer_text(writer, "period,group,unit,node,level,value,score,weight,points,rank,of,rank_change,rating,grade,notes\n");
    for (uint32_t g = 0; g < view->scheme->group_count; g++) {
        if (!result_has_group(view, g))
            continue;
        begin_group(csv, g);
        const char *before = piece_of(arena, arena_printf(arena, "%s,", period), view->scheme->group[g].id, ",").text;
        const uint32_t count = result_units(view, g, units);
        for (uint32_t i = 0; i < count && writer->error == 0; i++) {
            unit_rows(csv, before, units[i]);
            if (done != NULL)
                __atomic_fetch_add(done, 1, __ATOMIC_RELAXED);
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
        if (!result_has_group(view, award[i].group) || (view->unit != BATON_NONE && view->unit != award[i].unit))
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
