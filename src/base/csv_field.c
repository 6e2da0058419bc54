/* A field of CSV as RFC 4180 has it. */
#include "base/csv_field.h"

void csv_field(struct writer *writer, const char *text) {
    csv_field_of(writer, text, strlen(text));
}

void csv_field_of(struct writer *writer, const char *text, size_t size) {
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

bool csv_is_formula(const char *text) {
    double number;
    return text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL && text[1] != '\0' &&
           baton_number_parse(text, strlen(text), &number, NULL) != BATON_NUMBER_OK;
}

void csv_cell(struct writer *writer, const char *text) {
    if (csv_is_formula(text)) {
        struct writer *guarded = writer_memory(writer->arena);
        writer_printf(guarded, "'%s", text);
        text = writer_text_of(guarded);
    }
    csv_field(writer, text);
}
