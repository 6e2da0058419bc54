/* `baton score`: the result of a period as a table for people, CSV or JSON. */
#include "cli/open_package.h"
#include "cli/terminal.h"
#include "report/result_csv.h"
#include "report/result_json.h"
#include "report/result_table.h"
#include <string.h>
#include <unistd.h>

enum { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON };

static void print(struct invocation *invocation, const struct result_view *view,
                  struct writer *writer, _Atomic uint32_t *done) {
    const struct settings *settings = &invocation->settings;
    struct baton_arena *arena = invocation->arena;
    if (settings->format == FORMAT_CSV && settings->awards)
        result_csv_awards(view, writer);
    else if (settings->format == FORMAT_CSV)
        result_csv(arena, view, writer, done);
    else if (settings->format == FORMAT_JSON && settings->awards)
        result_json_awards(view, writer);
    else if (settings->format == FORMAT_JSON)
        result_json(arena, view, writer, done);
    else
        result_table(
            arena, view, writer,
            &(struct table_style){.language = invocation->language,
                                  .colour = invocation->colour_out && settings->output == NULL,
                                  .width = terminal_width(invocation),
                                  .only_awards = settings->awards});
}

/* Which part of the result is asked for. */
static baton_code choose(struct invocation *invocation, struct result_view *view) {
    const struct settings *settings = &invocation->settings;
    TRY(choose_part(invocation, view));
    view->top = settings->top;
    view->rounded = settings->rounded;
    view->as_of_day = settings->as_of;
    return BATON_OK;
}

static baton_code print_file(struct invocation *invocation, const struct result_view *view,
                             struct progress *progress) {
    static _Atomic uint32_t done;
    struct writer *writer = writer_file(invocation->arena, invocation->settings.output);
    progress_say(progress, in_language(invocation, "Writing", "正在写入"), &done,
                 view->scheme->ranked_count);
    print(invocation, view, writer, &done);
    const int error = writer_close(writer);
    progress_close(progress);
    return error == 0 ? BATON_OK
                      : refuse(invocation, BATON_FILE_WRITE, invocation->settings.output,
                               strerror(error), NULL, NULL);
}

baton_code cmd_score(struct invocation *invocation) {
    struct opened opened;
    TRY(package_open_sound(invocation, false, &opened));
    struct result_view view = result_view_of(opened.session);
    const baton_code chosen = choose(invocation, &view);
    if (chosen != BATON_OK)
        progress_close(opened.progress);
    else if (invocation->settings.output != NULL)
        return print_file(invocation, &view, opened.progress);
    TRY(chosen);
    static _Atomic uint32_t done;
    if (isatty(1))
        progress_close(opened.progress); /* both would write to the same lines */
    progress_say(opened.progress, in_language(invocation, "Writing", "正在写入"), &done,
                 view.scheme->ranked_count);
    print(invocation, &view, invocation->out, &done);
    progress_close(opened.progress);
    return BATON_OK;
}
