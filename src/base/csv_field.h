/* A field of CSV as RFC 4180 has it, written. */
#ifndef BASE_CSV_FIELD_H
#define BASE_CSV_FIELD_H

#include "base/writer.h"

/* In quotation marks where it must be: with a comma, a quotation mark, a line end in it, or a space at an end. */
void csv_field(struct writer *writer, const char *text);
/* The same of a text without a NUL behind it. */
void csv_field_of(struct writer *writer, const char *text, size_t size);

/* For people, who open it in a spreadsheet: a text that it would take for a formula, for it begins with = + - @, a tab or a carriage return, gets an apostrophe before it. A number stays
 * one, and a sign alone is none. */
void csv_cell(struct writer *writer, const char *text);
/* Whether a spreadsheet would take it for one. */
bool csv_is_formula(const char *text);

#endif
