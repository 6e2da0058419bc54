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

baton_code sent_package(struct call *call, const char **path) {
    const char *const media = http_header(call->request, "Content-Type");
    const char *const folder = http_query(call->request, "folder");
    const bool is_archive = is_media(media, sent_zip);
    const char *file;
    if (!is_archive && !is_media(media, form_media[FORM_XLSX]))
        return call_refuse(call, BATON_MEDIA_UNKNOWN, media,
                           arena_printf(call->arena, "%s, %s", sent_zip, form_media[FORM_XLSX]),
                           NULL, NULL);
    TRY(temporary_path(call, is_archive ? "package.zip" : "package.xlsx", &file));
    TRY(temporary_write(call, file, call->request->body, call->request->body_size));
    call->sent = arena_text(call->arena, file, (size_t)(strrchr(file, '/') - file + 1));
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
