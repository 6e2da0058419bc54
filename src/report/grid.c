/* Tables that go on below where the page is too narrow. */
#include "report/grid.h"
#include "base/text.h"
#include <assert.h>

enum {
    GAP = 2,
    GRID_HEAD = 128, /* bytes of a line of a head that is kept */
    HEAD_GIVES = 16  /* columns that heads are shortened by at most */
};

/* A column that is not yet printed. Its texts are copied to `text`, [lines] of GRID_TEXT bytes each, which is made when the place
 * is first used for copies. */
struct grid_waiting {
    struct grid_column column;
    struct grid_cell *cell;
    char *text;
    char head_text[2][GRID_HEAD];
    struct layout_head head;
    size_t width;
};

static size_t least_width(void) {
    return 1 + GAP;
}

void grid_begin(struct grid *grid) {
    size_t widest = grid->line == NULL ? 0 : layout_width(grid->line_title);
    for (uint32_t i = 0; i < grid->line_count && grid->line != NULL; i++) {
        const size_t width = grid->line[i].indent + layout_width(grid->line[i].name);
        widest = width > widest ? width : widest;
    }
    grid->name_width = widest < grid->name_most ? widest : grid->name_most;
    grid->capacity = (uint32_t)(grid->width / least_width() + 2);
    grid->waiting = arena_alloc(grid->arena, grid->capacity, sizeof *grid->waiting);
    for (uint32_t i = 0; i < grid->capacity; i++) {
        grid->waiting[i].cell =
            arena_alloc(grid->arena, grid->line_count, sizeof(struct grid_cell));
        grid->waiting[i].text = arena_alloc(grid->arena, grid->line_count, GRID_TEXT);
    }
    grid->most = grid->capacity;
    grid->count = 0;
    grid->used = grid->name_width;
    grid->is_continued = false;
}

