/* Heads held to the rules: each rule with what breaks it and what only just does not. */
#include "base/arena.h"
#include "http/http_strict.h"
#include "http/http_target.h"
#include "unit/test.h"
#include <string.h>

enum { FIELDS_MOST = 110 };

/* A head from lines "Name: value", as the library would have cut it; the texts are borrowed. */
struct made {
    struct http_head head;
    struct http_field field[FIELDS_MOST];
};

static void make(struct made *made, const char *method, const char *target, const char *version,
                 const char *lines) {
    made->head = (struct http_head){
        method,      target, version,
        made->field, 0,      strlen(method) + strlen(target) + strlen(version) + strlen(lines)};
    while (*lines != '\0') {
        const size_t size = strcspn(lines, "\n"), name = strcspn(lines, ":");
        const size_t value = name + 1 + strspn(lines + name + 1, " ");
        made->field[made->head.field_count++] =
            (struct http_field){lines, lines + value, name, size - value};
        lines += size + (lines[size] == '\n');
    }
}

/* clang-format off */
static const struct {
    const char *name; /* what is tried */
    const char *method, *version, *lines;
    enum http_flaw want;
} heads[] = {
    {"a plain request", "GET", "HTTP/1.1", "Host: a", HTTP_SOUND},
    {"host with port", "GET", "HTTP/1.1", "Host: [::1]:8080", HTTP_SOUND},
    {"an old client", "GET", "HTTP/1.0", "", HTTP_SOUND},
    {"a body", "POST", "HTTP/1.1", "Host: a\nContent-Length: 12", HTTP_SOUND},
    {"a chunked body", "POST", "HTTP/1.1", "Host: a\nTransfer-Encoding: Chunked", HTTP_SOUND},
    {"no body of no bytes", "GET", "HTTP/1.1", "Host: a\nContent-Length: 0", HTTP_SOUND},
    {"Chinese in a value", "GET", "HTTP/1.1", "Host: a\nX-Name: 张三", HTTP_SOUND},
    {"lists come twice", "GET", "HTTP/1.1", "Host: a\nAccept: a/b\nAccept: c/d", HTTP_SOUND},
    {"another method", "PROPFIND", "HTTP/1.1", "Host: a", HTTP_SOUND},
    {"no method", "", "HTTP/1.1", "Host: a", HTTP_FLAW_METHOD},
    {"method is no token", "GE(T", "HTTP/1.1", "Host: a", HTTP_FLAW_METHOD},
    {"a later version", "GET", "HTTP/2.0", "Host: a", HTTP_FLAW_VERSION},
    {"lower case version", "GET", "http/1.1", "Host: a", HTTP_FLAW_VERSION},
    {"no version", "GET", "", "Host: a", HTTP_FLAW_VERSION},
    {"space before the colon", "GET", "HTTP/1.1", "Host : a", HTTP_FLAW_FIELD_NAME},
    {"space before the name", "GET", "HTTP/1.1", "Host: a\n X: b", HTTP_FLAW_FIELD_NAME},
    {"no name", "GET", "HTTP/1.1", "Host: a\n: b", HTTP_FLAW_FIELD_NAME},
    {"name with a letter beyond ASCII", "GET", "HTTP/1.1", "Host: a\nÄ: b", HTTP_FLAW_FIELD_NAME},
    {"carriage return in a value", "GET", "HTTP/1.1", "Host: a\nX: b\rc", HTTP_FLAW_FIELD_VALUE},
    {"tab in a value", "GET", "HTTP/1.1", "Host: a\nX: b\tc", HTTP_FLAW_FIELD_VALUE},
    {"delete in a value", "GET", "HTTP/1.1", "Host: a\nX: b\x7f", HTTP_FLAW_FIELD_VALUE},
    {"Latin-1 in a value", "GET", "HTTP/1.1", "Host: a\nX: \xe4", HTTP_FLAW_FIELD_VALUE},
    {"control character U+0085 in a value", "GET", "HTTP/1.1", "Host: a\nX: \xc2\x85", HTTP_FLAW_FIELD_VALUE},
    {"no host", "GET", "HTTP/1.1", "Accept: a/b", HTTP_FLAW_HOST_MISSING},
    {"empty host", "GET", "HTTP/1.1", "Host: ", HTTP_FLAW_HOST},
    {"host with a path", "GET", "HTTP/1.1", "Host: a/b", HTTP_FLAW_HOST},
    {"host with a user", "GET", "HTTP/1.1", "Host: u@a", HTTP_FLAW_HOST},
    {"two hosts", "GET", "HTTP/1.1", "Host: a\nhost: a", HTTP_FLAW_FIELD_TWICE},
    {"two lengths", "POST", "HTTP/1.1", "Host: a\nContent-Length: 1\nContent-length: 1", HTTP_FLAW_FIELD_TWICE},
    {"two codings", "POST", "HTTP/1.1", "Host: a\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked", HTTP_FLAW_FIELD_TWICE},
    {"two types", "POST", "HTTP/1.1", "Host: a\nContent-Type: a/b\nContent-Type: a/b", HTTP_FLAW_FIELD_TWICE},
    {"two authorizations", "GET", "HTTP/1.1", "Host: a\nAuthorization: a\nAuthorization: b", HTTP_FLAW_FIELD_TWICE},
    {"two idempotency keys", "GET", "HTTP/1.1", "Host: a\nIdempotency-Key: a\nIdempotency-Key: b", HTTP_FLAW_FIELD_TWICE},
    {"two cookies", "GET", "HTTP/1.1", "Host: a\nCookie: a=b\nCookie: a=c", HTTP_FLAW_FIELD_TWICE},
    {"two addresses told by a proxy", "GET", "HTTP/1.1", "Host: a\nX-Forwarded-For: 1.1.1.1\nX-Forwarded-For: 2.2.2.2", HTTP_FLAW_FIELD_TWICE},
    {"length and coding", "POST", "HTTP/1.1", "Host: a\nContent-Length: 1\nTransfer-Encoding: chunked", HTTP_FLAW_LENGTH_AND_CODING},
    {"length with a sign", "POST", "HTTP/1.1", "Host: a\nContent-Length: +1", HTTP_FLAW_LENGTH},
    {"length of several", "POST", "HTTP/1.1", "Host: a\nContent-Length: 1, 1", HTTP_FLAW_LENGTH},
    {"length in hexadecimal", "POST", "HTTP/1.1", "Host: a\nContent-Length: 0x1", HTTP_FLAW_LENGTH},
    {"empty length", "POST", "HTTP/1.1", "Host: a\nContent-Length: ", HTTP_FLAW_LENGTH},
    {"length beyond 64 bits", "POST", "HTTP/1.1", "Host: a\nContent-Length: 18446744073709551617", HTTP_FLAW_LENGTH},
    {"another coding", "POST", "HTTP/1.1", "Host: a\nTransfer-Encoding: gzip", HTTP_FLAW_TRANSFER_CODING},
    {"another coding too", "POST", "HTTP/1.1", "Host: a\nTransfer-Encoding: gzip, chunked", HTTP_FLAW_TRANSFER_CODING},
    {"coding with a dot", "POST", "HTTP/1.1", "Host: a\nTransfer-Encoding: .chunked", HTTP_FLAW_TRANSFER_CODING},
    {"empty coding", "POST", "HTTP/1.1", "Host: a\nTransfer-Encoding: ", HTTP_FLAW_TRANSFER_CODING},
    {"chunks of an old client", "POST", "HTTP/1.0", "Transfer-Encoding: chunked", HTTP_FLAW_TRANSFER_CODING},
    {"a body of GET", "GET", "HTTP/1.1", "Host: a\nContent-Length: 5", HTTP_FLAW_BODY},
    {"chunks of GET", "GET", "HTTP/1.1", "Host: a\nTransfer-Encoding: chunked", HTTP_FLAW_BODY},
    {"a body of HEAD", "HEAD", "HTTP/1.1", "Host: a\nContent-Length: 5", HTTP_FLAW_BODY},
    {"a body of DELETE", "DELETE", "HTTP/1.1", "Host: a\nContent-Length: 5", HTTP_FLAW_BODY},
    {"a compressed body", "POST", "HTTP/1.1", "Host: a\nContent-Length: 5\nContent-Encoding: gzip", HTTP_FLAW_CONTENT_CODING},
};

