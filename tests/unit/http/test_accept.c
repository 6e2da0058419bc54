/* Lists that clients send: codings, languages, media types, entity tags. */
#include "http/http_accept.h"
#include "http/http_compress.h"
#include "unit/test.h"
#include <brotli/decode.h>
#include <string.h>
#include <zlib.h>

/* clang-format off */
static const struct {
    const char *header;
    enum http_coding want;
} codings[] = {
    {NULL, HTTP_IDENTITY},
    {"", HTTP_IDENTITY},
    {"gzip", HTTP_GZIP},
    {"GZip", HTTP_GZIP},
    {"br", HTTP_BROTLI},
    {"gzip, deflate, br, zstd", HTTP_BROTLI},
    {"gzip;q=1.0, br;q=0.5", HTTP_GZIP},
    {"gzip; q=0.5 , br ; q=0.8", HTTP_BROTLI},
    {"gzip;q=0, br;q=0", HTTP_IDENTITY},
    {"gzip;q=0.0", HTTP_IDENTITY},
    {"gzip;q=0.001", HTTP_GZIP},
    {"br;q=0, *", HTTP_GZIP},
    {"*", HTTP_BROTLI},
    {"*;q=0", HTTP_IDENTITY},
    {"identity", HTTP_IDENTITY},
    {"identity, gzip;q=0.5", HTTP_IDENTITY},
    {"identity;q=0.5, gzip;q=0.5", HTTP_GZIP},
    {"identity;q=0", HTTP_IDENTITY},
    {"zstd", HTTP_IDENTITY},
    {"xgzip", HTTP_IDENTITY},
    {"gzipx", HTTP_IDENTITY},
    {"gzip;q=2", HTTP_IDENTITY},
    {"gzip;q=0.1234", HTTP_IDENTITY},
    {"gzip;q=", HTTP_GZIP},
    {";;,,;q=1,gzip", HTTP_GZIP},
};

static const struct {
    const char *header;
    enum baton_language want; /* English is usual */
} languages[] = {
    {NULL, BATON_EN}, {"", BATON_EN}, {"zh", BATON_ZH}, {"zh-CN,zh;q=0.9,en;q=0.8", BATON_ZH}, {"en-GB, zh", BATON_EN}, {"fr, de;q=0.9", BATON_EN},
    {"fr, ZH-Hant-TW;q=0.5, en", BATON_ZH}, {"zh;q=0, en", BATON_EN}, {"zha, zh", BATON_ZH}, {"zhx", BATON_EN}, {"*", BATON_EN}, {"z", BATON_EN},
};

static const struct {
    const char *header, *media;
    bool want;
} media[] = {
    {"application/json", "application/json", true}, {"Application/JSON", "application/json", true}, {"application/json; charset=utf-8", "application/json", true},
    {"application/json;charset=\"UTF-8\"", "application/json", true}, {"application/json; charset=gbk", "application/json", false},
    {"application/json; a=b", "application/json", false}, {"application/jsonx", "application/json", false}, {"application/jso", "application/json", false},
    {NULL, "application/json", false}, {"", "application/json", false}, {"a/b; c=d", "", true}, {"", "", false}, {NULL, "", false},
    {"application/json, a/b", "application/json", false},
};

static const struct {
    const char *media;
    bool is_text, has_charset;
} texts[] = {
    {"text/plain", true, true}, {"text/html", true, true}, {"text/csv", true, true}, {"application/json", true, false}, {"application/problem+json", true, false},
    {"image/svg+xml", true, true}, {"text/javascript", true, true}, {"application/yaml", true, false}, {"application/octet-stream", false, false}, {"image/png", false, false},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false, false}, {"text/plain; charset=gbk", true, false},
};

static const struct {
    const char *list;
    bool weak, want;
    const char *which; /* NULL = not looked at */
} tags[] = {
    {"\"v1\"", false, true, "\"v1\""}, {"\"v2\"", false, false, NULL}, {"\"v2\", \"v1\"", false, true, "\"v1\""}, {"\"v2\",\"v1\"", false, true, "\"v1\""}, {"*", false, true, NULL},
    {"W/\"v1\"", false, false, NULL}, {"W/\"v1\"", true, true, "\"v1\""}, {"\"v1+br\"", false, true, "\"v1+br\""}, {"\"v1+gzip\"", false, true, "\"v1+gzip\""},
    {"\"v1+zip\"", false, false, NULL}, {"v1", false, false, NULL}, {"\"v1", false, false, NULL}, {"", false, false, NULL}, {"\"\"", false, false, NULL}, {"\"v\"", false, false, NULL},
    {"\"v11\"", false, false, NULL}, {"\"a,\", \"v1\"", false, true, "\"v1\""},
};
/* clang-format on */

