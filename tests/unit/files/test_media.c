/* What files are: by content, name and sender; names that are none; hostile containers. */
#include "base/macros.h"
#include "files/media.h"
#include "unit/test.h"
#include <stdio.h>
#include <string.h>

static const char pdf[] = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", gif[] = "GIF89a\1\0\1\0\0\0\0;",
                  png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0",
                  html[] = "<html><script>alert(1)</script>",
                  svg[] = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                  script[] = "#!/bin/sh\necho\n",
                  elf[] = "\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\x3e\0",
                  text[] = "会议纪要\n第一条 工作\n", table[] = "单位,数\n东城,1\n西城,2\n",
                  gb[] = "\xbb\xe1\xd2\xe9\xbc\xcd\xd2\xaa\n\xbb\xe1\xd2\xe9\xbc\xcd\xd2\xaa\n",
                  one[] = "1",
                  mail[] = "From: a@b\r\nTo: c@d\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nhi\r\n",
                  ole[] =
                      "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x3e\0\3\0",
                  cut[] = "PK\3\4 and nothing behind it",
                  both[] = "GIF89a\1\0\1\0\0\0\0;%PDF-1.7\n<script>";

struct made {
    char bytes[4096];
    size_t size;
};

static void put(struct made *to, const void *bytes, size_t size) {
    memcpy(to->bytes + to->size, bytes, size);
    to->size += size;
}

static void put_number(struct made *to, uint32_t value, size_t bytes) {
    for (size_t i = 0; i < bytes; i++)
        to->bytes[to->size++] = (char)(value >> 8 * i & 0xff);
}

/* A ZIP of empty members with these names, separated by spaces; behind its first name stands `first` as its bytes. */
static struct made zip_of(const char *names, const char *first) {
    struct made zip = {{0}, 0}, directory = {{0}, 0};
    uint32_t count = 0;
    for (const char *at = names; *at != '\0'; count++) {
        const size_t size = strcspn(at, " "), body = count == 0 ? strlen(first) : 0;
        const uint32_t where = (uint32_t)zip.size;
        put(&zip, "PK\3\4\24\0\0\0\0\0\0\0\0\0\0\0\0\0", 18);
        put_number(&zip, (uint32_t)body, 4);
        put_number(&zip, (uint32_t)body, 4);
        put_number(&zip, (uint32_t)size, 2);
        put_number(&zip, 0, 2);
        put(&zip, at, size);
        put(&zip, first, body);
        put(&directory, "PK\1\2\24\0\24\0\0\0\0\0\0\0\0\0\0\0\0\0", 20);
        put_number(&directory, (uint32_t)body, 4);
        put_number(&directory, (uint32_t)body, 4);
        put_number(&directory, (uint32_t)size, 2);
        put(&directory, "\0\0\0\0\0\0\0\0\0\0\0\0", 12);
        put_number(&directory, where, 4);
        put(&directory, at, size);
        at += size + (at[size] == ' ');
    }
    const uint32_t from = (uint32_t)zip.size;
    put(&zip, directory.bytes, directory.size);
    put(&zip, "PK\5\6\0\0\0\0", 8);
    put_number(&zip, count, 2);
    put_number(&zip, count, 2);
    put_number(&zip, (uint32_t)directory.size, 4);
    put_number(&zip, from, 4);
    put_number(&zip, 0, 2);
    return zip;
}

static baton_code look(const void *bytes, size_t size, const char *name, const char *declared,
                       const char **word) {
    struct baton_arena *const arena = arena_open();
    struct baton_findings found = {.arena = arena};
    const struct media_bytes in = {bytes, size};
    const struct media_file file = media_file_of(&in);
    enum media_kind kind = MEDIA_KINDS;
    const baton_code code = media_check(arena, &file, name, declared, MEDIA_ALL, &kind, &found);
    CHECK_INT(found.count, code == BATON_OK ? 0 : 1);
    *word = code == BATON_OK ? media_info(kind)->word : "";
    arena_close(arena);
    return code;
}

