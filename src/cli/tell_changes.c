/* What facts change in scores, ranks and grades, for people. */
#include "cli/tell_changes.h"
#include "cli/list_table.h"
#include "cli/open_ledger.h"
#include "cli/print_findings.h"
#include "cli/progress.h"
#include "cli/terminal.h"
#include "report/words.h"
#include <math.h>
#include <string.h>

enum { SHOWN = 12 };

static const char *arrow(struct baton_arena *arena, const char *old, const char *new) {
    return strcmp(old, new) == 0 ? old : arena_printf(arena, "%s → %s", old, new);
}

static const char *score_shown(struct baton_arena *arena, double score, int decimals) {
    return isnan(score) ? "-" : arena_printf(arena, "%.*f", decimals, score);
}

/* Ranks are told twice, so that a shared one has a half. */
static const char *rank_shown(struct baton_arena *arena, uint32_t rank) {
    return rank == 0 ? "-" : arena_printf(arena, "%u%s", rank / 2, rank % 2 == 0 ? "" : ".5");
}

static const char *grade_shown(const struct baton_scheme *scheme, const char *id,
                               enum baton_language language) {
    if (id == NULL)
        return "";
    for (uint32_t s = 0; s < scheme->grades_count; s++)
        for (uint32_t g = 0; g < scheme->grades[s].count; g++)
            if (strcmp(scheme->grades[s].item[g].id, id) == 0)
                return baton_text_in(&scheme->grades[s].item[g].title, language, id);
    return id;
}

void tell_changes(struct invocation *invocation, const struct baton_scheme *scheme,
                  struct baton_period period, const struct unit_change *change, size_t count) {
    static const char *const titles[2][5] = {{"", "unit", "score", "rank", "grade"},
                                             {"", "考核对象", "得分", "位次", "等次"}};
    struct baton_arena *arena = invocation->arena;
    const char *const name = words_period(arena, period, invocation->language);
    if (count == 0) {
        writer_printf(invocation->out,
                      in_language(invocation, "  No score, rank or grade of %s changes.\n",
                                  "  %s的得分、位次、等次均无变化。\n"),
                      name);
        return;
    }
    writer_printf(invocation->out,
                  count == 1 ? in_language(invocation, "  In the result of %s %zu unit changes:\n",
                                           "  %s的结果中有 %zu 个考核对象发生变化：\n")
                             : in_language(invocation, "  In the result of %s %zu units change:\n",
                                           "  %s的结果中有 %zu 个考核对象发生变化：\n"),
                  name, count);
    struct list_table table = {.arena = arena, .columns = 5, .title = titles[invocation->language]};
    for (size_t i = 0; i < count && i < SHOWN; i++) {
        const struct unit_change *c = &change[i];
        const char **cell = list_add(&table);
        cell[0] = " ";
        cell[1] = baton_text_in(c->name, invocation->language, c->unit);
        cell[2] = arrow(arena, score_shown(arena, c->score_old, c->decimals),
                        score_shown(arena, c->score_new, c->decimals));
        cell[3] = arrow(arena, rank_shown(arena, c->rank_old), rank_shown(arena, c->rank_new));
        cell[4] = arrow(arena, grade_shown(scheme, c->grade_old, invocation->language),
                        grade_shown(scheme, c->grade_new, invocation->language));
    }
    list_print(&table, invocation->out, invocation->colour_out, terminal_width(invocation));
    if (count > SHOWN)
        writer_printf(invocation->out,
                      in_language(invocation, "    and %zu more\n", "    另有 %zu 个\n"),
                      count - SHOWN);
}

void tell_foreseen(struct invocation *invocation, const struct foreseen *foreseen) {
    if (foreseen->was_sound)
        tell_changes(invocation, baton_session_scheme(foreseen->after.session), foreseen->period,
                     foreseen->change, foreseen->count);
    else
        writer_text(invocation->out,
                    in_language(invocation,
                                "  Without it the assessment cannot be scored; with it, it can.\n",
                                "  此前无法计分，入账后可以计分。\n"));
}

bool is_foreseeable(const struct fact_body *body) {
    enum fact_kind kind;
    return fact_kind_of(body->kind, &kind) &&
           (kind == FACT_SCHEME || flow_table_of_kind(kind) != NULL);
}

baton_code foresee_facts(struct invocation *invocation, struct ledger_reader *reader,
                         const char *assessment, const struct fact_body *fact, size_t count,
                         struct foreseen *out) {
    struct baton_findings found = {.arena = invocation->arena};
    struct ledger_view view = {.reader = reader,
                               .assessment = assessment,
                               .period = invocation->settings.period,
                               .also = fact,
                               .also_count = count};
    baton_code code = reader_size(reader, &view.known);
    if (code != BATON_OK)
        return refuse_reader(invocation, reader, code);
    struct progress *progress = progress_open(invocation->arena);
    progress_say(progress, in_language(invocation, "Scoring", "正在计分"), NULL, 0);
    code = foresee(invocation->arena, &view, invocation->settings.threads, out, &found);
    progress_close(progress);
    if (code == BATON_OK || code == BATON_NO_MEMORY)
        return code;
    print_findings(
        invocation->arena, invocation->err, &found,
        (struct findings_style){invocation->language, invocation->colour_err, BATON_ERROR});
    writer_printf(invocation->err,
                  in_language(invocation, "%s: with this the assessment cannot be scored.\n",
                              "%s：照此无法计分。\n"),
                  count_findings(invocation->arena, &found, invocation->language));
    return code;
}
