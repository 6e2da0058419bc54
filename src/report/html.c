/* The frame of a page, and escaping. */
#include "report/html.h"

/* Nothing is fetched; styles stand in the page itself. */
static const char seal[] = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                           "'none'; style-src 'unsafe-inline'\">\n";

void html_escaped(struct writer *writer, const char *text, size_t size) {
    for (size_t i = 0; i < size; i++)
        switch (text[i]) {
        case '&':
            writer_text(writer, "&amp;");
            break;
        case '<':
            writer_text(writer, "&lt;");
            break;
        case '>':
            writer_text(writer, "&gt;");
            break;
        case '"':
            writer_text(writer, "&quot;");
            break;
        default:
            if ((unsigned char)text[i] >= 0x20 || text[i] == '\n' || text[i] == '\t')
                writer_char(writer, text[i]);
        }
}

void html_text(struct writer *writer, const char *text) {
    html_escaped(writer, text, strlen(text));
}

void html_begin(struct writer *writer, const struct html_page *page) {
    writer_printf(writer, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  page->language == BATON_ZH ? "zh-CN" : "en");
    writer_text(writer, page->sealed ? seal : "");
    writer_text(writer, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                        "<title>");
    html_text(writer, page->title);
    writer_printf(writer, "</title>\n<style>\n@page { size: A4 %s; margin: %s; }\n",
                  page->landscape ? "landscape" : "portrait", page->margin);
    for (const char *const *part = page->style; *part != NULL; part++)
        writer_text(writer, *part);
    writer_text(writer, "</style>\n</head>\n<body>\n<main>\n");
}

void html_end(struct writer *writer) {
    writer_text(writer, "</main>\n</body>\n</html>\n");
}
