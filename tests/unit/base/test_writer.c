/* Output: into memory, into a file that appears when it is whole, and what becomes of errors. */
#include "base/writer.h"
#include "unit/test.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

TEST(writer_memory_grows) {
    struct baton_arena *arena = arena_open();
    struct writer *writer = writer_memory(arena);
    writer_repeat(writer, "0123456789", 5000);
    writer_printf(writer, "|%s|%d", "x", -5);
    writer_count(writer, 0);
    writer_count(writer, 1234567890123);
    writer_number(writer, 1.25);
    writer_fixed(writer, 2.5, 2);
    CHECK_INT(writer->used, 50000 + strlen("|x|-5012345678901231.252.50"));
    CHECK_TEXT(writer_text_of(writer) + 50000, "|x|-5012345678901231.252.50");
    arena_close(arena);
}

static char *content(struct baton_arena *arena, const char *path) {
    static char text[64];
    (void)arena;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

TEST(writer_file_appears_when_it_is_whole) {
    struct baton_arena *arena = arena_open();
    const char *path = test_file("out.csv", "old", 3);
    CHECK_INT(chmod(path, 0640), 0);
    struct writer *writer = writer_file(arena, path);
    writer_text(writer, "new");
    writer_flush(writer);
    CHECK_TEXT(content(arena, path), "old");
    CHECK_INT(writer_close(writer), 0);
    CHECK_TEXT(content(arena, path), "new");
    struct stat about;
    CHECK_INT(stat(path, &about), 0);
    CHECK_INT(about.st_mode & 0777, 0640);
    arena_close(arena);
}

TEST(writer_file_that_is_abandoned_leaves_nothing) {
    struct baton_arena *arena = arena_open();
    const char *path = test_file("out.csv", "old", 3);
    struct writer *writer = writer_file(arena, path);
    writer_text(writer, "half");
    writer_flush(writer);
    const char *aside = strdup(writer->whole->aside);
    CHECK(access(aside, F_OK) == 0);
    arena_close(arena);
    CHECK(access(aside, F_OK) != 0);
    CHECK_TEXT(content(NULL, path), "old");
    free((void *)aside);
}

TEST(writer_follows_links) {
    struct baton_arena *arena = arena_open();
    const char *path = test_file("out.csv", "old", 3);
    const char *link = arena_printf(arena, "%s/link.csv", test_folder());
    CHECK_INT(symlink(path, link), 0);
    struct writer *writer = writer_file(arena, link);
    writer_text(writer, "new");
    CHECK_INT(writer_close(writer), 0);
    CHECK_TEXT(content(arena, path), "new");
    arena_close(arena);
}

/* A file that is open and has no name any more stands behind a link of /proc, as the output of a command may. */
TEST(writer_writes_through_links_without_a_name) {
    struct baton_arena *arena = arena_open();
    const char *path = test_file("gone.csv", "", 0);
    const int file = open(path, O_RDWR | O_CLOEXEC);
    CHECK(file >= 0);
    CHECK_INT(unlink(path), 0);
    const char *end = arena_printf(arena, "/proc/self/fd/%d", file);
    const char *link = arena_printf(arena, "%s/through", test_folder());
    CHECK_INT(symlink(end, link), 0);
    struct writer *writer = writer_file(arena, link);
    writer_text(writer, "new");
    CHECK_INT(writer_close(writer), 0);
    char text[8] = "";
    CHECK_INT(pread(file, text, sizeof text - 1, 0), 3);
    CHECK_TEXT(text, "new");
    struct stat about;
    CHECK(lstat(link, &about) == 0 && S_ISLNK(about.st_mode));
    close(file);
    arena_close(arena);
}

TEST(writer_replaces_no_link_that_leads_nowhere) {
    struct baton_arena *arena = arena_open();
    const char *link = arena_printf(arena, "%s/dangling", test_folder());
    CHECK_INT(symlink("no/such/file", link), 0);
    struct writer *writer = writer_file(arena, link);
    writer_text(writer, "new");
    CHECK_INT(writer_close(writer), ENOENT);
    struct stat about;
    CHECK(lstat(link, &about) == 0 && S_ISLNK(about.st_mode));
    arena_close(arena);
}

TEST(writer_keeps_the_first_error) {
    struct baton_arena *arena = arena_open();
    struct writer *nowhere =
        writer_file(arena, arena_printf(arena, "%s/no/out.csv", test_folder()));
    writer_text(nowhere, "x");
    CHECK_INT(writer_close(nowhere), ENOENT);
    struct writer *full = writer_file(arena, "/dev/full");
    writer_repeat(full, "0123456789", WRITER_SIZE / 4);
    CHECK_INT(writer_close(full), ENOSPC);
    arena_close(arena);
}

TEST(writer_puts_more_than_its_buffer) {
    struct baton_arena *arena = arena_open();
    const char *path = arena_printf(arena, "%s/long", test_folder());
    struct writer *writer = writer_file(arena, path);
    const size_t size = 3 * (size_t)WRITER_SIZE + 17;
    char *bytes = arena_alloc(arena, size, 1);
    memset(bytes, 'a', size);
    writer_char(writer, 'b');
    writer_put(writer, bytes, size);
    writer_char(writer, 'c');
    CHECK_INT(writer_close(writer), 0);
    struct stat about;
    CHECK_INT(stat(path, &about), 0);
    CHECK_INT(about.st_size, size + 2);
    arena_close(arena);
}
