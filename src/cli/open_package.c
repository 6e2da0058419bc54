/* A package read, linked, and scored. */
#include "cli/open_package.h"
#include "base/text.h"
#include "cli/open_ledger.h"
#include "cli/print_findings.h"
#include "flow/ledger_score.h"
#include <string.h>

void look_at_period(const struct invocation *invocation, const struct baton_package *package,
                    struct baton_findings *found) {
    const struct baton_period asked = invocation->settings.period;
    const struct baton_facts *facts = baton_package_facts(package);
    char name[3][BATON_PERIOD_NAME_SIZE];
    if (asked.kind == BATON_PERIOD_NONE || facts->first.kind == BATON_PERIOD_NONE ||
        (baton_period_last_day(asked) >= baton_period_first_day(facts->first) &&
         baton_period_first_day(asked) <= baton_period_last_day(facts->last)))
        return;
    baton_period_format(asked, name[0]);
    baton_period_format(facts->first, name[1]);
    baton_period_format(facts->last, name[2]);
    baton_findings_add(found, BATON_PERIOD_OUTSIDE, (struct baton_where){0}, name[0], name[1],
                       name[2], NULL);
}

static baton_code open_session(struct invocation *invocation, struct opened *out,
                               struct baton_findings *found) {
    const struct settings *settings = &invocation->settings;
    const struct baton_options options = {
        .as_of_day = settings->as_of, .threads = settings->threads, .full = true};
    const struct baton_links *links;
    struct baton_scheme *scheme = baton_package_scheme(out->package);
    TRY(baton_package_link(out->package, &options, &links, found));
    out->predecessor = links->predecessor;
    TRY(baton_session_open(invocation->arena, scheme, baton_package_facts(out->package), links,
                           &options, &out->session, found));
    progress_say(out->progress, in_language(invocation, "Scoring", "正在计分"), NULL, 0);
    const struct baton_period period =
        settings->period.kind == BATON_PERIOD_NONE ? scheme->period : settings->period;
    TRY(baton_score(out->session, period, &out->result, found));
    return baton_findings_worst(
        found); /* an error of a package that was scored for this one is there only */
}

static baton_code load(struct invocation *invocation, const struct ledger_view *view,
                       const struct baton_package_options *options, struct baton_package **out,
                       struct baton_findings *found) {
    uint64_t scheme;
    return view != NULL
               ? ledger_package(invocation->arena, view, options, out, &scheme, found)
               : baton_package_load(invocation->arena, invocation->operand[0], options, out, found);
}

/* view NULL = the package is an operand. */
static baton_code open_view(struct invocation *invocation, const struct ledger_view *view,
                            bool want_origins, struct opened *out, struct baton_findings *found) {
    const struct baton_package_options options = {.threads = invocation->settings.threads,
                                                  .want_origins = want_origins};
    *out = (struct opened){.progress = progress_open(invocation->arena)};
    progress_say(out->progress, in_language(invocation, "Reading", "正在读取"), NULL, 0);
    const baton_code code = load(invocation, view, &options, &out->package, found);
    out->is_package = out->package != NULL;
    if (code != BATON_OK)
        return code;
    look_at_period(invocation, out->package, found);
    return open_session(invocation, out, found);
}

baton_code package_open(struct invocation *invocation, bool want_origins, struct opened *out,
                        struct baton_findings *found) {
    return open_view(invocation, NULL, want_origins, out, found);
}

/* Which assessment of which ledger, as known when; of a package in files *view is NULL. */
static baton_code choose_view(struct invocation *invocation, struct ledger_view *room,
                              const struct ledger_view **view) {
    const struct settings *settings = &invocation->settings;
    const struct command *command = invocation->command;
    const bool has_package = invocation->operand_count > 0;
    const char *idle = settings->assessment != NULL  ? "--assessment"
                       : settings->known != NULL     ? "--known"
                       : settings->ledger_id != NULL ? "--ledger-id"
                                                     : NULL;
    *view = NULL;
    if (settings->ledger == NULL && idle != NULL)
        return refuse(invocation, BATON_OPTION_NEEDED,
                      arena_printf(invocation->arena, "%s %s", command->name, idle), "--ledger",
                      NULL, NULL);
    if (settings->ledger == NULL && !has_package)
        return refuse(invocation, BATON_OPERAND_MISSING, command->name,
                      in_language(invocation, "PACKAGE or --ledger", "PACKAGE 或 --ledger"), NULL,
                      NULL);
    if (settings->ledger == NULL)
        return BATON_OK;
    if (has_package)
        return refuse(invocation, BATON_OPTIONS_APART, "--ledger", invocation->operand[0], NULL,
                      NULL);
    *room = (struct ledger_view){.period = settings->period};
    TRY(open_reader(invocation, settings->ledger, &room->reader));
    TRY(which_assessment(invocation, room->reader, &room->assessment));
    TRY(known_as_asked(invocation, room->reader, &room->known));
    *view = room;
    return BATON_OK;
}

