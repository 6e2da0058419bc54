/* A form as CSV: the same rows as in a workbook. Nothing is counted in it but the rows, as nothing counts them anew. */
#include "base/csv_field.h"
#include "flow/form.h"

static const char byte_order_mark[] = "\xef\xbb\xbf";

/* An apostrophe that is there already gets another one, so that exactly one is taken away on the way back. */
static void put(struct baton_arena *arena, struct writer *writer, const char *text) {
    const bool is_guarded = text[0] == '\'' || csv_is_formula(text);
    csv_field(writer, is_guarded ? arena_printf(arena, "'%s", text) : text);
}

static void put_head(struct baton_arena *arena, const struct form_sheet *form,
                     struct writer *writer) {
    const enum baton_language language = form->head.language;
    put(arena, writer, form->title);
    writer_text(writer, "\r\n");
    put(arena, writer, form_head_text(arena, &form->head));
    writer_printf(writer, "\r\n%s,%s,%zu\r\n", language == BATON_ZH ? "核对" : "check",
                  form_count_name(FORM_COUNT_ROWS, language), form->count);
}

static bool has(const struct form_sheet *form, int column) {
    return column != FORM_THERE || form->has_there;
}

void form_csv(struct baton_arena *arena, const struct form_sheet *form, struct writer *writer) {
    writer_text(writer, byte_order_mark);
    put_head(arena, form, writer);
    for (int c = 0; c < FORM_COLUMNS; c++)
        if (has(form, c))
            writer_printf(writer, "%s%s", c > 0 ? "," : "",
                          form_column_info((enum form_column)c)->name[form->head.language]);
    writer_text(writer, "\r\n");
    for (size_t i = 0; i < form->count; i++) {
        const struct arena_mark mark = arena_mark(arena);
        for (int c = 0; c < FORM_COLUMNS; c++)
            if (has(form, c)) {
                writer_text(writer, c > 0 ? "," : "");
                put(arena, writer, form->row[i].text[c]);
            }
        writer_text(writer, "\r\n");
        arena_reset_to(arena, mark);
    }
}
