/* Documents as Markdown, with tables as GitHub has them.
 *
 * Whatever a text holds is escaped where it would mean something: punctuation everywhere, what opens a list or a
 * heading where a line begins. */
#include "report/document_parts.h"
#include <string.h>

/* Where a text stands. */
enum place { PLACE_BLOCK, PLACE_CELL };

struct markdown {
    const struct document *document;
    struct writer *writer;
};

static bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* ---- Escaping. */

/* Bytes at text[0] that would open a heading, a list or a rule where a line begins: up to the sign, which is escaped. */
static size_t opening(const char *text, const char *end) {
    const char *at = text;
    while (at < end && *at >= '0' && *at <= '9')
        at++;
    if (at > text)
        return at < end && (*at == '.' || *at == ')') ? (size_t)(at - text) : SIZE_MAX;
    return at < end && strchr("#+-=:", *at) != NULL ? 0 : SIZE_MAX;
}

static void put_plain(struct markdown *out, const char *text, size_t size, bool at_start) {
    const char *const end = text + size;
    const size_t open = at_start ? opening(text, end) : SIZE_MAX;
    for (const char *at = text; at < end; at++) {
        const bool inside = at > text && at + 1 < end && is_word(at[-1]) && is_word(at[1]);
        const bool means = strchr("\\`*[]<>|&~$", *at) != NULL || (*at == '_' && !inside);
        if (means || (open != SIZE_MAX && at == text + open))
            writer_char(out->writer, '\\');
        writer_char(out->writer, *at);
    }
}

/* A piece of code stands between more backquotes than it has in a row; in a table a bar would end the cell all the same. */
static void put_code(struct markdown *out, const char *text, size_t size, enum place place) {
    size_t most = 0, row = 0;
    for (size_t i = 0; i < size; i++) {
        row = text[i] == '`' ? row + 1 : 0;
        most = row > most ? row : most;
    }
    const bool apart = text[0] == '`' || text[size - 1] == '`';
    writer_repeat(out->writer, "`", most + 1);
    writer_text(out->writer, apart ? " " : "");
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '|' && place == PLACE_CELL)
            writer_char(out->writer, '\\');
        writer_char(out->writer, text[i]);
    }
    writer_text(out->writer, apart ? " " : "");
    writer_repeat(out->writer, "`", most + 1);
}

/* A text; lines that follow stand behind `next`. */
static void put_text(struct markdown *out, const char *text, enum place place, const char *next) {
    struct document_pieces pieces = {.next = text};
    bool at_start = place == PLACE_BLOCK;
    for (enum document_piece piece; (piece = document_piece(&pieces)) != PIECE_END;) {
        if (piece == PIECE_PLAIN)
            put_plain(out, pieces.text, pieces.size, at_start);
        else if (piece == PIECE_CODE)
            put_code(out, pieces.text, pieces.size, place);
        else if (place == PLACE_CELL)
            writer_text(out->writer, "<br>");
        else
            writer_printf(out->writer, "\\\n%s", next);
        at_start = piece == PIECE_BREAK && place == PLACE_BLOCK;
    }
}

/* ---- Tables. */

static void put_row(struct markdown *out, const struct document_table *table,
                    const struct document_line *row) {
    for (size_t c = 0; c < table->count; c++) {
        const bool strong = row->kind == ROW_STRONG && row->cell[c][0] != '\0';
        writer_text(out->writer, c == 0 ? "| " : " | ");
        if (table->column[c].tree)
            writer_repeat(out->writer, "　", row->depth);
        writer_text(out->writer, strong ? "**" : "");
        put_text(out, row->cell[c], PLACE_CELL, "");
        writer_text(out->writer, strong ? "**" : "");
    }
    writer_text(out->writer, " |\n");
}

static void put_head(struct markdown *out, const struct document_table *table) {
    static const char *const rule[] = {
        [ALIGN_LEFT] = "|---", [ALIGN_RIGHT] = "|--:", [ALIGN_CENTRE] = "|:-:"};
    for (size_t c = 0; c < table->count; c++) {
        writer_text(out->writer, c == 0 ? "| " : " | ");
        if (table->column[c].title != NULL)
            put_text(out, table->column[c].title, PLACE_CELL, "");
    }
    writer_text(out->writer, " |\n");
    for (size_t c = 0; c < table->count; c++)
        writer_text(out->writer, rule[table->column[c].align]);
    writer_text(out->writer, "|\n");
}

static void write_table(struct markdown *out, const struct document_table *table) {
    put_head(out, table);
    for (size_t r = 0; r < table->row_count; r++)
        put_row(out, table, &table->row[r]);
}

/* ---- Blocks. */

static void write_block(struct markdown *out, const struct document_block *block) {
    const char *const bar = block->quoted ? "> " : "";
    switch (block->part) {
    case PART_HEADING:
        writer_repeat(out->writer, "#", block->level + 1);
        writer_text(out->writer, " ");
        /* The number is the document's own; in English it reads `2.1`, which opens nothing there. */
        writer_text(out->writer, block->number);
        put_text(out, block->text, PLACE_CELL, "");
        writer_text(out->writer, "\n");
        break;
    case PART_ITEM: {
        const size_t indent = (size_t)block->level * 2;
        writer_text(out->writer, bar);
        writer_repeat(out->writer, " ", indent);
        writer_text(out->writer, "- ");
        put_text(out, block->text, PLACE_BLOCK,
                 arena_printf(out->document->arena, "%s%*s", bar, (int)indent + 2, ""));
        writer_text(out->writer, "\n");
        break;
    }
    case PART_NUMBERED:
        writer_text(out->writer, block->number);
        put_text(out, block->text, PLACE_BLOCK, "   ");
        writer_text(out->writer, "\n");
        break;
    case PART_TABLE:
        write_table(out, block->table);
        break;
    default:
        writer_text(out->writer, bar);
        put_text(out, block->text, PLACE_BLOCK, bar);
        writer_text(out->writer, "\n");
    }
}

/* What stands between two blocks: nothing in a list, a line of the quotation inside of one. */
static void put_gap(struct markdown *out, const struct document_block *before,
                    const struct document_block *block) {
    if (before == NULL)
        return;
    const bool same = before->quoted == block->quoted;
    if (same && before->part == block->part &&
        (block->part == PART_ITEM || block->part == PART_NUMBERED))
        return;
    writer_text(out->writer, same && block->quoted ? ">\n" : "\n");
}

void document_markdown(const struct document *document, struct writer *writer) {
    struct markdown out = {document, writer};
    const struct document_block *before = NULL;
    if (document->above != NULL) {
        put_text(&out, document->above, PLACE_BLOCK, "");
        writer_text(writer, "\n\n");
    }
    if (document->title != NULL) {
        writer_text(writer, "# ");
        put_text(&out, document->title, PLACE_CELL, "");
        writer_text(writer, "\n\n");
    }
    if (document->below != NULL) {
        put_text(&out, document->below, PLACE_BLOCK, "");
        writer_text(writer, "\n\n");
    }
    for (size_t i = 0; i < document->block_count; i++) {
        const struct document_block *block = &document->block[i];
        if (block->part == PART_TABLE && block->table->row_count == 0)
            continue;
        put_gap(&out, before, block);
        write_block(&out, block);
        before = block;
    }
}
