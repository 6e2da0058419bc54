/* Workbooks written: names of sheets, the same bytes twice, nothing left behind. */
#include "files/workbook_out.h"
#include "unit/test.h"
#include <string.h>
#include <unistd.h>

TEST(workbook_out_sheet_name) {
    struct baton_arena *arena = arena_open();
    static const char *const taken[] = {"District", "区县", "a23456789012345678901234567890x"};
    static const struct {
        const char *name, *want;
    } cases[] = {
        {"zone", "zone"},
        {"a/b:c", "a_b_c"},
        {"", "_"},
        {"'x'", "_x_"},
        {"DISTRICT", "DISTRICT (2)"},
        {"区县", "区县 (2)"},
        {"a23456789012345678901234567890xyz", "a23456789012345678901234567 (2)"},
        {"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三",
         "一二三四五六七八九十一二三四五六七八"},
        {"𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷", "𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷"},
        {"一二三四五六七八九十一二三四五六'七八", "一二三四五六七八九十一二三四五六'七"},
        {"a23456789012345678901234567890e\xcc\x81", "a23456789012345678901234567890"},
        {"区\xef\xbf\xbf", "区\xef\xbf\xbd"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++)
        CHECK_TEXT(workbook_out_sheet_name(arena, cases[i].name, taken, LENGTH(taken)),
                   cases[i].want);
    arena_close(arena);
}

TEST(workbook_out_text) {
    struct baton_arena *arena = arena_open();
    CHECK_TEXT(workbook_out_text(arena, "云湖区"), "云湖区");
    CHECK_TEXT(workbook_out_text(arena, "_x0009_\xef\xbf\xbe"), "_x005F_x0009_\xef\xbf\xbd");
    CHECK_TEXT(workbook_out_sound(arena, "a\xef\xbf\xbf\xef\xbf\xbe\xef\xbf"),
               "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf");
    CHECK(workbook_out_unsound("\xef\xbf\xbd，\xef\xbf") == NULL);
    CHECK_TEXT(workbook_out_unsound("，\xef\xbf\xbfz"), "\xef\xbf\xbfz");
    arena_close(arena);
}

static size_t write_one(struct baton_arena *arena, const char *path, char *bytes, size_t room) {
    struct workbook_out *out = workbook_out_open(arena, path, "示例市", 18900);
    lxw_worksheet *sheet = workbook_add_worksheet(out->workbook, "units");
    worksheet_write_string(sheet, 0, 0, "云湖区", NULL);
    worksheet_write_number(sheet, 1, 0, 98.5, NULL);
    CHECK_INT(workbook_out_close(out), 0);
    FILE *file = fopen(path, "rb");
    const size_t size = file != NULL ? fread(bytes, 1, room, file) : 0;
    if (file != NULL)
        fclose(file);
    return size;
}

TEST(workbook_out_same_bytes) {
    static char one[1 << 16], two[1 << 16];
    struct baton_arena *arena = arena_open();
    const char *path = test_file("one.xlsx", "", 0);
    const size_t size = write_one(arena, path, one, sizeof one);
    CHECK(size > 1000);
    CHECK_INT(write_one(arena, path, two, sizeof two), size);
    CHECK(memcmp(one, two, size) == 0);
    arena_close(arena);
}

TEST(workbook_out_abandoned_or_nowhere) {
    struct baton_arena *arena = arena_open();
    const char *path = test_file("old.xlsx", "old", 3);
    struct workbook_out *out = workbook_out_open(arena, path, NULL, 0);
    workbook_add_worksheet(out->workbook, NULL);
    arena_close(arena);
    char text[8] = "";
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL && fread(text, 1, sizeof text, file) == 3);
    if (file != NULL)
        fclose(file);
    CHECK_TEXT(text, "old");
    arena = arena_open();
    out = workbook_out_open(arena, arena_printf(arena, "%s/no/such.xlsx", test_folder()), NULL, 0);
    workbook_add_worksheet(out->workbook, NULL);
    CHECK_INT(workbook_out_close(out), 2); /* ENOENT */
    arena_close(arena);
}
