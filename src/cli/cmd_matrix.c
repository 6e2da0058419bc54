/* `baton matrix`: a result read across, unit by indicator, as tables, CSV or JSON. */
#include "cli/open_package.h"
#include "cli/terminal.h"
#include "report/matrix_report.h"
#include <string.h>

enum { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON };

enum { TOP_USUAL = 5 };

static baton_code print(struct invocation *invocation, const struct matrix_view *view,
                        struct writer *writer) {
    switch (invocation->settings.format) {
    case FORMAT_CSV:
        return matrix_csv(invocation->arena, view, writer);
    case FORMAT_JSON:
        return matrix_json(invocation->arena, view, writer);
    default:
        return matrix_table(invocation->arena, view, writer);
    }
}

static baton_code print_file(struct invocation *invocation, const struct matrix_view *view) {
    struct writer *writer = writer_file(invocation->arena, invocation->settings.output);
    TRY(print(invocation, view, writer));
    const int error = writer_close(writer);
    return error == 0 ? BATON_OK
                      : refuse(invocation, BATON_FILE_WRITE, invocation->settings.output,
                               strerror(error), NULL, NULL);
}

baton_code cmd_matrix(struct invocation *invocation) {
    const struct settings *settings = &invocation->settings;
    struct opened opened;
    TRY(package_open_sound(invocation, false, &opened));
    progress_close(opened.progress);
    struct matrix_view view = {.result = result_view_of(opened.session),
                               .what = (enum matrix_what)settings->what,
                               .level = settings->level,
                               .top = settings->top > 0 ? settings->top : TOP_USUAL,
                               .language = invocation->language,
                               .names = settings->names,
                               .colour = invocation->colour_out && settings->output == NULL,
                               .width = terminal_width(invocation)};
    TRY(choose_part(invocation, &view.result));
    view.result.as_of_day = invocation->settings.as_of;
    return settings->output != NULL ? print_file(invocation, &view)
                                    : print(invocation, &view, invocation->out);
}
