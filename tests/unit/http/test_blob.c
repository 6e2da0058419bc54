/* Blobs and the server's start: what does not need a client. */
#include "http/http_blob.h"
#include "http/http_inside.h"
#include "unit/test.h"
#include <fcntl.h>
#include <pthread.h>
#include <string.h>

TEST(blob_forms) {
    char text[5000];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('a' + i % 7);
    struct http_blob *const blob =
        http_blob_make("text/plain", text, sizeof text, NULL, HTTP_EFFORT_MUCH);
    if (!CHECK(blob != NULL))
        return;
    CHECK(http_blob_varies(blob));
    const struct http_form plain = http_blob_form(blob, HTTP_IDENTITY);
    CHECK_INT(plain.size, sizeof text);
    CHECK_BYTES(plain.bytes, text, sizeof text);
    CHECK(http_blob_is_ready(blob, HTTP_IDENTITY));
    for (unsigned i = 0; i < HTTP_IDENTITY; i++) {
        CHECK(!http_blob_is_ready(blob, (enum http_coding)i));
        const struct http_form form = http_blob_form(blob, (enum http_coding)i);
        CHECK(http_blob_is_ready(blob, (enum http_coding)i));
        CHECK(http_blob_form(blob, (enum http_coding)i).bytes == form.bytes);
        CHECK_INT(form.coding, i);
        CHECK(form.size < sizeof text);
    }
    CASE("the same bytes have the same tag, others another");
    struct http_blob *const same =
        http_blob_make("text/html", text, sizeof text, NULL, HTTP_EFFORT_MUCH);
    text[17] ^= 1;
    struct http_blob *const other =
        http_blob_make("text/plain", text, sizeof text, NULL, HTTP_EFFORT_MUCH);
    if (CHECK(same != NULL && other != NULL)) {
        CHECK_TEXT(http_blob_tag(same), http_blob_tag(blob));
        CHECK(strcmp(http_blob_tag(other), http_blob_tag(blob)) != 0);
    }
    http_blob_release(same);
    http_blob_release(other);
    http_blob_release(blob);
}

TEST(blob_without_forms) {
    static const char text[HTTP_COMPRESS_FROM] = "";
    static const struct {
        const char *name, *media;
        size_t size;
        bool varies;
    } cases[] = {
        {"short text", "text/plain", HTTP_COMPRESS_FROM - 1, false},
        {"text", "text/plain", HTTP_COMPRESS_FROM, true},
        {"no text", "image/png", HTTP_COMPRESS_FROM, false},
        {"nothing", "text/plain", 0, false},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].name);
        struct http_blob *const blob =
            http_blob_make(cases[i].media, text, cases[i].size, "tag", HTTP_EFFORT_MUCH);
        if (!CHECK(blob != NULL))
            continue;
        CHECK_TEXT(http_blob_tag(blob), "tag");
        CHECK_INT(http_blob_varies(blob), cases[i].varies);
        CHECK_INT(http_blob_form(blob, HTTP_IDENTITY).size, cases[i].size);
        http_blob_release(blob);
    }
}

TEST(blob_of_bytes_that_are_there_for_ever) {
    static const char text[] = "as it is", small[] = "s";
    const struct http_bytes form[HTTP_CODINGS] = {
        [HTTP_BROTLI] = {small, 1}, [HTTP_IDENTITY] = {text, sizeof text}};
    struct http_blob *const blob = http_blob_of("text/html", "tag", form);
    if (!CHECK(blob != NULL))
        return;
    CHECK(http_blob_varies(blob));
    CHECK_TEXT(http_blob_tag(blob), "tag");
    CHECK(http_blob_form(blob, HTTP_BROTLI).bytes == small);
    CHECK_INT(http_blob_form(blob, HTTP_BROTLI).coding, HTTP_BROTLI);
    CASE("a form that is not there is never made");
    CHECK(http_blob_is_ready(blob, HTTP_GZIP));
    CHECK(http_blob_form(blob, HTTP_GZIP).bytes == text);
    CHECK_INT(http_blob_form(blob, HTTP_GZIP).coding, HTTP_IDENTITY);
    http_blob_release(blob);
    CASE("without any other form it is sent in one only");
    const struct http_bytes alone[HTTP_CODINGS] = {[HTTP_IDENTITY] = {text, sizeof text}};
    struct http_blob *const plain = http_blob_of("image/png", "tag", alone);
    if (CHECK(plain != NULL))
        CHECK(!http_blob_varies(plain));
    http_blob_release(plain);
}

