/* The shared strings of a workbook: one text for each number that a cell may have. They stand one behind the other in blocks of the arena. */
#include "base/limits.h"
#include "files/workbook_inside.h"
#include <string.h>

enum { SST = 1, ITEM, TEXT, RUN, RUN_TEXT };
static const struct xml_rule rules[] = {
    {0, SST, false, "sst"},  {SST, ITEM, false, "si"},   {ITEM, TEXT, true, "t"},
    {ITEM, RUN, false, "r"}, {RUN, RUN_TEXT, true, "t"},
};

struct reader {
    struct workbook_inside *inside;
    struct rich_text rich;
    char *block; /* where the next text goes */
    size_t left; /* bytes of it */
};

static const char *keep(struct reader *reader, const char *text, size_t size) {
    enum { BLOCK = 1 << 18 };
    if (size == 0)
        return "";
    if (size + 1 > reader->left) {
        reader->left = size + 1 > BLOCK ? size + 1 : BLOCK;
        reader->block = arena_alloc_raw(reader->inside->arena, reader->left, 1);
    }
    char *kept = reader->block;
    memcpy(kept, text, size);
    kept[size] = '\0';
    reader->block += size + 1;
    reader->left -= size + 1;
    return kept;
}

static const char *number(const struct reader *reader, uint64_t value) {
    return arena_printf(reader->inside->arena, "%llu", (unsigned long long)value);
}

static baton_code begin(struct xml *xml, unsigned id, const char **attributes) {
    struct reader *reader = xml_context(xml);
    struct workbook_inside *inside = reader->inside;
    uint64_t count;
    const char *text;
    switch (id) {
    case SST: /* only a hint: room for that many, where it is credible */
        text = xml_attribute(attributes, XML_SPACE_NONE, "uniqueCount");
        if (text != NULL && xml_whole(text, LIMIT_SHARED_STRINGS, &count)) {
            const uint64_t member_size = inside->archive->member[inside->strings_member].size;
            const uint64_t least_size = 5; /* <si/> */
            if (count <= member_size / least_size)
                ARRAY_RESERVE(inside->arena, inside->string, inside->string_count,
                              inside->string_capacity, count);
        }
        break;
    case ITEM:
        if (inside->string_count >= LIMIT_SHARED_STRINGS)
            return xml_fail(xml, BATON_WORKBOOK_TOO_MANY, number(reader, LIMIT_SHARED_STRINGS),
                            "si");
        rich_begin(&reader->rich);
        break;
    case TEXT:
    case RUN_TEXT:
        rich_begin_run(&reader->rich);
        break;
    default:
        break;
    }
    return BATON_OK;
}

static baton_code too_long(struct xml *xml) {
    const struct reader *reader = xml_context(xml);
    return xml_fail(xml, BATON_WORKBOOK_TEXT_TOO_LONG, number(reader, LIMIT_CELL_TEXT),
                    number(reader, reader->inside->string_count));
}

static baton_code text_piece(struct xml *xml, unsigned id, const char *text, size_t size) {
    struct reader *reader = xml_context(xml);
    (void)id;
    return rich_add(reader->inside->arena, &reader->rich, text, size) ? BATON_OK : too_long(xml);
}

static baton_code end(struct xml *xml, unsigned id) {
    struct reader *reader = xml_context(xml);
    struct workbook_inside *inside = reader->inside;
    if (id == TEXT || id == RUN_TEXT)
        rich_end_run(&reader->rich, xml_keeps_blanks(xml));
    if (id != ITEM)
        return BATON_OK;
    if (!rich_fits(&reader->rich))
        return too_long(xml);
    const struct shared_string string = {keep(reader, reader->rich.text, reader->rich.size),
                                         (uint32_t)reader->rich.size};
    *ARRAY_PUSH(inside->arena, inside->string, inside->string_count, inside->string_capacity) =
        string;
    return BATON_OK;
}

baton_code strings_read(struct workbook_inside *inside, struct baton_findings *found) {
    static const struct xml_how how = {
        .space = XML_SPACE_SHEET,
        .rule = rules,
        .rule_count = LENGTH(rules),
        .wrong_root = BATON_WORKBOOK_PART_WRONG,
        .size_most = LIMIT_STRINGS_SIZE,
        .begin = begin,
        .text = text_piece,
        .end = end,
    };
    if (inside->has_strings || inside->strings_member == UINT32_MAX)
        return BATON_OK;
    struct reader reader = {.inside = inside};
    inside->string_count = 0;
    TRY(xml_read(inside->arena, inside->archive, inside->strings_member, &how, &reader, found));
    inside->has_strings = true;
    return BATON_OK;
}