static const struct {
    const char *name, *target;
    enum http_flaw want;
    const char *path;       /* where it is sound */
    const char *query;      /* name=value, each followed by a semicolon */
} targets[] = {
    {"the root", "/", HTTP_SOUND, "/", ""},
    {"segments", "/a/b", HTTP_SOUND, "/a/b", ""},
    {"a slash at the end", "/a/", HTTP_SOUND, "/a/", ""},
    {"escapes", "/a%20b/%e4%B8%AD", HTTP_SOUND, "/a b/中", ""},
    {"unescaped UTF-8", "/中", HTTP_SOUND, "/中", ""},
    {"a plus of the path", "/a+b", HTTP_SOUND, "/a+b", ""},
    {"dots in a name", "/a..b/...", HTTP_SOUND, "/a..b/...", ""},
    {"a query", "/a?b=c&d=%26+%3d&e&=f&&g=h=i", HTTP_SOUND, "/a", "b=c;d=& =;e=;=f;g=h=i;"},
    {"slashes and dots in a query", "/?a=../b//c%2F", HTTP_SOUND, "/", "a=../b//c/;"},
    {"an empty query", "/a?", HTTP_SOUND, "/a", ""},
    {"a second question mark", "/a?b?c", HTTP_SOUND, "/a", "b?c=;"},
    {"nothing", "", HTTP_FLAW_TARGET_FORM, NULL, NULL},
    {"absolute form", "http://a/b", HTTP_FLAW_TARGET_FORM, NULL, NULL},
    {"authority form", "a:443", HTTP_FLAW_TARGET_FORM, NULL, NULL},
    {"asterisk", "*", HTTP_FLAW_TARGET_FORM, NULL, NULL},
    {"a control character", "/a\x01", HTTP_FLAW_TARGET_BYTES, NULL, NULL},
    {"a tab", "/a\tb", HTTP_FLAW_TARGET_BYTES, NULL, NULL},
    {"a space", "/a b", HTTP_FLAW_TARGET_BYTES, NULL, NULL},
    {"a backslash", "/a\\b", HTTP_FLAW_TARGET_BYTES, NULL, NULL},
    {"a fragment", "/a#b", HTTP_FLAW_TARGET_BYTES, NULL, NULL},
    {"no UTF-8", "/\xff", HTTP_FLAW_TARGET_BYTES, NULL, NULL},
    {"an overlong slash", "/\xc0\xaf", HTTP_FLAW_TARGET_BYTES, NULL, NULL},
    {"an escape without digits", "/a%", HTTP_FLAW_TARGET_ESCAPE, NULL, NULL},
    {"an escape with one digit", "/a%2", HTTP_FLAW_TARGET_ESCAPE, NULL, NULL},
    {"an escape across a slash", "/a%/2", HTTP_FLAW_TARGET_ESCAPE, NULL, NULL},
    {"an escape with a letter", "/a%2g", HTTP_FLAW_TARGET_ESCAPE, NULL, NULL},
    {"an escaped NUL", "/a%00", HTTP_FLAW_TARGET_ESCAPE, NULL, NULL},
    {"an escaped line end", "/a%0d%0a", HTTP_FLAW_TARGET_ESCAPE, NULL, NULL},
    {"an escaped delete", "/a%7f", HTTP_FLAW_TARGET_ESCAPE, NULL, NULL},
    {"an escaped slash", "/a%2Fb", HTTP_FLAW_TARGET_ESCAPE, NULL, NULL},
    {"an escaped backslash", "/a%5cb", HTTP_FLAW_TARGET_ESCAPE, NULL, NULL},
    {"escapes that are no UTF-8", "/a%ff", HTTP_FLAW_TARGET_ESCAPE, NULL, NULL},
    {"an escaped overlong slash", "/a%c0%af", HTTP_FLAW_TARGET_ESCAPE, NULL, NULL},
    {"an escaped NUL in a query", "/a?b=%00", HTTP_FLAW_TARGET_ESCAPE, NULL, NULL},
    {"a broken escape in a query", "/a?b%=c", HTTP_FLAW_TARGET_ESCAPE, NULL, NULL},
    {"an escape in a query that ends at &", "/a?b=%4&c", HTTP_FLAW_TARGET_ESCAPE, NULL, NULL},
    {"two slashes", "/a//b", HTTP_FLAW_TARGET_SEGMENT, NULL, NULL},
    {"two slashes at the beginning", "//a", HTTP_FLAW_TARGET_SEGMENT, NULL, NULL},
    {"a dot", "/a/./b", HTTP_FLAW_TARGET_SEGMENT, NULL, NULL},
    {"two dots", "/a/../b", HTTP_FLAW_TARGET_SEGMENT, NULL, NULL},
    {"two dots at the end", "/a/..", HTTP_FLAW_TARGET_SEGMENT, NULL, NULL},
    {"escaped dots", "/a/%2e%2E/b", HTTP_FLAW_TARGET_SEGMENT, NULL, NULL},
    {"one escaped dot", "/a/.%2e", HTTP_FLAW_TARGET_SEGMENT, NULL, NULL},
};
/* clang-format on */

