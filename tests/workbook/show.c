/* Shows what is read of a workbook, for tests/workbook/run:
 *
 *   workbook-show [--limits] FILE [FILE]...
 *
 * A line for each cell, `sheet<TAB>A1<TAB>kind<TAB>=<TAB>text` (the = for a formula), one `sheet<TAB>merged<TAB>A1:B2` for each merged range, one
 * `sheet<TAB>sheet<TAB>hidden` or `shown` for each sheet, one `!<TAB>CODE<TAB>place<TAB>message` for each finding. A backslash, tab or line end in a text is written
 * \\ \t \n \r. Before each file a line `# FILE`. With --limits only the findings. Exit status 0 where everything could be read, else 1. */
#include "files/workbook.h"
#include <stdio.h>
#include <string.h>

struct run {
    struct baton_arena *arena;
    const char *path, *sheet;
    bool only_findings;
};

static void print_text(const char *text, size_t size) {
    static const char special[] = "\\\t\n\r", letter[] = "\\tnr";
    for (size_t i = 0; i < size; i++) {
        const char *at = text[i] != '\0' ? strchr(special, text[i]) : NULL;
        if (at != NULL)
            printf("\\%c", letter[at - special]);
        else
            putchar(text[i]);
    }
}

static baton_code take(void *context, const struct workbook_cell *cell) {
    static const char *const kinds[] = {
        [CELL_TEXT] = "text",   [CELL_NUMBER] = "number", [CELL_DATE] = "date",
        [CELL_TRUTH] = "truth", [CELL_ERROR] = "error",   [CELL_NO_VALUE] = "none"};
    const struct run *run = context;
    char name[WORKBOOK_NAME_SIZE];
    if (run->only_findings)
        return BATON_OK;
    print_text(run->sheet, strlen(run->sheet));
    printf("\t%s\t%s\t%s\t", workbook_cell_name(cell->row, cell->column, name), kinds[cell->kind],
           cell->is_formula ? "=" : "");
    print_text(cell->text, cell->size);
    putchar('\n');
    return BATON_OK;
}

static baton_code show_sheet(struct run *run, struct workbook *book, uint32_t sheet,
                             struct baton_findings *found) {
    const struct workbook_merge *merge = NULL;
    uint32_t count = 0;
    run->sheet = book->sheet[sheet].name;
    if (!run->only_findings) {
        print_text(run->sheet, strlen(run->sheet));
        printf("\tsheet\t%s\n", book->sheet[sheet].is_hidden ? "hidden" : "shown");
    }
    TRY(workbook_read(book, sheet, take, run, &merge, &count, found));
    for (uint32_t i = 0; i < count && !run->only_findings; i++) {
        char from[WORKBOOK_NAME_SIZE], to[WORKBOOK_NAME_SIZE];
        workbook_cell_name(merge[i].first_row, merge[i].first_column, from);
        workbook_cell_name(merge[i].last_row, merge[i].last_column, to);
        print_text(run->sheet, strlen(run->sheet));
        printf("\tmerged\t%s:%s\n", from, to);
    }
    return BATON_OK;
}

static baton_code show_sheets(struct run *run, struct baton_findings *found) {
    struct archive *archive;
    struct workbook *book;
    TRY(archive_open(run->arena, run->path, &archive, found));
    TRY(workbook_open(run->arena, archive, &book, found));
    for (uint32_t i = 0; i < book->sheet_count; i++)
        TRY(show_sheet(run, book, i, found));
    return BATON_OK;
}

static baton_code show(void *context) {
    struct run *run = context;
    struct baton_findings found = {.arena = run->arena};
    const baton_code code = show_sheets(run, &found);
    for (size_t i = 0; i < found.count; i++) {
        const struct baton_finding *finding = &found.item[i];
        printf("!\t%s\t%s\t%s\n", baton_code_info(finding->code)->name,
               finding->where.field != NULL ? finding->where.field : "",
               baton_finding_message(run->arena, finding, BATON_EN));
    }
    return code;
}

int main(int count, char **argument) {
    struct run run = {.only_findings = count > 1 && strcmp(argument[1], "--limits") == 0};
    baton_code worst = BATON_OK;
    for (int i = run.only_findings ? 2 : 1; i < count; i++) {
        run.arena = arena_open();
        run.path = argument[i];
        printf("# %s\n", argument[i]);
        const baton_code code = arena_run(run.arena, show, &run);
        worst = worst == BATON_OK ? code : worst;
        arena_close(run.arena);
    }
    return worst == BATON_OK ? 0 : 1;
}
