/* The scheme by its clauses: which indicators rest on each, and, where they are asked for, its words. */
#include "report/annex_parts.h"
#include "report/clause_words.h"
#include <string.h>

struct cited {
    const char *basis;
    struct baton_clause clause;
    bool known;
    uint32_t first;       /* the first node that cites it */
    struct writer *names; /* of those that do */
};

static size_t find(const struct cited *cited, size_t count, const char *basis) {
    size_t i = 0;
    while (i < count && strcmp(cited[i].basis, basis) != 0)
        i++;
    return i;
}

/* By document, then by the line of the heading; what is not found at the end, by the first that cites it. */
static bool comes_before(const struct cited *a, const struct cited *b) {
    if (a->known != b->known)
        return a->known;
    const int files = a->known ? strcmp(a->clause.file, b->clause.file) : 0;
    if (files != 0)
        return files < 0;
    return a->known && a->clause.row != b->clause.row ? a->clause.row < b->clause.row
                                                      : a->first < b->first;
}

static void sort(struct cited *cited, size_t count) {
    for (size_t i = 1; i < count; i++) {
        const struct cited moved = cited[i];
        size_t at = i;
        for (; at > 0 && comes_before(&moved, &cited[at - 1]); at--)
            cited[at] = cited[at - 1];
        cited[at] = moved;
    }
}

static struct cited *collect(const struct annex *annex, size_t *count) {
    const struct annex_view *view = annex->view;
    struct cited *cited = NULL;
    size_t capacity = 0;
    *count = 0;
    for (uint32_t n = 1; n < annex->scheme->node_count; n++) {
        const char *const basis = annex->scheme->node[n].basis;
        if (basis == NULL || !annex->used[n])
            continue;
        const size_t i = find(cited, *count, basis);
        if (i == *count) {
            struct cited *const added = ARRAY_PUSH(annex->arena, cited, *count, capacity);
            *added =
                (struct cited){.basis = basis, .first = n, .names = writer_memory(annex->arena)};
            added->known =
                view->clause != NULL && view->clause(view->context, basis, &added->clause);
        }
        writer_text(cited[i].names, cited[i].names->used > 0 ? annex_in(annex, ", ", "、") : "");
        writer_text(cited[i].names, annex_node_name(annex, n));
    }
    sort(cited, *count);
    return cited;
}

static void put_words(const struct annex *annex, const struct baton_clause *clause) {
    struct clause_reader reader = {clause->text, clause->text + clause->size};
    struct clause_piece piece;
    while (clause_next(annex->arena, &reader, &piece))
        if (piece.kind == CLAUSE_ITEM)
            document_quote_item(annex->document, piece.depth, piece.text);
        else
            document_quote(annex->document, piece.text);
}

/* Each clause with its words. */
static void put_full(const struct annex *annex, const struct cited *cited, size_t count) {
    for (size_t i = 0; i < count; i++) {
        document_heading(annex->document, 2,
                         cited[i].known ? cited[i].clause.title
                                        : annex_code(annex, cited[i].basis));
        document_paragraph(
            annex->document,
            annex_say(annex, "Rests on it: %s. Written in: %s.", "据此设定的指标：%s。文件：%s。",
                      writer_text_of(cited[i].names),
                      annex_code(annex, cited[i].known ? cited[i].clause.file : cited[i].basis)));
        if (cited[i].known)
            put_words(annex, &cited[i].clause);
    }
}

static void put_list(const struct annex *annex, const struct cited *cited, size_t count) {
    const struct document_column columns[] = {
        {.title = annex_in(annex, "clause", "条款")},
        {.title = annex_in(annex, "written in", "文件")},
        {.title = annex_in(annex, "rests on it", "据此设定的指标")},
    };
    struct document_table *table = document_table(annex->document, columns, LENGTH(columns));
    for (size_t i = 0; i < count; i++) {
        const char *const cell[] = {cited[i].known ? cited[i].clause.title
                                                   : annex_code(annex, cited[i].basis),
                                    cited[i].known ? annex_code(annex, cited[i].clause.file) : "",
                                    writer_text_of(cited[i].names)};
        document_row(table, ROW_PLAIN, 0, cell);
    }
}

void annex_clauses(const struct annex *annex) {
    size_t count;
    const struct cited *const cited = collect(annex, &count);
    if (count == 0)
        return;
    document_heading(annex->document, 1, annex_in(annex, "By clause", "条款对照"));
    if (annex->view->clauses)
        put_full(annex, cited, count);
    else
        put_list(annex, cited, count);
}
