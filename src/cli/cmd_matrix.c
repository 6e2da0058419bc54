/* `baton matrix`: a result read across, unit by indicator, as tables, CSV or JSON; report cards as a page or PDF. */
#include "cli/open_package.h"
#include "cli/print_findings.h"
#include "cli/terminal.h"
#include "report/card_html.h"
#include "report/card_pdf.h"
#include "report/matrix_report.h"
#include <string.h>

enum { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON, FORMAT_HTML, FORMAT_XLSX, FORMAT_PDF };

enum { TOP_USUAL = 5 };

static baton_code print_html(struct invocation *invocation, struct baton_session *session,
                             const struct matrix_view *view, struct writer *writer) {
    struct card_course course;
    TRY(card_course(invocation->arena, session, &course));
    return card_html(invocation->arena, view, &course, writer);
}

static baton_code print(struct invocation *invocation, struct baton_session *session,
                        const struct matrix_view *view, struct writer *writer) {
    switch (invocation->settings.format) {
    case FORMAT_CSV:
        return matrix_csv(invocation->arena, view, writer);
    case FORMAT_JSON:
        return matrix_json(invocation->arena, view, writer);
    case FORMAT_HTML:
        return print_html(invocation, session, view, writer);
    default:
        return matrix_table(invocation->arena, view, writer);
    }
}

static baton_code print_file(struct invocation *invocation, struct baton_session *session,
                             const struct matrix_view *view) {
    struct writer *writer = writer_file(invocation->arena, invocation->settings.output);
    TRY(print(invocation, session, view, writer));
    const int error = writer_close(writer);
    return error == 0 ? BATON_OK
                      : refuse(invocation, BATON_FILE_WRITE, invocation->settings.output,
                               strerror(error), NULL, NULL);
}

static baton_code write_pdf(struct invocation *invocation, struct baton_session *session,
                            const struct matrix_view *view) {
    const struct settings *settings = &invocation->settings;
    const char *path = settings->output != NULL ? settings->output : "/dev/stdout";
    struct baton_findings found = {.arena = invocation->arena};
    struct card_course course;
    TRY(card_course(invocation->arena, session, &course));
    const baton_code code =
        card_pdf(invocation->arena, view, &course, path, settings->font, &found);
    return found.count == 0 ? code : refuse_all(invocation, &found);
}

static baton_code write_xlsx(struct invocation *invocation, const struct matrix_view *view) {
    const char *output = invocation->settings.output;
    const char *path = output != NULL ? output : "/dev/stdout";
    int error;
    TRY(matrix_workbook(invocation->arena, view, path, &error));
    return error == 0 ? BATON_OK
                      : refuse(invocation, BATON_FILE_WRITE, path, strerror(error), NULL, NULL);
}

/* Report cards are what there is as a page or on paper, and fonts are of paper. */
static baton_code refuse_form(struct invocation *invocation) {
    static const char *const forms[] = {
        [FORMAT_TABLE] = "--format table", [FORMAT_CSV] = "--format csv",
        [FORMAT_JSON] = "--format json",   [FORMAT_HTML] = "--format html",
        [FORMAT_XLSX] = "--format xlsx",   [FORMAT_PDF] = "--format pdf"};
    const struct settings *settings = &invocation->settings;
    const bool is_pdf = settings->format == FORMAT_PDF;
    if (settings->font != NULL && !is_pdf)
        return refuse(invocation, BATON_OPTIONS_APART, "--font", forms[settings->format], NULL,
                      NULL);
    if (settings->what != MATRIX_UNITS && (is_pdf || settings->format == FORMAT_HTML))
        return refuse(invocation, BATON_OPTION_NEEDED,
                      is_pdf ? "matrix --format pdf" : "matrix --format html", "--what", "units",
                      NULL);
    return is_pdf || settings->format == FORMAT_XLSX ? terminal_refuse(invocation) : BATON_OK;
}

baton_code cmd_matrix(struct invocation *invocation) {
    const struct settings *settings = &invocation->settings;
    struct opened opened;
    TRY(refuse_form(invocation));
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
    if (settings->format == FORMAT_XLSX)
        return write_xlsx(invocation, &view);
    if (settings->format == FORMAT_PDF)
        return write_pdf(invocation, opened.session, &view);
    return settings->output != NULL ? print_file(invocation, opened.session, &view)
                                    : print(invocation, opened.session, &view, invocation->out);
}
