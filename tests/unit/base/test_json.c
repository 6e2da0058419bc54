/* JSON as it is written: layout, escapes, numbers. */
#include "base/json.h"
#include "unit/test.h"
#include <math.h>

static const char *written(struct baton_arena *arena, void (*tell)(struct json *json)) {
    struct writer *writer = writer_memory(arena);
    struct json json = json_to(writer);
    tell(&json);
    return writer_text_of(writer);
}

static void everything(struct json *json) {
    json_object(json, NULL);
    json_text(json, "text", "a\"b\\c\n\t\x01\x7f 云");
    json_text(json, "none", NULL);
    json_text_if(json, "left_out", NULL);
    json_number(json, "number", 0.1);
    json_number(json, "missing", NAN);
    json_fixed(json, "fixed", 90, 2);
    json_count(json, "count", UINT64_MAX);
    json_flag(json, "flag", true);
    json_array(json, "empty");
    json_end(json);
    json_array(json, "rows");
    json_object_tight(json, NULL);
    json_count(json, "a", 0);
    json_array(json, "inner");
    json_count(json, NULL, 1);
    json_count(json, NULL, 2);
    json_end(json);
    json_end(json);
    json_null(json, NULL);
    json_end(json);
    json_end(json);
}

TEST(json_layout) {
    struct baton_arena *arena = arena_open();
    CHECK_TEXT(written(arena, everything), "{\n"
                                           "  \"text\": \"a\\\"b\\\\c\\n\\t\\u0001\\u007f 云\",\n"
                                           "  \"none\": null,\n"
                                           "  \"number\": 0.1,\n"
                                           "  \"missing\": null,\n"
                                           "  \"fixed\": 90.00,\n"
                                           "  \"count\": 18446744073709551615,\n"
                                           "  \"flag\": true,\n"
                                           "  \"empty\": [],\n"
                                           "  \"rows\": [\n"
                                           "    {\"a\": 0, \"inner\": [1, 2]},\n"
                                           "    null\n"
                                           "  ]\n"
                                           "}\n");
    arena_close(arena);
}

static void broken(struct json *json) {
    json_array_tight(json, NULL);
    json_text(json, NULL,
              "a\xff"
              "b\xe4\xba"
              "c");
    json_end(json);
}

TEST(json_replaces_what_is_no_utf8) {
    struct baton_arena *arena = arena_open();
    CHECK_TEXT(written(arena, broken), "[\"a\xef\xbf\xbd"
                                       "b\xef\xbf\xbd\xef\xbf\xbd"
                                       "c\"]\n");
    arena_close(arena);
}
