/* An explanation as a tree for people.
 *
 *     经济发展 economy  得分 91.20  第 2 名，共 7 个  ▲1
 *     ├─ 条款  第四条 经济发展〔documents/districts.md:17〕
 *     └─ 合成  算术加权平均：Σ 权重 × 得分 / Σ 权重
 *        └─ 代入  (4 × 90 + 3 × 92.8) / (4 + 3) = 91.2
 *
 * Each line is put together in memory, broken to the width, and written with the guides of the tree before each piece.
 * Indicators that are only listed stand in columns. */
#include "report/clause_words.h"
#include "report/document.h"
#include "report/explain_report.h"
#include "report/layout.h"
#include "report/paint.h"
#include "report/words.h"
#include <math.h>

/* What a list tells of an indicator: that its score is not made of a figure of its own. */
enum {
    NOTES_LISTED = BATON_NOTE_NO_TARGET | BATON_NOTE_ZERO | BATON_NOTE_IMPUTED |
                   BATON_NOTE_REDISTRIBUTED | BATON_NOTE_VETOED
};
enum {
    TEXT_LEAST = 30, /* columns that a line's text has at least, however deep it stands */
    HANG = 2
};

struct tree {
    struct baton_arena *arena;
    const struct explain_view *view;
    const struct baton_scheme *scheme;
    struct writer *writer, *line, *broken;
    bool zh, lists;    /* some indicator was only listed */
    size_t hang;       /* columns by which what follows of a broken line is indented */
    const char **told; /* clauses whose words were written */
    size_t told_count, told_capacity;
};

__attribute__((format_arg(2), format_arg(3))) static const char *words(const struct tree *tree,
                                                                       const char *en,
                                                                       const char *zh) {
    return tree->zh ? zh : en;
}

static const char *name_of(const struct tree *tree, const struct baton_text *name, const char *id) {
    return name == NULL ? id : baton_text_in(name, tree->view->language, id);
}

/* ---- A line of the tree. */

static void put_guide(const struct tree *tree, const char *guide) {
    paint_text(tree->writer, tree->view->colour, PAINT_DIM, guide);
}

/* Writes what stands in tree->line: `first` before its first piece, `next` before the others. The last `dim` bytes of it are
 * dimmed, where they stand on one line. */
static void write_broken(struct tree *tree, const char *first, const char *next, size_t dim,
                         enum paint paint) {
    const bool colour = tree->view->colour;
    const size_t used = layout_width(next), width = tree->view->width;
    tree->broken->used = 0;
    layout_wrap(tree->broken, writer_text_of(tree->line), 0, tree->hang,
                width > used + TEXT_LEAST ? width - used : TEXT_LEAST);
    const char *piece = writer_text_of(tree->broken);
    const char *const tail = tree->line->buffer + tree->line->used - dim;
    for (const char *end; *piece != '\0'; piece = *end == '\n' ? end + 1 : end, first = next) {
        end = strchr(piece, '\n');
        end = end != NULL ? end : piece + strlen(piece);
        const size_t size = (size_t)(end - piece);
        const bool ends = dim > 0 && size >= dim && memcmp(end - dim, tail, dim) == 0;
        put_guide(tree, first);
        paint_begin(tree->writer, colour, paint);
        writer_put(tree->writer, piece, size - (ends ? dim : 0));
        paint_end(tree->writer, colour, paint);
        if (ends)
            paint_text(tree->writer, colour, PAINT_DIM, tail);
        writer_text(tree->writer, "\n");
    }
}

/* A row of a table, or the fact that stands behind it. */
static void put_row_place(struct tree *tree, const char *file, uint32_t row) {
    const struct explain_view *view = tree->view;
    struct baton_fact fact;
    if (row > 0 && view->fact != NULL && view->fact(view->context, tree->arena, file, row, &fact))
        writer_text(tree->line, explain_fact(tree->arena, &fact, view->language));
    else if (row > 0)
        writer_printf(tree->line, "%s:%u", file, row);
    else
        writer_text(tree->line, file);
}

/* Adds where something was written: 〔targets.csv:12〕; returns its size. */
static size_t put_place(struct tree *tree, const struct explain_line *line) {
    const struct explain_view *view = tree->view;
    const size_t before = tree->line->used;
    const char *between = words(tree, " [", "〔");
    if (line->at.file != NULL) {
        writer_text(tree->line, between);
        put_row_place(tree, line->at.file, line->at.row);
        between = words(tree, ", ", "，");
    }
    if (line->origin != 0) {
        struct baton_observation row;
        const bool is_there = view->observation != NULL &&
                              view->observation(view->context, tree->arena, line->origin, &row);
        writer_text(tree->line, between);
        put_row_place(tree, is_there ? row.file : "observations.csv", line->origin);
        between = words(tree, ", ", "，");
        if (is_there) {
            const char *const said[] = {row.source, row.document};
            for (size_t i = 0; i < LENGTH(said); i++)
                if (said[i] != NULL)
                    writer_printf(tree->line, "%s%s", between, said[i]);
            for (uint32_t i = 0; i < row.also_count; i++)
                writer_printf(tree->line, "%s%s=%s", between, row.also_name[i], row.also_text[i]);
        }
    }
    if (tree->line->used == before)
        return 0;
    writer_text(tree->line, words(tree, "]", "〕"));
    return tree->line->used - before;
}