#define OF(bytes) bytes, sizeof(bytes) - 1
static const struct {
    const char *what, *bytes;
    size_t size;
    const char *name, *declared;
    baton_code code;
    const char *word;
} cases[] = {
    {"a document", OF(pdf), "办法.pdf", "application/pdf", BATON_OK, "pdf"},
    {"endings in capitals", OF(pdf), "A.PDF", NULL, BATON_OK, "pdf"},
    {"nobody says what it is", OF(png), NULL, NULL, BATON_OK, "png"},
    {"a name without an ending", OF(png), "图", "application/octet-stream", BATON_OK, "png"},
    {"a dot that begins no ending", OF(pdf), "2021.12月的报告", NULL, BATON_OK, "pdf"},
    {"a text", OF(text), "纪要.txt", "text/plain; charset=utf-8", BATON_OK, "text"},
    {"a text of GB18030", OF(gb), "纪要.txt", "text/plain", BATON_OK, "text"},
    {"a text of one letter", OF(one), "1.txt", NULL, BATON_OK, "text"},
    {"a table, which Windows calls a workbook", OF(table), "表.csv", "application/vnd.ms-excel",
     BATON_OK, "csv"},
    {"a mail", OF(mail), "来信.eml", "message/rfc822", BATON_OK, "eml"},
    {"an old workbook", OF(ole), "a.xls", "application/vnd.ms-excel", BATON_OK, "xls"},
    {"an old document of WPS", OF(ole), "a.wps", "application/kswps", BATON_OK, "wps"},
    {"a picture with a document behind it is a picture", OF(both), "a.gif", "image/gif", BATON_OK,
     "gif"},
    {"and no document", OF(both), "a.pdf", NULL, BATON_EVIDENCE_CONTRADICTS, ""},
    {"an image that is called a document", OF(gif), "a.pdf", NULL, BATON_EVIDENCE_CONTRADICTS, ""},
    {"a document of which the sender says that it is an image", OF(pdf), "a.pdf", "image/png",
     BATON_EVIDENCE_CONTRADICTS, ""},
    {"a text that is called a workbook", OF(text), "a.xlsx", NULL, BATON_EVIDENCE_CONTRADICTS, ""},
    {"a page", OF(html), "a.html", "text/html", BATON_EVIDENCE_TYPE, ""},
    {"a page that is called a text", OF(html), "a.txt", "text/plain", BATON_EVIDENCE_TYPE, ""},
    {"a drawing", OF(svg), "a.svg", "image/svg+xml", BATON_EVIDENCE_TYPE, ""},
    {"a script", OF(script), "a.txt", NULL, BATON_EVIDENCE_TYPE, ""},
    {"a program", OF(elf), "a.pdf", NULL, BATON_EVIDENCE_TYPE, ""},
    {"half an archive", OF(cut), "a.zip", NULL, BATON_EVIDENCE_TYPE, ""},
    {"nothing", "", 0, "a.pdf", NULL, BATON_EVIDENCE_EMPTY, ""},
    {"a path", OF(pdf), "../a.pdf", NULL, BATON_EVIDENCE_NAME, ""},
    {"a path of Windows", OF(pdf), "..\\a.pdf", NULL, BATON_EVIDENCE_NAME, ""},
    {"a line end", OF(pdf), "a\r\nX: 1.pdf", NULL, BATON_EVIDENCE_NAME, ""},
    {"letters that turn round", OF(pdf),
     "a\xe2\x80\xae"
     "fdp.pdf",
     NULL, BATON_EVIDENCE_NAME, ""},
    {"no name", OF(pdf), "", NULL, BATON_EVIDENCE_NAME, ""},
    {"dots", OF(pdf), "..", NULL, BATON_EVIDENCE_NAME, ""},
    {"a name with a face", OF(pdf), "😀 “报告”.pdf", NULL, BATON_OK, "pdf"},
};

TEST(media_is_what_it_is_and_says) {
    for (size_t i = 0; i < LENGTH(cases); i++) {
        const char *word;
        CASE("%s", cases[i].what);
        CHECK_INT(look(cases[i].bytes, cases[i].size, cases[i].name, cases[i].declared, &word),
                  cases[i].code);
        CHECK_TEXT(word, cases[i].word);
    }
}

static const struct {
    const char *names, *first, *name;
    baton_code code;
    const char *word;
} containers[] = {
    {"OFD.xml Doc_0/Document.xml", "", "公文.ofd", BATON_OK, "ofd"},
    {"[Content_Types].xml _rels/.rels word/document.xml", "", "a.docx", BATON_OK, "docx"},
    {"[Content_Types].xml xl/workbook.xml", "", "a.xlsx", BATON_OK, "xlsx"},
    {"[Content_Types].xml xl/workbook.xml", "", "a.et", BATON_OK, "wps"},
    {"[Content_Types].xml ppt/presentation.xml", "", "a.pptx", BATON_OK, "pptx"},
    {"[Content_Types].xml word/document.xml word/vbaProject.bin", "", "a.docx", BATON_EVIDENCE_TYPE,
     ""},
    {"[Content_Types].xml word/document.xml", "", "a.xlsx", BATON_EVIDENCE_CONTRADICTS, ""},
    {"mimetype content.xml",
     "application/vnd.oasis.opendocument.spreadsheet and what stands behind", "a.ods", BATON_OK,
     "ods"},
    {"META-INF/MANIFEST.MF a.class", "", "a.zip", BATON_EVIDENCE_TYPE, ""},
    {"a.txt b.txt", "", "a.zip", BATON_OK, "zip"},
    {"a.txt b.txt", "", "a.pdf", BATON_EVIDENCE_CONTRADICTS, ""},
    {"a.txt b.txt", "", "a.ofd", BATON_EVIDENCE_CONTRADICTS, ""},
};

TEST(media_looks_into_containers) {
    for (size_t i = 0; i < LENGTH(containers); i++) {
        const struct made zip = zip_of(containers[i].names, containers[i].first);
        const char *word;
        CASE("%s as %s", containers[i].names, containers[i].name);
        CHECK_INT(look(zip.bytes, zip.size, containers[i].name, NULL, &word), containers[i].code);
        CHECK_TEXT(word, containers[i].word);
    }
}

/* Each byte changed, each length: an answer, and nothing read beyond the end (under the sanitizers). */
TEST(media_stands_broken_files) {
    const struct made zip = zip_of("[Content_Types].xml xl/workbook.xml", "");
    const char *word;
    for (size_t i = 0; i < zip.size; i++) {
        struct made broken = zip;
        broken.bytes[i] = (char)(broken.bytes[i] ^ 0xff);
        const baton_code code = look(broken.bytes, broken.size, "a.xlsx", NULL, &word);
        CHECK(code == BATON_OK || code == BATON_EVIDENCE_TYPE ||
              code == BATON_EVIDENCE_CONTRADICTS);
    }
    for (size_t size = 1; size < zip.size; size++)
        CHECK(look(zip.bytes, size, "a.xlsx", NULL, &word) != BATON_OK);
}

TEST(media_kinds_are_words) {
    const char *wrong = NULL;
    uint64_t kinds;
    if (CHECK(media_kinds_of(" pdf  zip ", &kinds, &wrong)))
        CHECK(kinds == (UINT64_C(1) << MEDIA_PDF | UINT64_C(1) << MEDIA_ZIP));
    CHECK(!media_kinds_of("pdf exe", &kinds, &wrong));
    CHECK_TEXT(wrong, "exe");
}
