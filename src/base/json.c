/* JSON as it comes. */
#include "base/json.h"
#include "base/text.h"
#include <assert.h>
#include <math.h>
#include <string.h>

struct json json_to(struct writer *writer) {
    return (struct json){.writer = writer, .is_first = true};
}

static bool is_tight(const struct json *json) {
    return json->tight != 0;
}

static void new_line(struct json *json) {
    writer_char(json->writer, '\n');
    writer_repeat(json->writer, "  ", json->depth);
}

static void escaped(struct writer *writer, const char *text, size_t size) {
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < size;) {
        const unsigned char byte = (unsigned char)text[i];
        uint32_t point;
        const size_t length = byte < 0x80 ? 1 : text_decode(text + i, size - i, &point);
        if (length == 0) {
            writer_text(writer, "\xef\xbf\xbd");
            i++;
            continue;
        }
        const char *const brief = byte == '"'    ? "\\\""
                                  : byte == '\\' ? "\\\\"
                                  : byte == '\n' ? "\\n"
                                  : byte == '\r' ? "\\r"
                                  : byte == '\t' ? "\\t"
                                                 : NULL;
        if (brief != NULL)
            writer_put(writer, brief, 2);
        else if (byte < 0x20 || byte == 0x7f)
            writer_printf(writer, "\\u00%c%c", hex[byte >> 4], hex[byte & 15]);
        else
            writer_put(writer, text + i, length);
        i += length;
    }
}

static void quoted(struct writer *writer, const char *text) {
    writer_char(writer, '"');
    escaped(writer, text, strlen(text));
    writer_char(writer, '"');
}

/* What stands before a value: a comma, a line, the name. */
static void begin(struct json *json, const char *name) {
    assert((name != NULL) == (json->depth > 0 && json->closes[json->depth - 1] == '}'));
    if (!json->is_first)
        writer_text(json->writer, is_tight(json) ? ", " : ",");
    if (json->depth > 0 && !is_tight(json))
        new_line(json);
    json->is_first = false;
    if (name != NULL) {
        quoted(json->writer, name);
        writer_text(json->writer, ": ");
    }
}

static void open_container(struct json *json, const char *name, const char *ends, bool tight) {
    begin(json, name);
    assert(json->depth < JSON_DEPTH_MAX);
    writer_char(json->writer, ends[0]);
    json->closes[json->depth++] = ends[1];
    json->is_first = true;
    if (tight && !is_tight(json))
        json->tight = json->depth;
}

void json_object(struct json *json, const char *name) {
    open_container(json, name, "{}", false);
}

void json_array(struct json *json, const char *name) {
    open_container(json, name, "[]", false);
}

void json_object_tight(struct json *json, const char *name) {
    open_container(json, name, "{}", true);
}

void json_array_tight(struct json *json, const char *name) {
    open_container(json, name, "[]", true);
}

void json_end(struct json *json) {
    assert(json->depth > 0);
    const bool tight = is_tight(json);
    json->depth--;
    if (!json->is_first && !tight)
        new_line(json);
    writer_char(json->writer, json->closes[json->depth]);
    if (json->tight > json->depth)
        json->tight = 0;
    json->is_first = false;
    if (json->depth == 0)
        writer_char(json->writer, '\n');
}

void json_null(struct json *json, const char *name) {
    begin(json, name);
    writer_text(json->writer, "null");
}

void json_raw(struct json *json, const char *name, const char *text) {
    begin(json, name);
    writer_put(json->writer, text, strcspn(text, "\n"));
}

void json_text(struct json *json, const char *name, const char *text) {
    if (text == NULL) {
        json_null(json, name);
        return;
    }
    begin(json, name);
    quoted(json->writer, text);
}

void json_text_if(struct json *json, const char *name, const char *text) {
    if (text != NULL)
        json_text(json, name, text);
}

void json_number(struct json *json, const char *name, double number) {
    if (!isfinite(number)) {
        json_null(json, name);
        return;
    }
    begin(json, name);
    writer_number(json->writer, number);
}

void json_fixed(struct json *json, const char *name, double number, int decimals) {
    if (!isfinite(number)) {
        json_null(json, name);
        return;
    }
    begin(json, name);
    writer_fixed(json->writer, number, decimals);
}

void json_count(struct json *json, const char *name, uint64_t count) {
    begin(json, name);
    writer_count(json->writer, count);
}

void json_flag(struct json *json, const char *name, bool flag) {
    begin(json, name);
    writer_text(json->writer, flag ? "true" : "false");
}
