/* The table of a group: a row for each unit, in the order of the ranks, with formulas wherever they come to the engine's numbers. Numbers
 * are exact, shown at their decimals; the total is as it is published and ranked. With --rounded there are no formulas, since rounded
 * parts do not make up what was rounded once. */
#include "base/writer.h"
#include "report/layout.h"
#include "report/result_workbook_parts.h"
#include "report/words.h"
#include <math.h>
#include <string.h>

enum { NAMES_MOST = 3 }; /* leaves that a note names */

/* A unit being written. */
struct row {
    struct result_book *result;
    struct group_sheet *group;
    struct formula_columns columns;
    struct formula_unit of;
    char formula[FORMULA_SIZE];
};

static double score_of(const struct row *row, uint32_t node) {
    const struct baton_result *result = row->result->view->result;
    return result->score[(size_t)node * result->stride + row->of.unit];
}

/* So many decimals that what is shown is what the scheme's rounding gives: more than it publishes where it rounds otherwise than
 * spreadsheets show. */
static uint8_t shown_decimals(const struct row *row, double number, int decimals) {
    enum { MORE = 2, MOST = 9 };
    const struct result_view *view = row->result->view;
    const int least = decimals > 0 ? decimals : 0;
    const int wider = least + MORE < MOST ? least + MORE : MOST;
    if (view->rounded)
        return (uint8_t)least;
    if (view->scheme->rounding == BATON_ROUND_DOWN)
        return (uint8_t)wider;
    return (
        uint8_t)(baton_number_equal_bits(baton_number_round(number, least, BATON_ROUND_HALF_AWAY),
                                         result_rounded(view, number, least))
                     ? least
                     : wider);
}

static struct book_look number_look(const struct row *row, double number, uint32_t node) {
    const int decimals = baton_result_decimals(row->result->view->session, node, row->group->group);
    return (struct book_look){
        .number = BOOK_FIXED, .decimals = shown_decimals(row, number, decimals), .border = true};
}

/* A number with its formula, where it has one. */
static void put(struct row *row, uint32_t column, double number, uint32_t node, bool has_formula,
                struct book_look look) {
    const struct result_view *view = row->result->view;
    if (view->rounded)
        number = result_rounded(view, number,
                                baton_result_decimals(view->session, node, row->group->group));
    if (has_formula)
        book_formula(row->group->sheet, row->of.row, column, row->formula, number, look);
    else
        book_number(row->group->sheet, row->of.row, column, number, look);
    row->result->formulas += has_formula;
    row->result->plain += !has_formula;
}

/* Why there is no number. */
static void put_absent(const struct row *row, uint32_t column, uint32_t node) {
    const struct result_view *view = row->result->view;
    const uint16_t notes = baton_result_has_row(view->session, node, row->of.unit)
                               ? result_notes(view, node, row->of.unit)
                               : BATON_NOTE_NA;
    book_text(row->group->sheet, row->of.row, column,
              words_absent(notes, row->result->book->language),
              (struct book_look){.align = LXW_ALIGN_CENTER, .border = true});
}

static void put_rank(const struct row *row, uint32_t column) {
    const uint32_t rank = row->result->view->result->rank[row->of.unit];
    struct book_look look = {.align = LXW_ALIGN_CENTER, .number = BOOK_FIXED, .border = true};
    look.decimals = rank % 2;
    if (rank == 0)
        book_text(row->group->sheet, row->of.row, column, "—",
                  (struct book_look){.align = LXW_ALIGN_CENTER, .border = true});
    else
        book_number(row->group->sheet, row->of.row, column, rank / 2.0, look);
}

static void put_change(const struct row *row, uint32_t column) {
    const struct result_view *view = row->result->view;
    const uint32_t rank = view->result->rank[row->of.unit];
    const uint32_t earlier = baton_result_earlier_rank(view->session, 0, row->of.unit);
    struct book_look look = {.align = LXW_ALIGN_CENTER, .number = BOOK_CHANGE, .border = true};
    if (rank == 0 || earlier == 0) {
        look.number = BOOK_TEXT;
        book_text(row->group->sheet, row->of.row, column,
                  rank == 0 ? "" : book_words(row->result->book, "new", "新"), look);
        return;
    }
    look.decimals = (earlier + rank) % 2;
    look.mark = earlier > rank ? BOOK_RISES : earlier < rank ? BOOK_FALLS : 0;
    book_number(row->group->sheet, row->of.row, column, ((double)earlier - (double)rank) / 2, look);
}

