/* `baton scheme WORD PACKAGE`: what is done with a scheme itself. `print` puts it into words, as the annex of a notice.
 *
 * Nothing is scored, so a scheme can be printed before there is a figure. */
#include "base/text.h"
#include "cli/open_package.h"
#include "cli/print_findings.h"
#include "cli/terminal.h"
#include "report/annex.h"
#include <string.h>

enum { FORMAT_TEXT, FORMAT_MARKDOWN, FORMAT_HTML };

static bool clause_of(void *context, const char *basis, struct baton_clause *out) {
    return baton_package_clause(context, basis, out);
}

/* Reads the package, links it, and compiles its expressions. */
static baton_code open_scheme(struct invocation *invocation, const char *folder, struct opened *out,
                              struct baton_findings *found) {
    const struct baton_package_options reading = {.threads = invocation->settings.threads};
    const struct baton_options scoring = {.as_of_day = INT32_MAX, .threads = 1};
    const struct baton_links *links;
    TRY(baton_package_load(invocation->arena, folder, &reading, &out->package, found));
    TRY(baton_package_link(out->package, &scoring, &links, found));
    TRY(baton_session_open(invocation->arena, baton_package_scheme(out->package),
                           baton_package_facts(out->package), links, &scoring, &out->session,
                           found));
    return baton_findings_worst(found);
}

static void print(struct invocation *invocation, const struct opened *opened, uint32_t group,
                  struct writer *writer) {
    static const enum document_format formats[] = {[FORMAT_TEXT] = DOCUMENT_TEXT,
                                                   [FORMAT_MARKDOWN] = DOCUMENT_MARKDOWN,
                                                   [FORMAT_HTML] = DOCUMENT_HTML};
    const struct settings *settings = &invocation->settings;
    const struct annex_view view = {.session = opened->session,
                                    .language = invocation->language,
                                    .group = group,
                                    .clauses = settings->clauses,
                                    .context = opened->package,
                                    .clause = clause_of};
    const struct document_how how = {.format = formats[settings->format],
                                     .width = terminal_width(invocation),
                                     .colour = invocation->colour_out && settings->output == NULL,
                                     .landscape = true};
    document_write(annex_document(invocation->arena, &view), &how, writer);
}

static baton_code scheme_print(struct invocation *invocation, const char *folder) {
    const struct settings *settings = &invocation->settings;
    struct baton_findings found = {.arena = invocation->arena};
    struct opened opened = {0};
    uint32_t group = BATON_NONE;
    const baton_code code = open_scheme(invocation, folder, &opened, &found);
    if (code == BATON_NO_MEMORY)
        return code;
    if (code != BATON_OK) {
        print_findings(
            invocation->arena, invocation->err, &found,
            (struct findings_style){invocation->language, invocation->colour_err, BATON_ERROR});
        writer_printf(invocation->err,
                      in_language(invocation, "%s: nothing was printed.\n", "%s，未予输出。\n"),
                      count_findings(invocation->arena, &found, invocation->language));
        return code;
    }
    if (settings->group != NULL) {
        group = find_group(invocation, baton_session_scheme(opened.session), settings->group);
        if (group == BATON_NONE)
            return BATON_GROUP_UNKNOWN;
    }
    if (settings->output == NULL) {
        print(invocation, &opened, group, invocation->out);
        return BATON_OK;
    }
    struct writer *writer = writer_file(invocation->arena, settings->output);
    print(invocation, &opened, group, writer);
    const int error = writer_close(writer);
    return error == 0 ? BATON_OK
                      : refuse(invocation, BATON_FILE_WRITE, settings->output, strerror(error),
                               NULL, NULL);
}

baton_code cmd_scheme(struct invocation *invocation) {
    const char *const word = invocation->operand[0];
    struct text_guess guess = {.text = word, .size = strlen(word)};
    if (strcmp(word, "print") == 0)
        return scheme_print(invocation, invocation->operand[1]);
    text_guess_offer(&guess, "print", strlen("print"));
    return refuse(invocation, BATON_OPERAND_WORD, "scheme", word, "print", guess.best);
}
