/* `baton diff`: two schemes compared, and the old year's figures through the new one. */
#include "cli/open_package.h"
#include "cli/print_findings.h"
#include "cli/terminal.h"
#include "report/compare_report.h"
#include <string.h>

enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_MARKDOWN, FORMAT_HTML };

/* One of the two packages. */
struct side {
    const char *folder;
    struct baton_package *package;
    const struct baton_links *links;
    struct baton_findings found;
};

/* One run. */
struct diff {
    struct invocation *invocation;
    struct side before, after;
    struct progress *progress;
    const struct baton_comparison *comparison;
    struct baton_replaying replaying;
    struct compare_view view;
    struct baton_findings refused;
};

/* Reads a package, with those it hangs on, and compiles it, so that it is known to be sound. */
static baton_code open_side(struct diff *d, struct side *side) {
    const struct settings *settings = &d->invocation->settings;
    const struct baton_package_options reading = {.threads = settings->threads};
    const struct baton_options options = {.as_of_day = settings->as_of,
                                          .threads = settings->threads};
    struct baton_arena *arena = d->invocation->arena;
    struct baton_session *session;
    side->found.arena = arena;
    TRY(baton_package_load(arena, side->folder, &reading, &side->package, &side->found));
    TRY(baton_package_link(side->package, &options, &side->links, &side->found));
    return baton_session_open(arena, baton_package_scheme(side->package),
                              baton_package_facts(side->package), side->links, &options, &session,
                              &side->found);
}

/* Tells what is wrong with a package that cannot be compared, each file by its path. */
static void refuse_side(const struct diff *d, const struct side *side) {
    const struct invocation *invocation = d->invocation;
    struct baton_findings found = {.arena = invocation->arena};
    for (size_t i = 0; i < side->found.count; i++) {
        const struct baton_finding *finding = &side->found.item[i];
        struct baton_where where = finding->where;
        if (where.file != NULL)
            where.file = arena_printf(invocation->arena, "%s/%s", side->folder, where.file);
        baton_findings_add(&found, finding->code, where, finding->arg[0], finding->arg[1],
                           finding->arg[2], finding->arg[3]);
    }
    print_findings(
        invocation->arena, invocation->err, &found,
        (struct findings_style){invocation->language, invocation->colour_err, BATON_ERROR});
}

static baton_code open_both(struct diff *d) {
    const baton_code before = open_side(d, &d->before);
    if (before == BATON_NO_MEMORY)
        return before;
    const baton_code after = open_side(d, &d->after);
    if (after == BATON_NO_MEMORY || (before == BATON_OK && after == BATON_OK))
        return after;
    progress_close(d->progress);
    if (before != BATON_OK)
        refuse_side(d, &d->before);
    if (after != BATON_OK)
        refuse_side(d, &d->after);
    writer_text(d->invocation->err,
                in_language(d->invocation, "Nothing was compared: both packages must be sound.\n",
                            "未作对比：两个考核包都须符合要求。\n"));
    return before != BATON_OK ? before : after;
}

static bool clause_of(void *context, const char *basis, struct baton_clause *out) {
    const struct diff *d = context;
    return baton_package_clause(d->after.package, basis, out) ||
           baton_package_clause(d->before.package, basis, out);
}

/* Where the new package has a clause; one that only the old one has stands where it stood there. */
static bool place_of(void *context, const char *basis, struct baton_place *out) {
    const struct diff *d = context;
    struct baton_clause clause;
    if (!clause_of(context, basis, &clause))
        return false;
    out->document = arena_text(d->invocation->arena, basis, strcspn(basis, "#"));
    out->row = clause.row;
    return true;
}

/* The group or the unit that is asked for, of the old scheme. */
static baton_code choose(struct diff *d) {
    struct invocation *invocation = d->invocation;
    const struct settings *settings = &invocation->settings;
    const struct baton_scheme *scheme = d->comparison->before;
    if (settings->group == NULL && settings->unit == NULL)
        return BATON_OK;
    progress_close(d->progress); /* what is wrong may have to be told */
    d->progress = NULL;
    if (settings->group != NULL && settings->unit != NULL)
        return refuse(invocation, BATON_OPTIONS_APART, "--group", "--unit", NULL, NULL);
    if (settings->group != NULL) {
        d->view.group = find_group(invocation, scheme, settings->group);
        if (d->view.group == BATON_NONE)
            return BATON_GROUP_UNKNOWN;
    }
    if (settings->unit == NULL)
        return BATON_OK;
    d->view.unit = find_unit(invocation, scheme, settings->unit);
    if (d->view.unit == BATON_NONE)
        return BATON_UNIT_UNKNOWN;
    return scheme->unit[d->view.unit].group != BATON_NONE
               ? BATON_OK
               : refuse(invocation, BATON_UNIT_NOT_RANKED, settings->unit, NULL, NULL, NULL);
}

