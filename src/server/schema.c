/* Each type of member has its way of saying in JSON Schema what body.c holds it to. */
#include "server/schema.h"
#include "base/arena.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

/* The numbers that baton_number_parse reads, without a percent sign. */
static const char figure_pattern[] = "^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?$";

static bool has(const struct schema_set *set, const struct body_shape *shape) {
    for (size_t i = 0; i < set->count; i++) {
        if (set->shape[i] == shape)
            return true;
        assert(strcmp(set->shape[i]->name, shape->name) != 0);
    }
    return false;
}

void schema_add(struct schema_set *set, const struct body_shape *shape) {
    if (shape == NULL || has(set, shape))
        return;
    *ARRAY_PUSH(set->arena, set->shape, set->count, set->capacity) = shape;
    for (size_t i = 0; i < shape->count; i++)
        schema_add(set, shape->field[i].inner);
}

static void put_reference(struct json *json, const struct body_shape *shape) {
    char to[200];
    snprintf(to, sizeof(to), "#/components/schemas/%s", shape->name);
    json_text(json, "$ref", to);
}

void schema_refer(struct json *json, const char *name, const struct body_shape *shape) {
    json_object_tight(json, name);
    put_reference(json, shape);
    json_end(json);
}

/* "string", or ["string", "null"]. */
static void put_type(struct json *json, const char *type, const char * or, bool nullable) {
    if (or == NULL && !nullable) {
        json_text(json, "type", type);
        return;
    }
    json_array_tight(json, "type");
    json_text(json, NULL, type);
    if (or != NULL)
        json_text(json, NULL, or);
    if (nullable)
        json_text(json, NULL, "null");
    json_end(json);
}

/* What read_text holds a text to. */
static void put_text(struct json *json, const struct body_field *field) {
    if (!field->blank)
        json_count(json, "minLength", 1);
    json_count(json, "maxLength", field->length == 0 ? BODY_TEXT_MOST : field->length);
    if (field->form != NULL)
        json_text(json, "format", field->form->word);
}

static void put_words(struct json *json, const struct body_field *field) {
    size_t size;
    const char *word;
    char text[BODY_NAME_SIZE];
    json_array_tight(json, "enum");
    for (size_t i = 0; (word = body_word_at(field->words, i, &size)) != NULL; i++) {
        assert(size < sizeof(text));
        memcpy(text, word, size);
        text[size] = '\0';
        json_text(json, NULL, text);
    }
    if (field->nullable)
        json_null(json, NULL);
    json_end(json);
}

static void put_count(struct json *json, const struct body_field *field) {
    json_count(json, "minimum", field->least);
    if (field->most != 0)
        json_count(json, "maximum", field->most);
    if (field->initial != 0)
        json_count(json, "default", field->initial);
}

static void put_list(struct json *json, const struct body_field *field, bool is_body) {
    if (field->type == BODY_OBJECTS) {
        schema_refer(json, "items", field->inner);
    } else {
        json_object_tight(json, "items");
        json_text(json, "type", "string");
        put_text(json, field);
        json_end(json);
    }
    if (is_body && field->needed)
        json_count(json, "minItems", 1);
    if (field->most != 0)
        json_count(json, "maxItems", field->most);
}

static void put_map(struct json *json, const struct body_field *field, bool is_body) {
    json_object_tight(json, "propertyNames");
    json_count(json, "minLength", 1);
    json_count(json, "maxLength", BODY_NAME_SIZE);
    json_end(json);
    json_object_tight(json, "additionalProperties");
    put_type(json, "string", "number", false);
    put_text(json, field);
    json_end(json);
    if (is_body && field->needed)
        json_count(json, "minProperties", 1);
    if (field->most != 0)
        json_count(json, "maxProperties", field->most);
}

static void put_object(struct json *json, const struct body_field *field) {
    if (!field->nullable) {
        put_reference(json, field->inner);
        return;
    }
    json_array_tight(json, "anyOf");
    schema_refer(json, NULL, field->inner);
    json_object_tight(json, NULL);
    json_text(json, "type", "null");
    json_end(json);
    json_end(json);
}

