/* Reading a mapping: one table of keys for each map of it. What a key means for a sheet is with who reads sheets, sheet_figures.c. */
#include "package/mapping.h"
#include "base/limits.h"
#include "files/workbook.h"
#include "package/keys.h"
#include "package/mapping_text.h"
#include "package/package_internal.h"
#include "package/sheet_number.h"
#include "package/source_workbook.h"
#include <assert.h>
#include <string.h>

struct mapping_reader {
    struct keys keys;
    struct mapping *mapping;
};

/* Texts and lists of them */

static struct mapping_text text_of(const struct keys *k, const struct yaml_value *value) {
    return (struct mapping_text){value->text, keys_at(k, value)};
}

/* A list of texts, or a single one. */
static void read_texts(const struct keys *k, const struct yaml_value *value,
                       struct mapping_texts *out) {
    const char *text;
    if (value == NULL)
        return;
    const bool is_one = value->kind == YAML_TEXT && !yaml_is_null(value);
    if (!is_one && !keys_is_list(k, value))
        return;
    out->item = arena_alloc(k->arena, is_one ? 1 : value->count, sizeof *out->item);
    for (const struct yaml_value *one = is_one ? value : value->first; one != NULL;
         one = is_one ? NULL : one->next)
        if (keys_text(k, one, &text))
            out->item[out->count++] = text_of(k, one);
}

/* Rows of a sheet: a number, or several that rise. */
static void read_rows(const struct keys *k, const struct yaml_value *value, uint32_t **row,
                      uint32_t *count) {
    if (value == NULL)
        return;
    const bool is_one = value->kind == YAML_TEXT && !yaml_is_null(value);
    if (!is_one && !keys_is_list(k, value))
        return;
    *row = arena_alloc(k->arena, is_one ? 1 : value->count, sizeof **row);
    int32_t number;
    for (const struct yaml_value *one = is_one ? value : value->first; one != NULL;
         one = is_one ? NULL : one->next) {
        if (!keys_whole(k, one, 1, LIMIT_SHEET_ROWS, &number))
            continue;
        if (*count == LIMIT_MAPPING_ROWS || (*count > 0 && (*row)[*count - 1] >= (uint32_t)number))
            keys_report(k, BATON_MAPPING_ROWS, value, keys_excerpt(k, one),
                        package_count(k->arena, LIMIT_MAPPING_ROWS), NULL, NULL);
        else
            (*row)[(*count)++] = (uint32_t)number;
    }
}

static bool read_cell(const struct keys *k, const char *text, struct baton_where where,
                      uint32_t *row, uint32_t *column) {
    if (workbook_cell_parse(text, strlen(text), row, column))
        return true;
    baton_findings_add(k->found, BATON_MAPPING_CELL, where,
                       package_excerpt(k->arena, text, strlen(text)), NULL, NULL, NULL);
    return false;
}

/* A factor is a decimal, whose digits all count. */
static void read_factor(const struct keys *k, const struct yaml_value *value, const char **out) {
    const char *text;
    if (value == NULL || !keys_text(k, value, &text))
        return;
    if (sheet_decimal_is(text))
        *out = text;
    else
        keys_report(k, BATON_MAPPING_FACTOR, value, keys_excerpt(k, value), NULL, NULL, NULL);
}

/* Places */

struct place_keys {
    const struct yaml_value *column, *row, *cell, *is, *skip, *names, *year;
    int in; /* of the words, from 1; 0 = not given */
};