static baton_code replay(struct diff *d) {
    const struct settings *settings = &d->invocation->settings;
    struct baton_arena *arena = d->invocation->arena;
    const struct baton_scheme *before = d->comparison->before;
    const struct baton_facts *facts = baton_package_facts(d->before.package);
    d->refused.arena = arena;
    d->view.refused = &d->refused;
    if (facts->first.kind == BATON_PERIOD_NONE)
        return BATON_OK;
    d->replaying = (struct baton_replaying){
        .comparison = d->comparison,
        .facts = facts,
        .links_before = d->before.links,
        .links_after = d->after.links,
        .period = settings->period.kind == BATON_PERIOD_NONE ? before->period : settings->period,
        .as_of_day = settings->as_of,
    };
    const baton_code code = baton_replay(arena, &d->replaying, &d->view.replay, &d->refused);
    if (code == BATON_NO_MEMORY)
        return code;
    if (code != BATON_OK)
        return BATON_OK; /* the document says why not */
    struct baton_replay_stability *of =
        arena_alloc(arena, (size_t)before->group_count + 1, sizeof(*of));
    d->view.steadiness = baton_replay_stability_of(&d->replaying, d->view.replay, of);
    d->view.steadiness_of = of;
    return BATON_OK;
}

static baton_code compare(struct diff *d) {
    struct invocation *invocation = d->invocation;
    struct baton_arena *arena = invocation->arena;
    d->comparison = baton_compare(arena, baton_package_scheme(d->before.package),
                                  baton_package_scheme(d->after.package), place_of, d);
    d->view = (struct compare_view){.comparison = d->comparison,
                                    .changes_only = invocation->settings.changes_only,
                                    .group = BATON_NONE,
                                    .unit = BATON_NONE,
                                    .language = invocation->language,
                                    .context = d,
                                    .clause = clause_of};
    TRY(choose(d));
    struct baton_stability *of =
        arena_alloc(arena, (size_t)d->comparison->before->group_count + 1, sizeof(*of));
    d->view.stability = baton_stability_of(arena, d->comparison, of);
    d->view.stability_of = of;
    progress_say(d->progress, in_language(invocation, "Replaying", "正在回放"), NULL, 0);
    return invocation->settings.changes_only ? BATON_OK : replay(d);
}

static void print(const struct diff *d, struct writer *writer) {
    static const enum document_format formats[] = {[FORMAT_TEXT] = DOCUMENT_TEXT,
                                                   [FORMAT_MARKDOWN] = DOCUMENT_MARKDOWN,
                                                   [FORMAT_HTML] = DOCUMENT_HTML};
    struct invocation *invocation = d->invocation;
    const struct settings *settings = &invocation->settings;
    if (settings->format == FORMAT_JSON) {
        compare_json(invocation->arena, &d->view, writer);
        return;
    }
    document_write(
        compare_document(invocation->arena, &d->view),
        &(struct document_how){.format = formats[settings->format],
                               .width = terminal_width(invocation),
                               .colour = invocation->colour_out && settings->output == NULL},
        writer);
}

static baton_code print_file(const struct diff *d) {
    struct invocation *invocation = d->invocation;
    struct writer *writer = writer_file(invocation->arena, invocation->settings.output);
    print(d, writer);
    const int error = writer_close(writer);
    return error == 0 ? BATON_OK
                      : refuse(invocation, BATON_FILE_WRITE, invocation->settings.output,
                               strerror(error), NULL, NULL);
}

/* What is odd about the question. */
static void tell_warnings(const struct diff *d) {
    const struct invocation *invocation = d->invocation;
    struct baton_findings found = {.arena = invocation->arena};
    if (!invocation->settings.changes_only)
        look_at_period(invocation, d->before.package, &found);
    print_findings(
        invocation->arena, invocation->err, &found,
        (struct findings_style){invocation->language, invocation->colour_err, BATON_WARNING});
}

baton_code cmd_diff(struct invocation *invocation) {
    struct diff diff = {.invocation = invocation,
                        .before = {.folder = invocation->operand[0]},
                        .after = {.folder = invocation->operand[1]}},
                *d = &diff;
    d->progress = progress_open(invocation->arena);
    progress_say(d->progress, in_language(invocation, "Reading", "正在读取"), NULL, 0);
    TRY(open_both(d));
    const baton_code code = compare(d);
    progress_close(d->progress);
    TRY(code);
    tell_warnings(d);
    if (invocation->settings.output != NULL)
        TRY(print_file(d));
    else
        print(d, invocation->out);
    return invocation->settings.exit_code && d->comparison->change_count > 0 ? BATON_DIFFERENT
                                                                             : BATON_OK;
}
