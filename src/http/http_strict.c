/* The rules for heads, each a function of its own; the first that does not hold is told.
 *
 * http_strict_lines knows how libmicrohttpd 0.9.75 leaves a head: CR and LF behind each line become two NULs, the colon behind a name one, the spaces of the request line one each.
 * So between the end of each piece and the beginning of the next there is a fixed number of bytes, and any other number says that the library was lenient. A version that lays it out
 * in another way refuses everything, which the tests would notice, rather than letting something through. */
#include "http/http_strict.h"
#include "base/text.h"
#include <string.h>
#include <strings.h>

/* clang-format off */
static const struct {
    baton_code code;
    const char *words[2]; /* by enum baton_language */
} flaws[HTTP_FLAWS] = {
    [HTTP_SOUND] = {BATON_OK, {"", ""}},
    [HTTP_FLAW_LINES] = {BATON_REQUEST_MALFORMED, {"a line of the head is folded, holds a NUL or does not end with CR LF", "头部某行折行、含空字符（NUL）或未以回车换行（CR LF）结束"}},
    [HTTP_FLAW_METHOD] = {BATON_REQUEST_MALFORMED, {"the method is no token", "请求方法不是合法记号"}},
    [HTTP_FLAW_VERSION] = {BATON_REQUEST_MALFORMED, {"the version is neither HTTP/1.1 nor HTTP/1.0", "版本不是 HTTP/1.1 或 HTTP/1.0"}},
    [HTTP_FLAW_FIELD_NAME] = {BATON_REQUEST_MALFORMED, {"the name of a header is no token", "头部字段名不是合法记号"}},
    [HTTP_FLAW_FIELD_VALUE] = {BATON_REQUEST_MALFORMED, {"the value of a header has control characters or is not UTF-8", "头部字段值含控制字符或不是 UTF-8"}},
    [HTTP_FLAW_FIELD_TWICE] = {BATON_REQUEST_MALFORMED, {"a header that may stand once stands there twice", "只能出现一次的头部字段重复出现"}},
    [HTTP_FLAW_HOST_MISSING] = {BATON_REQUEST_MALFORMED, {"Host is missing", "缺少 Host"}},
    [HTTP_FLAW_HOST] = {BATON_REQUEST_MALFORMED, {"Host is no host", "Host 不是合法的主机名"}},
    [HTTP_FLAW_LENGTH] = {BATON_REQUEST_MALFORMED, {"Content-Length is not written in digits", "Content-Length 不是数字"}},
    [HTTP_FLAW_LENGTH_AND_CODING] = {BATON_REQUEST_MALFORMED, {"Content-Length and Transfer-Encoding do not go together", "Content-Length 与 Transfer-Encoding 不能同时出现"}},
    [HTTP_FLAW_TRANSFER_CODING] = {BATON_REQUEST_MALFORMED, {"Transfer-Encoding may only be chunked, in HTTP/1.1", "Transfer-Encoding 只能是 chunked，且仅限 HTTP/1.1"}},
    [HTTP_FLAW_CONTENT_CODING] = {BATON_CONTENT_CODED, {"", ""}},
    [HTTP_FLAW_BODY] = {BATON_REQUEST_MALFORMED, {"this method takes no body", "该方法不应带有请求体"}},
    [HTTP_FLAW_CHUNKS] = {BATON_REQUEST_MALFORMED, {"the size of a chunk has extensions, or its line does not end with CR LF", "分块长度带有扩展，或该行未以回车换行（CR LF）结束"}},
    [HTTP_FLAW_TRAILERS] = {BATON_REQUEST_MALFORMED, {"headers behind the body are not taken", "不接受请求体之后的头部字段"}},
    [HTTP_FLAW_TARGET_FORM] = {BATON_REQUEST_MALFORMED, {"the target does not begin with /", "请求目标未以 / 开头"}},
    [HTTP_FLAW_TARGET_BYTES] = {BATON_REQUEST_MALFORMED, {"the target has control characters, a backslash or #, or is not UTF-8", "请求目标含控制字符、反斜杠或 #，或不是 UTF-8"}},
    [HTTP_FLAW_TARGET_ESCAPE] = {BATON_REQUEST_MALFORMED, {"a percent escape of the target is broken or gives what may not stand there", "请求目标中的百分号转义不完整，或所得字符不允许出现"}},
    [HTTP_FLAW_TARGET_SEGMENT] = {BATON_REQUEST_MALFORMED, {"the path has //, or a segment . or ..", "路径含 //，或含 .、.. 段"}},
    [HTTP_FLAW_TARGET_SIZE] = {BATON_TARGET_TOO_LONG, {"", ""}},
    [HTTP_FLAW_HEAD_SIZE] = {BATON_HEAD_TOO_LARGE, {"", ""}},
};
/* clang-format on */

