/* `baton import-sheet`: the figures of an office's own sheet as observations, each with the cell that it came from. */
#include "cli/import_summary.h"
#include "cli/open_package.h"
#include "cli/print_findings.h"
#include "flow/import_magnitude.h"
#include "package/mapping.h"
#include "package/package.h"
#include "package/sheet_add.h"
#include <string.h>

struct job {
    struct invocation *invocation;
    struct baton_findings found;
    struct sheet_import import;
    struct sheet_figures figures;
    const char *proposal; /* of --guess */
};

static baton_code look_at_options(struct invocation *invocation) {
    const struct settings *s = &invocation->settings;
    const char *const name = invocation->command->name;
    if (s->guess && (s->mapping != NULL || s->add))
        return refuse(invocation, BATON_OPTIONS_APART, "--guess", s->add ? "--add" : "--mapping",
                      NULL, NULL);
    if (!s->guess && s->mapping == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, name, "--mapping", NULL, NULL);
    if (s->guess && s->package == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, name, "--package", NULL, NULL);
    if (s->add && s->package == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, name, "--package", NULL, NULL);
    if (s->replace && !s->add)
        return refuse(invocation, BATON_OPTION_NEEDED, name, "--add", NULL, NULL);
    if (s->add && s->output != NULL)
        return refuse(invocation, BATON_OPTIONS_APART, "--add", "--output", NULL, NULL);
    return BATON_OK;
}

/* The package whose units and elements are meant. What is merely odd about it is for `baton check`. */
static baton_code load_package(struct job *job) {
    const struct settings *s = &job->invocation->settings;
    if (s->package == NULL)
        return BATON_OK;
    struct baton_findings found = {.arena = job->invocation->arena};
    const struct baton_package_options options = {.threads = s->threads};
    const baton_code code = baton_package_load(job->invocation->arena, s->package, &options,
                                               &job->import.package, &found);
    if (code == BATON_OK) { // so that all elements are known that expressions name
        (void)baton_scheme_check(job->invocation->arena, baton_package_scheme(job->import.package),
                                 &found);
        return BATON_OK;
    }
    if (code != BATON_NO_MEMORY)
        print_findings(job->invocation->arena, job->invocation->err, &found,
                       (struct findings_style){job->invocation->language,
                                               job->invocation->colour_err, BATON_ERROR});
    return code;
}

static bool ends_with(const char *text, const char *ending) {
    const size_t size = strlen(text), length = strlen(ending);
    return size >= length && strcmp(text + size - length, ending) == 0;
}

/* A mapping by its path, or by its name in the package. */
static baton_code load_mapping(struct job *job) {
    struct baton_arena *arena = job->invocation->arena;
    const struct settings *s = &job->invocation->settings;
    const char *const asked = s->mapping;
    const bool is_path = strchr(asked, '/') != NULL || ends_with(asked, ".yaml");
    if (!is_path && s->package == NULL)
        return refuse(job->invocation, BATON_OPTION_NEEDED, job->invocation->command->name,
                      "--package", NULL, NULL);
    if (is_path)
        TRY(mapping_of_file(arena, asked, &job->import.mapping, &job->found));
    else
        TRY(mapping_of_package(job->import.package, asked, &job->import.mapping, &job->found));
    if (job->import.package != NULL)
        mapping_check(job->import.mapping, job->import.package, true, &job->found);
    return job->found.errors == 0 ? BATON_OK : baton_findings_worst(&job->found);
}

static baton_code read_figures(struct job *job) {
    struct baton_arena *arena = job->invocation->arena;
    TRY(load_mapping(job));
    TRY(sheet_file_open(arena, job->invocation->operand[0], &job->import.file, &job->found));
    job->import.period = job->invocation->settings.period;
    return sheet_figures_read(arena, &job->import, &job->figures, &job->found);
}

/* A mapping to be confirmed. */
static baton_code guess(struct job *job) {
    struct invocation *invocation = job->invocation;
    struct baton_arena *arena = invocation->arena;
    struct import_history history = {arena, job->import.package};
    struct guess_request request = {.package = job->import.package,
                                    .period = invocation->settings.period,
                                    .language = invocation->language,
                                    .history = import_history,
                                    .context = &history};
    TRY(sheet_file_open(arena, invocation->operand[0], &request.file, &job->found));
    struct writer *proposal = writer_memory(arena);
    TRY(guess_mapping(arena, &request, proposal, &job->found));
    job->proposal = writer_text_of(proposal);
    return BATON_OK;
}

static void print_proposal(struct job *job, struct writer *writer) {
    writer_text(writer, job->proposal);
}

static void print_rows(struct job *job, struct writer *writer) {
    sheet_rows_csv(job->invocation->arena, &job->figures, writer);
}

static baton_code print_to_output(struct job *job,
                                  void (*print)(struct job *job, struct writer *writer)) {
    const char *const output = job->invocation->settings.output;
    if (output == NULL) {
        print(job, job->invocation->out);
        return BATON_OK;
    }
    struct writer *writer = writer_file(job->invocation->arena, output);
    print(job, writer);
    const int error = writer_close(writer);
    if (error != 0)
        baton_findings_add(&job->found, BATON_FILE_WRITE, (struct baton_where){0}, output,
                           strerror(error), NULL, NULL);
    return error == 0 ? BATON_OK : BATON_FILE_WRITE;
}

static void tell(struct job *job) {
    struct invocation *invocation = job->invocation;
    print_findings(
        invocation->arena, invocation->err, &job->found,
        (struct findings_style){invocation->language, invocation->colour_err, BATON_NOTE});
}

/* Reads the figures, and puts them where they are asked for. */
static baton_code import(struct job *job, struct sheet_added *added) {
    const struct settings *s = &job->invocation->settings;
    TRY(read_figures(job));
    if (job->import.package != NULL)
        import_magnitude(job->invocation->arena, job->import.package, &job->figures, &job->found);
    return s->add ? sheet_add(job->invocation->arena, s->package, &job->figures, s->replace, added,
                              &job->found)
                  : print_to_output(job, print_rows);
}

baton_code cmd_import_sheet(struct invocation *invocation) {
    struct job job = {.invocation = invocation, .found = {.arena = invocation->arena}};
    struct sheet_added added = {0};
    const struct settings *s = &invocation->settings;
    TRY(look_at_options(invocation));
    TRY(load_package(&job));
    baton_code code = s->guess ? guess(&job) : import(&job, &added);
    if (code == BATON_OK && s->guess)
        code = print_to_output(&job, print_proposal);
    if (code == BATON_NO_MEMORY)
        return code;
    tell(&job);
    if (code == BATON_OK && !s->guess)
        import_summary(invocation, &job.figures, s->add ? &added : NULL);
    return code;
}
