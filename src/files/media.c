/* libmagic says what the first bytes are; a table says what may be called so. Nothing is guessed from the name: it only has to go with the content. */
#include "files/media.h"
#include "base/text.h"
#include "files/media_container.h"
#include <errno.h>
#include <magic.h>
#include <string.h>
#include <strings.h>

enum {
    LOOKED = 1 << 20, /* bytes of the beginning that libmagic sees */
    ENDING_MAX = 8,
    MAGIC_REGEX_BYTES = 8192,
    MAGIC_DEPTH = 15
};

static const struct media_info table[] = {
#define X(kind, word, endings, contents, declared, media, en, zh) \
    [MEDIA_##kind] = {word, endings, contents, declared, media, {en, zh}},
#include "files/media.def"
#undef X
};
_Static_assert(MEDIA_KINDS < 64, "a kind has a bit of its own");

const struct media_info *media_info(enum media_kind kind) {
    return &table[kind];
}

/* Words */

static const char *word_in(const char *at, size_t *size) {
    at += strspn(at, " ");
    *size = strcspn(at, " ");
    return at;
}

static bool has_word(const char *words, const char *word, size_t word_size) {
    size_t size;
    for (const char *at = words; *(at = word_in(at, &size)) != '\0'; at += size)
        if (size == word_size && strncasecmp(at, word, size) == 0)
            return true;
    return false;
}

bool media_kinds_of(const char *words, uint64_t *out, const char **wrong) {
    size_t size;
    *out = 0;
    for (const char *at = words; *(at = word_in(at, &size)) != '\0'; at += size) {
        int kind = 0;
        while (kind < MEDIA_KINDS &&
               !(strlen(table[kind].word) == size && memcmp(table[kind].word, at, size) == 0))
            kind++;
        if (kind == MEDIA_KINDS) {
            *wrong = at;
            return false;
        }
        *out |= UINT64_C(1) << kind;
    }
    return true;
}

/* Names */

/* Marks and overrides of the direction of writing, with which "fdp.exe" can be shown as "exe.pdf"; and the ends of lines and paragraphs. */
static bool turns(const char *at) {
    const unsigned char *const byte = (const unsigned char *)at;
    return byte[0] == 0xE2 && ((byte[1] == 0x80 && ((byte[2] >= 0x8E && byte[2] <= 0x8F) ||
                                                    (byte[2] >= 0xA8 && byte[2] <= 0xAE))) ||
                               (byte[1] == 0x81 && byte[2] >= 0xA6 && byte[2] <= 0xA9));
}

bool media_is_name(const char *name) {
    const size_t size = strlen(name);
    if (size == 0 || size > MEDIA_NAME_MAX || text_valid_size(name, size) != size ||
        strspn(name, ". ") == size)
        return false;
    for (const char *at = name; *at != '\0'; at++) {
        const unsigned char byte = (unsigned char)*at;
        if (byte < ' ' || byte == 0x7F || strchr("/\\", byte) != NULL ||
            (byte == 0xC2 && (unsigned char)at[1] < 0xA0) || turns(at))
            return false;
    }
    return true;
}

/* What stands behind the last dot; "" = nothing, or nothing that could be an ending ("1.2 Report"). */
static const char *ending_of(const char *name) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const char *const dot = name == NULL ? NULL : strrchr(name, '.');
    const size_t size = dot == NULL || dot == name ? 0 : strlen(dot + 1);
    return size == 0 || size > ENDING_MAX || strspn(dot + 1, letters) != size ? "" : dot + 1;
}

/* Files */

static size_t read_bytes(void *context, uint64_t offset, void *to, size_t size) {
    const struct media_bytes *const from = context;
    const size_t left = offset < from->size ? from->size - (size_t)offset : 0;
    const size_t taken = size < left ? size : left;
    memcpy(to, (const char *)from->bytes + (taken > 0 ? offset : 0), taken);
    return taken;
}

struct media_file media_file_of(const struct media_bytes *bytes) {
    union {
        const struct media_bytes *in;
        void *out; /* read only */
    } context = {bytes};
    return (struct media_file){read_bytes, context.out, bytes->size};
}

/* Contents */

static void limit(magic_t magic, int what, size_t most) {
    (void)magic_setparam(magic, what, &most); /* a version that does not know it has its own */
}

