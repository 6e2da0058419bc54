/* Archives written and read again: the same members, the same bytes twice, nothing left behind. What may not be in an archive is in
 * test_archive_refused.c, and made by another program in tests/hostile. */
#include "base/limits.h"
#include "files/archive.h"
#include "files/archive_out.h"
#include "unit/test.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *name, *text;
} members[] = {
    {"scheme.yaml", "baton: 1\n"},
    {"documents/办法.md", "# 考核办法\n"},
    {"empty.csv", ""},
    {"z/a", "a"},
    {"z-a", "b"},
};

static int write_members(struct baton_arena *arena, const char *path) {
    struct archive_out *out = archive_out_open(arena, path);
    for (size_t i = 0; i < LENGTH(members); i++)
        archive_out_add(out, members[i].name, members[i].text, strlen(members[i].text));
    return archive_out_close(out);
}

static size_t bytes_of(const char *path, char *bytes, size_t room) {
    FILE *file = fopen(path, "rb");
    const size_t size = file != NULL ? fread(bytes, 1, room, file) : 0;
    if (file != NULL)
        fclose(file);
    return size;
}

static size_t files_in(const char *folder) {
    DIR *listing = opendir(folder);
    size_t count = 0;
    while (listing != NULL && readdir(listing) != NULL)
        count++;
    if (listing != NULL)
        closedir(listing);
    return count - 2; /* . and .. */
}

TEST(archive_read_what_was_written) {
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    const char *path = test_file("a.zip", "old", 3);
    CHECK_INT(write_members(arena, path), 0);
    CHECK_INT(files_in(test_folder()), 1);
    struct archive *archive = NULL;
    if (!CHECK_INT(archive_open(arena, path, &archive, &found), BATON_OK))
        return;
    CHECK_TEXT(archive->path, path);
    CHECK_INT(archive->count, LENGTH(members));
    for (uint32_t i = 0; i < archive->count; i++) {
        CASE("%s", members[i].name);
        char *text = NULL;
        size_t size = 99;
        CHECK_TEXT(archive->member[i].name, members[i].name);
        CHECK_INT(archive_find(archive, members[i].name), i);
        CHECK_INT(archive->member[i].size, strlen(members[i].text));
        CHECK_INT(archive_read(archive, i, 1000, &text, &size, &found), BATON_OK);
        CHECK_INT(size, strlen(members[i].text));
        CHECK_TEXT(text, members[i].text);
    }
    CHECK_INT(archive_find(archive, "z"), UINT32_MAX);
    CHECK_INT(found.count, 0);
    arena_close(arena);
}

TEST(archive_out_same_bytes) {
    static char one[1 << 12], two[1 << 12];
    struct baton_arena *arena = arena_open();
    const char *path = test_file("a.zip", "", 0);
    CHECK_INT(write_members(arena, path), 0);
    const size_t size = bytes_of(path, one, sizeof one);
    CHECK(size > 200);
    usleep(1000);
    CHECK_INT(write_members(arena, path), 0);
    CHECK_INT(bytes_of(path, two, sizeof two), size);
    CHECK_BYTES(two, one, size);
    arena_close(arena);
}

TEST(archive_out_abandoned_or_nowhere) {
    struct baton_arena *arena = arena_open();
    char text[8] = "";
    const char *path = test_file("old.zip", "old", 3);
    archive_out_add(archive_out_open(arena, path), "a", "b", 1);
    arena_close(arena);
    CHECK_INT(bytes_of(path, text, sizeof text), 3);
    CHECK_INT(files_in(test_folder()), 1);
    arena = arena_open();
    const char *nowhere = arena_printf(arena, "%s/no/such.zip", test_folder());
    CHECK_INT(write_members(arena, nowhere), ENOENT);
    CHECK_INT(write_members(arena, test_folder()), EISDIR);
    arena_close(arena);
}

