/* `baton score`: the result of a period as a table for people, CSV, JSON, a page, a workbook or a posting. */
#include "cli/open_package.h"
#include "cli/print_findings.h"
#include "cli/score_post.h"
#include "cli/terminal.h"
#include "report/posting_pdf.h"
#include "report/result_csv.h"
#include "report/result_html.h"
#include "report/result_json.h"
#include "report/result_table.h"
#include "report/result_workbook.h"
#include <string.h>
#include <unistd.h>

/* One writing of a result. */
struct job {
    struct invocation *invocation;
    const struct result_view *view;
    struct baton_session *session; /* the view's */
    struct progress *progress;     /* closed before anything is told */
    _Atomic uint32_t *done;        /* units written; may stay 0 */
};

static baton_code print_table(const struct job *job, struct writer *writer) {
    const struct invocation *invocation = job->invocation;
    const struct settings *settings = &invocation->settings;
    result_table(invocation->arena, job->view, writer,
                 &(struct table_style){.language = invocation->language,
                                       .colour = invocation->colour_out && settings->output == NULL,
                                       .width = terminal_width(invocation),
                                       .only_awards = settings->awards});
    return BATON_OK;
}

static baton_code print_csv(const struct job *job, struct writer *writer) {
    if (job->invocation->settings.awards)
        result_csv_awards(job->view, writer);
    else
        result_csv(job->invocation->arena, job->view, writer, job->done);
    return BATON_OK;
}

static baton_code print_json(const struct job *job, struct writer *writer) {
    if (job->invocation->settings.awards)
        result_json_awards(job->view, writer);
    else
        result_json(job->invocation->arena, job->view, writer, job->done);
    return BATON_OK;
}

static baton_code print_html(const struct job *job, struct writer *writer) {
    const struct invocation *invocation = job->invocation;
    struct card_course course;
    TRY(card_course(invocation->arena, job->session, &course));
    return result_html(invocation->arena, job->view, &course, invocation->language,
                       invocation->settings.awards, writer);
}

static baton_code write_pdf(const struct job *job, const char *path) {
    const struct invocation *invocation = job->invocation;
    struct baton_findings found = {.arena = invocation->arena};
    const struct posting_style style = {invocation->language,
                                        invocation->settings.paper == PAPER_USUAL
                                            ? POSTING_A3
                                            : (enum posting_paper)invocation->settings.paper,
                                        invocation->settings.font};
    const baton_code code = posting_pdf(invocation->arena, job->view, path, &style, &found);
    progress_close(job->progress);
    return code == BATON_OK ? code : refuse_all(job->invocation, &found);
}

static baton_code write_xlsx(const struct job *job, const char *path) {
    const struct invocation *invocation = job->invocation;
    const int error = result_workbook(
        invocation->arena, job->view,
        &(struct result_workbook_style){invocation->language, invocation->settings.awards}, path,
        job->done);
    progress_close(job->progress);
    return error == 0
               ? BATON_OK
               : refuse(job->invocation, BATON_FILE_WRITE, path, strerror(error), NULL, NULL);
}

/* What --format chooses among. A form is either text, which is printed wherever the output goes, or a file, which is written by
 * its name and is nothing for a terminal. */
static const struct form {
    const char *option;                                                /* how it is asked for */
    baton_code (*print)(const struct job *job, struct writer *writer); /* text; NULL = a file */
    /* a file; tells what went wrong, and answers its code */
    baton_code (*write)(const struct job *job, const char *path);
} forms[] = {
    // in the order of the words in commands.c
    {"--format table", print_table, NULL}, {"--format csv", print_csv, NULL},
    {"--format json", print_json, NULL},   {"--format html", print_html, NULL},
    {"--format xlsx", NULL, write_xlsx},   {"--format pdf", NULL, write_pdf},
};

/* An option that would do nothing to what comes out. */
static baton_code refuse_idle(struct invocation *invocation, const struct form *form) {
    const struct settings *settings = &invocation->settings;
    const bool is_pdf = form->write == write_pdf;
    const char *const idle = !is_pdf && settings->paper != PAPER_USUAL ? "--paper"
                             : !is_pdf && settings->font != NULL       ? "--font"
                             : is_pdf && settings->awards              ? "--awards"
                                                                       : NULL;
    return idle == NULL ? BATON_OK
                        : refuse(invocation, BATON_OPTIONS_APART, idle, form->option, NULL, NULL);
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

static baton_code print_file(const struct job *job, const struct form *form) {
    struct invocation *invocation = job->invocation;
    const char *const output = invocation->settings.output;
    struct writer *writer = writer_file(invocation->arena, output);
    TRY(form->print(job, writer));
    const int error = writer_close(writer);
    progress_close(job->progress);
    return error == 0 ? BATON_OK
                      : refuse(invocation, BATON_FILE_WRITE, output, strerror(error), NULL, NULL);
}

static baton_code print(const struct job *job, const struct form *form) {
    const char *const output = job->invocation->settings.output;
    if (output == NULL && isatty(1))
        progress_close(job->progress); /* both would write to the same lines */
    progress_say(job->progress, in_language(job->invocation, "Writing", "正在写入"), job->done,
                 job->view->scheme->ranked_count);
    if (form->write != NULL)
        return form->write(job, output != NULL ? output : "/dev/stdout");
    if (output != NULL)
        return print_file(job, form);
    return form->print(job, job->invocation->out);
}

baton_code cmd_score(struct invocation *invocation) {
    static _Atomic uint32_t done;
    if (invocation->settings.post)
        return score_post(invocation);
    const struct form *form = &forms[invocation->settings.format];
    TRY(refuse_idle(invocation, form));
    if (form->write != NULL)
        TRY(terminal_refuse(invocation));
    struct opened opened;
    TRY(package_open_sound(invocation, false, &opened));
    struct result_view view = result_view_of(opened.session);
    const struct job job = {invocation, &view, opened.session, opened.progress, &done};
    baton_code code = choose(invocation, &view);
    if (code == BATON_OK)
        code = print(&job, form);
    progress_close(opened.progress);
    return code;
}
