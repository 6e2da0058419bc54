/* Documents as one file of HTML that needs no other: for a browser, for paper, for whoever reads it aloud. */
#include "report/document_parts.h"
#include "report/html.h"

enum { FULL = 4 }; /* columns from which a table takes the whole width */

/* Fonts that offices have; black on white, so that it prints as it is seen. */
static const char style[] =
    "html { color: #111; background: #fff; font-family: \"Noto Serif\", \"Times New Roman\", "
    "serif; "
    "line-height: 1.5; }\n"
    "html:lang(zh) { font-family: \"Songti SC\", SimSun, \"Noto Serif CJK SC\", \"Noto Sans CJK "
    "SC\", "
    "serif; line-height: 1.7; }\n"
    "main { max-width: 76rem; margin: 0 auto; padding: 1.5rem; }\n"
    "h1 { text-align: center; font-size: 1.6rem; margin: .5rem 0; }\n"
    ".below { text-align: center; margin-bottom: 2rem; }\n"
    "h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }\n"
    "h3 { font-size: 1.1rem; margin: 1.4rem 0 .4rem; }\n"
    "h4, h5 { font-size: 1rem; margin: 1rem 0 .3rem; }\n"
    "p { margin: .4rem 0; }\n"
    "p:lang(zh):not(.above, .below, .note) { text-indent: 2em; }\n"
    "blockquote p:lang(zh):not(.note) { text-indent: 0; }\n"
    "blockquote { margin: .4rem 0 .8rem 2em; padding-left: 1em; border-left: 3px solid #bbb; "
    "color: #333; }\n"
    "ul { margin: .4rem 0; padding-left: 2em; }\n"
    ".wide { overflow-x: auto; margin: .6rem 0; }\n"
    "table { border-collapse: collapse; min-width: 24rem; font-size: .92rem; line-height: 1.45; "
    "font-variant-numeric: tabular-nums; }\n"
    "table.full { width: 100%; }\n"
    "th, td { border: 1px solid #888; padding: .25rem .5rem; text-align: left; vertical-align: "
    "top; }\n"
    "thead th { background: #eee; text-align: center; vertical-align: middle; }\n"
    ".right { text-align: right; }\n"
    ".centre { text-align: center; }\n"
    ".whole { white-space: nowrap; }\n"
    ".strong td { font-weight: bold; background: #f6f6f6; }\n"
    ".note { font-size: .88rem; color: #444; }\n"
    "code { font-family: \"Noto Sans Mono\", Consolas, monospace; font-size: .9em; "
    "overflow-wrap: anywhere; }\n"
    "@media print {\n"
    "  main { max-width: none; padding: 0; }\n"
    "  html { font-size: 10pt; }\n"
    "  .wide { overflow: visible; }\n"
    "  thead { display: table-header-group; }\n"
    "  tr { break-inside: avoid; }\n"
    "  h2, h3, h4, h5 { break-after: avoid; }\n"
    "  thead th, .strong td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }\n"
    "}\n";

struct html {
    const struct document *document;
    struct writer *writer;
    unsigned lists; /* lists that are open inside each other, each with an open item */
    bool quoting;
};

/* ---- Texts. */

static void put_text(struct html *out, const char *text) {
    struct document_pieces pieces = {.next = text};
    for (enum document_piece piece; (piece = document_piece(&pieces)) != PIECE_END;) {
        if (piece == PIECE_BREAK) {
            writer_text(out->writer, "<br>\n");
            continue;
        }
        writer_text(out->writer, piece == PIECE_CODE ? "<code>" : "");
        html_escaped(out->writer, pieces.text, pieces.size);
        writer_text(out->writer, piece == PIECE_CODE ? "</code>" : "");
    }
}

/* ---- Tables. */

static void put_cell(struct html *out, const struct document_column *column, unsigned depth,
                     const char *text) {
    const bool right = column->align == ALIGN_RIGHT, centre = column->align == ALIGN_CENTRE;
    writer_text(out->writer, "<td");
    if (right || centre || column->whole)
        writer_printf(out->writer, " class=\"%s%s%s\"",
                      right    ? "right"
                      : centre ? "centre"
                               : "",
                      (right || centre) && column->whole ? " " : "", column->whole ? "whole" : "");
    if (column->tree && depth > 0)
        writer_printf(out->writer, " style=\"padding-left: %u.5em\"", depth);
    writer_text(out->writer, ">");
    put_text(out, text);
    writer_text(out->writer, "</td>");
}