/* In the arena; NULL = libmagic cannot say, which is a failure. */
static const char *ask_magic(struct baton_arena *arena, const void *bytes, size_t size,
                             const char **why) {
    const magic_t magic =
        magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR |
                   MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_APPTYPE);
    const char *told = NULL;
    if (magic == NULL) {
        *why = arena_text(arena, "libmagic", strlen("libmagic"));
        return NULL;
    }
    limit(magic, MAGIC_PARAM_BYTES_MAX, LOOKED);
    limit(magic, MAGIC_PARAM_REGEX_MAX, MAGIC_REGEX_BYTES);
    limit(magic, MAGIC_PARAM_INDIR_MAX, MAGIC_DEPTH);
    limit(magic, MAGIC_PARAM_NAME_MAX, MAGIC_DEPTH * 4);
    if (magic_load(magic, NULL) == 0)
        told = magic_buffer(magic, bytes, size);
    const char *const error = told == NULL ? magic_error(magic) : NULL;
    if (error != NULL)
        *why = arena_text(arena, error, strlen(error));
    told = told == NULL ? NULL : arena_text(arena, told, strlen(told));
    magic_close(magic);
    return told;
}

/* A text too short for libmagic to say so. */
static bool is_text(const char *bytes, size_t size) {
    if (text_valid_size(bytes, size) != size)
        return false;
    for (size_t i = 0; i < size; i++)
        if (((unsigned char)bytes[i] < ' ' && strchr("\t\n\r\f", bytes[i]) == NULL) ||
            bytes[i] == 0)
            return false;
    return true;
}

/* An OLE container of which libmagic does not say what is in it. */
static bool is_ole(const char *bytes, size_t size, const char *told) {
    static const char begin[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    static const char any[] = "application/x-ole-storage application/CDFV2 "
                              "application/vnd.ms-office application/encrypted "
                              "application/octet-stream";
    return size >= sizeof begin - 1 && memcmp(bytes, begin, sizeof begin - 1) == 0 &&
           has_word(any, told, strlen(told));
}

/* libmagic takes what has a PDF somewhere in its beginning for one, a page too. */
static bool begins_as_pdf(const char *bytes, size_t size) {
    static const char mark[] = "\xef\xbb\xbf", begin[] = "%PDF-";
    size_t at = size >= sizeof mark - 1 && memcmp(bytes, mark, sizeof mark - 1) == 0 ? 3 : 0;
    while (at < size && strchr("\r\n\t ", bytes[at]) != NULL && bytes[at] != '\0')
        at++;
    return size - at >= sizeof begin - 1 && memcmp(bytes + at, begin, sizeof begin - 1) == 0;
}

/* What the content is, as media.def calls it; NULL = it cannot be told, *why says that. */
static const char *content_of(struct baton_arena *arena, const struct media_file *file,
                              const char **why) {
    const size_t room = file->size < LOOKED ? (size_t)file->size : LOOKED;
    char *const bytes = arena_alloc_raw(arena, room + 1, 1);
    *why = NULL;
    if (file->read(file->context, 0, bytes, room) != room) {
        *why = strerror(EIO);
        return NULL;
    }
    if (room >= 4 && memcmp(bytes, "PK\3\4", 4) == 0) {
        const char *const zip = media_zip(arena, file);
        *why = zip == NULL ? strerror(EIO) : NULL;
        return zip;
    }
    const char *told = ask_magic(arena, bytes, room, why);
    if (told == NULL)
        return NULL;
    if (strcmp(told, "application/octet-stream") == 0 && room == file->size && is_text(bytes, room))
        told = "text/plain";
    if (strcmp(told, "application/pdf") == 0 && !begins_as_pdf(bytes, room))
        return "application/octet-stream";
    return is_ole(bytes, room, told) ? "ole:any" : told;
}

/* Kinds that a content may be. */
static uint64_t kinds_by_content(const char *content) {
    uint64_t kinds = 0;
    for (int kind = 0; kind < MEDIA_KINDS; kind++)
        if (has_word(table[kind].contents, content, strlen(content)))
            kinds |= UINT64_C(1) << kind;
    return kinds;
}

static uint64_t kinds_by_ending(const char *ending) {
    uint64_t kinds = 0;
    for (int kind = 0; kind < MEDIA_KINDS; kind++)
        if (has_word(table[kind].endings, ending, strlen(ending)))
            kinds |= UINT64_C(1) << kind;
    return kinds;
}

/* Whether a sender's media type goes with a kind: without its parameters; one that says nothing goes with all. */
static bool is_declared(enum media_kind kind, const char *declared) {
    const size_t size = declared == NULL ? 0 : strcspn(declared, "; \t");
    if (size == 0 || has_word("application/octet-stream binary/octet-stream", declared, size))
        return true;
    const struct media_info *const info = &table[kind];
    return has_word(info->contents, declared, size) || has_word(info->declared, declared, size) ||
           has_word(info->media, declared, size);
}

static enum media_kind first_of(uint64_t kinds) {
    int kind = 0;
    while ((kinds >> kind & 1) == 0)
        kind++;
    return (enum media_kind)kind;
}

/* Telling */

/* What it is, for people, in one language. */
static const char *words_of(const char *content, enum baton_language language) {
    static const struct {
        const char *content, *is[2];
    } others[] = {
        {"zip:program", {"a program in an archive (JAR, APK)", "程序包（JAR、APK）"}},
        {"zip:macros", {"an office document with macros", "含宏的办公文档"}},
        {"zip:broken", {"a ZIP archive that is damaged or cut short", "损坏或不完整的 ZIP 压缩包"}},
        {"ole:any", {"an office document (97-2003)", "97-2003 格式的办公文档"}},
        {"text/html", {"a web page (HTML)", "网页（HTML）"}},
        {"image/svg+xml", {"an SVG drawing", "SVG 图形"}},
        {"text/x-shellscript", {"a script", "脚本"}},
        {"text/x-msdos-batch", {"a script", "脚本"}},
        {"text/x-script.python", {"a script", "脚本"}},
        {"text/x-php", {"a script", "脚本"}},
        {"application/javascript", {"a script", "脚本"}},
        {"application/x-dosexec", {"a program", "程序"}},
        {"application/vnd.microsoft.portable-executable", {"a program", "程序"}},
        {"application/x-executable", {"a program", "程序"}},
        {"application/x-pie-executable", {"a program", "程序"}},
        {"application/x-sharedlib", {"a program", "程序"}},
        {"application/octet-stream", {"of a type that is not known", "无法识别的类型"}},
    };
    const uint64_t kinds = kinds_by_content(content);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strcmp(others[i].content, content) == 0)
            return others[i].is[language];
    return kinds != 0 ? table[first_of(kinds)].is[language] : content;
}

