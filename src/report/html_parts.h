/* What pages of results and report cards share. */
#ifndef REPORT_HTML_PARTS_H
#define REPORT_HTML_PARTS_H

#include "report/html.h"
#include "report/matrix_parts.h"
#include "report/svg.h"

/* Begins a page of a result: title, period, day, package in its head. What is it: "Report cards", NULL = the result itself. */
void html_result_begin(const struct matrix *matrix, bool landscape, const char *what);

/* A number of decimals; "—" where there is none. */
void html_number(const struct matrix *matrix, double number, int decimals);

/* The published score of a node of a unit, or why there is none. */
void html_score(const struct matrix *matrix, uint32_t node, uint32_t unit);

/* Change from an earlier rank, both twice: an arrow and by how much; 新 where there was none; nothing without a rank. */
void html_change(const struct matrix *matrix, uint32_t rank, uint32_t earlier);

/* A shape of a rating of a group, by which its title is told. */
void html_rating(const struct matrix *matrix, uint32_t group, uint32_t rating);

/* The number of the shape and what it means, of all ratings of a group: spans. */
void html_rating_legend(const struct matrix *matrix, uint32_t group);

/* A printf whose outcome is escaped. */
PRINTF_LIKE(2, 3) void html_printf(const struct matrix *matrix, const char *format, ...);

#endif
