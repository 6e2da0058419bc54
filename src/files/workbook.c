/* Opening: the archive's relations name the workbook, that one's relations its sheets, styles and shared strings. Every sheet must lead to
 * a member of its own; what a sheet holds is looked at when it is read. */
#include "files/workbook.h"
#include "base/hash.h"
#include "base/limits.h"
#include "files/workbook_inside.h"
#include <string.h>
#include <strings.h>

enum { BOOK = 1, SETTINGS, SHEETS, SHEET };
static const struct xml_rule rules[] = {
    {0, BOOK, false, "workbook"},
    {BOOK, SETTINGS, false, "workbookPr"},
    {BOOK, SHEETS, false, "sheets"},
    {SHEETS, SHEET, false, "sheet"},
};

struct opening {
    struct workbook *book;
    struct baton_findings *found;
    const char *source; /* the member that is the workbook */
    struct relations relations;
    struct hash relation; /* from id to index */
    struct workbook_sheet *sheet;
    size_t sheet_count, sheet_capacity;
    uint32_t *member;
    size_t member_count, member_capacity;
};

static baton_code fail(const struct opening *opening, baton_code code, const char *arg1,
                       const char *arg2) {
    const struct baton_where where = {.file = opening->book->path};
    struct baton_arena *arena = opening->book->inside->arena;
    baton_findings_add(opening->found, code, where, xml_excerpt(arena, arg1),
                       xml_excerpt(arena, arg2), NULL, NULL);
    return code;
}

static const char *number(const struct opening *opening, uint64_t value) {
    return arena_printf(opening->book->inside->arena, "%llu", (unsigned long long)value);
}

/* The name as it is meant, with escapes put right. */
static const char *name_of(const struct opening *opening, const char *text) {
    struct baton_arena *arena = opening->book->inside->arena;
    struct rich_text rich = {0};
    rich_begin(&rich);
    if (text == NULL || !rich_add(arena, &rich, text, strlen(text)))
        return "";
    rich_end_run(&rich, true);
    return rich.text;
}

static baton_code check_name(const struct opening *opening, const char *name) {
    const size_t size = strlen(name);
    if (size == 0 || size > LIMIT_SHEET_NAME_SIZE)
        return fail(opening, BATON_WORKBOOK_SHEET_NAME, number(opening, opening->sheet_count + 1),
                    number(opening, LIMIT_SHEET_NAME_SIZE));
    for (size_t i = 0; i < opening->sheet_count; i++)
        if (strcasecmp(opening->sheet[i].name, name) == 0)
            return fail(opening, BATON_WORKBOOK_SHEET_DOUBLED, name, NULL);
    return BATON_OK;
}

static baton_code add_sheet(struct opening *opening, const char **attributes) {
    struct workbook_inside *inside = opening->book->inside;
    const char *name = name_of(opening, xml_attribute(attributes, XML_SPACE_NONE, "name"));
    const char *id = xml_attribute(attributes, XML_SPACE_OFFICE, "id");
    const char *state = xml_attribute(attributes, XML_SPACE_NONE, "state");
    const uint32_t at = id == NULL ? HASH_NONE : hash_find(&opening->relation, id, strlen(id));
    if (at == HASH_NONE)
        return fail(opening, BATON_WORKBOOK_SHEET_LOST, name, NULL);
    const struct relation *relation = &opening->relations.item[at];
    if (relation->role == ROLE_OTHER)
        return BATON_OK; /* a chart, a dialogue, old macros: no cells */
    if (relation->role != ROLE_WORKSHEET)
        return fail(opening, BATON_WORKBOOK_SHEET_LOST, name, NULL);
    TRY(check_name(opening, name));
    if (opening->sheet_count >= LIMIT_SHEETS)
        return fail(opening, BATON_WORKBOOK_TOO_MANY, number(opening, LIMIT_SHEETS), "sheet");
    uint32_t member;
    TRY(relation_member(inside->arena, inside->archive, opening->source, relation, &member,
                        opening->found));
    for (size_t i = 0; i < opening->member_count; i++)
        if (opening->member[i] == member)
            return fail(opening, BATON_WORKBOOK_SHEET_DOUBLED, name, opening->sheet[i].name);
    *ARRAY_PUSH(inside->arena, opening->member, opening->member_count, opening->member_capacity) =
        member;
    *ARRAY_PUSH(inside->arena, opening->sheet, opening->sheet_count, opening->sheet_capacity) =
        (struct workbook_sheet){name, state != NULL && strcmp(state, "visible") != 0};
    return BATON_OK;
}

