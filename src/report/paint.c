/* Colour on a terminal, by the sequences that all of them know (ECMA-48). */
#include "report/paint.h"
#include <stdlib.h>
#include <unistd.h>

static const char *const sequence[] = {
    [PAINT_PLAIN] = "",        [PAINT_STRONG] = "\033[1m", [PAINT_DIM] = "\033[2m",
    [PAINT_RED] = "\033[31m",  [PAINT_GREEN] = "\033[32m", [PAINT_YELLOW] = "\033[33m",
    [PAINT_BLUE] = "\033[34m",
};

void paint_begin(struct writer *writer, bool colour, enum paint paint) {
    if (colour)
        writer_text(writer, sequence[paint]);
}

void paint_end(struct writer *writer, bool colour, enum paint paint) {
    if (colour && paint != PAINT_PLAIN)
        writer_text(writer, "\033[0m");
}

void paint_text(struct writer *writer, bool colour, enum paint paint, const char *text) {
    paint_begin(writer, colour, paint);
    writer_text(writer, text);
    paint_end(writer, colour, paint);
}

enum paint paint_rise(enum baton_language language) {
    return language == BATON_ZH ? PAINT_RED : PAINT_GREEN;
}

enum paint paint_fall(enum baton_language language) {
    return language == BATON_ZH ? PAINT_GREEN : PAINT_RED;
}

bool paint_wanted(int file) {
    const char *no = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return (no == NULL || *no == '\0') && terminal != NULL && strcmp(terminal, "dumb") != 0 &&
           isatty(file);
}