static void write_table(struct html *out, const struct document_table *table) {
    writer_text(out->writer, table->count >= FULL ? "<div class=\"wide\">\n<table class=\"full\">\n"
                                                  : "<div class=\"wide\">\n<table>\n");
    if (document_has_head(table)) {
        writer_text(out->writer, "<thead><tr>");
        for (size_t c = 0; c < table->count; c++) {
            writer_text(out->writer, "<th scope=\"col\">");
            if (table->column[c].title != NULL)
                put_text(out, table->column[c].title);
            writer_text(out->writer, "</th>");
        }
        writer_text(out->writer, "</tr></thead>\n");
    }
    writer_text(out->writer, "<tbody>\n");
    for (size_t r = 0; r < table->row_count; r++) {
        const struct document_line *row = &table->row[r];
        writer_text(out->writer, row->kind == ROW_STRONG ? "<tr class=\"strong\">" : "<tr>");
        for (size_t c = 0; c < table->count; c++)
            put_cell(out, &table->column[c], row->depth, row->cell[c]);
        writer_text(out->writer, "</tr>\n");
    }
    writer_text(out->writer, "</tbody>\n</table>\n</div>\n");
}

/* ---- Blocks. */

/* Closes lists until `depth` of them are open. */
static void close_lists(struct html *out, unsigned depth) {
    for (; out->lists > depth; out->lists--)
        writer_text(out->writer, "</li>\n</ul>\n");
}

/* An item goes into the list of its depth, at most one deeper than the one before. */
static void put_item(struct html *out, const struct document_block *block) {
    close_lists(out, block->level + 1);
    if (out->lists == block->level + 1) {
        writer_text(out->writer, "</li>\n<li>");
    } else {
        writer_text(out->writer, "<ul>\n<li>");
        out->lists++;
    }
    put_text(out, block->text);
}

static void quote(struct html *out, bool wanted) {
    if (out->quoting == wanted)
        return;
    close_lists(out, 0);
    writer_text(out->writer, wanted ? "<blockquote>\n" : "</blockquote>\n");
    out->quoting = wanted;
}

static void write_block(struct html *out, const struct document_block *block) {
    quote(out, block->quoted);
    if (block->part == PART_ITEM) {
        put_item(out, block);
        return;
    }
    close_lists(out, 0);
    switch (block->part) {
    case PART_HEADING:
        writer_printf(out->writer, "<h%u>%s", block->level + 1, block->number);
        put_text(out, block->text);
        writer_printf(out->writer, "</h%u>\n", block->level + 1);
        break;
    case PART_NUMBERED:
        writer_printf(out->writer, "<p>%s", block->number);
        put_text(out, block->text);
        writer_text(out->writer, "</p>\n");
        break;
    case PART_TABLE:
        if (block->table->row_count > 0)
            write_table(out, block->table);
        break;
    default:
        writer_text(out->writer, block->part == PART_NOTE ? "<p class=\"note\">" : "<p>");
        put_text(out, block->text);
        writer_text(out->writer, "</p>\n");
    }
}

static void put_head(struct html *out, bool landscape) {
    const struct document *document = out->document;
    const char *const title = document->title == NULL ? "" : document->title;
    html_begin(out->writer, &(struct html_page){.language = document->language,
                                                .title = document_plain(document->arena, title),
                                                .landscape = landscape,
                                                .margin = "18mm 15mm",
                                                .style = (const char *const[]){style, NULL}});
    if (document->above != NULL) {
        writer_text(out->writer, "<p class=\"above\">");
        put_text(out, document->above);
        writer_text(out->writer, "</p>\n");
    }
    if (document->title != NULL) {
        writer_text(out->writer, "<h1>");
        put_text(out, document->title);
        writer_text(out->writer, "</h1>\n");
    }
    if (document->below != NULL) {
        writer_text(out->writer, "<p class=\"below\">");
        put_text(out, document->below);
        writer_text(out->writer, "</p>\n");
    }
}

void document_html(const struct document *document, const struct document_how *how,
                   struct writer *writer) {
    struct html out = {.document = document, .writer = writer};
    put_head(&out, how->landscape);
    for (size_t i = 0; i < document->block_count; i++)
        write_block(&out, &document->block[i]);
    quote(&out, false);
    close_lists(&out, 0);
    html_end(writer);
}
