/* Packages by their paths: folders, archives, folders of archives, and how one names another. */
#include "files/archive_out.h"
#include "package/source.h"
#include "unit/test.h"
#include <stdio.h>
#include <string.h>

/* city.zip with a package in a folder and another below it; a folder old/; town.zip, which has its tables at the top. */
static void make(struct baton_arena *arena) {
    static const char scheme[] = "baton: 1\n";
    const size_t size = sizeof scheme - 1;
    struct archive_out *out =
        archive_out_open(arena, arena_printf(arena, "%s/city.zip", test_folder()));
    archive_out_add(out, "考核/scheme.yaml", scheme, size);
    archive_out_add(out, "考核/documents/rules.md", scheme, size);
    archive_out_add(out, "考核/documents/.hidden.md", scheme, size);
    archive_out_add(out, "考核/units.CSV", scheme, size);
    archive_out_add(out, "考核/2020/scheme.yaml", scheme, size);
    CHECK_INT(archive_out_close(out), 0);
    out = archive_out_open(arena, arena_printf(arena, "%s/town.zip", test_folder()));
    archive_out_add(out, "scheme.yaml", scheme, size);
    CHECK_INT(archive_out_close(out), 0);
    test_file("old/scheme.yaml", scheme, size);
    test_file("city/2019/scheme.yaml", scheme, size);
}

/* The path without the test's folder. */
static const char *shown(const char *path) {
    const size_t size = strlen(test_folder());
    return strncmp(path, test_folder(), size) == 0 ? path + size + 1 : path;
}

TEST(source_other) {
    static const struct {
        const char *from, *path, *want; /* "" = nothing is there */
    } cases[] = {
        {"city.zip", "2020", "city.zip/2020"},
        {"city.zip", "./2020/", "city.zip/2020"},
        {"city.zip", "2019", "city/2019"},
        {"city.zip", "../old", "old"},
        {"city.zip", "../town", "town.zip"},
        {"city.zip", "../town.zip", "town.zip"},
        {"city.zip", "../old/../town", "town.zip"},
        {"city.zip", ".", "city.zip"},
        {"city.zip", "2018", ""},
        {"city.zip", "../nowhere", ""},
        {"city.zip/2020", "..", "city.zip"},
        {"city.zip/2020", "../", "city.zip"},
        {"city.zip/2020", "../../old", "old"},
        {"city.zip/2020", "../../town", "town.zip"},
        {"old", "../town", "town.zip"},
        {"old", "../city.zip/2020", "city.zip/2020"},
        {"old", "../nowhere", ""},
    };
    struct baton_arena *arena = arena_open();
    make(arena);
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s from %s", cases[i].path, cases[i].from);
        struct baton_findings found = {.arena = arena};
        struct source *source;
        const char *path = arena_printf(arena, "%s/%s", test_folder(), cases[i].from);
        if (!CHECK_INT(source_open(arena, path, &source, &found), BATON_OK))
            continue;
        const char *real = source_real(arena, source_other(source, cases[i].path));
        const char *want = arena_printf(arena, "%s/%s", test_folder(), cases[i].want);
        if (cases[i].want[0] == '\0')
            CHECK_TEXT(real, NULL);
        else if (CHECK(real != NULL))
            CHECK_TEXT(shown(real), shown(source_real(arena, want)));
    }
    arena_close(arena);
}

TEST(source_open_nothing) {
    static const char *const paths[] = {"nowhere", "city.zip/2021", "city.zip/2020/2020",
                                        "old/scheme.csv", "city.zip/考核"};
    struct baton_arena *arena = arena_open();
    make(arena);
    for (size_t i = 0; i < LENGTH(paths); i++) {
        CASE("%s", paths[i]);
        struct baton_findings found = {.arena = arena};
        struct source *source = NULL;
        const char *path = arena_printf(arena, "%s/%s", test_folder(), paths[i]);
        CHECK_INT(source_open(arena, path, &source, &found), BATON_NO_PACKAGE);
        CHECK(source == NULL && found.count == 1);
    }
    arena_close(arena);
}

TEST(source_archive_files) {
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    struct source *source;
    struct source_names names;
    struct file file;
    make(arena);
    const char *path = arena_printf(arena, "%s/city.zip", test_folder());
    if (!CHECK_INT(source_open(arena, path, &source, &found), BATON_OK))
        return;
    CHECK_INT(source_size(source, "scheme.yaml"), 9);
    CHECK_INT(source_size(source, "2020/scheme.yaml"), 9);
    CHECK_INT(source_size(source, "考核/scheme.yaml"), -1);
    CHECK_INT(source_size(source, "documents"), -1);
    CHECK_INT(source_list(source, "documents", ".md", &names, &found), BATON_OK);
    CHECK(names.there && names.count == 1);
    CHECK_TEXT(names.name[0], "rules.md");
    CHECK_INT(source_list(source, "", ".csv", &names, &found), BATON_OK);
    CHECK_INT(names.count, 1);
    CHECK_INT(source_list(source, "", "", &names, &found), BATON_OK);
    CHECK_INT(names.count, 4); /* 2020 documents scheme.yaml units.CSV */
    CHECK_INT(source_list(source, "mappings", ".yaml", &names, &found), BATON_OK);
    CHECK(!names.there);
    CHECK_INT(source_read(source, "scheme.yaml", 8, &file, &found), BATON_FILE_TOO_LARGE);
    CHECK_TEXT(found.item[0].where.file, "scheme.yaml");
    CHECK_INT(source_map(source, "scheme.yaml", 9, &file, &found), BATON_OK);
    CHECK_TEXT(file.text, "baton: 1\n");
    CHECK(file.there && !file.is_mapped);
    CHECK_INT(source_read(source, "none.csv", 9, &file, &found), BATON_OK);
    CHECK(!file.there && file.size == 0);
    arena_close(arena);
}
