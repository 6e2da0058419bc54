/* Workbooks: any parts of one (see bundle.h), in an archive that is sound. Cells come by row and column, inside of the limits, with texts that are UTF-8 and of
 * the kind that they are; merged ranges are ranges; reading a sheet twice gives the same; what is refused has a finding. */
#include "base/limits.h"
#include "base/text.h"
#include "bundle.h"
#include "files/workbook.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void require(bool holds) {
    if (!holds)
        abort();
}

struct input {
    struct baton_arena *arena;
    const void *bytes;
    size_t size;
};

struct reading {
    uint32_t row, column; /* of the cell before */
    uint64_t sum;         /* of all cells */
};

static baton_code take(void *context, const struct workbook_cell *cell) {
    struct reading *reading = context;
    require(cell->row >= 1 && cell->column >= 1 && cell->row <= 1048576 && cell->column <= 16384);
    require(cell->row > reading->row ||
            (cell->row == reading->row && cell->column > reading->column));
    reading->row = cell->row;
    reading->column = cell->column;
    require(cell->text[cell->size] == '\0' && strlen(cell->text) == cell->size);
    require(text_valid_size(cell->text, cell->size) == cell->size);
    switch (cell->kind) {
    case CELL_NUMBER:
    case CELL_DATE:
        require(isfinite(cell->number) && cell->size > 0);
        break;
    case CELL_TRUTH:
        require(strcmp(cell->text, "true") == 0 || strcmp(cell->text, "false") == 0);
        break;
    case CELL_NO_VALUE:
        require(cell->is_formula && cell->size == 0);
        break;
    case CELL_ERROR:
    case CELL_TEXT:
        break;
    }
    for (uint32_t i = 0; i < cell->size; i++)
        reading->sum = (reading->sum ^ (unsigned char)cell->text[i]) * UINT64_C(1099511628211);
    reading->sum += (uint64_t)cell->row * 16384 + cell->column;
    return BATON_OK;
}

static void read_sheet(struct workbook *workbook, uint32_t sheet, struct baton_findings *found) {
    struct reading first = {0}, again = {0};
    const struct workbook_merge *merge = NULL;
    uint32_t merges = 0;
    const size_t before = found->errors;
    const baton_code code = workbook_read(workbook, sheet, take, &first, &merge, &merges, found);
    require(code == BATON_OK || code == BATON_NO_MEMORY || found->errors > before);
    for (uint32_t i = 0; code == BATON_OK && i < merges; i++)
        require(merge[i].first_row >= 1 && merge[i].first_column >= 1 &&
                merge[i].first_row <= merge[i].last_row &&
                merge[i].first_column <= merge[i].last_column && merge[i].last_row <= 1048576 &&
                merge[i].last_column <= 16384);
    require(workbook_read(workbook, sheet, take, &again, NULL, NULL, found) == code);
    require(first.sum == again.sum);
}

static baton_code read_input(void *context) {
    const struct input *input = context;
    struct baton_findings found = {.arena = input->arena};
    struct archive *archive = NULL;
    struct workbook *workbook = NULL;
    TRY(archive_open_bytes(input->arena, "w.xlsx", input->bytes, input->size, &archive, &found));
    (void)workbook_is(archive);
    const baton_code code = workbook_open(input->arena, archive, &workbook, &found);
    require(code == BATON_OK || code == BATON_NO_MEMORY || found.errors > 0);
    if (code != BATON_OK)
        return code;
    for (uint32_t i = 0; i < workbook->sheet_count && i < 8; i++) {
        require(workbook->sheet[i].name[0] != '\0');
        require(workbook_find(workbook, workbook->sheet[i].name) <= i);
        read_sheet(workbook, i, &found);
    }
    return BATON_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    size_t archive_size = 0;
    void *archive = bundle_archive(bytes, size, &archive_size);
    if (archive == NULL)
        return -1;
    struct input input = {arena_open(), archive, archive_size};
    (void)arena_run(input.arena, read_input, &input);
    arena_close(input.arena);
    free(archive);
    return 0;
}
