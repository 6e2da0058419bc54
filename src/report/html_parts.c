/* Parts of pages of results. */
#include "report/html_parts.h"
#include "report/html_sheet.h"
#include "report/words.h"
#include <math.h>
#include <stdarg.h>

void html_printf(const struct matrix *matrix, const char *format, ...) {
    va_list values;
    va_start(values, format);
    html_text(matrix->writer, arena_vprintf(matrix->arena, format, values));
    va_end(values);
}

void html_result_begin(const struct matrix *matrix, bool landscape, const char *what) {
    const struct result_view *view = &matrix->view->result;
    const enum baton_language language = matrix->view->language;
    const char *title = baton_text_in(&matrix->scheme->title, language, matrix->scheme->id);
    const char *period = words_period(matrix->arena, view->result->period, language);
    if (what != NULL)
        title = arena_printf(matrix->arena, matrix_words(matrix, "%s: %s", "%s%s"), title, what);
    html_begin(matrix->writer,
               &(struct html_page){.language = language,
                                   .title = arena_printf(matrix->arena, "%s · %s", title, period),
                                   .landscape = landscape,
                                   .sealed = true,
                                   .margin = landscape ? "11mm 10mm" : "11mm 12mm",
                                   .style = html_sheet});
    svg_shapes(matrix->writer);
    writer_text(matrix->writer, "<header>\n<h1>");
    html_text(matrix->writer, title);
    writer_text(matrix->writer, "</h1>\n<p class=\"about\">");
    html_printf(matrix, matrix_words(matrix, "Period: %s", "考核周期：%s"), period);
    if (view->as_of_day != INT32_MAX)
        html_printf(matrix, matrix_words(matrix, " · as of %s", " · 截至%s"),
                    words_day(matrix->arena, view->as_of_day, language));
    html_printf(matrix, matrix_words(matrix, " · package %s", " · 考核包 %s"), matrix->scheme->id);
    writer_text(matrix->writer, "</p>\n");
}

void html_number(const struct matrix *matrix, double number, int decimals) {
    html_text(matrix->writer, matrix_fixed(matrix, number, decimals, false));
}

void html_score(const struct matrix *matrix, uint32_t node, uint32_t unit) {
    const struct result_view *view = &matrix->view->result;
    int decimals;
    const double score = result_published(view, node, unit, &decimals);
    if (!baton_result_has_row(matrix->session, node, unit))
        html_text(matrix->writer, words_absent(BATON_NOTE_NA, matrix->view->language));
    else if (isnan(score))
        html_text(matrix->writer,
                  words_absent(result_notes(view, node, unit), matrix->view->language));
    else
        html_number(matrix, score, decimals);
}

void html_change(const struct matrix *matrix, uint32_t rank, uint32_t earlier) {
    struct writer *writer = matrix->writer;
    if (rank == 0)
        return;
    if (earlier == 0 || earlier == rank) {
        writer_text(writer, earlier == 0 ? matrix_words(matrix, "new", "新") : "—");
        return;
    }
    const bool up = rank < earlier;
    writer_printf(writer, "<span class=\"%s\">", up ? "rise" : "fall");
    svg_arrow(writer, up,
              up ? matrix_words(matrix, "up", "上升") : matrix_words(matrix, "down", "下降"));
    html_text(writer, matrix_half(matrix, up ? earlier - rank : rank - earlier));
    writer_text(writer, "</span>");
}

void html_rating(const struct matrix *matrix, uint32_t group, uint32_t rating) {
    svg_shape(matrix->writer, rating, matrix_rating_name(matrix, group, rating));
}

void html_rating_legend(const struct matrix *matrix, uint32_t group) {
    for (uint32_t r = 0; r < matrix->scheme->group[group].ratings.count; r++) {
        writer_text(matrix->writer, "<span>");
        svg_shape(matrix->writer, r, NULL);
        writer_text(matrix->writer, " ");
        html_text(matrix->writer, matrix_rating_name(matrix, group, r));
        writer_text(matrix->writer, "</span>");
    }
}