/* ---- Indicators. */

/* The name and the id, which --node takes. */
static void put_name(const struct tree *tree, const struct explain_line *line, struct writer *out) {
    const char *const name = name_of(tree, line->name, line->id);
    writer_text(out, name);
    if (strcmp(name, line->id) != 0)
        writer_printf(out, " %s", line->id);
}

static void put_score(struct tree *tree, const struct explain_node *node, struct writer *out) {
    if (isnan(node->published))
        writer_text(out, words_absent(node->notes, tree->view->language));
    else
        writer_fixed(out, node->published, node->decimals);
}

static void put_half(struct writer *out, uint32_t twice) {
    writer_count(out, twice / 2);
    if (twice % 2 != 0)
        writer_text(out, ".5");
}

static void put_change(struct writer *out, const struct explain_node *node) {
    if (node->rank_twice == 0 || node->earlier_rank_twice == 0)
        return;
    const bool rises = node->earlier_rank_twice > node->rank_twice;
    writer_text(out, node->earlier_rank_twice == node->rank_twice ? "—" : rises ? "▲" : "▼");
    if (node->earlier_rank_twice != node->rank_twice)
        put_half(out, rises ? node->earlier_rank_twice - node->rank_twice
                            : node->rank_twice - node->earlier_rank_twice);
}

static const struct baton_rating *rating_of(const struct tree *tree,
                                            const struct explain_node *node) {
    const uint32_t group = tree->scheme->unit[tree->view->unit].group;
    return node->rating == BATON_NONE ? NULL
                                      : &tree->scheme->group[group].ratings.item[node->rating];
}

/* Notes in words. */
static void put_notes(struct tree *tree, uint16_t notes, struct writer *out) {
    const char *between = words(tree, "  (", "（");
    for (unsigned i = 0; i < BATON_NOTES; i++) {
        if ((notes >> i & 1) == 0)
            continue;
        writer_text(out, between);
        writer_text(out, baton_note_meaning(i, tree->view->language));
        between = words(tree, "; ", "；");
    }
    if (notes != 0)
        writer_text(out, words(tree, ")", "）"));
}

/* What stands before a node that is told: name, score, rank, change, rating or grade, notes. */
static void put_heading(struct tree *tree, const struct explain_line *line) {
    const struct explain_node *node = line->node;
    struct writer *out = tree->line;
    if (node->node == 0)
        writer_text(out, words(tree, "Total", "总分"));
    else
        put_name(tree, line, out);
    if (!node->has_row)
        return;
    writer_text(out, "  ");
    put_score(tree, node, out);
    if (node->rank_twice != 0) {
        writer_text(out, words(tree, "  rank ", "  第 "));
        put_half(out, node->rank_twice);
        writer_printf(out, words(tree, " of %u", " 名，共 %u 个"), node->of);
    }
    if (node->rank_twice != 0 && node->earlier_rank_twice != 0)
        writer_text(out, "  ");
    put_change(out, node);
    const struct baton_rating *rating = rating_of(tree, node);
    if (rating != NULL)
        writer_printf(out, "  %s %s", words_mark(node->rating),
                      name_of(tree, &rating->title, rating->id));
    if (node->grade != NULL)
        writer_printf(out, "  %s", name_of(tree, &node->grade->title, node->grade->id));
    put_notes(tree, node->notes, out);
}

/* ---- Indicators that are only listed, in columns. */

enum {
    LISTED_NAME,
    LISTED_WEIGHT,
    LISTED_SHARE,
    LISTED_SCORE,
    LISTED_POINTS,
    LISTED_RANK,
    LISTED_MORE,
    LISTED_COLUMNS
};

/* A cell; `guide` stands before the name. */
static const char *cell(struct tree *tree, const struct explain_line *line, int column,
                        const char *guide) {
    const struct explain_node *node = line->node;
    struct writer *out = tree->broken;
    out->used = 0;
    switch (column) {
    case LISTED_NAME:
        writer_text(out, guide);
        put_name(tree, line, out);
        break;
    case LISTED_WEIGHT:
        if (!isnan(node->weight))
            writer_number(out, baton_number_sig12(node->weight));
        break;
    case LISTED_SHARE:
        writer_fixed(out, node->share, 4);
        break;
    case LISTED_SCORE:
        put_score(tree, node, out);
        break;
    case LISTED_POINTS:
        if (!isnan(node->points))
            writer_fixed(out, node->points, 4);
        break;
    case LISTED_RANK:
        if (node->rank_twice != 0) {
            put_half(out, node->rank_twice);
            writer_printf(out, "/%u", node->of);
        }
        break;
    default:
        if (rating_of(tree, node) != NULL)
            writer_text(out, words_mark(node->rating));
        put_notes(tree, node->notes & NOTES_LISTED, out);
    }
    return arena_text(tree->arena, out->buffer, out->used);
}