void schema_field(struct json *json, const char *name, const struct body_field *field, bool is_body,
                  enum baton_language language) {
    json_object_tight(json, name);
    switch (field->type) {
    case BODY_TEXT:
        put_type(json, "string", NULL, field->nullable);
        put_text(json, field);
        break;
    case BODY_WORD:
        put_type(json, "string", NULL, field->nullable);
        put_words(json, field);
        break;
    case BODY_COUNT:
        put_type(json, "integer", NULL, field->nullable);
        put_count(json, field);
        break;
    case BODY_FIGURE:
        put_type(json, "string", "number", field->nullable);
        json_text(json, "pattern", figure_pattern);
        break;
    case BODY_NUMBER:
        put_type(json, "number", NULL, field->nullable);
        break;
    case BODY_FLAG:
        put_type(json, "boolean", NULL, field->nullable);
        break;
    case BODY_OBJECT:
        put_object(json, field);
        break;
    case BODY_OBJECTS:
    case BODY_TEXTS:
        put_type(json, "array", NULL, field->nullable);
        put_list(json, field, is_body);
        break;
    case BODY_MAP:
        put_type(json, "object", NULL, field->nullable);
        put_map(json, field, is_body);
        break;
    case BODY_ANY:
        break;
    }
    json_text_if(json, "description", field->is[language]);
    json_end(json);
}

/* A tree of JSON, written again: numbers as they stand. */
static void put_value(struct json *json, const char *name, const struct json_value *value) {
    switch (value->kind) {
    case JSON_IN_NULL:
        json_null(json, name);
        break;
    case JSON_IN_FLAG:
        json_flag(json, name, value->flag);
        break;
    case JSON_IN_NUMBER: {
        double number;
        const enum baton_number_error wrong =
            baton_number_parse(value->text, value->size, &number, NULL);
        assert(wrong == BATON_NUMBER_OK);
        json_number(json, name, number);
        break;
    }
    case JSON_IN_TEXT:
        json_text(json, name, value->text);
        break;
    case JSON_IN_LIST:
    case JSON_IN_OBJECT:
        if (value->kind == JSON_IN_LIST)
            json_array(json, name);
        else
            json_object(json, name);
        for (size_t i = 0; i < value->count; i++)
            put_value(json, value->part[i].name, &value->part[i]);
        json_end(json);
        break;
    }
}

void schema_example(struct baton_arena *arena, struct json *json, const char *name,
                    const char *text) {
    const struct json_value *value;
    struct baton_findings found = {.arena = arena};
    const baton_code code = json_in_read(arena, text, strlen(text), &value, &found);
    assert(code == BATON_OK);
    put_value(json, name, value);
}

static void put_shape(struct json *json, const struct schema_set *set,
                      const struct body_shape *shape, enum baton_language language) {
    json_object(json, shape->name);
    json_text(json, "type", "object");
    json_text_if(json, "description", shape->is[language]);
    json_object(json, "properties");
    for (size_t i = 0; i < shape->count; i++)
        schema_field(json, shape->field[i].name, &shape->field[i], shape->size > 0, language);
    json_end(json);
    json_array_tight(json, "required");
    for (size_t i = 0; i < shape->count; i++)
        if (shape->field[i].needed)
            json_text(json, NULL, shape->field[i].name);
    json_end(json);
    if (shape->size > 0)
        json_flag(json, "additionalProperties", false);
    if (shape->example != NULL) {
        json_array(json, "examples");
        schema_example(set->arena, json, NULL, shape->example);
        json_end(json);
    }
    json_end(json);
}

void schema_write(struct json *json, const char *name, const struct schema_set *set,
                  enum baton_language language) {
    json_object(json, name);
    for (size_t i = 0; i < set->count; i++)
        put_shape(json, set, set->shape[i], language);
    json_end(json);
}