baton_code http_flaw_code(enum http_flaw flaw) {
    return flaws[flaw].code;
}

const char *http_flaw_words(enum http_flaw flaw, enum baton_language language) {
    return flaws[flaw].words[language];
}

bool http_is_token(const char *bytes, size_t size) {
    static const char others[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < size; i++) {
        const char c = bytes[i];
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !(c >= '0' && c <= '9') &&
            (c == '\0' || memchr(others, c, sizeof others - 1) == NULL))
            return false;
    }
    return size > 0;
}

bool http_is_text(const char *bytes, size_t size) {
    bool is_ascii = true;
    for (size_t i = 0; i < size; i++) {
        const unsigned char c = (unsigned char)bytes[i];
        if (c < 0x20 || c == 0x7f)
            return false;
        is_ascii &= c < 0x80;
    }
    if (is_ascii)
        return true;
    for (size_t i = 0; i + 1 < size; i++) /* U+0080 to U+009F */
        if ((unsigned char)bytes[i] == 0xc2 && (unsigned char)bytes[i + 1] < 0xa0)
            return false;
    return text_valid_size(bytes, size) == size;
}

static bool is_named(const struct http_field *field, const char *name) {
    return field->name_size == strlen(name) &&
           strncasecmp(field->name, name, field->name_size) == 0;
}

static const struct http_field *find(const struct http_head *head, const char *name) {
    for (size_t i = 0; i < head->field_count; i++)
        if (is_named(&head->field[i], name))
            return &head->field[i];
    return NULL;
}

static enum http_flaw check_sizes(const struct http_head *head) {
    if (strlen(head->target) > HTTP_TARGET_MAX)
        return HTTP_FLAW_TARGET_SIZE;
    if (head->size > HTTP_HEAD_MAX || head->field_count > HTTP_FIELDS_MAX)
        return HTTP_FLAW_HEAD_SIZE;
    return HTTP_SOUND;
}

static enum http_flaw check_request_line(const struct http_head *head) {
    if (!http_is_token(head->method, strlen(head->method)))
        return HTTP_FLAW_METHOD;
    if (strcmp(head->version, "HTTP/1.1") != 0 && strcmp(head->version, "HTTP/1.0") != 0)
        return HTTP_FLAW_VERSION;
    return HTTP_SOUND;
}

/* Headers by which it is decided how a request is read, who asks and what is done: two of them would be read differently by different readers. */
static bool may_stand_once(const struct http_field *field) {
    static const char *const once[] = {
        "Host",          "Content-Length",  "Transfer-Encoding", "Content-Type",
        "Authorization", "Idempotency-Key", "If-Match",          "If-None-Match",
        "Last-Event-ID", "Cookie",          "Content-Encoding",  "Origin",
        "Expect",        "X-Forwarded-For", "X-Forwarded-Proto",
    };
    for (size_t i = 0; i < LENGTH(once); i++)
        if (is_named(field, once[i]))
            return true;
    return false;
}

static enum http_flaw check_fields(const struct http_head *head) {
    for (size_t i = 0; i < head->field_count; i++) {
        const struct http_field *const field = &head->field[i];
        if (!http_is_token(field->name, field->name_size))
            return HTTP_FLAW_FIELD_NAME;
        if (!http_is_text(field->value, field->value_size))
            return HTTP_FLAW_FIELD_VALUE;
        if (!may_stand_once(field))
            continue;
        for (size_t k = 0; k < i; k++)
            if (head->field[k].name_size == field->name_size &&
                strncasecmp(head->field[k].name, field->name, field->name_size) == 0)
                return HTTP_FLAW_FIELD_TWICE;
    }
    return HTTP_SOUND;
}

/* Name or address, and a port: whether it is the right one is not known here. */
static enum http_flaw check_host(const struct http_head *head) {
    const struct http_field *const host = find(head, "Host");
    if (host == NULL)
        return strcmp(head->version, "HTTP/1.1") == 0 ? HTTP_FLAW_HOST_MISSING : HTTP_SOUND;
    for (size_t i = 0; i < host->value_size; i++) {
        const char c = host->value[i];
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !(c >= '0' && c <= '9') && strchr("-._~:[]%", c) == NULL)
            return HTTP_FLAW_HOST;
    }
    return host->value_size > 0 ? HTTP_SOUND : HTTP_FLAW_HOST;
}

