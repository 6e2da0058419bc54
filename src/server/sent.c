/* The folder is made by ourselves, so its name begins every path of what was sent. */
#include "server/sent.h"
#include "server/temporary.h"
#include <string.h>

const char sent_zip[] = "application/zip";

static bool is_media(const char *given, const char *wanted) {
    const size_t size = strlen(wanted);
    return given != NULL && strncasecmp(given, wanted, size) == 0 &&
           (given[size] == '\0' || given[size] == ';' || given[size] == ' ');
}

baton_code sent_media(struct call *call, unsigned allowed, enum sent_media *out) {
    static const char *const word[SENT_MEDIA] = {
        [SENT_ARCHIVE] = sent_zip, [SENT_WORKBOOK] = NULL, [SENT_CSV] = NULL};
    static const enum form form[SENT_MEDIA] = {[SENT_WORKBOOK] = FORM_XLSX, [SENT_CSV] = FORM_CSV};
    const char *const given = http_header(call->request, "Content-Type");
    const char *list = "";
    for (unsigned i = 0; i < SENT_MEDIA; i++) {
        const char *const media = word[i] != NULL ? word[i] : form_media[form[i]];
        if ((allowed >> i & 1) == 0)
            continue;
        *out = (enum sent_media)i;
        if (is_media(given, media))
            return BATON_OK;
        list = arena_printf(call->arena, "%s%s%s", list, *list != '\0' ? ", " : "", media);
    }
    return call_refuse(call, BATON_MEDIA_UNKNOWN, given, list, NULL, NULL);
}

baton_code sent_file(struct call *call, const char *name, const void *bytes, size_t size,
                     const char **path) {
    TRY(temporary_path(call, name, path));
    TRY(temporary_write(call, *path, bytes, size));
    call->sent = arena_text(call->arena, *path, (size_t)(strrchr(*path, '/') - *path + 1));
    return BATON_OK;
}

baton_code sent_package(struct call *call, const char **path) {
    const char *const folder = http_query(call->request, "folder");
    const char *file;
    enum sent_media media;
    TRY(sent_media(call, 1U << SENT_ARCHIVE | 1U << SENT_WORKBOOK, &media));
    TRY(sent_file(call, media == SENT_ARCHIVE ? "package.zip" : "package.xlsx", call->request->body,
                  call->request->body_size, &file));
    *path = folder == NULL ? file : arena_printf(call->arena, "%s/%s", file, folder);
    return BATON_OK;
}

bool sent_wishes(const struct call *call, const char *name) {
    const char *const value = http_query(call->request, name);
    return value != NULL && strcmp(value, "1") == 0;
}

static const char *hidden(struct call *call, const char *text) {
    for (const char *at; text != NULL && (at = strstr(text, call->sent)) != NULL;)
        text = arena_printf(call->arena, "%.*s%s", (int)(at - text), text, at + strlen(call->sent));
    return text;
}

void sent_hide(struct call *call) {
    for (size_t i = 0; call->sent != NULL && i < call->found.count; i++) {
        struct baton_finding *const finding = &call->found.item[i];
        finding->where.file = hidden(call, finding->where.file);
        for (size_t k = 0; k < LENGTH(finding->arg); k++)
            finding->arg[k] = hidden(call, finding->arg[k]);
    }
}