/* The words of a set, for people. */
static const char *list_of(struct baton_arena *arena, uint64_t kinds) {
    const char *list = "";
    for (int kind = 0; kind < MEDIA_KINDS; kind++)
        if ((kinds >> kind & 1) != 0)
            list = arena_printf(arena, "%s%s%s", list, *list != '\0' ? " " : "", table[kind].word);
    return list;
}

static baton_code refuse(struct baton_findings *found, baton_code code, const char *a,
                         const char *b, const char *c, const char *d) {
    baton_findings_add(found, code, (struct baton_where){0}, a, b, c, d);
    return code;
}

/* The kind that content, name and sender agree upon: by the ending, where there is one, else by the sender, else the first. */
static baton_code agree(uint64_t kinds, const char *content, const char *name, const char *declared,
                        enum media_kind *out, struct baton_findings *found) {
    const char *const ending = ending_of(name);
    const uint64_t fitting = *ending == '\0' ? kinds : kinds & kinds_by_ending(ending);
    uint64_t agreed = 0;
    if (fitting == 0)
        return refuse(found, BATON_EVIDENCE_CONTRADICTS, name, ending, words_of(content, BATON_EN),
                      words_of(content, BATON_ZH));
    for (int kind = 0; kind < MEDIA_KINDS; kind++)
        if ((fitting >> kind & 1) != 0 && is_declared((enum media_kind)kind, declared))
            agreed |= UINT64_C(1) << kind;
    if (agreed == 0)
        return refuse(found, BATON_EVIDENCE_CONTRADICTS, name != NULL ? name : "", declared,
                      words_of(content, BATON_EN), words_of(content, BATON_ZH));
    *out = first_of(agreed);
    return BATON_OK;
}

baton_code media_check(struct baton_arena *arena, const struct media_file *file, const char *name,
                       const char *declared, uint64_t taken, enum media_kind *out,
                       struct baton_findings *found) {
    const char *why;
    if (name != NULL && !media_is_name(name))
        return refuse(found, BATON_EVIDENCE_NAME, name, NULL, NULL, NULL);
    if (file->size == 0)
        return refuse(found, BATON_EVIDENCE_EMPTY, name, NULL, NULL, NULL);
    const char *const content = content_of(arena, file, &why);
    if (content == NULL)
        return refuse(found, BATON_MEDIA_UNREADABLE, name, why, NULL, NULL);
    const uint64_t kinds = kinds_by_content(content) & taken;
    if (kinds == 0)
        return refuse(found, BATON_EVIDENCE_TYPE, name, words_of(content, BATON_EN),
                      words_of(content, BATON_ZH), list_of(arena, taken));
    return agree(kinds, content, name, declared, out, found);
}