static void put_row(struct tree *tree, const char *const text[LISTED_COLUMNS],
                    const size_t width[LISTED_COLUMNS], const char *first, const char *next,
                    enum paint paint) {
    tree->broken->used = 0;
    for (int c = 0; c < LISTED_COLUMNS; c++) {
        if (c > 0)
            writer_text(tree->broken, "  ");
        layout_pad(tree->broken, text[c], c < LISTED_MORE ? width[c] : 0,
                   c == LISTED_NAME ? ALIGN_LEFT : ALIGN_RIGHT);
    }
    tree->line->used = 0;
    writer_text(tree->line, writer_text_of(tree->broken));
    while (tree->line->used > 0 && tree->line->buffer[tree->line->used - 1] == ' ')
        tree->line->used--;
    write_broken(tree, first, next, 0, paint);
}

static bool is_listed(const struct explain_line *line) {
    return line != NULL && line->kind == EXPLAIN_NODE && !line->node->told;
}

/* The guide of a listed indicator below another one. */
static const char *inner_guide(const struct explain_line *line) {
    return line->next == NULL ? "└─ " : "├─ ";
}

static void widen(struct tree *tree, const struct explain_line *line, const char *guide,
                  size_t width[LISTED_COLUMNS]) {
    for (int c = 0; c < LISTED_MORE; c++) {
        const size_t own = layout_width(cell(tree, line, c, guide));
        width[c] = own > width[c] ? own : width[c];
    }
    for (const struct explain_line *below = line->first; below != NULL; below = below->next)
        widen(tree, below, inner_guide(below), width);
}

static void write_listed_line(struct tree *tree, const struct explain_line *line, const char *guide,
                              const size_t width[LISTED_COLUMNS], const char *first,
                              const char *next) {
    const char *text[LISTED_COLUMNS];
    for (int c = 0; c < LISTED_COLUMNS; c++)
        text[c] = cell(tree, line, c, guide);
    put_row(tree, text, width, first, next, line->first != NULL ? PAINT_STRONG : PAINT_PLAIN);
    for (const struct explain_line *below = line->first; below != NULL; below = below->next)
        write_listed_line(tree, below, inner_guide(below), width, next, next);
}

/* Writes the listed indicators from `line` on; returns the line behind them. */
static const struct explain_line *write_listed(struct tree *tree, const struct explain_line *line,
                                               const char *prefix) {
    static const char *const heads[LISTED_COLUMNS][2] = {{"indicator", "指标"},
                                                         {"weight", "权重"},
                                                         {"of the total", "占总分"},
                                                         {"score", "得分"},
                                                         {"points", "分值"},
                                                         {"rank", "名次"},
                                                         {"", ""}};
    const char *head[LISTED_COLUMNS];
    size_t width[LISTED_COLUMNS];
    const struct explain_line *end = line;
    for (int c = 0; c < LISTED_COLUMNS; c++) {
        head[c] = heads[c][tree->view->language];
        width[c] = layout_width(head[c]);
    }
    for (; is_listed(end); end = end->next)
        widen(tree, end, "", width);
    tree->lists = true;
    const char *const down = arena_printf(tree->arena, "%s│  ", prefix);
    put_row(tree, head, width, down, down, PAINT_DIM);
    for (; line != end; line = line->next) {
        const bool last = line->next == NULL;
        write_listed_line(tree, line, "", width,
                          arena_printf(tree->arena, "%s%s", prefix, last ? "└─ " : "├─ "),
                          last ? arena_printf(tree->arena, "%s   ", prefix) : down);
    }
    return end;
}

/* ---- The tree. */

/* Whether the words of a clause stand above already; from now on they do. */
static bool is_told(struct tree *tree, const char *basis) {
    for (size_t i = 0; i < tree->told_count; i++)
        if (strcmp(tree->told[i], basis) == 0)
            return true;
    *ARRAY_PUSH(tree->arena, tree->told, tree->told_count, tree->told_capacity) = basis;
    return false;
}

