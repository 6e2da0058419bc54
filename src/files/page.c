/* The document of pages: a surface of cairo that writes to the file that stands aside, and all that is no text. Lengths come in mm; a
 * transformation makes them the points of PDF, so that fonts are measured in mm too. */
#include "files/page.h"
#include "base/whole_file.h"
#include "baton/period.h"
#include "files/page_inside.h"
#include <assert.h>
#include <cairo-pdf.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER_SIZE = 1 << 16 };

static const double POINTS_A_MM = 72 / 25.4;

void page_check_memory(struct page_out *out) {
    if (cairo_status(out->cairo) == CAIRO_STATUS_NO_MEMORY ||
        cairo_surface_status(out->surface) == CAIRO_STATUS_NO_MEMORY)
        arena_out_of_memory(out->arena);
}

/* ---- The file. */

static void write_out(struct page_out *out, const void *bytes, size_t size) {
    for (const char *at = bytes; size > 0 && out->error == 0;) {
        const ssize_t written = write(out->opened, at, size);
        if (written < 0 && errno != EINTR)
            out->error = errno;
        if (written > 0) {
            at += written;
            size -= (size_t)written;
        }
    }
}

static void flush(struct page_out *out) {
    write_out(out, out->buffer, out->used);
    out->used = 0;
}