static baton_code begin(struct xml *xml, unsigned id, const char **attributes) {
    struct opening *opening = xml_context(xml);
    if (id == SHEET)
        return add_sheet(opening, attributes);
    const char *text = xml_attribute(attributes, XML_SPACE_NONE, "date1904");
    if (id == SETTINGS && text != NULL && !xml_truth(text, &opening->book->inside->is_1904))
        return fail(opening, BATON_WORKBOOK_VALUE_BAD, text, "date1904");
    return BATON_OK;
}

/* The member that is the workbook. */
static baton_code find_book(struct opening *opening) {
    struct workbook_inside *inside = opening->book->inside;
    struct relations relations = {0};
    TRY(relations_read(inside->arena, inside->archive, "", &relations, opening->found));
    for (size_t i = 0; i < relations.count; i++) {
        uint32_t member;
        if (relations.item[i].role != ROLE_WORKBOOK)
            continue;
        TRY(relation_member(inside->arena, inside->archive, "", &relations.item[i], &member,
                            opening->found));
        opening->source = inside->archive->member[member].name;
        const size_t size = strlen(opening->source);
        if (size > 4 && strcasecmp(opening->source + size - 4, ".bin") == 0)
            return fail(opening, BATON_WORKBOOK_OTHER_FORM, ".xlsb", NULL);
        return BATON_OK;
    }
    return fail(opening, BATON_WORKBOOK_NOT, NULL, NULL);
}

/* The member that has the styles, or the shared strings; UINT32_MAX where there is none. */
static baton_code find_one(struct opening *opening, enum workbook_role role, uint32_t *out) {
    struct workbook_inside *inside = opening->book->inside;
    *out = UINT32_MAX;
    for (size_t i = 0; i < opening->relations.count; i++)
        if (opening->relations.item[i].role == role)
            return relation_member(inside->arena, inside->archive, opening->source,
                                   &opening->relations.item[i], out, opening->found);
    return BATON_OK;
}

static baton_code read_book(struct opening *opening) {
    static const struct xml_how how = {
        .space = XML_SPACE_SHEET,
        .rule = rules,
        .rule_count = LENGTH(rules),
        .wrong_root = BATON_WORKBOOK_NOT,
        .size_most = LIMIT_WORKBOOK_SIZE,
        .begin = begin,
    };
    struct workbook_inside *inside = opening->book->inside;
    struct relations *relations = &opening->relations;
    TRY(relations_read(inside->arena, inside->archive, opening->source, relations, opening->found));
    for (size_t i = 0; i < relations->count; i++)
        hash_add(inside->arena, &opening->relation, relations->item[i].id,
                 strlen(relations->item[i].id), (uint32_t)i);
    const uint32_t member = part_find(inside->archive, opening->source);
    TRY(xml_read(inside->arena, inside->archive, member, &how, opening, opening->found));
    return opening->sheet_count > 0 ? BATON_OK
                                    : fail(opening, BATON_WORKBOOK_NO_SHEETS, NULL, NULL);
}

baton_code workbook_open(struct baton_arena *arena, struct archive *archive, struct workbook **out,
                         struct baton_findings *found) {
    struct workbook *book = arena_alloc(arena, 1, sizeof *book);
    book->path = archive->path;
    book->inside = arena_alloc(arena, 1, sizeof *book->inside);
    book->inside->arena = arena;
    book->inside->archive = archive;
    struct opening opening = {.book = book, .found = found};
    TRY(workbook_refuse_other(archive, found));
    uint32_t styles;
    TRY(find_book(&opening));
    TRY(read_book(&opening));
    TRY(find_one(&opening, ROLE_STYLES, &styles));
    TRY(find_one(&opening, ROLE_STRINGS, &book->inside->strings_member));
    TRY(styles_read(book->inside, styles, found));
    book->sheet = opening.sheet;
    book->sheet_count = (uint32_t)opening.sheet_count;
    book->inside->member = opening.member;
    *out = book;
    return BATON_OK;
}

uint32_t workbook_find(const struct workbook *workbook, const char *name) {
    for (uint32_t i = 0; i < workbook->sheet_count; i++)
        if (strcasecmp(workbook->sheet[i].name, name) == 0)
            return i;
    return UINT32_MAX;
}
