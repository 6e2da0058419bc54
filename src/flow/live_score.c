/* Scoring one period anew, as a whole: a session of its own, in an arena of its own, over the figures as they are now, of the assessment and of those that it names. So what comes of it
 * never changes, and stays as long as somebody holds it.
 *
 * Opening a session adds elements and codes to the scheme, so each gets a copy of it, which shares what sessions only read. */
#include "base/macros.h"
#include "flow/live_parts.h"
#include <assert.h>
#include <string.h>

/* An assessment that takes part, the first being the one that is scored. */
struct member {
    struct loaded *loaded;
    struct baton_package *package; /* the copy for this scoring */
};

struct scoring {
    struct live *live;
    struct subject *subject;
    struct slot *slot;
    struct outcome *outcome;
    struct baton_arena *arena; /* of the outcome */
    struct member *member;     /* in the arena of the run */
    size_t count, capacity;
};

void outcome_release(struct outcome *outcome) {
    if (outcome != NULL && atomic_fetch_sub(&outcome->holders, 1) == 1)
        arena_close(outcome->arena);
}

/* Who takes part */

static struct member *find_member(const struct scoring *s, const char *id) {
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->member[i].loaded->subject->id, id) == 0)
            return &s->member[i];
    return NULL;
}

static void add_member(struct scoring *s, struct loaded *loaded) {
    *ARRAY_PUSH(s->live->work, s->member, s->count, s->capacity) = (struct member){loaded, NULL};
}

/* There is no such version: says what there is. */
static baton_code refuse_none(struct scoring *s, const char *assessment,
                              struct baton_period period) {
    const struct ledger_view view = {.reader = s->live->reader,
                                     .assessment = assessment,
                                     .known = s->live->size,
                                     .period = period};
    struct source *source;
    const baton_code code = ledger_source_open(s->arena, &view, &source, &s->outcome->found);
    assert(code != BATON_OK); /* nobody adds one meanwhile: it is one state of the ledger */
    return code;
}

static baton_code gather_first(struct scoring *s) {
    struct slot *slot = s->slot;
    struct loaded *loaded;
    baton_code code = BATON_OK;
    if (!slot->has_scheme)
        code = live_version(s->live, s->subject, slot->period, &slot->scheme);
    if (code == BATON_SCHEME_NONE)
        return refuse_none(s, s->subject->id, slot->period);
    TRY(code);
    slot->has_scheme = true;
    s->outcome->scheme = slot->scheme;
    TRY(live_load(s->live, s->subject, slot->period, slot->scheme, &loaded));
    add_member(s, loaded);
    return BATON_OK;
}

static baton_code gather_named(struct scoring *s, const struct loaded *from) {
    baton_code worst = BATON_OK;
    for (size_t i = 0; i < from->link_count; i++) {
        const char *id = from->link[i].assessment;
        struct loaded *loaded;
        if (find_member(s, id) != NULL)
            continue;
        baton_code code = live_load_newest(s->live, live_subject(s->live, id), &loaded);
        if (code == BATON_SCHEME_NONE)
            code = refuse_none(s, id, (struct baton_period){0});
        else if (code == BATON_OK)
            add_member(s, loaded);
        if (live_is_trouble(code))
            return code;
        worst = worst == BATON_OK ? code : worst;
    }
    return worst;
}

/* What is wrong with an assessment in memory, among the findings of the outcome. */
static baton_code tell_unsound(struct scoring *s, const struct loaded *loaded) {
    for (size_t i = 0; i < loaded->found.count; i++) {
        const struct baton_finding *finding = &loaded->found.item[i];
        struct baton_where where = finding->where;
        if (loaded->subject != s->subject)
            where.file = arena_printf(s->arena, "%s/%s", loaded->subject->id,
                                      where.file != NULL ? where.file : "");
        if (baton_code_info(finding->code)->severity == BATON_ERROR)
            baton_findings_add(&s->outcome->found, finding->code, where, finding->arg[0],
                               finding->arg[1], finding->arg[2], finding->arg[3]);
    }
    return loaded->code;
}

static baton_code gather(struct scoring *s) {
    baton_code worst = BATON_OK;
    TRY(gather_first(s));
    for (size_t i = 0; i < s->count; i++) {
        const struct loaded *loaded = s->member[i].loaded;
        baton_code code = loaded->code != BATON_OK ? tell_unsound(s, loaded) : BATON_OK;
        if (i == 0 && code != BATON_OK)
            return code;
        if (code == BATON_OK)
            code = gather_named(s, loaded);
        if (live_is_trouble(code))
            return code;
        worst = worst == BATON_OK ? code : worst;
    }
    return worst;
}