/* The words of a clause, without the marks of Markdown. */
static void write_words(struct tree *tree, const struct baton_clause *clause, const char *next) {
    struct clause_reader reader = {clause->text, clause->text + clause->size};
    struct clause_piece piece;
    while (clause_next(tree->arena, &reader, &piece)) {
        const char *text = document_plain(tree->arena, piece.text);
        const char *const inner =
            arena_printf(tree->arena, "%s   %*s", next, (int)(2 * piece.depth), "");
        for (const char *end; *text != '\0'; text = *end == '\n' ? end + 1 : end) {
            end = text + strcspn(text, "\n");
            tree->line->used = 0;
            writer_text(tree->line, piece.kind == CLAUSE_ITEM ? "- " : "");
            writer_put(tree->line, text, (size_t)(end - text));
            tree->hang = piece.kind == CLAUSE_ITEM ? 2 : 0;
            write_broken(tree, inner, inner, 0, PAINT_DIM);
        }
    }
    tree->hang = HANG;
}

/* A clause: its heading, and its words where they are asked for, once. */
static void write_clause(struct tree *tree, const struct explain_line *line, const char *first,
                         const char *next) {
    const struct explain_view *view = tree->view;
    struct baton_clause clause;
    const bool known = view->clause != NULL && view->clause(view->context, line->id, &clause);
    const bool wanted = known && view->clauses && clause.size > 0;
    const bool told = wanted && is_told(tree, line->id);
    writer_printf(tree->line, "%s  %s", explain_entry(line->kind)->label[view->language],
                  known ? clause.title : line->id);
    if (told)
        writer_text(tree->line, words(tree, " (its words stand above)", "（原文见上）"));
    struct explain_line place = *line;
    if (known)
        place.at = (struct baton_where){.file = clause.file, .row = clause.row};
    write_broken(tree, first, next, put_place(tree, &place), PAINT_PLAIN);
    if (wanted && !told)
        write_words(tree, &clause, next);
}

static void write_below(struct tree *tree, const struct explain_line *line, const char *prefix);

/* A line with all below it; `first` stands before it, `next` before whatever follows of it. */
static void write_line(struct tree *tree, const struct explain_line *line, const char *first,
                       const char *next) {
    tree->line->used = 0;
    if (line->kind == EXPLAIN_CLAUSE) {
        write_clause(tree, line, first, next);
        return;
    }
    if (line->kind == EXPLAIN_NODE) {
        put_heading(tree, line);
        write_broken(tree, first, next, 0, PAINT_STRONG);
    } else {
        const char *const label = explain_entry(line->kind)->label[tree->view->language];
        if (label[0] != '\0')
            writer_printf(tree->line, "%s  ", label);
        explain_put_words(tree->view, line, tree->line);
        write_broken(tree, first, next, put_place(tree, line), PAINT_PLAIN);
    }
    write_below(tree, line, next);
}

static void write_below(struct tree *tree, const struct explain_line *line, const char *prefix) {
    for (const struct explain_line *child = line->first; child != NULL;) {
        if (is_listed(child)) {
            child = write_listed(tree, child, prefix);
            continue;
        }
        const bool last = child->next == NULL;
        write_line(tree, child, arena_printf(tree->arena, "%s%s", prefix, last ? "└─ " : "├─ "),
                   arena_printf(tree->arena, "%s%s", prefix, last ? "   " : "│  "));
        child = child->next;
    }
}

/* Whose score of what this is. */
static void write_head(struct tree *tree) {
    const struct explain_view *view = tree->view;
    const struct baton_unit *unit = &tree->scheme->unit[view->unit];
    const struct baton_group *group = &tree->scheme->group[unit->group];
    const bool colour = view->colour;
    paint_text(tree->writer, colour, PAINT_STRONG,
               name_of(tree, &tree->scheme->title, tree->scheme->id));
    writer_printf(
        tree->writer, "  %s",
        words_period(tree->arena, baton_session_result(view->session)->period, view->language));
    if (view->as_of_day != INT32_MAX)
        writer_printf(tree->writer, words(tree, ", as of %s", "（截至%s）"),
                      words_day(tree->arena, view->as_of_day, view->language));
    writer_text(tree->writer, "\n");
    paint_text(tree->writer, colour, PAINT_STRONG, name_of(tree, &unit->name, unit->id));
    writer_printf(tree->writer, " %s  %s\n\n", unit->id, name_of(tree, &group->title, group->id));
}

void explain_text(struct baton_arena *arena, const struct explain_view *view,
                  struct writer *writer) {
    struct tree tree = {.arena = arena,
                        .view = view,
                        .scheme = baton_session_scheme(view->session),
                        .writer = writer,
                        .line = writer_memory(arena),
                        .broken = writer_memory(arena),
                        .hang = HANG,
                        .zh = view->language == BATON_ZH};
    write_head(&tree);
    write_line(&tree, view->line, "", "");
    if (tree.lists && view->hint != NULL) {
        writer_text(writer, "\n");
        tree.line->used = 0;
        writer_text(tree.line, view->hint);
        write_broken(&tree, "", "", 0, PAINT_DIM);
    }
}
