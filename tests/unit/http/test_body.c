/* Bodies in memory and in files: the same bytes either way, and never more than all of them may hold. */
#include "http/http_body.h"
#include "unit/test.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { PIECE = 10007 };

static void fill(char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(i * 31 + i / 251);
}

/* Sends a body in pieces; says how far it came. */
static enum http_body_code send(struct http_bodies *bodies, struct http_body *body,
                                const char *bytes, size_t size, uint64_t expected) {
    for (size_t at = 0; at < size; at += PIECE) {
        const size_t left = size - at;
        const enum http_body_code code =
            http_body_add(bodies, body, bytes + at, left < PIECE ? left : PIECE, expected);
        if (code != HTTP_BODY_OK)
            return code;
    }
    return HTTP_BODY_OK;
}

TEST(bodies_come_as_they_were_sent) {
    static const struct {
        size_t size;
        uint64_t expected;
        bool in_file;
    } cases[] = {
        {0, 0, false},
        {1, 1, false},
        {HTTP_BODY_MEMORY - 1, HTTP_BODY_MEMORY - 1, false},
        {HTTP_BODY_MEMORY, HTTP_BODY_MEMORY, true},
        {HTTP_BODY_MEMORY - 1, 0, false},
        {HTTP_BODY_MEMORY, 0, true},
        {3 * HTTP_BODY_MEMORY + 5, 0, true},
        {4096 * 100, 4096 * 100, true}, /* the NUL begins a page */
    };
    char *bytes = malloc(4 * HTTP_BODY_MEMORY);
    fill(bytes, 4 * HTTP_BODY_MEMORY);
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%zu bytes of %llu", cases[i].size, (unsigned long long)cases[i].expected);
        struct http_bodies bodies = {.memory_most = 1 << 20, .file_most = 1 << 20};
        struct http_body body = {.file = -1};
        const char *whole = NULL;
        CHECK_INT(send(&bodies, &body, bytes, cases[i].size, cases[i].expected), HTTP_BODY_OK);
        CHECK_INT(body.size, cases[i].size);
        CHECK((body.file >= 0) == cases[i].in_file);
        CHECK((bodies.file_now > 0) == cases[i].in_file);
        CHECK((bodies.memory_now > 0) == (!cases[i].in_file && cases[i].size > 0));
        if (!CHECK_INT(http_body_whole(&body, &whole), HTTP_BODY_OK))
            continue;
        CHECK(memcmp(whole, bytes, cases[i].size) == 0 && whole[cases[i].size] == '\0');
        if (body.file >=
            0) /* the NUL is written too: a page that is not there yet may find no room when it is read */
            CHECK_INT(lseek(body.file, 0, SEEK_HOLE), (long long)cases[i].size + 1);
        http_body_close(&bodies, &body);
        CHECK(bodies.memory_now == 0 && bodies.file_now == 0);
    }
    free(bytes);
}

TEST(bodies_small_ones_go_into_files_when_memory_is_full) {
    struct http_bodies bodies = {.memory_most = 20000, .file_most = 1 << 20};
    struct http_body first = {.file = -1}, second = {.file = -1};
    char bytes[15000];
    fill(bytes, sizeof bytes);
    CHECK_INT(send(&bodies, &first, bytes, sizeof bytes, sizeof bytes), HTTP_BODY_OK);
    CHECK_INT(send(&bodies, &second, bytes, sizeof bytes, sizeof bytes), HTTP_BODY_OK);
    CHECK(first.file < 0 && second.file >= 0);
    http_body_close(&bodies, &first);
    http_body_close(&bodies, &second);
    CHECK(bodies.memory_now == 0 && bodies.file_now == 0);
}

TEST(bodies_hold_no_more_than_they_may) {
    const size_t size = 2 * HTTP_BODY_MEMORY;
    struct http_bodies bodies = {.memory_most = 1 << 20, .file_most = size + size / 2};
    struct http_body first = {.file = -1}, second = {.file = -1};
    char *bytes = malloc(size);
    fill(bytes, size);
    CHECK(http_bodies_have_room(&bodies, size));
    CHECK_INT(send(&bodies, &first, bytes, size, size), HTTP_BODY_OK);
    CHECK(!http_bodies_have_room(&bodies, size));
    CHECK(http_bodies_have_room(&bodies, 1000)); /* in memory */
    CHECK_INT(send(&bodies, &second, bytes, size, 0), HTTP_BODY_BUSY);
    CHECK(bodies.file_now <= bodies.file_most);
    http_body_close(&bodies, &second);
    CHECK_INT(bodies.file_now, size);
    http_body_close(&bodies, &first);
    CHECK(bodies.memory_now == 0 && bodies.file_now == 0);
    free(bytes);
}

TEST(bodies_without_a_place) {
    const size_t size = HTTP_BODY_MEMORY + 1;
    struct http_bodies bodies = {
        .folder = "/nowhere/at/all", .memory_most = 1 << 20, .file_most = 1 << 20};
    struct http_body body = {.file = -1};
    char *bytes = malloc(size);
    fill(bytes, size);
    CHECK_INT(send(&bodies, &body, bytes, size, size), HTTP_BODY_FAILED);
    http_body_close(&bodies, &body);
    CHECK(bodies.memory_now == 0 && bodies.file_now == 0);
    free(bytes);
}

TEST(bodies_on_a_full_disk) {
    const size_t size = 2 * HTTP_BODY_MEMORY;
    struct http_bodies bodies = {.memory_most = 1 << 20, .file_most = 4 << 20};
    struct http_body body = {.file = -1};
    struct rlimit before;
    char *bytes = malloc(size);
    fill(bytes, size);
    getrlimit(RLIMIT_FSIZE, &before);
    void (*const handler)(int signal) = signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){HTTP_BODY_MEMORY + 100, before.rlim_max});
    const enum http_body_code code = send(&bodies, &body, bytes, size, size);
    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, handler);
    CHECK_INT(code, HTTP_BODY_FULL);
    http_body_close(&bodies, &body);
    CHECK(bodies.memory_now == 0 && bodies.file_now == 0);
    free(bytes);
}