/* What it is scored from */

/* What an outcome holds of an assessment in memory. */
struct hold {
    struct loaded *loaded;
    const struct edition *edition;
};

static void drop_hold(void *context) {
    const struct hold *hold = context;
    if (hold->edition != NULL)
        figures_release(hold->edition);
    loaded_release(hold->loaded);
}

struct asking {
    struct figures *figures;
    const struct edition *edition;
};

static baton_code ask_edition(void *context) {
    struct asking *asking = context;
    asking->edition = figures_edition(asking->figures);
    return BATON_OK;
}

static baton_code copy_package(struct scoring *s, struct member *member) {
    struct hold *hold = arena_alloc(s->arena, 1, sizeof *hold);
    struct loaded *loaded = member->loaded;
    atomic_fetch_add(&loaded->holders, 1);
    hold->loaded = loaded;
    arena_on_close(s->arena, drop_hold, hold);
    struct asking asking = {loaded->figures, NULL};
    TRY(arena_run(loaded->arena, ask_edition, &asking));
    hold->edition = asking.edition;
    struct baton_package *package = arena_alloc(s->arena, 1, sizeof *package);
    struct baton_scheme *scheme = &package->scheme;
    *package = *loaded->package;
    package->arena = s->arena;
    package->facts = hold->edition->facts;
    package->link = NULL;
    package->link_count = package->link_capacity = 0;
    /* A session puts successions in order. */
    scheme->succession =
        arena_alloc(s->arena, scheme->succession_count, sizeof *scheme->succession);
    if (scheme->succession_count > 0)
        memcpy(scheme->succession, loaded->package->scheme.succession,
               scheme->succession_count * sizeof *scheme->succession);
    member->package = package;
    return BATON_OK;
}

static struct baton_package *other(void *context, const struct baton_package *from,
                                   const char *path, const char **name) {
    const struct scoring *s = context;
    size_t i = 0;
    while (s->member[i].package != from)
        i++;
    const struct loaded *loaded = s->member[i].loaded;
    for (size_t k = 0; k < loaded->link_count; k++) {
        const struct member *member = find_member(s, loaded->link[k].assessment);
        if (strcmp(loaded->link[k].path, path) != 0 || member == NULL)
            continue;
        *name = member->loaded->subject->id;
        return member->package;
    }
    return NULL;
}

/* Scoring */

static baton_code run_session(struct scoring *s) {
    struct baton_findings *found = &s->outcome->found;
    struct baton_package *package = s->member[0].package;
    const struct package_shelf shelf = {s, other};
    const struct baton_options options = {
        .as_of_day = s->live->options.as_of_day, .threads = 1, .full = true};
    const struct baton_period period =
        s->slot->period.kind == BATON_PERIOD_NONE ? package->scheme.period : s->slot->period;
    const struct baton_links *links;
    const struct baton_result *result;
    struct baton_session *session;
    TRY(package_link_loaded(s->arena, package, s->subject->id, &shelf, &options, &links, found));
    TRY(baton_session_open(s->arena, &package->scheme, &package->facts, links, &options, &session,
                           found));
    TRY(baton_score(session, period, &result, found));
    TRY(baton_findings_worst(found)); /* of an assessment that was scored for this one */
    /* What is counted when it is first asked for, is counted now: threads may read it side by side. */
    if (package->scheme.group_count > 0)
        (void)baton_result_of(session, 0, 0);
    s->outcome->session = session;
    return BATON_OK;
}

static baton_code score(void *context) {
    struct scoring *s = context;
    s->outcome = arena_alloc(s->arena, 1, sizeof *s->outcome);
    s->outcome->arena = s->arena;
    s->outcome->found.arena = s->arena;
    s->outcome->size = s->live->size;
    atomic_init(&s->outcome->holders, 1);
    baton_code code = gather(s);
    for (size_t i = 0; i < s->count && code == BATON_OK; i++)
        code = copy_package(s, &s->member[i]);
    if (code == BATON_OK)
        code = run_session(s);
    s->outcome->code = code;
    if (live_is_trouble(code))
        return code;
    return live_trouble_among(&s->outcome->found);
}

baton_code live_score(struct live *live, struct subject *subject, struct slot *slot) {
    struct scoring scoring = {
        .live = live, .subject = subject, .slot = slot, .arena = arena_open()};
    const baton_code code = arena_run(scoring.arena, score, &scoring);
    if (code != BATON_OK) {
        arena_close(scoring.arena);
        return code;
    }
    outcome_release(slot->fresh);
    slot->fresh = scoring.outcome;
    return BATON_OK;
}
