/* `baton explain`: how a unit's score came about. */
#include "base/text.h"
#include "cli/open_package.h"
#include "cli/terminal.h"
#include "flow/explain_package.h"
#include <string.h>

enum { FORMAT_TEXT, FORMAT_JSON };
enum { UNITS_NAMED = 12 };

/* The index of the indicator that --node names (`total`, and `base`, are the root); BATON_NONE after having told that there is none. */
static uint32_t find_node(struct invocation *invocation, const struct baton_scheme *scheme,
                          const char *id) {
    struct text_guess guess = {.text = id, .size = strlen(id)};
    if (id[0] == '\0' || strcmp(id, "total") == 0 || strcmp(id, "base") == 0)
        return 0;
    for (uint32_t n = 1; n < scheme->node_count; n++)
        if (strcmp(scheme->node[n].id, id) == 0)
            return n;
    for (uint32_t n = 1; n < scheme->node_count; n++) {
        const struct baton_node *node = &scheme->node[n];
        text_guess_offer(&guess, node->id, strlen(node->id));
        /* Whoever writes an indicator's name gets its id. */
        if ((node->name.zh != NULL && strcmp(node->name.zh, id) == 0) ||
            (node->name.en != NULL && strcmp(node->name.en, id) == 0)) {
            guess.best = node->id;
            break;
        }
    }
    refuse(invocation, BATON_INDICATOR_UNKNOWN, id, guess.best, NULL, NULL);
    return BATON_NONE;
}

/* The units that can be explained, as many as fit into a message. */
static const char *units_of(struct invocation *invocation, const struct baton_scheme *scheme) {
    struct writer *list = writer_memory(invocation->arena);
    for (uint32_t u = 0; u < scheme->ranked_count && u < UNITS_NAMED; u++)
        writer_printf(list, "%s%s", u > 0 ? ", " : "", scheme->unit[u].id);
    if (scheme->ranked_count > UNITS_NAMED)
        writer_text(list, ", ...");
    return writer_text_of(list);
}

/* What is asked for: whose score, of which node, how deep. */
static baton_code choose(struct invocation *invocation, const struct baton_scheme *scheme,
                         struct explain_wish *out) {
    const struct settings *settings = &invocation->settings;
    if (settings->unit == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, "explain", "--unit",
                      units_of(invocation, scheme), NULL);
    *out = (struct explain_wish){.unit = find_unit(invocation, scheme, settings->unit)};
    if (out->unit == BATON_NONE)
        return BATON_UNIT_UNKNOWN;
    if (scheme->unit[out->unit].group == BATON_NONE)
        return refuse(invocation, BATON_UNIT_NOT_RANKED, settings->unit, NULL, NULL, NULL);
    out->node = settings->node == NULL ? 0 : find_node(invocation, scheme, settings->node);
    if (out->node == BATON_NONE)
        return BATON_INDICATOR_UNKNOWN;
    out->depth = settings->all ? UINT32_MAX : settings->depth;
    return BATON_OK;
}

static void print(struct invocation *invocation, const struct opened *opened,
                  const struct explain_wish *wish, const struct explain_line *line,
                  struct writer *writer) {
    const struct settings *settings = &invocation->settings;
    struct explain_view view = {
        .session = opened->session,
        .line = line,
        .unit = wish->unit,
        .as_of_day = settings->as_of,
        .language = invocation->language,
        .colour = invocation->colour_out && settings->output == NULL,
        .width = terminal_width(invocation),
        .clauses = settings->clauses,
        .hint = in_language(
            invocation,
            "An indicator in full: --node ID. The levels below: --depth N. Everything: --all.",
            "说明某项指标：--node 标识；向下展开若干层：--depth N；全部展开：--all。"),
    };
    explain_package(&view, opened->package);
    if (settings->format == FORMAT_JSON)
        explain_json(invocation->arena, &view, writer);
    else
        explain_text(invocation->arena, &view, writer);
}

baton_code cmd_explain(struct invocation *invocation) {
    const struct settings *settings = &invocation->settings;
    struct opened opened;
    struct explain_wish wish;
    struct explain_line *line;
    TRY(package_open_sound(invocation, true, &opened));
    progress_close(opened.progress);
    TRY(choose(invocation, baton_session_scheme(opened.session), &wish));
    TRY(explain(invocation->arena, opened.session, &wish, &line));
    if (settings->output == NULL) {
        print(invocation, &opened, &wish, line, invocation->out);
        return BATON_OK;
    }
    struct writer *writer = writer_file(invocation->arena, settings->output);
    print(invocation, &opened, &wish, line, writer);
    const int error = writer_close(writer);
    return error == 0 ? BATON_OK
                      : refuse(invocation, BATON_FILE_WRITE, settings->output, strerror(error),
                               NULL, NULL);
}