/* What is odd about the package, how much there is; what is odd about the question, in full. */
static void tell_warnings(struct invocation *invocation, const struct baton_findings *found) {
    struct baton_findings asked = {.arena = invocation->arena},
                          package = {.warnings = found->warnings};
    for (size_t i = 0; i < found->count; i++) {
        const struct baton_finding *finding = &found->item[i];
        if (finding->where.file != NULL ||
            baton_code_info(finding->code)->severity != BATON_WARNING)
            continue;
        baton_findings_add(&asked, finding->code, finding->where, finding->arg[0], finding->arg[1],
                           finding->arg[2], finding->arg[3]);
        package.warnings--;
    }
    print_findings(
        invocation->arena, invocation->err, &asked,
        (struct findings_style){invocation->language, invocation->colour_err, BATON_WARNING});
    if (package.warnings > 0 && invocation->operand_count == 0)
        writer_printf(invocation->err,
                      in_language(invocation, "%s; export it, and `baton check` tells.\n",
                                  "%s，导出后可用 `baton check` 查看。\n"),
                      count_findings(invocation->arena, &package, invocation->language));
    else if (package.warnings > 0)
        writer_printf(invocation->err,
                      in_language(invocation, "%s; `baton check %s` tells.\n",
                                  "%s，详见 `baton check %s`。\n"),
                      count_findings(invocation->arena, &package, invocation->language),
                      invocation->operand[0]);
}

baton_code package_open_sound(struct invocation *invocation, bool want_origins,
                              struct opened *out) {
    struct baton_findings found = {.arena = invocation->arena};
    struct ledger_view room;
    const struct ledger_view *view;
    TRY(choose_view(invocation, &room, &view));
    const baton_code code = open_view(invocation, view, want_origins, out, &found);
    if (code != BATON_OK)
        progress_close(out->progress);
    if (code == BATON_NO_MEMORY)
        return code;
    if (code != BATON_OK) {
        print_findings(
            invocation->arena, invocation->err, &found,
            (struct findings_style){invocation->language, invocation->colour_err, BATON_WARNING});
        writer_printf(invocation->err,
                      in_language(invocation, "%s: nothing was scored.\n", "%s，未予计分。\n"),
                      count_findings(invocation->arena, &found, invocation->language));
    } else if (found.warnings > 0) {
        tell_warnings(invocation, &found);
    }
    return code;
}

uint32_t find_unit(struct invocation *invocation, const struct baton_scheme *scheme,
                   const char *id) {
    struct text_guess guess = {.text = id, .size = strlen(id)};
    for (uint32_t u = 0; u < scheme->unit_count; u++)
        if (strcmp(scheme->unit[u].id, id) == 0)
            return u;
    const char *name = NULL;
    for (uint32_t u = 0; u < scheme->unit_count; u++) {
        const struct baton_unit *unit = &scheme->unit[u];
        text_guess_offer(&guess, unit->id, strlen(unit->id));
        /* Whoever writes a unit's name gets its id. */
        if ((unit->name.zh != NULL && strcmp(unit->name.zh, id) == 0) ||
            (unit->name.en != NULL && strcmp(unit->name.en, id) == 0)) {
            guess.best = unit->id;
            guess.best_distance = 0;
            break;
        }
    }
    for (uint32_t u = 0; guess.best != NULL && u < scheme->unit_count; u++)
        if (strcmp(scheme->unit[u].id, guess.best) == 0)
            name = baton_text_in(&scheme->unit[u].name, invocation->language, NULL);
    refuse(invocation, BATON_UNIT_UNKNOWN, id, guess.best, name, NULL);
    return BATON_NONE;
}

uint32_t find_group(struct invocation *invocation, const struct baton_scheme *scheme,
                    const char *id) {
    struct text_guess guess = {.text = id, .size = strlen(id)};
    for (uint32_t g = 0; g < scheme->group_count; g++) {
        if (strcmp(scheme->group[g].id, id) == 0)
            return g;
        text_guess_offer(&guess, scheme->group[g].id, strlen(scheme->group[g].id));
    }
    refuse(invocation, BATON_GROUP_UNKNOWN, id, guess.best, NULL, NULL);
    return BATON_NONE;
}

baton_code choose_part(struct invocation *invocation, struct result_view *view) {
    const struct settings *settings = &invocation->settings;
    if (settings->group != NULL && settings->unit != NULL)
        return refuse(invocation, BATON_OPTIONS_APART, "--group", "--unit", NULL, NULL);
    if (settings->group != NULL) {
        view->group = find_group(invocation, view->scheme, settings->group);
        if (view->group == BATON_NONE)
            return BATON_GROUP_UNKNOWN;
    }
    if (settings->unit != NULL) {
        view->unit = find_unit(invocation, view->scheme, settings->unit);
        if (view->unit == BATON_NONE)
            return BATON_UNIT_UNKNOWN;
        if (view->scheme->unit[view->unit].group == BATON_NONE)
            return refuse(invocation, BATON_UNIT_NOT_RANKED, settings->unit, NULL, NULL, NULL);
    }
    return BATON_OK;
}