TEST(strict_heads) {
    for (size_t i = 0; i < LENGTH(heads); i++) {
        CASE("%s", heads[i].name);
        struct made made;
        struct http_framing framing;
        make(&made, heads[i].method, "/", heads[i].version, heads[i].lines);
        CHECK_INT(http_strict(&made.head, &framing), heads[i].want);
    }
}

TEST(strict_framing) {
    struct made made;
    struct http_framing framing;
    make(&made, "POST", "/", "HTTP/1.1", "Host: a\ncontent-LENGTH: 007");
    CHECK_INT(http_strict(&made.head, &framing), HTTP_SOUND);
    CHECK(framing.has_body && !framing.is_chunked);
    CHECK_INT(framing.size, 7);
    make(&made, "POST", "/", "HTTP/1.1", "Host: a\ntransfer-encoding: chunked");
    CHECK_INT(http_strict(&made.head, &framing), HTTP_SOUND);
    CHECK(framing.has_body && framing.is_chunked);
    make(&made, "POST", "/", "HTTP/1.1", "Host: a");
    CHECK_INT(http_strict(&made.head, &framing), HTTP_SOUND);
    CHECK(!framing.has_body);
}

/* The most, and one more, of each limit. */
TEST(strict_limits) {
    static char target[HTTP_TARGET_MAX + 2] = "/";
    struct made made;
    struct http_framing framing;
    memset(target + 1, 'a', HTTP_TARGET_MAX - 1);
    make(&made, "GET", target, "HTTP/1.1", "Host: a");
    CHECK_INT(http_strict(&made.head, &framing), HTTP_SOUND);
    target[HTTP_TARGET_MAX] = 'a';
    CHECK_INT(http_strict(&made.head, &framing), HTTP_FLAW_TARGET_SIZE);
    make(&made, "GET", "/", "HTTP/1.1", "Host: a");
    made.head.size = HTTP_HEAD_MAX;
    CHECK_INT(http_strict(&made.head, &framing), HTTP_SOUND);
    made.head.size++;
    CHECK_INT(http_strict(&made.head, &framing), HTTP_FLAW_HEAD_SIZE);
    make(&made, "GET", "/", "HTTP/1.1", "Host: a");
    while (made.head.field_count < HTTP_FIELDS_MAX)
        made.field[made.head.field_count++] = (struct http_field){"X", "y", 1, 1};
    CHECK_INT(http_strict(&made.head, &framing), HTTP_SOUND);
    made.field[made.head.field_count++] = (struct http_field){"X", "y", 1, 1};
    CHECK_INT(http_strict(&made.head, &framing), HTTP_FLAW_HEAD_SIZE);
}

