/* A field of CSV as RFC 4180 has it, written. */
#ifndef BASE_CSV_FIELD_H
#define BASE_CSV_FIELD_H

#include "base/writer.h"

/* In quotation marks where it must be: with a comma, a quotation mark, a line end in it, or a space at an end. */
void csv_field(struct writer *writer, const char *text);
/* The same of a text without a NUL behind it. */
void csv_field_of(struct writer *writer, const char *text, size_t size);

#endif
