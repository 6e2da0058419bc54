/* Expat over a member that is inflated piece by piece. Names come from it with their namespaces in full, a separator between; the stack of
 * what is open holds the ids of the reader's table, and what is unknown is only counted until it is closed again. A token that does
 * not fit (a tag of many megabytes) would be looked at again with every piece, so its length is watched between pieces.
 *
 * Expat must not be left by a jump from one of its calls: it would refuse to be freed. So what may allocate runs in an arena_run of its own,
 * and memory that is out is told again when expat has returned.
 *
 * Expat keeps each name of an element, attribute or prefix that it has met, so what it holds is counted: a sheet of ever new names would fill memory. It
 * does not say for whom it allocates; that is known by thread, and each block knows its counter. */
#include "files/workbook_xml.h"
#include "base/limits.h"
#include "base/text.h"
#include <assert.h>
#include <expat.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define SEPARATOR '\x1f'
enum { PIECE = 1 << 16, FALLBACK = XML_IDS }; /* bytes; the id of an element of compatibility */

/* What expat holds for one reader. */
struct holding {
    uint64_t size; /* bytes */
    bool is_full;  /* it was refused more */
};

/* Before each block of expat's. */
union block {
    struct {
        struct holding *holding;
        size_t size;
    } of;
    max_align_t aligned;
};

static _Thread_local struct holding *held_now;

struct level {
    uint8_t id;
    bool has_text, keeps_blanks;
};

/* What is to be done in a call of expat's. */
struct event {
    enum { BEGIN, TEXT, END, FAIL } kind;
    unsigned id;
    const char **attributes;
    const char *text; /* of FAIL: the argument of the finding */
    size_t size;
    uint64_t most; /* of FAIL: a limit, the argument too; 0 = none */
    baton_code code;
};

struct xml {
    const struct xml_how *how;
    struct event event;
    void *context;
    struct baton_arena *arena;
    struct baton_findings *found;
    const char *path, *member;
    XML_Parser parser;
    struct holding holding;
    struct archive_stream *stream;
    baton_code code;            /* what ended the reading */
    uint8_t first[XML_IDS + 1]; /* by id: the first rule of what may stand in it */
    uint32_t depth;             /* of `level` that are in use */
    uint32_t passed; /* elements that are open and passed over, inside of the last level */
    uint64_t elements;
    struct level level[LIMIT_XML_DEPTH + 1]; /* the first is what the root stands in */
};