static size_t cells_width(const struct grid *grid, const struct grid_cell *cell) {
    size_t widest = 1;
    for (uint32_t i = 0; i < grid->line_count; i++) {
        const size_t width = cell[i].text == NULL ? 0 : layout_width(cell[i].text);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void end_line(struct grid *grid, struct writer *line) {
    while (line->used > 0 && line->buffer[line->used - 1] == ' ')
        line->used--;
    writer_put(grid->writer, line->buffer, line->used);
    writer_text(grid->writer, "\n");
    line->used = 0;
}

static size_t gap_before(const struct grid *grid, uint32_t column) {
    return column > 0 || grid->line != NULL ? GAP : 0;
}

/* What stands over several columns. */
static void print_above(struct grid *grid, struct writer *line) {
    size_t at = grid->line == NULL ? 0 : grid->name_width, until = 0;
    bool any = false;
    writer_repeat(line, " ", at);
    for (uint32_t c = 0; c < grid->count; c++) {
        const char *above = grid->waiting[c].column.above;
        const size_t begin = at + gap_before(grid, c);
        at = begin + grid->waiting[c].width;
        if (above == NULL)
            continue;
        writer_repeat(line, " ", begin > until ? begin - until : 0);
        writer_text(line, above);
        until = begin + layout_width(above);
        any = true;
    }
    if (any)
        end_line(grid, line);
    line->used = 0;
}

static void print_heads(struct grid *grid, struct writer *line) {
    bool two = false;
    print_above(grid, line);
    for (uint32_t c = 0; c < grid->count; c++)
        two = two || grid->waiting[c].head.line[1][0] != '\0';
    for (unsigned part = two ? 0 : 1; part < 2; part++) {
        if (grid->line != NULL)
            layout_pad(line, part == 1 ? grid->line_title : "", grid->name_width, ALIGN_LEFT);
        for (uint32_t c = 0; c < grid->count; c++) {
            const struct grid_waiting *of = &grid->waiting[c];
            const bool has_two = of->head.line[1][0] != '\0';
            writer_repeat(line, " ", gap_before(grid, c));
            layout_pad(line,
                       has_two     ? of->head.line[part]
                       : part == 1 ? of->head.line[0]
                                   : "",
                       of->width, of->column.align);
        }
        end_line(grid, line);
    }
}

static void print_rule(struct grid *grid) {
    paint_begin(grid->writer, grid->colour, PAINT_DIM);
    writer_repeat(grid->writer, "─", grid->used);
    paint_end(grid->writer, grid->colour, PAINT_DIM);
    writer_text(grid->writer, "\n");
}

/* Columns of blanks behind which there is nothing are not written. */
static uint32_t cells_of_line(const struct grid *grid, uint32_t line) {
    uint32_t count = grid->count;
    while (count > 0 && (grid->waiting[count - 1].cell[line].text == NULL ||
                         grid->waiting[count - 1].cell[line].text[0] == '\0'))
        count--;
    return count;
}

static void print_padded(struct grid *grid, const struct grid_cell *cell,
                         const struct grid_waiting *of, bool is_last) {
    const char *text = cell->text == NULL ? "" : layout_shorten(grid->arena, cell->text, of->width);
    const size_t own = layout_width(text), blanks = own < of->width ? of->width - own : 0;
    const size_t before = of->column.align == ALIGN_LEFT    ? 0
                          : of->column.align == ALIGN_RIGHT ? blanks
                                                            : blanks / 2;
    writer_repeat(grid->writer, " ", before);
    paint_text(grid->writer, grid->colour, cell->paint, text);
    writer_repeat(grid->writer, " ", is_last ? 0 : blanks - before);
}

static void print_line(struct grid *grid, uint32_t i) {
    const uint32_t count = cells_of_line(grid, i);
    if (grid->line != NULL) {
        const struct grid_line *line = &grid->line[i];
        const size_t room = grid->name_width > line->indent ? grid->name_width - line->indent : 1;
        const char *name = layout_shorten(grid->arena, line->name, room);
        const size_t width = line->indent + layout_width(name);
        writer_repeat(grid->writer, " ", line->indent);
        paint_text(grid->writer, grid->colour, line->paint, name);
        if (count > 0 && width < grid->name_width)
            writer_repeat(grid->writer, " ", grid->name_width - width);
    }
    for (uint32_t c = 0; c < count; c++) {
        writer_repeat(grid->writer, " ", gap_before(grid, c));
        print_padded(grid, &grid->waiting[c].cell[i], &grid->waiting[c], c + 1 == count);
    }
    writer_text(grid->writer, "\n");
}

static void print(struct grid *grid) {
    const struct arena_mark mark = arena_mark(grid->arena);
    struct writer *line = writer_memory(grid->arena);
    if (grid->is_continued)
        writer_text(grid->writer, "\n");
    print_heads(grid, line);
    print_rule(grid);
    for (uint32_t i = 0; i < grid->line_count && grid->writer->error == 0; i++) {
        const struct arena_mark here = arena_mark(grid->arena);
        print_line(grid, i);
        arena_reset_to(grid->arena, here);
    }
    print_rule(grid);
    arena_reset_to(grid->arena, mark);
    grid->count = 0;
    grid->used = grid->name_width;
    grid->is_continued = true;
}

/* Puts a column that has its width at the end of those that wait. */
static struct grid_waiting *place(struct grid *grid, const struct grid_column *column,
                                  struct layout_head head, size_t width) {
    const size_t needed = grid->used + gap_before(grid, grid->count) + width;
    if (grid->count > 0 && (needed > grid->width || grid->count == grid->most))
        print(grid);
    assert(grid->count < grid->capacity);
    struct grid_waiting *waiting = &grid->waiting[grid->count];
    grid->used += gap_before(grid, grid->count) + width;
    waiting->column = *column;
    waiting->head = head;
    waiting->width = width;
    grid->count++;
    return waiting;
}

/* The head in as many columns as the cells take, or as it may take itself. */
static struct layout_head head_of(const struct grid *grid, const struct grid_column *column,
                                  size_t cells) {
    return layout_head(grid->arena, column->title,
                       cells > column->head_most ? cells : column->head_most);
}

/* As much of a text as fits with its NUL. */
static const char *copy(char *to, size_t room, const char *from) {
    size_t size = strlen(from) < room ? strlen(from) : room - 1;
    while (size > 0 && from[size] != '\0' && ((unsigned char)from[size] & 0xc0) == 0x80)
        size--;
    memcpy(to, from, size);
    to[size] = '\0';
    return to;
}

void grid_add(struct grid *grid, const struct grid_column *column) {
    const size_t cells = cells_width(grid, column->cell);
    const struct layout_head head = head_of(grid, column, cells);
    struct grid_waiting *waiting =
        place(grid, column, head, cells > head.width ? cells : head.width);
    for (int i = 0; i < 2; i++)
        waiting->head.line[i] = copy(waiting->head_text[i], GRID_HEAD, head.line[i]);
    for (uint32_t i = 0; i < grid->line_count; i++)
        waiting->cell[i] =
            (struct grid_cell){copy(waiting->text + (size_t)i * GRID_TEXT, GRID_TEXT,
                                    column->cell[i].text == NULL ? "" : column->cell[i].text),
                               column->cell[i].paint};
    waiting->column.cell = waiting->cell;
}

/* ---- All columns at once. */

struct fitting {
    struct grid *grid;
    const struct grid_column *column;
    size_t *cells, *width; /* [count] of the widest cell; of the column as it is laid out */
    uint32_t count;
};

/* How many tables there are with these widths, and so long names. */
static uint32_t tables(const struct fitting *of, size_t name_width) {
    uint32_t count = 1;
    size_t used = name_width;
    for (uint32_t c = 0; c < of->count; c++) {
        const size_t needed = of->width[c] + (used > name_width ? GAP : gap_before(of->grid, 0));
        if (used > name_width && used + needed > of->grid->width) {
            count++;
            used = name_width;
        }
        used += needed;
    }
    return count;
}

/* Lays heads out: so many columns narrower than they may be at most, but not below their least, or so many wider. Answers whether
 * all stand there in full. */
static bool lay_out(const struct fitting *of, size_t narrower, size_t wider) {
    const struct arena_mark mark = arena_mark(of->grid->arena);
    bool full = true;
    for (uint32_t c = 0; c < of->count; c++) {
        const struct grid_column *column = &of->column[c];
        const size_t least = column->head_least > 0 ? column->head_least : column->head_most;
        size_t room = column->head_most > least + narrower ? column->head_most - narrower : least;
        room += wider;
        room = room > of->cells[c] ? room : of->cells[c];
        const struct layout_head head = layout_head(of->grid->arena, column->title, room);
        full = full && strstr(head.line[0], "…") == NULL && strstr(head.line[1], "…") == NULL;
        of->width[c] = head.width > of->cells[c] ? head.width : of->cells[c];
        arena_reset_to(of->grid->arena, mark);
    }
    return full;
}

/* Where one table is enough with room to spare: heads as much wider as puts them there in full, or as there is room. */
static bool fit_wider(const struct fitting *of) {
    size_t wider = 0;
    bool full = lay_out(of, 0, 0);
    if (tables(of, of->grid->name_width) > 1)
        return false;
    while (!full && wider < HEAD_GIVES) {
        full = lay_out(of, 0, wider + 1);
        if (tables(of, of->grid->name_width) > 1)
            break;
        wider++;
    }
    lay_out(of, 0, wider);
    return true;
}

/* Makes cells narrower, the widest first, until all columns are side by side or none may give a column. */
static void squeeze(const struct fitting *of) {
    while (tables(of, of->grid->name_width) > 1) {
        uint32_t widest = of->count;
        for (uint32_t c = 0; c < of->count; c++)
            if (of->column[c].least > 0 && of->width[c] > of->column[c].least &&
                (widest == of->count || of->width[c] > of->width[widest]))
                widest = c;
        if (widest == of->count)
            return;
        of->width[widest]--;
    }
}

/* The widest names and heads with which one table is enough; else as they are. */
static void fit(const struct fitting *of) {
    struct grid *grid = of->grid;
    const size_t full = grid->name_width;
    const size_t least = grid->name_least > 0 && grid->name_least < full ? grid->name_least : full;
    if (fit_wider(of))
        return;
    for (size_t shorter = 0; shorter <= full - least; shorter++) {
        grid->name_width = grid->used = full - shorter;
        for (size_t narrower = 0; narrower <= HEAD_GIVES; narrower++) {
            lay_out(of, narrower, 0);
            if (tables(of, grid->name_width) == 1)
                return;
        }
        squeeze(of);
        if (tables(of, grid->name_width) == 1)
            return;
    }
    grid->name_width = grid->used = full;
    lay_out(of, 0, 0);
    const size_t room = grid->width > full + GAP ? grid->width - full - GAP : 1;
    for (uint32_t c = 0; c < of->count; c++)
        if (of->column[c].least > 0 && of->width[c] > room)
            of->width[c] = room > of->column[c].least ? room : of->column[c].least;
    const uint32_t count = tables(of, full);
    grid->most = (of->count + count - 1) / count;
}

void grid_add_all(struct grid *grid, const struct grid_column *column, uint32_t count) {
    struct fitting of = {grid, column, arena_alloc(grid->arena, count, sizeof(size_t)),
                         arena_alloc(grid->arena, count, sizeof(size_t)), count};
    if (count == 0)
        return;
    for (uint32_t c = 0; c < count; c++)
        of.cells[c] = cells_width(grid, column[c].cell);
    fit(&of);
    for (uint32_t c = 0; c < count; c++) {
        struct grid_waiting *waiting = place(
            grid, &column[c], layout_head(grid->arena, column[c].title, of.width[c]), of.width[c]);
        for (uint32_t i = 0; i < grid->line_count; i++)
            waiting->cell[i] = column[c].cell[i];
    }
}

void grid_end(struct grid *grid) {
    if (grid->count > 0)
        print(grid);
}