static void *hold_and_release(void *context) {
    struct http_blob *const blob = context;
    for (unsigned i = 0; i < 10000; i++)
        http_blob_release(http_blob_hold(blob));
    return NULL;
}

/* Many hold it; it stays as long as one does. That it then goes, the leak checker sees. */
TEST(blob_held_by_many) {
    struct http_blob *const blob = http_blob_make("text/plain", "x", 1, NULL, HTTP_EFFORT_MUCH);
    pthread_t thread[4];
    if (!CHECK(blob != NULL))
        return;
    for (size_t i = 0; i < LENGTH(thread); i++)
        CHECK_INT(pthread_create(&thread[i], NULL, hold_and_release, blob), 0);
    for (size_t i = 0; i < LENGTH(thread); i++)
        pthread_join(thread[i], NULL);
    CHECK_BYTES(http_blob_form(blob, HTTP_GZIP).bytes, "x", 1);
    http_blob_release(blob);
    http_blob_release(NULL);
}

TEST(address_read) {
    static const struct {
        const char *text;
        bool want;
    } cases[] = {{"127.0.0.1", true},   {"::1", true},        {"::ffff:10.0.0.1", true},
                 {"", false},           {"localhost", false}, {"1.2.3", false},
                 {"1.2.3.4:80", false}, {"[::1]", false},     {"unknown", false}};
    struct in6_addr address, same;
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].text);
        CHECK_INT(http_address_read(cases[i].text, strlen(cases[i].text), &address), cases[i].want);
    }
    CHECK(http_address_read("10.0.0.1", 8, &address) &&
          http_address_read("::ffff:10.0.0.1", 15, &same));
    CHECK_BYTES(&address, &same, sizeof address);
}

struct starting {
    struct baton_arena *arena;
    struct http_settings settings;
    baton_code want, found;
};

static baton_code start(void *context) {
    struct starting *const starting = context;
    static const struct http_site site = {.language = BATON_EN};
    struct baton_findings found = {.arena = starting->arena};
    struct http_server *server = NULL;
    const baton_code code =
        http_start(starting->arena, &starting->settings, &site, &server, &found);
    starting->found = found.count > 0 ? found.item[0].code : BATON_OK;
    if (code == BATON_OK)
        http_stop(server, 0);
    return code;
}

/* Descriptors that are open. */
static unsigned open_files(void) {
    unsigned count = 0;
    for (int i = 0; i < 1024; i++)
        count += fcntl(i, F_GETFD) >= 0;
    return count;
}

TEST(start_refuses) {
    static const struct {
        const char *name, *address, *certificate, *key;
        baton_code want;
        const char *proxy[2];
    } cases[] = {
        {"an address", "127.0.0.1", NULL, NULL, BATON_OK, {"::1", NULL}},
        {"a proxy that is a name", "127.0.0.1", NULL, NULL, BATON_SERVER_PROXY, {"proxy", NULL}},
        {"a name", "localhost", NULL, NULL, BATON_SERVER_ADDRESS, {NULL}},
        {"an address of others", "192.0.2.1", NULL, NULL, BATON_SERVER_ADDRESS, {NULL}},
        {"a certificate that is none", "127.0.0.1", "none", "none", BATON_SERVER_TLS, {NULL}},
        {"a key alone", "127.0.0.1", NULL, "none", BATON_SERVER_TLS, {NULL}},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].name);
        struct starting starting = {.arena = arena_open(), .settings = http_settings_usual};
        starting.settings.address = cases[i].address;
        starting.settings.port = 0;
        starting.settings.certificate = cases[i].certificate;
        starting.settings.key = cases[i].key;
        starting.settings.proxy = cases[i].proxy;
        const unsigned before = open_files();
        CHECK_INT(arena_run(starting.arena, start, &starting), cases[i].want);
        CHECK_INT(open_files(), before);
        CHECK_INT(starting.found, cases[i].want);
        arena_close(starting.arena);
    }
}

/* Starting and stopping leave no moment in which the library could be caught between its loops. */
TEST(start_and_stop) {
    for (unsigned i = 0; i < 60; i++) {
        struct starting starting = {.arena = arena_open(), .settings = http_settings_usual};
        starting.settings.port = 0;
        starting.settings.loops = 1 + i % 4;
        CHECK_INT(arena_run(starting.arena, start, &starting), BATON_OK);
        arena_close(starting.arena);
    }
}