static enum http_flaw read_length(const struct http_field *field, uint64_t *size) {
    enum { DIGITS_MAX = 18 };
    *size = 0;
    for (size_t i = 0; i < field->value_size; i++) {
        if (!(field->value[i] >= '0' && field->value[i] <= '9'))
            return HTTP_FLAW_LENGTH;
        *size = 10 * *size + (uint64_t)(field->value[i] - '0');
    }
    return field->value_size > 0 && field->value_size <= DIGITS_MAX ? HTTP_SOUND : HTTP_FLAW_LENGTH;
}

static bool takes_body(const char *method) {
    return strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0 &&
           strcmp(method, "DELETE") != 0 && strcmp(method, "OPTIONS") != 0 &&
           strcmp(method, "TRACE") != 0;
}

static enum http_flaw check_framing(const struct http_head *head, struct http_framing *framing) {
    const struct http_field *const length = find(head, "Content-Length");
    const struct http_field *const coding = find(head, "Transfer-Encoding");
    if (length != NULL && coding != NULL)
        return HTTP_FLAW_LENGTH_AND_CODING;
    if (length != NULL && read_length(length, &framing->size) != HTTP_SOUND)
        return HTTP_FLAW_LENGTH;
    if (coding != NULL) {
        if (coding->value_size != strlen("chunked") ||
            strncasecmp(coding->value, "chunked", coding->value_size) != 0 ||
            strcmp(head->version, "HTTP/1.1") != 0)
            return HTTP_FLAW_TRANSFER_CODING;
        framing->is_chunked = true;
    }
    framing->has_body = framing->is_chunked || framing->size > 0;
    if (framing->has_body && !takes_body(head->method))
        return HTTP_FLAW_BODY;
    if (find(head, "Content-Encoding") != NULL)
        return HTTP_FLAW_CONTENT_CODING;
    return HTTP_SOUND;
}

enum http_flaw http_strict(const struct http_head *head, struct http_framing *framing) {
    *framing = (struct http_framing){0};
    enum http_flaw flaw = check_sizes(head);
    if (flaw == HTTP_SOUND)
        flaw = check_request_line(head);
    if (flaw == HTTP_SOUND)
        flaw = check_fields(head);
    if (flaw == HTTP_SOUND)
        flaw = check_host(head);
    if (flaw == HTTP_SOUND)
        flaw = check_framing(head, framing);
    return flaw;
}

/* Whether so many bytes stand between the two, in this order. */
static bool is_apart(const char *end, const char *next, size_t bytes) {
    return (uintptr_t)next - (uintptr_t)end == bytes;
}

/* Whether between a name and its value stand the colon's NUL and nothing but spaces. */
static bool is_value_near(const struct http_field *field) {
    const char *const end = field->name + field->name_size;
    const uintptr_t between = (uintptr_t)field->value - (uintptr_t)end;
    if (between == 0 || between > HTTP_HEAD_MAX || *end != '\0')
        return false;
    for (const char *at = end + 1; at < field->value; at++)
        if (*at != ' ' && *at != '\t')
            return false;
    return true;
}

enum http_flaw http_strict_lines(const struct http_head *head, size_t target_size) {
    if (!is_apart(head->method + strlen(head->method), head->target, 1) ||
        !is_apart(head->target + target_size, head->version, 1))
        return HTTP_FLAW_LINES;
    const char *end = head->version + strlen(head->version);
    for (size_t i = 0; i < head->field_count; i++) {
        if (!is_apart(end, head->field[i].name, 2) || !is_value_near(&head->field[i]))
            return HTTP_FLAW_LINES;
        end = head->field[i].value + head->field[i].value_size;
    }
    return is_apart(head->method, end, head->size - 4) ? HTTP_SOUND : HTTP_FLAW_LINES;
}

static bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

enum http_flaw http_strict_chunk(const char *data) {
    enum { DIGITS_MAX = 16 };
    if (data[-1] != '\n')
        return HTTP_SOUND; /* its size came before, and is gone */
    const char *at = data - 2;
    unsigned digits = 0;
    if (*at != '\r')
        return HTTP_FLAW_CHUNKS;
    while (digits <= DIGITS_MAX && is_hex(at[-1])) {
        at--;
        digits++;
    }
    const bool follows = at[-1] == '\0' || (at[-1] == '\n' && at[-2] == '\r');
    return digits > 0 && digits <= DIGITS_MAX && follows ? HTTP_SOUND : HTTP_FLAW_CHUNKS;
}
