/* Drawings: where what is drawn stands, and what is told of it. */
#include "report/svg.h"
#include "unit/test.h"
#include <math.h>

TEST(svg_bars) {
    struct baton_arena *arena = arena_open();
    struct writer *writer = writer_memory(arena);
    svg_bar(writer, &(struct svg_bar){.value = 50, .full = 200, .mean = 100, .best = NAN});
    CHECK_TEXT(writer_text_of(writer),
               "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" "
               "aria-hidden=\"true\"><rect class=\"rail\" y=\"2\" width=\"100\" height=\"4\"/>"
               "<rect class=\"fill\" y=\"2\" height=\"4\" width=\"25\"/><line class=\"tick\" "
               "x1=\"50\" y1=\"0\" x2=\"50\" y2=\"8\"/></svg>");
    writer->used = 0;
    svg_bar(writer, &(struct svg_bar){.value = 120, .full = 100, .mean = -5, .best = NAN});
    CHECK(strstr(writer_text_of(writer), "height=\"4\" width=\"100\"") != NULL);
    CHECK(strstr(writer_text_of(writer), "x1=\"0\"") != NULL);
    writer->used = 0;
    svg_bar(writer,
            &(struct svg_bar){.value = NAN, .full = 100, .mean = 5, .label = "<a & \"b\">"});
    CHECK(strstr(writer_text_of(writer), "fill") == NULL);
    CHECK(strstr(writer_text_of(writer), "<title>&lt;a &amp; &quot;b&quot;&gt;</title>") != NULL);
    arena_close(arena);
}

TEST(svg_lines) {
    struct baton_arena *arena = arena_open();
    struct writer *writer = writer_memory(arena);
    const double value[] = {1, 2, NAN, 3};
    svg_line(writer,
             &(struct svg_line){
                 .count = 4, .value = value, .lowest = 1, .highest = 3, .width = 40, .height = 28});
    /* A gap ends the line; the lonely last point is drawn for itself. */
    CHECK_TEXT(writer_text_of(writer),
               "<svg class=\"line\" viewBox=\"0 0 40 28\" aria-hidden=\"true\"><polyline "
               "class=\"own\" points=\"5,24 15,14\"/><circle class=\"last\" cx=\"35\" cy=\"4\" "
               "r=\"2.8\"/></svg>");
    arena_close(arena);
}
