/* Whoever has the database may read all of it, so nothing is left out. */
#include "cli/open_form.h"
#include "cli/open_ledger.h"
#include <string.h>

baton_code form_open(struct invocation *invocation, struct baton_period period,
                     const char *period_name, struct form_open *out) {
    struct collection *const of = &out->of;
    TRY(collection_open(invocation, period, of));
    out->use = (struct form_use){.reader = of->reader,
                                 .ledger = reader_ledger(of->reader),
                                 .assessment = of->assessment,
                                 .period = period,
                                 .period_name = period_name,
                                 .session = of->session,
                                 .all = &of->expected,
                                 .calendar = &of->calendar,
                                 .now_utc_ms = of->now_utc_ms,
                                 .language = invocation->language};
    return refuse_reader(invocation, of->reader, form_prepare(invocation->arena, &out->use));
}

static bool is_workbook(const char *path) {
    static const char ending[] = ".xlsx";
    const size_t size = strlen(path), own = sizeof ending - 1;
    return size > own && strcmp(path + size - own, ending) == 0;
}

baton_code form_write(struct invocation *invocation, const struct form_sheet *form,
                      const char *path) {
    struct baton_arena *const arena = invocation->arena;
    struct baton_findings found = {.arena = arena};
    int error = 0;
    if (path == NULL) {
        form_csv(arena, form, invocation->out);
        return BATON_OK;
    }
    if (is_workbook(path)) {
        if (form_workbook(arena, form, path, &error, &found) != BATON_OK)
            return refuse_all(invocation, &found);
    } else {
        struct writer *const writer = writer_file(arena, path);
        form_csv(arena, form, writer);
        error = writer_close(writer);
    }
    return error == 0 ? BATON_OK
                      : refuse(invocation, BATON_FILE_WRITE, path, strerror(error), NULL, NULL);
}
