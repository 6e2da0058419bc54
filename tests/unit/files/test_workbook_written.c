/* What libxlsxwriter writes is read back: in memory as Excel's users have it (texts that are shared), and row by row (texts in the cells). */
#include "files/workbook_out.h"
#include "unit/test.h"
#include "workbook_fixture.h"
#include <string.h>

static const char want[] =
    "A1 T 单位|B1 T 得分|A2 T 云湖区|B2 N 98.50|C2 D 2021-08-27|D2 N 98.50%|E2 N= 197|F2 B true|G2 "
    "T= 好|"
    "A3 T  a_x0041_\tb |B3 N 0.1|C3 D 2021-08|E3 T= #N/A|A5 T 合并|A7 T 云湖|merged 5 1 5 3";

static void fill(struct baton_arena *arena, lxw_workbook *book, lxw_worksheet *sheet) {
    static const struct {
        const char *code;
        int column;
        double value;
    } formatted[] = {{"0.00", 1, 98.5}, {"yyyy-mm-dd", 2, 44435}, {"0.00%", 3, 0.985}};
    worksheet_write_string(sheet, 0, 0, "单位", NULL);
    worksheet_write_string(sheet, 0, 1, "得分", NULL);
    worksheet_write_string(sheet, 1, 0, "云湖区", NULL);
    for (size_t i = 0; i < LENGTH(formatted); i++) {
        lxw_format *format = workbook_add_format(book);
        format_set_num_format(format, formatted[i].code);
        worksheet_write_number(sheet, 1, (lxw_col_t)formatted[i].column, formatted[i].value,
                               format);
    }
    worksheet_write_formula_num(sheet, 1, 4, "=B2*2", NULL, 197);
    worksheet_write_boolean(sheet, 1, 5, 1, NULL);
    worksheet_write_formula_str(sheet, 1, 6, "=IF(B2>90,\"好\",\"\")", NULL, "好");
    lxw_format *month = workbook_add_format(book);
    format_set_num_format(month, "yyyy\"年\"m\"月\"");
    worksheet_write_string(sheet, 2, 0, workbook_out_text(arena, " a_x0041_\tb "), NULL);
    worksheet_write_number(sheet, 2, 1, 0.1, NULL);
    worksheet_write_number(sheet, 2, 2, 44435, month);
    worksheet_write_formula_str(sheet, 2, 4, "=NA()", NULL, "#N/A");
    lxw_format *bold = workbook_add_format(book);
    format_set_bold(bold);
    worksheet_merge_range(sheet, 4, 0, 4, 2, "合并", bold);
    worksheet_write_blank(sheet, 5, 9, bold);
    char first[] = "云", second[] = "湖";
    lxw_rich_string_tuple cloud = {bold, first}, lake = {NULL, second};
    lxw_rich_string_tuple *runs[] = {&cloud, &lake, NULL};
    worksheet_write_rich_string(sheet, 6, 0, runs, NULL);
}

static void check(struct baton_arena *arena, const char *path) {
    struct baton_findings found = {.arena = arena};
    struct archive *archive = NULL;
    struct workbook *book = NULL;
    baton_code code;
    if (!CHECK_INT(archive_open(arena, path, &archive, &found), BATON_OK) ||
        !CHECK_INT(workbook_open(arena, archive, &book, &found), BATON_OK))
        return;
    CHECK_INT(book->sheet_count, 2);
    CHECK_TEXT(book->sheet[1].name, "云 & 湖");
    CHECK(!book->sheet[0].is_hidden && book->sheet[1].is_hidden);
    CHECK_TEXT(workbook_fixture_cells(book, 0, &code, &found), want);
    CHECK_TEXT(workbook_fixture_cells(book, 1, &code, &found), "");
    CHECK_INT(found.count, 0);
}

TEST(workbook_of_libxlsxwriter) {
    for (int constant = 0; constant < 2; constant++) {
        struct baton_arena *arena = arena_open();
        const char *path = arena_printf(arena, "%s/made.xlsx", test_folder());
        lxw_workbook_options options = {.constant_memory = (uint8_t)constant};
        lxw_workbook *book = workbook_new_opt(path, &options);
        CASE("constant memory %d", constant);
        fill(arena, book, workbook_add_worksheet(book, "one"));
        worksheet_hide(workbook_add_worksheet(book, "云 & 湖"));
        CHECK_INT(workbook_close(book), LXW_NO_ERROR);
        check(arena, path);
        arena_close(arena);
    }
}

TEST(workbook_out_text) {
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"云湖", "云湖"},
        {"_x00_", "_x00_"},
        {"a_x0041_", "a_x005F_x0041_"},
        {"_x0041__x005f_", "_x005F_x0041__x005F_x005f_"},
        {"_x0041_x0042_", "_x005F_x0041_x005F_x0042_"},
        {"_x0041", "_x0041"},
        {"_x", "_x"},
    };
    struct baton_arena *arena = arena_open();
    for (size_t i = 0; i < LENGTH(cases); i++)
        CHECK_TEXT(workbook_out_text(arena, cases[i].text), cases[i].want);
    arena_close(arena);
}