static cairo_status_t take(void *context, const unsigned char *bytes, unsigned size) {
    struct page_out *out = context;
    if (size > BUFFER_SIZE - out->used)
        flush(out);
    if (size > BUFFER_SIZE) {
        write_out(out, bytes, size);
    } else {
        memcpy(out->buffer + out->used, bytes, size);
        out->used += size;
    }
    return out->error == 0 ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static void close_all(void *context) {
    struct page_out *out = context;
    g_clear_object(&out->layout);
    g_clear_pointer(&out->description, pango_font_description_free);
    page_fonts_close(&out->fonts);
    g_clear_pointer(&out->cairo, cairo_destroy);
    g_clear_pointer(&out->surface, cairo_surface_destroy);
    if (out->opened >= 0)
        close(out->opened);
    out->opened = -1;
}

static void set_metadata(struct page_out *out, const struct page_setup *setup) {
    const struct baton_period day = baton_period_of_day(BATON_DAY, setup->day);
    char date[BATON_PERIOD_NAME_SIZE];
    baton_period_format(day, date);
    const char *when = arena_printf(out->arena, "%sT00:00:00Z", date);
    cairo_pdf_surface_set_metadata(out->surface, CAIRO_PDF_METADATA_CREATE_DATE, when);
    cairo_pdf_surface_set_metadata(out->surface, CAIRO_PDF_METADATA_MOD_DATE, when);
    cairo_pdf_surface_set_metadata(out->surface, CAIRO_PDF_METADATA_CREATOR, "Baton");
    if (setup->title != NULL)
        cairo_pdf_surface_set_metadata(out->surface, CAIRO_PDF_METADATA_TITLE, setup->title);
}

static void open_file(struct page_out *out, const char *path) {
    out->error = whole_file_open(out->arena, path, &out->file);
    if (out->error != 0)
        return;
    out->opened = open(out->file->aside, O_WRONLY | O_CLOEXEC);
    if (out->opened < 0)
        out->error = errno;
}

baton_code page_out_open(struct baton_arena *arena, const char *path,
                         const struct page_setup *setup, struct baton_findings *found,
                         struct page_out **result) {
    struct page_out *out = arena_alloc(arena, 1, sizeof *out);
    out->arena = arena;
    out->found = found;
    out->opened = -1;
    out->path = arena_text(arena, path, strlen(path));
    out->buffer = arena_alloc_raw(arena, BUFFER_SIZE, 1);
    arena_on_close(arena, close_all, out);
    TRY(page_fonts_open(arena, &out->fonts, setup->families, setup->language, found));
    open_file(out, path);
    out->surface = cairo_pdf_surface_create_for_stream(take, out, 1, 1);
    out->cairo = cairo_create(out->surface);
    set_metadata(out, setup);
    cairo_scale(out->cairo, POINTS_A_MM, POINTS_A_MM);
    cairo_set_line_join(out->cairo, CAIRO_LINE_JOIN_ROUND);
    page_check_memory(out);
    pango_cairo_update_context(out->cairo, out->fonts.context);
    out->layout = pango_layout_new(out->fonts.context);
    out->description = pango_font_description_new();
    pango_font_description_set_family(out->description, out->fonts.family[0]);
    pango_layout_set_wrap(out->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_auto_dir(out->layout, FALSE);
    *result = out;
    return BATON_OK;
}

void page_add(struct page_out *out, double width, double height) {
    assert(width > 0 && height > 0);
    if (out->pages++ > 0)
        cairo_show_page(out->cairo);
    cairo_pdf_surface_set_size(out->surface, width * POINTS_A_MM, height * POINTS_A_MM);
    page_check_memory(out);
}

/* What cairo could not do, as the system would say it. */
static int errno_of(const struct page_out *out) {
    if (out->error != 0)
        return out->error;
    cairo_status_t status = cairo_status(out->cairo);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(out->surface);
    return status == CAIRO_STATUS_SUCCESS ? 0 : EIO;
}

baton_code page_out_close(struct page_out *out) {
    if (out->pages > 0)
        cairo_show_page(out->cairo);
    cairo_surface_finish(out->surface);
    page_check_memory(out);
    flush(out);
    out->error = errno_of(out);
    close_all(out);
    if (out->lacks > 0)
        return BATON_FONT_LACKS;
    if (out->error == 0)
        out->error = whole_file_keep(out->file);
    else if (out->file != NULL)
        whole_file_abandon(out->file);
    if (out->error == 0)
        return BATON_OK;
    baton_findings_add(out->found, BATON_FILE_WRITE, (struct baton_where){0}, out->path,
                       strerror(out->error), NULL, NULL);
    return BATON_FILE_WRITE;
}

/* ---- Lines and areas. */

static void set_colour(struct page_out *out, uint32_t colour) {
    cairo_set_source_rgb(out->cairo, (colour >> 16 & 0xff) / 255.0, (colour >> 8 & 0xff) / 255.0,
                         (colour & 0xff) / 255.0);
}

void page_rectangle(struct page_out *out, double x, double y, double width, double height,
                    uint32_t colour) {
    set_colour(out, colour);
    cairo_rectangle(out->cairo, x, y, width, height);
    cairo_fill(out->cairo);
}

void page_frame(struct page_out *out, double x, double y, double width, double height, double line,
                uint32_t colour) {
    set_colour(out, colour);
    cairo_set_line_width(out->cairo, line);
    cairo_rectangle(out->cairo, x + line / 2, y + line / 2, width - line, height - line);
    cairo_stroke(out->cairo);
}

void page_polyline(struct page_out *out, const struct page_point *point, uint32_t count,
                   double line, uint32_t colour) {
    bool begun = false;
    set_colour(out, colour);
    cairo_set_line_width(out->cairo, line);
    for (uint32_t i = 0; i < count; i++) {
        if (!isnan(point[i].y) && begun)
            cairo_line_to(out->cairo, point[i].x, point[i].y);
        else if (!isnan(point[i].y))
            cairo_move_to(out->cairo, point[i].x, point[i].y);
        begun = !isnan(point[i].y);
    }
    cairo_stroke(out->cairo);
}

void page_disc(struct page_out *out, double x, double y, double radius, uint32_t colour) {
    set_colour(out, colour);
    cairo_arc(out->cairo, x, y, radius, 0, 2 * G_PI);
    cairo_fill(out->cairo);
}

void page_bar(struct page_out *out, double x, double y, double width, double height, double share,
              uint32_t colour, uint32_t track) {
    if (isnan(share))
        return;
    const double filled = share < 0 ? 0 : share > 1 ? 1 : share;
    page_rectangle(out, x, y, width, height, track);
    if (filled > 0)
        page_rectangle(out, x, y, width * filled, height, colour);
}