#define PLACE_KEY(key_name, key_type) \
    { .name = #key_name, .type = (key_type), .offset = offsetof(struct place_keys, key_name) }
#define PLACE_KEYS \
    PLACE_KEY(column, KEY_ANY), PLACE_KEY(row, KEY_ANY), PLACE_KEY(cell, KEY_ANY), \
        {.name = "in", \
         .type = KEY_WORD, \
         .offset = offsetof(struct place_keys, in), \
         .words = " header sheet file"}, \
        PLACE_KEY(is, KEY_ANY), PLACE_KEY(skip, KEY_ANY), PLACE_KEY(names, KEY_MAP)

/* One of its keys says where it stands, neither none nor two. */
static void check_place(const struct keys *k, const struct yaml_value *map,
                        const struct place_keys *from) {
    const int given = (from->column != NULL) + (from->row != NULL) + (from->cell != NULL) +
                      (from->is != NULL) + (yaml_get(map, "in") != NULL);
    if (given != 1)
        baton_findings_add(k->found, BATON_MAPPING_PLACE, keys_at_key(k, map), keys_key(k, map),
                           given > 1 ? "2" : NULL, NULL, NULL);
    if (from->is != NULL && from->names != NULL)
        baton_findings_add(k->found, BATON_MAPPING_NAMES_IDLE, keys_at_key(k, from->names),
                           keys_key(k, from->names), NULL, NULL, NULL);
}

/* A list that names nothing. */
static void check_not_empty(const struct keys *k, const struct yaml_value *list) {
    if (yaml_is_null(list) || (list->kind == YAML_LIST && list->count == 0))
        baton_findings_add(k->found, BATON_VALUE_EMPTY, keys_at_key(k, list), keys_key(k, list),
                           NULL, NULL, NULL);
}

static void read_place(struct mapping_reader *r, const struct yaml_value *map,
                       const struct place_keys *from, struct mapping_place *out) {
    static const enum mapping_in words[] = {MAPPING_NOWHERE, MAPPING_ROW, MAPPING_SHEET,
                                            MAPPING_FILE};
    const struct keys *k = &r->keys;
    out->at = keys_at_key(k, map);
    check_place(k, map, from);
    out->in = words[from->in];
    if (from->in == 1 && r->mapping->header_count == 0)
        baton_findings_add(k->found, BATON_MAPPING_HEADER_NEEDED, out->at, keys_key(k, map), NULL,
                           NULL, NULL);
    if (from->column != NULL) {
        out->in = MAPPING_COLUMN;
        read_texts(k, from->column, &out->column);
        check_not_empty(k, from->column);
    }
    if (from->row != NULL) {
        out->in = MAPPING_ROW;
        read_rows(k, from->row, &out->row, &out->row_count);
        check_not_empty(k, from->row);
    }
    const char *text;
    if (from->cell != NULL && keys_text(k, from->cell, &text)) {
        out->in = MAPPING_CELL;
        read_cell(k, text, keys_at(k, from->cell), &out->cell_row, &out->cell_column);
    }
    if (from->is != NULL)
        out->in = MAPPING_IS;
    read_texts(k, from->skip, &out->skip);
}

/* The names below a place; an array for them. */
static void *begin_names(const struct keys *k, const struct yaml_value *map, size_t size) {
    return arena_alloc(k->arena, map == NULL ? 0 : map->count, size);
}

static struct mapping_text key_text(const struct keys *k, const struct yaml_value *value) {
    return (struct mapping_text){value->key, keys_at_key(k, value)};
}

static void read_unit(struct mapping_reader *r, const struct yaml_value *map) {
    static const struct key keys[] = {PLACE_KEYS};
    const struct keys *k = &r->keys;
    struct mapping *m = r->mapping;
    struct place_keys from = {0};
    if (map == NULL || !keys_read(k, map, keys, LENGTH(keys), &from))
        return;
    read_place(r, map, &from, &m->unit);
    m->unit_name = begin_names(k, from.names, sizeof *m->unit_name);
    const struct yaml_value *name = from.names == NULL ? NULL : from.names->first;
    for (; name != NULL; name = name->next) {
        struct mapping_unit *unit = &m->unit_name[m->unit_name_count];
        *unit = (struct mapping_unit){.text = key_text(k, name), .id_at = keys_at(k, name)};
        m->unit_name_count += keys_id(k, name, &unit->id);
    }
    if (from.is != NULL && keys_id(k, from.is, &m->unit.is)) {
        m->unit_name = arena_alloc(k->arena, 1, sizeof *m->unit_name);
        m->unit_name[0] = (struct mapping_unit){.id = m->unit.is, .id_at = keys_at(k, from.is)};
        m->unit_name_count = 1;
    }
}

/* {是: 1, 否: 0} */
static void read_words(const struct mapping_reader *r, const struct yaml_value *map,
                       struct mapping_element *out) {
    const struct keys *k = &r->keys;
    out->words = (struct mapping_index){.arena = k->arena, .loose = r->mapping->loose};
    if (map == NULL)
        return;
    out->word = arena_alloc(k->arena, map->count, sizeof *out->word);
    for (const struct yaml_value *value = map->first; value != NULL; value = value->next) {
        struct mapping_word *word = &out->word[out->word_count];
        word->text = key_text(k, value);
        if (!keys_text(k, value, &word->value))
            continue;
        mapping_index_add(&out->words, word->text.text, false, out->word_count++);
    }
}

/* An element's id, or a map with it. */
static bool read_element_entry(struct mapping_reader *r, const struct yaml_value *value,
                               struct mapping_element *out) {
    struct entry_keys {
        struct mapping_element element;
        const struct yaml_value *id, *factor, *words;
    } from = {0};
    static const struct key keys[] = {
        {.name = "element",
         .type = KEY_ANY,
         .needed = true,
         .offset = offsetof(struct entry_keys, id)},
        {.name = "factor", .type = KEY_ANY, .offset = offsetof(struct entry_keys, factor)},
        {.name = "source", .type = KEY_TEXT, .offset = offsetof(struct entry_keys, element.source)},
        {.name = "words", .type = KEY_MAP, .offset = offsetof(struct entry_keys, words)},
        {.name = "optional",
         .type = KEY_FLAG,
         .offset = offsetof(struct entry_keys, element.optional)},
    };
    const struct keys *k = &r->keys;
    if (value->kind == YAML_TEXT && !yaml_is_null(value)) {
        from.id = value;
    } else {
        if (!keys_read(k, value, keys, LENGTH(keys), &from))
            return false;
        *out = from.element;
        read_factor(k, from.factor, &out->factor);
        read_words(r, from.words, out);
    }
    if (from.id == NULL || !keys_id(k, from.id, &out->id))
        return false;
    out->id_at = keys_at(k, from.id);
    return true;
}

static void read_element(struct mapping_reader *r, const struct yaml_value *map) {
    static const struct key keys[] = {PLACE_KEYS};
    const struct keys *k = &r->keys;
    struct mapping *m = r->mapping;
    struct place_keys from = {0};
    if (map == NULL || !keys_read(k, map, keys, LENGTH(keys), &from))
        return;
    read_place(r, map, &from, &m->element);
    m->element_name = begin_names(k, from.names, sizeof *m->element_name);
    const struct yaml_value *name = from.names == NULL ? NULL : from.names->first;
    for (; name != NULL; name = name->next) {
        struct mapping_element element = {0};
        if (!read_element_entry(r, name, &element))
            continue;
        element.text = key_text(k, name);
        m->element_name[m->element_name_count++] = element;
    }
    if (from.is != NULL) {
        struct mapping_element element = {0};
        if (read_element_entry(r, from.is, &element)) {
            m->element_name = arena_alloc(k->arena, 1, sizeof *m->element_name);
            m->element_name[0] = element;
            m->element_name_count = 1;
            m->element.is = element.id;
        }
    }
}

/* Periods */

/* An entry of names: both sides must have fields that there are, and the right one be a period. */
static bool read_period_entry(struct mapping_reader *r, const struct yaml_value *value,
                              struct mapping_period *out) {
    const struct keys *k = &r->keys;
    out->text = key_text(k, value);
    if (!keys_text(k, value, &out->means))
        return false;
    bool is_sound;
    const char *unknown = mapping_period_field_unknown(k->arena, value->key, out->means, &is_sound);
    if (unknown != NULL)
        keys_report(k, BATON_MAPPING_FIELD, value, unknown, NULL, NULL, NULL);
    else if (!is_sound)
        keys_report(k, BATON_MAPPING_MEANS, value, keys_excerpt(k, value), NULL, NULL, NULL);
    return unknown == NULL && is_sound;
}

static void read_period_place(struct mapping_reader *r, const struct yaml_value *map,
                              const struct place_keys *from, struct mapping_period_place *out) {
    const struct keys *k = &r->keys;
    struct baton_period period;
    read_place(r, map, from, &out->place);
    if (from->is != NULL && keys_period(k, from->is, &period))
        out->place.is = from->is->text;
    out->name = begin_names(k, from->names, sizeof *out->name);
    const struct yaml_value *name = from->names == NULL ? NULL : from->names->first;
    for (; name != NULL; name = name->next)
        out->name_count += read_period_entry(r, name, &out->name[out->name_count]);
}

static void read_period(struct mapping_reader *r, const struct yaml_value *map) {
    static const struct key keys[] = {PLACE_KEYS, PLACE_KEY(year, KEY_MAP)};
    static const struct key year_keys[] = {PLACE_KEYS};
    struct place_keys from = {0}, year = {0};
    if (map == NULL || !keys_read(&r->keys, map, keys, LENGTH(keys), &from))
        return;
    read_period_place(r, map, &from, &r->mapping->period);
    if (from.year == NULL || !keys_read(&r->keys, from.year, year_keys, LENGTH(year_keys), &year))
        return;
    read_period_place(r, from.year, &year, &r->mapping->year);
    const enum mapping_in in = r->mapping->year.place.in;
    if (in == MAPPING_COLUMN || in == MAPPING_ROW)
        keys_report(&r->keys, BATON_MAPPING_YEAR, from.year, NULL, NULL, NULL, NULL);
}

/* The rest */

static void read_values(struct mapping_reader *r, const struct yaml_value *map) {
    struct both {
        struct mapping_values values;
        const struct yaml_value *factor, *missing, *na, *pending, *marks;
    } both = {0};
#define VALUE_FLAG(flag) \
    { .name = #flag, .type = KEY_FLAG, .offset = offsetof(struct both, values.flag) }
#define VALUE_ANY(any) \
    { .name = #any, .type = KEY_ANY, .offset = offsetof(struct both, any) }
    static const struct key keys[] = {
        VALUE_ANY(factor),
        VALUE_FLAG(full_width),
        VALUE_FLAG(thousands),
        VALUE_FLAG(percent),
        {.name = "empty",
         .type = KEY_WORD,
         .offset = offsetof(struct both, values.empty),
         .words = "skip missing na pending"},
        VALUE_ANY(missing),
        VALUE_ANY(na),
        VALUE_ANY(pending),
        VALUE_ANY(marks),
    };
    const struct keys *k = &r->keys;
    if (map == NULL || !keys_read(k, map, keys, LENGTH(keys), &both))
        return;
    read_factor(k, both.factor, &both.values.factor);
    read_texts(k, both.missing, &both.values.missing);
    read_texts(k, both.na, &both.values.na);
    read_texts(k, both.pending, &both.values.pending);
    read_texts(k, both.marks, &both.values.marks);
    r->mapping->values = both.values;
}

static void check_range(const struct keys *k, const struct yaml_value *map, int32_t first,
                        int32_t last) {
    if (first > 0 && last > 0 && first > last)
        keys_report(k, BATON_LOW_ABOVE_HIGH, map, "first", package_count(k->arena, (uint64_t)first),
                    "last", package_count(k->arena, (uint64_t)last));
}

static void read_row_range(struct mapping_reader *r, const struct yaml_value *map) {
    struct range {
        int32_t first, last;
        const struct yaml_value *until;
        bool until_blank;
    } range = {0};
    static const struct key keys[] = {
        {.name = "first",
         .type = KEY_WHOLE,
         .offset = offsetof(struct range, first),
         .lowest = 1,
         .highest = LIMIT_SHEET_ROWS},
        {.name = "last",
         .type = KEY_WHOLE,
         .offset = offsetof(struct range, last),
         .lowest = 1,
         .highest = LIMIT_SHEET_ROWS},
        {.name = "until", .type = KEY_ANY, .offset = offsetof(struct range, until)},
        {.name = "until_blank", .type = KEY_FLAG, .offset = offsetof(struct range, until_blank)},
    };
    struct mapping *m = r->mapping;
    if (map == NULL || !keys_read(&r->keys, map, keys, LENGTH(keys), &range))
        return;
    check_range(&r->keys, map, range.first, range.last);
    m->row_first = (uint32_t)range.first;
    m->row_last = (uint32_t)range.last;
    m->until_blank = range.until_blank;
    read_texts(&r->keys, range.until, &m->until);
}

/* A column by its letters; 0 and a finding where it is none. */
static uint32_t read_letters(const struct keys *k, const struct yaml_value *value) {
    const char *text;
    uint32_t row, column;
    if (value == NULL || !keys_text(k, value, &text))
        return 0;
    const char *name = arena_printf(k->arena, "%s1", text);
    if (strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == value->size &&
        workbook_cell_parse(name, value->size + 1, &row, &column))
        return column;
    keys_report(k, BATON_MAPPING_CELL, value, keys_excerpt(k, value), "2", NULL, NULL);
    return 0;
}

static void read_column_range(struct mapping_reader *r, const struct yaml_value *map) {
    struct range {
        const struct yaml_value *first, *last;
    } range = {0};
    static const struct key keys[] = {
        {.name = "first", .type = KEY_ANY, .offset = offsetof(struct range, first)},
        {.name = "last", .type = KEY_ANY, .offset = offsetof(struct range, last)},
    };
    struct mapping *m = r->mapping;
    if (map == NULL || !keys_read(&r->keys, map, keys, LENGTH(keys), &range))
        return;
    m->column_first = read_letters(&r->keys, range.first);
    m->column_last = read_letters(&r->keys, range.last);
    check_range(&r->keys, map, (int32_t)m->column_first, (int32_t)m->column_last);
}

static void read_expect(struct mapping_reader *r, const struct yaml_value *map) {
    struct mapping *m = r->mapping;
    if (map == NULL)
        return;
    m->expect = arena_alloc(r->keys.arena, map->count, sizeof *m->expect);
    const char *text;
    for (const struct yaml_value *value = map->first; value != NULL; value = value->next) {
        struct mapping_expect *expect = &m->expect[m->expect_count];
        if (!read_cell(&r->keys, value->key, keys_at_key(&r->keys, value), &expect->row,
                       &expect->column) ||
            !keys_text(&r->keys, value, &text))
            continue;
        expect->text = text_of(&r->keys, value);
        m->expect_count++;
    }
}

/* A number is which of the sheets, a text its name. */
static void read_sheet(struct mapping_reader *r, const struct yaml_value *value) {
    const char *text;
    int32_t number;
    if (value == NULL || !keys_text(&r->keys, value, &text))
        return;
    if (value->quoted || strspn(text, "0123456789") != value->size)
        r->mapping->sheet = text_of(&r->keys, value);
    else if (keys_whole(&r->keys, value, 1, 10000, &number))
        r->mapping->sheet_number = (uint32_t)number;
}

struct top_keys {
    struct mapping mapping;
    const struct yaml_value *baton, *sheet, *header, *rows, *columns, *value, *unit, *element,
        *period, *values, *expect;
};

#define TOP_KEY(key_name, key_type) \
    { .name = #key_name, .type = (key_type), .offset = offsetof(struct top_keys, key_name) }
#define TOP_MEMBER(key_name, key_type) \
    { .name = #key_name, .type = (key_type), .offset = offsetof(struct top_keys, mapping.key_name) }

static void read_top(struct mapping_reader *r, const struct yaml_value *root) {
    static const struct key keys[] = {
        {.name = "baton",
         .type = KEY_ANY,
         .needed = true,
         .offset = offsetof(struct top_keys, baton)},
        TOP_MEMBER(title, KEY_TITLE),
        TOP_KEY(sheet, KEY_ANY),
        TOP_KEY(header, KEY_ANY),
        TOP_MEMBER(fill, KEY_FLAG),
        TOP_MEMBER(loose, KEY_FLAG),
        TOP_KEY(rows, KEY_MAP),
        TOP_KEY(columns, KEY_MAP),
        {.name = "unit",
         .type = KEY_MAP,
         .needed = true,
         .offset = offsetof(struct top_keys, unit)},
        {.name = "element",
         .type = KEY_MAP,
         .needed = true,
         .offset = offsetof(struct top_keys, element)},
        TOP_KEY(period, KEY_MAP),
        TOP_KEY(value, KEY_ANY),
        TOP_KEY(values, KEY_MAP),
        TOP_MEMBER(source, KEY_TEXT),
        TOP_KEY(expect, KEY_MAP),
    };
    struct top_keys top = {.mapping = *r->mapping};
    const struct keys *k = &r->keys;
    const char *text;
    if (!keys_read(k, root, keys, LENGTH(keys), &top))
        return;
    *r->mapping = top.mapping;
    if (top.baton != NULL && keys_text(k, top.baton, &text) && strcmp(text, "1") != 0)
        keys_report(k, BATON_VERSION_UNKNOWN, top.baton, keys_excerpt(k, top.baton), NULL, NULL,
                    NULL);
    read_sheet(r, top.sheet);
    read_rows(k, top.header, &r->mapping->header, &r->mapping->header_count);
    read_row_range(r, top.rows);
    read_column_range(r, top.columns);
    if (top.value != NULL && keys_text(k, top.value, &text))
        r->mapping->value = text_of(k, top.value);
    read_unit(r, top.unit);
    read_element(r, top.element);
    read_period(r, top.period);
    read_values(r, top.values);
    read_expect(r, top.expect);
}

/* The first error from `before` on; where so many were found that none was kept, the first of all. */
static baton_code first_error(const struct baton_findings *found, size_t before) {
    for (size_t i = before; i < found->count; i++)
        if (baton_code_info(found->item[i].code)->severity == BATON_ERROR)
            return found->item[i].code;
    return baton_findings_worst(found);
}

/* "monthly" of "mappings/monthly.yaml". */
static const char *name_of(struct baton_arena *arena, const char *file) {
    const char *slash = strrchr(file, '/');
    const char *name = slash == NULL ? file : slash + 1;
    const char *dot = strrchr(name, '.');
    return arena_text(arena, name, dot == NULL ? strlen(name) : (size_t)(dot - name));
}

/* `errors` and `before` are what was found before the file was. */
static baton_code read_tree(const struct keys *keys, const struct yaml_value *root,
                            const char *file, size_t errors, size_t before,
                            const struct mapping **out) {
    struct mapping_reader reader = {.keys = *keys,
                                    .mapping = arena_alloc(keys->arena, 1, sizeof *reader.mapping)};
    reader.mapping->file = keys->file;
    reader.mapping->name = name_of(keys->arena, file);
    read_top(&reader, root);
    if (keys->found->errors > errors)
        return first_error(keys->found, before);
    *out = reader.mapping;
    return BATON_OK;
}

baton_code mapping_read(struct baton_arena *arena, const char *file, const char *text, size_t size,
                        const struct mapping **out, struct baton_findings *found) {
    const size_t errors = found->errors, before = found->count;
    struct yaml_value *root;
    TRY(yaml_read(arena, file, text, size, &root, found));
    return read_tree(&(struct keys){arena, found, file, false}, root, file, errors, before, out);
}

baton_code mapping_read_part(struct source *source, const char *name, const struct mapping **out,
                             struct baton_findings *found) {
    const size_t errors = found->errors, before = found->count;
    struct source_tree tree;
    TRY(source_tree(source, name, LIMIT_YAML_SIZE, false, &tree, found));
    assert(tree.there); /* it was listed */
    const struct keys keys = {source->arena, found, tree.file, tree.is_sheet};
    return read_tree(&keys, tree.root, name, errors, before, out);
}