TEST(accept_codings) {
    for (size_t i = 0; i < LENGTH(codings); i++) {
        CASE("%s", codings[i].header != NULL ? codings[i].header : "(none)");
        CHECK_INT(http_accept_coding(codings[i].header), codings[i].want);
    }
}

TEST(accept_languages) {
    for (size_t i = 0; i < LENGTH(languages); i++) {
        CASE("%s", languages[i].header != NULL ? languages[i].header : "(none)");
        CHECK_INT(http_accept_language(languages[i].header, BATON_EN), languages[i].want);
    }
    CHECK_INT(http_accept_language("fr", BATON_ZH), BATON_ZH);
    CHECK_INT(http_accept_language("en", BATON_ZH), BATON_EN);
}

TEST(accept_media) {
    for (size_t i = 0; i < LENGTH(media); i++) {
        CASE("%s of %s", media[i].header != NULL ? media[i].header : "(none)", media[i].media);
        CHECK_INT(http_is_media(media[i].header, media[i].media), media[i].want);
    }
    for (size_t i = 0; i < LENGTH(texts); i++) {
        CASE("%s", texts[i].media);
        CHECK_INT(http_media_is_text(texts[i].media), texts[i].is_text);
        CHECK_INT(http_media_has_charset(texts[i].media), texts[i].has_charset);
    }
}

TEST(accept_tags) {
    for (size_t i = 0; i < LENGTH(tags); i++) {
        CASE("%s, %s", tags[i].list, tags[i].weak ? "weak" : "strong");
        struct http_tag_found found = {NULL, 0};
        CHECK_INT(http_tags_have(tags[i].list, "v1", tags[i].weak, &found), tags[i].want);
        if (tags[i].which == NULL)
            continue;
        if (CHECK_INT(found.size, strlen(tags[i].which)))
            CHECK_BYTES(found.text, tags[i].which, found.size);
    }
}

/* Small text and large, of which all comes back, byte for byte; and no room. */
TEST(accept_compress) {
    enum { SIZE = 300000 };
    static char text[SIZE], small[SIZE], back[SIZE];
    uint32_t x = 7;
    for (size_t i = 0; i < SIZE; i++)
        text[i] = "0123456789,\n"[(x = x * 1103515245 + 12345) >> 16 & 7];
    static const size_t sizes[] = {1, 1000, 65536, SIZE};
    for (size_t i = 0; i < LENGTH(sizes); i++)
        for (unsigned effort = 0; effort < 2; effort++) {
            CASE("%zu bytes, effort %u", sizes[i], effort);
            size_t used =
                http_compress(HTTP_GZIP, (enum http_effort)effort, text, sizes[i], small, SIZE);
            z_stream stream = {.next_in = (Bytef *)small,
                               .avail_in = (uInt)used,
                               .next_out = (Bytef *)back,
                               .avail_out = SIZE};
            CHECK(used > 0 && inflateInit2(&stream, 31) == Z_OK);
            CHECK_INT(inflate(&stream, Z_FINISH), Z_STREAM_END);
            CHECK_INT(stream.total_out, sizes[i]);
            CHECK_BYTES(back, text, sizes[i]);
            inflateEnd(&stream);
            used =
                http_compress(HTTP_BROTLI, (enum http_effort)effort, text, sizes[i], small, SIZE);
            size_t out = SIZE;
            CHECK(used > 0);
            CHECK_INT(BrotliDecoderDecompress(used, (const uint8_t *)small, &out, (uint8_t *)back),
                      BROTLI_DECODER_RESULT_SUCCESS);
            CHECK_INT(out, sizes[i]);
            CHECK_BYTES(back, text, sizes[i]);
        }
    CASE("no room");
    CHECK_INT(http_compress(HTTP_GZIP, HTTP_EFFORT_LITTLE, text, SIZE, small, 100), 0);
    CHECK_INT(http_compress(HTTP_BROTLI, HTTP_EFFORT_LITTLE, text, SIZE, small, 100), 0);
}