static const struct {
    enum xml_space space;
    const char *uri;
} spaces[] = {
    {XML_SPACE_SHEET, "http://schemas.openxmlformats.org/spreadsheetml/2006/main"},
    {XML_SPACE_SHEET, "http://purl.oclc.org/ooxml/spreadsheetml/main"},
    {XML_SPACE_LINK, "http://schemas.openxmlformats.org/package/2006/relationships"},
    {XML_SPACE_OFFICE, "http://schemas.openxmlformats.org/officeDocument/2006/relationships"},
    {XML_SPACE_OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"},
    {XML_SPACE_XML, "http://www.w3.org/XML/1998/namespace"},
    {XML_SPACE_COMPATIBLE, "http://schemas.openxmlformats.org/markup-compatibility/2006"},
};

/* Memory of expat's */

static bool hold(struct holding *holding, size_t size) {
    const bool fits = size <= LIMIT_XML_MEMORY - holding->size;
    holding->is_full = holding->is_full || !fits;
    holding->size += fits ? size : 0;
    return fits;
}

static void *held_alloc(size_t size) {
    struct holding *const holding = held_now;
    if (!hold(holding, size))
        return NULL;
    union block *const block = malloc(sizeof *block + size);
    if (block == NULL) {
        holding->size -= size;
        return NULL;
    }
    block->of.holding = holding;
    block->of.size = size;
    return block + 1;
}

static void held_free(void *memory) {
    if (memory == NULL)
        return;
    union block *const block = (union block *)memory - 1;
    block->of.holding->size -= block->of.size;
    free(block);
}

static void *held_realloc(void *memory, size_t size) {
    if (memory == NULL)
        return held_alloc(size);
    union block *block = (union block *)memory - 1;
    struct holding *const holding = block->of.holding;
    const size_t before = block->of.size;
    if (size > before && !hold(holding, size - before))
        return NULL;
    union block *const moved = realloc(block, sizeof *block + size);
    if (moved == NULL) {
        holding->size -= size > before ? size - before : 0;
        return NULL;
    }
    holding->size -= size < before ? before - size : 0;
    moved->of.size = size;
    return moved + 1;
}

static const XML_Memory_Handling_Suite held = {held_alloc, held_realloc, held_free};

/* The namespace of a name as expat gives it; *local gets what stands behind. */
static enum xml_space space_of(const char *name, const char **local) {
    const char *end = strchr(name, SEPARATOR);
    *local = end == NULL ? name : end + 1;
    if (end == NULL)
        return XML_SPACE_NONE;
    const size_t size = (size_t)(end - name);
    for (size_t i = 0; i < LENGTH(spaces); i++)
        if (strncmp(spaces[i].uri, name, size) == 0 && spaces[i].uri[size] == '\0')
            return spaces[i].space;
    return XML_SPACE_OTHER;
}

void *xml_context(const struct xml *xml) {
    return xml->context;
}

const char *xml_attribute(const char **attributes, enum xml_space space, const char *name) {
    for (; attributes[0] != NULL; attributes += 2) {
        const char *local;
        if (space == XML_SPACE_NONE
                ? strcmp(attributes[0], name) == 0
                : space_of(attributes[0], &local) == space && strcmp(local, name) == 0)
            return attributes[1];
    }
    return NULL;
}

bool xml_keeps_blanks(const struct xml *xml) {
    return xml->level[xml->depth].keeps_blanks;
}

static void stop(struct xml *xml, baton_code code) {
    if (code == BATON_OK || xml->code != BATON_OK)
        return;
    xml->code = code;
    XML_StopParser(xml->parser, XML_FALSE);
}

const char *xml_excerpt(struct baton_arena *arena, const char *text) {
    const size_t most = 64; /* columns */
    const size_t size = text == NULL ? 0 : strlen(text);
    if (size <= most)
        return text;
    return arena_printf(arena, "%.*s…", (int)text_fit(text, size, most), text);
}

baton_code xml_fail(struct xml *xml, baton_code code, const char *arg1, const char *arg2) {
    const struct baton_where where = {.file = xml->path, .field = xml->member};
    baton_findings_add(xml->found, code, where, xml_excerpt(xml->arena, arg1),
                       xml_excerpt(xml->arena, arg2), NULL, NULL);
    return code;
}

static baton_code fail_limit(struct xml *xml, baton_code code, uint64_t most) {
    return xml_fail(xml, code, arena_printf(xml->arena, "%llu", (unsigned long long)most), NULL);
}

static baton_code answer(void *context) {
    struct xml *xml = context;
    const struct event event = xml->event;
    switch (event.kind) {
    case BEGIN:
        return xml->how->begin(xml, event.id, event.attributes);
    case TEXT:
        return xml->how->text(xml, event.id, event.text, event.size);
    case END:
        return xml->how->end(xml, event.id);
    default:
        return event.most > 0 ? fail_limit(xml, event.code, event.most)
                              : xml_fail(xml, event.code, event.text, NULL);
    }
}

static void call(struct xml *xml, struct event event) {
    xml->event = event;
    stop(xml, arena_run(xml->arena, answer, xml));
}

static const struct xml_rule *rule_of(const struct xml *xml, unsigned in, const char *local) {
    const struct xml_how *how = xml->how;
    for (size_t i = xml->first[in]; i < how->rule_count && how->rule[i].in == in; i++)
        if (strcmp(how->rule[i].name, local) == 0)
            return &how->rule[i];
    return NULL;
}

/* The innermost element of the table that is open; 0 = none. Levels of compatibility are between. */
static unsigned innermost(const struct xml *xml) {
    uint32_t depth = xml->depth;
    while (xml->level[depth].id == FALLBACK)
        depth--;
    return xml->level[depth].id;
}

static bool is_compatible(const struct xml *xml, const char *local) {
    if (xml->depth == 0)
        return false;
    return strcmp(local, "AlternateContent") == 0 || strcmp(local, "Fallback") == 0;
}

static void enter(struct xml *xml, unsigned id, bool has_text, const char **attributes) {
    bool keeps = xml->level[xml->depth].keeps_blanks;
    const char *space =
        attributes[0] == NULL ? NULL : xml_attribute(attributes, XML_SPACE_XML, "space");
    if (space != NULL)
        keeps = strcmp(space, "preserve") == 0;
    xml->level[++xml->depth] = (struct level){(uint8_t)id, has_text, keeps};
}

static void on_begin(void *context, const char *name, const char **attributes) {
    struct xml *xml = context;
    if (xml->code != BATON_OK)
        return;
    if (++xml->elements > LIMIT_XML_ELEMENTS) {
        call(xml, (struct event){
                      .kind = FAIL, .code = BATON_WORKBOOK_TOO_MANY, .most = LIMIT_XML_ELEMENTS});
        return;
    }
    if (xml->depth + xml->passed >= LIMIT_XML_DEPTH) {
        call(xml, (struct event){
                      .kind = FAIL, .code = BATON_WORKBOOK_TOO_DEEP, .most = LIMIT_XML_DEPTH});
        return;
    }
    if (xml->passed > 0) {
        xml->passed++;
        return;
    }
    const char *local;
    const enum xml_space space = space_of(name, &local);
    if (space == XML_SPACE_COMPATIBLE && is_compatible(xml, local)) {
        enter(xml, FALLBACK, false, attributes);
        return;
    }
    const struct xml_rule *rule =
        space == xml->how->space ? rule_of(xml, innermost(xml), local) : NULL;
    if (rule == NULL && xml->depth == 0)
        call(xml, (struct event){.kind = FAIL, .code = xml->how->wrong_root, .text = xml->member});
    if (rule == NULL) {
        xml->passed = 1;
        return;
    }
    enter(xml, rule->id, rule->has_text, attributes);
    if (xml->how->begin != NULL)
        call(xml, (struct event){.kind = BEGIN, .id = rule->id, .attributes = attributes});
}

static void on_end(void *context, const char *name) {
    struct xml *xml = context;
    (void)name;
    if (xml->code != BATON_OK)
        return;
    if (xml->passed > 0) {
        xml->passed--;
        return;
    }
    const unsigned id = xml->level[xml->depth].id;
    if (id != FALLBACK && xml->how->end != NULL)
        call(xml, (struct event){.kind = END, .id = id});
    xml->depth--;
}

static void on_text(void *context, const char *text, int size) {
    struct xml *xml = context;
    const struct level *level = &xml->level[xml->depth];
    if (xml->code == BATON_OK && xml->passed == 0 && level->has_text)
        call(xml,
             (struct event){.kind = TEXT, .id = level->id, .text = text, .size = (size_t)size});
}

static void on_doctype(void *context, const char *name, const char *system, const char *public,
                       int has_internal) {
    struct xml *xml = context;
    (void)name, (void)system, (void)public, (void)has_internal;
    call(xml, (struct event){.kind = FAIL, .code = BATON_WORKBOOK_DOCTYPE});
}

static void xml_close(void *context) {
    struct xml *xml = context;
    if (xml->parser != NULL)
        XML_ParserFree(xml->parser);
    xml->parser = NULL;
    archive_stream_close(xml->stream);
    xml->stream = NULL;
}

static XML_Parser create(struct holding *holding) {
    const char separator[] = {SEPARATOR, '\0'};
    struct holding *const before = held_now;
    held_now = holding;
    const XML_Parser parser = XML_ParserCreate_MM(NULL, &held, separator);
    held_now = before;
    return parser;
}

/* What expat says of a piece that it could not take. */
static baton_code fail_parse(struct xml *xml) {
    if (xml->code != BATON_OK)
        return xml->code;
    if (xml->holding.is_full)
        return fail_limit(xml, BATON_WORKBOOK_NAMES, LIMIT_XML_MEMORY >> 20);
    if (XML_GetErrorCode(xml->parser) == XML_ERROR_NO_MEMORY)
        arena_out_of_memory(xml->arena);
    const struct baton_where where = {.file = xml->path, .field = xml->member};
    const char *line =
        arena_printf(xml->arena, "%llu", (unsigned long long)XML_GetCurrentLineNumber(xml->parser));
    const char *column = arena_printf(
        xml->arena, "%llu", (unsigned long long)XML_GetCurrentColumnNumber(xml->parser) + 1);
    baton_findings_add(xml->found, BATON_WORKBOOK_XML, where, line, column, NULL, NULL);
    return BATON_WORKBOOK_XML;
}

/* Has expat look at `got` bytes; what it calls may read another part, for which others are held. */
static bool parse_piece(struct xml *xml, size_t got) {
    struct holding *const before = held_now;
    held_now = &xml->holding;
    const bool is_sound = XML_ParseBuffer(xml->parser, (int)got, got == 0) == XML_STATUS_OK;
    held_now = before;
    return is_sound;
}

static void *get_buffer(struct xml *xml) {
    struct holding *const before = held_now;
    held_now = &xml->holding;
    void *const buffer = XML_GetBuffer(xml->parser, PIECE);
    held_now = before;
    return buffer;
}

static baton_code parse(struct xml *xml) {
    uint64_t fed = 0, seen = 0; /* bytes; up to where tokens were whole, as far as expat tells */
    for (size_t got = 1; got > 0;) {
        void *piece = get_buffer(xml);
        if (piece == NULL)
            return fail_parse(xml);
        TRY(archive_stream_read(xml->stream, piece, PIECE, &got, xml->found));
        assert(got <= PIECE);
        if (!parse_piece(xml, got))
            return fail_parse(xml);
        fed += got;
        const XML_Index at = XML_GetCurrentByteIndex(xml->parser);
        if (at >= 0)
            seen = (uint64_t)at;
        if (fed > seen + LIMIT_XML_TAG_SIZE + PIECE)
            return fail_limit(xml, BATON_WORKBOOK_TAG_TOO_LONG, LIMIT_XML_TAG_SIZE);
    }
    return BATON_OK;
}

baton_code xml_read(struct baton_arena *arena, struct archive *archive, uint32_t member,
                    const struct xml_how *how, void *context, struct baton_findings *found) {
    struct xml *xml = arena_alloc(arena, 1, sizeof *xml);
    *xml = (struct xml){.how = how,
                        .context = context,
                        .arena = arena,
                        .found = found,
                        .path = archive->path,
                        .member = archive->member[member].name};
    assert(how->rule_count < UINT8_MAX);
    memset(xml->first, (int)how->rule_count, sizeof xml->first);
    for (size_t i = how->rule_count; i-- > 0;) {
        assert(how->rule[i].in < XML_IDS && how->rule[i].id < XML_IDS);
        assert(i == 0 || how->rule[i - 1].in <= how->rule[i].in);
        xml->first[how->rule[i].in] = (uint8_t)i;
    }
    arena_on_close(arena, xml_close, xml);
    xml->parser = create(&xml->holding);
    if (xml->parser == NULL)
        arena_out_of_memory(arena);
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_begin, on_end);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    baton_code code = archive_stream_open(archive, member, how->size_most, &xml->stream, found);
    if (code == BATON_OK)
        code = parse(xml);
    xml_close(xml);
    if (code == BATON_NO_MEMORY)
        arena_out_of_memory(arena);
    return code;
}

bool xml_whole(const char *text, uint64_t most, uint64_t *out) {
    uint64_t value = 0;
    text += strspn(text, " \t\r\n");
    const size_t digits = strspn(text, "0123456789");
    if (digits == 0 || text[digits + strspn(text + digits, " \t\r\n")] != '\0')
        return false;
    for (size_t i = 0; i < digits; i++) {
        value = value * 10 + (uint64_t)(text[i] - '0');
        if (value > most)
            return false;
    }
    *out = value;
    return true;
}

bool xml_truth(const char *text, bool *out) {
    const bool is_true =
        strcmp(text, "1") == 0 || strcmp(text, "true") == 0 || strcmp(text, "on") == 0;
    const bool is_false =
        strcmp(text, "0") == 0 || strcmp(text, "false") == 0 || strcmp(text, "off") == 0;
    if (is_true || is_false)
        *out = is_true;
    return is_true || is_false;
}