/* A name that cannot be added is an error at the end, and the old file stays. */
TEST(archive_out_keeps_first_error) {
    struct baton_arena *arena = arena_open();
    const char *path = test_file("old.zip", "old", 3);
    struct archive_out *out = archive_out_open(arena, path);
    archive_out_add(out, "a", "1", 1);
    archive_out_add(out, "a", "2", 1);
    CHECK_INT(archive_out_close(out), EIO);
    char text[8] = "";
    CHECK_INT(bytes_of(path, text, sizeof text), 3);
    CHECK_INT(files_in(test_folder()), 1);
    arena_close(arena);
}

/* A member of some blocks, by pieces of all sizes. */
TEST(archive_stream_pieces) {
    enum { SIZE = 3000000 };
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    char *want = arena_alloc(arena, SIZE, 1), *got = arena_alloc(arena, SIZE + 1, 1);
    uint32_t state = 1;
    for (size_t i = 0; i < SIZE; i++) {
        state = state * 1664525 + 1013904223;
        want[i] = (char)('0' + (state >> 24) % 10);
    }
    const char *path = test_file("a.zip", "", 0);
    struct archive_out *out = archive_out_open(arena, path);
    archive_out_add(out, "figures", want, SIZE);
    CHECK_INT(archive_out_close(out), 0);
    struct archive *archive = NULL;
    if (!CHECK_INT(archive_open(arena, path, &archive, &found), BATON_OK))
        return;
    static const size_t pieces[] = {1000, 65536, 999983, SIZE, SIZE + 1};
    for (size_t i = 0; i < LENGTH(pieces); i++) {
        CASE("pieces of %zu", pieces[i]);
        struct archive_stream *stream;
        size_t have = 0, count = 1;
        memset(got, 0, SIZE);
        CHECK_INT(archive_stream_open(archive, 0, SIZE, &stream, &found), BATON_OK);
        while (count > 0 && have <= SIZE) {
            const size_t room = SIZE + 1 - have < pieces[i] ? SIZE + 1 - have : pieces[i];
            if (!CHECK_INT(archive_stream_read(stream, got + have, room, &count, &found), BATON_OK))
                break;
            have += count;
        }
        CHECK_INT(have, SIZE);
        CHECK(memcmp(got, want, SIZE) == 0);
        archive_stream_close(stream);
    }
    archive_stream_close(NULL);
    arena_close(arena);
}

TEST(archive_read_limits) {
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    const char *path = test_file("a.zip", "", 0);
    CHECK_INT(write_members(arena, path), 0);
    struct archive *archive = NULL;
    if (!CHECK_INT(archive_open(arena, path, &archive, &found), BATON_OK))
        return;
    char *text = NULL;
    size_t size;
    CHECK_INT(archive_read(archive, 0, 9, &text, &size, &found), BATON_OK);
    CHECK_INT(archive_read(archive, 0, 8, &text, &size, &found), BATON_FILE_TOO_LARGE);
    CHECK_TEXT(found.item[0].where.file, "scheme.yaml");
    archive_limit_time(archive, 0);
    CHECK_INT(archive_read(archive, 0, 9, &text, &size, &found), BATON_ARCHIVE_TIME);
    arena_close(arena);
}

/* What cannot be opened as a file at all. */
TEST(archive_open_no_file) {
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    struct archive *archive = NULL;
    CHECK_INT(archive_open(arena, test_file("e.zip", "", 0), &archive, &found), BATON_ARCHIVE_NONE);
    CHECK_INT(archive_open(arena, test_folder(), &archive, &found), BATON_FILE_READ);
    CHECK_INT(archive_open(arena, "/no/such.zip", &archive, &found), BATON_FILE_READ);
    const char *large = test_file("large.zip", "x", 1);
    CHECK_INT(truncate(large, (off_t)LIMIT_ARCHIVE_SIZE + 1), 0);
    CHECK_INT(archive_open(arena, large, &archive, &found), BATON_FILE_TOO_LARGE);
    CHECK(archive == NULL);
    arena_close(arena);
}