static void put_total(struct row *row, uint32_t column) {
    int decimals;
    const double total = result_published(row->result->view, 0, row->of.unit, &decimals);
    if (isnan(total)) {
        put_absent(row, column, 0);
        return;
    }
    struct book_look look = {.fill = BOOK_FILL_TOTAL,
                             .number = BOOK_FIXED,
                             .decimals = (uint8_t)(decimals > 0 ? decimals : 0),
                             .bold = true,
                             .border = true};
    put(row, column, total, 0, !row->result->view->rounded && formula_total(&row->of, row->formula),
        look);
}

static void put_adjustment(struct row *row, uint32_t column, enum column_kind kind) {
    const struct result_view *view = row->result->view;
    const uint32_t unit = row->of.unit;
    const double number = kind == COLUMN_BASE    ? view->result->base[unit]
                          : kind == COLUMN_BONUS ? view->result->bonus[unit]
                                                 : view->result->deduction[unit];
    if (isnan(view->result->base[unit])) {
        put_absent(row, column, 0);
        return;
    }
    const bool has_formula =
        kind == COLUMN_BASE && !view->rounded && formula_base(&row->of, row->formula);
    put(row, column, number, 0, has_formula, number_look(row, number, 0));
    row->result->plain -= kind != COLUMN_BASE;
}

static void put_node(struct row *row, const struct workbook_column *column, uint32_t at) {
    const struct result_view *view = row->result->view;
    const uint32_t node = column->node;
    const bool is_leaf = view->scheme->node[node].child_count == 0;
    const bool formulas = !view->rounded;
    const bool has_row = baton_result_has_row(view->session, node, row->of.unit);
    if (column->kind == COLUMN_WEIGHT) {
        const double weight = has_row ? row->of.share[node] : 0;
        put(row, at, weight, node, false,
            (struct book_look){.number = BOOK_GENERAL, .border = true});
        row->result->plain--;
        return;
    }
    const double number =
        column->kind == COLUMN_POINTS ? row->of.points[node] : score_of(row, node);
    if (!has_row || isnan(number)) {
        put_absent(row, at, node);
        return;
    }
    struct book_look look = number_look(row, number, node);
    if (is_leaf) {
        const uint32_t rating = baton_result_rating(view->session, node, row->of.unit);
        if (rating != BATON_NONE) {
            look.fill =
                book_rating_fill(rating, view->scheme->group[row->group->group].ratings.count);
            look.mark = (uint8_t)(1 + (rating < WORDS_MARKS ? rating : WORDS_MARKS - 1));
        }
    } else if (view->scheme->node[node].level == 1) {
        look.bold = column->kind == COLUMN_POINTS;
        look.fill = BOOK_FILL_TOTAL;
    }
    if (column->kind == COLUMN_POINTS) {
        put(row, at, number, node, formulas && formula_points(&row->of, node, row->formula), look);
        return;
    }
    put(row, at, number, node, !is_leaf && formulas && formula_score(&row->of, node, row->formula),
        look);
    row->result->plain -= is_leaf;
}

static void put_rating(const struct row *row, const struct workbook_column *column, uint32_t at) {
    const struct result_view *view = row->result->view;
    uint32_t count = 0;
    for (uint32_t n = 1; n < view->scheme->node_count; n++)
        count += view->scheme->node[n].child_count == 0 &&
                 baton_result_has_row(view->session, n, row->of.unit) &&
                 baton_result_rating(view->session, n, row->of.unit) == column->index;
    book_number(
        row->group->sheet, row->of.row, at, count > 0 ? (double)count : (double)NAN,
        (struct book_look){.align = LXW_ALIGN_CENTER, .number = BOOK_FIXED, .border = true});
}

/* Names the leaves of the unit with that note: a few, and how many more. */
static void say_leaves(const struct result_book *result, uint32_t unit, unsigned note,
                       struct writer *text) {
    const struct book *book = result->book;
    uint32_t count = 0;
    for (uint32_t n = 1; n < result->scheme->node_count; n++) {
        if (result->scheme->node[n].child_count > 0 ||
            !baton_result_has_row(result->view->session, n, unit) ||
            (result_notes(result->view, n, unit) >> note & 1) == 0)
            continue;
        if (count == 0)
            writer_printf(text, book_words(book, "%s%s: ", "%s%s："),
                          text->used > 0 ? book_words(book, "; ", "；") : "",
                          baton_note_meaning(note, book->language));
        if (count < NAMES_MOST)
            writer_printf(text, "%s%s", count > 0 ? book_words(book, ", ", "、") : "",
                          book_node(book, n));
        count++;
    }
    if (count > NAMES_MOST)
        writer_printf(text, book_words(book, " and %u more", "等%u项"),
                      book->zh ? count : count - NAMES_MOST);
}