/* Each flaw has a code, and words in both languages where the code needs them. */
TEST(strict_words) {
    for (unsigned i = HTTP_SOUND + 1; i < HTTP_FLAWS; i++) {
        const enum http_flaw flaw = (enum http_flaw)i;
        CASE("flaw %u", i);
        const baton_code code = http_flaw_code(flaw);
        CHECK(code != BATON_OK);
        const bool needs = code == BATON_REQUEST_MALFORMED;
        CHECK(needs == (http_flaw_words(flaw, BATON_EN)[0] != '\0'));
        CHECK(needs == (http_flaw_words(flaw, BATON_ZH)[0] != '\0'));
    }
    CHECK_INT(http_flaw_code(HTTP_FLAW_TARGET_SIZE), BATON_TARGET_TOO_LONG);
    CHECK_INT(http_flaw_code(HTTP_FLAW_HEAD_SIZE), BATON_HEAD_TOO_LARGE);
    CHECK_INT(http_flaw_code(HTTP_FLAW_CONTENT_CODING), BATON_CONTENT_CODED);
}

/* A head as the library leaves it: NULs for colons, spaces and line ends. Moves are what its leniency does. */
TEST(strict_lines) {
    static char buffer[] = "GET\0/a\0HTTP/1.1\0\0Host\0 b\0\0X\0c \0\0\0\0";
    const char *const method = buffer, *const target = buffer + 4, *const version = buffer + 7;
    struct http_field field[] = {{buffer + 17, buffer + 23, 4, 1},
                                 {buffer + 26, buffer + 28, 1, 2}};
    struct http_head head = {method, target, version, field, 2, sizeof buffer - 1};
    CHECK_INT(http_strict_lines(&head, 2), HTTP_SOUND);
    CASE("the target was sent longer: another space, or a NUL");
    CHECK_INT(http_strict_lines(&head, 1), HTTP_FLAW_LINES);
    CASE("a byte more in the head: a NUL in the last value");
    head.size++;
    CHECK_INT(http_strict_lines(&head, 2), HTTP_FLAW_LINES);
    CASE("a byte less in the head: a bare LF at its end");
    head.size -= 2;
    CHECK_INT(http_strict_lines(&head, 2), HTTP_FLAW_LINES);
    head.size++;
    CASE("a name that stands elsewhere: a folded line");
    static const char elsewhere[] = "X";
    field[1].name = elsewhere;
    CHECK_INT(http_strict_lines(&head, 2), HTTP_FLAW_LINES);
    field[1].name = buffer + 26;
    CASE("a value that ends before: a NUL in it");
    field[0].value_size = 0;
    CHECK_INT(http_strict_lines(&head, 2), HTTP_FLAW_LINES);
    field[0].value_size = 1;
    CASE("something but spaces before a value");
    buffer[22] = 'y';
    CHECK_INT(http_strict_lines(&head, 2), HTTP_FLAW_LINES);
    buffer[22] = '\t';
    CHECK_INT(http_strict_lines(&head, 2), HTTP_SOUND);
    CASE("without fields");
    head = (struct http_head){method, target, version, NULL, 0, 19};
    CHECK_INT(http_strict_lines(&head, 2), HTTP_SOUND);
    head.size = 18;
    CHECK_INT(http_strict_lines(&head, 2), HTTP_FLAW_LINES);
}

