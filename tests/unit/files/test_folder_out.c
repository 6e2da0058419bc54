/* Folders written: whole or not at all, and nothing left behind. */
#include "files/folder_out.h"
#include "unit/test.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How many names a folder has; -1 where there is none. */
static int names_in(const char *folder) {
    DIR *listing = opendir(folder);
    int count = -2; /* . and .. */
    if (listing == NULL)
        return -1;
    while (readdir(listing) != NULL)
        count++;
    closedir(listing);
    return count;
}

static bool holds(struct baton_arena *arena, const char *folder, const char *name,
                  const char *want) {
    char got[16] = "";
    FILE *file = fopen(arena_printf(arena, "%s/%s", folder, name), "rb");
    if (file == NULL)
        return false;
    const size_t size = fread(got, 1, sizeof got - 1, file);
    fclose(file);
    return size == strlen(want) && memcmp(got, want, size) == 0;
}

static int write_two(struct baton_arena *arena, const char *path, bool replace, const char **kept) {
    struct folder_out *out = folder_out_open(arena, path, replace);
    folder_out_add(out, "units.csv", "id\n", 3);
    folder_out_add(out, "a/b/c.md", "#", 1);
    folder_out_add(out, "a/empty", "", 0);
    return folder_out_close(out, kept);
}

TEST(folder_out_whole) {
    struct baton_arena *arena = arena_open();
    const char *kept = "";
    const char *path = arena_printf(arena, "%s/out", test_folder());
    CHECK_INT(write_two(arena, arena_printf(arena, "%s/", path), false, &kept), 0);
    CHECK(kept == NULL);
    CHECK_INT(names_in(test_folder()), 1);
    CHECK_INT(names_in(path), 2);
    CHECK(holds(arena, path, "units.csv", "id\n"));
    CHECK(holds(arena, path, "a/b/c.md", "#"));
    CHECK(holds(arena, path, "a/empty", ""));
    arena_close(arena);
    CHECK_INT(names_in(test_folder()), 1); /* closing takes nothing away */
}

TEST(folder_out_not_empty) {
    struct baton_arena *arena = arena_open();
    const char *kept = "";
    test_file("out/mine", "x", 1);
    const char *path = arena_printf(arena, "%s/out", test_folder());
    CHECK_INT(write_two(arena, path, false, &kept), ENOTEMPTY);
    CHECK_INT(names_in(test_folder()), 1);
    CHECK_INT(names_in(path), 1);
    CHECK_INT(write_two(arena, path, true, &kept), 0);
    CHECK_INT(names_in(path), 2);
    if (CHECK(kept != NULL))
        CHECK(holds(arena, kept, "mine", "x"));
    CHECK_INT(write_two(arena, path, true, &kept), 0);
    if (CHECK(kept != NULL))
        CHECK(strcmp(kept + strlen(kept) - 6, ".old-2") == 0);
    CHECK_INT(names_in(test_folder()), 3);
    arena_close(arena);
}

TEST(folder_out_empty_one_keeps_its_mode) {
    struct baton_arena *arena = arena_open();
    const char *kept;
    struct stat about;
    const char *path = arena_printf(arena, "%s/out", test_folder());
    CHECK_INT(mkdir(path, 0750), 0);
    CHECK_INT(chmod(path, 0750), 0);
    CHECK_INT(write_two(arena, path, false, &kept), 0);
    CHECK_INT(stat(path, &about), 0);
    CHECK_INT(about.st_mode & 07777, 0750);
    arena_close(arena);
}

/* Through a link the folder that it names is written. */
TEST(folder_out_link) {
    struct baton_arena *arena = arena_open();
    const char *kept;
    const char *path = arena_printf(arena, "%s/real", test_folder()),
               *link = arena_printf(arena, "%s/link", test_folder());
    CHECK_INT(mkdir(path, 0777), 0);
    CHECK_INT(symlink("real", link), 0);
    CHECK_INT(write_two(arena, link, false, &kept), 0);
    CHECK(holds(arena, path, "units.csv", "id\n"));
    CHECK_INT(names_in(test_folder()), 2);
    arena_close(arena);
}

TEST(folder_out_fails) {
    struct baton_arena *arena = arena_open();
    const char *kept = "";
    CHECK_INT(write_two(arena, arena_printf(arena, "%s/no/out", test_folder()), false, &kept),
              ENOENT);
    CHECK_INT(write_two(arena, test_file("file", "x", 1), true, &kept), ENOTDIR);
    struct folder_out *out =
        folder_out_open(arena, arena_printf(arena, "%s/twice", test_folder()), false);
    folder_out_add(out, "a", "1", 1);
    folder_out_add(out, "a", "2", 1);
    CHECK_INT(folder_out_close(out, &kept), EEXIST);
    out = folder_out_open(arena, arena_printf(arena, "%s/clash", test_folder()), false);
    folder_out_add(out, "a", "1", 1);
    folder_out_add(out, "a/b", "2", 1);
    CHECK_INT(folder_out_close(out, &kept), ENOTDIR);
    CHECK(kept == NULL);
    CHECK_INT(names_in(test_folder()), 1);
    folder_out_add(folder_out_open(arena, arena_printf(arena, "%s/left", test_folder()), false),
                   "a/b", "1", 1);
    CHECK_INT(names_in(test_folder()), 2); /* it stands aside */
    arena_close(arena);
    CHECK_INT(names_in(test_folder()), 1);
}