const char *workbook_unit_notes(const struct result_book *result, uint32_t unit) {
    const struct book *book = result->book;
    const uint16_t notes = result_notes(result->view, 0, unit);
    const uint16_t of_leaves = BATON_NOTE_PENDING | BATON_NOTE_MISSING | BATON_NOTE_NO_TARGET |
                               BATON_NOTE_ZERO | BATON_NOTE_IMPUTED;
    struct writer *text = writer_memory(result->arena);
    for (unsigned i = 0; i < BATON_NOTES; i++) {
        const uint16_t bit = (uint16_t)(1u << i);
        if ((of_leaves & bit) != 0)
            say_leaves(result, unit, i, text);
        else if ((notes & bit) != 0 && (bit & (BATON_NOTE_NA | BATON_NOTE_REDISTRIBUTED)) == 0)
            writer_printf(text, "%s%s", text->used > 0 ? book_words(book, "; ", "；") : "",
                          baton_note_meaning(i, book->language));
    }
    return writer_text_of(text);
}

/* Broken into lines, for which the row is made high enough. */
static void put_notes(const struct row *row, uint32_t at) {
    const char *text = workbook_unit_notes(row->result, row->of.unit);
    book_text(row->group->sheet, row->of.row, at, text,
              (struct book_look){.border = true, .wrap = true});
    book_widen(row->group->sheet, at, layout_width(text));
    if (layout_width(text) + 2 > NOTES_WIDTH)
        worksheet_set_row(row->group->sheet->sheet, row->of.row, book_lines(text, NOTES_WIDTH - 2),
                          NULL);
}

static void put_cell(struct row *row, uint32_t at) {
    const struct workbook_column *column = &row->group->column[at];
    struct book_sheet *sheet = row->group->sheet;
    switch (column->kind) {
    case COLUMN_RANK:
        put_rank(row, at);
        break;
    case COLUMN_CHANGE:
        put_change(row, at);
        break;
    case COLUMN_UNIT:
        book_text(sheet, row->of.row, at, book_unit(row->result->book, row->of.unit),
                  BOOK_TEXT_LOOK);
        break;
    case COLUMN_TOTAL:
        put_total(row, at);
        break;
    case COLUMN_GRADE: {
        const struct baton_grade *grade = result_grade(row->result->view, row->of.unit);
        book_text(sheet, row->of.row, at,
                  grade == NULL
                      ? "—"
                      : baton_text_in(&grade->title, row->result->book->language, grade->id),
                  (struct book_look){.align = LXW_ALIGN_CENTER, .border = true});
        break;
    }
    case COLUMN_BASE:
    case COLUMN_BONUS:
    case COLUMN_DEDUCTION:
        put_adjustment(row, at, column->kind);
        break;
    case COLUMN_POINTS:
    case COLUMN_SCORE:
    case COLUMN_WEIGHT:
        put_node(row, column, at);
        break;
    case COLUMN_RATING:
        put_rating(row, column, at);
        break;
    case COLUMN_NOTES:
        put_notes(row, at);
        break;
    }
}

void workbook_group(struct result_book *result, uint32_t group, const uint32_t *units,
                    uint32_t count) {
    struct group_sheet *on =
        ARRAY_PUSH(result->arena, result->group, result->groups, result->group_capacity);
    on->group = group;
    on->units = units;
    on->count = count;
    workbook_choose_columns(result, on);
    on->sheet = book_add(result->book, book_group(result->book, group), on->columns);
    workbook_heads(result, on);
    double *share = arena_alloc(result->arena, result->scheme->node_count, sizeof(double));
    double *points = arena_alloc(result->arena, result->scheme->node_count, sizeof(double));
    struct row *row = arena_alloc(result->arena, 1, sizeof *row);
    row->result = result;
    row->group = on;
    row->columns = (struct formula_columns){on->points,           on->score,
                                            on->weight,           on->at[COLUMN_BASE],
                                            on->at[COLUMN_BONUS], on->at[COLUMN_DEDUCTION]};
    for (uint32_t i = 0; i < count; i++) {
        const struct arena_mark mark = arena_mark(result->arena);
        baton_result_points(result->view->session, units[i], share, points);
        result->is_shown[units[i]] = true;
        row->of = (struct formula_unit){result->view,      &row->columns, group, units[i],
                                        on->first_row + i, share,         points};
        for (uint32_t c = 0; c < on->columns; c++)
            put_cell(row, c);
        arena_reset_to(result->arena, mark);
    }
    workbook_column_widths(result, on);
}