struct reading {
    struct baton_arena *arena;
    const char *sent;
    struct http_target target;
    enum http_flaw flaw;
    const char *path, *query;
};

static baton_code read_target(void *context) {
    struct reading *const reading = context;
    reading->flaw = http_target_read(reading->arena, reading->sent, &reading->target);
    if (reading->flaw != HTTP_SOUND)
        return BATON_OK;
    reading->path = "";
    for (size_t i = 0; i < reading->target.segment_count; i++)
        reading->path =
            arena_printf(reading->arena, "%s/%s", reading->path, reading->target.segment[i]);
    reading->query = "";
    for (size_t i = 0; i < reading->target.query_count; i++)
        reading->query =
            arena_printf(reading->arena, "%s%s=%s;", reading->query, reading->target.query[i].name,
                         reading->target.query[i].value);
    return BATON_OK;
}

TEST(strict_targets) {
    for (size_t i = 0; i < LENGTH(targets); i++) {
        CASE("%s", targets[i].name);
        struct reading reading = {.arena = arena_open(), .sent = targets[i].target};
        CHECK_INT(arena_run(reading.arena, read_target, &reading), BATON_OK);
        CHECK_INT(reading.flaw, targets[i].want);
        if (targets[i].want == HTTP_SOUND && reading.flaw == HTTP_SOUND) {
            CHECK_TEXT(reading.target.path, targets[i].path);
            CHECK_TEXT(reading.path, targets[i].path);
            CHECK_TEXT(reading.query, targets[i].query);
        }
        arena_close(reading.arena);
    }
}

TEST(strict_chunks) {
    static const struct {
        const char *before; /* what stands before the bytes, behind a NUL */
        enum http_flaw want;
    } cases[] = {
        {"5\r\n", HTTP_SOUND},
        {"0aF\r\n", HTTP_SOUND},
        {"5\r\nhello\r\n5\r\n", HTTP_SOUND},
        {"", HTTP_SOUND}, /* the buffer's beginning: it is not there to be seen */
        {"5\n", HTTP_FLAW_CHUNKS},
        {"5 \r\n", HTTP_FLAW_CHUNKS},
        {"5;x\r\n", HTTP_FLAW_CHUNKS},
        {"5;x=\n5\r\n", HTTP_FLAW_CHUNKS},
        {"5\r\nhello\n5\r\n", HTTP_FLAW_CHUNKS},
        {"\r\n", HTTP_FLAW_CHUNKS},
        {"00000000000000005\r\n", HTTP_FLAW_CHUNKS},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].before);
        char buffer[64] = "";
        const size_t size = strlen(cases[i].before);
        memcpy(buffer + 20, cases[i].before, size);
        CHECK_INT(http_strict_chunk(buffer + 20 + size), cases[i].want);
    }
}
