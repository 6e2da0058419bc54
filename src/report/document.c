/* Documents: what they are made of, in the order in which it came, and the numbers of headings. */
#include "report/document_parts.h"
#include <assert.h>
#include <string.h>

struct document *document_open(struct baton_arena *arena, enum baton_language language) {
    struct document *document = arena_alloc(arena, 1, sizeof *document);
    document->arena = arena;
    document->language = language;
    return document;
}

void document_title(struct document *document, const char *above, const char *title,
                    const char *below) {
    document->above = above;
    document->title = title;
    document->below = below;
}

static struct document_block *add(struct document *document, enum document_part part,
                                  unsigned level, const char *text) {
    struct document_block *block = ARRAY_PUSH(document->arena, document->block,
                                              document->block_count, document->block_capacity);
    *block = (struct document_block){.part = part, .level = level, .number = "", .text = text};
    return block;
}

/* A number below 100 as it is written out: 十二. */
static const char *chinese_number(struct baton_arena *arena, unsigned number) {
    static const char *const digits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    if (number >= 100)
        return arena_printf(arena, "%u", number);
    const unsigned tens = number / 10;
    return arena_printf(arena, "%s%s%s", tens > 1 ? digits[tens] : "", tens > 0 ? "十" : "",
                        digits[number % 10]);
}

/* The number in front of a heading, with what stands between them. */
static const char *number_of(struct document *document, unsigned level) {
    struct baton_arena *arena = document->arena;
    const unsigned *const n = document->number;
    if (document->language == BATON_ZH)
        switch (level) {
        case 1:
            return arena_printf(arena, "%s、", chinese_number(arena, n[0]));
        case 2:
            return arena_printf(arena, "（%s）", chinese_number(arena, n[1]));
        case 3:
            return arena_printf(arena, "%u. ", n[2]);
        default:
            return arena_printf(arena, "（%u）", n[3]);
        }
    switch (level) {
    case 1:
        return arena_printf(arena, "%u  ", n[0]);
    case 2:
        return arena_printf(arena, "%u.%u  ", n[0], n[1]);
    case 3:
        return arena_printf(arena, "%u.%u.%u  ", n[0], n[1], n[2]);
    default:
        return arena_printf(arena, "(%u) ", n[3]);
    }
}

void document_heading(struct document *document, unsigned level, const char *text) {
    assert(level >= 1 && level <= DOCUMENT_LEVELS);
    document->number[level - 1]++;
    document->numbered = 0;
    for (unsigned below = level; below < DOCUMENT_LEVELS; below++)
        document->number[below] = 0;
    add(document, PART_HEADING, level, text)->number = number_of(document, level);
}

const char *document_reference(const struct document *document, unsigned section, unsigned inner) {
    struct baton_arena *const arena = document->arena;
    return document->language == BATON_ZH
               ? arena_printf(arena, "%s（%s）", chinese_number(arena, section),
                              chinese_number(arena, inner))
               : arena_printf(arena, "%u.%u", section, inner);
}

void document_paragraph(struct document *document, const char *text) {
    add(document, PART_PARAGRAPH, 0, text);
}

void document_numbered(struct document *document, const char *text) {
    add(document, PART_NUMBERED, 0, text)->number =
        arena_printf(document->arena, "%u. ", ++document->numbered);
}

void document_item(struct document *document, unsigned depth, const char *text) {
    add(document, PART_ITEM, depth, text);
}

void document_quote(struct document *document, const char *text) {
    add(document, PART_PARAGRAPH, 0, text)->quoted = true;
}

void document_quote_item(struct document *document, unsigned depth, const char *text) {
    add(document, PART_ITEM, depth, text)->quoted = true;
}

void document_note(struct document *document, const char *text) {
    add(document, PART_NOTE, 0, text);
}

struct document_table *document_table(struct document *document,
                                      const struct document_column *columns, size_t count) {
    assert(count >= 1 && count <= DOCUMENT_COLUMNS);
    struct document_table *table = arena_alloc(document->arena, 1, sizeof *table);
    table->arena = document->arena;
    table->count = count;
    table->column = arena_alloc_raw(document->arena, count, sizeof *columns);
    memcpy(table->column, columns, count * sizeof *columns);
    add(document, PART_TABLE, 0, "")->table = table;
    return table;
}

void document_row(struct document_table *table, enum document_row kind, unsigned depth,
                  const char *const *cell) {
    struct document_line *row =
        ARRAY_PUSH(table->arena, table->row, table->row_count, table->row_capacity);
    *row = (struct document_line){
        .kind = kind,
        .depth = depth,
        .cell = arena_alloc_raw(table->arena, table->count, sizeof(const char *))};
    for (size_t c = 0; c < table->count; c++)
        row->cell[c] = cell[c] == NULL ? "" : cell[c];
}

static bool is_empty(const struct document_table *table, size_t column) {
    for (size_t r = 0; r < table->row_count; r++)
        if (table->row[r].cell[column][0] != '\0')
            return false;
    return true;
}

void document_drop_empty(struct document_table *table) {
    size_t kept = 1;
    for (size_t c = 1; c < table->count; c++) {
        if (is_empty(table, c))
            continue;
        table->column[kept] = table->column[c];
        for (size_t r = 0; r < table->row_count; r++)
            table->row[r].cell[kept] = table->row[r].cell[c];
        kept++;
    }
    table->count = kept;
}

size_t document_rows(const struct document_table *table) {
    return table->row_count;
}

bool document_has_head(const struct document_table *table) {
    for (size_t c = 0; c < table->count; c++)
        if (table->column[c].title != NULL)
            return true;
    return false;
}

static bool is_control(char c) {
    return (unsigned char)c < 0x20 || c == 0x7f;
}

enum document_piece document_piece(struct document_pieces *pieces) {
    for (;; pieces->next++) {
        const char *const text = pieces->next;
        if (*text == '\0')
            return PIECE_END;
        if (*text == '\n') {
            pieces->next++;
            return PIECE_BREAK;
        }
        if (*text == DOCUMENT_CODE[0] || *text == DOCUMENT_END[0])
            pieces->in_code = *text == DOCUMENT_CODE[0];
        if (is_control(*text))
            continue;
        size_t size = 1;
        while (text[size] != '\0' && !is_control(text[size]))
            size++;
        pieces->text = text;
        pieces->size = size;
        pieces->next = text + size;
        return pieces->in_code ? PIECE_CODE : PIECE_PLAIN;
    }
}

const char *document_plain(struct baton_arena *arena, const char *text) {
    struct document_pieces pieces = {.next = text};
    char *out = arena_alloc(arena, strlen(text) + 1, 1), *to = out;
    for (enum document_piece piece; (piece = document_piece(&pieces)) != PIECE_END;) {
        if (piece == PIECE_BREAK) {
            *to++ = '\n';
            continue;
        }
        memcpy(to, pieces.text, pieces.size);
        to += pieces.size;
    }
    return out;
}

void document_write(const struct document *document, const struct document_how *how,
                    struct writer *writer) {
    switch (how->format) {
    case DOCUMENT_TEXT:
        document_text(document, how, writer);
        break;
    case DOCUMENT_MARKDOWN:
        document_markdown(document, writer);
        break;
    case DOCUMENT_HTML:
        document_html(document, how, writer);
        break;
    }
}
